#include "core/wire/ip_packet.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

std::uint32_t sumWords(BytesView bytes) {
    std::uint32_t sum = 0;
    std::size_t i = 0;
    for (; i + 1 < bytes.size(); i += 2)
        sum += static_cast<std::uint32_t>(bytes[i] << 8 | bytes[i + 1]);
    if (i < bytes.size())
        sum += static_cast<std::uint32_t>(bytes[i] << 8);
    return sum;
}

void writeHeader(Bytes& out, const Ipv6Address& source, const Ipv6Address& destination, std::uint8_t nextHeader,
                 std::uint8_t hopLimit, std::size_t payloadSize) {
    ByteWriter(out)
        .u32(0x60000000)
        .u16(static_cast<std::uint16_t>(payloadSize))
        .u8(nextHeader)
        .u8(hopLimit)
        .bytes(source.octets)
        .bytes(destination.octets);
}

void patch16(Bytes& out, std::size_t at, std::uint16_t value) {
    out[at] = static_cast<std::uint8_t>(value >> 8);
    out[at + 1] = static_cast<std::uint8_t>(value & 255);
}

} // namespace

std::uint16_t upperLayerChecksum(const Ipv6Address& source, const Ipv6Address& destination, std::uint8_t nextHeader,
                                 BytesView upper) {
    std::uint64_t sum = sumWords(source.octets);
    sum += sumWords(destination.octets);
    sum += upper.size();
    sum += nextHeader;
    sum += sumWords(upper);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum & 0xffff);
}

Bytes encode(const Ipv6Packet& packet) {
    Bytes out;
    out.reserve(kIpv6HeaderSize + packet.payload.size());
    writeHeader(out, packet.source, packet.destination, packet.nextHeader, packet.hopLimit, packet.payload.size());
    append(out, packet.payload);
    return out;
}

Result<Ipv6Packet> decodeIpv6(BytesView bytes, BytesView* trailers) {
    ByteReader reader(bytes);
    const std::uint32_t first = reader.u32();
    const std::size_t payloadSize = reader.u16();
    Ipv6Packet packet;
    packet.nextHeader = reader.u8();
    packet.hopLimit = reader.u8();
    packet.source.octets = reader.array<16>();
    packet.destination.octets = reader.array<16>();
    packet.payload = reader.take(payloadSize);
    if (reader.failed())
        return fail(ErrorCode::Truncated, "IPv6 packet is shorter than its header says");
    if (first >> 28 != 6)
        return fail(ErrorCode::Malformed, "not an IPv6 packet");
    if (trailers != nullptr)
        *trailers = reader.rest();
    return packet;
}

Bytes encode(const UdpInIpv6& datagram) {
    const std::size_t udpSize = kUdpHeaderSize + datagram.payload.size();
    Bytes out;
    out.reserve(kIpv6HeaderSize + udpSize);
    writeHeader(out, datagram.source, datagram.destination, kNextHeaderUdp, 64, udpSize);
    ByteWriter(out)
        .u16(datagram.sourcePort)
        .u16(datagram.destinationPort)
        .u16(static_cast<std::uint16_t>(udpSize))
        .u16(0)
        .bytes(datagram.payload);
    const BytesView upper = BytesView(out).subspan(kIpv6HeaderSize);
    std::uint16_t checksum = upperLayerChecksum(datagram.source, datagram.destination, kNextHeaderUdp, upper);
    // RFC 8200 §8.1: zero means "no checksum", which IPv6 forbids; its complement has the same value.
    if (checksum == 0)
        checksum = 0xffff;
    patch16(out, kIpv6HeaderSize + 6, checksum);
    return out;
}

Result<UdpInIpv6> decodeUdp(const Ipv6Packet& packet) {
    if (packet.nextHeader != kNextHeaderUdp)
        return fail(ErrorCode::Unsupported, "not UDP");
    ByteReader reader(packet.payload);
    UdpInIpv6 datagram;
    datagram.source = packet.source;
    datagram.destination = packet.destination;
    datagram.sourcePort = reader.u16();
    datagram.destinationPort = reader.u16();
    const std::size_t length = reader.u16();
    const std::uint16_t checksum = reader.u16();
    if (reader.failed() || length < kUdpHeaderSize || length > packet.payload.size())
        return fail(ErrorCode::Truncated, "UDP datagram is shorter than its header says");
    if (length != packet.payload.size())
        return fail(ErrorCode::Malformed, "UDP and IPv6 lengths differ");
    if (checksum == 0 || upperLayerChecksum(packet.source, packet.destination, kNextHeaderUdp, packet.payload) != 0)
        return fail(ErrorCode::Malformed, "wrong UDP checksum");
    datagram.payload = reader.rest();
    return datagram;
}

Bytes encodeIcmpv6(const Ipv6Address& source, const Ipv6Address& destination, const Icmpv6Message& message) {
    Bytes out;
    writeHeader(out, source, destination, kNextHeaderIcmpv6, 255, 4 + message.body.size());
    ByteWriter(out).u8(message.type).u8(message.code).u16(0).bytes(message.body);
    const BytesView upper = BytesView(out).subspan(kIpv6HeaderSize);
    patch16(out, kIpv6HeaderSize + 2, upperLayerChecksum(source, destination, kNextHeaderIcmpv6, upper));
    return out;
}

Result<Icmpv6Message> decodeIcmpv6(const Ipv6Packet& packet) {
    if (packet.nextHeader != kNextHeaderIcmpv6)
        return fail(ErrorCode::Unsupported, "not ICMPv6");
    ByteReader reader(packet.payload);
    Icmpv6Message message;
    message.type = reader.u8();
    message.code = reader.u8();
    reader.u16();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "ICMPv6 message is too short");
    if (upperLayerChecksum(packet.source, packet.destination, kNextHeaderIcmpv6, packet.payload) != 0)
        return fail(ErrorCode::Malformed, "wrong ICMPv6 checksum");
    message.body = reader.rest();
    return message;
}

} // namespace culvert::wire
