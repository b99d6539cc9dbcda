// CipherState and SymmetricState of the Noise Protocol Framework (revision 34, §5.1 and §5.2) with ChaChaPoly.
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace culvert {

/// The hash functions of Noise that libsodium has; both have 64-octet digests and 128-octet blocks.
enum class NoiseHash { Sha512, Blake2b };

inline constexpr std::size_t kNoiseTagSize = 16;
inline constexpr std::size_t kNoiseHashSize = 64;

/// Noise §5.1. A failed decryption leaves the state as it was.
class CipherState {
public:
    void initializeKey(const Secret<32>& key) {
        m_key = key;
        m_hasKey = true;
        m_nonce = 0;
    }
    bool hasKey() const { return m_hasKey; }
    const Secret<32>& key() const { return m_key; }
    /// Without a key, the plaintext.
    Bytes encryptWithAd(BytesView ad, BytesView plaintext);
    Result<Bytes> decryptWithAd(BytesView ad, BytesView ciphertext);

private:
    Secret<32> m_key;
    bool m_hasKey = false;
    std::uint64_t m_nonce = 0;
};

/// Noise §4.3: HKDF with one to three outputs of the hash's length.
/// REQUIRES: outputs is 2 or 3
std::array<Secret<kNoiseHashSize>, 3> noiseHkdf(NoiseHash hash, BytesView chainingKey, BytesView input, int outputs);
/// One digest of everything in `parts`, in order.
std::array<std::uint8_t, kNoiseHashSize> noiseHash(NoiseHash hash, std::initializer_list<BytesView> parts);

/// Noise §5.2.
class SymmetricState {
public:
    SymmetricState(NoiseHash hash, std::string_view protocolName);

    void mixKey(BytesView input);
    void mixHash(BytesView data);
    Bytes encryptAndHash(BytesView plaintext);
    Result<Bytes> decryptAndHash(BytesView ciphertext);
    /// The transport keys, initiator's first. It depends on the chaining key alone, so it may be called before the
    /// payload of the last message is written.
    std::pair<Secret<32>, Secret<32>> split() const;
    const std::array<std::uint8_t, kNoiseHashSize>& handshakeHash() const { return m_digest; }

private:
    NoiseHash m_hash;
    CipherState m_cipher;
    Secret<kNoiseHashSize> m_chainingKey;
    std::array<std::uint8_t, kNoiseHashSize> m_digest{};
};

} // namespace culvert
