// Identity: the key pair that a person is (Ed25519, RFC 8032), and the X25519 (RFC 7748) pair derived from it.
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace culvert {

using PublicKey = std::array<std::uint8_t, 32>;   ///< Ed25519, what a contact is named by
using DhPublicKey = std::array<std::uint8_t, 32>; ///< X25519

/// An X25519 key pair.
struct DhKeyPair {
    Secret<32> secret;
    DhPublicKey publicKey{};

    static DhKeyPair generate(Random& random);
    static DhKeyPair fromSecret(const Secret<32>& secret);
};

/// RFC 7748 §6.1: the shared secret; nothing when the other key is of small order (the result would be all zeros).
std::optional<Secret<32>> diffieHellman(const Secret<32>& secret, const DhPublicKey& theirs);

/// The X25519 key that belongs to an Ed25519 key; nothing when the octets are no key of the prime-order group.
std::optional<DhPublicKey> dhKeyOf(const PublicKey& key);

/// Who we are. Thread safety: immutable after construction.
class Identity {
public:
    static Identity generate(Random& random);
    static Identity fromSeed(const Secret<32>& seed);

    const PublicKey& publicKey() const { return m_publicKey; }
    const DhKeyPair& dh() const { return m_dh; }
    const Secret<32>& seed() const { return m_seed; }

private:
    Secret<32> m_seed;
    PublicKey m_publicKey{};
    DhKeyPair m_dh;
};

/// 60 digits in twelve groups of five, the same whichever way round the keys are given.
std::string safetyNumber(const PublicKey& a, const PublicKey& b);

} // namespace culvert
