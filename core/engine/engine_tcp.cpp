// Engine, sixth part: TCP connections, for whom datagrams do not get through.
#include "core/engine/engine.h"

#include "core/wire/mapped_address.h"

namespace culvert {

namespace {

// Paths and registrations are asked every 25 s by datagrams. After three of those in vain, while TCP answers, nothing
// of UDP passes any more.
constexpr Duration kUdpSilence = 80s;

bool isPublic(const SocketAddress& address) {
    return address.isV4() ? address.v4().isGlobal(true) : address.v6().isNativeGlobal();
}

InnerAddress innerOf(const SocketAddress& remote) {
    InnerAddress out = remote.isV4() ? wire::toMapped(remote) : remote;
    out.tcp = true;
    return out;
}

} // namespace

std::optional<TcpLinkId> Engine::acceptTcp(const Now& now, const SocketAddress& remote) {
    const auto link = m_context.links.accept(now.monotonic, remote);
    if (!link)
        drop(DropReason::RateLimited);
    finish(now);
    return link;
}

void Engine::handleTcp(const Now& now, const TcpInput& input) {
    m_context.links.handleInput(now.monotonic, input);
    driveTcp(now); // A connection that is there now belongs to a path before its first frame does.
    while (const auto datagram = m_context.links.pollDatagram())
        handleInner(now, {0, 0}, {innerOf(datagram->remote), datagram->remote, datagram->payload});
    finish(now);
}

void Engine::setTcpListens(bool listens) {
    m_networkChanged = m_networkChanged || m_tcpListens != listens;
    m_tcpListens = listens;
}

// What links have to say, and what is concluded from it.
void Engine::driveTcp(const Now& now) {
    while (const auto event = m_context.links.pollEvent())
        linkChanged(now, *event);
    const bool isShut = isUdpShut(now.monotonic);
    if (std::exchange(m_wasUdpShut, isShut) == isShut)
        return;
    m_networkChanged = true;
    for (const auto& [id, session] : m_sessions)
        if (isShut && session->wantsTcp(now.monotonic, true))
            m_dirty.insert(id); // They need not wait any longer.
}

void Engine::linkChanged(const Now& now, const TcpLinkEvent& event) {
    if (!event.owner)
        return;
    const InnerAddress remote = innerOf(event.remote);
    if (const auto party = m_parties.find(*event.owner); party != m_parties.end()) {
        RendezvousClient& client = party->second->client;
        if (event.isUp)
            client.setLink(now.monotonic, remote);
        else if (client.link() == remote)
            client.setLink(now.monotonic, std::nullopt);
        m_networkChanged = true;
    }
    const ContactId contact{*event.owner};
    if (PeerSession* session = find(contact)) {
        session->linkChanged(now, remote, event.isUp);
        m_dirty.insert(contact);
    }
}

void Engine::updateLinks(Instant now, const PeerSession& session) {
    TcpLinks& links = m_context.links;
    const PublicKey& key = session.id().octets;
    links.want(now, key, session.wantsTcp(now, isUdpShut(now)) ? session.tcpPlaces() : std::vector<SocketAddress>());
    for (const SocketAddress& remote : links.linksOf(key))
        links.setNeeded(now, remote, session.needsLinks(now));
}

void Engine::wantLinks(Instant now, ThirdParty& party) {
    TcpLinks& links = m_context.links;
    const RendezvousClient& client = party.client;
    const bool wants = client.wantsLink(now) || (isUdpShut(now) && !client.isRegistered(now) && !client.link());
    std::vector<SocketAddress> places;
    if (wants)
        for (const SocketAddress& remote : remotesOf(party.record, party.isOwn))
            places.push_back(wire::fromMapped(remote.v6()).value_or(remote));
    links.want(now, party.record.key, places);
    for (const SocketAddress& remote : links.linksOf(party.record.key))
        links.setNeeded(now, remote, client.link() == innerOf(remote) && client.needsLink(now));
}

// Somebody beyond our own network answered us.
void Engine::noteHeard(Instant now, const InnerDatagram& from) {
    if (!isPublic(from.outer))
        return;
    auto& heard = from.remote.tcp ? m_tcpHeard : m_udpHeard;
    m_networkChanged = m_networkChanged || !heard;
    heard = now;
}

TcpStatus Engine::tcpStatus(Instant now) const {
    TcpStatus out{m_context.links.isAllowed(), m_tcpListens, m_udpHeard.has_value(), m_tcpHeard.has_value(), {}};
    if (isUdpShut(now)) {
        out.isUdpBlocked = true;
        out.answeredByUdp = false;
    } else if (m_udpHeard) {
        out.isUdpBlocked = false;
    }
    return out;
}

bool Engine::isUdpShut(Instant now) const {
    return m_tcpHeard && (!m_udpHeard || *m_udpHeard + kUdpSilence < std::min(now, *m_tcpHeard));
}

} // namespace culvert
