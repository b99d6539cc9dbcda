// Rings: their octets, who may ring, what a ring costs, and when it counts.
#include "core/doorbell/doorbell.h"
#include "core/wire/quoted_udp.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

constexpr WallTime kWall{1'700'000'000'000};
const Ipv6Address kCaller = *Ipv6Address::fromText("2001:0:c000:20a:8abc:63bf:d2ac:fefd");
const Ipv6Address kOtherCaller = *Ipv6Address::fromText("2001:0:c000:20a:8abc:63bf:d2ac:fefe");
const SocketAddress kCallee(*Ipv6Address::fromText("2a0e:b107:2::2"), 40000);

WallTime later(std::int64_t milliseconds) {
    return {kWall.milliseconds + milliseconds};
}

Secret<32> countingKey() {
    Secret<32> key;
    for (std::size_t i = 0; i < key.size(); ++i)
        key.data()[i] = static_cast<std::uint8_t>(i);
    return key;
}

// Worked out with Python's hashlib.blake2b(key=bytes(range(32)), digest_size=16).
TEST(DoorbellRing, hasTheOctetsThatAnotherImplementationGives) {
    struct Case {
        std::int64_t epoch;
        unsigned index;
        const char *id, *mac;
    };
    const Case cases[] = {
        {14166666, 0, "9a14345ec57493ca6a90584cc3e7f64d", "6d4d4c72be24e275abae0fd603f92618"},
        {14166666, 15, "9475aa76b772750f1b6f85c140156bac", "ab6281428d99858941aba8905565788d"},
        {-1, 3, "987500d41c7ae23472bab0b1f297a3f6", "18e07ed9546582ac2260ec0dfbb843c8"},
    };
    for (const Case& each : cases) {
        const RingId id = ringId(countingKey(), each.epoch, each.index);
        EXPECT_EQ(toHex(id), each.id);
        EXPECT_EQ(toHex(makeRing(countingKey(), id, kCaller).mac), each.mac);
    }
}

TEST(DoorbellRing, epochsAreTwoMinutesAlsoBefore1970) {
    EXPECT_EQ(ringEpoch({1'700'000'000'000}), 14166666);
    EXPECT_EQ(ringEpoch({0}), 0);
    EXPECT_EQ(ringEpoch({kRingEpochMs - 1}), 0);
    EXPECT_EQ(ringEpoch({kRingEpochMs}), 1);
    EXPECT_EQ(ringEpoch({-1}), -1);
    EXPECT_EQ(ringEpoch({-kRingEpochMs}), -1);
}

// miredo-server drops what is longer; RFC 4443 §3.1: type 1, code 4.
TEST(DoorbellRing, fitsThroughAServer) {
    const DoorbellRing ring = makeRing(countingKey(), ringId(countingKey(), 1, 0), kCaller);
    const Bytes packet = encodeRing(kCaller, kCallee, ring);
    const auto ipv6 = wire::decodeIpv6(packet);
    ASSERT_TRUE(ipv6);
    EXPECT_EQ(ipv6->payload.size(), 88U);
    EXPECT_EQ(ipv6->source, kCaller);
    EXPECT_EQ(ipv6->payload[0], 1);
    EXPECT_EQ(ipv6->payload[1], 4);
    const auto quoted = wire::decodeUnreachable(*ipv6);
    ASSERT_TRUE(quoted);
    EXPECT_EQ(quoted->source, kCallee);
    EXPECT_EQ(ringIn({ipv6->source, quoted->destination, quoted->payload}), ring);
}

TEST(DoorbellRing, isNothingElse) {
    Bytes octets(kRingSize, 7);
    EXPECT_TRUE(ringIn({kCaller, kDeadPlace, octets}));
    EXPECT_FALSE(ringIn({kCaller, kCallee, octets})) << "a quote of an ordinary datagram";
    octets.push_back(7);
    EXPECT_FALSE(ringIn({kCaller, kDeadPlace, octets}));
    EXPECT_FALSE(ringIn({kCaller, kDeadPlace, BytesView(octets).first(1)})) << "what keeps the way open, come back";
}

// Both sides of a pair, with real keys.
struct DoorbellTest : testing::Test {
    test::SeededRandom random{1};
    Identity alice = Identity::generate(random), bob = Identity::generate(random);
    Secret<32> bobsKey = PairKeys::derive(bob, alice.publicKey())->sendingKeyFor(kRingKeyPurpose);
    Secret<32> alicesKey = PairKeys::derive(alice, bob.publicKey())->receivingKeyFor(kRingKeyPurpose);
    Doorbell doorbell{random};
    std::optional<DropReason> reason;

