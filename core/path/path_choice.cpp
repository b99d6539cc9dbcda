#include "core/path/path_choice.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace culvert {

namespace {

// A path that loses less than this for sure is good enough to be judged by its round trip.
constexpr double kLossTolerated = 0.08;
// Short windows notice a path that turns bad within a few probes, long ones one that has been a little bad all along.
constexpr std::array<unsigned, 7> kWindows = {8, 12, 16, 24, 32, 48, 64};
constexpr double kDeviations = 2.33; // 99 % sure, on one side
// What is believed of a path before it is known: one lost probe in ten, which nine answers make up for.
constexpr double kPriorLost = 1, kPriorProbes = 10;
constexpr Duration kMarginMin = 4ms;
constexpr double kMarginShare = 0.15;

Duration bias(PathKind kind) {
    switch (kind) {
    case PathKind::Lan:
        return 0ms;
    case PathKind::Native6:
        return 3ms;
    case PathKind::Mapped4:
        return 6ms;
    case PathKind::Teredo:
        return 7ms;
    case PathKind::Ordinary:
        return 9ms;
    case PathKind::Tcp:
        return 100ms;
    case PathKind::Punched4:
    case PathKind::None:
        break;
    }
    return 8ms;
}

// Wilson's score interval for a share: its lower end with `side` -1, its upper end with 1.
double wilson(unsigned lost, unsigned probes, int side) {
    const double n = probes, share = lost / n, squared = kDeviations * kDeviations;
    const double half = kDeviations * std::sqrt(share * (1 - share) / n + squared / (4 * n * n));
    return std::clamp((share + squared / (2 * n) + side * half) / (1 + squared / n), 0.0, 1.0);
}

// A direct path without TCP's faults, that is as reliable, leaves nothing to do for TCP.
bool isEclipsed(const PathMeasure& tcp, std::span<const PathMeasure> paths) {
    return tcp.kind == PathKind::Tcp && std::ranges::any_of(paths, [&](const PathMeasure& other) {
               return other.kind != PathKind::Tcp && other.kind != PathKind::Ordinary && other.alive &&
                      other.mayCarry && !other.isHeldBack && !isMoreReliable(tcp, other);
           });
}

bool isTcpAgainstOrdinary(const PathMeasure& a, const PathMeasure& b) {
    return a.kind == PathKind::Tcp && b.kind == PathKind::Ordinary;
}

Duration scaled(Duration duration, double factor) {
    return Duration(static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor));
}

// By how much another path must beat one of this cost.
Duration marginOf(Duration cost) {
    return std::max(kMarginMin, scaled(cost, kMarginShare));
}

// Round trips that are as good as equal.
bool isAsNear(const PathMeasure& a, const PathMeasure& b) {
    return a.roundTrip <= b.roundTrip + 2ms;
}

PathReason reasonAgainst(const PathMeasure& chosen, PathMeasure rival) {
    if (isMoreReliable(chosen, rival))
        return PathReason::MoreReliable;
    if (isTcpAgainstOrdinary(chosen, rival))
        return PathReason::BeforeRelay;
    if (rival.kind == PathKind::Tcp && chosen.kind != PathKind::Tcp && chosen.kind != PathKind::Ordinary)
        return PathReason::BeforeTcp;
    if (rival.isHeldBack) {
        rival.isHeldBack = rival.wasLossy = false;
        return takesOver(rival, chosen) ? PathReason::OtherOnTrial : reasonAgainst(chosen, rival);
    }
    if (chosen.roundTrip + marginOf(chosen.roundTrip) < rival.roundTrip)
        return PathReason::Faster;
    if (isAsNear(chosen, rival) && bias(chosen.kind) < bias(rival.kind))
        return PathReason::BetterKind;
    return takesOver(chosen, rival) ? PathReason::Faster : PathReason::NotWorthIt;
}

} // namespace

unsigned ProbeHistory::lost(unsigned window) const {
    const std::uint64_t mask = window >= kMax ? ~std::uint64_t{0} : (std::uint64_t{1} << window) - 1;
    return static_cast<unsigned>(std::popcount(m_lost & mask));
}

double ProbeHistory::lossAtLeast() const {
    double worst = 0;
    for (const unsigned window : kWindows) {
        const unsigned probes = std::min(window, m_count);
        if (const unsigned missing = lost(probes); missing > 0)
            worst = std::max(worst, wilson(missing, probes, -1));
        if (probes == m_count)
            break;
    }
    return worst;
}

double ProbeHistory::lossGuess() const {
    double worst = lossAtLeast(); // Never less, or two paths could each be the better one.
    for (const unsigned window : kWindows) {
        const unsigned probes = std::min(window, m_count);
        worst = std::max(worst, (lost(probes) + kPriorLost * 0.5) / (probes + kPriorProbes));
        if (probes == m_count)
            break;
    }
    return worst;
}

double ProbeHistory::lossAtMost() const {
    return m_count == 0 ? 1 : wilson(lost(m_count), m_count, 1);
}

bool isMoreReliable(const PathMeasure& a, const PathMeasure& b) {
    const double theirs = b.history.lossAtLeast();
    const double ours = a.wasLossy ? std::max(a.history.lossGuess(), a.history.lossAtMost()) : a.history.lossGuess();
    return theirs > kLossTolerated && ours < theirs;
}

Duration pathCost(const PathMeasure& path) {
    return path.roundTrip + bias(path.kind);
}

bool takesOver(const PathMeasure& challenger, const PathMeasure& current) {
    if (!challenger.alive || !challenger.mayCarry)
        return false;
    if (!current.alive || !current.mayCarry)
        return true;
    if (isMoreReliable(challenger, current))
        return true;
    if (challenger.isHeldBack || isMoreReliable(current, challenger))
        return false;
    // No round trip makes up for the relay that nobody chose.
    if (isTcpAgainstOrdinary(challenger, current))
        return true;
    if (isTcpAgainstOrdinary(current, challenger))
        return false;
    const Duration cost = pathCost(current);
    // A better kind at the same round trip wins by its bias alone; otherwise the margin must be beaten.
    if (isAsNear(challenger, current) && bias(challenger.kind) < bias(current.kind))
        return true;
    return pathCost(challenger) + marginOf(cost) < cost;
}

int choosePath(std::span<const PathMeasure> paths, int current) {
    const auto isUsable = [&](int index) {
        const PathMeasure& path = paths[static_cast<std::size_t>(index)];
        return path.alive && path.mayCarry && !isEclipsed(path, paths);
    };
    int best = current >= 0 && isUsable(current) ? current : -1;
    for (int i = 0; i < static_cast<int>(paths.size()); ++i)
        if (isUsable(i) &&
            (best < 0 || takesOver(paths[static_cast<std::size_t>(i)], paths[static_cast<std::size_t>(best)])))
            best = i;
    return best;
}

PathReason reasonFor(std::span<const PathMeasure> paths, int chosen) {
    if (chosen < 0)
        return PathReason::None;
    std::vector<PathMeasure> others(paths.begin(), paths.end());
    others[static_cast<std::size_t>(chosen)].alive = false;
    if (const int rival = choosePath(others, -1); rival >= 0)
        return reasonAgainst(paths[static_cast<std::size_t>(chosen)], others[static_cast<std::size_t>(rival)]);
    const bool isAnyMeasured = std::ranges::any_of(others, &PathMeasure::alive);
    return isAnyMeasured ? PathReason::OnlyAllowed : PathReason::OnlyOne;
}

} // namespace culvert
