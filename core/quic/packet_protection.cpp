#include "core/quic/packet_protection.h"

namespace culvert::quic {

namespace {

using AeadKey = Secret<32>;

// RFC 9001 §6.6 for ChaCha20-Poly1305: no practical limit on encryption, 2^36 failed decryptions.
constexpr std::uint64_t kMaxEncryption = std::uint64_t{1} << 62;
constexpr std::uint64_t kMaxDecryptionFailure = std::uint64_t{1} << 36;

// ngtcp2 only passes this handle back; it must not be null.
int g_algorithm = 0;

void* newKey(const AeadKey& key) {
    return new AeadKey(key);
}

const AeadKey& keyOf(const void* handle) {
    return *static_cast<const AeadKey*>(handle);
}

int encryptPacket(std::uint8_t* dest, const ngtcp2_crypto_aead*, const ngtcp2_crypto_aead_ctx* ctx,
                  const std::uint8_t* plaintext, std::size_t plaintextSize, const std::uint8_t* nonce, std::size_t,
                  const std::uint8_t* aad, std::size_t aadSize) {
    crypto_aead_chacha20poly1305_ietf_encrypt(dest, nullptr, plaintext, plaintextSize, aad, aadSize, nullptr, nonce,
                                              keyOf(ctx->native_handle).data());
    return 0;
}

int decryptPacket(std::uint8_t* dest, const ngtcp2_crypto_aead*, const ngtcp2_crypto_aead_ctx* ctx,
                  const std::uint8_t* ciphertext, std::size_t ciphertextSize, const std::uint8_t* nonce, std::size_t,
                  const std::uint8_t* aad, std::size_t aadSize) {
    const int result = crypto_aead_chacha20poly1305_ietf_decrypt(dest, nullptr, nullptr, ciphertext, ciphertextSize,
                                                                 aad, aadSize, nonce, keyOf(ctx->native_handle).data());
    return result == 0 ? 0 : NGTCP2_ERR_DECRYPT;
}

// RFC 9001 §5.4.4: the first four octets of the sample are the block counter, the rest the nonce.
int headerProtectionMask(std::uint8_t* dest, const ngtcp2_crypto_cipher*, const ngtcp2_crypto_cipher_ctx* ctx,
                         const std::uint8_t* sample) {
    const std::uint32_t counter = static_cast<std::uint32_t>(sample[0]) | static_cast<std::uint32_t>(sample[1]) << 8 |
                                  static_cast<std::uint32_t>(sample[2]) << 16 |
                                  static_cast<std::uint32_t>(sample[3]) << 24;
    constexpr std::array<std::uint8_t, 5> zeros{};
    crypto_stream_chacha20_ietf_xor_ic(dest, zeros.data(), zeros.size(), sample + 4, counter,
                                       keyOf(ctx->native_handle).data());
    return 0;
}

// RFC 9001 §6: new secrets, keys and ivs; the header-protection key never changes.
int updateKey(ngtcp2_conn*, std::uint8_t* rxSecret, std::uint8_t* txSecret, ngtcp2_crypto_aead_ctx* rxAead,
              std::uint8_t* rxIv, ngtcp2_crypto_aead_ctx* txAead, std::uint8_t* txIv,
              const std::uint8_t* currentRxSecret, const std::uint8_t* currentTxSecret, std::size_t, void*) {
    const auto next = [](const std::uint8_t* current, std::uint8_t* secret, ngtcp2_crypto_aead_ctx* aead,
                         std::uint8_t* iv) {
        const TrafficSecret updated =
            deriveKey(TrafficSecret(std::span<const std::uint8_t, 32>(current, 32)), "quic ku");
        std::copy_n(updated.data(), updated.size(), secret);
        aead->native_handle = newKey(deriveKey(updated, "quic key"));
        const auto ivKey = deriveKey(updated, "quic iv");
        std::copy_n(ivKey.data(), kIvSize, iv);
    };
    next(currentRxSecret, rxSecret, rxAead, rxIv);
    next(currentTxSecret, txSecret, txAead, txIv);
    return 0;
}

void deleteAead(ngtcp2_conn*, ngtcp2_crypto_aead_ctx* ctx, void*) {
    delete static_cast<AeadKey*>(ctx->native_handle);
    ctx->native_handle = nullptr;
}

void deleteCipher(ngtcp2_conn*, ngtcp2_crypto_cipher_ctx* ctx, void*) {
    delete static_cast<AeadKey*>(ctx->native_handle);
    ctx->native_handle = nullptr;
}

} // namespace

LevelSecrets initialSecrets(BytesView destinationId, const DhPublicKey& responder) {
    const Secret<32> salt = deriveKey(Secret<32>(responder), "culvert quic initial 1");
    const Secret<32> initial(keyedHash(salt, destinationId));
    return {deriveKey(initial, "client"), deriveKey(initial, "server")};
}

TrafficSecret levelSecret(const Secret<32>& splitHalf, std::string_view level) {
    return deriveKey(splitHalf, level);
}

DirectionKeys DirectionKeys::from(const TrafficSecret& secret) {
    DirectionKeys keys;
    keys.aead.native_handle = newKey(deriveKey(secret, "quic key"));
    keys.headerProtection.native_handle = newKey(deriveKey(secret, "quic hp"));
    const auto ivKey = deriveKey(secret, "quic iv");
    std::copy_n(ivKey.data(), kIvSize, keys.iv.begin());
    return keys;
}

void DirectionKeys::release() {
    deleteAead(nullptr, &aead, nullptr);
    deleteCipher(nullptr, &headerProtection, nullptr);
}

void setProtectionCallbacks(ngtcp2_callbacks& callbacks) {
    callbacks.encrypt = encryptPacket;
    callbacks.decrypt = decryptPacket;
    callbacks.hp_mask = headerProtectionMask;
    callbacks.update_key = updateKey;
    callbacks.delete_crypto_aead_ctx = deleteAead;
    callbacks.delete_crypto_cipher_ctx = deleteCipher;
}

ngtcp2_crypto_ctx cryptoContext() {
    ngtcp2_crypto_ctx ctx{};
    ctx.aead.native_handle = &g_algorithm;
    ctx.aead.max_overhead = crypto_aead_chacha20poly1305_ietf_ABYTES;
    ctx.hp.native_handle = &g_algorithm;
    ctx.max_encryption = kMaxEncryption;
    ctx.max_decryption_failure = kMaxDecryptionFailure;
    return ctx;
}

} // namespace culvert::quic
