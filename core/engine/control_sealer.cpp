#include "core/engine/control_sealer.h"

namespace culvert {

namespace {

constexpr std::string_view kIntroductionLabel = "culvert introduction 1";
constexpr std::string_view kHandoffLabel = "culvert handoff 1";

// A sealed message names an Ed25519 key; the seal proves an X25519 key. They must be one identity.
bool sameIdentity(const PublicKey& claimed, const DhPublicKey& proven) {
    return dhKeyOf(claimed) == proven;
}

} // namespace

Bytes ControlSealer::sealPair(const PairKeys& keys, const wire::ControlMessage& message) const {
    wire::PairEnvelope envelope;
    envelope.keyId = keys.sendingId();
    m_random.fillPublic(envelope.nonce);
    const Bytes ciphertext = keys.seal(envelope.nonce, wire::encode(message));
    envelope.ciphertext = ciphertext;
    return wire::encode(envelope);
}

Result<wire::ControlMessage> ControlSealer::openPair(const PairKeys& keys, const wire::PairEnvelope& envelope) const {
    TRY(plaintext, keys.open(envelope.nonce, envelope.ciphertext));
    return wire::decodeControlMessage(plaintext);
}

Bytes ControlSealer::sealIntroduction(const PublicKey& receiver, const wire::Token& token, const wire::Cookie& cookie,
                                      const wire::ControlMessage& message) const {
    const Bytes inner = wire::encode(message);
    const Bytes payload = wire::encode(wire::IntroductionPayload{m_own.publicKey(), token, inner});
    const auto sealed = sealTo(receiver, m_own, kIntroductionLabel, payload, m_random);
    if (!sealed)
        return {};
    Bytes authenticated = toBytes(cookie);
    append(authenticated, *sealed);
    wire::IntroductionEnvelope envelope;
    envelope.mac = introductionMac(receiver, authenticated);
    envelope.cookie = cookie;
    envelope.noise = *sealed;
    return wire::encode(envelope);
}

bool ControlSealer::isForUs(const wire::IntroductionEnvelope& envelope) const {
    return introductionMacMatches(m_own.publicKey(), envelope.authenticated, envelope.mac);
}

Result<OpenedIntroduction> ControlSealer::openIntroduction(const wire::IntroductionEnvelope& envelope) const {
    TRY(opened, openSealed(m_own, kIntroductionLabel, envelope.noise, m_random));
    TRY(payload, wire::decodeIntroductionPayload(opened.plaintext));
    if (!sameIdentity(payload.key, opened.sender))
        return fail(ErrorCode::Unauthenticated, "an introduction in another's name");
    TRY(message, wire::decodeControlMessage(payload.message));
    return OpenedIntroduction{payload.key, payload.token, std::move(message)};
}

Bytes ControlSealer::sealCookieRequest(const PublicKey& receiver, std::uint64_t transaction) const {
    wire::CookieRequest request;
    request.transaction = transaction;
    const Bytes unsealed = wire::encode(request);
    request.mac = introductionMac(receiver, BytesView(unsealed).subspan(1 + request.mac.size()));
    return wire::encode(request);
}

bool ControlSealer::isForUs(const wire::CookieRequest& request) const {
    return introductionMacMatches(m_own.publicKey(), request.authenticated, request.mac);
}

Bytes ControlSealer::sealHandoff(const PublicKey& recipient, const wire::HandoffContent& content) const {
    const auto sealed = sealTo(recipient, m_own, kHandoffLabel, wire::encode(content), m_random);
    return sealed && sealed->size() <= wire::kHandoffSealedMax ? *sealed : Bytes{};
}

Result<wire::HandoffContent> ControlSealer::openHandoff(BytesView sealed) const {
    TRY(opened, openSealed(m_own, kHandoffLabel, sealed, m_random));
    TRY(content, wire::decodeHandoffContent(opened.plaintext));
    if (!sameIdentity(content.key, opened.sender))
        return fail(ErrorCode::Unauthenticated, "a handoff in another's name");
    return content;
}

} // namespace culvert
