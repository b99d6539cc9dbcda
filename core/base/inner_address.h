// InnerAddress: where an inner datagram goes, as the layers above the tunnel see it.
#pragma once

#include "core/base/socket_address.h"

#include <optional>

namespace culvert {

/// An IPv6 socket address: native, Teredo, or mapped. `via` is set for a native host that talks to us through the
/// tunnel (it is our relay): the IPv4 socket address that its packets come from. It is part of the address, so that
/// nobody can say where somebody else's address is found.
struct InnerAddress {
    SocketAddress address;
    std::optional<SocketAddress> via;
    /// By the ordinary route: the packet is left to the IPv6 internet, and crosses the relay of somebody whom neither
    /// end chose (RFC 4380 §2.6). Unset, the tunnel of this program carries it straight to the other end.
    bool ordinary = false;
    /// Of our sockets, which one the way leads through (Datagram::socket): a mapped address can be reached from one of
    /// them and not from another, where our NAT shows each to each remote address at a port of its own.
    std::uint32_t socket = 0;
    /// On a TCP connection (core/tcp) instead of in datagrams. `address` is its other end.
    bool tcp = false;

    InnerAddress() = default;
    InnerAddress(SocketAddress inner, std::optional<SocketAddress> through = std::nullopt)
        : address(inner), via(through) {}
    auto operator<=>(const InnerAddress&) const = default;
};

} // namespace culvert
