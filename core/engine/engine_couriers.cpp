// Engine, eighth part: contacts who hand over calls between their common contacts.
#include "core/engine/engine.h"

#include <algorithm>

namespace culvert {

void Engine::courierOffered(const Now& now, const ContactId& by, wire::CourierOfferFrame frame) {
    if (!m_context.couriers.handleOffer(now.monotonic, by.octets, std::move(frame)))
        return drop(DropReason::RateLimited);
    for (auto& [id, session] : m_sessions) {
        if (session->isReachable() || session->handoffsThrough(by.octets) > 0 ||
            !m_context.couriers.lists(by.octets, id.octets))
            continue;
        session->handoffFailed(now.monotonic); // The next one goes at once: here is somebody to ask.
        m_dirty.insert(id);
    }
}

// We are asked.
void Engine::carry(const Now& now, const ContactId& from, const wire::CourierRequestFrame& frame) {
    PeerSession* to = find(ContactId{frame.recipient});
    if (to == nullptr || !to->isConnected() || !m_context.couriers.mayCarry(from.octets, frame.recipient))
        return drop(DropReason::UnknownPeer);
    if (!m_carried.spend(now.monotonic, from.octets, frame.recipient, m_carriedFor[from.octets]))
        return drop(DropReason::RateLimited);
    to->tellCourier(wire::CourierDeliveryFrame{frame.sealed});
    m_dirty.insert(to->id());
}

// Somebody seeks us. Strangers do so through third parties.
void Engine::carried(const Now& now, const ContactId& courier, BytesView sealed) {
    if (!m_context.couriers.isOn() || !spend(now.monotonic, Work::Handoff))
        return drop(DropReason::RateLimited);
    const auto content = m_context.sealer.openHandoff(sealed);
    if (!content)
        return drop(DropReason::Unauthenticated);
    PeerSession* session = find(ContactId{content->key});
    PeerSession* by = find(courier);
    if (session == nullptr || by == nullptr || session == by || !session->isStored())
        return drop(DropReason::UnknownPeer);
    m_dirty.insert(session->id());
    m_context.links.retry(session->id().octets);
    session->handleHandoff(now, *content, by->roundTrip());
    if (session->takeAnswer(now.monotonic))
        (void)sendHandoffBy(now, *session, *by, true);
}

// By one at a time: the one that was asked the fewest times, and of those the nearest. Who it was.
std::optional<PublicKey> Engine::sendHandoffByCourier(const Now& now, PeerSession& session) {
    PeerSession* best = nullptr;
    const auto rank = [&](const PeerSession& courier) {
        return std::pair(session.handoffsThrough(courier.id().octets), courier.roundTrip());
    };
    for (const PublicKey& key : m_context.couriers.couriersTo(session.id().octets))
        if (PeerSession* courier = find(ContactId{key});
            courier != nullptr && courier->isConnected() && (best == nullptr || rank(*courier) < rank(*best)))
            best = courier;
    if (best == nullptr || !sendHandoffBy(now, session, *best, false))
        return std::nullopt;
    return best->id().octets;
}

bool Engine::sendHandoffBy(const Now& now, PeerSession& session, PeerSession& courier, bool isAnswer) {
    const Bytes sealed =
        makeHandoff(now, session, {courier.roundTrip(), courier.observedFromThere()}, isAnswer, std::nullopt);
    if (sealed.empty())
        return false;
    m_thirdPartyOctets += sealed.size();
    courier.tellCourier(wire::CourierRequestFrame{session.id().octets, sealed});
    m_dirty.insert(courier.id());
    return true;
}

void Engine::driveCouriers(Instant now) {
    while (auto offer = m_context.couriers.pollOffer(now)) {
        PeerSession* session = find(ContactId{offer->to});
        if (session == nullptr || !session->hasSession())
            continue;
        session->tellCourier(offer->frame);
        m_dirty.insert(session->id());
    }
}

} // namespace culvert
