#include "core/engine/rendezvous_node.h"

#include "core/wire/contact_address.h"
#include "core/wire/mapped_address.h"

namespace culvert {

RendezvousNode::RendezvousNode(const Secret<32>& seed, Random& random, bool allowReserved)
    : m_identity(Identity::fromSeed(seed)), m_sealer(m_identity, random), m_tunnel(random, allowReserved),
      m_server(random) {
    m_inputs.allowReserved = allowReserved;
}

bool RendezvousNode::handleNetwork(const Now&, const LocalNetwork& network) {
    if (network == m_inputs.local)
        return false;
    m_inputs.local = network;
    m_tunnel.setAddresses(tunnelAddresses(m_inputs));
    return true;
}

std::string RendezvousNode::ownAddress() const {
    return wire::encodeContactAddress({m_identity.publicKey(), {}, ownEndpoints(m_inputs), {}});
}

void RendezvousNode::send(Instant now, const InnerAddress& remote, BytesView payload, const SocketAddress& local,
                          std::uint32_t socket) {
    if (remote.tcp) {
        m_links.send(wire::fromMapped(remote.address.v6()).value_or(remote.address), payload);
        return;
    }
    auto datagram = m_tunnel.send(now, remote, payload);
    if (!datagram)
        return;
    datagram->socket = socket;
    if (local.isV4() == datagram->remote.isV4())
        datagram->local = local;
    m_out.push_back(std::move(*datagram));
}

std::optional<Datagram> RendezvousNode::pollTransmit() {
    if (m_out.empty())
        return m_tunnel.pollTransmit();
    Datagram datagram = std::move(m_out.front());
    m_out.pop_front();
    return datagram;
}

void RendezvousNode::handleDatagram(const Now& now, const Datagram& datagram) {
    m_asked = datagram.local;
    m_askedSocket = datagram.socket;
    DropReason reason = DropReason::Malformed;
    const auto inner = m_tunnel.receive(now.monotonic, datagram, reason);
    if (!inner || inner->payload.empty())
        return m_drops.add(reason);
    handleInner(now, *inner);
}

std::optional<TcpLinkId> RendezvousNode::acceptTcp(const Now& now, const SocketAddress& remote) {
    const auto link = m_links.accept(now.monotonic, remote);
    drainLinkEvents();
    return link;
}

void RendezvousNode::handleTcp(const Now& now, const TcpInput& input) {
    m_links.handleInput(now.monotonic, input);
    while (const auto datagram = m_links.pollDatagram()) {
        m_asked = {};
        m_askedSocket = 0;
        InnerAddress remote = datagram->remote.isV4() ? wire::toMapped(datagram->remote) : datagram->remote;
        remote.tcp = true;
        handleInner(now, {remote, datagram->remote, datagram->payload});
    }
    drainLinkEvents();
}

// Registrations end by themselves.
void RendezvousNode::drainLinkEvents() {
    while (m_links.pollEvent()) {
    }
}

std::optional<Deadline> RendezvousNode::pollTimeout() const {
    const auto tunnel = m_tunnel.pollTimeout(), links = m_links.pollTimeout();
    return tunnel && (!links || tunnel->at < links->at) ? tunnel : links;
}

void RendezvousNode::handleInner(const Now& now, const InnerDatagram& inner) {
    const auto envelope = wire::decodeEnvelope(inner.payload);
    if (!envelope)
        return m_drops.add(DropReason::Malformed);
    if (const auto* request = std::get_if<wire::CookieRequest>(&*envelope)) {
        if (!m_sealer.isForUs(*request))
            return m_drops.add(DropReason::Unauthenticated);
        answer(now, inner.remote, wire::encode(m_server.cookie(now.monotonic, inner.remote, *request)));
    } else if (const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope)) {
        handlePair(now, inner, *pair);
    } else if (const auto* introduction = std::get_if<wire::IntroductionEnvelope>(&*envelope)) {
        handleIntroduction(now, inner, *introduction);
    } else {
        m_drops.add(DropReason::Malformed);
    }
}

void RendezvousNode::handleIntroduction(const Now& now, const InnerDatagram& inner,
                                        const wire::IntroductionEnvelope& envelope) {
    if (!m_sealer.isForUs(envelope))
        return m_drops.add(DropReason::Unauthenticated);
    if (!m_server.admits(now.monotonic, inner.remote, envelope.cookie))
        return m_drops.add(DropReason::RateLimited);
    const auto opened = m_sealer.openIntroduction(envelope);
    if (!opened)
        return m_drops.add(DropReason::Unauthenticated);
    const auto* request = std::get_if<wire::Register>(&opened->message);
    if (request == nullptr)
        return m_drops.add(DropReason::Malformed);
    auto registered = m_server.registered(now.monotonic, inner.remote, m_identity, opened->key, *request, m_asked);
    const RendezvousEntry* entry = m_server.findKey(now.monotonic, opened->key);
    if (!registered || entry == nullptr)
        return m_drops.add(DropReason::RateLimited);
    if (inner.remote.tcp)
        m_links.prove(now.monotonic, inner.outer, opened->key);
    registered->alternatePort = m_alternatePort;
    registered->other4 = otherAddress(true);
    registered->other6 = otherAddress(false);
    answer(now, inner.remote, m_sealer.sealPair(entry->keys, *registered));
}

