#include "core/teredo/teredo_server_record.h"

#include <algorithm>
#include <utility>

namespace culvert {

void TeredoServerRecord::noteAnswer(Duration took) {
    remember(true);
    roundTrip = roundTrip ? (*roundTrip * 7 + took) / 8 : took;
}

void TeredoServerRecord::noteSilence() {
    remember(false);
}

void TeredoServerRecord::remember(bool answered) {
    m_answered <<= 1;
    m_answered.set(0, answered);
    m_asked = std::min(m_asked + 1, kRemembered);
}

std::size_t TeredoServerRecord::reliability() const {
    if (m_asked == 0)
        return kRemembered / 2;
    return m_answered.count() * kRemembered / m_asked;
}

Ipv4Address TeredoServerRecord::secondaryAddress() const {
    if (secondary)
        return *secondary;
    Ipv4Address next = address;
    for (auto octet = next.octets.rbegin(); octet != next.octets.rend(); ++octet)
        if (++*octet != 0)
            break;
    return next;
}

void TeredoServerRecord::noteMapping(Instant now, const SocketAddress& mapped, bool isConfirmed) {
    const bool isChange = m_shown && m_shown != mapped;
    if (m_shown != mapped)
        m_isShownCounted = false;
    m_shown = mapped;
    if (isConfirmed) {
        confirm(now, mapped);
        return;
    }
    if (!isChange)
        return;
    std::erase_if(m_changes, [&](Instant at) { return at + kChangesIn <= now; });
    m_changes.push_back(now);
    m_isShownCounted = true;
    if (m_changes.size() <= kChangesMax)
        return;
    // What was long ago is forgiven.
    if (m_doubtedUntil && *m_doubtedUntil + kDoubtMax <= now)
        m_doubt = kDoubtMin;
    m_doubtedUntil = now + m_doubt;
    m_doubt = std::min(2 * m_doubt, kDoubtMax);
    m_changes.clear();
}

bool TeredoServerRecord::confirm(Instant now, const SocketAddress& seen) {
    if (m_shown != seen || !std::exchange(m_isShownCounted, false))
        return false;
    // Only this one change was true: who shows the truth now and then gains nothing by it.
    if (!m_changes.empty())
        m_changes.pop_back();
    const bool wasDoubted = doubtedUntil(now).has_value();
    if (wasDoubted) {
        m_changes.assign(kChangesMax, now);
        m_doubtedUntil = now;
        m_doubt = std::max(m_doubt / 2, kDoubtMin);
    }
    return wasDoubted;
}

std::optional<Instant> TeredoServerRecord::doubtedUntil(Instant now) const {
    return m_doubtedUntil && now < *m_doubtedUntil ? m_doubtedUntil : std::nullopt;
}

void TeredoServerRecord::forgetMappings() {
    m_shown.reset();
    m_isShownCounted = false;
    m_changes.clear();
    m_doubtedUntil.reset();
    m_doubt = kDoubtMin;
}

bool isBetterServer(const TeredoServerRecord& a, const TeredoServerRecord& b) {
    if (a.reliability() != b.reliability())
        return a.reliability() > b.reliability();
    // What was never measured is not faster than what was.
    return a.roundTrip && (!b.roundTrip || *a.roundTrip < *b.roundTrip);
}

} // namespace culvert
