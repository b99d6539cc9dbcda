#include "core/rendezvous/rendezvous_client.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::array<Duration, 6> kRetries = {250ms, 500ms, 1s, 2s, 4s, 10s};
constexpr unsigned kTriesPerAddress = 2;
constexpr Duration kDoubtPause = 1s;
// Two packets may be lost; soon the best address is tried again, and more seldom when it is silent each time.
constexpr Duration kBestAgain = 1s;
constexpr unsigned kDoublingsMax = 5;

} // namespace

void RendezvousClient::setRemotes(Instant now, std::vector<SocketAddress> remotes) {
    if (remotes == m_remotes)
        return;
    m_remotes = std::move(remotes);
    restart(now);
}

void RendezvousClient::doubt(Instant now) {
    if (!m_isAnswered || now - m_sentAt <= kDoubtPause)
        return;
    m_cookie.reset(); // It is of no use where we have another address than before.
    m_next = now;
}

void RendezvousClient::restart(Instant now) {
    m_answeredAt = {};
    m_registeredUntil = {};
    m_silentSince.reset();
    m_timesElsewhere = 0;
    moveTo(now, 0);
}

void RendezvousClient::moveTo(Instant now, std::size_t index) {
    m_remoteIndex = index;
    m_cookie.reset();
    m_unanswered = m_silences = 0;
    m_isAnswered = false;
    m_next = now;
}

void RendezvousClient::setLink(Instant now, const std::optional<InnerAddress>& link) {
    const bool wasOnLink = m_answeredAt.tcp;
    m_link = link;
    if (link && !isRegistered(now)) {
        moveTo(now, m_remotes.size());
    } else if (!link && wasOnLink) {
        m_remote = {};
        restart(now); // What the third party sends there is lost.
    }
}

std::optional<Instant> RendezvousClient::linkWantedAt() const {
    if (!m_silentSince || m_link)
        return std::nullopt;
    return *m_silentSince + kLinkAfter;
}

std::optional<RendezvousRequest> RendezvousClient::pollRequest(Instant now) {
    m_isLinkWanted = wantsLink(now);
    if (m_remotes.empty() || m_next > now)
        return std::nullopt;
    if (m_unanswered >= kTriesPerAddress && m_unanswered % kTriesPerAddress == 0) {
        // The cookie may have aged, the third party may have restarted, or this address does not work from here.
        m_cookie.reset();
        m_remoteIndex = (m_remoteIndex + 1) % places();
    } else if (m_unanswered == 0 && m_isAnswered && m_remoteIndex != 0) {
        m_cookie.reset(); // A refresh: is there an answer by the best way now?
        m_remoteIndex = 0;
    }
    m_remoteIndex = std::min(m_remoteIndex, places() - 1);
    m_remote = m_remoteIndex < m_remotes.size() ? InnerAddress(m_remotes[m_remoteIndex]) : *m_link;
    if (!isRegistered(now) && !m_silentSince)
        m_silentSince = now;
    m_transaction = m_random.below(UINT64_MAX);
    m_isAnswered = false;
    m_sentAt = now;
    const std::size_t step = std::min<std::size_t>(m_unanswered, kRetries.size() - 1);
    ++m_unanswered;
    if (m_remote == m_answeredAt || m_answeredAt == InnerAddress())
        ++m_silences;
    m_next = now + kRetries[step];
    return RendezvousRequest{m_remote, m_transaction, m_cookie};
}

void RendezvousClient::handleCookie(Instant now, const InnerAddress& remote, const wire::CookieReply& reply) {
    if (remote != m_remote || reply.transaction != m_transaction || m_cookie)
        return;
    m_cookie = reply.cookie;
    m_unanswered = m_silences = 0;
    m_next = now;
}

bool RendezvousClient::handleRegistered(Instant now, const InnerAddress& remote, const wire::Registered& answer) {
    if (m_isAnswered || remote != m_remote || answer.transaction != m_transaction)
        return false;
    m_isAnswered = true;
    m_answeredAt = m_remote;
    m_silentSince.reset();
    m_roundTrip = now - m_sentAt;
    m_observed = answer.observed;
    m_unanswered = m_silences = 0;
    m_registeredUntil = now + std::chrono::seconds(std::min(answer.lifetimeSeconds, kLifetimeSeconds));
    const auto percent = static_cast<std::int64_t>(80 + m_random.below(21));
    m_timesElsewhere = m_remoteIndex == 0 ? 0 : std::min(m_timesElsewhere + 1, kDoublingsMax);
    const Duration pause = m_remoteIndex == 0 ? kRefresh : std::min(kRefresh, kBestAgain * (1U << m_timesElsewhere));
    m_next = now + pause * percent / 100;
    return true;
}

std::optional<Deadline> RendezvousClient::pollTimeout() const {
    if (m_remotes.empty())
        return std::nullopt;
    if (const auto at = linkWantedAt(); at && !m_isLinkWanted && *at < m_next)
        return Deadline{*at, "TCP to a third party"};
    return Deadline{m_next, "rendezvous registration"};
}

} // namespace culvert
