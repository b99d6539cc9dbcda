#include "core/wire/nat_hint.h"

namespace culvert::wire {

namespace {

enum class Tag : std::uint8_t { NatHint = 1 };

template<typename T> std::uint8_t behaviourBits(const std::optional<T>& behaviour) {
    return behaviour ? static_cast<std::uint8_t>(static_cast<unsigned>(*behaviour) + 1) : std::uint8_t{0};
}

template<typename T> std::optional<T> behaviourOf(unsigned bits) {
    return bits == 0 ? std::nullopt : std::optional(static_cast<T>(bits - 1));
}

} // namespace

std::array<std::uint8_t, kNatHintSize> encode(const NatHint& hint) {
    const unsigned first = static_cast<unsigned>(behaviourBits(hint.mapping)) << 6U |
                           static_cast<unsigned>(behaviourBits(hint.filtering)) << 4U | (hint.keepsPorts ? 8U : 0U) |
                           (hint.isSequential ? 4U : 0U) | (hint.isUdpBlocked ? 2U : 0U) |
                           (hint.searchesPorts ? 1U : 0U);
    const unsigned second = static_cast<unsigned>(hint.ipv4) << 6U | static_cast<unsigned>(hint.nesting) << 4U |
                            static_cast<unsigned>(hint.ipv6) << 2U;
    return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)};
}

NatHint decodeNatHint(const std::array<std::uint8_t, kNatHintSize>& octets) {
    NatHint out;
    const unsigned first = octets[0], second = octets[1];
    out.mapping = behaviourOf<NatMapping>(first >> 6U);
    out.filtering = behaviourOf<NatFiltering>(first >> 4U & 3U);
    out.keepsPorts = (first & 8U) != 0;
    out.isSequential = (first & 4U) != 0;
    out.isUdpBlocked = (first & 2U) != 0;
    out.searchesPorts = (first & 1U) != 0;
    out.ipv4 = static_cast<HintIpv4>(second >> 6U);
    out.nesting = static_cast<HintNesting>(second >> 4U & 3U);
    out.ipv6 = static_cast<HintIpv6>(second >> 2U & 3U);
    return out;
}

void writeAdditions(ByteWriter& writer, const Additions& additions) {
    if (additions.hint)
        writer.u8(static_cast<std::uint8_t>(Tag::NatHint)).u8(kNatHintSize).bytes(encode(*additions.hint));
}

Result<Additions> readAdditions(ByteReader& reader) {
    if (reader.remaining() > kAdditionsMax)
        return fail(ErrorCode::Malformed, "additions are too long");
    Additions out;
    while (reader.remaining() > 0) {
        const auto tag = static_cast<Tag>(reader.u8());
        const std::size_t size = reader.u8();
        ByteReader value(reader.take(size));
        if (reader.failed())
            return fail(ErrorCode::Truncated, "an addition is cut off");
        if (tag != Tag::NatHint)
            continue;
        if (size != kNatHintSize)
            return fail(ErrorCode::Malformed, "a NAT hint has a wrong length");
        if (!out.hint)
            out.hint = decodeNatHint(value.array<kNatHintSize>());
    }
    return out;
}

} // namespace culvert::wire
