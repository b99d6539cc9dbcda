// Sealing of control messages and stored values with libsodium.
//
//  PairKeys       two identities that know each other: one key per direction from X25519 of their static keys
//  Introduction   Noise X to a public key, behind a keyed hash that who does not know the key cannot make
//  CookieJar      proves a source address without keeping state for it
//  sealValue      stored values, XChaCha20-Poly1305 with a random nonce
#pragma once

#include "core/crypto/handshake_state.h"

namespace culvert {

using KeyIdOctets = std::array<std::uint8_t, 8>;
using MacOctets = std::array<std::uint8_t, 16>;
using PairNonceOctets = std::array<std::uint8_t, 24>;

/// The keys between two identities, from our point of view.
/// Known limit: they come from static keys, so they have no forward secrecy; nothing but path probes and set-up
/// messages is sealed with them.
class PairKeys {
public:
    /// Nothing when their key is no X25519 key.
    static std::optional<PairKeys> derive(const Identity& own, const PublicKey& theirs);

    /// What stands before a message from us to them, and from them to us.
    const KeyIdOctets& sendingId() const { return m_sendingId; }
    const KeyIdOctets& receivingId() const { return m_receivingId; }
    Bytes seal(const PairNonceOctets& nonce, BytesView plaintext) const;
    Result<Bytes> open(const PairNonceOctets& nonce, BytesView ciphertext) const;
    /// A key for one purpose of one direction: what one side's sendingKeyFor() gives is the other's receivingKeyFor().
    Secret<32> sendingKeyFor(std::string_view purpose) const;
    Secret<32> receivingKeyFor(std::string_view purpose) const;

private:
    Secret<32> m_sending, m_receiving;
    KeyIdOctets m_sendingId{}, m_receivingId{};
};

/// A keyed hash under the receiver's public key: who does not know whom they are talking to cannot make it, so that a
/// stranger's flood costs one hash a packet.
MacOctets introductionMac(const PublicKey& receiver, BytesView authenticated);
bool introductionMacMatches(const PublicKey& receiver, BytesView authenticated, const MacOctets& mac);

/// Noise X from us to `receiver`. `label` separates uses. Fails when the key is no X25519 key.
Result<Bytes> sealTo(const PublicKey& receiver, const Identity& own, std::string_view label, BytesView plaintext,
                     Random& random);
/// What sealTo() made, opened.
struct OpenedSeal {
    DhPublicKey sender{};
    Bytes plaintext;
};
Result<OpenedSeal> openSealed(const Identity& own, std::string_view label, BytesView sealed, Random& random);

/// Cookies for source addresses: a keyed hash with a secret that changes every two minutes; the one before is
/// accepted too. REQUIRES: instants that do not go back
class CookieJar {
public:
    explicit CookieJar(Random& random) : m_random(random) {}
    MacOctets cookieFor(std::int64_t nowSeconds, BytesView address);
    bool matches(std::int64_t nowSeconds, BytesView address, const MacOctets& cookie);

private:
    void rotate(std::int64_t nowSeconds);

    Random& m_random;
    Secret<32> m_current, m_previous;
    std::int64_t m_period = -1;
};

/// nonce (24) | ciphertext | tag; `context` must be the same when it is opened.
Bytes sealValue(const Secret<32>& key, std::string_view context, BytesView plaintext, Random& random);
Result<Bytes> openValue(const Secret<32>& key, std::string_view context, BytesView sealed);

/// The cost of turning a passphrase into a key (Argon2id): as much work as libsodium's "moderate", in half the memory
/// and twice the passes, so that a small computer can unlock; both are twice what RFC 9106 §4 recommends where memory
/// is short. What was made at another cost says so, and is opened at that.
struct PassphraseCost {
    std::uint64_t operations = 6;
    std::uint64_t memoryOctets = std::uint64_t{128} << 20;
};
using Salt = std::array<std::uint8_t, 16>;
/// Fails when the memory cannot be had.
Result<Secret<32>> keyFromPassphrase(std::string_view passphrase, const Salt& salt, const PassphraseCost& cost);

/// A key for one purpose from a key for many.
Secret<32> deriveKey(const Secret<32>& key, std::string_view purpose);
/// A keyed hash of `value`, for looking up without telling.
std::array<std::uint8_t, 32> keyedHash(const Secret<32>& key, BytesView value);

} // namespace culvert
