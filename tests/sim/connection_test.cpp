// What whole engines tell of their connection to each other: the ways, the reason, what happened; and what happens to
// the network when third parties come and go.
#include "tests/sim/home.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert::sim {
namespace {

struct Connection : testing::Test {
    World world{7};
    SimHost& bob = world.addHost(home("bob", {}, true));
    SimHost& alice = world.addHost(home("alice", {}, true));

    void connect() {
        bob.start();
        alice.start();
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 10s));
    }
    ConnectionInfo look(Watch watch = Watch::No) {
        auto out = alice.engine().connection(world.now(), bob.id(), watch);
        alice.drain();
        EXPECT_TRUE(out);
        return out ? *out : ConnectionInfo{};
    }
    std::size_t samples() {
        const ConnectionInfo info = look();
        const auto active = std::ranges::find_if(info.paths, &PathInfo::active);
        return active == info.paths.end() ? 0 : active->samples.size();
    }
    static bool has(const ConnectionInfo& info, MomentKind kind) {
        return std::ranges::find(info.history, kind, &PathMoment::kind) != info.history.end();
    }
};

TEST_F(Connection, tellsTheWayTheReasonAndWhatHappened) {
    connect();
    world.run(3s);
    const ConnectionInfo info = look();
    const auto active = std::ranges::find_if(info.paths, &PathInfo::active);
    ASSERT_NE(active, info.paths.end());
    EXPECT_EQ(active->kind, PathKind::Native6);
    EXPECT_EQ(active->result, ProbeResult::Answered);
    EXPECT_EQ(active->source, PathSource::Session) << "their update came after the address string";
    EXPECT_NE(active->reason, PathReason::None);
    ASSERT_TRUE(active->lastTry);
    EXPECT_LE(active->lastTry->milliseconds, world.now().wall.milliseconds);
    EXPECT_TRUE(has(info, MomentKind::Up));
    EXPECT_FALSE(info.outlook) << "they are connected: nothing has to be foretold";
}

TEST_F(Connection, whoLooksGetsASampleEachSecond) {
    connect();
    world.run(10s);
    const std::size_t before = samples();
    for (int i = 0; i < 10; ++i) {
        look(Watch::Yes);
        world.run(1s);
    }
    EXPECT_GE(samples(), before + 8);
}

TEST_F(Connection, aSilenceAndItsEndAreMoments) {
    connect();
    bob.crash();
    ASSERT_TRUE(world.runUntil([&] { return has(look(), MomentKind::Down); }, 120s));
    ASSERT_TRUE(look().outlook);
    EXPECT_EQ(look().outlook->possible, Answer::Yes);
    EXPECT_TRUE(alice.engine().retryContact(world.now(), bob.id()));
    alice.drain();
    EXPECT_EQ(look().history.back().kind, MomentKind::TriedAnew);
}

TEST_F(Connection, aThirdPartyThatIsRemovedIsGone) {
    connect();
    SimHost& party = world.addThirdParty(home("party", {}, true));
    ASSERT_TRUE(alice.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    alice.drain();
    ASSERT_TRUE(world.runUntil(
        [&] {
            const auto status = alice.engine().networkStatus(world.now().monotonic);
            return !status.thirdParties.empty() && status.thirdParties[0].registered;
        },
        10s));
    const auto known = alice.engine().networkStatus(world.now().monotonic);
    EXPECT_NE(std::ranges::find(known.events, NetworkEventKind::ThirdPartyAnswers, &NetworkEvent::kind),
              known.events.end());
    EXPECT_FALSE(alice.engine().removeThirdParty(world.now(), "nobody"));
    ASSERT_TRUE(alice.engine().removeThirdParty(world.now(), known.thirdParties[0].key));
    alice.drain();
    EXPECT_TRUE(alice.engine().networkStatus(world.now().monotonic).thirdParties.empty());
    world.run(60s);
    EXPECT_TRUE(alice.isOnlineWith(bob.id()));
}

} // namespace
} // namespace culvert::sim
