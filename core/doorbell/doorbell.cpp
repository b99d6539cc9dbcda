#include "core/doorbell/doorbell.h"

#include <algorithm>

namespace culvert {

void Doorbell::expect(const PublicKey& contact, const Secret<32>& key, std::vector<SpentRing> spent) {
    if (m_contacts.contains(contact) || m_contacts.size() >= kContactsMax)
        return;
    if (spent.size() > kSpentMax)
        spent.erase(spent.begin(), spent.end() - kSpentMax);
    const Contact& known = m_contacts[contact] = {key, std::move(spent)};
    if (m_epoch)
        for (const std::int64_t epoch : {*m_epoch - 1, *m_epoch, *m_epoch + 1})
            addIds(contact, known, epoch);
}

void Doorbell::forget(const PublicKey& contact) {
    if (m_contacts.erase(contact) > 0)
        std::erase_if(m_ids, [&](const auto& item) { return item.second.contact == contact; });
}

void Doorbell::addIds(const PublicKey& contact, const Contact& known, std::int64_t epoch) {
    for (unsigned index = 0; index < kRingsPerEpoch; ++index)
        m_ids[ringId(known.key, epoch, index)] = {contact, epoch};
}

// Once in an epoch, or when somebody sets the clock.
void Doorbell::moveTo(std::int64_t epoch) {
    if (m_epoch == epoch)
        return;
    const auto wasIn = [before = m_epoch](std::int64_t each) {
        return before && each >= *before - 1 && each <= *before + 1;
    };
    m_epoch = epoch;
    std::erase_if(m_ids,
                  [&](const auto& item) { return item.second.epoch < epoch - 1 || item.second.epoch > epoch + 1; });
    for (auto& [contact, known] : m_contacts) {
        std::erase_if(known.spent, [&](const SpentRing& ring) { return ring.epoch < epoch - 1; });
        for (const std::int64_t each : {epoch - 1, epoch, epoch + 1})
            if (!wasIn(each))
                addIds(contact, known, each);
    }
}

std::optional<Caller> Doorbell::handleQuote(WallTime now, const QuotedError& quote, std::optional<DropReason>& reason) {
    const auto ring = ringIn(quote);
    if (!ring)
        return std::nullopt;
    moveTo(ringEpoch(now));
    const auto found = m_ids.find(ring->id);
    if (found == m_ids.end() || !quote.sender.isTeredo()) {
        reason = DropReason::UnknownPeer;
        return std::nullopt;
    }
    const auto& [contact, epoch] = found->second;
    Contact& known = m_contacts.at(contact);
    if (!isGenuine(known.key, *ring, quote.sender)) {
        reason = DropReason::Unauthenticated;
        return std::nullopt;
    }
    if (std::ranges::any_of(known.spent, [&](const SpentRing& spent) { return spent.mac == ring->mac; })) {
        reason = DropReason::Replayed;
        return std::nullopt;
    }
    if (known.spent.size() >= kSpentMax) {
        reason = DropReason::RateLimited;
        return std::nullopt;
    }
    known.spent.push_back({ring->mac, epoch});
    return Caller{contact, quote.sender};
}

void Doorbell::keepFrom(Instant now, std::vector<SocketAddress> places) {
    if (places.size() > kPlacesMax)
        places.resize(kPlacesMax);
    if (places == m_places)
        return;
    m_places = std::move(places);
    keep(now);
}

void Doorbell::restart(Instant now) {
    keep(now);
}

void Doorbell::keep(Instant now) {
    m_datagrams.clear();
    for (const SocketAddress& place : m_places)
        m_datagrams.push_back({place, kDeadPlace, Bytes{0}, 0, 0});
    const auto spread = static_cast<std::uint64_t>((kKeepInterval / 4).count());
    m_nextKeep = now + kKeepInterval - Duration(static_cast<std::int64_t>(m_random.below(spread)));
}

void Doorbell::handleTimeout(Instant now) {
    if (isKept() && m_nextKeep <= now)
        keep(now);
}

std::optional<Datagram> Doorbell::pollTransmit() {
    if (m_datagrams.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_datagrams.front());
    m_datagrams.pop_front();
    return datagram;
}

std::optional<Deadline> Doorbell::pollTimeout() const {
    if (!isKept())
        return std::nullopt;
    return Deadline{m_nextKeep, "doorbell kept"};
}

} // namespace culvert
