#include "core/wire/control_envelope.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::size_t kMacEnd = 1 + sizeof(Mac);

ByteWriter begin(Bytes& out, EnvelopeType type) {
    ByteWriter writer(out);
    writer.u8(static_cast<std::uint8_t>(type));
    return writer;
}

Result<ControlEnvelope> decodePair(ByteReader reader) {
    PairEnvelope envelope;
    envelope.keyId = reader.array<8>();
    envelope.nonce = reader.array<24>();
    envelope.ciphertext = reader.rest();
    if (reader.failed() || envelope.ciphertext.size() <= 16)
        return fail(ErrorCode::Truncated, "pair message is too short");
    return ControlEnvelope(envelope);
}

Result<ControlEnvelope> decodeIntroduction(ByteReader reader, BytesView whole) {
    IntroductionEnvelope envelope;
    envelope.mac = reader.array<16>();
    envelope.cookie = reader.array<16>();
    envelope.noise = reader.rest();
    if (reader.failed() || envelope.noise.empty())
        return fail(ErrorCode::Truncated, "introduction is too short");
    envelope.authenticated = whole.subspan(kMacEnd);
    return ControlEnvelope(envelope);
}

Result<ControlEnvelope> decodeCookieRequest(ByteReader reader, BytesView whole) {
    if (whole.size() != kCookieRequestSize)
        return fail(ErrorCode::Malformed, "cookie request has the wrong size");
    CookieRequest request;
    request.mac = reader.array<16>();
    request.transaction = reader.u64();
    request.authenticated = whole.subspan(kMacEnd);
    return ControlEnvelope(request);
}

Result<ControlEnvelope> decodeCookieReply(ByteReader reader, BytesView whole) {
    if (whole.size() != kCookieReplySize)
        return fail(ErrorCode::Malformed, "cookie reply has the wrong size");
    CookieReply reply;
    reply.transaction = reader.u64();
    reply.cookie = reader.array<16>();
    return ControlEnvelope(reply);
}

} // namespace

Result<ControlEnvelope> decodeEnvelope(BytesView bytes) {
    ByteReader reader(bytes);
    const std::uint8_t type = reader.u8();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "empty datagram");
    switch (static_cast<EnvelopeType>(type)) {
    case EnvelopeType::Pair:
        return decodePair(reader);
    case EnvelopeType::Introduction:
        return decodeIntroduction(reader, bytes);
    case EnvelopeType::CookieRequest:
        return decodeCookieRequest(reader, bytes);
    case EnvelopeType::CookieReply:
        return decodeCookieReply(reader, bytes);
    }
    return fail(ErrorCode::Unsupported, "unknown control message");
}

Bytes encode(const PairEnvelope& envelope) {
    Bytes out;
    out.reserve(kPairOverhead + envelope.ciphertext.size());
    begin(out, EnvelopeType::Pair).bytes(envelope.keyId).bytes(envelope.nonce).bytes(envelope.ciphertext);
    return out;
}

Bytes encode(const IntroductionEnvelope& envelope) {
    Bytes out;
    out.reserve(kIntroductionHeader + envelope.noise.size());
    begin(out, EnvelopeType::Introduction).bytes(envelope.mac).bytes(envelope.cookie).bytes(envelope.noise);
    return out;
}

Bytes encode(const CookieRequest& request) {
    Bytes out;
    begin(out, EnvelopeType::CookieRequest).bytes(request.mac).u64(request.transaction);
    out.resize(kCookieRequestSize);
    return out;
}

Bytes encode(const CookieReply& reply) {
    Bytes out;
    begin(out, EnvelopeType::CookieReply).u64(reply.transaction).bytes(reply.cookie);
    return out;
}

} // namespace culvert::wire
