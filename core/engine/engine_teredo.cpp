// Engine, fourth part: what Teredo servers say of our network, and the address that comes of it.
#include "core/engine/engine.h"

#include <algorithm>

namespace culvert {

void Engine::setTeredoServers(const Now& now, const std::vector<TeredoServerName>& servers) {
    m_teredo.setServers(now.monotonic, servers);
    m_ringServers.clear();
    for (const TeredoServerName& server : servers)
        for (const Ipv4Address& address : server.addresses)
            if (m_ringServers.size() < kRingServersMax && address.isGlobal(m_context.inputs.allowReserved))
                m_ringServers.push_back(address);
    m_context.untouched = m_teredo.coneAnswerers();
    m_networkChanged = true;
    finish(now);
}

void Engine::driveTeredo(const Now& now) {
    while (const auto event = m_teredo.pollEvent()) {
        m_networkChanged = true;
        m_context.untouched = m_teredo.coneAnswerers();
        if (*event != TeredoEvent::Result)
            continue;
        const TeredoStatus status = m_teredo.status();
        if (!status.kind)
            m_teredoSince.reset();
        else if (status.kind != m_teredoKnown.kind || status.mapped != m_teredoKnown.mapped ||
                 status.serverAddress != m_teredoKnown.serverAddress || !m_teredoSince)
            m_teredoSince = now.wall;
        m_teredoKnown = status;
        m_context.inputs.teredo = status;
        updateEndpoints(now);
    }
    driveRefreshSearch(now.monotonic);
    // These do not count as contacted: the client itself remembers where it sent, and for how long that matters.
    while (auto datagram = m_teredo.pollTransmit())
        m_context.out.datagrams.push_back(std::move(*datagram));
    while (auto datagram = m_discovery.pollTransmit())
        m_context.out.datagrams.push_back(std::move(*datagram));
}

// What a Teredo server says of our address can be compared with the words of third parties that the user chose, too.
void Engine::tellTeredo(Instant now) {
    std::vector<SocketAddress> seen;
    for (const auto& [by, observed] : m_observed)
        if (isOwnParty(by))
            seen.push_back(observed);
    m_teredo.setSeenByOthers(now, std::move(seen));
}

// RFC 4380 §5.2.8 is for Teredo clients: who has native IPv6 has no Teredo address of its own.
void Engine::updateDiscovery(const Now& now) {
    const auto& teredo = m_context.tunnel.addresses().teredo;
    m_discovery.setOwn(now.monotonic, m_discoversLocally ? teredo : std::nullopt, m_context.inputs.local);
}

void Engine::handleDiscovery(const Now& now, const Datagram& datagram) {
    const auto found = m_discovery.handleDatagram(now.monotonic, datagram);
    if (!found)
        return;
    m_context.tunnel.setLocal(now.monotonic, found->address, found->local);
    finish(now);
}

// RFC 4380 §5.2.9: the computer's system has answered it, too, by a road that it does not choose.
void Engine::handleNativeEcho(const Now& now, const wire::Ipv6Packet& request) {
    DropReason reason = DropReason::Malformed;
    if (!m_context.tunnel.answerEcho(now.monotonic, request, reason))
        return drop(reason);
    finish(now);
}

// RFC 4380 §5.2.7: where a NAT keeps the mapping alive, and no router was told to.
void Engine::driveRefreshSearch(Instant now) {
    const TeredoStatus teredo = m_teredo.status();
    const EndpointInputs& inputs = m_context.inputs;
    std::optional<RefreshSearchTarget> target;
    if (teredo.state == TeredoState::Qualified && teredo.address && teredo.mapped && teredo.serverAddress &&
        teredo.mapped != inputs.mapping.external &&
        std::ranges::find(inputs.local.v4, teredo.mapped->v4()) == inputs.local.v4.end())
        target = RefreshSearchTarget{*teredo.serverAddress, *teredo.address, teredo.mapped->v4()};
    m_refreshSearch.setTarget(now, target);
    m_teredo.setRefreshMax(now, m_refreshSearch.interval());
    while (auto datagram = m_refreshSearch.pollTransmit())
        m_context.out.datagrams.push_back(std::move(*datagram));
}

// Where everybody else was silent, a Teredo server's answers tell something of the NAT.
void Engine::addTeredo(NatBehaviour& nat) const {
    const TeredoStatus teredo = m_teredo.status();
    if (!teredo.kind || !teredo.mapped)
        return;
    const EndpointInputs& inputs = m_context.inputs;
    if (!nat.isTranslated)
        nat.isTranslated = std::ranges::find(inputs.local.v4, teredo.mapped->v4()) == inputs.local.v4.end();
    if (!nat.preservesPort)
        nat.preservesPort = teredo.mapped->port() == inputs.local.port;
    if (!nat.varies && teredo.kind != TeredoKind::Cone) // Two addresses of the server were asked.
        nat.varies = teredo.kind == TeredoKind::Symmetric;
    // A router's mapping lets everybody in, whatever the NAT does elsewhere.
    if (!nat.filtering && teredo.kind == TeredoKind::Cone && !inputs.mapping.external)
        nat.filtering = NatFiltering::EndpointIndependent;
}

} // namespace culvert
