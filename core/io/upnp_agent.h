// UpnpAgent: UPnP for the driver. It owns a thread, in which a UpnpKeeper puts its commands to the helper process.
// Whatever a router does, no caller waits for it, and leaving takes a second at most.
#pragma once

#include "core/io/os_random.h"
#include "core/io/upnp_keeper.h"
#include "core/io/upnp_process.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace culvert {

/// Thread safety: any thread, but destroy it in one that no listener's call waits for.
class UpnpAgent {
public:
    /// Called on the agent's thread, with states that differ from the one before. It must not block.
    using Listener = std::function<void(const UpnpState& state)>;

    /// Asks nothing before the first wish. Without a program every round ends in "broken".
    explicit UpnpAgent(Listener listener, UpnpHelperProgram program = ownProgram());
    /// Ends the helper at once and leaves what it made in the routers, unless takeBack() came before.
    ~UpnpAgent();

    /// This program, run once more as its own helper. REQUIRES: a QCoreApplication, and main() to ask isUpnpHelper().
    static UpnpHelperProgram ownProgram();

    /// Replaces the wish. Nothing happens where it is the same.
    void setWish(UpnpWish wish);
    /// Does everything anew: the network may be another one, or somebody lost patience.
    void refresh();
    /// Our own IPv4 address or router is another one: the same, and everything is told again.
    void moved();
    /// Gives mappings and pinholes back and ends the helper; returns after 1 s at the latest. Nothing is told after it.
    void takeBack();

private:
    using Clock = UpnpProcess::Clock;

    void run();
    Result<upnp::Answer> ask(const upnp::Command& command, Duration limit);
    Clock::time_point latest(bool isWorthWaiting) const;

    Listener m_listener;
    UpnpProcess m_process; // the agent's thread alone, as are its uses in m_keeper
    OsRandom m_random;     // so is this
    UpnpKeeper m_keeper;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<UpnpWish> m_wish;
    bool m_isDue = false;     // a round, now
    bool m_isAfresh = false;  // the next one
    bool m_hasMoved = false;  // since the last one
    bool m_isStopped = false; // at once
    std::optional<Clock::time_point> m_takeBackUntil;
    bool m_isTakingBack = false;
    bool m_isDone = false;
    std::thread m_thread; // Last: it uses the others.
};

} // namespace culvert
