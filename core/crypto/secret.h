// Secret: octets that wipe themselves.
#pragma once

#include "core/base/bytes.h"

#include <sodium.h>

namespace culvert {

/// A fixed-size secret. Every copy wipes itself when it ends or is overwritten.
template<std::size_t Size> class Secret {
public:
    Secret() = default;
    explicit Secret(std::span<const std::uint8_t, Size> octets) {
        std::copy(octets.begin(), octets.end(), m_octets.begin());
    }
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret() { sodium_memzero(m_octets.data(), Size); }

    static constexpr std::size_t size() { return Size; }
    std::uint8_t* data() { return m_octets.data(); }
    const std::uint8_t* data() const { return m_octets.data(); }
    std::span<std::uint8_t, Size> span() { return m_octets; }
    std::span<const std::uint8_t, Size> view() const { return m_octets; }

private:
    std::array<std::uint8_t, Size> m_octets{};
};

} // namespace culvert
