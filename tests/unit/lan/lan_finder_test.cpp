// Beacons: their octets, whom they tell of whom, when they go out, and what neighbours and strangers can do with them.
#include "core/lan/lan_finder.h"
#include "tests/support/seeded_random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace culvert {
namespace {

constexpr WallTime kWall{1'700'000'100'000};
constexpr std::uint16_t kPort = 40000;
const wire::Token kToken = {1, 2, 3, 4, 5, 6, 7, 8};

Secret<32> countingKey() {
    Secret<32> key;
    for (std::size_t i = 0; i < key.size(); ++i)
        key.data()[i] = static_cast<std::uint8_t>(i);
    return key;
}

Secret<32> keyOf(std::uint8_t from, std::uint8_t to) {
    Secret<32> key;
    key.data()[0] = from;
    key.data()[1] = to;
    return key;
}

PublicKey personOf(std::uint8_t number) {
    PublicKey key{};
    key[0] = number;
    return key;
}

LocalNetwork networkOf(std::uint8_t host, std::uint32_t index = 2) {
    LocalNetwork network;
    network.port = kPort;
    Ipv6Address linkLocal = *Ipv6Address::fromText("fe80::");
    linkLocal.octets[15] = host;
    LocalInterface interface {
        "eth0", index, InterfaceKind::Physical, {}
    };
    interface.addresses.push_back({{Ipv4Address::of(192, 168, 7, host), 0}, 24});
    interface.addresses.push_back({{linkLocal, 0}, 64});
    network.interfaces = {interface};
    return network;
}

/// A computer on the switch, at 192.168.7.number and fe80::number.
struct Person {
    std::uint8_t number;
    test::SeededRandom random;
    LanFinder finder;
    Now now{Instant{1h}, kWall};
    std::vector<LanFound> found;

