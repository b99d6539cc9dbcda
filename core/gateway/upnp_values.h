// What the PortMapper wants of UPnP and what it hears. The talking is done by an adapter (core/io), because it is
// HTTP and XML; here are only values.
#pragma once

#include "core/messenger/port_mapping.h"

namespace culvert {

/// What UPnP is to do from now on, until another wish comes. The adapter keeps it true: it renews, checks, repairs.
struct UpnpWish {
    std::uint16_t port = 0; ///< internal, for UDP and TCP; external too, unless the router has that for another
    bool map = false;       ///< ask for mappings; otherwise only look for routers and read back
    std::vector<Ipv6Address> pinholes; ///< our global addresses for which the IPv6 firewall is to let our port in
    bool operator==(const UpnpWish&) const = default;
};

/// One mapping in a router's table.
struct UpnpMapping {
    bool isMapped = false;      ///< AddPortMapping succeeded, or it was there already
    bool isConfirmed = false;   ///< the table, read back, holds it for this computer
    bool isForAnother = false;  ///< the table holds it for another computer
    std::uint16_t external = 0; ///< the outer port; zero: nothing was asked about any
    Duration lifetime{};        ///< zero: for ever
    int error = 0;              ///< UPnP error code, 0 for none; negative: the router did not answer properly
    std::string words;          ///< of the error
    bool operator==(const UpnpMapping&) const = default;
};

/// One pinhole (WANIPv6FirewallControl:1).
struct UpnpPinhole {
    Ipv6Address address;
    bool isOpen = false;
    Duration lifetime{};
    int error = 0;
    std::string words;
    bool operator==(const UpnpPinhole&) const = default;
};

/// What is known of UPnP now.
struct UpnpState {
    ProtocolAnswer answer = ProtocolAnswer::NotAsked;
    std::optional<SocketAddress> gateway;     ///< of the device in use; its port is 0
    std::optional<Ipv4Address> routerAddress; ///< GetExternalIPAddress
    std::string words;                        ///< why there is no routerAddress
    UpnpMapping udp;
    UpnpMapping tcp;
    std::optional<bool> firewallIsOn;    ///< GetFirewallStatus; nothing: no such service
    std::optional<bool> pinholesAllowed; ///< the same
    std::vector<UpnpPinhole> pinholes;
    bool operator==(const UpnpState&) const = default;
};

} // namespace culvert
