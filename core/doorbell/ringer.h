// Ringer: the caller's side of rings to one contact. It says when to ring, and makes the packets.
//
// A try begins when there is no way to the contact any more (restart()): after a head start for what is quicker, a ring
// goes out by every way at once, then kQuickRings - 1 more with growing pauses, then ever more seldom for as long as
// the try lasts. A ring while the caller does not know how the internet sees it would not pass a server: it waits for
// that (handleChange()). Each packet has an id of its own, and when those of an epoch are used up nobody rings.
#pragma once

#include "core/base/datagram.h"
#include "core/base/random.h"
#include "core/doorbell/ring.h"

#include <algorithm>
#include <vector>

namespace culvert {

/// One way for a ring.
struct RingWay {
    Ipv4Address server;   ///< a Teredo server
    Ipv6Address caller;   ///< our Teredo address; it must hold how the server sees our socket (RFC 4380 §5.3.1)
    SocketAddress callee; ///< native, or a Teredo address of that server
    auto operator<=>(const RingWay&) const = default;
};

/// Thread safety: one thread.
class Ringer {
public:
    static constexpr Duration kHeadStart = 100ms;
    static constexpr Duration kFirstPause = 400ms; ///< each further one is twice as long
    static constexpr unsigned kQuickRings = 4;
    static constexpr Duration kSlowPause = 60s; ///< after the quick ones; each further one is twice as long, up to
    static constexpr Duration kSlowPauseMax = 5min;
    static constexpr std::size_t kWaysMax = 3;

    /// `key` is PairKeys::sendingKeyFor(kRingKeyPurpose).
    Ringer(Random& random, const Secret<32>& key) : m_random(random), m_key(key) {}

    /// A new try.
    void restart(Instant now);
    /// How we look from outside, the servers or the contact's addresses may have changed.
    void handleChange(Instant now, const std::vector<RingWay>& ways);
    /// Somebody wants the contact now: rings at once, if it did not do so just before.
    void hurry(Instant now);
    /// Too many others ring in this moment.
    void postpone(Instant until) { m_next = m_next ? std::max(*m_next, until) : m_next; }
    /// Nothing: it waits for handleChange().
    std::optional<Instant> nextRing() const { return m_next; }
    bool isDue(Instant now) const { return m_next && *m_next <= now; }
    /// Rings by each of `ways`, of which the first kWaysMax count. REQUIRES: isDue(now.monotonic)
    std::vector<Datagram> ring(const Now& now, const std::vector<RingWay>& ways);

private:
    Random& m_random;
    Secret<32> m_key;
    std::optional<Instant> m_next;
    Instant m_lastRing = Instant::min() + 1h; // long ago
    unsigned m_rung = 0;                      // in this try
    std::vector<RingWay> m_ways;              // by which it rang last
    std::int64_t m_epoch = -1;
    unsigned m_firstIndex = 0, m_used = 0; // of the epoch's ids
};

} // namespace culvert