    explicit Person(std::uint8_t own) : number(own), random(own), finder(random, personOf(own), kToken) {
        finder.setNetwork(now, networkOf(own));
    }
    void expect(std::uint8_t other, const wire::Token& invitation = {}) {
        finder.expect(now, personOf(other), {keyOf(number, other), keyOf(other, number), invitation});
    }
    void pass(Duration time) {
        now.monotonic += time;
        now.wall.milliseconds += time / 1ms;
        finder.handleTimeout(now);
    }
    std::vector<Datagram> take() {
        std::vector<Datagram> out;
        while (auto datagram = finder.pollTransmit())
            out.push_back(std::move(*datagram));
        return out;
    }
    std::vector<Datagram> beacons() {
        finder.handleTimeout(now);
        return take();
    }
    /// What this one hears when `sender` has sent `datagram`.
    std::vector<LanFound> hear(const Person& sender, const Datagram& datagram) {
        return hearFrom(placeOf(sender.number, datagram.remote.isV4()), datagram);
    }
    std::vector<LanFound> hearFrom(const SocketAddress& source, const Datagram& datagram) {
        const auto told = finder.handleDatagram(now, {datagram.remote.inZone(0), source, datagram.payload});
        found.insert(found.end(), told.begin(), told.end());
        return told;
    }
    static SocketAddress placeOf(std::uint8_t host, bool isV4) {
        const LocalNetwork network = networkOf(host);
        const auto& addresses = network.interfaces[0].addresses;
        if (isV4)
            return {addresses[0].address.v4(), kPort};
        return SocketAddress(addresses[1].address.v6(), kPort).inZone(2);
    }
};

std::set<LanTag> tagsOf(const std::vector<Datagram>& datagrams) {
    std::set<LanTag> out;
    for (const Datagram& datagram : datagrams)
        if (const auto beacon = decodeLanBeacon(datagram.payload))
            out.insert(beacon->tags.begin(), beacon->tags.end());
    return out;
}

bool shareTags(const std::set<LanTag>& a, const std::set<LanTag>& b) {
    return std::ranges::any_of(a, [&](const LanTag& tag) { return b.contains(tag); });
}

// Worked out with Python's hashlib.blake2b(key=bytes(range(32)), digest_size=16).
TEST(LanBeacon, hasTheOctetsThatAnotherImplementationGives) {
    EXPECT_EQ(toHex(lanTag(countingKey(), 2833333, 0)), "c4182f193f118b5a5a176ee183daa7ae");
    EXPECT_EQ(toHex(lanTag(countingKey(), 2833333, 7)), "4c0e01d968dc92ad29356745f37016a1");
    EXPECT_EQ(toHex(lanTag(countingKey(), -1, 3)), "0050c95560571d9a4d4e43dd6bcfcf58");
    const LanInvitationKeys keys = lanInvitationKeys(personOf(9), kToken);
    EXPECT_NE(toHex(keys.call.view()), toHex(keys.answer.view()));
    EXPECT_NE(toHex(keys.call.view()), toHex(lanInvitationKeys(personOf(8), kToken).call.view()));
    EXPECT_NE(toHex(keys.call.view()), toHex(lanInvitationKeys(personOf(9), {}).call.view()));
}

TEST(LanBeacon, epochsAreTenMinutesAlsoBefore1970) {
    EXPECT_EQ(lanEpoch({1'700'000'000'000}), 2833333);
    EXPECT_EQ(lanEpoch({kLanEpochMs - 1}), 0);
    EXPECT_EQ(lanEpoch({kLanEpochMs}), 1);
    EXPECT_EQ(lanEpoch({-1}), -1);
    EXPECT_EQ(lanEpoch({-kLanEpochMs}), -1);
}

TEST(LanBeacon, hidesHowManyTagsThereAre) {
    test::SeededRandom random(1);
    for (const auto& [count, padded] : {std::pair(0U, 8U), {1U, 8U}, {8U, 8U}, {9U, 16U}, {64U, 64U}}) {
        std::vector<LanTag> tags;
        for (unsigned i = 0; i < count; ++i)
            tags.push_back(lanTag(countingKey(), 1, i));
        const Bytes octets = encodeLanBeacon(LanBeaconKind::Answer, tags, random);
        EXPECT_EQ(octets.size(), 4 + padded * 16);
        const auto beacon = decodeLanBeacon(octets);
        ASSERT_TRUE(beacon);
        EXPECT_EQ(beacon->kind, LanBeaconKind::Answer);
        EXPECT_TRUE(std::ranges::is_sorted(beacon->tags)) << "the place of a tag says what it is";
        for (const LanTag& tag : tags)
            EXPECT_TRUE(std::ranges::binary_search(beacon->tags, tag));
    }
    EXPECT_EQ(kLanBeaconMax, 1028U);
}

TEST(LanBeacon, anythingElseIsNone) {
    test::SeededRandom random(1);
    const Bytes sound = encodeLanBeacon(LanBeaconKind::Seek, {}, random);
    ASSERT_TRUE(decodeLanBeacon(sound));
    for (std::size_t size = 0; size < sound.size(); ++size)
        EXPECT_FALSE(decodeLanBeacon(BytesView(sound).first(size))) << size;
    Bytes longer = sound;
    longer.resize(4 + 72 * 16);
    EXPECT_FALSE(decodeLanBeacon(longer));
    for (std::size_t i = 0; i < 4; ++i) {
        Bytes other = sound;
        other[i] ^= 0x42;
        EXPECT_FALSE(decodeLanBeacon(other)) << i;
    }
}

TEST(LanFinder, oneBeaconIsEnoughForTwoContacts) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    const auto sent = alice.beacons();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].remote, kLanGroup6.inZone(2));
    EXPECT_EQ(sent[1].remote, kLanGroup4);
    EXPECT_EQ(sent[1].local, SocketAddress(Ipv4Address::of(192, 168, 7, 1), 0)) << "the source chooses the link";
    EXPECT_EQ(bob.hear(alice, sent[0]), std::vector{(LanFound{personOf(1), Person::placeOf(1, false)})});
    EXPECT_EQ(bob.hear(alice, sent[1]), std::vector{(LanFound{personOf(1), Person::placeOf(1, true)})});
    EXPECT_EQ(bob.finder.heard(), 2U);
}

