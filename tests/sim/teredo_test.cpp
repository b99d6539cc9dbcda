// Whole engines that have nothing in common but a Teredo server.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert::sim {
namespace {

using enum NatBehaviour;
const NatConfig kPortRestricted{EndpointIndependent, AddressAndPortDependent, 60s, true, false};
const NatConfig kCone{EndpointIndependent, EndpointIndependent, 60s, false, false};
const NatConfig kSymmetric{AddressAndPortDependent, AddressAndPortDependent, 60s, false, false};
const NatConfig kPortPreserving{AddressAndPortDependent, AddressAndPortDependent, 60s, true, false};
const NatConfig kSequential = [] {
    NatConfig out = kSymmetric;
    out.isSequential = true;
    return out;
}();
const NatConfig kAddressRestricted{EndpointIndependent, AddressDependent, 60s, false, false};

struct TeredoWorld : testing::Test {
    World world{7};
    const Ipv4Address server = world.addTeredoServer();

    SimHost& add(const std::string& name, const NatConfig& nat, bool hasV6 = false) {
        HostConfig config;
        config.name = name;
        config.nat = nat;
        config.hasV6 = hasV6;
        config.v6Firewalled = hasV6;
        config.link.delay = 30ms;
        config.teredoServer = server;
        return world.addHost(config);
    }
    void TearDown() override {
        if (HasFailure())
            std::cerr << world.story();
    }
    bool isQualified(SimHost& host) {
        return host.engine().networkStatus(world.now().monotonic).teredo.state == TeredoState::Qualified;
    }
    bool has(SimHost& host, const SimHost& from, const std::string& text) {
        return std::ranges::count(host.receivedFrom(from.id()), text) == 1;
    }
    // One of the two knows the other's address; the other has never heard of it.
    void call(SimHost& caller, SimHost& called) {
        caller.addContact(called.engine().ownAddress());
        ASSERT_TRUE(world.runUntil([&] { return !called.engine().contacts(world.now()).empty(); }, 15s));
        called.accept(caller.id());
        ASSERT_TRUE(
            world.runUntil([&] { return caller.isOnlineWith(called.id()) && called.isOnlineWith(caller.id()); }, 15s));
        caller.send(called.id(), "can you hear me?");
        called.send(caller.id(), "yes");
        EXPECT_TRUE(
            world.runUntil([&] { return has(called, caller, "can you hear me?") && has(caller, called, "yes"); }, 10s));
        EXPECT_EQ(caller.pathTo(called.id()), PathKind::Teredo);
    }
};

// RFC 4380 §5.2.4 case 5: neither router lets a stranger in, and nobody has opened a port.
TEST_F(TeredoWorld, twoClientsBehindRestrictedNatsTalkByBubbles) {
    SimHost& bob = add("bob", kPortRestricted);
    SimHost& alice = add("alice", kAddressRestricted);
    bob.start();
    alice.start();
    ASSERT_TRUE(world.runUntil([&] { return isQualified(bob) && isQualified(alice); }, 30s));
    std::uint64_t byServer = 0, straight = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& to, const Bytes& payload) {
        (to.port() == TeredoServer::kPort ? byServer : straight) += payload.size();
    };
    call(alice, bob);
    EXPECT_LT(byServer, 1000U) << "the server carries bubbles alone";
    EXPECT_GT(straight, 10 * byServer);
    world.run(3min);
    bob.send(alice.id(), "still there?");
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "still there?"); }, 5s));
}

// RFC 6081 §3, figure 1: SNS, SNS + PP and SNS + SS, each way.
TEST_F(TeredoWorld, clientsBehindSymmetricNatsCallAndAreCalled) {
    const std::tuple<const char*, NatConfig, NatConfig> cases[] = {
        {"symmetric calls cone", kSymmetric, kCone},
        {"cone calls symmetric", kCone, kSymmetric},
        {"address-restricted calls symmetric", kAddressRestricted, kSymmetric},
        {"port-preserving calls port-restricted", kPortPreserving, kPortRestricted},
        {"port-restricted calls port-preserving", kPortRestricted, kPortPreserving},
        {"port-preserving calls port-preserving", kPortPreserving, kPortPreserving},
        {"sequential calls port-restricted", kSequential, kPortRestricted},
        {"port-restricted calls sequential", kPortRestricted, kSequential},
        {"port-preserving calls sequential", kPortPreserving, kSequential},
    };
    for (const auto& [what, from, to] : cases) {
        SCOPED_TRACE(what);
        SimHost& bob = add(std::string(what) + ", called", to);
        SimHost& alice = add(std::string(what) + ", calling", from);
        bob.start();
        alice.start();
        ASSERT_TRUE(world.runUntil([&] { return isQualified(bob) && isQualified(alice); }, 30s));
        call(alice, bob);
        world.run(3min);
        bob.send(alice.id(), "still there?");
        EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "still there?"); }, 5s));
        bob.stop();
        alice.stop();
    }
}

// RFC 4380 §5.4.1 case 3: a host with IPv6 is its own relay.
TEST_F(TeredoWorld, aHostWithIpv6ReachesARestrictedClientByBubbles) {
    SimHost& bob = add("bob", kPortRestricted);
    SimHost& alice = add("alice", kPortRestricted, true);
    bob.start();
    alice.start();
    ASSERT_TRUE(world.runUntil([&] { return isQualified(bob); }, 30s));
    call(alice, bob);
}

} // namespace
} // namespace culvert::sim
