// Two roads to a Teredo peer with whole engines: through the relay in the app, and through somebody else's.
#include "tests/sim/home.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kForwarding{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
const NatConfig kPortRestricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                                false};

// Bob: IPv4 behind a forwarded port, a Teredo client. Alice: native IPv6. Between them Alice's own relay and a foreign
// one, which is the nearer one here: Alice's IPv4 takes a detour.
struct TwoRoads : testing::TestWithParam<std::uint64_t> {
    World world{GetParam()};
    SimHost& bob = world.addHost(home("bob", kForwarding, false));
    SimHost& alice = world.addHost(home("alice", kPortRestricted, true));
    int sent = 0;

    void SetUp() override {
        alice.config.link.detourV4 = 60ms;
        world.relay = RelayConfig{};
        bob.start();
        alice.start();
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 10s));
    }
    void TearDown() override {
        if (HasFailure())
            std::cerr << world.story();
    }
    void allow(bool isAllowed) {
        for (SimHost* host : {&bob, &alice}) {
            host->engine().setSettings(world.now(), {isAllowed});
            host->drain();
        }
    }
    PathKind roadOf(SimHost& host) { return host.pathTo(host.id() == bob.id() ? alice.id() : bob.id()); }
    bool isOrdinary(SimHost& host) { return roadOf(host) == PathKind::Ordinary; }
    std::optional<PathInfo> ordinaryOf(SimHost& host) {
        std::optional<PathInfo> out;
        const auto paths = host.engine().paths(host.id() == bob.id() ? alice.id() : bob.id());
        for (const PathInfo& path : *paths)
            if (path.kind == PathKind::Ordinary && path.answered)
                out = path;
        return out;
    }
    void talk() {
        alice.send(bob.id(), "to bob " + std::to_string(++sent));
        bob.send(alice.id(), "to alice " + std::to_string(sent));
    }
    /// Messages both ways, ten in a second; how often either end began or ceased to use the foreign relay.
    int talkFor(Duration duration) {
        int switches = 0;
        bool before[] = {isOrdinary(alice), isOrdinary(bob)};
        for (const Instant end = world.now().monotonic + duration; world.now().monotonic < end;) {
            talk();
            world.run(100ms);
            const bool after[] = {isOrdinary(alice), isOrdinary(bob)};
            switches += (after[0] != before[0] ? 1 : 0) + (after[1] != before[1] ? 1 : 0);
            std::copy_n(after, 2, before);
        }
        return switches;
    }
    void expectAllThere() {
        world.run(5s);
        const auto bobs = bob.receivedFrom(alice.id()), alices = alice.receivedFrom(bob.id());
        ASSERT_EQ(bobs.size(), static_cast<std::size_t>(sent));
        ASSERT_EQ(alices.size(), static_cast<std::size_t>(sent));
        for (int i = 0; i < sent; ++i) {
            EXPECT_EQ(bobs[static_cast<std::size_t>(i)], "to bob " + std::to_string(i + 1));
            EXPECT_EQ(alices[static_cast<std::size_t>(i)], "to alice " + std::to_string(i + 1));
        }
    }
};

TEST_P(TwoRoads, whatNobodyAllowedIsOnlyMeasured) {
    bool hasCarried = false;
    world.tap = [&](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        if (destination.isV6() && destination.v6().isTeredo())
            hasCarried = hasCarried || payload.front() >= wire::kFirstQuicOctet;
        (void)source;
    };
    talkFor(20s);
    for (SimHost* host : {&bob, &alice}) {
        EXPECT_NE(roadOf(*host), PathKind::Ordinary);
        const auto ordinary = ordinaryOf(*host);
        ASSERT_TRUE(ordinary) << host->config.name;
        EXPECT_FALSE(ordinary->mayCarry);
        EXPECT_GE(ordinary->roundTrip, 50ms);
        EXPECT_LT(ordinary->roundTrip, 60ms);
    }
    EXPECT_FALSE(hasCarried);
    expectAllThere();
}

TEST_P(TwoRoads, whatIsAllowedIsUsedWhileItIsBetter) {
    allow(true);
    talkFor(5s);
    EXPECT_EQ(roadOf(alice), PathKind::Ordinary);
    EXPECT_EQ(roadOf(bob), PathKind::Ordinary) << "Bob believes Alice's word on whose relay that is";
    world.relay->lossPercent = 20;
    int switches = talkFor(2s);
    EXPECT_NE(roadOf(alice), PathKind::Ordinary);
    EXPECT_NE(roadOf(bob), PathKind::Ordinary);
    switches += talkFor(58s);
    EXPECT_LE(switches, 2) << "one at each end";
    world.relay->lossPercent = 0;
    talkFor(PathManager::kReturnAfter + 5s);
    EXPECT_EQ(roadOf(alice), PathKind::Ordinary);
    EXPECT_EQ(roadOf(bob), PathKind::Ordinary);
    expectAllThere();
}

TEST_P(TwoRoads, aDeadRelayStopsNothing) {
    allow(true);
    talkFor(5s);
    ASSERT_EQ(roadOf(alice), PathKind::Ordinary);
    world.relay.reset();
    EXPECT_LE(talkFor(2s), 2);
    EXPECT_NE(roadOf(alice), PathKind::Ordinary);
    const auto delivered = bob.receivedFrom(alice.id()).size();
    talkFor(1s);
    EXPECT_GE(bob.receivedFrom(alice.id()).size(), delivered + 8) << "they flow again";
    expectAllThere();
}

TEST_P(TwoRoads, takingThePermissionBackMovesAtOnce) {
    allow(true);
    talkFor(5s);
    ASSERT_EQ(roadOf(alice), PathKind::Ordinary);
    allow(false);
    EXPECT_NE(roadOf(alice), PathKind::Ordinary);
    EXPECT_NE(roadOf(bob), PathKind::Ordinary);
    talkFor(1s);
    expectAllThere();
}

// The operating system of one end has a Teredo tunnel of its own, and nothing else that leads out.
TEST(SystemTeredo, isAnOrdinaryRoadToANativeHost) {
    World world(1);
    world.relay = RelayConfig{};
    HostConfig tunnelled = home("bob", kPortRestricted, true);
    tunnelled.hasSystemTeredo = true;
    tunnelled.hasV4 = false;
    SimHost& bob = world.addHost(tunnelled);
    SimHost& alice = world.addHost(home("alice", kPortRestricted, true));
    bob.start();
    alice.start();
    const std::string bobsAddress = bob.engine().ownAddress();
    bob.addContact(alice.engine().ownAddress());
    alice.addContact(bobsAddress);
    world.run(20s);
    EXPECT_FALSE(bob.isOnlineWith(alice.id())) << "a foreign relay stands between";
    for (SimHost* host : {&bob, &alice}) {
        host->engine().setSettings(world.now(), {true});
        host->drain();
    }
    EXPECT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 5s))
        << world.story();
    EXPECT_EQ(bob.pathTo(alice.id()), PathKind::Ordinary);
    EXPECT_EQ(alice.pathTo(bob.id()), PathKind::Ordinary);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TwoRoads, testing::Range<std::uint64_t>(1, 21));

} // namespace
} // namespace culvert::sim
