#include "core/teredo/teredo_server_record.h"

#include <algorithm>

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

bool isBetterServer(const TeredoServerRecord& a, const TeredoServerRecord& b) {
    if (a.reliability() != b.reliability())
        return a.reliability() > b.reliability();
    // What was never measured is not faster than what was.
    return a.roundTrip && (!b.roundTrip || *a.roundTrip < *b.roundTrip);
}

} // namespace culvert
