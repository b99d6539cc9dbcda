#include "core/wire/quoted_udp.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::size_t kUnusedSize = 4;

} // namespace

Bytes encodePortUnreachable(const Ipv6Address& sender, const QuotedUdp& quote) {
    Bytes body(kUnusedSize);
    append(body, encode(UdpInIpv6{quote.source.v6(), quote.destination.v6(), quote.source.port(),
                                  quote.destination.port(), quote.payload}));
    return encodeIcmpv6(sender, quote.source.v6(), {kIcmpv6DestinationUnreachable, kIcmpv6PortUnreachable, body});
}

Result<QuotedUdp> decodeUnreachable(const Ipv6Packet& packet) {
    TRY(message, decodeIcmpv6(packet));
    if (message.type != kIcmpv6DestinationUnreachable)
        return fail(ErrorCode::Unsupported, "not an unreachable destination");
    ByteReader reader(message.body);
    reader.take(kUnusedSize);
    const std::uint32_t first = reader.u32();
    reader.u16(); // the length before it was cut off
    const std::uint8_t nextHeader = reader.u8();
    reader.u8();
    Ipv6Address source, destination;
    source.octets = reader.array<16>();
    destination.octets = reader.array<16>();
    const std::uint16_t sourcePort = reader.u16();
    const std::uint16_t destinationPort = reader.u16();
    reader.take(4); // length and checksum
    if (reader.failed())
        return fail(ErrorCode::Truncated, "the quoted datagram is cut off within its headers");
    if (first >> 28 != 6 || nextHeader != kNextHeaderUdp)
        return fail(ErrorCode::Unsupported, "not a quoted UDP datagram");
    if (source != packet.destination)
        return fail(ErrorCode::Malformed, "an error about somebody else's datagram");
    return QuotedUdp{{source, sourcePort}, {destination, destinationPort}, reader.rest()};
}

} // namespace culvert::wire
