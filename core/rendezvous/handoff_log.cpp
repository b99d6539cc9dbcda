#include "core/rendezvous/handoff_log.h"

#include <algorithm>

namespace culvert {

void HandoffLog::sent(Instant now, std::uint64_t transaction, const PublicKey& party, const PublicKey& recipient,
                      Duration roundTrip) {
    if (m_sent.size() < kMax)
        m_sent[transaction] = {party, recipient, now + std::max(kPatienceMin, kPatienceRoundTrips * roundTrip)};
}

std::optional<SentHandoff> HandoffLog::answered(std::uint64_t transaction, const PublicKey& party) {
    const auto found = m_sent.find(transaction);
    if (found == m_sent.end() || found->second.party != party)
        return std::nullopt;
    const SentHandoff out = found->second;
    m_sent.erase(found);
    return out;
}

std::optional<SentHandoff> HandoffLog::pollOverdue(Instant now) {
    const auto overdue = std::ranges::find_if(m_sent, [&](const auto& item) { return item.second.due <= now; });
    if (overdue == m_sent.end())
        return std::nullopt;
    const SentHandoff out = overdue->second;
    m_sent.erase(overdue);
    return out;
}

std::optional<Deadline> HandoffLog::pollTimeout() const {
    const auto first = std::ranges::min_element(m_sent, {}, [](const auto& item) { return item.second.due; });
    return first == m_sent.end() ? std::nullopt : std::optional(Deadline{first->second.due, "handoff answer"});
}

} // namespace culvert
