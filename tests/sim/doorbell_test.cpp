// Bob's address changed, Alice cannot know it, and nothing of his reaches her: he rings through a Teredo server that
// neither of them runs. And what others can do with rings.
#include "core/doorbell/ring.h"
#include "core/wire/quoted_udp.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kForwarding{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
const NatConfig kPortRestricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                                false};
const SocketAddress kMallory(Ipv4Address::of(45, 66, 6, 6), 666);
const Ipv4Address kNewAddress = Ipv4Address::of(45, 83, 150, 9);

enum class Firewall { None, PassesErrors, Stateful };

struct DoorbellWorld : testing::Test {
    World world{1};
    Ipv4Address server = world.addTeredoServer();
    SimHost* bob = nullptr;
    SimHost* alice = nullptr;
    std::vector<std::pair<SocketAddress, Bytes>> rings; ///< where they came from, and what went to the server
    std::uint64_t sentByAlice = 0;

    HostConfig home(const std::string& name, const NatConfig& nat) const {
        HostConfig config;
        config.name = name;
        config.nat = nat;
        config.link.delay = 20ms;
        config.teredoServer = server;
        return config;
    }
    HostConfig aliceBehind(Firewall firewall) const {
        HostConfig config = home("alice", kPortRestricted);
        config.hasV6 = config.hearsErrors = true;
        config.v6Firewalled = firewall != Firewall::None;
        config.v6PassesErrors = firewall != Firewall::Stateful;
        config.v6Memory = 30s; // Linux, for a flow that nobody answers
        return config;
    }
    /// They are contacts, have spoken, and Bob's program ended.
    void meet(const HostConfig& bobs, const HostConfig& alices) {
        bob = &world.addHost(bobs);
        alice = &world.addHost(alices);
        world.tap = [this](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
            if (destination == SocketAddress(server, TeredoServer::kPort) && isRing(payload))
                rings.emplace_back(source, payload);
            sentByAlice += source.isV4() && source.v4() == world.nat(*alice).address() ? 1 : 0;
        };
        bob->start();
        alice->start();
        world.run(15s); // Servers qualify them.
        const std::string bobs_ = bob->engine().ownAddress();
        bob->addContact(alice->engine().ownAddress());
        alice->addContact(bobs_);
        ASSERT_TRUE(
            world.runUntil([&] { return bob->isOnlineWith(alice->id()) && alice->isOnlineWith(bob->id()); }, 10s));
        ASSERT_EQ(delivered("before"), true);
        bob->stop();
        world.run(1s);
    }
    /// Bob starts at an address that nobody knows.
    void bobMoves(const Ipv4Address& to = kNewAddress) {
        world.nat(*bob).renumber(to);
        rings.clear();
        bob->start();
    }
    bool delivered(const std::string& text, Duration within = 5s) {
        bob->send(alice->id(), text);
        return world.runUntil(
            [&] {
                const auto texts = alice->receivedFrom(bob->id());
                return !texts.empty() && texts.back() == text;
            },
            within);
    }
    static bool isRing(const Bytes& payload) {
        const auto packet = wire::decodeTeredoPacket(payload);
        return packet && wire::decodeUnreachable(packet->packet).has_value();
    }
    std::uint64_t dropped(DropReason reason) { return alice->engine().drops().of(reason); }
    std::uint64_t heard() { return alice->engine().networkStatus(world.now().monotonic).doorbell.heard; }
};

struct ThroughFirewall : DoorbellWorld, testing::WithParamInterface<Firewall> {};

TEST_P(ThroughFirewall, aRingIsAnsweredByACall) {
    meet(home("bob", kForwarding), aliceBehind(GetParam()));
    const Instant begin = world.now().monotonic;
    bobMoves();
    EXPECT_TRUE(delivered("I moved", 2s)) << world.story();
    // Six round trips of 80 ms, and 300 ms.
    EXPECT_LE(world.now().monotonic - begin, 780ms);
    EXPECT_GE(heard(), 1U);
    EXPECT_LE(rings.size(), 2U);
}

TEST_P(ThroughFirewall, withoutAServerNobodyFindsAnybody) {
    HostConfig bobs = home("bob", kForwarding);
    bobs.teredoServer.reset();
    meet(bobs, aliceBehind(GetParam()));
    bobMoves();
    EXPECT_FALSE(delivered("I moved", 60s));
    EXPECT_TRUE(rings.empty());
}

INSTANTIATE_TEST_SUITE_P(Firewalls, ThroughFirewall,
                         testing::Values(Firewall::None, Firewall::PassesErrors, Firewall::Stateful));

