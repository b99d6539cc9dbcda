// PartyHealth: how well a third party answered of late, and which one is asked first.
#pragma once

#include "core/base/instant.h"

#include <bit>
#include <cstdint>

namespace culvert {

/// The last questions to one third party.
class PartyHealth {
public:
    static constexpr unsigned kMax = 32;

    void add(bool wasAnswered) {
        m_missed = m_missed << 1 | (wasAnswered ? 0U : 1U);
        m_count = m_count < kMax ? m_count + 1 : kMax;
    }
    /// Whether the last question got no answer.
    bool isSilent() const { return (m_missed & 1U) != 0; }
    unsigned asked() const { return m_count; }
    unsigned missed() const { return static_cast<unsigned>(std::popcount(m_missed)); }

private:
    std::uint32_t m_missed = 0; // one bit a question, the newest lowest
    unsigned m_count = 0;
};

/// The round trip to a third party in steps that somebody would notice.
inline int slownessOf(Duration roundTrip) {
    constexpr Duration step = 50ms;
    return static_cast<int>(roundTrip / step);
}

/// What a third party is ranked by; the smaller one is asked first.
struct PartyRank {
    unsigned timesAsked = 0; ///< for this contact, since it was lost: one that did not help must not stand in the way
    bool isSilent = false;
    unsigned missed = 0; ///< of its last questions
    int slowness = 0;    ///< as slownessOf() says; those that are the same are asked in their owner's order
    auto operator<=>(const PartyRank&) const = default;
};

} // namespace culvert
