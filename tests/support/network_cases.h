// Network cases: whole networks as NetworkStatus, for tests of the report and pictures of its window.
#pragma once

#include "core/messenger/network_status.h"

namespace culvert::cases {

inline Ipv4Address v4(const char* text) {
    return *Ipv4Address::fromText(text);
}
inline Ipv6Address v6(const char* text) {
    return *Ipv6Address::fromText(text);
}
inline SocketAddress host(const char* text) {
    if (const auto four = Ipv4Address::fromText(text))
        return {*four, 0};
    return {v6(text), 0};
}
inline SocketAddress socket(const char* text) {
    return *SocketAddress::fromText(text);
}

/// Nothing but a port.
inline NetworkStatus nothing() {
    NetworkStatus status;
    status.local.port = 41641;
    return status;
}

/// A private IPv4 address behind a router that was asked and opened nothing; everything is settled.
inline NetworkStatus behindRouter() {
    NetworkStatus status = nothing();
    status.local.v4 = {v4("192.168.178.24")};
    status.local.interfaces = {{"enp3s0", 2, InterfaceKind::Physical, {{host("192.168.178.24"), 24, false, false}}}};
    status.local.routers = {{host("192.168.178.1"), host("192.168.178.24"), 2}};
    status.gateway.isSettled = true;
    status.gateway.udp.state = PortMappingState::Failed;
    status.gateway.udp.failure = PortMappingFailure::NoRouter;
    status.gateway.gateways = {
        {host("192.168.178.1"), ProtocolAnswer::Silent, ProtocolAnswer::Silent, ProtocolAnswer::Silent}};
    return status;
}

/// The same with a port that PCP opened and that a third party's packet came through.
inline NetworkStatus openPort() {
    NetworkStatus status = behindRouter();
    PortMappingStatus& udp = status.gateway.udp;
    udp.state = PortMappingState::Proven;
    udp.failure = PortMappingFailure::None;
    udp.protocol = MappingProtocol::Pcp;
    udp.external = socket("84.115.20.7:41641");
    udp.gateway = host("192.168.178.1");
    udp.routerAddress = v4("84.115.20.7");
    udp.lifetime = std::chrono::hours(1);
    status.gateway.tcp = udp;
    status.gateway.tcp.state = PortMappingState::Claimed;
    status.gateway.gateways[0].pcp = ProtocolAnswer::Speaks;
    status.nat.isTranslated = true;
    status.nat.varies = false;
    status.nat.mapping = NatMapping::EndpointIndependent;
    status.nat.filtering = NatFiltering::AddressAndPortDependent;
    status.nat.preservesPort = true;
    status.nat.lifetimeAtLeast = std::chrono::minutes(2);
    status.inbound4 = {true, WitnessKind::ThirdParty, true, socket("84.115.20.7:41641")};
    status.observed = {{socket("84.115.20.7:41641"), WitnessKind::ThirdParty},
                       {socket("84.115.20.7:41641"), WitnessKind::Contact}};
    ThirdPartyStatus party;
    party.address = "culvert:zz6gx2scymbpuz5q7kvrxe4h3ndw2aq5olbtx6c3fyvj2kmzru";
    party.key = "q7kvrxe4h3ndw2aq5olbtx6c3fyvj2kmzrup6gx2scymbpuz5q7k";
    party.registered = true;
    party.roundTrip = std::chrono::milliseconds(18);
    party.observed = "84.115.20.7:41641";
    status.thirdParties = {party};
    return status;
}

/// A Teredo server found this kind of NAT.
inline void qualify(NetworkStatus& status, TeredoKind kind) {
    TeredoStatus& teredo = status.teredo;
    teredo.state = TeredoState::Qualified;
    teredo.kind = kind;
    teredo.server = "teredo.example";
    teredo.serverAddress = v4("83.170.6.76");
    teredo.mapped = socket("84.115.20.7:41641");
    teredo.roundTrip = std::chrono::milliseconds(31);
    teredo.refreshInterval = std::chrono::seconds(90);
    teredo.address = v6("2001:0:53aa:64c:8123:5d56:ab8c:ebf8");
    teredo.since = WallTime{1'700'000'000'000};
    teredo.servers = {{"teredo.example", TeredoServerHealth::Qualified, teredo.roundTrip},
                      {"other.example", TeredoServerHealth::NoAnswer, std::nullopt}};
}

/// IPv6 with a stable and a temporary address, let in by the router.
inline void addIpv6(NetworkStatus& status) {
    const char* stable = "2a02:8388:1c40:9f00:4b5e:77ff:fe10:2a31";
    const char* temporary = "2a02:8388:1c40:9f00:91d3:6a0c:5be2:8f04";
    status.local.native6 = {v6(stable), v6(temporary)};
    if (status.local.interfaces.empty())
        status.local.interfaces.push_back({"enp3s0", 2, InterfaceKind::Physical, {}});
    auto& addresses = status.local.interfaces[0].addresses;
    addresses.push_back({host(stable), 64, false, false});
    addresses.push_back({host(temporary), 64, true, false});
    status.gateway.pinholes = {{v6(stable),
                                PortMappingState::Claimed,
                                PortMappingFailure::None,
                                MappingProtocol::Pcp,
                                std::chrono::hours(1),
                                {}}};
}

/// A provider that shares one IPv4 address, strict routers, and IPv6 that a firewall shuts.
inline NetworkStatus carrier() {
    NetworkStatus status = behindRouter();
    addIpv6(status);
    PortMappingStatus& udp = status.gateway.udp;
    udp.failure = PortMappingFailure::PrivateExternal;
    udp.protocol = MappingProtocol::Upnp;
    udp.routerAddress = v4("100.83.17.5");
    udp.detail = "The router's own address is 100.83.17.5.";
    status.gateway.gateways[0].upnp = ProtocolAnswer::Speaks;
    status.gateway.gateways[0].natPmp = ProtocolAnswer::Broken;
    PinholeStatus& pinhole = status.gateway.pinholes[0];
    pinhole.state = PortMappingState::Failed;
    pinhole.failure = PortMappingFailure::Refused;
    pinhole.protocol = MappingProtocol::Upnp;
    pinhole.detail = "606 Action not authorized for 2a02:8388:1c40:9f00:4b5e:77ff:fe10:2a31";
    status.nat.isTranslated = true;
    status.nat.varies = true;
    status.nat.mapping = NatMapping::AddressDependent;
    status.nat.filtering = NatFiltering::AddressDependent;
    status.nat.isNested = true;
    status.nat.hairpins = false;
    status.nat.lifetimeAtLeast = std::chrono::seconds(20);
    status.nat.lifetimeBelow = std::chrono::seconds(45);
    status.inbound6 = {false, WitnessKind::Contact, false, socket("[2a02:8388:1c40:9f00:4b5e:77ff:fe10:2a31]:41641")};
    status.observed = {{socket("91.141.3.77:50112"), WitnessKind::Contact}};
    ThirdPartyStatus party;
    party.address = "culvert:aa6gx2scymbpuz5q7kvrxe4h3ndw2aq5olbtx6c3fyvj2kmzru";
    party.key = "b3ndw2aq5olbtx6c3fyvj2kmzrup6gx2scymbpuz5q7kvrxe4h3n";
    status.thirdParties = {party};
    return status;
}

} // namespace culvert::cases
