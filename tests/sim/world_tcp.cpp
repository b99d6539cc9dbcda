// World, second part: TCP. A connection is set up through the NATs and firewalls as a packet would be; after that it is
// a reliable pipe that keeps the order. It leaves from the port that its host listens at, so that two who connect to
// each other end in one connection (RFC 9293 §3.5), whichever SYN is let in first.
#include "tests/sim/world.h"

namespace culvert::sim {

namespace {

constexpr Duration kResend = 200ms;   // of what a cut link did not carry
constexpr unsigned kSynsMax = 3;      // RFC 6298 §2: after 0, 1 and 3 s; after 7 s it is over
constexpr Duration kSynMemory = 120s; // of a firewall, for a flow that nobody answered

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
    pipe.local[0] = isV4 ? from.v4 : from.v6;
    pipe.remote[0] = order.remote;
    const bool isPossible = isV4 ? from.config.hasV4 : from.config.hasV6;
    // The system gives the same two ends to one connection at a time: the next one gets another port.
    if (isPossible && hasTcp(from, pipe.local[0], pipe.remote[0]))
        pipe.local[0] = isV4 ? SocketAddress(from.v4.v4(), m_tcpPort++) : SocketAddress(from.v6.v6(), m_tcpPort++);
    m_pipes.push_back(pipe);
    if (!isPossible)
        return tcpSend(m_pipes.size() - 1, 0, TcpFlight::What::Closed);
    tcpSyn(m_pipes.size() - 1);
}

bool World::hasTcp(const SimHost& host, const SocketAddress& local, const SocketAddress& remote) const {
    return std::ranges::any_of(m_pipes, [&](const Pipe& pipe) {
        const auto isAt = [&](std::size_t side) {
            return pipe.ends[side] == &host && pipe.local[side] == local && pipe.remote[side] == remote;
        };
        return !pipe.isClosed && (isAt(0) || isAt(1));
    });
}

// One that was not answered is sent again.
void World::tcpSyn(std::size_t index) {
    Pipe& pipe = m_pipes[index];
    if (pipe.ends[0] == nullptr || pipe.isOpen || pipe.isClosed || pipe.syns >= kSynsMax)
        return;
    SimHost& from = *pipe.ends[0];
    SocketAddress source = pipe.local[0];
    const SocketAddress remote = pipe.remote[0];
    const bool isLan = remote.isV4() && remote.v4().isPrivate();
    if (remote.isV4() && from.config.nat && !isLan) {
        source = tcpRouter(from.router).outbound(m_now, source, remote);
        if (const auto uplink = m_uplinks.find(from.router); uplink != m_uplinks.end())
            source = tcpRouter(uplink->second).outbound(m_now, source, remote);
    }
    if (remote.isV6())
        from.m_tcpFlows[{source, remote}] = m_now;
    note(from.config.name + ": TCP " + source.text() + " -> " + remote.text());
    m_tcpFlying.emplace(m_now + Duration(1s) * (1U << pipe.syns++),
                        TcpFlight{TcpFlight::What::SynTimer, index, 1, {}, {}, {}});
    if (!from.isCut && !from.m_isAsleep)
        m_tcpFlying.emplace(m_now + travel(from), TcpFlight{TcpFlight::What::Syn, index, 1, source, remote, {}});
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

// Who gets the SYN, and at which address of its own; nobody where a filter drops it.
SimHost* World::tcpListener(const TcpFlight& syn, SocketAddress& local) {
    local = syn.destination;
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
    if (host == nullptr || local.isV4() || !host->config.v6Firewalled)
        return host;
    const auto flow = host->m_tcpFlows.find({local, syn.source});
    return flow != host->m_tcpFlows.end() && m_now < flow->second + kSynMemory ? host : nullptr;
}

World::Pipe* World::tcpCrossing(const SimHost& host, const SocketAddress& local, const SocketAddress& remote) {
    const auto found = std::ranges::find_if(m_pipes, [&](const Pipe& pipe) {
        return !pipe.isOpen && !pipe.isClosed && pipe.ends[0] == &host && pipe.local[0] == local &&
               pipe.remote[0] == remote;
    });
    return found == m_pipes.end() ? nullptr : &*found;
}

void World::tcpSynArrives(const TcpFlight& syn) {
    Pipe& pipe = m_pipes[syn.pipe];
    SocketAddress local;
    SimHost* host = pipe.isOpen || pipe.isClosed ? nullptr : tcpListener(syn, local);
    if (host == nullptr || host->isCut || host->m_isAsleep)
        return; // Dropped on the way: the opener hears nothing.
    Pipe* crossing = tcpCrossing(*host, local, syn.source);
    const auto link = crossing != nullptr ? std::optional(crossing->links[0])
                      : host->machine() != nullptr && host->machine()->wantsTcp()
                          ? host->machine()->acceptTcp(host->now(), syn.source)
                          : std::nullopt;
    if (!link)
        return tcpSend(syn.pipe, 0, TcpFlight::What::Closed);
    pipe.ends[1] = host;
    pipe.links[1] = *link;
    pipe.local[1] = local;
    pipe.remote[1] = syn.source;
    pipe.isOpen = true;
    tcpSend(syn.pipe, 0, TcpFlight::What::Accepted);
    if (crossing != nullptr) { // RFC 9293 §3.5, figure 7: each has been sent a SYN.
        crossing->ends[0] = nullptr;
        crossing->isClosed = true;
        ++m_tcpCrossings;
        tcpSend(syn.pipe, 1, TcpFlight::What::Accepted);
    }
    host->drain();
}

void World::tcpArrive(TcpFlight flight) {
    if (flight.what == TcpFlight::What::Syn)
        return tcpSynArrives(flight);
    if (flight.what == TcpFlight::What::SynTimer)
        return tcpSyn(flight.pipe);
    Pipe& pipe = m_pipes[flight.pipe];
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
