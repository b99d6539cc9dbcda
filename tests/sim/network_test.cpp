// What the engine finds out about its network, against how the network was built.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

enum class V6 { None, Open, Firewalled };

// What a test builds.
struct Network {
    std::optional<NatConfig> nat;
    V6 v6 = V6::None;
};

struct Diagnosis : testing::Test {
    std::unique_ptr<World> world = std::make_unique<World>(5);

    void startOver() { world = std::make_unique<World>(5); }
    SimHost& thirdParty(const std::string& name, bool hasOtherAddresses) {
        HostConfig config;
        config.name = name;
        config.hasV6 = true;
        config.link.delay = 30ms;
        config.hasOtherAddresses = hasOtherAddresses;
        return world->addThirdParty(config);
    }
    SimHost& host(const Network& network) {
        HostConfig config;
        config.name = "host";
        config.nat = network.nat;
        config.hasV6 = network.v6 != V6::None;
        config.v6Firewalled = network.v6 == V6::Firewalled;
        config.link.delay = 20ms;
        SimHost& made = world->addHost(config);
        made.start();
        if (!network.nat || !network.nat->forwardsOnRequest) {
            GatewayReport report;
            report.udp.state = PortMappingState::Failed;
            report.isSettled = true;
            made.engine().handleGateway(world->now(), report);
        }
        return made;
    }
    NetworkStatus diagnose(SimHost& host, const std::vector<SimHost*>& parties) {
        for (SimHost* party : parties)
            EXPECT_TRUE(host.engine().addThirdParty(world->now(), party->node()->ownAddress()));
        host.drain();
        world->run(100ms);
        const bool isDone =
            world->runUntil([&] { return !host.engine().networkStatus(world->now().monotonic).testsAreRunning; }, 5s);
        EXPECT_TRUE(isDone) << "a report within five seconds";
        return host.engine().networkStatus(world->now().monotonic);
    }
};

NatMapping mappingOf(NatBehaviour behaviour) {
    return static_cast<NatMapping>(behaviour);
}
NatFiltering filteringOf(NatBehaviour behaviour) {
    return static_cast<NatFiltering>(behaviour);
}

constexpr NatBehaviour kAll[] = {NatBehaviour::EndpointIndependent, NatBehaviour::AddressDependent,
                                 NatBehaviour::AddressAndPortDependent};

void expectNat(const NatConfig& built, const culvert::NatBehaviour& found) {
    EXPECT_EQ(found.isTranslated, std::optional(true));
    EXPECT_EQ(found.mapping, mappingOf(built.mapping));
    EXPECT_EQ(found.filtering, filteringOf(built.filtering));
    EXPECT_EQ(found.varies, std::optional(built.mapping != NatBehaviour::EndpointIndependent));
    if (built.mapping == NatBehaviour::EndpointIndependent) {
        EXPECT_EQ(found.preservesPort, std::optional(built.preservesPort));
    }
}

TEST_F(Diagnosis, everyNatIsNamedAsItWasBuilt) {
    for (const NatBehaviour mapping : kAll) {
        for (const NatBehaviour filtering : kAll) {
            for (const bool preserves : {true, false}) {
                SCOPED_TRACE(testing::Message() << int(mapping) << int(filtering) << preserves);
                startOver();
                SimHost& party = thirdParty("one", true);
                const NatConfig nat{mapping, filtering, 60s, preserves, false};
                const NetworkStatus status = diagnose(host({nat}), {&party});
                expectNat(nat, status.nat);
                // Strangers come in through the main socket's own mapping where nothing filters, and only there.
                const bool isOpen =
                    mapping == NatBehaviour::EndpointIndependent && filtering == NatBehaviour::EndpointIndependent;
                if (mapping == NatBehaviour::EndpointIndependent) {
                    EXPECT_EQ(status.inbound4.isOpen, std::optional(isOpen));
                }
            }
        }
    }
}

TEST_F(Diagnosis, twoThirdPartiesWithOneAddressEachTellAsMuch) {
    SimHost& one = thirdParty("one", false);
    SimHost& two = thirdParty("two", false);
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressDependent, 60s, true, false};
    expectNat(nat, diagnose(host({nat}), {&one, &two}).nat);
}

TEST_F(Diagnosis, oneThirdPartyWithOneAddressLeavesUntoldWhatItCannotTell) {
    SimHost& one = thirdParty("one", false);
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::EndpointIndependent, 60s, true, false};
    const NetworkStatus status = diagnose(host({nat}), {&one});
    EXPECT_EQ(status.nat.mapping, std::nullopt);
    EXPECT_EQ(status.nat.filtering, std::nullopt);
    EXPECT_EQ(status.nat.isTranslated, std::optional(true));
}

