#include "core/engine/rendezvous_node.h"

#include "core/wire/contact_address.h"

namespace culvert {

RendezvousNode::RendezvousNode(const Secret<32>& seed, Random& random, bool allowReserved)
    : m_identity(Identity::fromSeed(seed)), m_sealer(m_identity, random), m_tunnel(allowReserved), m_server(random) {
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

void RendezvousNode::send(const InnerAddress& remote, BytesView payload) {
    if (auto datagram = m_tunnel.send(remote, payload))
        m_out.push_back(std::move(*datagram));
}

std::optional<Datagram> RendezvousNode::pollTransmit() {
    if (m_out.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_out.front());
    m_out.pop_front();
    return datagram;
}

void RendezvousNode::handleDatagram(const Now& now, const Datagram& datagram) {
    DropReason reason = DropReason::Malformed;
    const auto inner = m_tunnel.receive(datagram, reason);
    if (!inner || inner->payload.empty())
        return m_drops.add(reason);
    const auto envelope = wire::decodeEnvelope(inner->payload);
    if (!envelope)
        return m_drops.add(DropReason::Malformed);
    if (const auto* request = std::get_if<wire::CookieRequest>(&*envelope)) {
        if (!m_sealer.isForUs(*request))
            return m_drops.add(DropReason::Unauthenticated);
        send(inner->remote, wire::encode(m_server.cookie(now.monotonic, inner->remote, *request)));
    } else if (const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope)) {
        handlePair(now, *inner, *pair);
    } else if (const auto* introduction = std::get_if<wire::IntroductionEnvelope>(&*envelope)) {
        handleIntroduction(now, *inner, *introduction);
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
    const auto answer = m_server.registered(now.monotonic, inner.remote, m_identity, opened->key, *request);
    const RendezvousEntry* entry = m_server.findKey(now.monotonic, opened->key);
    if (!answer || entry == nullptr)
        return m_drops.add(DropReason::RateLimited);
    send(inner.remote, m_sealer.sealPair(entry->keys, *answer));
}

void RendezvousNode::handlePair(const Now& now, const InnerDatagram& inner, const wire::PairEnvelope& envelope) {
    const RendezvousEntry* sender = m_server.find(now.monotonic, envelope.keyId);
    // A registration is bound to the address that its cookie proved.
    if (sender == nullptr || sender->remote != inner.remote)
        return m_drops.add(DropReason::UnknownPeer);
    const auto message = m_sealer.openPair(sender->keys, envelope);
    if (!message)
        return m_drops.add(DropReason::Unauthenticated);
    const auto* request = std::get_if<wire::HandoffRequest>(&*message);
    if (request == nullptr)
        return m_drops.add(DropReason::Malformed);
    const HandoffDecision decision = m_server.handoff(now.monotonic, sender->key, *request);
    if (decision.recipient != nullptr)
        send(decision.recipient->remote,
             m_sealer.sealPair(decision.recipient->keys, wire::HandoffDelivery{request->sealed}));
    send(inner.remote, m_sealer.sealPair(sender->keys, wire::HandoffResult{request->transaction, decision.status}));
}

} // namespace culvert
