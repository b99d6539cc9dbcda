// Contacts who hand over calls between their common contacts, instead of any third party.
#include "tests/sim/punch_world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

HostConfig home(const std::string& name, const std::optional<NatConfig>& nat) {
    HostConfig config;
    config.name = name;
    config.nat = nat;
    config.link.delay = 25ms;
    return config;
}

// Bob and Alice, whom nobody can call; both know Carol, whom everybody can. Nobody has a third party.
struct Couriers : testing::Test {
    World world{1};
    SimHost& bob = world.addHost(home("bob", kPortRestrictedNat));
    SimHost& alice = world.addHost(home("alice", kPortRestrictedNat));
    SimHost& carol = world.addHost(home("carol", std::nullopt));

    void SetUp() override {
        for (SimHost* host : {&bob, &alice, &carol})
            host->start();
        world.run(1s);
        for (SimHost* host : {&bob, &alice})
            befriend(*host, carol);
        // They knew each other before, and neither is where the other thinks.
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
    }
    void befriend(SimHost& asking, SimHost& asked) {
        asking.addContact(asked.engine().ownAddress());
        ASSERT_TRUE(world.runUntil([&] { return !asked.engine().contacts(world.now()).empty(); }, 5s));
        world.run(1s);
        asked.accept(asking.id());
        ASSERT_TRUE(
            world.runUntil([&] { return asking.isOnlineWith(asked.id()) && asked.isOnlineWith(asking.id()); }, 5s));
    }
    void takePart(SimHost& host, bool isOn = true) {
        Settings settings = host.engine().settings();
        settings.couriers = isOn;
        host.setSettings(settings);
    }
    bool meet(Duration limit) {
        return world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, limit);
    }
    std::uint64_t handedOver(SimHost& host) {
        return host.engine().networkStatus(world.now().monotonic).bytesThroughThirdParties;
    }
};

TEST_F(Couriers, whoBothKnowHandsOverACall) {
    for (SimHost* host : {&bob, &alice, &carol})
        takePart(*host);
    EXPECT_TRUE(meet(5s)) << world.story();
    EXPECT_GT(handedOver(bob) + handedOver(alice), 0U);
    bob.send(alice.id(), "found you");
    EXPECT_TRUE(world.runUntil([&] { return !alice.receivedFrom(bob.id()).empty(); }, 2s));
    EXPECT_EQ(bob.pathTo(alice.id()), PathKind::Punched4);
}

TEST_F(Couriers, nobodyIsFoundWhoDoesNotTakePart) {
    for (SimHost* left : {&bob, &alice, &carol}) {
        for (SimHost* host : {&bob, &alice, &carol})
            takePart(*host, host != left);
        EXPECT_FALSE(meet(30s)) << left->config.name;
    }
    EXPECT_EQ(handedOver(bob) + handedOver(alice), 0U) << "without the one, the other does not even ask";
}

// The offer of before is worth nothing any more.
TEST_F(Couriers, whoChangesTheirMindIsNotAskedAgain) {
    for (SimHost* host : {&bob, &carol})
        takePart(*host);
    world.run(15s);
    takePart(carol, false);
    world.run(15s);
    takePart(alice);
    EXPECT_FALSE(meet(30s));
}

TEST_F(Couriers, whoCameBackIsFoundThroughTheCourierAtOnce) {
    for (SimHost* host : {&bob, &alice, &carol})
        takePart(*host);
    ASSERT_TRUE(meet(5s));
    world.run(30s);
    // Both move; each finds Carol, whose address did not change.
    world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, 9));
    world.nat(alice).renumber(Ipv4Address::of(45, 98, 9, 9));
    for (SimHost* host : {&bob, &alice}) {
        host->engine().handleWake(world.now());
        host->drain();
    }
    EXPECT_TRUE(meet(5s)) << world.story();
}

// A courier's contact who asks for all the world, all the time.
TEST_F(Couriers, aContactThatFloodsIsHeldToItsBudget) {
    for (SimHost* host : {&bob, &alice, &carol})
        takePart(*host);
    ASSERT_TRUE(meet(5s));
    world.run(60s);
    std::size_t carolsPackets = 0;
    const SocketAddress alices(world.nat(alice).address(), 0);
    world.tap = [&](const SocketAddress& from, const SocketAddress& to, const Bytes& payload) {
        carolsPackets += from.v4() == carol.v4.v4() && to.v4() == alices.v4() && payload.size() > 200 ? 1 : 0;
    };
    // As often as Bob's program would never ask: he forgets Alice, and asks anew, again and again.
    for (int round = 0; round < 100; ++round) {
        (void)bob.engine().removeContact(world.now(), alice.id());
        bob.drain();
        bob.addContact(alice.engine().ownAddress());
        world.nat(bob).renumber(Ipv4Address::of(45, 97, static_cast<std::uint8_t>(round), 9));
        world.run(100ms);
    }
    EXPECT_LE(carolsPackets, PairBudgets::kBurst + 10s / PairBudgets::kRefill + 2);
}

} // namespace
} // namespace culvert::sim
