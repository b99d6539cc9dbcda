// StrongId: identifiers that the compiler keeps apart, because a bare array fits everywhere.
#pragma once

#include "core/base/bytes.h"

#include <algorithm>

namespace culvert {

/// A fixed-size identifier; `Tag` makes each use a type of its own. Its text form is lower-case base32.
template<typename Tag, std::size_t Size> struct StrongId {
    static constexpr std::size_t kSize = Size;
    std::array<std::uint8_t, Size> octets{};

    auto operator<=>(const StrongId&) const = default;

    BytesView view() const { return octets; }
    std::string text() const { return toBase32(octets); }

    static std::optional<StrongId> fromView(BytesView view) {
        if (view.size() != Size)
            return std::nullopt;
        StrongId id;
        std::copy(view.begin(), view.end(), id.octets.begin());
        return id;
    }
    static std::optional<StrongId> fromText(std::string_view text) {
        const auto bytes = fromBase32(text);
        return bytes ? fromView(*bytes) : std::nullopt;
    }
};

} // namespace culvert
