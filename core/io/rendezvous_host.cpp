#include "core/io/rendezvous_host.h"

#include "core/io/network_monitor.h"
#include "core/io/system_clock.h"

namespace culvert {

namespace {

constexpr std::size_t kDatagramsPerRound = 1024;
constexpr Duration kNetworkPollEvery = 5s;
constexpr Duration kWait = 500ms;

} // namespace

Result<std::unique_ptr<RendezvousHost>> RendezvousHost::create(const RendezvousHostConfig& config) {
    TRY(sockets, SocketPair::open(config.port, config.bind, false));
    return std::unique_ptr<RendezvousHost>(new RendezvousHost(config, std::move(sockets)));
}

RendezvousHost::RendezvousHost(const RendezvousHostConfig& config, SocketPair sockets)
    : m_config(config), m_node(config.seed, m_random, config.allowReserved), m_sockets(std::move(sockets)) {
    m_node.handleNetwork(systemNow(), readLocalNetwork(m_sockets.port(), m_config.bind));
}

void RendezvousHost::serve(const std::atomic<bool>& stop) {
    while (!stop) {
        waitForSockets(m_sockets.both(), kWait);
        round();
    }
}

void RendezvousHost::round() {
    const Now now = systemNow();
    if (now.monotonic >= m_nextNetworkPoll) {
        m_nextNetworkPoll = now.monotonic + kNetworkPollEvery;
        m_node.handleNetwork(now, readLocalNetwork(m_sockets.port(), m_config.bind));
    }
    for (UdpSocket* socket : m_sockets.both())
        socket->receive(kDatagramsPerRound, [&](const Datagram& datagram) { m_node.handleDatagram(now, datagram); });
    while (auto datagram = m_node.pollTransmit())
        m_sockets.send(*datagram);
}

} // namespace culvert
