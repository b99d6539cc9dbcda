#include "core/doorbell/ringer.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::uint16_t kTeredoServerPort = 3544; // RFC 4380 §2.7

// Of our address, the mapped port and address alone tell the callee something (RFC 4380 §4: its last 48 bits).
bool isSame(const RingWay& a, const RingWay& b) {
    return a.server == b.server && a.callee == b.callee &&
           std::equal(a.caller.octets.begin() + 10, a.caller.octets.end(), b.caller.octets.begin() + 10);
}

} // namespace

void Ringer::restart(Instant now) {
    m_next = now + kHeadStart;
    m_rung = 0;
    m_ways.clear();
}

void Ringer::handleChange(Instant now, const std::vector<RingWay>& ways) {
    // What went out before went from an address that is not ours any more, or did not go at all.
    const bool isNew = std::ranges::any_of(ways, [&](const RingWay& way) {
        return std::ranges::none_of(m_ways, [&](const RingWay& rung) { return isSame(way, rung); });
    });
    if (isNew && (!m_next || m_rung > 0)) {
        m_next = now;
        m_rung = 0;
    }
}

void Ringer::hurry(Instant now) {
    if (m_next && m_rung > 0) // The head start is short enough.
        m_next = std::min(*m_next, std::max(now, m_lastRing + kFirstPause));
}

std::vector<Datagram> Ringer::ring(const Now& now, const std::vector<RingWay>& ways) {
    m_ways = ways;
    if (ways.empty()) {
        m_next.reset();
        return {};
    }
    const std::int64_t epoch = ringEpoch(now.wall);
    if (epoch != m_epoch) {
        m_epoch = epoch;
        // At random, because after a restart nobody knows which ids were used before it.
        m_firstIndex = static_cast<unsigned>(m_random.below(kRingsPerEpoch));
        m_used = 0;
    }
    std::vector<Datagram> out;
    for (const RingWay& way : ways) {
        if (out.size() >= kWaysMax || m_used >= kRingsPerEpoch)
            break;
        const RingId id = ringId(m_key, epoch, (m_firstIndex + m_used++) % kRingsPerEpoch);
        out.push_back({{},
                       SocketAddress(way.server, kTeredoServerPort),
                       encodeRing(way.caller, way.callee, makeRing(m_key, id, way.caller))});
    }
    m_lastRing = now.monotonic;
    const unsigned step = m_rung++;
    if (step + 1 < kQuickRings)
        m_next = now.monotonic + kFirstPause * (1U << step);
    else
        m_next = now.monotonic +
                 std::min<Duration>(kSlowPause * (1U << std::min(step + 1 - kQuickRings, 8U)), kSlowPauseMax);
    return out;
}

} // namespace culvert
