#include "core/wire/control_message.h"

namespace culvert::wire {

namespace {

enum class Type : std::uint8_t {
    Probe = 1,
    ProbeReply = 2,
    Register = 3,
    Registered = 4,
    HandoffRequest = 5,
    HandoffResult = 6,
    HandoffDelivery = 7,
    RingRequest = 8,
    RingResult = 9,
    Ring = 10,
};

// A Registered answer has 67 octets; the question is longer, so that no answer is larger than its question.
constexpr std::size_t kRegisterSize = 72;
// A Ring and a RingResult have 9 and 10, and each an envelope and the headers of a tunnel of its own.
constexpr std::size_t kRingRequestSize = 144;
// A ProbeReply has 35.
constexpr std::size_t kProbeSizeMin = 40;

ByteWriter begin(Bytes& out, Type type) {
    ByteWriter writer(out);
    writer.u8(static_cast<std::uint8_t>(type));
    return writer;
}

void write(Bytes& out, const Probe& probe) {
    begin(out, Type::Probe)
        .u64(probe.transaction)
        .u64(probe.instance)
        .u64(probe.counter)
        .u8(probe.byOrdinaryRoute ? 1 : 0);
    out.resize(std::max(probe.paddedSize, kProbeSizeMin));
}
void write(Bytes& out, const ProbeReply& reply) {
    auto writer = begin(out, Type::ProbeReply);
    writer.u64(reply.transaction).u64(reply.instance);
    writeSocketAddress(writer, reply.observed);
}
void write(Bytes& out, const Register& request) {
    begin(out, Type::Register).u64(request.transaction).u16(request.lifetimeSeconds);
    out.resize(kRegisterSize);
}
void write(Bytes& out, const Registered& answer) {
    auto writer = begin(out, Type::Registered);
    writer.u64(answer.transaction).u16(answer.lifetimeSeconds);
    writeSocketAddress(writer, answer.observed);
    writer.u16(answer.alternatePort);
    for (const auto& other : {answer.other4, answer.other6})
        writeSocketAddress(writer, other.value_or(SocketAddress(Ipv6Address{}, 0)));
}
void write(Bytes& out, const HandoffRequest& request) {
    begin(out, Type::HandoffRequest)
        .u64(request.transaction)
        .bytes(request.recipient)
        .u16(static_cast<std::uint16_t>(request.sealed.size()))
        .bytes(request.sealed);
}
void write(Bytes& out, const HandoffResult& result) {
    begin(out, Type::HandoffResult).u64(result.transaction).u8(static_cast<std::uint8_t>(result.status));
}
void write(Bytes& out, const HandoffDelivery& delivery) {
    begin(out, Type::HandoffDelivery).u16(static_cast<std::uint16_t>(delivery.sealed.size())).bytes(delivery.sealed);
}

void write(Bytes& out, const RingRequest& request) {
    auto writer = begin(out, Type::RingRequest);
    writer.u64(request.transaction);
    writeSocketAddress(writer, request.target);
    writer.u8(static_cast<std::uint8_t>(request.from));
    out.resize(kRingRequestSize);
}
void write(Bytes& out, const RingResult& result) {
    begin(out, Type::RingResult).u64(result.transaction).u8(static_cast<std::uint8_t>(result.status));
}
void write(Bytes& out, const Ring& ring) {
    begin(out, Type::Ring).u64(ring.transaction);
}

Result<Registered> readRegistered(std::uint64_t transaction, ByteReader& reader) {
    Registered out{transaction, reader.u16(), readSocketAddress(reader), reader.u16(), {}, {}};
    const SocketAddress other4 = readSocketAddress(reader), other6 = readSocketAddress(reader);
    if (other4.isV4() && other4.port() != 0)
        out.other4 = other4;
    if (other6.isV6() && other6.port() != 0)
        out.other6 = other6;
    return out;
}

// An enumerator whose last one is `last`.
template<typename T> Result<T> readStatus(ByteReader& reader, T last) {
    const std::uint8_t value = reader.u8();
    if (value > static_cast<std::uint8_t>(last))
        return fail(ErrorCode::Unsupported, "unknown status");
    return static_cast<T>(value);
}

Result<Bytes> takeSealed(ByteReader& reader) {
    const std::size_t size = reader.u16();
    if (size > kHandoffSealedMax)
        return fail(ErrorCode::Malformed, "handoff is too large");
    return toBytes(reader.take(size));
}

Result<ControlMessage> readBody(Type type, ByteReader& reader) {
    const std::uint64_t transaction = type == Type::HandoffDelivery ? 0 : reader.u64();
    switch (type) {
    case Type::Probe: {
        Probe probe;
        probe.transaction = transaction;
        probe.instance = reader.u64();
        probe.counter = reader.u64();
        const std::uint8_t road = reader.u8();
        if (road > 1)
            return fail(ErrorCode::Unsupported, "unknown road");
        probe.byOrdinaryRoute = road == 1;
        return ControlMessage(probe);
    }
    case Type::ProbeReply: {
        const std::uint64_t instance = reader.u64();
        return ControlMessage(ProbeReply{transaction, instance, readSocketAddress(reader)});
    }
    case Type::Register:
        return ControlMessage(Register{transaction, reader.u16()});
    case Type::Registered: {
        TRY(registered, readRegistered(transaction, reader));
        return ControlMessage(registered);
    }
    case Type::HandoffRequest: {
        const PublicKeyBytes recipient = reader.array<32>();
        TRY(sealed, takeSealed(reader));
        return ControlMessage(HandoffRequest{transaction, recipient, std::move(sealed)});
    }
    case Type::HandoffResult: {
        TRY(status, readStatus(reader, HandoffStatus::RateLimited));
        return ControlMessage(HandoffResult{transaction, status});
    }
    case Type::HandoffDelivery: {
        TRY(sealed, takeSealed(reader));
        return ControlMessage(HandoffDelivery{std::move(sealed)});
    }
    case Type::RingRequest: {
        const SocketAddress target = readSocketAddress(reader);
        TRY(from, readStatus(reader, RingFrom::AnotherAddress));
        return ControlMessage(RingRequest{transaction, target, from});
    }
    case Type::RingResult: {
        TRY(status, readStatus(reader, RingStatus::RateLimited));
        return ControlMessage(RingResult{transaction, status});
    }
    case Type::Ring:
        return ControlMessage(Ring{transaction});
    }
    return fail(ErrorCode::Unsupported, "unknown control message");
}

bool onlyZeros(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t octet) { return octet == 0; });
}

} // namespace

