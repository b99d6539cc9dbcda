// GatewayKeeper: a PortMapper with sockets around it, and UPnP beside it: all that speaks with routers.
//
// Nothing here waits for a router: PCP and NAT-PMP are datagrams in the engine's loop, UPnP lives in a process of its
// own behind a thread. Leaving takes back what was mapped, and at most UpnpAgent's second.
#pragma once

#include "core/base/instant.h"
#include "core/gateway/port_mapper.h"
#include "core/io/gateway_sockets.h"
#include "core/io/upnp_agent.h"

#include <mutex>

namespace culvert {

/// Thread safety: the engine's thread. Contract: after each input take pollReport().
class GatewayKeeper {
public:
    /// `wake` is called from another thread when receive() has something to do.
    GatewayKeeper(const PortMapperConfig& config, Random& random, std::function<void()> wake);

    void handleNetwork(Instant now, const LocalNetwork& network);
    /// Takes what routers and UPnP said, and does what is due.
    void drive(Instant now);
    /// Asks everything again.
    void refresh(Instant now);
    /// Gives everything back. REQUIRES: nothing is called after it
    void leave(Instant now);

    std::optional<GatewayReport> pollReport() { return m_mapper.pollChange(); }
    std::optional<Deadline> pollTimeout() const { return m_mapper.pollTimeout(); }
    std::vector<std::intptr_t> handles() const { return m_sockets.handles(); }

private:
    void drain();

    PortMapper m_mapper;
    GatewaySockets m_sockets;
    std::function<void()> m_wake;
    std::mutex m_mutex;
    std::optional<UpnpState> m_heard; // by the agent's thread, under m_mutex
    std::optional<UpnpWish> m_wished;
    std::optional<LocalNetwork> m_network;
    UpnpAgent m_upnp; // Last: its thread uses the others.
};

} // namespace culvert
