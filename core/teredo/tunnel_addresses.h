// TunnelAddresses: what the tunnel knows of this end.
#pragma once

#include "core/messenger/teredo_status.h"

namespace culvert {

/// Which addresses of ours the tunnel may use, and what stands before them. With a native address we are a relay for
/// this host alone (RFC 4380 §5.4), with a Teredo address a client; with neither only mapped addresses work.
struct TunnelAddresses {
    std::optional<Ipv6Address> native; ///< a global IPv6 address of this computer
    std::optional<Ipv6Address> teredo; ///< our own Teredo address
    Ipv4Address localV4;               ///< what we write as mapped source; the receiver replaces it
    std::uint16_t port = 0;            ///< the port of both sockets
    /// The NAT before the main socket. Cone: everybody gets in, and nobody needs a bubble of ours to do so.
    TeredoKind kind = TeredoKind::Restricted;
    std::optional<SocketAddress> mapped;    ///< our main socket, as the IPv4 internet sees it
    std::optional<SocketAddress> forwarded; ///< what a router forwards to the main socket, as it says
    /// The address of a Teredo tunnel that the operating system holds: it takes IPv6 packets from us, and gives us
    /// some.
    std::optional<Ipv6Address> systemTeredo = std::nullopt;
    /// Where our Teredo server answers besides its address in ours; known behind a symmetric NAT.
    std::optional<Ipv4Address> secondaryServer = std::nullopt;

    bool operator==(const TunnelAddresses&) const = default;
};

} // namespace culvert
