#include "core/teredo/teredo_bubbles.h"

#include "core/base/byte_io.h"

namespace culvert {

namespace {

// RFC 4443 §4.1, §4.2
constexpr std::uint8_t kEchoRequest = 128, kEchoReply = 129;

} // namespace

Bytes makeBubble(const Ipv6Address& source, const Ipv6Address& destination, const wire::TeredoTrailers& trailers) {
    wire::Ipv6Packet packet;
    packet.source = source;
    packet.destination = destination;
    Bytes out = wire::encode(packet);
    append(out, wire::encode(trailers));
    return out;
}

bool isBubble(const wire::Ipv6Packet& packet) {
    return packet.nextHeader == wire::kNextHeaderNone && packet.payload.empty();
}

bool isNativeHost(const Ipv6Address& address) {
    return address.isNativeGlobal() || address.isSixToFour();
}

Bytes makeEchoRequest(const Ipv6Address& source, const Ipv6Address& destination, const EchoNonce& nonce) {
    Bytes body;
    ByteWriter(body).u16(0).u16(0).bytes(nonce); // Identifier and sequence say nothing that the nonce does not.
    return wire::encodeIcmpv6(source, destination, {kEchoRequest, 0, body});
}

std::optional<Bytes> makeEchoReply(const wire::Ipv6Packet& request) {
    if (request.nextHeader != wire::kNextHeaderIcmpv6 || request.payload.size() > kForwardedMax)
        return std::nullopt;
    const auto message = wire::decodeIcmpv6(request);
    if (!message || message->type != kEchoRequest || message->code != 0)
        return std::nullopt;
    return wire::encodeIcmpv6(request.destination, request.source, {kEchoReply, 0, message->body});
}

std::optional<EchoNonce> echoedNonce(const wire::Ipv6Packet& packet) {
    if (packet.nextHeader != wire::kNextHeaderIcmpv6)
        return std::nullopt;
    const auto message = wire::decodeIcmpv6(packet);
    if (!message || message->type != kEchoReply || message->code != 0)
        return std::nullopt;
    ByteReader reader(message->body);
    reader.u32();
    const EchoNonce nonce = reader.array<16>();
    return reader.finished() ? std::optional(nonce) : std::nullopt;
}

} // namespace culvert
