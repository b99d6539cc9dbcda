#include "core/crypto/sealing.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::int64_t kCookiePeriodSeconds = 120;
constexpr std::size_t kValueNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// A key from the shared secret, named by purpose and bound to both identities in the order of the direction.
Secret<32> directionKey(const Secret<32>& shared, std::string_view purpose, const PublicKey& from,
                        const PublicKey& to) {
    Secret<32> out;
    crypto_generichash_state state;
    crypto_generichash_init(&state, shared.data(), shared.size(), out.size());
    crypto_generichash_update(&state, octets(purpose), purpose.size());
    crypto_generichash_update(&state, from.data(), from.size());
    crypto_generichash_update(&state, to.data(), to.size());
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

KeyIdOctets directionId(const Secret<32>& shared, const PublicKey& from, const PublicKey& to) {
    const Secret<32> full = directionKey(shared, "culvert pair id 1", from, to);
    KeyIdOctets id{};
    std::copy_n(full.data(), id.size(), id.begin());
    return id;
}

Bytes aeadSeal(const Secret<32>& key, const std::uint8_t* nonce, BytesView context, BytesView plaintext) {
    Bytes out(plaintext.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), context.data(),
                                               context.size(), nullptr, nonce, key.data());
    return out;
}

Result<Bytes> aeadOpen(const Secret<32>& key, const std::uint8_t* nonce, BytesView context, BytesView ciphertext) {
    if (ciphertext.size() < crypto_aead_xchacha20poly1305_ietf_ABYTES)
        return fail(ErrorCode::Truncated, "ciphertext is shorter than its tag");
    Bytes out(ciphertext.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                                                   context.data(), context.size(), nonce, key.data()) != 0)
        return fail(ErrorCode::Unauthenticated, "wrong tag");
    return out;
}

MacOctets cookieUnder(const Secret<32>& key, BytesView address) {
    MacOctets cookie{};
    crypto_generichash(cookie.data(), cookie.size(), address.data(), address.size(), key.data(), key.size());
    return cookie;
}

} // namespace

std::optional<PairKeys> PairKeys::derive(const Identity& own, const PublicKey& theirs) {
    const auto theirDh = dhKeyOf(theirs);
    const auto shared = theirDh ? diffieHellman(own.dh().secret, *theirDh) : std::nullopt;
    if (!shared)
        return std::nullopt;
    PairKeys keys;
    keys.m_sending = directionKey(*shared, "culvert pair key 1", own.publicKey(), theirs);
    keys.m_receiving = directionKey(*shared, "culvert pair key 1", theirs, own.publicKey());
    keys.m_sendingId = directionId(*shared, own.publicKey(), theirs);
    keys.m_receivingId = directionId(*shared, theirs, own.publicKey());
    return keys;
}

Bytes PairKeys::seal(const PairNonceOctets& nonce, BytesView plaintext) const {
    return aeadSeal(m_sending, nonce.data(), m_sendingId, plaintext);
}

Result<Bytes> PairKeys::open(const PairNonceOctets& nonce, BytesView ciphertext) const {
    return aeadOpen(m_receiving, nonce.data(), m_receivingId, ciphertext);
}

Secret<32> PairKeys::sendingKeyFor(std::string_view purpose) const {
    return deriveKey(m_sending, purpose);
}

Secret<32> PairKeys::receivingKeyFor(std::string_view purpose) const {
    return deriveKey(m_receiving, purpose);
}

MacOctets introductionMac(const PublicKey& receiver, BytesView authenticated) {
    MacOctets mac{};
    crypto_generichash(mac.data(), mac.size(), authenticated.data(), authenticated.size(), receiver.data(),
                       receiver.size());
    return mac;
}

bool introductionMacMatches(const PublicKey& receiver, BytesView authenticated, const MacOctets& mac) {
    const MacOctets expected = introductionMac(receiver, authenticated);
    return sodium_memcmp(expected.data(), mac.data(), mac.size()) == 0;
}

Result<Bytes> sealTo(const PublicKey& receiver, const Identity& own, std::string_view label, BytesView plaintext,
                     Random& random) {
    const auto receiverDh = dhKeyOf(receiver);
    if (!receiverDh)
        return fail(ErrorCode::InvalidArgument, "not a public key");
    HandshakeState::Setup setup{NoisePattern::X, NoiseHash::Blake2b, asBytes(label), own.dh(), &random};
    return HandshakeState::initiator(setup, *receiverDh).writeFirst(plaintext);
}

Result<OpenedSeal> openSealed(const Identity& own, std::string_view label, BytesView sealed, Random& random) {
    HandshakeState::Setup setup{NoisePattern::X, NoiseHash::Blake2b, asBytes(label), own.dh(), &random};
    HandshakeState state = HandshakeState::responder(setup);
    TRY(plaintext, state.readFirst(sealed));
    return OpenedSeal{state.remoteStatic(), std::move(plaintext)};
}

void CookieJar::rotate(std::int64_t nowSeconds) {
    const std::int64_t period = nowSeconds / kCookiePeriodSeconds;
    if (period == m_period)
        return;
    m_previous = m_current;
    if (m_period < 0 || period > m_period + 1)
        m_random.fillSecret(m_previous.span());
    m_random.fillSecret(m_current.span());
    m_period = period;
}

MacOctets CookieJar::cookieFor(std::int64_t nowSeconds, BytesView address) {
    rotate(nowSeconds);
    return cookieUnder(m_current, address);
}

bool CookieJar::matches(std::int64_t nowSeconds, BytesView address, const MacOctets& cookie) {
    rotate(nowSeconds);
    const MacOctets current = cookieUnder(m_current, address);
    const MacOctets previous = cookieUnder(m_previous, address);
    const bool isCurrent = sodium_memcmp(current.data(), cookie.data(), cookie.size()) == 0;
    const bool isPrevious = sodium_memcmp(previous.data(), cookie.data(), cookie.size()) == 0;
    return isCurrent || isPrevious;
}

Bytes sealValue(const Secret<32>& key, std::string_view context, BytesView plaintext, Random& random) {
    Bytes out(kValueNonceSize);
    random.fillPublic(out);
    append(out, aeadSeal(key, out.data(), asBytes(context), plaintext));
    return out;
}

Result<Bytes> openValue(const Secret<32>& key, std::string_view context, BytesView sealed) {
    if (sealed.size() < kValueNonceSize)
        return fail(ErrorCode::Truncated, "sealed value is too short");
    return aeadOpen(key, sealed.data(), asBytes(context), sealed.subspan(kValueNonceSize));
}

Result<Secret<32>> keyFromPassphrase(std::string_view passphrase, const Salt& salt, const PassphraseCost& cost) {
    Secret<32> key;
    if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(), cost.operations,
                      cost.memoryOctets, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::LimitReached, "Not enough memory to check the passphrase.");
    return key;
}

Secret<32> deriveKey(const Secret<32>& key, std::string_view purpose) {
    Secret<32> out;
    crypto_generichash(out.data(), out.size(), octets(purpose), purpose.size(), key.data(), key.size());
    return out;
}

std::array<std::uint8_t, 32> keyedHash(const Secret<32>& key, BytesView value) {
    std::array<std::uint8_t, 32> out{};
    crypto_generichash(out.data(), out.size(), value.data(), value.size(), key.data(), key.size());
    return out;
}

} // namespace culvert
