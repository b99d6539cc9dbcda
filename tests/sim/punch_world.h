// PunchWorld: Bob and Alice behind NATs of any kind, and a third party that both chose.
#pragma once

#include "tests/sim/world.h"

namespace culvert::sim {

inline const NatConfig kPortRestrictedNat{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s,
                                          true, false};
inline const NatConfig kFullConeNat{NatBehaviour::EndpointIndependent, NatBehaviour::EndpointIndependent, 60s, true,
                                    false};
inline const NatConfig kHardNat{NatBehaviour::AddressAndPortDependent, NatBehaviour::AddressAndPortDependent, 60s,
                                false, false};

/// Two homes and a third party with two addresses of each family, 25 ms one way between any two of them.
struct PunchWorld {
    PunchWorld(std::uint64_t seed, const std::optional<NatConfig>& bobs, const std::optional<NatConfig>& alices,
               const HostConfig& common = {})
        : world(seed) {
        HostConfig config = common;
        config.link.delay = 25ms;
        config.name = "bob";
        config.nat = bobs;
        bob = &world.addHost(config);
        config.name = "alice";
        config.nat = alices;
        alice = &world.addHost(config);
        HostConfig third;
        third.name = "third";
        third.hasV6 = true;
        third.hasOtherAddresses = true;
        third.link.delay = 25ms;
        party = &world.addThirdParty(third);
        for (SimHost* host : {bob, alice})
            start(*host);
    }

    /// A new run of the program; no router answers it.
    void start(SimHost& host) {
        host.start();
        GatewayReport report;
        report.udp.state = PortMappingState::Failed;
        report.isSettled = true;
        host.engine().handleGateway(world.now(), report);
        host.drain();
    }
    /// Both choose the third party.
    void choose() {
        for (SimHost* host : {bob, alice}) {
            (void)host->engine().addThirdParty(world.now(), party->node()->ownAddress());
            host->drain();
        }
    }
    /// Until each knows its own network. False when that takes more than ten seconds.
    bool learns() {
        world.run(200ms);
        return world.runUntil(
            [this] {
                return std::ranges::none_of(std::array{bob, alice}, [this](SimHost* host) {
                    return host->engine().networkStatus(world.now().monotonic).testsAreRunning;
                });
            },
            10s);
    }
    /// Both add each other's address as it is now.
    void introduce() {
        const std::string bobsAddress = bob->engine().ownAddress();
        bob->addContact(alice->engine().ownAddress());
        alice->addContact(bobsAddress);
    }
    bool areOnline() { return bob->isOnlineWith(alice->id()) && alice->isOnlineWith(bob->id()); }
    bool meets(Duration limit) {
        return world.runUntil([this] { return areOnline(); }, limit);
    }

    World world;
    SimHost* bob = nullptr;
    SimHost* alice = nullptr;
    SimHost* party = nullptr;
};

} // namespace culvert::sim