    void SetUp() override { doorbell.expect(bob.publicKey(), alicesKey, {}); }

    DoorbellRing bobsRing(std::int64_t epoch, unsigned index, const Ipv6Address& caller = kCaller) const {
        return makeRing(bobsKey, ringId(bobsKey, epoch, index), caller);
    }
    std::optional<Caller> hear(WallTime now, const DoorbellRing& ring, const Ipv6Address& sender = kCaller) {
        Bytes octets = toBytes(ring.id);
        append(octets, ring.mac);
        reason.reset();
        return doorbell.handleQuote(now, {sender, kDeadPlace, octets}, reason);
    }
};

TEST_F(DoorbellTest, hearsAContactOnce) {
    const DoorbellRing ring = bobsRing(ringEpoch(kWall), 3);
    const auto caller = hear(kWall, ring);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->contact, bob.publicKey());
    EXPECT_EQ(caller->address, kCaller);
    EXPECT_FALSE(hear(kWall, ring));
    EXPECT_EQ(reason, DropReason::Replayed);
    EXPECT_TRUE(hear(kWall, bobsRing(ringEpoch(kWall), 4))) << "another id";
}

TEST_F(DoorbellTest, nobodySendsARingOnUnderAnotherAddress) {
    const DoorbellRing ring = bobsRing(ringEpoch(kWall), 0);
    EXPECT_FALSE(hear(kWall, ring, kOtherCaller));
    EXPECT_EQ(reason, DropReason::Unauthenticated);
    EXPECT_TRUE(hear(kWall, ring)) << "the forgery must not spend it";
}

TEST_F(DoorbellTest, aCallerMustBeWhereATunnelLeads) {
    const DoorbellRing ring = bobsRing(ringEpoch(kWall), 0, kCallee.v6());
    EXPECT_FALSE(hear(kWall, ring, kCallee.v6()));
}

TEST_F(DoorbellTest, everyOctetCounts) {
    const DoorbellRing ring = bobsRing(ringEpoch(kWall), 0);
    for (std::size_t i = 0; i < kRingSize; ++i) {
        DoorbellRing damaged = ring;
        (i < 16 ? damaged.id[i] : damaged.mac[i - 16]) ^= 1;
        EXPECT_FALSE(hear(kWall, damaged)) << i;
        EXPECT_EQ(reason, i < 16 ? DropReason::UnknownPeer : DropReason::Unauthenticated) << i;
    }
    EXPECT_TRUE(hear(kWall, ring));
}

// Alice's clock is right; Bob's is wrong by this much.
TEST_F(DoorbellTest, clocksMayDifferByAnEpoch) {
    for (const std::int64_t wrong : {-kRingEpochMs, kRingEpochMs, std::int64_t{0}})
        EXPECT_TRUE(hear(kWall, bobsRing(ringEpoch(later(wrong)), 0))) << wrong;
    for (const std::int64_t wrong : {-3 * kRingEpochMs, 3 * kRingEpochMs, std::int64_t{86'400'000}}) {
        EXPECT_FALSE(hear(kWall, bobsRing(ringEpoch(later(wrong)), 1))) << wrong;
        EXPECT_EQ(reason, DropReason::UnknownPeer) << wrong;
    }
}

TEST_F(DoorbellTest, aRingOfBeforeIsWorthNothing) {
    const DoorbellRing unheard = bobsRing(ringEpoch(kWall), 0);
    EXPECT_FALSE(hear(later(2 * kRingEpochMs), unheard));
    EXPECT_EQ(doorbell.idCount(), 3U * kRingsPerEpoch) << "old ids are gone";
}

TEST_F(DoorbellTest, aRestartForgetsNoSpentRing) {
    const DoorbellRing ring = bobsRing(ringEpoch(kWall), 0);
    ASSERT_TRUE(hear(kWall, ring));
    const std::vector<SpentRing> stored = doorbell.spent(bob.publicKey());
    doorbell.forget(bob.publicKey());
    doorbell.expect(bob.publicKey(), alicesKey, stored);
    EXPECT_FALSE(hear(kWall, ring));
    EXPECT_EQ(reason, DropReason::Replayed);
    ASSERT_FALSE(hear(later(3 * kRingEpochMs), ring));
    EXPECT_TRUE(doorbell.spent(bob.publicKey()).empty()) << "it can't come back by then";
}

