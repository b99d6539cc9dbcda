// ProbeTimeline: what the probes of one path told, second by second, for whoever looks at it.
#pragma once

#include "core/base/instant.h"

#include <deque>

namespace culvert {

/// The last kSecondsMax seconds in which something was asked, by the time that it was asked at.
class ProbeTimeline {
public:
    static constexpr std::size_t kSecondsMax = 120;

    /// One of them.
    struct Second {
        Instant at; ///< its beginning
        Duration roundTrip{};
        unsigned answered = 0;
        unsigned lost = 0;
    };

    /// `wasLost`: it had been counted as lost before.
    void answered(Instant sentAt, Duration roundTrip, bool wasLost) {
        Second* second = find(sentAt);
        if (second == nullptr)
            return;
        second->roundTrip = roundTrip;
        ++second->answered;
        if (wasLost && second->lost > 0)
            --second->lost;
    }
    void lost(Instant sentAt) {
        if (Second* second = find(sentAt))
            ++second->lost;
    }
    const std::deque<Second>& seconds() const { return m_seconds; }

private:
    // Nothing for what was asked before all that is remembered.
    Second* find(Instant sentAt) {
        const Instant begin = std::chrono::floor<std::chrono::seconds>(sentAt);
        auto place = m_seconds.end();
        while (place != m_seconds.begin() && std::prev(place)->at >= begin)
            --place;
        if (place != m_seconds.end() && place->at == begin)
            return &*place;
        if (place == m_seconds.begin() && m_seconds.size() >= kSecondsMax)
            return nullptr;
        const auto index = place - m_seconds.begin();
        m_seconds.insert(place, Second{begin});
        if (m_seconds.size() <= kSecondsMax)
            return &m_seconds[static_cast<std::size_t>(index)];
        m_seconds.pop_front();
        return &m_seconds[static_cast<std::size_t>(index - 1)];
    }

    std::deque<Second> m_seconds;
};

} // namespace culvert
