// Random: the one source of randomness; it is passed in, so that a seed replays a whole run.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace culvert {

/// Source of random octets.
/// Thread safety: an object belongs to one thread.
class Random {
public:
    virtual ~Random() = default;

    /// Fills `out` with octets that others may see (nonces, transaction ids, jitter).
    virtual void fillPublic(MutableBytes out) = 0;
    /// Fills `out` with octets that must stay secret (keys).
    virtual void fillSecret(MutableBytes out) = 0;

    /// A number below `bound`, which must be positive. The slight bias of the remainder is harmless for jitter.
    std::uint64_t below(std::uint64_t bound) {
        std::array<std::uint8_t, 8> octets{};
        fillPublic(octets);
        std::uint64_t value = 0;
        for (const std::uint8_t octet : octets)
            value = value << 8 | octet;
        return value % bound;
    }
};

} // namespace culvert
