// LocalNetwork: what this computer itself is connected to: interfaces, their addresses, default routers.
#pragma once

#include "core/base/socket_address.h"

namespace culvert {

/// What an interface leads to.
enum class InterfaceKind {
    Physical,  ///< Ethernet, Wi-Fi, a modem: the way to the router
    Container, ///< a bridge to containers or virtual machines on this computer
    Vpn,       ///< a VPN or another tunnel that some program holds
    Teredo,    ///< the operating system's own Teredo tunnel (RFC 4380)
    Tunnel6,   ///< IPv6 in IPv4, protocol 41: 6in4, 6to4, 6rd, ISATAP
    Loopback,
};

/// An address of an interface.
struct LocalAddress {
    SocketAddress address; ///< its port is 0
    unsigned prefixLength = 0;
    bool isTemporary = false;  ///< RFC 8981: it will be replaced within a day or two
    bool isDeprecated = false; ///< RFC 4862 §5.5.4: not for new connections
    bool operator==(const LocalAddress&) const = default;
};

/// A network interface that is up.
struct LocalInterface {
    std::string name;
    std::uint32_t index = 0; ///< the system's number of it
    InterfaceKind kind = InterfaceKind::Physical;
    std::vector<LocalAddress> addresses;
    bool operator==(const LocalInterface&) const = default;
};

/// A default router, as the routing table names it, or as guessed where the table cannot be read.
struct DefaultRouter {
    SocketAddress address; ///< its port is 0
    SocketAddress local;   ///< our address towards it; its port is 0. For IPv6 a global one where there is one
    std::uint32_t interfaceIndex = 0;
    bool operator==(const DefaultRouter&) const = default;
};

/// Everything that the system says of its connections.
struct LocalNetwork {
    // What can be used, out of all the interfaces. Containers' bridges and 6to4 are left out.
    std::vector<Ipv6Address> native6; ///< global, stable ones before temporary ones; no deprecated ones
    std::vector<Ipv6Address> lan6;    ///< unique local; loopback where there is nothing else
    std::vector<Ipv4Address> v4;      ///< public before private; loopback where there is nothing else
    std::uint16_t port = 0;
    /// Of the system's own Teredo tunnel (RFC 4380): others reach us there through it, and we them.
    std::vector<Ipv6Address> teredo6;
    std::vector<DefaultRouter> routers; ///< both families, the preferred ones first

    std::vector<LocalInterface> interfaces; ///< all that are up, for the report
    bool operator==(const LocalNetwork&) const = default;

    /// Whether the ways out are the same: a change of the interfaces that nothing uses is no change.
    bool hasSameWaysAs(const LocalNetwork& other) const {
        return native6 == other.native6 && lan6 == other.lan6 && v4 == other.v4 && teredo6 == other.teredo6 &&
               port == other.port && routers == other.routers;
    }
};

} // namespace culvert
