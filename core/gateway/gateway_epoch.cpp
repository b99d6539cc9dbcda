#include "core/gateway/gateway_epoch.h"

namespace culvert {

namespace {

// Both clocks may be cut to whole seconds, in both standards.
constexpr std::int64_t kRounding = 2;

std::int64_t secondsBetween(const EpochReading& previous, const EpochReading& current) {
    return std::chrono::duration_cast<std::chrono::seconds>(current.at - previous.at).count();
}

} // namespace

bool isPcpEpochPlausible(const EpochReading& previous, const EpochReading& current) {
    const auto before = static_cast<std::int64_t>(previous.seconds);
    const auto after = static_cast<std::int64_t>(current.seconds);
    if (after < before - 1)
        return false;
    const std::int64_t client = secondsBetween(previous, current);
    const std::int64_t server = after - before;
    // A sixteenth is what the clocks of cheap devices are wrong by.
    return client + kRounding >= server - server / 16 && server + kRounding >= client - client / 16;
}

bool isNatPmpEpochPlausible(const EpochReading& previous, const EpochReading& current) {
    const std::int64_t expected = previous.seconds + secondsBetween(previous, current) * 7 / 8;
    return static_cast<std::int64_t>(current.seconds) >= expected - kRounding;
}

} // namespace culvert
