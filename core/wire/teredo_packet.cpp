#include "core/wire/teredo_packet.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::uint16_t kOriginIndicator = 0x0000;
constexpr std::uint16_t kAuthenticationIndicator = 0x0001;

std::uint16_t peekU16(BytesView bytes) {
    return ByteReader(bytes).u16();
}

std::optional<TeredoAuthentication> takeAuthentication(ByteReader& reader) {
    reader.u16();
    const std::size_t idSize = reader.u8();
    const std::size_t valueSize = reader.u8();
    TeredoAuthentication authentication;
    authentication.clientId = reader.take(idSize);
    authentication.value = reader.take(valueSize);
    authentication.nonce = reader.array<8>();
    authentication.confirmation = reader.u8();
    return reader.failed() ? std::nullopt : std::optional(authentication);
}

std::optional<SocketAddress> takeOrigin(ByteReader& reader) {
    reader.u16();
    const auto port = static_cast<std::uint16_t>(~reader.u16() & 0xffff);
    Ipv4Address address;
    address.octets = reader.array<4>();
    for (std::uint8_t& octet : address.octets)
        octet = static_cast<std::uint8_t>(~octet & 255);
    return reader.failed() ? std::nullopt : std::optional(SocketAddress(address, port));
}

// RFC 6081 §4: the two top bits of an unknown type say what to do: 01 discards the packet, anything else skips it.
bool trailersAcceptable(BytesView trailers) {
    ByteReader reader(trailers);
    while (reader.remaining() >= 2) {
        const std::uint8_t type = reader.u8();
        reader.take(reader.u8());
        if (reader.failed())
            return true; // Not a trailer after all: octets that some sender padded with.
        if (type >> 6 == 1)
            return false;
    }
    return true;
}

} // namespace

Bytes encodeOriginIndication(const SocketAddress& origin) {
    Bytes out;
    ByteWriter writer(out);
    writer.u16(kOriginIndicator).u16(static_cast<std::uint16_t>(~origin.port() & 0xffff));
    for (const std::uint8_t octet : origin.v4().octets)
        writer.u8(static_cast<std::uint8_t>(~octet & 255));
    return out;
}

Bytes encodeAuthentication(const TeredoAuthentication& authentication) {
    Bytes out;
    ByteWriter(out)
        .u16(kAuthenticationIndicator)
        .u8(static_cast<std::uint8_t>(authentication.clientId.size()))
        .u8(static_cast<std::uint8_t>(authentication.value.size()))
        .bytes(authentication.clientId)
        .bytes(authentication.value)
        .bytes(authentication.nonce)
        .u8(authentication.confirmation);
    return out;
}

Result<TeredoPacket> decodeTeredoPacket(BytesView payload) {
    ByteReader reader(payload);
    TeredoPacket out;
    // RFC 4380 §5.1.1: when both indicators are present, authentication comes first.
    if (payload.size() >= 2 && peekU16(payload) == kAuthenticationIndicator) {
        out.authentication = takeAuthentication(reader);
        if (!out.authentication)
            return fail(ErrorCode::Truncated, "Teredo authentication is cut off");
    }
    if (reader.remaining() >= 2 && peekU16(reader.rest()) == kOriginIndicator) {
        out.origin = takeOrigin(reader);
        if (!out.origin)
            return fail(ErrorCode::Truncated, "Teredo origin indication is cut off");
    }
    TRY(packet, decodeIpv6(reader.rest(), &out.trailers));
    if (!trailersAcceptable(out.trailers))
        return fail(ErrorCode::Unsupported, "a trailer that must be understood is unknown");
    out.packet = packet;
    return out;
}

} // namespace culvert::wire
