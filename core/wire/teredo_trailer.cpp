#include "core/wire/teredo_trailer.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::uint8_t kNonce = 1, kAlternate = 3, kDiscovery = 4, kRandomPort = 5;
constexpr std::size_t kNonceSize = 4, kDiscoverySize = 4, kPortSize = 2;
constexpr std::size_t kReservedSize = 2, kAlternateSize = 6;

bool isUnicast(const Ipv4Address& address) {
    return address.octets[0] != 0 && address.octets[0] < 224;
}

Result<std::vector<SocketAddress>> readAlternates(BytesView value) {
    if (value.size() < kReservedSize + kAlternateSize || (value.size() - kReservedSize) % kAlternateSize != 0 ||
        (value.size() - kReservedSize) / kAlternateSize > kAlternateAddressesMax)
        return fail(ErrorCode::Malformed, "alternate addresses of no possible length");
    ByteReader reader(value.subspan(kReservedSize));
    std::vector<SocketAddress> out;
    while (reader.remaining() > 0) {
        Ipv4Address address;
        address.octets = reader.array<4>();
        const std::uint16_t port = reader.u16();
        if (!isUnicast(address) || port == 0)
            return fail(ErrorCode::Malformed, "an alternate address that nobody can have");
        out.emplace_back(address, port);
    }
    return out;
}

} // namespace

Bytes encode(const TeredoTrailers& trailers) {
    Bytes out;
    ByteWriter writer(out);
    if (trailers.nonce)
        writer.u8(kNonce).u8(kNonceSize).u32(*trailers.nonce);
    if (!trailers.alternates.empty()) {
        writer.u8(kAlternate);
        writer.u8(static_cast<std::uint8_t>(kReservedSize + trailers.alternates.size() * kAlternateSize)).u16(0);
        for (const SocketAddress& alternate : trailers.alternates)
            writer.bytes(alternate.v4().octets).u16(alternate.port());
    }
    if (trailers.discovery)
        writer.u8(kDiscovery).u8(kDiscoverySize).u8(static_cast<std::uint8_t>(*trailers.discovery)).u8(0).u16(0);
    if (trailers.randomPort)
        writer.u8(kRandomPort).u8(kPortSize).u16(*trailers.randomPort);
    return out;
}

Result<TeredoTrailers> decodeTeredoTrailers(BytesView trailers) {
    ByteReader reader(trailers);
    TeredoTrailers out;
    while (reader.remaining() >= 2) {
        const std::uint8_t type = reader.u8();
        const BytesView value = reader.take(reader.u8());
        if (reader.failed())
            break;
        ByteReader field(value);
        if (type == kNonce && value.size() == kNonceSize && !out.nonce) {
            out.nonce = field.u32();
        } else if (type == kAlternate && out.alternates.empty()) {
            TRY(alternates, readAlternates(value));
            out.alternates = std::move(alternates);
        } else if (type == kDiscovery && value.size() == kDiscoverySize && !out.discovery) {
            const std::uint8_t kind = field.u8();
            if (kind <= static_cast<std::uint8_t>(TeredoDiscovery::Advertisement))
                out.discovery = static_cast<TeredoDiscovery>(kind);
        } else if (type == kRandomPort && value.size() == kPortSize && !out.randomPort) {
            out.randomPort = field.u16();
        }
    }
    return out;
}

} // namespace culvert::wire
