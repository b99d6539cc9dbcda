// World, second part: TCP. A connection is set up through the NATs and firewalls as a packet would be; after that it is
// a reliable pipe that keeps the order.
#include "tests/sim/world.h"

namespace culvert::sim {

namespace {

constexpr Duration kResend = 200ms; // of what a cut link did not carry

} // namespace

void World::tcpOrder(SimHost& from, const TcpOrder& order) {
    if (order.what == TcpOrder::What::Connect)
        return tcpConnect(from, order);
    for (std::size_t i = 0; i < m_pipes.size(); ++i) {
        Pipe& pipe = m_pipes[i];
        for (std::size_t side = 0; side < 2; ++side) {
            if (pipe.ends[side] != &from || pipe.links[side] != order.link || pipe.isClosed)
                continue;
            if (order.what == TcpOrder::What::Send)
                return tcpSend(i, 1 - side, TcpFlight::What::Data, order.octets);
            tcpSend(i, 1 - side, TcpFlight::What::Closed);
            pipe.ends[side] = nullptr;
            return;
        }
    }
}

void World::tcpConnect(SimHost& from, const TcpOrder& order) {
    const bool isV4 = order.remote.isV4();
    Pipe pipe;
    pipe.ends[0] = &from;
    pipe.links[0] = order.link;
    m_pipes.push_back(pipe);
    if (!(isV4 ? from.config.hasV4 : from.config.hasV6))
        return tcpSend(m_pipes.size() - 1, 0, TcpFlight::What::Closed);
    SocketAddress source = isV4 ? from.v4 : from.v6;
    source = isV4 ? SocketAddress(source.v4(), m_tcpPort++) : SocketAddress(source.v6(), m_tcpPort++);
    const bool isLan = isV4 && order.remote.v4().isPrivate();
    if (isV4 && from.config.nat && !isLan)
        source = tcpRouter(from.router).outbound(m_now, source, order.remote);
    if (const auto uplink = m_uplinks.find(from.router); uplink != m_uplinks.end() && isV4 && from.config.nat && !isLan)
        source = tcpRouter(uplink->second).outbound(m_now, source, order.remote);
    note(from.config.name + ": TCP " + source.text() + " -> " + order.remote.text());
    TcpFlight syn{TcpFlight::What::Syn, m_pipes.size() - 1, 1, source, order.remote, {}};
    if (!from.isCut)
        m_tcpFlying.emplace(m_now + travel(from), std::move(syn));
}

void World::tcpSend(std::size_t pipe, std::size_t side, TcpFlight::What what, Bytes octets) {
    const SimHost* from = m_pipes[pipe].ends[1 - side];
    m_tcpOctets += octets.size();
    const Duration delay = (from != nullptr ? travel(*from) : Duration(10ms));
    Instant& last = m_pipes[pipe].last[side];
    last = std::max(last, m_now + delay);
    m_tcpFlying.emplace(last, TcpFlight{what, pipe, side, {}, {}, std::move(octets)});
}

// The same box as for UDP: a new address is one for both.
SimNat& World::tcpRouter(std::size_t index) {
    if (m_tcpRouters[index]->address() != m_routers[index]->address())
        m_tcpRouters[index]->renumber(m_routers[index]->address());
    return *m_tcpRouters[index];
}

SimHost* World::tcpListener(const TcpFlight& syn) {
    SocketAddress local = syn.destination;
    bool wasTranslated = false;
    // The outer routers were added last.
    for (std::size_t i = m_routers.size(); local.isV4() && i-- > 0;)
        if (tcpRouter(i).address() == local.v4()) {
            const auto inside = tcpRouter(i).inbound(m_now, local.port(), syn.source);
            if (!inside)
                return nullptr;
            local = *inside;
            wasTranslated = true;
        }
    if (wasTranslated)
        return hostAt(local);
    SimHost* host = hostAt(local);
    const SimHost* opener = m_pipes[syn.pipe].ends[0];
    if (host != nullptr && local.isV4() && local.v4().isPrivate() &&
        (opener == nullptr || !opener->config.nat || !host->config.nat || opener->router != host->router))
        return nullptr;
    return host != nullptr && local.isV6() && host->config.v6Firewalled ? nullptr : host;
}

void World::tcpArrive(TcpFlight flight) {
    Pipe& pipe = m_pipes[flight.pipe];
    if (flight.what == TcpFlight::What::Syn) {
        SimHost* host = tcpListener(flight);
        if (host == nullptr || host->isCut || host->m_isAsleep || pipe.isClosed)
            return; // Dropped on the way: the opener hears nothing.
        const auto link = host->machine() != nullptr && host->machine()->wantsTcp()
                              ? host->machine()->acceptTcp(host->now(), flight.source)
                              : std::nullopt;
        if (!link)
            return tcpSend(flight.pipe, 0, TcpFlight::What::Closed);
        pipe.ends[1] = host;
        pipe.links[1] = *link;
        pipe.isOpen = true;
        tcpSend(flight.pipe, 0, TcpFlight::What::Accepted);
        return host->drain();
    }
    SimHost* host = pipe.ends[flight.side];
    const SimHost* other = pipe.ends[1 - flight.side];
    const auto isAway = [](const SimHost* end) { return end != nullptr && (end->isCut || end->m_isAsleep); };
    if (isAway(host) || isAway(other)) {
        Instant& last = pipe.last[flight.side];
        last = std::max(last, m_now + kResend);
        m_tcpFlying.emplace(m_now + kResend, std::move(flight));
        return;
    }
    if (host == nullptr) {
        m_tcpHeard += flight.octets.size();
        pipe.isClosed = pipe.isClosed || flight.what == TcpFlight::What::Closed;
        return;
    }
    if (flight.what == TcpFlight::What::Closed) {
        pipe.isClosed = true;
        pipe.ends[flight.side] = nullptr;
    }
    if (host->machine() == nullptr)
        return;
    const auto what = flight.what == TcpFlight::What::Accepted ? TcpInput::What::Connected
                      : flight.what == TcpFlight::What::Data   ? TcpInput::What::Received
                                                               : TcpInput::What::Closed;
    const TcpLinkId link = pipe.links[flight.side];
    host->machine()->handleTcp(host->now(), {what, link, flight.octets});
    host->drain();
}

void World::tcpEnd(SimHost& host) {
    for (std::size_t i = 0; i < m_pipes.size(); ++i)
        for (std::size_t side = 0; side < 2; ++side)
            if (m_pipes[i].ends[side] == &host) {
                if (!m_pipes[i].isClosed)
                    tcpSend(i, 1 - side, TcpFlight::What::Closed);
                m_pipes[i].ends[side] = nullptr;
            }
}

std::size_t World::tcpOpen() const {
    std::size_t count = 0;
    for (const Pipe& pipe : m_pipes)
        count += pipe.isOpen && !pipe.isClosed ? 1 : 0;
    return count;
}

void World::connectStranger(SimHost& to, const SocketAddress& from, const Bytes& octets) {
    m_pipes.push_back({});
    const std::size_t pipe = m_pipes.size() - 1;
    m_tcpFlying.emplace(m_now, TcpFlight{TcpFlight::What::Syn, pipe, 1, from, to.v4, {}});
    m_pipes[pipe].last[1] = m_now + 1ms;
    m_tcpFlying.emplace(m_now + 1ms, TcpFlight{TcpFlight::What::Data, pipe, 1, {}, {}, octets});
}

} // namespace culvert::sim
