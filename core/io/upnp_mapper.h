// UpnpMapper: asks the router to forward our port (UPnP IGD by miniupnpc), on a thread of its own, because the library
// blocks for seconds.
//
// The external port asked for equals ours: relays check it against the source port, and many routers do not rewrite
// that. The mapping is read back after it was made. It is renewed at half its lease, asked for again at once when the
// network changed, and left to run out at exit, so that a restarted Culvert is reachable at once; one that would never
// run out, and one that was made for a single look, is taken back.
#pragma once

#include "core/engine/own_endpoints.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace culvert {

/// Thread safety: any thread. Results come on the mapper's thread.
class UpnpMapper {
public:
    using Listener = std::function<void(const PortMappingStatus&)>;

    /// `keep`: leave the mapping to its lease at exit.
    UpnpMapper(std::uint16_t port, bool keep, Listener listener);
    /// Waits for a request that is under way (its time-outs are short).
    ~UpnpMapper();

    /// Asks again now.
    void refresh();

private:
    void run();
    PortMappingStatus ask();
    void takeBack() const;

    std::uint16_t m_port;
    bool m_keep;
    bool m_isMapped = false;    // the mapper's thread alone
    bool m_isPermanent = false; // the router knows no leases
    Listener m_listener;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stop = false;
    bool m_refresh = false;
    std::thread m_thread;
};

} // namespace culvert
