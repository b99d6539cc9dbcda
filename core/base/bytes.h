// Bytes: owned and borrowed octets, and their text forms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace culvert {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

inline BytesView asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view asText(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes toBytes(BytesView view) {
    return Bytes(view.begin(), view.end());
}

/// Appends `tail` to `bytes`.
inline void append(Bytes& bytes, BytesView tail) {
    bytes.insert(bytes.end(), tail.begin(), tail.end());
}

/// Lower-case hexadecimal, two digits an octet.
std::string toHex(BytesView bytes);
/// The octets that `hex` spells, in either case; nothing when it is not hexadecimal.
std::optional<Bytes> fromHex(std::string_view hex);

/// RFC 4648 §6 base32 in lower case, without padding.
std::string toBase32(BytesView bytes);
/// The octets that `text` spells (either case, no padding); nothing when a character is foreign or the length
/// impossible.
std::optional<Bytes> fromBase32(std::string_view text);

} // namespace culvert
