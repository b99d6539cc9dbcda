// Tunnel: IPv6 over UDP/IPv4 (RFC 4380), first form. It puts inner datagrams into Teredo encapsulation and takes them
// out.
//
// Roles (RFC 4380 §2): with native IPv6 we are a relay: datagrams for a Teredo address go straight to the mapped IPv4
// address and port inside it. Without native IPv6 and with a forwarded port we are a client whose address says "cone":
// relays of others reach us directly, and we answer where their packets came from. For IPv4 ends without a Teredo
// address, mapped unique local addresses (wire/mapped_address.h) stand in.
//
// What it never does: send to an embedded address that is not global unicast (§5.2.4), or believe an inner source that
// does not fit the outer one (§5.4.2). It keeps no table of peers (§5.2.3): where a native host's packets came from is
// part of its InnerAddress, and whoever uses that address has proven it with a probe.
#pragma once

#include "core/base/datagram.h"
#include "core/base/drop_reason.h"
#include "core/base/inner_address.h"
#include "core/base/result.h"

namespace culvert {

/// An inner datagram as the layers above see it: always IPv6. `payload` borrows from the outer datagram.
struct InnerDatagram {
    InnerAddress remote;
    SocketAddress outer; ///< where it really came from
    BytesView payload;
};

/// Which addresses of ours the tunnel may use.
struct TunnelAddresses {
    std::optional<Ipv6Address> native; ///< a global IPv6 address of this computer
    std::optional<Ipv6Address> teredo; ///< our own Teredo address
    Ipv4Address localV4;               ///< what we write as mapped source; the receiver replaces it
    std::uint16_t port = 0;            ///< the port of both sockets
};

/// The tunnel of one pair of sockets.
class Tunnel {
public:
    /// `allowReserved`: documentation and benchmark ranges count as global, for test networks.
    explicit Tunnel(bool allowReserved) : m_allowReserved(allowReserved) {}

    void setAddresses(const TunnelAddresses& addresses) { m_addresses = addresses; }
    const TunnelAddresses& addresses() const { return m_addresses; }

    /// The outer datagram for `payload`; nothing when there is no way to `remote`. A native address goes out as it is
    /// when we have native IPv6, through the tunnel where `via` says so.
    std::optional<Datagram> send(const InnerAddress& remote, BytesView payload) const;

    /// Whether send() would find a way.
    bool reaches(const InnerAddress& remote) const { return outerFor(remote).has_value(); }

    /// Takes a datagram from either socket. A bubble gives an empty payload.
    Result<InnerDatagram> receive(const Datagram& datagram, DropReason& reason) const;

private:
    std::optional<SocketAddress> outerFor(const InnerAddress& remote) const;
    Ipv6Address sourceFor(const Ipv6Address& remote) const;
    bool sourceAgrees(const Ipv6Address& inner, const SocketAddress& outer) const;
    bool isOurs(const Ipv6Address& inner, std::uint16_t port) const;

    bool m_allowReserved;
    TunnelAddresses m_addresses;
};

} // namespace culvert