TEST(LanFinder, anAnswerTellsTheOtherEndAndIsNotAnswered) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    bob.beacons();
    for (const Datagram& datagram : alice.beacons())
        bob.hear(alice, datagram);
    const auto answers = bob.take();
    ASSERT_EQ(answers.size(), 2U) << "each where it was heard";
    EXPECT_EQ(answers[0].remote, kLanGroup6.inZone(2));
    EXPECT_EQ(answers[1].remote, kLanGroup4);
    EXPECT_LE(answers[1].payload.size(), 132U) << "no larger than any beacon";
    EXPECT_EQ(alice.hear(bob, answers[1]).size(), 1U);
    EXPECT_TRUE(alice.take().empty()) << "two would go on for ever";
}

// Alice pasted Bob's address string, Bob knows nothing of her, and is in want of nobody.
TEST(LanFinder, whoHoldsTheAddressStringFindsItsOwner) {
    Person alice(1), bob(2), carol(3);
    bob.pass(0s);
    bob.pass(1s);
    ASSERT_FALSE(bob.finder.pollTimeout()) << "all his greetings are out";
    bob.take();
    alice.expect(2, kToken);
    carol.expect(2, {9, 9, 9});
    for (const Datagram& datagram : carol.beacons())
        EXPECT_TRUE(bob.hear(carol, datagram).empty());
    EXPECT_TRUE(bob.take().empty()) << "she has another token";
    for (const Datagram& datagram : alice.beacons())
        EXPECT_TRUE(bob.hear(alice, datagram).empty()) << "whom he does not know he cannot probe";
    const auto answers = bob.take();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(alice.hear(bob, answers[0]), std::vector{(LanFound{personOf(2), Person::placeOf(2, false)})});
    EXPECT_TRUE(carol.hear(bob, answers[0]).empty());
    bob.finder.restart(bob.now);
    bob.pass(LanFinder::kGap);
    const auto own = bob.take();
    ASSERT_EQ(own.size(), 2U);
    EXPECT_EQ(alice.hear(bob, own[1]).size(), 1U) << "his own beacons tell her too";
}

TEST(LanFinder, epochsMayDifferByOne) {
    for (const auto& [error, isFound] : {std::pair(0, true), {1, true}, {-1, true}, {2, false}, {-2, false}}) {
        Person alice(1), bob(2);
        alice.expect(2);
        bob.expect(1);
        bob.now.wall.milliseconds += error * kLanEpochMs;
        EXPECT_EQ(bob.hear(alice, alice.beacons()[0]).size(), isFound ? 1U : 0U) << error;
    }
}

TEST(LanFinder, theTableFollowsTheClock) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    for (int epoch = 0; epoch < 5; ++epoch) {
        ASSERT_EQ(bob.hear(alice, alice.beacons()[0]).size(), 1U) << epoch;
        EXPECT_EQ(bob.finder.tagCount(), 2U * 3 * kLanRoundsPerEpoch) << "hers, and those who call us";
        for (Person* each : {&alice, &bob})
            each->pass(std::chrono::milliseconds(kLanEpochMs));
        alice.take();
        alice.finder.restart(alice.now);
        alice.pass(1s);
        alice.take();
        alice.finder.restart(alice.now);
        alice.pass(1s);
    }
    bob.finder.forget(personOf(1));
    EXPECT_EQ(bob.finder.tagCount(), 1U * 3 * kLanRoundsPerEpoch);
}

// Of no two epochs, and of no two rounds of one epoch, does anything come back.
TEST(LanFinder, beaconsHaveNothingInCommon) {
    Person alice(1);
    for (std::uint8_t other = 2; other < 40; ++other)
        alice.expect(other, other % 2 == 0 ? wire::Token{other} : wire::Token{});
    std::vector<std::set<LanTag>> all;
    for (int epoch = 0; epoch < 3; ++epoch) {
        for (unsigned round = 0; round < kLanRoundsPerEpoch; ++round) {
            alice.finder.restart(alice.now);
            alice.pass(1s);
            const auto tags = tagsOf(alice.take());
            ASSERT_EQ(tags.size(), 64U);
            for (const auto& before : all)
                EXPECT_FALSE(shareTags(before, tags));
            all.push_back(tags);
        }
        alice.now.wall.milliseconds += kLanEpochMs;
    }
}

