// Sealing of many values with one key that is used for nothing else: the nonce is the value's number.
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret.h"

#include <cstdint>

namespace culvert {

inline constexpr std::size_t kNumberedSealOverhead = 16;

/// XChaCha20-Poly1305; ciphertext | tag. `context` must be the same when it is opened.
/// REQUIRES: a number is used once with this key
Bytes sealNumbered(const Secret<32>& key, std::uint64_t number, BytesView context, BytesView plaintext);
Result<Bytes> openNumbered(const Secret<32>& key, std::uint64_t number, BytesView context, BytesView sealed);

} // namespace culvert
