#include "core/rendezvous/rendezvous_server.h"

#include "core/rendezvous/rendezvous_client.h"
#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

std::int64_t seconds(Instant now) {
    return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
}

Bytes addressOctets(const InnerAddress& address) {
    Bytes out;
    ByteWriter writer(out);
    wire::writeSocketAddress(writer, address.address);
    wire::writeSocketAddress(writer, address.via.value_or(SocketAddress(Ipv6Address{}, 0)));
    writer.u8(static_cast<std::uint8_t>((address.ordinary ? 1 : 0) | (address.tcp ? 2 : 0)));
    return out;
}

} // namespace

wire::CookieReply RendezvousServer::cookie(Instant now, const InnerAddress& remote,
                                           const wire::CookieRequest& request) {
    return {request.transaction, m_cookies.cookieFor(seconds(now), addressOctets(remote))};
}

RendezvousServer::SourceKey RendezvousServer::sourceOf(const InnerAddress& remote) {
    SourceKey key = remote.address.v6().octets;
    if (wire::isMapped(remote.address.v6()))
        key[14] = key[15] = 0; // the port
    else
        std::fill(key.begin() + 8, key.end(), std::uint8_t{0});
    return key;
}

void RendezvousServer::release(const InnerAddress& remote) {
    const auto source = m_sources.find(sourceOf(remote));
    if (source != m_sources.end() && source->second.registrations > 0)
        --source->second.registrations;
}

bool RendezvousServer::admits(Instant now, const InnerAddress& remote, const wire::Cookie& cookie) {
    if (!m_cookies.matches(seconds(now), addressOctets(remote), cookie))
        return false;
    if (m_introductionSecond.begins(now)) {
        m_introductions = 0;
        for (auto& [key, source] : m_sources)
            source.introductions = 0;
        std::erase_if(m_sources, [](const auto& item) { return item.second.registrations == 0; });
    }
    // The source first: what it has not got left must not be taken from the others.
    if (++m_sources[sourceOf(remote)].introductions > kIntroductionsPerSourceMax)
        return false;
    return ++m_introductions <= kIntroductionsPerSecondMax;
}

std::optional<wire::Registered> RendezvousServer::registered(Instant now, const InnerAddress& remote,
                                                             const Identity& own, const PublicKey& key,
                                                             const wire::Register& request,
                                                             const SocketAddress& local) {
    prune(now);
    auto entry = m_entries.find(key);
    if (entry == m_entries.end()) {
        const auto keys = PairKeys::derive(own, key);
        Source& source = m_sources[sourceOf(remote)];
        if (!keys || m_entries.size() >= kRegistrationsMax || source.registrations >= kRegistrationsPerSourceMax)
            return std::nullopt;
        ++source.registrations;
        entry = m_entries.emplace(key, RendezvousEntry{key, *keys, remote, now, local, kTestBurst, now, {}}).first;
        m_byKeyId[keys->receivingId()] = key;
    }
    const std::uint16_t lifetime = std::min(request.lifetimeSeconds, RendezvousClient::kLifetimeSeconds);
    if (sourceOf(entry->second.remote) != sourceOf(remote)) {
        release(entry->second.remote);
        ++m_sources[sourceOf(remote)].registrations;
    }
    entry->second.remote = remote;
    entry->second.local = local;
    entry->second.expires = now + std::chrono::seconds(lifetime);
    return wire::Registered{request.transaction, lifetime, remote.via.value_or(remote.address), 0, {}, {}};
}

const RendezvousEntry* RendezvousServer::find(Instant now, const KeyIdOctets& keyId) const {
    const auto key = m_byKeyId.find(keyId);
    return key == m_byKeyId.end() ? nullptr : findKey(now, key->second);
}

const RendezvousEntry* RendezvousServer::findKey(Instant now, const PublicKey& key) const {
    const auto entry = m_entries.find(key);
    return entry == m_entries.end() || entry->second.expires <= now ? nullptr : &entry->second;
}

bool RendezvousServer::maySpendTest(Instant now, const PublicKey& key) {
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return false;
    RendezvousEntry& client = entry->second;
    const double refill = std::chrono::duration<double>(now - client.testsUpdated) / kTestRefill;
    client.tests = std::min<double>(kTestBurst, client.tests + refill);
    client.testsUpdated = now;
    if (client.tests < 1)
        return false;
    client.tests -= 1;
    return true;
}

HandoffDecision RendezvousServer::handoff(Instant now, const PublicKey& from, const wire::HandoffRequest& request) {
    prune(now);
    const auto recipient = m_entries.find(request.recipient);
    if (recipient == m_entries.end() || recipient->second.expires <= now)
        return {wire::HandoffStatus::UnknownRecipient, nullptr};
    const auto sender = m_entries.find(from);
    if (sender == m_entries.end() || !m_budgets.spend(now, from, request.recipient, sender->second.recipients))
        return {wire::HandoffStatus::RateLimited, nullptr};
    ++m_forwarded;
    return {wire::HandoffStatus::Forwarded, &recipient->second};
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
        release(entry->second.remote);
        entry = m_entries.erase(entry);
    }
}

} // namespace culvert
