// A contact rings from a new port because it was asked to: through open ends it comes in, through others it does not.
#include "core/messenger/network_report.h"
#include "tests/sim/home.h"
#include "tests/sim/punch_world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kForwardingNat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                               true};

struct Rings : testing::Test {
    std::unique_ptr<World> world;
    SimHost* alice = nullptr; // who asks
    SimHost* bob = nullptr;
    std::vector<std::pair<SocketAddress, SocketAddress>> small; // packets as large as a ring, from, to

    void meet(const HostConfig& alices, const HostConfig& bobs) {
        world = std::make_unique<World>(3);
        alice = &start(alices);
        bob = &start(bobs);
        world->run(1s);
        alice->addContact(bob->engine().ownAddress());
        bob->addContact(alice->engine().ownAddress());
        ASSERT_TRUE(world->runUntil(
            [&] { return alice->isOnlineWith(bob->id()) && bob->isOnlineWith(alice->id()) && knows(); }, 10s));
        world->run(2s);
    }
    SimHost& start(const HostConfig& config) {
        SimHost& made = world->addHost(config);
        made.start();
        if (!config.nat || !config.nat->forwardsOnRequest) {
            GatewayReport report;
            report.udp.state = PortMappingState::Failed;
            report.isSettled = true;
            made.engine().handleGateway(world->now(), report);
            made.drain();
        }
        return made;
    }
    bool knows() const { return std::ranges::any_of(alice->engine().contacts(world->now()), &Contact::canRing); }
    NetworkStatus status() const { return alice->engine().networkStatus(world->now().monotonic); }
    Result<void> ask() {
        auto done = alice->engine().askToRing(world->now(), bob->id());
        alice->drain();
        return done;
    }
    RingOutcome outcome(bool isV4 = true) const {
        const auto& ring = isV4 ? status().rung4 : status().rung6;
        return ring ? ring->outcome : RingOutcome::NoAnswer;
    }
    bool isOver() const {
        const NetworkStatus now = status();
        return !(now.rung4 && now.rung4->outcome == RingOutcome::Waiting) &&
               !(now.rung6 && now.rung6->outcome == RingOutcome::Waiting);
    }
    bool says(const char* code) const {
        const auto items = makeReport(status()).items;
        return std::ranges::any_of(items, [&](const ReportItem& item) { return item.code == std::string_view(code); });
    }
    // In how much time.
    Duration finish() {
        const Instant began = world->now().monotonic;
        EXPECT_TRUE(world->runUntil([&] { return isOver(); }, 5s));
        return world->now().monotonic - began;
    }
};

TEST_F(Rings, comeInThroughAnOpenPort) {
    meet(home("alice", kForwardingNat), home("bob", kPortRestrictedNat));
    std::set<SocketAddress> sources;
    const Ipv4Address alices = world->nat(*alice).address();
    world->tap = [&](const SocketAddress& from, const SocketAddress& to, const Bytes&) {
        if (to.isV4() && to.v4() == alices)
            sources.insert(from);
    };
    world->run(30s);
    const std::size_t before = sources.size();
    ASSERT_TRUE(ask());
    EXPECT_EQ(outcome(), RingOutcome::Waiting);
    EXPECT_TRUE(says("rung.ipv4_waiting"));
    EXPECT_LT(finish(), 200ms);
    EXPECT_EQ(outcome(), RingOutcome::CameIn);
    EXPECT_GE(status().rung4->took, 40ms) << "there and back";
    EXPECT_EQ(status().rung4->target, SocketAddress(alices, alice->v4.port()));
    EXPECT_TRUE(says("rung.ipv4_came_in"));
    EXPECT_EQ(sources.size(), before + 1) << "one packet, from a port that was never used";
    EXPECT_EQ(bob->openSockets(), 0U);
}

TEST_F(Rings, doNotComeInThroughANatWithoutAnOpenPort) {
    meet(home("alice", kPortRestrictedNat), home("bob"));
    ASSERT_TRUE(ask());
    EXPECT_GE(finish(), InboundTrial::kWait - 100ms);
    EXPECT_EQ(outcome(), RingOutcome::NothingCame);
    EXPECT_TRUE(says("rung.ipv4_nothing_came"));
    EXPECT_EQ(makeReport(status()).verdict.inbound4, Tested::No);
    EXPECT_EQ(bob->openSockets(), 0U);
}

// The same address as before, only another port: where nobody knows how the NAT filters that is no proof.
TEST_F(Rings, aNewPortOfAKnownAddressIsNoProofByItself) {
    meet(home("alice", kFullConeNat), home("bob"));
    ASSERT_TRUE(ask());
    finish();
    EXPECT_EQ(outcome(), RingOutcome::CameIn);
    EXPECT_FALSE(status().rung4->fromNewAddress);
    EXPECT_EQ(makeReport(status()).verdict.inbound4, Tested::NotTested);
}

TEST_F(Rings, tellOfTheFirewallOfIpv6) {
    for (const bool isShut : {true, false}) {
        HostConfig alices = home("alice", kPortRestrictedNat, true);
        alices.v6Firewalled = isShut;
        meet(alices, home("bob", kPortRestrictedNat, true));
        ASSERT_TRUE(ask());
        finish();
        EXPECT_EQ(outcome(false), isShut ? RingOutcome::NothingCame : RingOutcome::CameIn);
        EXPECT_TRUE(says(isShut ? "rung.ipv6_nothing_came" : "rung.ipv6_came_in"));
    }
}

TEST_F(Rings, proveNothingInsideOneNetwork) {
    HostConfig bobs = home("bob", kPortRestrictedNat);
    bobs.sharesRouterWith = "alice";
    meet(home("alice", kPortRestrictedNat), bobs);
    const auto refused = ask();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::WrongState);
    EXPECT_FALSE(status().rung4);
}

TEST_F(Rings, areAskedForNowAndThen) {
    meet(home("alice", kForwardingNat), home("bob"));
    ASSERT_TRUE(ask());
    finish();
    const auto refused = ask();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::LimitReached);
    world->run(PeerSession::kAskToRingPause);
    ASSERT_TRUE(ask());
    finish();
    EXPECT_EQ(outcome(), RingOutcome::CameIn);
}

TEST_F(Rings, aContactWhoIsCutOffIsNoProof) {
    meet(home("alice", kForwardingNat), home("bob"));
    bob->isCut = true;
    ASSERT_TRUE(ask());
    finish();
    EXPECT_EQ(outcome(), RingOutcome::NoAnswer);
}

TEST_F(Rings, areForgottenOnAnotherNetwork) {
    meet(home("alice", kForwardingNat), home("bob"));
    ASSERT_TRUE(ask());
    finish();
    alice->engine().handleWake(world->now());
    alice->drain();
    EXPECT_FALSE(status().rung4);
}

} // namespace
} // namespace culvert::sim
