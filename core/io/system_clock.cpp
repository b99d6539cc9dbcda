#include "core/io/system_clock.h"

#include <ctime>

namespace culvert {

namespace {

Duration monotonic() {
#if defined(CLOCK_BOOTTIME)
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec);
#elif defined(__APPLE__)
    // On macOS CLOCK_MONOTONIC goes on while the computer sleeps.
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec);
#else
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

} // namespace

Now systemNow() {
    using namespace std::chrono;
    const auto wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
    return {Instant(monotonic()), WallTime{wall.count()}};
}

} // namespace culvert
