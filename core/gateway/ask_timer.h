// AskTimer: when a question goes out again, and when a router that does not answer counts as silent.
#pragma once

#include "core/base/random.h"
#include "core/gateway/gateway_outbox.h"

#include <algorithm>

namespace culvert {

/// One question to one router. It is asked until it is answered: after 250 ms, 500 ms, … up to 1024 s (RFC 6887
/// §8.1.1, RFC 6886 §3.1).
/// RFC 6887 §8.1.1 would begin with 3 s, by which time the user has been told that there is no open port; 250 ms is
/// NAT-PMP's own beginning, and meets the same routers. RFC 6886 §3.1 would stop after nine attempts. One packet in a
/// quarter of an hour costs less than a router that comes back and is never asked again.
class AskTimer {
public:
    static constexpr Duration kFirst = 250ms;
    static constexpr Duration kLongest = 1024s;
    /// Which attempt is so late that another protocol is to be tried beside: those before were three without answer.
    static constexpr unsigned kTriesInVain = 3;

    /// Begins anew. A router that was silent stays so until it answers, unless `forgetsSilence`.
    void start(Instant now, bool forgetsSilence) {
        if (forgetsSilence || !m_isAsking)
            m_silentAt = now + PortMapper::kSettleAfter;
        if (forgetsSilence)
            m_isSilent = false;
        m_isAsking = true;
        m_tries = 0;
        m_nextAt = now;
    }
    /// As start(), but nobody counts the silence: what was granted holds until its end.
    void startRenewal(Instant now) {
        start(now, false);
        m_silentAt.reset();
    }
    /// Whoever waits for the whole report waits no longer: who has not answered is silent.
    void settle() {
        m_isSilent = m_isSilent || m_silentAt;
        m_silentAt.reset();
    }
    void stop() { *this = AskTimer(); }
    /// The next question of a series goes out at once; the time for an answer begins anew.
    void handleAnswer() { stop(); }
    void postpone(Instant at) { m_nextAt = at; }

    /// Whether the question is to be sent now. It then counts as sent.
    bool takeDue(Instant now, Random& random) {
        if (isDue(m_silentAt, now)) {
            m_silentAt.reset();
            m_isSilent = true;
        }
        if (!isDue(m_nextAt, now))
            return false;
        m_interval = m_tries == 0 ? kFirst : std::min<Duration>(2 * m_interval, kLongest);
        // RFC 6887 §8.1.1: a tenth more or less, so that clients do not stay in step.
        const auto tenth = static_cast<std::uint64_t>((m_interval / 10).count());
        m_nextAt = now + m_interval - m_interval / 10 + Duration(static_cast<Duration::rep>(random.below(2 * tenth)));
        m_tries = std::min(m_tries + 1, kTriesInVain + 1);
        return true;
    }
    bool isAsking() const { return m_isAsking; }
    bool isSilent() const { return m_isSilent; }
    bool isInVain() const { return m_isAsking && m_tries > kTriesInVain; }
    std::optional<Instant> nextTime() const { return earlier(m_nextAt, m_silentAt); }

private:
    bool m_isAsking = false;
    bool m_isSilent = false;
    unsigned m_tries = 0;
    Duration m_interval{};
    std::optional<Instant> m_nextAt;   // When to send.
    std::optional<Instant> m_silentAt; // When to call it silence.
};

} // namespace culvert