TEST_F(DoorbellTest, aContactDoesNotRingWithoutEnd) {
    std::size_t heard = 0;
    Ipv6Address caller = kCaller;
    for (std::uint8_t i = 0; i < 200; ++i) {
        caller.octets[15] = i;
        heard += hear(kWall, bobsRing(ringEpoch(kWall), i % kRingsPerEpoch, caller), caller) ? 1 : 0;
    }
    EXPECT_EQ(heard, Doorbell::kSpentMax);
    EXPECT_EQ(reason, DropReason::RateLimited);
    EXPECT_TRUE(hear(later(2 * kRingEpochMs), bobsRing(ringEpoch(kWall) + 2, 0)));
}

TEST_F(DoorbellTest, forgottenContactsAreStrangers) {
    doorbell.forget(bob.publicKey());
    EXPECT_FALSE(hear(kWall, bobsRing(ringEpoch(kWall), 0)));
    EXPECT_EQ(doorbell.idCount(), 0U);
}

TEST_F(DoorbellTest, whoComesLaterIsExpectedToo) {
    ASSERT_TRUE(hear(kWall, bobsRing(ringEpoch(kWall), 0)));
    const Identity carol = Identity::generate(random);
    doorbell.expect(carol.publicKey(), PairKeys::derive(alice, carol.publicKey())->receivingKeyFor(kRingKeyPurpose),
                    {});
    const Secret<32> key = PairKeys::derive(carol, alice.publicKey())->sendingKeyFor(kRingKeyPurpose);
    const auto caller = hear(kWall, makeRing(key, ringId(key, ringEpoch(kWall), 0), kCaller));
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->contact, carol.publicKey());
}

// The other direction has another key: a callee's own rings are not taken when somebody sends them back.
TEST_F(DoorbellTest, rungBackItIsNoRing) {
    const Secret<32> key = PairKeys::derive(alice, bob.publicKey())->sendingKeyFor(kRingKeyPurpose);
    EXPECT_FALSE(hear(kWall, makeRing(key, ringId(key, ringEpoch(kWall), 0), kCaller)));
}

TEST_F(DoorbellTest, strangersLeaveNothingBehind) {
    ASSERT_TRUE(hear(kWall, bobsRing(ringEpoch(kWall), 0)));
    const std::size_t ids = doorbell.idCount();
    for (int i = 0; i < 10'000; ++i) {
        DoorbellRing ring;
        random.fillPublic(ring.id);
        random.fillPublic(ring.mac);
        ASSERT_FALSE(hear(kWall, ring));
    }
    EXPECT_EQ(doorbell.idCount(), ids);
    EXPECT_EQ(doorbell.spent(bob.publicKey()).size(), 1U);
    EXPECT_TRUE(hear(kWall, bobsRing(ringEpoch(kWall), 1)));
}

TEST_F(DoorbellTest, moreContactsThanItHasRoomForAreNotExpected) {
    for (std::size_t i = 0; i < Doorbell::kContactsMax + 10; ++i) {
        PublicKey contact{};
        random.fillPublic(contact);
        Secret<32> key;
        random.fillSecret(key.span());
        doorbell.expect(contact, key, {});
    }
    (void)hear(kWall, {});
    EXPECT_EQ(doorbell.idCount(), Doorbell::kContactsMax * 3 * kRingsPerEpoch);
}

TEST_F(DoorbellTest, keepsTheWayOpenWithOneOctetBeforeAFirewallForgets) {
    Instant now{1h};
    EXPECT_FALSE(doorbell.pollTimeout()) << "nobody asked for it";
    doorbell.keepFrom(now, {kCallee});
    for (int i = 0; i < 100; ++i) {
        const auto sent = doorbell.pollTransmit();
        ASSERT_TRUE(sent);
        EXPECT_EQ(sent->local, kCallee);
        EXPECT_EQ(sent->remote, kDeadPlace);
        EXPECT_EQ(sent->payload.size(), 1U);
        EXPECT_FALSE(doorbell.pollTransmit());
        const Instant next = doorbell.pollTimeout()->at;
        EXPECT_GT(next - now, 20s);
        EXPECT_LT(next - now, 30s) << "Linux's time-out of a flow that nobody answers";
        doorbell.handleTimeout(next - 1ns);
        EXPECT_FALSE(doorbell.pollTransmit());
        doorbell.handleTimeout(now = next);
    }
    (void)doorbell.pollTransmit();
    doorbell.restart(now);
    EXPECT_TRUE(doorbell.pollTransmit()) << "the network is another one";
    doorbell.keepFrom(now, {});
    EXPECT_FALSE(doorbell.pollTimeout());
    EXPECT_FALSE(doorbell.pollTransmit());
}

} // namespace
} // namespace culvert
