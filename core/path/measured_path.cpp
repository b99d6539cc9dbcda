#include "core/path/measured_path.h"

#include <algorithm>

namespace culvert {

namespace {

// Before the first answer nothing is known of the round trip.
constexpr Duration kTimeoutUnknown = 300ms;
constexpr Duration kTimeoutMax = 2s;
// RFC 6298 §2 has a floor of a second; here a late answer corrects what was counted too early.
constexpr Duration kLatenessMin = 80ms;
// So far between samples count in full.
constexpr Duration kSampleEvery = 100ms;
constexpr unsigned kSettlingSamples = 16;
// An answer that comes later than this is none.
constexpr Duration kForgetAfter = 3s;

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

Duration scaled(Duration duration, double factor) {
    return std::chrono::duration_cast<Duration>(duration * factor);
}

} // namespace

Duration MeasuredPath::timeout() const {
    if (!everAnswered)
        return kTimeoutUnknown;
    return std::min<Duration>(roundTrip + std::max<Duration>(kLatenessMin, m_variation * 4), kTimeoutMax);
}

void MeasuredPath::sent(Instant now, std::uint64_t transaction) {
    if (m_outstanding.size() >= kOutstandingMax) {
        if (const Outstanding& oldest = m_outstanding.front(); !oldest.counted)
            countLost(oldest.sentAt);
        m_outstanding.pop_front();
    }
    m_outstanding.push_back({transaction, now, {}});
    lastProbe = now;
    wasTried = true;
}

void MeasuredPath::countLost(Instant sentAt) {
    history.add(false);
    if (everAnswered)
        timeline.lost(sentAt);
}

bool MeasuredPath::waitsFor(std::uint64_t transaction) const {
    return std::ranges::any_of(m_outstanding,
                               [&](const Outstanding& probe) { return probe.transaction == transaction; });
}

void MeasuredPath::answered(Instant now, std::uint64_t transaction) {
    const auto asked =
        std::ranges::find_if(m_outstanding, [&](const Outstanding& probe) { return probe.transaction == transaction; });
    const Duration sample = now - asked->sentAt;
    if (!alive)
        history.clear(); // What was lost before it came up says nothing about the path.
    if (alive && asked->counted)
        history.amend(*asked->counted);
    else
        history.add(true);
    timeline.answered(asked->sentAt, sample, asked->counted.has_value());
    m_outstanding.erase(asked);
    if (!alive)
        mtu.reset();
    noteRoundTrip(now, sample);
    alive = validated = everAnswered = true;
    isOnTrial = false;
    attempts = unanswered = 0;
    lastReply = lastHeard = now;
}

// RFC 6298 §2: weights of one eighth and one quarter. They are for samples that are far between; closer ones share the
// weight of one (RFC 7323 Appendix G), or a path that is measured more closely than another would seem the worse one
// each time that both stand still.
void MeasuredPath::noteRoundTrip(Instant now, Duration sample) {
    if (everAnswered) {
        // The first sample may be far off, and everything waits for as long as it says.
        const bool isSettled = ++m_samples > kSettlingSamples;
        const double share =
            isSettled ? std::clamp(seconds(now - m_lastSample) / seconds(kSampleEvery), 0.0, 1.0) : 1.0;
        const Duration difference = sample > roundTrip ? sample - roundTrip : roundTrip - sample;
        m_variation += scaled(difference - m_variation, share / 4);
        roundTrip += scaled(sample - roundTrip, share / 8);
    } else {
        m_variation = sample / 2;
        roundTrip = sample;
        m_samples = 0;
    }
    m_lastSample = now;
}

unsigned MeasuredPath::expire(Instant now) {
    unsigned lost = 0;
    std::erase_if(m_outstanding,
                  [&](const Outstanding& probe) { return probe.counted && probe.sentAt + kForgetAfter <= now; });
    for (Outstanding& probe : m_outstanding) {
        if (probe.counted)
            continue;
        if (probe.sentAt + timeout() > now)
            break;
        countLost(probe.sentAt);
        probe.counted = history.total();
        ++lost;
    }
    unanswered += lost;
    return lost;
}

std::optional<Instant> MeasuredPath::nextExpiry() const {
    for (const Outstanding& probe : m_outstanding)
        if (!probe.counted)
            return probe.sentAt + timeout();
    return std::nullopt;
}

void MeasuredPath::forget() {
    alive = isOnTrial = false;
    m_outstanding.clear();
    unanswered = 0;
    mtu.reset();
    leftAt.reset();
    timesLeft = 0;
}

} // namespace culvert
