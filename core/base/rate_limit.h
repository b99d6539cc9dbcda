// What others may cost us, counted: so many in a second, or a burst and then so many a second.
#pragma once

#include "core/base/instant.h"

#include <algorithm>
#include <cstddef>

namespace culvert {

/// Seconds one after the other; each begins with the first call after the last one's end.
class EachSecond {
public:
    /// Whether `now` begins another second. REQUIRES: instants that do not go back
    bool begins(Instant now) {
        if (m_hasBegun && now < m_began + std::chrono::seconds(1))
            return false;
        m_hasBegun = true;
        m_began = now;
        return true;
    }
    /// When the next one may begin; long ago before the first.
    Instant next() const { return m_hasBegun ? m_began + std::chrono::seconds(1) : Instant{}; }

private:
    Instant m_began{};
    bool m_hasBegun = false;
};

/// So many in each second; of any stretch of a second, twice as many at most.
class RatePerSecond {
public:
    /// Takes one of `maximum`; false where none is left.
    bool spend(Instant now, std::size_t maximum) {
        if (m_second.begins(now))
            m_spent = 0;
        if (m_spent >= maximum)
            return false;
        ++m_spent;
        return true;
    }
    /// When there are all of them again.
    Instant next() const { return m_second.next(); }

private:
    std::size_t m_spent = 0;
    EachSecond m_second;
};

/// A bucket of tokens that fills again. It holds one instant; what it is measured by its owner knows, since there may
/// be many of them. In any stretch of time it gives at most `burst` and one more for each `each` of it.
class TokenBucket {
public:
    /// How much a full bucket holds, and how fast it fills.
    struct Rate {
        std::int64_t burst = 1;
        Duration each{}; ///< in which one token comes
    };

    /// Takes `amount`, or nothing where there are fewer.
    bool spend(Instant now, const Rate& rate, std::int64_t amount = 1) {
        const Instant full = std::max(m_full, now) + amount * rate.each;
        if (full - now > rate.burst * rate.each)
            return false;
        m_full = full;
        return true;
    }
    /// When one can be taken; not before `now`.
    Instant next(Instant now, const Rate& rate) const {
        return std::max(now, std::max(m_full, now) - (rate.burst - 1) * rate.each);
    }
    /// A full one says nothing of what was.
    bool isFull(Instant now) const { return m_full <= now; }

private:
    Instant m_full = Instant::min();
};

} // namespace culvert
