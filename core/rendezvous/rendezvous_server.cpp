#include "core/rendezvous/rendezvous_server.h"

#include "core/rendezvous/rendezvous_client.h"

#include <algorithm>

namespace culvert {

namespace {

std::int64_t seconds(Instant now) {
    return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
}

Bytes addressOctets(const SocketAddress& address) {
    Bytes out;
    wire::ByteWriter writer(out);
    wire::writeSocketAddress(writer, address);
    return out;
}

} // namespace

wire::CookieReply RendezvousServer::cookie(Instant now, const SocketAddress& remote,
                                           const wire::CookieRequest& request) {
    return {request.transaction, m_cookies.cookieFor(seconds(now), addressOctets(remote))};
}

bool RendezvousServer::admits(Instant now, const SocketAddress& remote, const wire::Cookie& cookie) {
    if (!m_cookies.matches(seconds(now), addressOctets(remote), cookie))
        return false;
    if (m_introductionSecond != seconds(now)) {
        m_introductionSecond = seconds(now);
        m_introductions = 0;
    }
    return ++m_introductions <= kIntroductionsPerSecondMax;
}

std::optional<wire::Registered> RendezvousServer::registered(Instant now, const SocketAddress& remote,
                                                             const Identity& own, const PublicKey& key,
                                                             const wire::Register& request) {
    prune(now);
    auto entry = m_entries.find(key);
    if (entry == m_entries.end()) {
        const auto keys = PairKeys::derive(own, key);
        if (!keys || m_entries.size() >= kRegistrationsMax)
            return std::nullopt;
        entry = m_entries.emplace(key, RendezvousEntry{key, *keys, remote, now}).first;
        m_byKeyId[keys->receivingId()] = key;
    }
    const std::uint16_t lifetime = std::min(request.lifetimeSeconds, RendezvousClient::kLifetimeSeconds);
    entry->second.remote = remote;
    entry->second.expires = now + std::chrono::seconds(lifetime);
    return wire::Registered{request.transaction, lifetime, remote};
}

const RendezvousEntry* RendezvousServer::find(Instant now, const KeyIdOctets& keyId) const {
    const auto key = m_byKeyId.find(keyId);
    return key == m_byKeyId.end() ? nullptr : findKey(now, key->second);
}

const RendezvousEntry* RendezvousServer::findKey(Instant now, const PublicKey& key) const {
    const auto entry = m_entries.find(key);
    return entry == m_entries.end() || entry->second.expires <= now ? nullptr : &entry->second;
}

HandoffDecision RendezvousServer::handoff(Instant now, const PublicKey& from, const wire::HandoffRequest& request) {
    prune(now);
    const auto recipient = m_entries.find(request.recipient);
    if (recipient == m_entries.end() || recipient->second.expires <= now)
        return {wire::HandoffStatus::UnknownRecipient, nullptr};
    if (!spend(now, from, request.recipient))
        return {wire::HandoffStatus::RateLimited, nullptr};
    ++m_forwarded;
    return {wire::HandoffStatus::Forwarded, &recipient->second};
}

bool RendezvousServer::spend(Instant now, const PublicKey& from, const PublicKey& to) {
    if (m_budgets.size() >= kBudgetsMax && !m_budgets.contains({from, to}))
        return false;
    auto [found, isNew] = m_budgets.try_emplace({from, to}, Budget{kHandoffBurst, now});
    Budget& budget = found->second;
    const double refill = std::chrono::duration<double>(now - budget.updated) / kHandoffRefill;
    budget.tokens = std::min<double>(kHandoffBurst, budget.tokens + refill);
    budget.updated = now;
    if (budget.tokens < 1)
        return false;
    budget.tokens -= 1;
    return true;
}

void RendezvousServer::prune(Instant now) {
    if (now < m_nextPrune)
        return;
    m_nextPrune = now + 10s;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->second.expires > now) {
            ++entry;
            continue;
        }
        m_byKeyId.erase(entry->second.keys.receivingId());
        entry = m_entries.erase(entry);
    }
    // A budget that is full again says nothing.
    std::erase_if(m_budgets, [&](const auto& item) { return now - item.second.updated > kHandoffRefill * kHandoffBurst; });
}

} // namespace culvert
