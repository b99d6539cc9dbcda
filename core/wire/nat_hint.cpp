#include "core/wire/nat_hint.h"

namespace culvert::wire {

namespace {

enum class Tag : std::uint8_t { NatHint = 1, PunchPlan = 2, PortPrediction = 3 };

constexpr std::size_t kPlanSize = 5, kPredictionSize = 3;

template<typename T> std::uint8_t behaviourBits(const std::optional<T>& behaviour) {
    return behaviour ? static_cast<std::uint8_t>(static_cast<unsigned>(*behaviour) + 1) : std::uint8_t{0};
}

template<typename T> std::optional<T> behaviourOf(unsigned bits) {
    return bits == 0 ? std::nullopt : std::optional(static_cast<T>(bits - 1));
}

std::uint16_t milliseconds(Duration duration) {
    return static_cast<std::uint16_t>(std::clamp<Duration>(duration, Duration::zero(), kPunchTimeMax) / 1ms);
}

ByteWriter& begin(ByteWriter& writer, Tag tag, std::size_t size) {
    return writer.u8(static_cast<std::uint8_t>(tag)).u8(static_cast<std::uint8_t>(size));
}

Result<PunchPlan> readPlan(ByteReader& value) {
    const std::uint8_t answer = value.u8();
    PunchPlan plan{answer == 1, Duration(1ms) * value.u16(), Duration(1ms) * value.u16()};
    if (answer > 1 || !value.finished())
        return fail(ErrorCode::Malformed, "a punch plan is none");
    return plan;
}

Result<PortPrediction> readPrediction(ByteReader& value) {
    const std::uint16_t port = value.u16();
    const PortPrediction prediction{port, static_cast<std::int8_t>(value.u8())};
    if (port == 0 || !value.finished())
        return fail(ErrorCode::Malformed, "a port prediction is none");
    return prediction;
}

Result<NatHint> readHint(ByteReader& value) {
    const auto octets = value.array<kNatHintSize>();
    if (!value.finished())
        return fail(ErrorCode::Malformed, "a NAT hint has a wrong length");
    return decodeNatHint(octets);
}

Result<void> readOne(Tag tag, ByteReader& value, Additions& out) {
    if (tag == Tag::NatHint) {
        TRY(hint, readHint(value));
        out.hint = out.hint.value_or(hint);
    } else if (tag == Tag::PunchPlan) {
        TRY(plan, readPlan(value));
        out.plan = out.plan.value_or(plan);
    } else if (tag == Tag::PortPrediction) {
        TRY(prediction, readPrediction(value));
        out.prediction = out.prediction.value_or(prediction);
    }
    return {};
}

} // namespace

std::array<std::uint8_t, kNatHintSize> encode(const NatHint& hint) {
    const unsigned first = static_cast<unsigned>(behaviourBits(hint.mapping)) << 6U |
                           static_cast<unsigned>(behaviourBits(hint.filtering)) << 4U | (hint.keepsPorts ? 8U : 0U) |
                           (hint.isSequential ? 4U : 0U) | (hint.isUdpBlocked ? 2U : 0U) |
                           (hint.searchesPorts ? 1U : 0U);
    const unsigned second = static_cast<unsigned>(hint.ipv4) << 6U | static_cast<unsigned>(hint.nesting) << 4U |
                            static_cast<unsigned>(hint.ipv6) << 2U | (hint.takesTcp ? 2U : 0U);
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
    out.takesTcp = (second & 2U) != 0;
    return out;
}

void writeAdditions(ByteWriter& writer, const Additions& additions) {
    if (additions.hint)
        begin(writer, Tag::NatHint, kNatHintSize).bytes(encode(*additions.hint));
    if (additions.plan)
        begin(writer, Tag::PunchPlan, kPlanSize)
            .u8(additions.plan->isAnswer ? 1 : 0)
            .u16(milliseconds(additions.plan->start))
            .u16(milliseconds(additions.plan->roundTrip));
    if (additions.prediction)
        begin(writer, Tag::PortPrediction, kPredictionSize)
            .u16(additions.prediction->port)
            .u8(static_cast<std::uint8_t>(additions.prediction->step));
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
        if (auto result = readOne(tag, value, out); !result)
            return Unexpected(result.error());
    }
    return out;
}

} // namespace culvert::wire
