// Which path wins: a pure function of measured values. Reliability first, and latency among those that are reliable.
//
// Reliability is judged with a confidence: what counts is how much a path loses *at least*, given the answers to its
// last probes. One lost probe of three says next to nothing, four of the last ten say enough. A path that is judged
// unreliable gives way to one that is clearly better; two that are equally bad stay as they are.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/connection_info.h"

#include <cstdint>
#include <span>

namespace culvert {

/// The answers to the last probes of a path, the newest first.
class ProbeHistory {
public:
    static constexpr unsigned kMax = 64;

    void add(bool answered) {
        m_lost = m_lost << 1 | (answered ? 0U : 1U);
        m_count = m_count < kMax ? m_count + 1 : kMax;
        ++m_total;
    }
    /// How many were ever added.
    std::uint64_t total() const { return m_total; }
    /// The one that was added as the `number`th was answered after all.
    void amend(std::uint64_t number) {
        if (m_total - number < kMax)
            m_lost &= ~(std::uint64_t{1} << (m_total - number));
    }
    void clear() { m_lost = m_count = 0; }
    unsigned count() const { return m_count; }
    /// How many of the last `window` probes got no answer. REQUIRES: window <= count()
    unsigned lost(unsigned window) const;
    /// Whether any of the last `window` got none.
    bool hasLost(unsigned window) const { return lost(window < m_count ? window : m_count) > 0; }
    /// The share of all that got none, 0 to 1.
    double loss() const { return m_count == 0 ? 0 : static_cast<double>(lost(m_count)) / m_count; }
    /// What the path loses at least, by the worst of several windows that all end now: the lower end of Wilson's score
    /// interval, about 99 % sure.
    double lossAtLeast() const;
    /// What it loses by the best guess: the same windows, leaning towards a few percent where little is known.
    double lossGuess() const;
    /// What it loses at most, by all that is known: the upper end of the same interval.
    double lossAtMost() const;

private:
    std::uint64_t m_lost = 0; // one bit a probe, the newest lowest
    unsigned m_count = 0;
    std::uint64_t m_total = 0;
};

/// What is known of one path when it is judged.
struct PathMeasure {
    PathKind kind = PathKind::None;
    bool alive = false;      ///< an authenticated answer came lately
    Duration roundTrip{};    ///< smoothed
    ProbeHistory history{};  ///< its last probes
    bool mayCarry = true;    ///< the user lets it carry messages
    bool isHeldBack = false; ///< it was left a short while ago, and has not been good for long enough to come back
    bool wasLossy = false;   ///< and that because it lost packets
};

/// Whether `a` loses so much less than `b` that the round trip does not matter. Of a path that was left
/// for that a short while ago it must be certain, or two bad ones would take turns.
bool isMoreReliable(const PathMeasure& a, const PathMeasure& b);

/// The round trip, and where round trips tie a little more: the same network wins before IPv6, IPv6 before IPv4, a
/// forwarded port before one that was only punched, and everything before somebody else's relay. TCP pays a penalty:
/// what is lost or late there holds up all that comes after it.
Duration pathCost(const PathMeasure& path);

/// Whether `challenger` should take over from `current`: it must be better by a margin, so that paths that are alike
/// do not alternate.
bool takesOver(const PathMeasure& challenger, const PathMeasure& current);

/// The index of the path to use. TCP comes after every other direct path that is alive and no less reliable, and before
/// the ordinary route; `current` is the index in use, or -1. -1 when none is alive that may carry messages.
int choosePath(std::span<const PathMeasure> paths, int current);

/// What decides for `chosen`, an index or -1, against the best of the others. Never OtherSilent.
PathReason reasonFor(std::span<const PathMeasure> paths, int chosen);

} // namespace culvert
