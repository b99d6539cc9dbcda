// What a Teredo UDP/IPv4 payload holds (RFC 4380 §5.1.1, RFC 6081 §4).
//
//  +--------------------------+-------------------------+-------------+-----------+
//  | authentication, optional | origin indication, opt. | IPv6 packet | trailers  |
//  +--------------------------+-------------------------+-------------+-----------+
//  authentication: 0x0001 | ID-len | AU-len | client id | value | nonce (8) | confirmation
//  origin:         0x0000 | port, inverted (2) | IPv4 address, inverted (4)
//  trailer:        type | length | value;   a type with top bits 01 that is unknown discards the packet
#pragma once

#include "core/base/result.h"
#include "core/wire/ip_packet.h"

#include <optional>

namespace culvert::wire {

/// RFC 4380 §5.1.1: proves that a server answers our question. Views borrow from what was decoded.
struct TeredoAuthentication {
    BytesView clientId;
    BytesView value;
    std::array<std::uint8_t, 8> nonce{};
    std::uint8_t confirmation = 0;
};

/// A decoded Teredo payload; it borrows from the datagram.
struct TeredoPacket {
    std::optional<TeredoAuthentication> authentication;
    std::optional<SocketAddress> origin; ///< the IPv4 socket address that a server saw
    Ipv6Packet packet;
    BytesView trailers;
};

/// RFC 4380 §4, §5.1.1: port and address are inverted on the wire.
/// REQUIRES: origin.isV4()
Bytes encodeOriginIndication(const SocketAddress& origin);
Bytes encodeAuthentication(const TeredoAuthentication& authentication);

/// Parses indicators, packet and trailers. Refuses what RFC 6081 §4 tells a node to discard.
Result<TeredoPacket> decodeTeredoPacket(BytesView payload);

} // namespace culvert::wire
