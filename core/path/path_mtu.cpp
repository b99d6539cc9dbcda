#include "core/path/path_mtu.h"

#include <algorithm>
#include <array>

namespace culvert {

namespace {

// What links in use leave of 1500 octets: PPPoE (8), WireGuard and other tunnels (20 to 100), VPNs with an MTU of 1400;
// each as IPv6 and inside the tunnel.
constexpr std::array<std::size_t, 10> kSizes = {
    PathMtu::kBase, 1276, 1304, 1324, 1352, 1372, 1400, 1416, PathMtu::kMaxTunnelled, PathMtu::kMaxNative};

} // namespace

void PathMtu::probe(Instant now, std::size_t size) {
    m_candidate = size;
    m_failures = 0;
    m_transactions.fill(std::nullopt);
    m_isWaiting = m_isHeard = false;
    m_wantedAt = m_firstSent = now;
}

// RFC 8899 §5.3.2: the order is free; the largest first ends most searches with one probe.
void PathMtu::next(Instant now) {
    const bool isFirst = m_tooLarge == 0;
    const auto first = std::upper_bound(kSizes.begin(), kSizes.end(), m_size);
    auto last = std::upper_bound(kSizes.begin(), kSizes.end(), m_limit);
    if (!isFirst)
        last = std::lower_bound(kSizes.begin(), last, m_tooLarge);
    if (first < last)
        return probe(now, isFirst ? *(last - 1) : *(first + (last - first - 1) / 2));
    probe(now, 0);
    m_raiseAt = m_size < m_limit ? std::optional(now + kRaiseAfter) : std::nullopt;
}

void PathMtu::used(Instant now, std::size_t datagramSize) {
    const bool isDue = !m_isStarted || (m_raiseAt && *m_raiseAt <= now);
    if (isDue && m_candidate == 0) {
        m_isStarted = true;
        m_raiseAt.reset();
        m_tooLarge = 0;
        next(now);
    }
    if (datagramSize > kBase && !m_confirmAt)
        m_confirmAt = std::max(now, m_confirmed + kConfirmEvery);
}

std::optional<std::size_t> PathMtu::wanted(Instant now) {
    if (m_candidate == 0 && m_confirmAt && *m_confirmAt <= now)
        probe(now, m_size);
    return m_candidate != 0 && !m_isWaiting ? std::optional(m_candidate) : std::nullopt;
}

void PathMtu::sent(Instant now, std::uint64_t transaction, Duration timeout) {
    const unsigned number = std::min(m_failures, kProbesMax - 1);
    m_transactions[number] = transaction;
    m_sentAt[number] = now;
    m_isWaiting = true;
    // The last one gets more time, so that all of them have it.
    m_deadline = now + timeout * (m_failures + 1 < kProbesMax ? 1 : 2);
}

std::optional<Duration> PathMtu::answered(Instant now, std::uint64_t transaction) {
    const auto found = std::ranges::find(m_transactions, transaction);
    if (m_candidate == 0 || found == m_transactions.end())
        return std::nullopt;
    const Duration taken = now - m_sentAt[static_cast<std::size_t>(found - m_transactions.begin())];
    m_size = std::max(m_size, m_candidate);
    m_confirmed = now;
    m_confirmAt.reset();
    if (m_raiseAt) // The search is over: this was a confirmation.
        probe(now, 0);
    else
        next(now);
    return taken;
}

bool PathMtu::handleTimeout(Instant now, Instant lastHeard) {
    if (!m_isWaiting || m_deadline > now)
        return false;
    m_isWaiting = false;
    m_wantedAt = now;
    // What is heard after the last probe went out may be the beginning of better times, for large ones too.
    if (++m_failures < kProbesMax) {
        m_isHeard = lastHeard > m_firstSent;
        return true;
    }
    if (!m_isHeard) {
        probe(now, m_candidate); // Nothing comes through: that says nothing of sizes.
        return true;
    }
    if (m_candidate <= m_size) // RFC 8899 §4.3: a black hole for what is larger than the base.
        m_size = kBase;
    m_tooLarge = m_candidate;
    m_confirmAt.reset();
    m_raiseAt.reset();
    next(now);
    return true;
}

std::optional<Instant> PathMtu::pollTimeout() const {
    if (m_candidate != 0)
        return m_isWaiting ? m_deadline : m_wantedAt;
    return m_confirmAt;
}

} // namespace culvert
