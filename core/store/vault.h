// Vault: how the data key of a profile is wrapped, as a small file beside the store.
//
//  | version (1) | source (1) | salt (16) | operations (8) | memory (8) | sealed data key |
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"
#include "core/messenger/storage.h"

namespace culvert {

/// The wrapped key. A wrong secret is told by the seal, so nothing is harmed by trying.
struct Vault {
    KeySource source = KeySource::Passphrase;
    Salt salt{};
    PassphraseCost cost;
    Bytes sealedKey;

    /// Wraps `dataKey` with a key made from `secret`.
    static Result<Vault> wrap(KeySource source, std::string_view secret, const PassphraseCost& cost,
                              const Secret<32>& dataKey, Random& random);
    /// WrongPassphrase when the secret is not the one it was wrapped with.
    Result<Secret<32>> unwrap(std::string_view secret) const;
};

Bytes encode(const Vault& vault);
Result<Vault> decodeVault(BytesView bytes);

} // namespace culvert
