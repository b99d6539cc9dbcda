#include "core/crypto/handshake_state.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kEncryptedKeySize = 32 + kNoiseTagSize;

std::string protocolName(const HandshakeState::Setup& setup) {
    std::string name = setup.pattern == NoisePattern::IK ? "Noise_IK_25519_ChaChaPoly_" : "Noise_X_25519_ChaChaPoly_";
    return name + (setup.hash == NoiseHash::Sha512 ? "SHA512" : "BLAKE2b");
}

} // namespace

HandshakeState::HandshakeState(const Setup& setup, const DhPublicKey& responderKey)
    : m_symmetric(setup.hash, protocolName(setup)), m_local(setup.local), m_random(setup.random) {
    m_symmetric.mixHash(setup.prologue);
    m_symmetric.mixHash(responderKey); // the pre-message "<- s" of both patterns
}

HandshakeState HandshakeState::initiator(const Setup& setup, const DhPublicKey& remote) {
    HandshakeState state(setup, remote);
    state.m_remoteStatic = remote;
    return state;
}

HandshakeState HandshakeState::responder(const Setup& setup) {
    return HandshakeState(setup, setup.local.publicKey);
}

Result<void> HandshakeState::mixDh(const Secret<32>& secret, const DhPublicKey& theirs) {
    const auto shared = diffieHellman(secret, theirs);
    if (!shared)
        return fail(ErrorCode::Unauthenticated, "a public key of small order");
    m_symmetric.mixKey(shared->view());
    return {};
}

Result<Bytes> HandshakeState::writeFirst(BytesView payload) {
    HandshakeState next = *this;
    next.m_ephemeral = DhKeyPair::generate(*m_random);
    Bytes out = toBytes(next.m_ephemeral.publicKey);
    next.m_symmetric.mixHash(next.m_ephemeral.publicKey);            // e
    TRY_VOID(next.mixDh(next.m_ephemeral.secret, m_remoteStatic));   // es
    append(out, next.m_symmetric.encryptAndHash(m_local.publicKey)); // s
    TRY_VOID(next.mixDh(m_local.secret, m_remoteStatic));            // ss
    append(out, next.m_symmetric.encryptAndHash(payload));
    *this = next;
    return out;
}

Result<Bytes> HandshakeState::readFirst(BytesView message) {
    HandshakeState next = *this;
    TRY(payload, next.readFirstTokens(message));
    *this = next;
    return payload;
}

Result<Bytes> HandshakeState::readFirstTokens(BytesView message) {
    if (message.size() < 32 + kEncryptedKeySize + kNoiseTagSize)
        return fail(ErrorCode::Truncated, "handshake message 1 is too short");
    std::copy_n(message.begin(), 32, m_remoteEphemeral.begin());
    m_symmetric.mixHash(m_remoteEphemeral);                                          // e
    TRY_VOID(mixDh(m_local.secret, m_remoteEphemeral));                              // es
    TRY(remote, m_symmetric.decryptAndHash(message.subspan(32, kEncryptedKeySize))); // s
    std::copy(remote.begin(), remote.end(), m_remoteStatic.begin());
    TRY_VOID(mixDh(m_local.secret, m_remoteStatic)); // ss
    return m_symmetric.decryptAndHash(message.subspan(32 + kEncryptedKeySize));
}

Result<Bytes> HandshakeState::writeSecondTokens() {
    HandshakeState next = *this;
    next.m_ephemeral = DhKeyPair::generate(*m_random);
    next.m_symmetric.mixHash(next.m_ephemeral.publicKey);             // e
    TRY_VOID(next.mixDh(next.m_ephemeral.secret, m_remoteEphemeral)); // ee
    TRY_VOID(next.mixDh(next.m_ephemeral.secret, m_remoteStatic));    // se
    *this = next;
    return toBytes(m_ephemeral.publicKey);
}

Result<Bytes> HandshakeState::readSecond(BytesView message) {
    HandshakeState next = *this;
    TRY(payload, next.readSecondTokens(message));
    *this = next;
    return payload;
}

Result<Bytes> HandshakeState::readSecondTokens(BytesView message) {
    if (message.size() < 32 + kNoiseTagSize)
        return fail(ErrorCode::Truncated, "handshake message 2 is too short");
    std::copy_n(message.begin(), 32, m_remoteEphemeral.begin());
    m_symmetric.mixHash(m_remoteEphemeral);                 // e
    TRY_VOID(mixDh(m_ephemeral.secret, m_remoteEphemeral)); // ee
    TRY_VOID(mixDh(m_local.secret, m_remoteEphemeral));     // se
    return m_symmetric.decryptAndHash(message.subspan(32));
}

} // namespace culvert
