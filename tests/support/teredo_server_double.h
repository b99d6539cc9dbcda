// TeredoServerDouble: a Teredo server for tests that answers solicitations as RFC 4380 §5.3.2 and miredo-server do, or
// with one named fault.
#pragma once

#include "core/teredo/teredo_server_record.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

#include "core/base/datagram.h"

namespace culvert::test {

/// What a server does wrong.
enum class ServerFault {
    None,
    Silent,
    SilentSecondary,
    WrongNonce,
    NoAuthentication,
    NoOrigin,
    PrivateOrigin,
    WrongAddress, ///< answers from an address that the question does not allow
    WrongPort,
    WrongPrefix,
    TwoPrefixes,
    WrongDestination, ///< to another link-local address than asked
    GlobalSource,     ///< not from a link-local address
    LowHopLimit,
    NoAdvertisement, ///< another ICMPv6 message
};

/// One server with two addresses.
struct TeredoServerDouble {
    Ipv4Address primary;
    Ipv4Address secondary;
    ServerFault fault = ServerFault::None;
    unsigned asked = 0;
    std::uint16_t lie = 0; ///< is added to the port that it says it sees

    /// The answer to what came to `to` from `from`, as it leaves the server; its `remote` is where it is sent to, its
    /// `local` where it comes from. Nothing when there is none.
    std::optional<Datagram> answer(const SocketAddress& from, const Ipv4Address& to, BytesView payload) {
        const auto packet = wire::decodeTeredoPacket(payload);
        if (!packet || !packet->authentication || !wire::decodeRouterSolicitation(packet->packet))
            return std::nullopt;
        ++asked;
        if (fault == ServerFault::Silent || (fault == ServerFault::SilentSecondary && to == secondary))
            return std::nullopt;
        // RFC 4380 §5.3.2: with the cone flag the answer comes from the other address.
        const bool hasConeFlag = (packet->packet.source.octets[8] & 0x80) != 0;
        const bool usesOther = hasConeFlag != (fault == ServerFault::WrongAddress);
        const Ipv4Address other = to == primary ? secondary : primary;
        Datagram out;
        out.local = SocketAddress(usesOther ? other : to,
                                  static_cast<std::uint16_t>(kTeredoPort + (fault == ServerFault::WrongPort ? 1 : 0)));
        out.remote = from;
        out.payload = indicators(from, packet->authentication->nonce);
        append(out.payload, advertisement(packet->packet.source));
        return out;
    }

private:
    Bytes indicators(const SocketAddress& from, std::array<std::uint8_t, 8> nonce) const {
        if (fault == ServerFault::WrongNonce)
            nonce[7] ^= 1;
        Bytes out;
        if (fault != ServerFault::NoAuthentication)
            out = wire::encodeAuthentication({{}, {}, nonce, 0});
        if (fault == ServerFault::PrivateOrigin)
            append(out, wire::encodeOriginIndication(SocketAddress(Ipv4Address::of(10, 0, 0, 5), from.port())));
        else if (fault != ServerFault::NoOrigin)
            append(out, wire::encodeOriginIndication(
                            SocketAddress(from.v4(), static_cast<std::uint16_t>(from.port() + lie))));
        return out;
    }
    Bytes advertisement(Ipv6Address destination) const {
        Ipv6Address source = *Ipv6Address::fromText("fe80::8000:5445:5245:444f");
        if (fault == ServerFault::GlobalSource)
            source = *Ipv6Address::fromText("2a0e:b107::1");
        if (fault == ServerFault::WrongDestination)
            destination.octets[15] ^= 1;
        wire::RouterAdvertisement out;
        wire::PrefixInformation prefix;
        prefix.prefix = wire::encode(wire::TeredoAddress{primary, false, 0, {}, 0});
        if (fault == ServerFault::WrongPrefix)
            prefix.prefix.octets[7] ^= 64;
        std::fill(prefix.prefix.octets.begin() + 8, prefix.prefix.octets.end(), std::uint8_t{0});
        out.prefixes.assign(fault == ServerFault::TwoPrefixes ? 2 : 1, prefix);
        if (fault == ServerFault::NoAdvertisement)
            return wire::encodeIcmpv6(source, destination, {129, 0, {}});
        Bytes packet = wire::encode(source, destination, out);
        if (fault == ServerFault::LowHopLimit)
            packet[7] = 64;
        return packet;
    }
};

} // namespace culvert::test
