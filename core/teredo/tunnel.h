// Tunnel: IPv6 over UDP/IPv4 (RFC 4380). It puts inner datagrams into Teredo encapsulation and takes them out.
//
// Roles (RFC 4380 §2): with native IPv6 we are a relay for this host alone; without it and with a Teredo address a
// client. TeredoPeers holds the rules for whom packets may be sent to straight, and finds the way to others. For IPv4
// ends without a Teredo address, mapped unique local addresses (wire/mapped_address.h) stand in, without any rule:
// whoever uses one has proven it with a probe.
//
// What it never does: send to an embedded address that is not global unicast (§5.2.4) or is of our own network, or
// believe an inner source that does not fit the outer one (§5.4.2) and has not proven itself by a nonce (RFC 6081).
// Where a native host's own tunnel is found is part of its InnerAddress.
#pragma once

#include "core/base/inner_address.h"
#include "core/teredo/teredo_peers.h"

namespace culvert {

/// An inner datagram as the layers above see it: always IPv6. `payload` borrows from the outer datagram.
struct InnerDatagram {
    InnerAddress remote;
    SocketAddress outer; ///< where it really came from
    BytesView payload;
};

/// The tunnel of one pair of sockets. Thread safety: one thread. Contract: after each input drain pollTransmit().
class Tunnel {
public:
    /// `allowReserved`: documentation and benchmark ranges count as global, for test networks.
    Tunnel(Random& random, bool allowReserved) : m_allowReserved(allowReserved), m_peers(random, allowReserved) {}

    /// Another address of ours, and all peers are forgotten.
    void setAddresses(const TunnelAddresses& addresses);
    const TunnelAddresses& addresses() const { return m_addresses; }
    /// What was learnt of the way to peers is void.
    void restart() { m_peers.clear(); }

    /// The outer datagram for `payload`, when it may go at once. Nothing: it waits until its way is proven and then
    /// comes out of pollTransmit(), or there is no way. A native address goes out as it is when we have native IPv6,
    /// through the tunnel where `via` says so.
    std::optional<Datagram> send(Instant now, const InnerAddress& remote, BytesView payload);

    /// Whether there may be a way to `remote`.
    bool reaches(const InnerAddress& remote) const;

    /// Takes a datagram from a socket. What is no datagram for the layers above, a bubble for instance, gives an empty
    /// payload.
    Result<InnerDatagram> receive(Instant now, const Datagram& datagram, DropReason& reason);

    void handleTimeout(Instant now) { m_peers.handleTimeout(now); }
    std::optional<Datagram> pollTransmit() { return m_peers.pollTransmit(); }
    /// See DatagramMachine. Poll after pollTransmit().
    std::optional<std::uint32_t> pollClosedSocket() { return m_peers.pollClosedSocket(); }
    std::optional<Deadline> pollTimeout() const { return m_peers.pollTimeout(); }

    /// See TeredoPeers::answerEcho().
    bool answerEcho(Instant now, const wire::Ipv6Packet& request, DropReason& reason) {
        return m_peers.answerEcho(now, request, reason);
    }
    /// See TeredoPeers::setLocal().
    void setLocal(Instant now, const Ipv6Address& peer, const SocketAddress& local) {
        m_peers.setLocal(now, peer, local);
    }
    const TeredoPeers& peers() const { return m_peers; }

private:
    bool isForPeers(const InnerAddress& remote) const;
    bool leavesTo(const Ipv6Address& remote) const;
    bool cameByOrdinaryRoute(const Datagram& datagram) const;
    std::optional<SocketAddress> outerFor(const InnerAddress& remote) const;
    SocketAddress sourceFor(const Ipv6Address& remote) const;
    Bytes encapsulate(const SocketAddress& remote, BytesView payload) const;
    std::optional<std::uint16_t> portOf(const Ipv6Address& own) const;
    Result<InnerDatagram> receiveTeredo(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo,
                                        DropReason& reason);

    bool m_allowReserved;
    TunnelAddresses m_addresses;
    TeredoPeers m_peers;
};

} // namespace culvert