// She believes in his old address for as long as it takes: his ring tells her better.
TEST_F(DoorbellWorld, itDoesNotMatterHowLongAgoHeLeft) {
    Ipv4Address address = kNewAddress;
    for (const Duration gap : {0ms, 300ms, 600ms, 900ms, 2000ms, 24'000ms}) {
        for (int pair = 0; pair < 4; ++pair) { // Either may be the one who dials.
            meet(home("bob", kForwarding), aliceBehind(Firewall::None));
            world.run(gap);
            const Instant begin = world.now().monotonic;
            ++address.octets[3];
            bobMoves(address);
            EXPECT_TRUE(delivered("I moved", 5s));
            EXPECT_LE(world.now().monotonic - begin, 780ms) << gap / 1ms << world.story();
            alice->stop();
            bob->stop();
        }
    }
}

TEST_F(DoorbellWorld, theWayStaysOpenThroughHoursOfSilence) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::Stateful));
    std::map<SocketAddress, std::size_t> packets;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes& payload) {
        packets[destination] += payload.size();
    };
    world.run(2h);
    EXPECT_GE(packets[kDeadPlace], 2U * 3600 / 28);
    EXPECT_LE(packets[kDeadPlace], 2U * 3600 / 21) << "octets, one a packet";
    bobMoves();
    EXPECT_TRUE(delivered("two hours later", 2s)) << world.story();
}

TEST_F(DoorbellWorld, overIpv4AloneTheServerCarriesTheRing) {
    meet(home("bob", kPortRestricted), home("alice", kPortRestricted));
    world.losesBubbles = true; // Or they would do.
    bobMoves();
    world.run(6s); // The cone test: until then Bob does not know how he looks from outside.
    EXPECT_TRUE(delivered("I moved")) << world.story();
    EXPECT_GE(heard(), 1U);
}

TEST_F(DoorbellWorld, nothingIsKeptForWhomNobodyMayRing) {
    SimHost& carol = world.addHost(aliceBehind(Firewall::Stateful));
    carol.start();
    world.run(1min);
    const NetworkStatus status = carol.engine().networkStatus(world.now().monotonic);
    EXPECT_TRUE(status.doorbell.hearsErrors);
    EXPECT_FALSE(status.doorbell.isKept) << "she has no contacts";
}

TEST_F(DoorbellWorld, aSystemThatTellsOfNoErrorsPromisesNoDoorbell) {
    HostConfig alices = aliceBehind(Firewall::None);
    alices.hearsErrors = false;
    meet(home("bob", kForwarding), alices);
    bobMoves();
    EXPECT_FALSE(delivered("I moved", 20s));
    EXPECT_TRUE(rings.empty()) << "nobody rings in vain";
    EXPECT_FALSE(alice->engine().networkStatus(world.now().monotonic).doorbell.isKept);
}

TEST_F(DoorbellWorld, aRingCountsOnceAlsoAfterARestart) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    bobMoves();
    ASSERT_TRUE(delivered("I moved", 2s));
    ASSERT_FALSE(rings.empty());
    bob->stop();
    world.run(1s);
    for (const std::uint64_t expected : {1U, 1U}) {
        const std::uint64_t before = dropped(DropReason::Replayed), heardBefore = heard();
        world.inject(rings[0].first, SocketAddress(server, TeredoServer::kPort), rings[0].second);
        world.run(500ms);
        EXPECT_EQ(dropped(DropReason::Replayed) - before, expected);
        EXPECT_EQ(heard(), heardBefore);
        alice->stop();
        alice->start();
        world.run(500ms);
    }
}

// Mallory, who saw a ring and kept it from arriving, sends it from where he is.
TEST_F(DoorbellWorld, nobodyIsCalledBackInAnothersName) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    alice->isCut = true;
    bobMoves();
    world.run(2s);
    ASSERT_FALSE(rings.empty());
    bob->stop();
    alice->isCut = false;
    std::size_t atMallory = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes&) {
        atMallory += destination == kMallory ? 1 : 0;
    };
    const auto packet = wire::decodeTeredoPacket(rings[0].second);
    const auto quoted = wire::decodeUnreachable(packet->packet);
    const Ipv6Address caller = wire::encode(wire::TeredoAddress{server, true, 0, kMallory.v4(), kMallory.port()});
    world.inject(kMallory, SocketAddress(server, TeredoServer::kPort), wire::encodePortUnreachable(caller, *quoted));
    world.run(5s);
    EXPECT_EQ(dropped(DropReason::Unauthenticated), 1U);
    EXPECT_EQ(atMallory, 0U);
    EXPECT_EQ(heard(), 0U);
}

