#include "core/crypto/identity.h"

#include <algorithm>

namespace culvert {

DhKeyPair DhKeyPair::generate(Random& random) {
    Secret<32> secret;
    random.fillSecret(secret.span());
    return fromSecret(secret);
}

DhKeyPair DhKeyPair::fromSecret(const Secret<32>& secret) {
    DhKeyPair pair;
    pair.secret = secret;
    crypto_scalarmult_base(pair.publicKey.data(), secret.data());
    return pair;
}

std::optional<Secret<32>> diffieHellman(const Secret<32>& secret, const DhPublicKey& theirs) {
    Secret<32> shared;
    if (crypto_scalarmult(shared.data(), secret.data(), theirs.data()) != 0)
        return std::nullopt;
    return shared;
}

std::optional<DhPublicKey> dhKeyOf(const PublicKey& key) {
    DhPublicKey out;
    if (crypto_sign_ed25519_pk_to_curve25519(out.data(), key.data()) != 0)
        return std::nullopt;
    return out;
}

Identity Identity::generate(Random& random) {
    Secret<32> seed;
    random.fillSecret(seed.span());
    return fromSeed(seed);
}

Identity Identity::fromSeed(const Secret<32>& seed) {
    Identity identity;
    identity.m_seed = seed;
    Secret<64> signing;
    crypto_sign_seed_keypair(identity.m_publicKey.data(), signing.data(), seed.data());
    Secret<32> dh;
    crypto_sign_ed25519_sk_to_curve25519(dh.data(), signing.data());
    identity.m_dh = DhKeyPair::fromSecret(dh);
    return identity;
}

std::string safetyNumber(const PublicKey& a, const PublicKey& b) {
    constexpr std::string_view label = "culvert safety number 1";
    const auto& [low, high] = std::minmax(a, b);
    std::array<std::uint8_t, 64> digest{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, digest.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(label.data()), label.size());
    crypto_generichash_update(&state, low.data(), low.size());
    crypto_generichash_update(&state, high.data(), high.size());
    crypto_generichash_final(&state, digest.data(), digest.size());
    std::string text;
    for (std::size_t group = 0; group < 12; ++group) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 5; ++i)
            value = value << 8 | digest[group * 5 + i];
        const std::string digits = std::to_string(value % 100000);
        text += (group == 0 ? "" : " ") + std::string(5 - digits.size(), '0') + digits;
    }
    return text;
}

} // namespace culvert
