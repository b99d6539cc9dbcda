// What hostile people can do to an engine on the virtual internet, and what it costs them: each test is an attack that
// worked once, or that must never.
#include "core/wire/ip_packet.h"
#include "core/wire/mapped_address.h"
#include "core/wire/teredo_packet.h"
#include "tests/sim/home.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kForwarding{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
const NatConfig kPortRestricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                                false};
const SocketAddress kMallory(Ipv4Address::of(45, 66, 6, 6), 666);

// Somebody who holds Bob's address string, and nothing else.
struct Stranger {
    Stranger(World& world, const std::string& bobsAddress)
        : identity(Identity::generate(world.random())), sealer(identity, world.random()),
          bob(*wire::decodeContactAddress(bobsAddress)) {}

    Bytes introduction() {
        wire::Probe probe;
        probe.instance = 1;
        probe.counter = ++counter;
        return sealer.sealIntroduction(bob.key, bob.token, {}, probe);
    }

    Identity identity;
    ControlSealer sealer;
    wire::ContactAddress bob;
    std::uint64_t counter = 0;
};

Bytes encapsulated(const SocketAddress& source, const SocketAddress& destination, BytesView payload) {
    return wire::encode(wire::UdpInIpv6{source.v6(), destination.v6(), source.port(), destination.port(), payload});
}

struct Attack : testing::Test {
    World world{1};
    SimHost& bob = world.addHost(home("bob", kForwarding));
    SimHost& alice = world.addHost(home("alice", kPortRestricted, true));
    SocketAddress bobOuter;

    void SetUp() override {
        bob.start();
        alice.start();
        bobOuter = SocketAddress(world.nat(bob).address(), bob.v4.port());
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 10s));
        world.run(1s);
    }
    SocketAddress bobsTeredoAddress() {
        const auto address = wire::decodeContactAddress(bob.engine().ownAddress());
        for (const auto& endpoint : address->endpoints)
            if (endpoint.kind == wire::EndpointKind::Teredo)
                return endpoint.address;
        return {};
    }
};

// A stranger claims Alice's IPv6 address as the inner source, so that Bob's packets for her would go to the stranger.
TEST_F(Attack, nobodyRedirectsBobsPacketsForAlice) {
    ASSERT_EQ(bob.pathTo(alice.id()), PathKind::Teredo);
    Stranger mallory(world, bob.engine().ownAddress());
    std::size_t sessionPacketsAtMallory = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes& payload) {
        const auto packet = wire::decodeTeredoPacket(payload);
        const auto udp =
            destination == kMallory && packet ? wire::decodeUdp(packet->packet) : fail(ErrorCode::NotFound);
        sessionPacketsAtMallory += udp && udp->payload.front() >= wire::kFirstQuicOctet ? 1 : 0;
    };
    for (int i = 0; i < 20; ++i) {
        world.inject(kMallory, bobOuter, encapsulated(alice.v6, bobsTeredoAddress(), mallory.introduction()));
        bob.send(alice.id(), std::to_string(i));
        world.run(100ms);
    }
    world.run(1s);
    EXPECT_EQ(alice.receivedFrom(bob.id()).size(), 20U);
    EXPECT_EQ(sessionPacketsAtMallory, 0U);
}

// Introductions with forged sources take every stranger's place; who can be reached still gets one.
TEST_F(Attack, forgedIntroductionsDoNotShutTheDoor) {
    SimHost& carol = world.addHost(home("carol", kPortRestricted));
    carol.start();
    for (std::uint8_t i = 0; i < 100; ++i) {
        Stranger nobody(world, bob.engine().ownAddress());
        const SocketAddress forged(Ipv4Address::of(9, 9, 9, i), 4000);
        world.inject(forged, bobOuter,
                     encapsulated(wire::toMapped(forged), wire::toMapped(bobOuter), nobody.introduction()));
        world.run(20ms);
    }
    carol.addContact(bob.engine().ownAddress());
    EXPECT_TRUE(world.runUntil([&] { return bob.engine().contacts(world.now()).size() == 2; }, 5s));
}

