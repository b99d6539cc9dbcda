#include "core/teredo/tunnel.h"

#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

namespace culvert {

namespace {

// How the sender of a tunnelled packet is addressed from here.
InnerAddress remoteOf(const SocketAddress& inner, const SocketAddress& outer) {
    if (wire::isMapped(inner.v6()))
        return wire::toMapped(outer);
    if (inner.v6().isTeredo())
        return inner;
    return {inner, outer};
}

} // namespace

std::optional<SocketAddress> Tunnel::outerFor(const InnerAddress& remote) const {
    const Ipv6Address& inner = remote.address.v6();
    if (const auto v4 = wire::fromMapped(inner))
        return v4->port() != 0 ? v4 : std::nullopt;
    if (const auto teredo = wire::decodeTeredoAddress(inner)) {
        // RFC 4380 §5.2.4 and §5.4.1: never send to an embedded address that is not global unicast.
        if (!teredo->client.isGlobal(m_allowReserved) || teredo->port == 0)
            return std::nullopt;
        return teredo->mapped();
    }
    if (remote.via)
        return remote.via;
    const bool isLocal = inner.isUniqueLocal() || inner.isLinkLocal() || inner.isLoopback();
    if (m_addresses.native || isLocal)
        return remote.address;
    return std::nullopt;
}

Ipv6Address Tunnel::sourceFor(const Ipv6Address& remote) const {
    if (!wire::isMapped(remote)) {
        // A relay speaks as its native address (RFC 4380 §5.4), a client as its Teredo address.
        if (m_addresses.native)
            return *m_addresses.native;
        if (m_addresses.teredo)
            return *m_addresses.teredo;
    }
    return wire::toMapped(SocketAddress(m_addresses.localV4, m_addresses.port)).v6();
}

std::optional<Datagram> Tunnel::send(const InnerAddress& remote, BytesView payload) const {
    const auto outer = outerFor(remote);
    if (!outer)
        return std::nullopt;
    Datagram out;
    out.remote = *outer;
    if (outer->isV6()) {
        out.payload = toBytes(payload);
        return out;
    }
    if (payload.size() > wire::kInnerPayloadMax)
        return std::nullopt;
    wire::UdpInIpv6 inner;
    inner.source = sourceFor(remote.address.v6());
    inner.destination = remote.address.v6();
    inner.sourcePort = m_addresses.port;
    inner.destinationPort = remote.address.port();
    inner.payload = payload;
    out.payload = wire::encode(inner);
    return out;
}

bool Tunnel::sourceAgrees(const Ipv6Address& inner, const SocketAddress& outer) const {
    if (wire::isMapped(inner))
        return true; // The outer source takes its place.
    if (const auto teredo = wire::decodeTeredoAddress(inner))
        return teredo->mapped() == outer; // RFC 4380 §5.4.2 and §5.2.3 rule 3
    // RFC 4380 §5.2.3: anything else must be a global unicast address of the IPv6 internet.
    return inner.isNativeGlobal();
}

bool Tunnel::isOurs(const Ipv6Address& inner, std::uint16_t port) const {
    // How we look from outside we do not always know, so any mapped address may mean us: it came to our socket.
    if (wire::isMapped(inner))
        return true;
    return port == m_addresses.port && (inner == m_addresses.teredo || inner == m_addresses.native);
}

Result<InnerDatagram> Tunnel::receive(const Datagram& datagram, DropReason& reason) const {
    if (datagram.remote.isV6()) {
        // Tunnel addresses come out of the tunnel alone; an answer would go to whatever IPv4 address they hold.
        const Ipv6Address& source = datagram.remote.v6();
        if (source.isTeredo() || wire::isMapped(source)) {
            reason = DropReason::SourceMismatch;
            return fail(ErrorCode::Malformed, "a tunnel address outside the tunnel");
        }
        return InnerDatagram{datagram.remote, datagram.remote, datagram.payload};
    }
    reason = DropReason::EncapsulationWrong;
    TRY(teredo, wire::decodeTeredoPacket(datagram.payload));
    if (!sourceAgrees(teredo.packet.source, datagram.remote)) {
        reason = DropReason::SourceMismatch;
        return fail(ErrorCode::Malformed, "inner and outer source do not agree");
    }
    if (teredo.packet.nextHeader == wire::kNextHeaderNone && teredo.packet.payload.empty())
        return InnerDatagram{remoteOf(SocketAddress(teredo.packet.source, 0), datagram.remote), datagram.remote, {}};
    TRY(udp, wire::decodeUdp(teredo.packet));
    if (!isOurs(udp.destination, udp.destinationPort)) {
        reason = DropReason::NotForUs;
        return fail(ErrorCode::Malformed, "not addressed to us");
    }
    return InnerDatagram{remoteOf(SocketAddress(udp.source, udp.sourcePort), datagram.remote), datagram.remote,
                         udp.payload};
}

} // namespace culvert