TEST_F(Diagnosis, withoutAnybodyOutsideNothingIsClaimed) {
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
    const NetworkStatus status = diagnose(host({nat, V6::Open}), {});
    EXPECT_EQ(status.nat, culvert::NatBehaviour());
    EXPECT_EQ(status.inbound4, InboundStatus());
    EXPECT_EQ(status.inbound6, InboundStatus());
    EXPECT_EQ(status.gateway.udp.state, PortMappingState::Claimed);
}

TEST_F(Diagnosis, aMappingIsProvenByARingFromWhereNothingWasSent) {
    SimHost& party = thirdParty("one", true);
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
    const NetworkStatus status = diagnose(host({nat}), {&party});
    EXPECT_EQ(status.inbound4.isOpen, std::optional(true));
    EXPECT_TRUE(status.inbound4.fromNewAddress);
    EXPECT_EQ(status.gateway.udp.state, PortMappingState::Proven);
}

TEST_F(Diagnosis, aMappingThatTheRouterOnlyClaimsIsNotBelieved) {
    SimHost& party = thirdParty("one", true);
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, false};
    SimHost& bob = host({nat});
    GatewayReport report;
    report.udp.state = PortMappingState::Claimed;
    report.udp.external = SocketAddress(world->nat(bob).address(), bob.v4.port());
    report.isSettled = true;
    bob.engine().handleGateway(world->now(), report);
    const NetworkStatus status = diagnose(bob, {&party});
    EXPECT_EQ(status.inbound4.isOpen, std::optional(false));
    EXPECT_EQ(status.gateway.udp.state, PortMappingState::Claimed);
}

TEST_F(Diagnosis, theIpv6FirewallIsTestedFromOutside) {
    for (const V6 v6 : {V6::Open, V6::Firewalled}) {
        startOver();
        SimHost& party = thirdParty("one", true);
        const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, false};
        EXPECT_EQ(diagnose(host({nat, v6}), {&party}).inbound6.isOpen, std::optional(v6 == V6::Open));
    }
}

TEST_F(Diagnosis, hairpinningIsSeenWhereItIs) {
    for (const bool hairpins : {true, false}) {
        startOver();
        SimHost& party = thirdParty("one", true);
        NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, false};
        nat.hairpins = hairpins;
        EXPECT_EQ(diagnose(host({nat}), {&party}).nat.hairpins, std::optional(hairpins));
    }
}

TEST_F(Diagnosis, aPublicAddressIsNoNat) {
    SimHost& party = thirdParty("one", true);
    const NetworkStatus status = diagnose(host({}), {&party});
    EXPECT_EQ(status.nat.isTranslated, std::optional(false));
    EXPECT_EQ(status.inbound4.isOpen, std::optional(true));
}

TEST_F(Diagnosis, theLifetimeOfAMappingIsMeasured) {
    SimHost& party = thirdParty("one", true);
    const NatConfig nat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 40s, true, false};
    SimHost& bob = host({nat});
    diagnose(bob, {&party});
    world->run(10min);
    const auto found = bob.engine().networkStatus(world->now().monotonic).nat;
    ASSERT_TRUE(found.lifetimeAtLeast && found.lifetimeBelow);
    EXPECT_LE(*found.lifetimeAtLeast, 40s);
    EXPECT_GE(*found.lifetimeBelow, 40s);
}

TEST_F(Diagnosis, aContactThatCallsUnaskedProvesTheMapping) {
    const NatConfig forwarding{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                               true};
    const NatConfig restricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                               false};
    SimHost& bob = host({forwarding});
    SimHost& alice = host({restricted});
    alice.addContact(bob.engine().ownAddress());
    ASSERT_TRUE(world->runUntil(
        [&] {
            return bob.engine().networkStatus(world->now().monotonic).gateway.udp.state == PortMappingState::Proven;
        },
        5s));
    EXPECT_EQ(bob.engine().networkStatus(world->now().monotonic).inbound4.witness, WitnessKind::Contact);
}

// There is no router between the two, so that nobody knows what the router would do.
TEST_F(Diagnosis, aContactInOurOwnNetworkProvesNothingOfIpv6) {
    for (const bool isNear : {true, false}) {
        startOver();
        SimHost& bob = host({std::nullopt, V6::Open});
        SimHost& alice = world->addHost([] {
            HostConfig config;
            config.name = "alice";
            config.hasV4 = false;
            config.hasV6 = true;
            config.link.delay = 20ms;
            return config;
        }());
        if (isNear) {
            Ipv6Address address = bob.v6.v6();
            address.octets[15] = 0x77;
            alice.v6 = SocketAddress(address, alice.v6.port());
        }
        alice.start();
        alice.addContact(bob.engine().ownAddress());
        ASSERT_TRUE(world->runUntil([&] { return !bob.engine().contacts(world->now()).empty(); }, 5s));
        world->run(2s);
        EXPECT_EQ(bob.engine().networkStatus(world->now().monotonic).inbound6.isOpen,
                  isNear ? std::nullopt : std::optional(true));
    }
}

} // namespace
} // namespace culvert::sim
