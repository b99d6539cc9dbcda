#include "core/crypto/cipher_state.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kBlockSize = 128;

// Noise §12.3: 32 zero bits, then the counter in little-endian order.
std::array<std::uint8_t, 12> noiseNonce(std::uint64_t counter) {
    std::array<std::uint8_t, 12> nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i) & 255);
    return nonce;
}

// RFC 2104, with a key of at most one block.
std::array<std::uint8_t, kNoiseHashSize> hmac(NoiseHash hash, BytesView key, std::initializer_list<BytesView> parts) {
    Secret<kBlockSize> inner, outer;
    std::copy(key.begin(), key.end(), inner.data());
    std::copy(key.begin(), key.end(), outer.data());
    for (std::size_t i = 0; i < kBlockSize; ++i) {
        inner.data()[i] ^= 0x36;
        outer.data()[i] ^= 0x5c;
    }
    Bytes message = toBytes(inner.view());
    for (const BytesView part : parts)
        append(message, part);
    const auto digest = noiseHash(hash, {message});
    sodium_memzero(message.data(), message.size());
    return noiseHash(hash, {outer.view(), digest});
}

} // namespace

std::array<std::uint8_t, kNoiseHashSize> noiseHash(NoiseHash hash, std::initializer_list<BytesView> parts) {
    std::array<std::uint8_t, kNoiseHashSize> digest{};
    if (hash == NoiseHash::Sha512) {
        crypto_hash_sha512_state state;
        crypto_hash_sha512_init(&state);
        for (const BytesView part : parts)
            crypto_hash_sha512_update(&state, part.data(), part.size());
        crypto_hash_sha512_final(&state, digest.data());
    } else {
        crypto_generichash_blake2b_state state;
        crypto_generichash_blake2b_init(&state, nullptr, 0, digest.size());
        for (const BytesView part : parts)
            crypto_generichash_blake2b_update(&state, part.data(), part.size());
        crypto_generichash_blake2b_final(&state, digest.data(), digest.size());
    }
    return digest;
}

std::array<Secret<kNoiseHashSize>, 3> noiseHkdf(NoiseHash hash, BytesView chainingKey, BytesView input, int outputs) {
    std::array<Secret<kNoiseHashSize>, 3> out;
    const Secret<kNoiseHashSize> temporary(hmac(hash, chainingKey, {input}));
    const std::array<std::uint8_t, 3> counters = {1, 2, 3};
    out[0] = Secret<kNoiseHashSize>(hmac(hash, temporary.view(), {BytesView(&counters[0], 1)}));
    out[1] = Secret<kNoiseHashSize>(hmac(hash, temporary.view(), {out[0].view(), BytesView(&counters[1], 1)}));
    if (outputs == 3)
        out[2] = Secret<kNoiseHashSize>(hmac(hash, temporary.view(), {out[1].view(), BytesView(&counters[2], 1)}));
    return out;
}

Bytes CipherState::encryptWithAd(BytesView ad, BytesView plaintext) {
    if (!m_hasKey)
        return toBytes(plaintext);
    Bytes out(plaintext.size() + kNoiseTagSize);
    const auto nonce = noiseNonce(m_nonce++);
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), ad.data(),
                                              ad.size(), nullptr, nonce.data(), m_key.data());
    return out;
}

Result<Bytes> CipherState::decryptWithAd(BytesView ad, BytesView ciphertext) {
    if (!m_hasKey)
        return toBytes(ciphertext);
    if (ciphertext.size() < kNoiseTagSize)
        return fail(ErrorCode::Truncated, "ciphertext is shorter than its tag");
    Bytes out(ciphertext.size() - kNoiseTagSize);
    const auto nonce = noiseNonce(m_nonce);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                                                  ad.data(), ad.size(), nonce.data(), m_key.data()) != 0)
        return fail(ErrorCode::Unauthenticated, "wrong tag");
    ++m_nonce;
    return out;
}

SymmetricState::SymmetricState(NoiseHash hash, std::string_view protocolName) : m_hash(hash) {
    // Noise §5.2: a name of at most HASHLEN octets is padded with zeros; all of ours are shorter.
    std::copy(protocolName.begin(), protocolName.end(), m_digest.begin());
    m_chainingKey = Secret<kNoiseHashSize>(m_digest);
}

void SymmetricState::mixKey(BytesView input) {
    const auto out = noiseHkdf(m_hash, m_chainingKey.view(), input, 2);
    m_chainingKey = out[0];
    m_cipher.initializeKey(Secret<32>(out[1].view().first<32>()));
}

void SymmetricState::mixHash(BytesView data) {
    m_digest = noiseHash(m_hash, {m_digest, data});
}

Bytes SymmetricState::encryptAndHash(BytesView plaintext) {
    Bytes ciphertext = m_cipher.encryptWithAd(m_digest, plaintext);
    mixHash(ciphertext);
    return ciphertext;
}

Result<Bytes> SymmetricState::decryptAndHash(BytesView ciphertext) {
    TRY(plaintext, m_cipher.decryptWithAd(m_digest, ciphertext));
    mixHash(ciphertext);
    return plaintext;
}

std::pair<Secret<32>, Secret<32>> SymmetricState::split() const {
    const auto out = noiseHkdf(m_hash, m_chainingKey.view(), {}, 2);
    return {Secret<32>(out[0].view().first<32>()), Secret<32>(out[1].view().first<32>())};
}

} // namespace culvert