TEST(LanFinder, withoutTheKeysNothingMatches) {
    Person alice(1), mallory(66);
    alice.expect(2);
    mallory.expect(1); // a contact of his own making: the pair's key is another one
    mallory.expect(2);
    for (int round = 0; round < 20; ++round) {
        for (const Datagram& datagram : alice.beacons())
            EXPECT_TRUE(mallory.hear(alice, datagram).empty());
        alice.pass(1s);
    }
    EXPECT_GT(mallory.finder.discarded(LanDiscard::Stranger), 2U);
    EXPECT_EQ(mallory.finder.heard(), 0U);
}

TEST(LanFinder, pausesGrowAndEndWhenNobodyIsMissing) {
    Person alice(1);
    alice.expect(2);
    Duration before{};
    std::vector<Duration> pauses;
    for (int round = 0; round < 12; ++round) {
        ASSERT_EQ(alice.beacons().size(), 2U);
        ASSERT_TRUE(alice.finder.pollTimeout());
        const Duration pause = alice.finder.pollTimeout()->at - alice.now.monotonic;
        pauses.push_back(pause);
        EXPECT_GE(pause, std::min<Duration>(before, LanFinder::kPauseMax * 4 / 5));
        EXPECT_LE(pause, LanFinder::kPauseMax);
        before = pause;
        alice.pass(pause - 1ns);
        EXPECT_TRUE(alice.take().empty());
        alice.pass(1ns);
    }
    EXPECT_LE(pauses.front(), 1s);
    EXPECT_GE(pauses.back(), LanFinder::kPauseMax * 4 / 5);
    alice.finder.seek(alice.now, personOf(2), false);
    EXPECT_FALSE(alice.finder.pollTimeout()) << "an idle program sleeps";
    alice.take();
    alice.finder.seek(alice.now, personOf(2), true);
    ASSERT_TRUE(alice.finder.pollTimeout());
    alice.pass(1s);
    EXPECT_EQ(alice.take().size(), 2U) << "and a lost path is sought at once";
}

TEST(LanFinder, greetsTwiceAndOnlyWhoIsMissingIsSought) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    alice.finder.seek(alice.now, personOf(2), false);
    ASSERT_TRUE(alice.finder.pollTimeout());
    EXPECT_TRUE(bob.hear(alice, alice.beacons()[0]).empty()) << "he is not missing";
    alice.pass(1s);
    EXPECT_EQ(alice.take().size(), 2U);
    EXPECT_FALSE(alice.finder.pollTimeout());
}

TEST(LanFinder, whoHasManyContactsSeeksThemInTurns) {
    Person alice(1);
    std::set<LanTag> expected;
    const auto hers = [](unsigned number) {
        PublicKey key{};
        key[0] = 7;
        key[1] = static_cast<std::uint8_t>(number >> 8);
        key[2] = static_cast<std::uint8_t>(number);
        return key;
    };
    const auto keyTo = [](unsigned number) {
        Secret<32> key;
        key.data()[0] = 7;
        key.data()[1] = static_cast<std::uint8_t>(number >> 8);
        key.data()[2] = static_cast<std::uint8_t>(number);
        return key;
    };
    constexpr unsigned count = 600;
    for (unsigned i = 0; i < count; ++i)
        alice.finder.expect(alice.now, hers(i), {keyTo(i), keyTo(i), {}});
    std::set<unsigned> sought;
    for (int round = 0; round < 3; ++round) {
        const auto sent = alice.beacons();
        EXPECT_EQ(sent.size(), 2 * LanFinder::kPacketsPerRound) << "on one link, in both families";
        const auto tags = tagsOf(sent);
        for (unsigned i = 0; i < count; ++i)
            for (unsigned number = 0; number < kLanRoundsPerEpoch; ++number)
                if (tags.contains(lanTag(keyTo(i), lanEpoch(alice.now.wall), number)))
                    sought.insert(i);
        alice.now.monotonic = alice.finder.pollTimeout()->at;
    }
    EXPECT_EQ(sought.size(), count);
}

TEST(LanFinder, roundsKeepAGapHoweverOftenTheyAreHastened) {
    Person alice(1);
    std::size_t sent = 0;
    for (int i = 0; i < 999; ++i) {
        alice.finder.restart(alice.now);
        sent += alice.beacons().size();
        alice.pass(1ms);
        sent += alice.take().size();
    }
    EXPECT_EQ(sent, 2U * 4) << "four rounds a second, in both families";
}

