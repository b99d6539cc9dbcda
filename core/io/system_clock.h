// SystemClock: the clocks of this computer, the only place that reads them.
#pragma once

#include "core/base/instant.h"

#include <optional>

namespace culvert {

/// Reads both clocks. The monotonic one counts while the computer sleeps, where the system has such a clock.
Now systemNow();

/// Tells that the computer was asleep: the clock that stands still in sleep fell behind one that does not.
/// Thread safety: one thread.
class SuspendWatch {
public:
    /// What falls behind by less is no sleep. 5 s suit a wall clock, which people and time servers set.
    explicit SuspendWatch(Duration threshold) : m_threshold(threshold) {}
    /// With the threshold that suits this system's clocks.
    SuspendWatch();

    /// How long the computer slept since the last call; nothing when it did not. The first call sets the start.
    /// `awake` is the clock that stands still in sleep, `total` the other one.
    std::optional<Duration> slept(Duration awake, Duration total);
    /// The same with this computer's clocks.
    std::optional<Duration> slept();

private:
    Duration m_threshold;
    std::optional<Duration> m_difference;
};

} // namespace culvert
