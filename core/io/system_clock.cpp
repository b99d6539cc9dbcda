#include "core/io/system_clock.h"

#include <ctime>

#ifdef _WIN32
#include <windows.h>
#endif

namespace culvert {

namespace {

#ifndef _WIN32
Duration read(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec);
}
#endif

Duration monotonic() {
#if defined(CLOCK_BOOTTIME)
    return read(CLOCK_BOOTTIME);
#elif defined(__APPLE__)
    // On macOS CLOCK_MONOTONIC goes on while the computer sleeps.
    return read(CLOCK_MONOTONIC);
#else
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

// A clock that stands still while the computer sleeps.
Duration awakeTime() {
#if defined(CLOCK_BOOTTIME)
    return read(CLOCK_MONOTONIC);
#elif defined(__APPLE__)
    return read(CLOCK_UPTIME_RAW);
#elif defined(_WIN32)
    ULONGLONG hundredNanoseconds = 0; // The steady clock of Windows goes on in sleep on most computers.
    QueryUnbiasedInterruptTime(&hundredNanoseconds);
    return Duration(static_cast<std::int64_t>(hundredNanoseconds) * 100);
#else
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

// A clock that goes on while the computer sleeps.
Duration totalTime() {
#if defined(CLOCK_BOOTTIME) || defined(__APPLE__)
    return monotonic();
#else
    return std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch());
#endif
}

#if defined(CLOCK_BOOTTIME) || defined(__APPLE__)
constexpr Duration kSleepMin = 1s; // Two monotonic clocks: they differ by sleep alone.
#else
constexpr Duration kSleepMin = 5s;
#endif

} // namespace

Now systemNow() {
    using namespace std::chrono;
    const auto wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
    return {Instant(monotonic()), WallTime{wall.count()}};
}

SuspendWatch::SuspendWatch() : SuspendWatch(kSleepMin) {}

std::optional<Duration> SuspendWatch::slept(Duration awake, Duration total) {
    const Duration difference = total - awake;
    const Duration grown = m_difference ? difference - *m_difference : Duration::zero();
    // Always from the last call on: what clocks drift apart in a day is no sleep.
    m_difference = difference;
    if (grown < m_threshold)
        return std::nullopt;
    return grown;
}

std::optional<Duration> SuspendWatch::slept() {
    return slept(awakeTime(), totalTime());
}

} // namespace culvert