TEST(LanFinder, sendsNoMoreThanItsShareOnManyLinks) {
    Person alice(1);
    LocalNetwork many = networkOf(1);
    for (std::uint32_t index = 3; index < 6; ++index)
        many.interfaces.push_back(networkOf(1, index).interfaces[0]);
    alice.finder.setNetwork(alice.now, many);
    for (std::uint8_t other = 2; other < 200; ++other)
        alice.expect(other, kToken);
    std::size_t sent = alice.beacons().size();
    EXPECT_EQ(sent, 4 * 2 * LanFinder::kPacketsPerRound);
    for (int i = 0; i < 999; ++i) {
        alice.finder.restart(alice.now);
        alice.pass(1ms);
        sent += alice.take().size();
    }
    EXPECT_EQ(sent, LanFinder::kPacketsPerSecondMax);
}

TEST(LanFinder, onlyLinksOfOursCount) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    const auto sent = alice.beacons();
    const Ipv6Address other6 = *Ipv6Address::fromText("fe80::1");
    for (const SocketAddress& source :
         {SocketAddress(Ipv4Address::of(192, 168, 8, 1), kPort), SocketAddress(Ipv4Address::of(8, 8, 8, 8), kPort),
          SocketAddress(Ipv4Address::of(192, 168, 7, 1), 0), SocketAddress(other6, kPort),
          SocketAddress(other6, kPort).inZone(3), SocketAddress(*Ipv6Address::fromText("2a0e:b107:1::1"), kPort)})
        EXPECT_TRUE(bob.hearFrom(source, sent[0]).empty()) << source.text();
    EXPECT_EQ(bob.finder.discarded(LanDiscard::OtherLink), 6U);
    EXPECT_TRUE(alice.hear(alice, sent[0]).empty());
    EXPECT_EQ(alice.finder.discarded(LanDiscard::Own), 1U);
    Datagram unicast = sent[1];
    unicast.remote = Person::placeOf(2, true);
    EXPECT_TRUE(bob.hear(alice, unicast).empty());
    EXPECT_TRUE(bob.take().empty());
    EXPECT_EQ(bob.hear(alice, sent[1]).size(), 1U);
}

// Two profiles of one computer.
TEST(LanFinder, anotherProgramOnThisComputerIsANeighbour) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    LocalNetwork same = networkOf(1);
    same.port = kPort + 1;
    bob.finder.setNetwork(bob.now, same);
    EXPECT_EQ(bob.hear(alice, alice.beacons()[1]).size(), 1U);
}

TEST(LanFinder, tunnelsAndLoopbackAreNoLinks) {
    Person alice(1);
    for (const auto& [kind, isLink] : {std::pair(InterfaceKind::Physical, true),
                                       {InterfaceKind::Container, true},
                                       {InterfaceKind::Vpn, false},
                                       {InterfaceKind::Teredo, false},
                                       {InterfaceKind::Tunnel6, false},
                                       {InterfaceKind::Loopback, false}}) {
        LocalNetwork network = networkOf(1);
        network.interfaces[0].kind = kind;
        alice.finder.setNetwork(alice.now, network);
        EXPECT_EQ(alice.finder.interfaces(true).size(), isLink ? 1U : 0U);
        EXPECT_EQ(alice.finder.pollTimeout().has_value(), isLink);
    }
    LocalNetwork many;
    for (std::uint8_t i = 0; i < 20; ++i)
        many.interfaces.push_back(networkOf(i + 1, i).interfaces[0]);
    alice.finder.setNetwork(alice.now, many);
    EXPECT_EQ(alice.finder.interfaces(true).size(), LanFinder::kLinksMax);
    many.interfaces.resize(2);
    many.interfaces[1].addresses.pop_back();
    alice.finder.setNetwork(alice.now, many);
    EXPECT_EQ(alice.finder.interfaces(true), (std::vector{0U, 1U}));
    EXPECT_EQ(alice.finder.interfaces(false), std::vector{0U}) << "a link without IPv6 cannot be joined";
}

