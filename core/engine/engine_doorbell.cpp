// Engine, fifth part: contacts who cannot send to us ring, and so do we (core/doorbell).
#include "core/engine/engine.h"

#include "core/wire/quoted_udp.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

#include <algorithm>

namespace culvert {

void Engine::handleError(const Now& now, const QuotedError& error) {
    std::optional<DropReason> reason;
    const auto caller = m_doorbell.handleQuote(now.wall, error, reason);
    if (reason)
        drop(*reason);
    if (!caller)
        return;
    PeerSession* session = find(ContactId{caller->contact});
    if (session == nullptr)
        return;
    ++m_doorbellCounts.heard;
    m_dirty.insert(session->id());
    session->setSpentRings(m_doorbell.spent(caller->contact));
    session->handleCaller(now, caller->address);
    finish(now);
}

// What a Teredo server forwards to us, its client (RFC 4380 §5.3.1), is our own business: no system opens it.
// False when it is no such error.
bool Engine::handleTunnelledError(const Now& now, const Datagram& datagram) {
    if (datagram.socket != 0 || datagram.remote.isV6())
        return false;
    // Whoever rings may know an address of ours of before, with other random bits (RFC 5991 §3.1).
    const auto teredo = wire::decodeTeredoPacket(datagram.payload);
    if (!teredo || !teredo->packet.destination.isTeredo())
        return false;
    const auto quoted = wire::decodeUnreachable(teredo->packet);
    if (!quoted)
        return false;
    handleError(now, {teredo->packet.source, quoted->destination, quoted->payload});
    return true;
}

// From which of our addresses a firewall must be kept open for errors. A pinhole is no help: it lets in UDP alone.
std::vector<SocketAddress> Engine::doorbellPlaces(const NetworkStatus& status) const {
    const auto isOpen = [](const InboundStatus& inbound) { return inbound.isOpen == true && inbound.fromNewAddress; };
    const bool isHole = std::ranges::any_of(status.gateway.pinholes,
                                            [](const PinholeStatus& pinhole) { return isGranted(pinhole.state); });
    std::vector<SocketAddress> out;
    // Whoever is open over IPv4 needs no doorbell, and where everything comes in over IPv6 so do errors.
    if (!status.doorbell.hearsErrors || isOpen(status.inbound4) || (isOpen(status.inbound6) && !isHole))
        return out;
    for (const wire::EndpointRecord& endpoint : m_endpoints)
        if (status.doorbell.hasContacts && endpoint.hasDoorbell)
            out.push_back(endpoint.address);
    return out;
}

// Our Teredo address as a server must see it (RFC 4380 §5.3.1: the IPv4 address and port in it must be the sender's).
std::optional<Ipv6Address> Engine::callerAddress() const {
    const EndpointInputs& inputs = m_context.inputs;
    const TeredoStatus teredo = m_teredo.status();
    if (teredo.kind && teredo.kind != TeredoKind::Symmetric && teredo.address)
        return teredo.address;
    // A mapping that the router has not confirmed may be one of yesterday's.
    const auto& mapping = inputs.mapping;
    if (mapping.external && !isGranted(mapping.state))
        return std::nullopt;
    const auto v4 = publicV4(inputs);
    if (!v4 || v4->port() != inputs.local.port || !v4->v4().isGlobal(inputs.allowReserved))
        return std::nullopt;
    return wire::encode(wire::TeredoAddress{v4->v4(), true, inputs.teredoRandom, v4->v4(), v4->port()});
}

std::vector<RingWay> Engine::ringWays(const PeerSession& session) const {
    std::vector<RingWay> out;
    if (!m_caller)
        return out;
    const auto& endpoints = session.record().endpoints;
    for (const wire::EndpointRecord& endpoint : endpoints) {
        const auto teredo = endpoint.address.isV6() ? wire::decodeTeredoAddress(endpoint.address.v6()) : std::nullopt;
        // A self-served address names no server.
        if (teredo && teredo->server != teredo->client && teredo->server.isGlobal(m_context.inputs.allowReserved))
            out.push_back({teredo->server, *m_caller, endpoint.address});
    }
    std::vector<Ipv4Address> servers = m_ringServers;
    if (const auto& current = m_teredoKnown.serverAddress)
        std::ranges::stable_partition(servers, [&](const Ipv4Address& server) { return server == *current; });
    for (const Ipv4Address& server : servers)
        for (const wire::EndpointRecord& endpoint : endpoints)
            if (endpoint.hasDoorbell && endpoint.address.v6().isNativeGlobal() && out.size() < Ringer::kWaysMax)
                out.push_back({server, *m_caller, endpoint.address});
    return out;
}

// Servers serve a source so many packets in a second (TeredoServer::kPerSourceMax, say): who has many contacts rings
// some of them a little later.
void Engine::ringContacts(const Now& now, const std::set<ContactId>& contacts) {
    for (const ContactId& contact : contacts) {
        PeerSession* session = find(contact);
        if (session == nullptr || !session->wantsRing(now.monotonic))
            continue;
        m_dirty.insert(contact);
        if (!m_rings.spend(now.monotonic, kRingsPerSecondMax)) {
            session->postponeRing(m_rings.next());
            continue;
        }
        for (Datagram& datagram : session->ring(now, ringWays(*session))) {
            ++m_doorbellCounts.sent;
            m_context.transmit(std::move(datagram));
        }
    }
}

// Only where something of the network is another than before.
void Engine::updateDoorbell(const Now& now) {
    const bool isChanged = std::exchange(m_callersChanged, false) || m_networkChanged;
    if (!isChanged)
        return;
    m_networkChanged = true;
    m_doorbell.keepFrom(now.monotonic, doorbellPlaces(networkStatus(now.monotonic)));
    m_caller = callerAddress();
    for (auto& [id, session] : m_sessions) {
        if (!session->mayRing())
            continue;
        session->ringWaysChanged(now.monotonic, ringWays(*session));
        m_dirty.insert(id);
    }
}

void Engine::driveDoorbell() {
    // These do not count as contacted: nobody is there.
    while (auto datagram = m_doorbell.pollTransmit())
        m_context.out.datagrams.push_back(std::move(*datagram));
}

} // namespace culvert
