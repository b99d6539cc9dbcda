// Vault: how the data key of a profile is wrapped, as a small file beside the store.
//
//  | version (1) | source (1) | salt (16) | operations (8) | memory (8) | sealed data key |
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"
#include "core/messenger/messenger.h"

#include <filesystem>

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

/// Whole file; NotFound when it is not there.
Result<Bytes> readFile(const std::filesystem::path& path);
/// Writes beside it, then renames, readable for its owner alone: a crash leaves the old file or the new one.
Result<void> writeFileAtomically(const std::filesystem::path& path, BytesView bytes);

} // namespace culvert
