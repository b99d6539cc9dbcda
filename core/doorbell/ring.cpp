#include "core/doorbell/ring.h"

#include "core/base/byte_io.h"
#include "core/wire/quoted_udp.h"

namespace culvert {

namespace {

constexpr std::string_view kIdLabel = "culvert ring id 1";
constexpr std::string_view kMacLabel = "culvert ring mac 1";

std::array<std::uint8_t, 16> shortHash(const Secret<32>& key, BytesView input) {
    std::array<std::uint8_t, 16> out{};
    crypto_generichash(out.data(), out.size(), input.data(), input.size(), key.data(), key.size());
    return out;
}

} // namespace

std::int64_t ringEpoch(WallTime now) {
    // Down, also before 1970, where a clock that was never set may stand.
    const std::int64_t epoch = now.milliseconds / kRingEpochMs;
    return now.milliseconds % kRingEpochMs < 0 ? epoch - 1 : epoch;
}

RingId ringId(const Secret<32>& key, std::int64_t epoch, unsigned index) {
    Bytes input = toBytes(asBytes(kIdLabel));
    ByteWriter(input).u64(static_cast<std::uint64_t>(epoch)).u8(static_cast<std::uint8_t>(index));
    return shortHash(key, input);
}

DoorbellRing makeRing(const Secret<32>& key, const RingId& id, const Ipv6Address& caller) {
    Bytes input = toBytes(asBytes(kMacLabel));
    ByteWriter(input).bytes(id).bytes(caller.octets);
    return {id, shortHash(key, input)};
}

bool isGenuine(const Secret<32>& key, const DoorbellRing& ring, const Ipv6Address& caller) {
    const DoorbellRing expected = makeRing(key, ring.id, caller);
    return sodium_memcmp(expected.mac.data(), ring.mac.data(), ring.mac.size()) == 0;
}

std::optional<DoorbellRing> ringIn(const QuotedError& quote) {
    if (quote.destination != kDeadPlace || quote.payload.size() != kRingSize)
        return std::nullopt;
    ByteReader reader(quote.payload);
    DoorbellRing ring;
    ring.id = reader.array<16>();
    ring.mac = reader.array<16>();
    return ring;
}

Bytes encodeRing(const Ipv6Address& caller, const SocketAddress& callee, const DoorbellRing& ring) {
    Bytes octets = toBytes(ring.id);
    append(octets, ring.mac);
    return wire::encodePortUnreachable(caller, {callee, kDeadPlace, octets});
}

} // namespace culvert
