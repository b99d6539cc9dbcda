// Time as values. Core never reads a clock: every instant is an argument.
#pragma once

#include <chrono>
#include <cstdint>

namespace culvert {

using namespace std::chrono_literals;

/// A clock type without now(): its time points come from the adapter (SystemClock) or from a test's virtual time.
struct MonotonicClock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::duration<rep, period>;
    using time_point = std::chrono::time_point<MonotonicClock>;
    static constexpr bool is_steady = true;
};

/// Monotonic time for deadlines; it counts while the computer sleeps, because NAT bindings expire then too.
using Instant = MonotonicClock::time_point;
using Duration = MonotonicClock::duration;

/// Wall-clock time for people: milliseconds since 1970-01-01 UTC.
struct WallTime {
    std::int64_t milliseconds = 0;
    auto operator<=>(const WallTime&) const = default;
};

/// The two clocks read together, once for each input.
struct Now {
    Instant monotonic;
    WallTime wall;
};

inline double toMilliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// When a state machine wants handleTimeout(), and why (a busy loop then names its culprit).
struct Deadline {
    Instant at;
    const char* reason = "";
};

} // namespace culvert
