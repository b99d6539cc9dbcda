// A UDP datagram inside an ICMPv6 error (RFC 4443 §2.4 (c), §3.1): the error comes back to who sent the datagram.
//
//  ICMPv6:  1 (destination unreachable) | 4 (port) | checksum (2) | unused (4) | as much of the packet as fits
//  quoted:  IPv6 header (40) | UDP header (8) | payload
#pragma once

#include "core/wire/ip_packet.h"

namespace culvert::wire {

inline constexpr std::uint8_t kIcmpv6DestinationUnreachable = 1;
inline constexpr std::uint8_t kIcmpv6PortUnreachable = 4;

/// The datagram that an error quotes: its source is who the error is for. `payload` borrows from what was decoded.
struct QuotedUdp {
    SocketAddress source;
    SocketAddress destination;
    BytesView payload;
};

/// The whole IPv6 packet that `sender` sends to tell `quote.source` that nobody listens at `quote.destination`.
/// REQUIRES: both are IPv6
Bytes encodePortUnreachable(const Ipv6Address& sender, const QuotedUdp& quote);
/// Takes destination unreachable of every code. The quote may be cut off, so its lengths are not compared, and its
/// checksum is not verified (RFC 4443 §2.4 (c) promises neither).
Result<QuotedUdp> decodeUnreachable(const Ipv6Packet& packet);

} // namespace culvert::wire