// Another address of ours than the one that was asked, as far as we know which one that was.
std::optional<SocketAddress> RendezvousNode::otherAddress(bool isV4) const {
    const LocalNetwork& local = m_inputs.local;
    if (isV4) {
        for (const Ipv4Address& address : local.v4)
            if (address.isGlobal(true) && m_asked.isV4() && !m_asked.v4().isUnspecified() && m_asked.v4() != address)
                return SocketAddress(address, local.port);
        return local.v4.size() > 1 && m_asked.isV6() && local.v4.back().isGlobal(true)
                   ? std::optional(SocketAddress(local.v4.back(), local.port))
                   : std::nullopt;
    }
    for (const Ipv6Address& address : local.native6)
        if (m_asked.isV6() && !m_asked.v6().isUnspecified() && m_asked.v6() != address)
            return SocketAddress(address, local.port);
    return local.native6.size() > 1 && m_asked.isV4() ? std::optional(SocketAddress(local.native6.back(), local.port))
                                                      : std::nullopt;
}

void RendezvousNode::handlePair(const Now& now, const InnerDatagram& inner, const wire::PairEnvelope& envelope) {
    const RendezvousEntry* sender = m_server.find(now.monotonic, envelope.keyId);
    if (sender == nullptr)
        return m_drops.add(DropReason::UnknownPeer);
    const auto message = m_sealer.openPair(sender->keys, envelope);
    if (!message)
        return m_drops.add(DropReason::Unauthenticated);
    if (const auto* probe = std::get_if<wire::Probe>(&*message)) {
        if (!m_server.maySpendTest(now.monotonic, sender->key))
            return m_drops.add(DropReason::RateLimited);
        return answer(now, inner.remote,
                      m_sealer.sealPair(sender->keys, wire::ProbeReply{probe->transaction, 0, inner.outer}));
    }
    if (const auto* wanted = std::get_if<wire::RingRequest>(&*message)) {
        const wire::RingStatus status = m_server.maySpendTest(now.monotonic, sender->key)
                                            ? ring(now, *sender, inner, *wanted)
                                            : wire::RingStatus::RateLimited;
        return answer(now, inner.remote,
                      m_sealer.sealPair(sender->keys, wire::RingResult{wanted->transaction, status}));
    }
    const auto* request = std::get_if<wire::HandoffRequest>(&*message);
    if (request == nullptr)
        return m_drops.add(DropReason::Malformed);
    // A registration is bound to the address that its cookie proved.
    if (sender->remote != inner.remote)
        return m_drops.add(DropReason::UnknownPeer);
    const HandoffDecision decision = m_server.handoff(now.monotonic, sender->key, *request);
    if (decision.recipient != nullptr)
        send(now.monotonic, decision.recipient->remote,
             m_sealer.sealPair(decision.recipient->keys, wire::HandoffDelivery{request->sealed}),
             decision.recipient->local);
    answer(now, inner.remote,
           m_sealer.sealPair(sender->keys, wire::HandoffResult{request->transaction, decision.status}));
}

// A client may have its own address rung and no other; ports of services are left alone.
wire::RingStatus RendezvousNode::ring(const Now& now, const RendezvousEntry& client, const InnerDatagram& inner,
                                      const wire::RingRequest& request) {
    constexpr std::uint16_t kFirstPort = 1024;
    const SocketAddress& target = request.target;
    const bool isTheirs = target.isV4() == inner.outer.isV4() &&
                          (target.isV4() ? target.v4() == inner.outer.v4() : target.v6() == inner.outer.v6());
    if (!isTheirs || target.port() < kFirstPort)
        return wire::RingStatus::NotYours;
    const Bytes message = m_sealer.sealPair(client.keys, wire::Ring{request.transaction});
    const InnerAddress remote(target.isV4() ? wire::toMapped(target) : target);
    if (request.from == wire::RingFrom::SamePort) {
        send(now.monotonic, remote, message, m_asked, m_askedSocket);
    } else if (request.from == wire::RingFrom::AnotherPort) {
        if (m_alternatePort == 0)
            return wire::RingStatus::CannotFromThere;
        send(now.monotonic, remote, message, m_asked, m_askedSocket == 0 ? kAlternateSocket : 0);
    } else {
        const auto other = m_asked.isV4() == target.isV4() ? otherAddress(target.isV4()) : std::nullopt;
        if (!other)
            return wire::RingStatus::CannotFromThere;
        send(now.monotonic, remote, message, *other, 0);
    }
    return wire::RingStatus::Rung;
}

} // namespace culvert
