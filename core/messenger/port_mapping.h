// Port mappings and pinholes: what the routers were asked for and what they said. Values.
#pragma once

#include "core/base/instant.h"
#include "core/base/socket_address.h"

#include <optional>
#include <string>
#include <vector>

namespace culvert {

/// How a router is spoken to.
enum class MappingProtocol {
    Pcp,    ///< RFC 6887
    NatPmp, ///< RFC 6886
    Upnp,   ///< UPnP Internet Gateway Device
};

/// What became of asking for an open port.
enum class PortMappingState {
    Off,       ///< the user switched it off
    Trying,    ///< being asked for
    Claimed,   ///< the router says yes; nothing has proven it yet
    Confirmed, ///< the router's own table, read back, holds it
    Proven,    ///< a packet from outside that nobody had been asked for came through it
    Failed,    ///< see failure
};

/// Whether the router says, at least, that it did what it was asked for.
inline bool isGranted(PortMappingState state) {
    return state == PortMappingState::Claimed || state == PortMappingState::Confirmed ||
           state == PortMappingState::Proven;
}

/// Why there is no open port.
enum class PortMappingFailure {
    None,
    NoRouter,        ///< no router answered in any of the protocols
    Refused,         ///< the router said no; detail holds its code
    PrivateExternal, ///< the router itself has a private address (nested NAT, or a carrier's)
    PortDiffers,     ///< the router gave another external port than ours
    AnotherHost,     ///< the router forwards our port to another computer
};

/// The mapping of our port for one transport protocol over IPv4.
struct PortMappingStatus {
    PortMappingState state = PortMappingState::Off;
    PortMappingFailure failure = PortMappingFailure::None;
    std::optional<MappingProtocol> protocol;  ///< of the answer
    std::optional<SocketAddress> external;    ///< when there is a mapping; while Trying, what was mapped before
    std::optional<SocketAddress> gateway;     ///< who gave it; its port is 0
    std::optional<Ipv4Address> routerAddress; ///< the router's own outer address, also where it is private
    Duration lifetime{};                      ///< granted; zero: for ever, or unknown
    std::string detail;                       ///< the router's words
    bool operator==(const PortMappingStatus&) const = default;
};

/// A hole in the IPv6 firewall for one global address of ours.
struct PinholeStatus {
    Ipv6Address address;
    PortMappingState state = PortMappingState::Off;
    PortMappingFailure failure = PortMappingFailure::None;
    std::optional<MappingProtocol> protocol;
    Duration lifetime{};
    std::string detail;
    bool operator==(const PinholeStatus&) const = default;
};

/// Whether a router speaks a protocol.
enum class ProtocolAnswer {
    NotAsked,
    Asking,
    Speaks,
    Silent, ///< no answer in its time
    Broken, ///< it answered with what makes no sense, or was cut off
};

/// A router and what it speaks.
struct GatewayStatus {
    SocketAddress address; ///< its port is 0
    ProtocolAnswer pcp = ProtocolAnswer::NotAsked;
    ProtocolAnswer natPmp = ProtocolAnswer::NotAsked;
    ProtocolAnswer upnp = ProtocolAnswer::NotAsked;
    bool operator==(const GatewayStatus&) const = default;
};

/// All that the routers did for us.
struct GatewayReport {
    PortMappingStatus udp;
    PortMappingStatus tcp; ///< the same port
    std::vector<PinholeStatus> pinholes;
    std::vector<GatewayStatus> gateways;
    bool isSettled = false; ///< every protocol has answered or run out of time since the last change
    bool operator==(const GatewayReport&) const = default;
};

} // namespace culvert
