// RendezvousHost: a RendezvousNode with sockets around it, until it is told to stop.
#pragma once

#include "core/engine/rendezvous_node.h"
#include "core/io/network_monitor.h"
#include "core/io/network_schedule.h"
#include "core/io/os_random.h"
#include "core/io/socket_pair.h"
#include "core/io/tcp_sockets.h"
#include "core/io/teredo_server_host.h"

#include <atomic>

namespace culvert {

/// What a rendezvous is started with.
struct RendezvousHostConfig {
    std::uint16_t port = 4380;
    std::vector<SocketAddress> bind; ///< empty: every address
    bool allowReserved = false;
    Secret<32> seed; ///< of its identity
    bool servesTcp = true;
    bool servesTeredo = false;
    bool reachesNative = false;               ///< the Teredo server, where this program may
    std::vector<SocketAddress> teredoBind;    ///< empty: the public IPv4 addresses
    TeredoServerHost::Say say = [](auto&) {}; ///< what becomes of the Teredo server, for people
};

/// Serves on the caller's thread.
class RendezvousHost {
public:
    /// Opens the sockets. Fails when another program has the port.
    static Result<std::unique_ptr<RendezvousHost>> create(const RendezvousHostConfig& config);

    std::string ownAddress() const { return m_node.ownAddress(); }
    /// Returns after `stop` has become true (it looks at least every half second).
    void serve(const std::atomic<bool>& stop);

private:
    RendezvousHost(const RendezvousHostConfig& config, SocketPair sockets);
    std::unique_ptr<NativeForwarder> openNative() const;
    void round();
    void drain();
    void pollNetwork(const Now& now);

    RendezvousHostConfig m_config;
    OsRandom m_random;
    RendezvousNode m_node;
    SocketPair m_sockets;
    std::optional<SocketPair> m_alternate;
    TcpSockets m_tcp;
    NetworkMonitor m_monitor;
    NetworkSchedule m_schedule;
    std::optional<TeredoServerHost> m_teredo;
};

} // namespace culvert
