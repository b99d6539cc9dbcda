// Packet protection by libsodium (RFC 9001 §5 in shape; the key schedule is our own, from Noise instead of TLS).
//
// The AEAD is ChaCha20-Poly1305, the key derivation keyed BLAKE2b, header protection ChaCha20 (RFC 9001 §5.4.4).
#pragma once

#include "core/crypto/sealing.h"

#include "core/quic/ngtcp2_compat.h"

#include <algorithm>

namespace culvert::quic {

using TrafficSecret = Secret<32>;
inline constexpr std::size_t kIvSize = 12;

/// The two directions of one encryption level.
struct LevelSecrets {
    TrafficSecret client;
    TrafficSecret server;
};

/// Who does not know the responder's key cannot even form an Initial packet: its keys come from that and the client's
/// first destination connection id.
LevelSecrets initialSecrets(BytesView destinationId, const DhPublicKey& responder);
/// Keys of a later level from one half of Noise's split().
TrafficSecret levelSecret(const Secret<32>& splitHalf, std::string_view level);

/// What ngtcp2 takes for one direction. The handles own keys; release() or a successful install passes them on.
struct DirectionKeys {
    ngtcp2_crypto_aead_ctx aead{};
    ngtcp2_crypto_cipher_ctx headerProtection{};
    std::array<std::uint8_t, kIvSize> iv{};

    static DirectionKeys from(const TrafficSecret& secret);
    void release();
};

/// Sets the crypto callbacks (encrypt, decrypt, hp_mask, update_key, delete_*).
void setProtectionCallbacks(ngtcp2_callbacks& callbacks);
/// AEAD, header protection and the usage limits of RFC 9001 §6.6.
ngtcp2_crypto_ctx cryptoContext();

} // namespace culvert::quic