TEST(LanFinder, offIsSilentAndDeaf) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    const auto sent = alice.beacons();
    bob.finder.setOn(bob.now, false);
    EXPECT_FALSE(bob.finder.pollTimeout());
    EXPECT_TRUE(bob.finder.interfaces(true).empty());
    EXPECT_TRUE(bob.beacons().empty());
    EXPECT_TRUE(bob.hear(alice, sent[0]).empty());
    bob.expect(3);
    bob.finder.restart(bob.now);
    EXPECT_FALSE(bob.finder.pollTimeout());
    bob.finder.setOn(bob.now, true);
    EXPECT_EQ(bob.finder.interfaces(true), std::vector{2U});
    EXPECT_EQ(bob.beacons().size(), 2U);
}

// What was heard once is sent again from every address of the link.
TEST(LanFinder, repeatedBeaconsTellOfFewPlaces) {
    Person alice(1), bob(2);
    alice.expect(2);
    bob.expect(1);
    const auto sent = alice.beacons();
    for (int again = 0; again < 100; ++again)
        bob.hear(alice, sent[1]);
    EXPECT_EQ(bob.found.size(), 1U) << "the same place counts again after a while";
    for (std::uint8_t host = 10; host < 200; ++host)
        bob.hearFrom({Ipv4Address::of(192, 168, 7, host), 99}, sent[1]);
    EXPECT_EQ(bob.found.size(), LanFinder::kPlacesMax);
    EXPECT_LE(bob.take().size(), LanFinder::kAnswersPerSecondMax + 0U);
    bob.now.monotonic += LanFinder::kPlacesFor;
    for (std::uint8_t host = 10; host < 200; ++host)
        bob.hearFrom({Ipv4Address::of(192, 168, 7, host), 99}, sent[1]);
    EXPECT_EQ(bob.found.size(), 2 * LanFinder::kPlacesMax);
    bob.now.wall.milliseconds += 2 * kLanEpochMs;
    bob.now.monotonic += LanFinder::kPlacesFor;
    EXPECT_TRUE(bob.hear(alice, sent[1]).empty()) << "and not at all when its time is over";
}

TEST(LanFinder, aFloodOfStrangersIsBounded) {
    Person bob(2);
    bob.expect(1);
    bob.beacons();
    test::SeededRandom random(5);
    const std::size_t tagsBefore = bob.finder.tagCount();
    for (int i = 0; i < 9000; ++i) {
        const Bytes beacon = encodeLanBeacon(LanBeaconKind::Seek, std::vector<LanTag>(60), random);
        bob.hearFrom(Person::placeOf(static_cast<std::uint8_t>(10 + i % 200), true), {{}, kLanGroup4, beacon});
    }
    EXPECT_TRUE(bob.found.empty());
    EXPECT_TRUE(bob.take().empty()) << "strangers get no answer";
    EXPECT_EQ(bob.finder.heard(), 0U);
    EXPECT_EQ(bob.finder.discarded(LanDiscard::Stranger), LanFinder::kHeardPerSecondMax + 0U);
    EXPECT_EQ(bob.finder.discarded(LanDiscard::RateLimited), 9000U - LanFinder::kHeardPerSecondMax);
    EXPECT_LE(bob.finder.tagCount(), tagsBefore + 2 * 3 * kLanRoundsPerEpoch);
}

TEST(LanFinder, contactsBeyondTheLimitAreNotExpected) {
    Person alice(1);
    const auto nth = [](std::size_t number) {
        PublicKey key{};
        key[1] = static_cast<std::uint8_t>(number >> 8);
        key[2] = static_cast<std::uint8_t>(number);
        return key;
    };
    for (std::size_t i = 0; i <= LanFinder::kContactsMax; ++i)
        alice.finder.expect(alice.now, nth(i), {});
    EXPECT_TRUE(alice.finder.isExpected(nth(LanFinder::kContactsMax - 1), {}));
    EXPECT_FALSE(alice.finder.isExpected(nth(LanFinder::kContactsMax), {}));
    alice.finder.seek(alice.now, nth(LanFinder::kContactsMax), true);
}

} // namespace
} // namespace culvert
