// Tunnel: IPv6 over UDP/IPv4 (RFC 4380), first form. It puts inner datagrams into Teredo encapsulation and takes them out.
//
// Roles (RFC 4380 §2): with native IPv6 we are a relay: datagrams for a Teredo address go straight to the mapped IPv4
// address and port inside it. Without native IPv6 and with a forwarded port we are a client whose address says "cone":
// relays of others reach us directly, and we answer where their packets came from. For IPv4 ends without a Teredo
// address, mapped unique local addresses (wire/mapped_address.h) stand in.
//
// What it never does: send to an embedded address that is not global unicast (§5.2.4), believe an inner source that
// does not fit the outer one (§5.4.2), or let an unauthenticated packet set where a native host is found: confirm()
// comes from the layer that authenticated it (§5.2.3, rule 2 with our probes in place of the echo test).
#pragma once

#include "core/base/datagram.h"
#include "core/base/drop_reason.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <map>

namespace culvert {

/// An inner datagram as the layers above see it: always IPv6. `payload` borrows from the outer datagram.
struct InnerDatagram {
    SocketAddress remote; ///< IPv6: native, Teredo, or mapped
    SocketAddress outer;  ///< where it really came from
    BytesView payload;
};

/// Which addresses of ours the tunnel may use.
struct TunnelAddresses {
    std::optional<Ipv6Address> native;  ///< a global IPv6 address of this computer
    std::optional<Ipv6Address> teredo;  ///< our own Teredo address
    Ipv4Address localV4;                ///< what we write as mapped source; the receiver replaces it
    std::uint16_t port = 0;             ///< the port of both sockets
};

/// The tunnel of one pair of sockets.
class Tunnel {
public:
    /// RFC 4380 §5.2: a peer's mapping is believed this long after it was last confirmed.
    static constexpr Duration kPeerLifetime = 5min;
    static constexpr std::size_t kPeersMax = 1024;

    /// `allowReserved`: documentation and benchmark ranges count as global, for test networks.
    explicit Tunnel(bool allowReserved) : m_allowReserved(allowReserved) {}

    void setAddresses(const TunnelAddresses& addresses) { m_addresses = addresses; }
    const TunnelAddresses& addresses() const { return m_addresses; }

    /// The outer datagram for `payload`; nothing when there is no way to `remote` (IPv6). A native address goes out
    /// as it is when we have native IPv6, through the tunnel when it was confirmed there.
    std::optional<Datagram> send(Instant now, const SocketAddress& remote, BytesView payload) const;

    /// Whether send() would find a way.
    bool reaches(Instant now, const SocketAddress& remote) const { return outerFor(now, remote).has_value(); }

    /// Takes a datagram from either socket. A bubble gives an empty payload.
    Result<InnerDatagram> receive(const Datagram& datagram, DropReason& reason) const;

    /// An authenticated packet showed that the native host `inner` is found at `outer` (IPv4).
    void confirm(Instant now, const Ipv6Address& inner, const SocketAddress& outer);

private:
    struct Peer {
        SocketAddress outer;
        Instant confirmed;
    };

    std::optional<SocketAddress> outerFor(Instant now, const SocketAddress& remote) const;
    Ipv6Address sourceFor(const Ipv6Address& remote) const;
    bool sourceAgrees(const Ipv6Address& inner, const SocketAddress& outer) const;
    bool isOurs(const Ipv6Address& inner, std::uint16_t port) const;

    bool m_allowReserved;
    TunnelAddresses m_addresses;
    std::map<Ipv6Address, Peer> m_peers;
};

} // namespace culvert
