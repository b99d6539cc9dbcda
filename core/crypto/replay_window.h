// ReplayWindow: accepts each counter once, within a window behind the highest (RFC 6479).
#pragma once

#include <array>
#include <cstdint>

namespace culvert {

/// Sliding window over counters. A counter below the window is refused as if it had been seen.
class ReplayWindow {
public:
    static constexpr std::uint64_t kWindow = 128;

    /// True the first time; REQUIRES: the message was authenticated before.
    bool accept(std::uint64_t counter) {
        if (counter + kWindow <= m_highest)
            return false;
        if (counter > m_highest) {
            const std::uint64_t steps = counter - m_highest;
            for (std::uint64_t i = 1; i <= (steps < kWindow ? steps : kWindow); ++i)
                m_seen[(m_highest + i) % kWindow] = false;
            m_highest = counter;
        }
        bool& seen = m_seen[counter % kWindow];
        const bool fresh = !seen;
        seen = true;
        return fresh;
    }

private:
    std::uint64_t m_highest = 0;
    std::array<bool, kWindow> m_seen{};
};

} // namespace culvert