TEST_F(Attack, requestsOfThrowAwayIdentitiesAreBounded) {
    for (std::size_t i = 0; i < Engine::kRequestsMax + 20; ++i) {
        SimHost& one = world.addHost(home("m" + std::to_string(i), std::nullopt));
        one.start();
        one.addContact(bob.engine().ownAddress());
        world.run(300ms);
        one.crash();
    }
    std::size_t pending = 0;
    for (const Contact& contact : bob.engine().contacts(world.now()))
        pending += contact.state == ContactState::Pending ? 1 : 0;
    EXPECT_EQ(pending, Engine::kRequestsMax);
}

// Recorded probes of two former lives of Alice, played again and again from another address.
TEST_F(Attack, oldProbesFromElsewhereChangeNothing) {
    std::vector<Bytes> recorded;
    for (int life = 0; life < 2; ++life) {
        bool isTaken = false;
        world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes& payload) {
            if (!isTaken && destination == bobOuter && payload.size() > wire::kIpv6HeaderSize + 8 && payload[48] == 1) {
                recorded.push_back(payload);
                isTaken = true;
            }
        };
        alice.crash();
        alice.start();
        world.run(3s);
    }
    ASSERT_EQ(recorded.size(), 2U);
    std::size_t toMallory = 0, fromMallory = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes& payload) {
        toMallory += destination == kMallory ? payload.size() : 0;
    };
    for (int i = 0; i < 200; ++i) {
        world.inject(kMallory, bobOuter, recorded[static_cast<std::size_t>(i % 2)]);
        fromMallory += recorded[static_cast<std::size_t>(i % 2)].size();
        if (i % 10 == 0)
            bob.send(alice.id(), std::to_string(i));
        world.run(50ms);
    }
    EXPECT_TRUE(world.runUntil([&] { return alice.receivedFrom(bob.id()).size() == 20; }, 2s))
        << alice.receivedFrom(bob.id()).size() << " of 20, online " << bob.isOnlineWith(alice.id())
        << alice.isOnlineWith(bob.id()) << "\n"
        << world.story();
    EXPECT_LE(toMallory, fromMallory);
}

// A contact names somebody else's address: the victim gets a few whole datagrams, and small probes ever more rarely.
TEST_F(Attack, aNamedVictimGetsLittle) {
    const SocketAddress victim(Ipv4Address::of(45, 77, 7, 7), 53);
    auto address = *wire::decodeContactAddress(alice.engine().ownAddress());
    address.endpoints = {{wire::EndpointKind::Mapped4, victim}};
    std::size_t octets = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes& payload) {
        octets += destination == victim ? payload.size() : 0;
    };
    alice.crash();
    bob.addContact(wire::encodeContactAddress(address));
    for (int i = 0; i < 60; ++i) {
        bob.engine().retryConnections(world.now());
        world.run(1s);
    }
    EXPECT_LE(octets, 3 * 1280 + 600 * 140U) << "in a minute of retries";
}

// Strangers' introductions with forged sources look like calls from where nobody was asked.
TEST_F(Attack, forgedSourcesDoNotKeepARealCallFromProvingTheMapping) {
    SimHost& dave = world.addHost(home("dave", kForwarding));
    dave.start();
    const SocketAddress davesOuter(world.nat(dave).address(), dave.v4.port());
    for (std::uint8_t i = 0; i < 40; ++i) {
        Stranger nobody(world, dave.engine().ownAddress());
        const SocketAddress forged(Ipv4Address::of(9, 9, 9, i), 4000);
        world.inject(forged, davesOuter,
                     encapsulated(wire::toMapped(forged), wire::toMapped(davesOuter), nobody.introduction()));
        world.run(20ms);
    }
    world.run(10s);
    SimHost& carol = world.addHost(home("carol", kPortRestricted));
    carol.start();
    carol.addContact(dave.engine().ownAddress());
    world.run(5s);
    EXPECT_EQ(dave.engine().networkStatus(world.now().monotonic).inbound4.isOpen, std::optional(true));
}

} // namespace
} // namespace culvert::sim
