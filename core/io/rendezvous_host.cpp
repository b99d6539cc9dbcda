#include "core/io/rendezvous_host.h"

#include "core/io/raw_socket.h"

#include "core/io/system_clock.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kDatagramsPerRound = 1024;
constexpr Duration kWait = 500ms;

} // namespace

Result<std::unique_ptr<RendezvousHost>> RendezvousHost::create(const RendezvousHostConfig& config) {
    TRY(sockets, SocketPair::open(config.port, config.bind, false));
    return std::unique_ptr<RendezvousHost>(new RendezvousHost(config, std::move(sockets)));
}

RendezvousHost::RendezvousHost(const RendezvousHostConfig& config, SocketPair sockets)
    : m_config(config), m_node(config.seed, m_random, config.allowReserved), m_sockets(std::move(sockets)),
      m_monitor(config.bind) {
    // The port beside ours, for rings from where nobody asked. Without it clients learn less of their networks.
    if (auto alternate = SocketPair::open(static_cast<std::uint16_t>(m_sockets.port() + 1), m_config.bind, true)) {
        m_alternate = std::move(*alternate);
        m_node.setAlternatePort(m_alternate->port());
    }
    m_node.setAllowTcp(m_config.servesTcp);
    if (m_config.servesTcp) {
        raiseHandleLimit();
        m_tcp.open(m_sockets);
        if (!m_tcp.isListening())
            m_config.say("Nobody is served over TCP: another program uses this port.");
    }
    if (m_config.servesTeredo)
        m_teredo.emplace(m_config.teredoBind, m_config.allowReserved, m_config.say, openNative());
    dropRawSocketRight();
    pollNetwork(systemNow());
}

// The right that it takes is needed at this moment alone.
std::unique_ptr<NativeForwarder> RendezvousHost::openNative() const {
    if (!m_config.reachesNative)
        return nullptr;
    auto native = NativeForwarder::open();
    if (native)
        return std::move(*native);
    m_config.say("Nothing is forwarded to native IPv6 hosts: " + native.error().detail + ".");
    return nullptr;
}

void RendezvousHost::serve(const std::atomic<bool>& stop) {
    while (!stop) {
        auto watched = m_sockets.handles();
        if (m_alternate)
            std::ranges::copy(m_alternate->handles(), std::back_inserter(watched));
        if (m_teredo)
            std::ranges::copy(m_teredo->handles(), std::back_inserter(watched));
        if (const auto handle = m_monitor.handle())
            watched.push_back(*handle);
        std::vector<std::intptr_t> writers;
        m_tcp.watch(systemNow().monotonic, watched, writers);
        waitForHandles(watched, m_tcp.hasNews() ? Duration::zero() : kWait, writers);
        round();
    }
}

void RendezvousHost::round() {
    const Now now = systemNow();
    pollNetwork(now);
    m_sockets.receive(kDatagramsPerRound, [&](const Datagram& datagram) { m_node.handleDatagram(now, datagram); });
    if (m_alternate)
        m_alternate->receive(kDatagramsPerRound, [&](Datagram datagram) {
            datagram.socket = RendezvousNode::kAlternateSocket;
            m_node.handleDatagram(now, datagram);
        });
    m_tcp.receive(now.monotonic, {[&](const SocketAddress& remote) {
                                      const auto link = m_node.acceptTcp(now, remote);
                                      drain();
                                      return link;
                                  },
                                  [&](const TcpInput& input) {
                                      m_node.handleTcp(now, input);
                                      drain();
                                  }});
    if (const auto deadline = m_node.pollTimeout(); deadline && deadline->at <= now.monotonic)
        m_node.handleTimeout(now);
    drain();
    if (m_teredo)
        m_teredo->round(now.monotonic, kDatagramsPerRound);
}

void RendezvousHost::drain() {
    while (const auto order = m_node.pollTcp())
        m_tcp.handle(*order);
    while (auto datagram = m_node.pollTransmit()) {
        const bool isAlternate = std::exchange(datagram->socket, 0U) == RendezvousNode::kAlternateSocket;
        if (!isAlternate)
            m_sockets.send(*datagram);
        else if (m_alternate)
            m_alternate->send(*datagram);
    }
}

void RendezvousHost::pollNetwork(const Now& now) {
    if (m_monitor.changed())
        m_schedule.handleChange(now.monotonic);
    if (!m_schedule.isDue(now.monotonic))
        return;
    m_schedule.handleRead(now.monotonic, m_monitor.handle().has_value());
    const LocalNetwork network = m_monitor.read(m_sockets.port());
    m_node.handleNetwork(now, network);
    if (m_teredo)
        m_teredo->handleNetwork(network);
}

} // namespace culvert
