#include "core/teredo/tunnel.h"

#include "core/wire/mapped_address.h"

namespace culvert {

void Tunnel::setAddresses(const TunnelAddresses& addresses) {
    m_addresses = addresses;
    m_peers.setAddresses(addresses);
}

// Teredo clients, and native hosts that a client reaches by somebody's relay.
bool Tunnel::isForPeers(const InnerAddress& remote) const {
    const Ipv6Address& inner = remote.address.v6();
    if (wire::isMapped(inner))
        return false;
    if (remote.ordinary)
        return inner.isNativeGlobal() && !leavesTo(inner);
    return inner.isTeredo();
}

// Whether the operating system has a way to such an address.
bool Tunnel::leavesTo(const Ipv6Address& remote) const {
    return (m_addresses.native || m_addresses.systemTeredo) && (remote.isTeredo() || remote.isNativeGlobal());
}

// The system's Teredo tunnel brought it: through the relay of somebody, unless the sender is a Teredo client too.
bool Tunnel::cameByOrdinaryRoute(const Datagram& datagram) const {
    if (datagram.remote.v6().isTeredo())
        return true;
    if (!datagram.remote.v6().isNativeGlobal() || !m_addresses.systemTeredo)
        return false;
    return !m_addresses.native || (datagram.local.isV6() && datagram.local.v6().isTeredo());
}

// Where no rule of TeredoPeers applies.
std::optional<SocketAddress> Tunnel::outerFor(const InnerAddress& remote) const {
    const Ipv6Address& inner = remote.address.v6();
    if (remote.ordinary)
        return leavesTo(inner) ? std::optional(remote.address) : std::nullopt;
    if (const auto v4 = wire::fromMapped(inner))
        return v4->port() != 0 ? v4 : std::nullopt;
    if (remote.via)
        return remote.via;
    const bool isLocal = inner.isUniqueLocal() || inner.isLinkLocal() || inner.isLoopback();
    if (m_addresses.native || isLocal)
        return remote.address;
    return std::nullopt;
}

// The port that stands beside an address of ours inside the tunnel. A Teredo address is reached at its mapped port,
// which a NAT may have made another one than the socket's.
std::optional<std::uint16_t> Tunnel::portOf(const Ipv6Address& own) const {
    if (own == m_addresses.native)
        return m_addresses.port;
    if (own == m_addresses.teredo)
        return wire::decodeTeredoAddress(own)->port;
    return std::nullopt;
}

SocketAddress Tunnel::sourceFor(const Ipv6Address& remote) const {
    // A relay speaks as its native address (RFC 4380 §5.4), a client as its Teredo address.
    const auto& own = m_addresses.native ? m_addresses.native : m_addresses.teredo;
    if (own && !wire::isMapped(remote))
        return {*own, *portOf(*own)};
    return wire::toMapped(SocketAddress(m_addresses.localV4, m_addresses.port));
}

Bytes Tunnel::encapsulate(const SocketAddress& remote, BytesView payload) const {
    const SocketAddress source = sourceFor(remote.v6());
    wire::UdpInIpv6 inner;
    inner.source = source.v6();
    inner.destination = remote.v6();
    inner.sourcePort = source.port();
    inner.destinationPort = remote.port();
    inner.payload = payload;
    return wire::encode(inner);
}

bool Tunnel::reaches(const InnerAddress& remote) const {
    return isForPeers(remote) ? m_peers.mayReach(remote.address.v6()) : outerFor(remote).has_value();
}

std::optional<Datagram> Tunnel::send(Instant now, const InnerAddress& remote, BytesView payload) {
    const bool isForPeers = this->isForPeers(remote);
    const Ipv6Address& inner = remote.address.v6();
    const auto way = isForPeers ? m_peers.way(now, inner) : std::nullopt;
    const auto outer = way ? std::optional(way->remote) : isForPeers ? std::nullopt : outerFor(remote);
    Datagram out;
    out.socket = way ? way->socket : remote.socket;
    if (outer && outer->isV6()) {
        out.remote = *outer;
        out.payload = toBytes(payload);
        return out;
    }
    if ((!outer && !isForPeers) || payload.size() > wire::kTunnelledPayloadMax || !reaches(remote))
        return std::nullopt;
    out.payload = encapsulate(remote.address, payload);
    if (!outer) {
        m_peers.queue(now, inner, std::move(out.payload));
        return std::nullopt;
    }
    out.remote = *outer;
    return out;
}

Result<InnerDatagram> Tunnel::receive(Instant now, const Datagram& datagram, DropReason& reason) {
    if (datagram.remote.isV6()) {
        // A mapped address comes out of the tunnel alone; an answer would go to whatever IPv4 address it holds.
        if (wire::isMapped(datagram.remote.v6())) {
            reason = DropReason::SourceMismatch;
            return fail(ErrorCode::Malformed, "a tunnel address outside the tunnel");
        }
        InnerDatagram out{datagram.remote, datagram.remote, datagram.payload};
        out.remote.ordinary = cameByOrdinaryRoute(datagram); // An answer goes back the same way.
        return out;
    }
    reason = DropReason::EncapsulationWrong;
    TRY(teredo, wire::decodeTeredoPacket(datagram.payload));
    if (!wire::isMapped(teredo.packet.source) && isSearchSocket(datagram.socket)) {
        reason = DropReason::NotForUs;
        return fail(ErrorCode::Malformed, "at a port for one contact");
    }
    if (!wire::isMapped(teredo.packet.source))
        return receiveTeredo(now, datagram, teredo, reason);
    const bool isSearch = isSearchSocket(datagram.socket);
    if (datagram.socket >= kSocketOfPort && !isSearch) { // Those are for Teredo peers alone.
        reason = DropReason::NotForUs;
        return fail(ErrorCode::Malformed, "at a Teredo peer's port");
    }
    if (isBubble(teredo.packet))
        return InnerDatagram{wire::toMapped(datagram.remote), datagram.remote, {}};
    TRY(udp, wire::decodeUdp(teredo.packet));
    // How we look from outside we do not always know, so any mapped address may mean us: it came to our socket.
    if (!wire::isMapped(udp.destination) && portOf(udp.destination) != udp.destinationPort) {
        reason = DropReason::NotForUs;
        return fail(ErrorCode::Malformed, "not addressed to us");
    }
    InnerDatagram out{wire::toMapped(datagram.remote), datagram.remote, udp.payload};
    out.remote.socket = isSearch ? datagram.socket : 0;
    return out;
}

Result<InnerDatagram> Tunnel::receiveTeredo(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo,
                                            DropReason& reason) {
    const wire::Ipv6Packet& packet = teredo.packet;
    const auto ownPort = portOf(packet.destination);
    reason = DropReason::NotForUs;
    if (packet.destination.isLinkLocal() && m_peers.receiveAdvertisement(now, datagram, teredo))
        return InnerDatagram{SocketAddress(packet.source, 0), datagram.remote, {}};
    if (!ownPort)
        return fail(ErrorCode::Malformed, "not addressed to us");
    const bool hasPayload = packet.nextHeader == wire::kNextHeaderUdp;
    wire::UdpInIpv6 udp;
    if (hasPayload) {
        reason = DropReason::EncapsulationWrong;
        TRY(decoded, wire::decodeUdp(packet));
        udp = decoded;
        reason = DropReason::NotForUs;
        if (udp.destinationPort != *ownPort)
            return fail(ErrorCode::Malformed, "not addressed to us");
    }
    const auto arrival = m_peers.receive(now, datagram, teredo, reason);
    if (!arrival)
        return fail(ErrorCode::Malformed, "refused");
    InnerDatagram out{SocketAddress(packet.source, udp.sourcePort), datagram.remote, udp.payload};
    if (*arrival == TeredoArrival::Ordinary)
        out.remote.ordinary = true;
    else if (!packet.source.isTeredo())
        out.remote.via = datagram.remote;
    return out;
}

} // namespace culvert