TEST_F(DoorbellWorld, aFloodOfStrangersRingsChangesNothing) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    world.run(1min); // Her search for Bob is over, so that whatever she sends would be for strangers.
    Engine& engine = alice->engine();
    const std::uint64_t before = dropped(DropReason::UnknownPeer);
    const Ipv6Address caller = wire::encode(wire::TeredoAddress{server, true, 0, kMallory.v4(), kMallory.port()});
    for (int i = 0; i < 10'000; ++i) {
        std::array<std::uint8_t, kRingSize> ring{};
        world.random().fillPublic(ring);
        engine.handleError(alice->now(), {caller, kDeadPlace, ring});
        ASSERT_FALSE(engine.pollTransmit());
        ASSERT_FALSE(engine.pollEvent());
        ASSERT_FALSE(engine.pollBatch());
    }
    EXPECT_EQ(dropped(DropReason::UnknownPeer) - before, 10'000U);
    EXPECT_EQ(heard(), 0U);
    bobMoves();
    EXPECT_TRUE(delivered("within the same second", 2s)) << world.story();
}

TEST_F(DoorbellWorld, aClockThatIsTwoMinutesWrongDoesNoHarm) {
    Ipv4Address address = kNewAddress;
    for (const std::int64_t wrong : {-kRingEpochMs, kRingEpochMs}) {
        HostConfig bobs = home("bob", kForwarding);
        bobs.clockErrorMs = wrong;
        meet(bobs, aliceBehind(Firewall::Stateful));
        ++address.octets[3];
        bobMoves(address);
        EXPECT_TRUE(delivered("I moved", 2s)) << wrong << world.story();
        alice->stop();
        bob->stop();
    }
}

// Then the ring is no ring to her, and he sees what he would see of somebody who is not there.
TEST_F(DoorbellWorld, aClockThatIsWrongByMoreIsNotUnderstood) {
    HostConfig bobs = home("bob", kForwarding);
    bobs.clockErrorMs = 10 * 60'000;
    meet(bobs, aliceBehind(Firewall::Stateful));
    bobMoves();
    EXPECT_FALSE(delivered("I moved", 20s));
    EXPECT_FALSE(rings.empty());
    EXPECT_GE(dropped(DropReason::UnknownPeer), 1U);
    for (const Contact& contact : bob->engine().contacts(bob->now()))
        EXPECT_EQ(contact.presence.verdict, Verdict::NoAnswer);
}

TEST_F(DoorbellWorld, whoIsBlockedIsAStranger) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    ASSERT_TRUE(alice->engine().blockContact(alice->now(), bob->id()));
    alice->drain();
    bobMoves();
    EXPECT_FALSE(delivered("let me in", 20s));
    EXPECT_FALSE(rings.empty());
    EXPECT_EQ(heard(), 0U);
    EXPECT_GE(dropped(DropReason::UnknownPeer), 1U);
}

TEST_F(DoorbellWorld, nobodyRingsWhoDidNotAccept) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    bobMoves();
    ASSERT_TRUE(bob->engine().blockContact(bob->now(), alice->id()));
    SimHost& carol = world.addHost(aliceBehind(Firewall::Stateful));
    carol.start();
    const std::string address = carol.engine().ownAddress();
    carol.crash();
    bob->addContact(address);
    rings.clear();
    world.run(5min);
    EXPECT_TRUE(rings.empty());
}

TEST_F(DoorbellWorld, aRingThatWasHeldBackEndsNoIdleConversation) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    alice->isCut = true;
    bobMoves();
    world.run(3s);
    ASSERT_FALSE(rings.empty());
    bob->stop();
    alice->isCut = false;
    bob->start();
    ASSERT_TRUE(world.runUntil([&] { return alice->isOnlineWith(bob->id()) && bob->isOnlineWith(alice->id()); }, 60s));
    world.run(40s);
    const std::uint64_t before = heard();
    world.inject(rings[0].first, SocketAddress(server, TeredoServer::kPort), rings[0].second);
    for (int i = 0; i < 2000; ++i) {
        world.run(1ms);
        ASSERT_TRUE(alice->isOnlineWith(bob->id())) << i;
    }
    EXPECT_EQ(heard(), before + 1);
    EXPECT_TRUE(delivered("still here"));
}

TEST_F(DoorbellWorld, whoCannotConnectStopsRingingSoon) {
    meet(home("bob", kForwarding), aliceBehind(Firewall::None));
    alice->crash();
    bobMoves();
    world.run(10s);
    EXPECT_EQ(rings.size(), 4U);
    world.run(10min);
    EXPECT_LE(rings.size(), 4U + 10U);
    std::set<std::string> different;
    for (const auto& [source, payload] : rings)
        different.insert(toHex(payload));
    EXPECT_EQ(different.size(), rings.size());
}

} // namespace
} // namespace culvert::sim