Bytes encode(const ControlMessage& message) {
    Bytes out;
    std::visit([&out](const auto& value) { write(out, value); }, message);
    return out;
}

Result<ControlMessage> decodeControlMessage(BytesView bytes) {
    ByteReader reader(bytes);
    const std::uint8_t type = reader.u8();
    TRY(message, readBody(static_cast<Type>(type), reader));
    if (reader.failed())
        return fail(ErrorCode::Truncated, "control message is cut off");
    if (!onlyZeros(reader.rest()))
        return fail(ErrorCode::Malformed, "padding is not zero");
    if (auto* probe = std::get_if<Probe>(&message)) {
        if (bytes.size() < kProbeSizeMin)
            return fail(ErrorCode::Truncated, "probe is shorter than its answer");
        probe->paddedSize = bytes.size();
    }
    if (std::holds_alternative<Register>(message) && bytes.size() < kRegisterSize)
        return fail(ErrorCode::Truncated, "registration is shorter than its answer");
    if (std::holds_alternative<RingRequest>(message) && bytes.size() < kRingRequestSize)
        return fail(ErrorCode::Truncated, "ring request is shorter than its answers");
    return message;
}

Bytes encode(const IntroductionPayload& payload) {
    Bytes out;
    ByteWriter(out).bytes(payload.key).bytes(payload.token).bytes(payload.message);
    return out;
}

Result<IntroductionPayload> decodeIntroductionPayload(BytesView bytes) {
    ByteReader reader(bytes);
    IntroductionPayload payload;
    payload.key = reader.array<32>();
    payload.token = reader.array<8>();
    payload.message = reader.rest();
    if (reader.failed() || payload.message.empty())
        return fail(ErrorCode::Truncated, "introduction is cut off");
    return payload;
}

Bytes encode(const HandoffContent& content) {
    Bytes out;
    ByteWriter writer(out);
    writer.bytes(content.key).bytes(content.token).u64(static_cast<std::uint64_t>(content.time.milliseconds));
    writeEndpoints(writer, content.endpoints);
    writeAdditions(writer, content.additions);
    return out;
}

Result<HandoffContent> decodeHandoffContent(BytesView bytes) {
    ByteReader reader(bytes);
    HandoffContent content;
    content.key = reader.array<32>();
    content.token = reader.array<8>();
    content.time.milliseconds = static_cast<std::int64_t>(reader.u64());
    TRY(endpoints, readEndpoints(reader));
    TRY(additions, readAdditions(reader));
    if (!reader.finished())
        return fail(ErrorCode::Truncated, "handoff content is cut off");
    content.endpoints = std::move(endpoints);
    content.additions = additions;
    return content;
}

} // namespace culvert::wire
