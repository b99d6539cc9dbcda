// NetworkHistory: what happened to the network, and since when each finding of the report holds.
#pragma once

#include "core/messenger/network_status.h"

namespace culvert {

/// What happened from one status to the next. Pure.
std::vector<NetworkEvent> changesBetween(const NetworkStatus& before, const NetworkStatus& after, WallTime at);

/// Thread safety: one thread. It remembers at most kEventsMax events, and no more findings than a report has.
class NetworkHistory {
public:
    static constexpr std::size_t kEventsMax = 100;

    void note(const NetworkStatus& before, const NetworkStatus& after, WallTime at);
    /// Puts what is remembered into `status`.
    void addTo(NetworkStatus& status) const;

private:
    std::vector<NetworkEvent> m_events;
    std::vector<FindingSince> m_since;
    std::optional<WallTime> m_checkedAt;
};

} // namespace culvert
