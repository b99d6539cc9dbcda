#include "core/io/gateway_keeper.h"

namespace culvert {

GatewayKeeper::GatewayKeeper(const PortMapperConfig& config, Random& random, std::function<void()> wake)
    : m_mapper(config, random), m_wake(std::move(wake)), m_upnp([this](const UpnpState& state) {
          {
              const std::lock_guard lock(m_mutex);
              m_heard = state;
          }
          m_wake();
      }) {}

void GatewayKeeper::handleNetwork(Instant now, const LocalNetwork& network) {
    m_sockets.keepOnly(network);
    m_mapper.handleNetwork(now, network);
    drain();
    // A router goes on forwarding to the address that we had.
    if (m_network && (m_network->v4 != network.v4 || m_network->routers != network.routers))
        m_upnp.moved();
    m_network = network;
}

void GatewayKeeper::drive(Instant now) {
    m_sockets.receive(
        now,
        [&](const SocketAddress& local, const SocketAddress& remote, BytesView payload) {
            m_mapper.handleDatagram(now, local, remote, payload);
        },
        [&](const SocketAddress& remote, BytesView payload) { m_mapper.handleAnnouncement(now, remote, payload); });
    std::optional<UpnpState> heard;
    {
        const std::lock_guard lock(m_mutex);
        heard.swap(m_heard);
    }
    if (heard)
        m_mapper.handleUpnp(now, *heard);
    if (const auto deadline = m_mapper.pollTimeout(); deadline && deadline->at <= now)
        m_mapper.handleTimeout(now);
    drain();
}

void GatewayKeeper::refresh(Instant now) {
    m_mapper.refresh(now);
    m_upnp.refresh();
    drain();
}

void GatewayKeeper::leave(Instant now) {
    m_mapper.shutdown(now);
    while (const auto datagram = m_mapper.pollTransmit())
        m_sockets.send(*datagram);
    m_upnp.takeBack();
}

void GatewayKeeper::drain() {
    while (const auto datagram = m_mapper.pollTransmit())
        m_sockets.send(*datagram);
    if (m_wished != m_mapper.upnpWish()) {
        m_wished = m_mapper.upnpWish();
        m_upnp.setWish(*m_wished);
    }
}

} // namespace culvert
