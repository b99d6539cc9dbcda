// NetworkSchedule: when to read the network again. Pure: the caller brings the time.
#pragma once

#include "core/base/instant.h"

#include <algorithm>

namespace culvert {

/// A change is read soon after its first word, so that a burst of them is read once. Where the system tells of
/// changes, the network is still read from time to time, because a notice can get lost; elsewhere often.
class NetworkSchedule {
public:
    static constexpr Duration kBurst = 200ms;
    static constexpr Duration kPollWithoutNotices = 2s;
    static constexpr Duration kPollWithNotices = 30s;

    void handleRead(Instant now, bool hasNotices) {
        m_next = now + (hasNotices ? kPollWithNotices : kPollWithoutNotices);
    }
    /// The system told of a change.
    void handleChange(Instant now) { m_next = std::min(m_next, now + kBurst); }
    /// Something else says that nothing can be as it was.
    void readAtOnce() { m_next = Instant{}; }
    bool isDue(Instant now) const { return now >= m_next; }
    Instant next() const { return m_next; }

private:
    Instant m_next{};
};

} // namespace culvert
