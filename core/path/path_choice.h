// Which path wins: a pure function of measured values.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/contact.h"

#include <span>

namespace culvert {

/// What is known of one path when it is judged.
struct PathMeasure {
    PathKind kind = PathKind::None;
    bool alive = false;   ///< an authenticated answer came lately
    Duration roundTrip{}; ///< smoothed
    double loss = 0;      ///< share of recent probes without an answer, 0 to 1
};

/// What a path costs, in round-trip time: lost packets cost several round trips each, and where round trips tie, the
/// same network wins before IPv6, IPv6 before IPv4, a forwarded port before one that was only punched.
Duration pathCost(const PathMeasure& path);

/// Whether `challenger` should take over from `current`: it must be better by a margin, so that paths that are alike
/// do not alternate.
bool takesOver(const PathMeasure& challenger, const PathMeasure& current);

/// The index of the path to use; `current` is the index in use, or -1. -1 when none is alive.
int choosePath(std::span<const PathMeasure> paths, int current);

} // namespace culvert
