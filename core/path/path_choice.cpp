#include "core/path/path_choice.h"

#include <algorithm>

namespace culvert {

namespace {

// A lost packet costs about a retransmission timeout, which is a few round trips.
constexpr double kLossWeight = 4.0;
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
    case PathKind::Punched4:
    case PathKind::None:
        break;
    }
    return 8ms;
}

Duration scaled(Duration duration, double factor) {
    return Duration(static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor));
}

} // namespace

Duration pathCost(const PathMeasure& path) {
    return scaled(path.roundTrip, 1.0 + kLossWeight * path.loss) + scaled(100ms, path.loss) + bias(path.kind);
}

bool takesOver(const PathMeasure& challenger, const PathMeasure& current) {
    if (!challenger.alive)
        return false;
    if (!current.alive)
        return true;
    const Duration cost = pathCost(current);
    // A better kind at the same round trip wins by its bias alone; otherwise the margin must be beaten.
    const bool sameRoundTrip = challenger.roundTrip <= current.roundTrip + 2ms && challenger.loss <= current.loss;
    if (sameRoundTrip && bias(challenger.kind) < bias(current.kind))
        return true;
    return pathCost(challenger) + std::max(kMarginMin, scaled(cost, kMarginShare)) < cost;
}

int choosePath(std::span<const PathMeasure> paths, int current) {
    int best = current >= 0 && paths[static_cast<std::size_t>(current)].alive ? current : -1;
    for (int i = 0; i < static_cast<int>(paths.size()); ++i) {
        const PathMeasure& path = paths[static_cast<std::size_t>(i)];
        if (path.alive && (best < 0 || takesOver(path, paths[static_cast<std::size_t>(best)])))
            best = i;
    }
    return best;
}

} // namespace culvert
