// Connection cases: the ways to a contact as ConnectionInfo, for tests of its page and pictures of it.
#pragma once

#include "core/messenger/connection_info.h"

namespace culvert::cases {

inline WallTime at(std::int64_t secondsAgo) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count() - secondsAgo * 1000};
}

inline PathInfo path(PathKind kind, const char* remote, PathSource source, ProbeResult result) {
    PathInfo out;
    out.kind = kind;
    out.remote = remote;
    out.source = source;
    out.result = result;
    if (result != ProbeResult::NotTried && result != ProbeResult::NoWay)
        out.lastTry = at(3);
    return out;
}

inline PathInfo working(PathInfo path, Duration roundTrip, double loss) {
    path.works = path.answered = true;
    path.roundTrip = roundTrip;
    path.loss = loss;
    path.lastAnswer = path.lastTry;
    return path;
}

/// Over IPv6, with another way that works, one that is only measured, and some that do not answer.
inline ConnectionInfo connected() {
    ConnectionInfo out;
    PathInfo active = working(
        path(PathKind::Native6, "[2001:db8:77:2::10]:50112", PathSource::Session, ProbeResult::Answered), 24ms, 0);
    active.active = true;
    active.local = "[2001:db8:5:1::2f]:41641";
    active.reason = PathReason::Faster;
    for (int i = 0; i < 60; ++i)
        active.samples.push_back({at(60 - i), std::chrono::milliseconds(22 + i * 7 % 11 + (i == 30 ? 60 : 0)),
                                  i == 41 || i == 42 ? 0U : 1U, i == 41 || i == 42 ? 1U : 0U});
    PathInfo measured = working(path(PathKind::Ordinary, "[2001:0:53aa:64c:8123:5d56:ab8c:ebf8]:50112",
                                     PathSource::Session, ProbeResult::Answered),
                                88ms, 0.05);
    measured.mayCarry = false;
    out.paths = {
        active,
        working(path(PathKind::Punched4, "198.51.100.23:50112", PathSource::Packet, ProbeResult::Answered), 31ms, 0.02),
        measured, path(PathKind::Lan, "192.168.1.77:50112", PathSource::Address, ProbeResult::Silent),
        path(PathKind::Lan, "[fd12:3456:789a::77]:50112", PathSource::Address, ProbeResult::NoWay)};
    PathMoment up{MomentKind::Up, at(4000), 1, PathKind::Punched4, "198.51.100.23:50112"};
    PathMoment switched{MomentKind::Switched, at(3998), 1, PathKind::Native6, "[2001:db8:77:2::10]:50112"};
    switched.reason = PathReason::Faster;
    out.history = {{MomentKind::TriedAnew, at(4010)}, {MomentKind::HandoffSent, at(4009), 3}, up, switched};
    return out;
}

/// Both behind routers that give each peer another port.
inline ConnectionInfo unreachable() {
    ConnectionInfo out;
    out.paths = {path(PathKind::Mapped4, "203.0.113.80:41641", PathSource::Stored, ProbeResult::Silent),
                 path(PathKind::Punched4, "203.0.113.80:50311", PathSource::Handoff, ProbeResult::Silent),
                 path(PathKind::Native6, "[2001:db8:77:2::10]:50112", PathSource::Stored, ProbeResult::NoWay)};
    out.history = {{MomentKind::TriedAnew, at(600)},
                   {MomentKind::HandoffSent, at(120), 7},
                   {MomentKind::HandoffHeard, at(118), 2},
                   {MomentKind::SearchBegan, at(60)}};
    out.outlook =
        PairOutlook{Answer::No, PathKind::None, Helper::Nobody, Obstacle::BothHard, Remedy::MapPort, Side::Either};
    return out;
}

} // namespace culvert::cases
