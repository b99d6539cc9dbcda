// ConnectionInfo: the ways to one contact, what each of them did, why the one in use was chosen, and what happened.
// Values, for path.list and the contact's connection page.
#pragma once

#include "core/messenger/contact.h"

#include <vector>

namespace culvert {

/// Where a possible way was learnt from, the last time that somebody told.
enum class PathSource {
    Stored,   ///< known since before the program started
    Address,  ///< their address string
    Session,  ///< they told it while we were connected
    LastTime, ///< they answered there before
    Handoff,  ///< a third party handed it over
    Packet,   ///< a packet of theirs came from there
    Beacon,   ///< a beacon of theirs came from there, on the local network
    Foretold, ///< how their NAT, or ours, hands out ports
    Link,     ///< a TCP connection that we opened
};

/// What became of the last probe of a way.
enum class ProbeResult {
    NotTried,
    Waiting, ///< on its way, and none before it was lost
    Answered,
    Silent,
    NoWay, ///< nothing of ours leads there: no such address family, or no tunnel
};

/// What decides for the path in use, against the best of the others.
enum class PathReason {
    None,         ///< not in use
    OnlyOne,      ///< no other way answers
    OnlyAllowed,  ///< the others answer, and may not carry messages
    MoreReliable, ///< the other one loses more
    Faster,       ///< the other one takes longer
    BetterKind,   ///< as fast, and of a kind that lasts longer or needs less help
    BeforeTcp,    ///< the other one is a TCP connection, where one lost packet holds up all that follow
    BeforeRelay,  ///< the other one goes through a relay that nobody chose
    OtherOnTrial, ///< the other one was left a short while ago, and has to prove itself
    NotWorthIt,   ///< the other one is no better, or by too little to change
    OtherSilent,  ///< only of a change: the one before stopped answering
};

/// What the probes of one path told in one second.
struct PathSample {
    WallTime at;
    Duration roundTrip{}; ///< of the last answer; zero: there was none
    unsigned answered = 0;
    unsigned lost = 0;
    bool operator==(const PathSample&) const = default;
};

/// One proven or tried way to a contact.
struct PathInfo {
    PathKind kind = PathKind::None;
    std::string local;  ///< socket address in text, empty when the system chooses
    std::string remote; ///< socket address in text
    Duration roundTrip{};
    double loss = 0; ///< share of recent probes without an answer, 0 to 1
    bool active = false;
    bool answered = false; ///< an authenticated answer came over it
    bool mayCarry = true;  ///< whether it may carry messages; false: it is only measured
    std::size_t mtu = 0;   ///< octets of the largest IPv6 packet that is known to pass
    PathSource source = PathSource::Stored;
    ProbeResult result = ProbeResult::NotTried;
    bool works = false; ///< it answers at present
    std::optional<WallTime> lastTry{};
    std::optional<WallTime> lastAnswer{};
    PathReason reason = PathReason::None; ///< of the path in use
    std::vector<PathSample> samples{};    ///< oldest first; of paths that answered
};

/// What happened between us and one contact.
enum class MomentKind {
    Up,            ///< the first way answered
    Switched,      ///< another way took over
    Down,          ///< no way answers any more
    PeerRestarted, ///< their program was started anew
    HandoffSent,   ///< third parties were asked to tell them where we are
    HandoffHeard,  ///< a third party told where they are
    RingSent,      ///< they were rung through a Teredo server
    RingHeard,     ///< they rang us
    BeaconHeard,   ///< they were heard on the local network
    SearchBegan,   ///< many ports are tried at both ends
    TriedAnew,     ///< the user asked for it, or our network changed
};

/// One of them, or several of one kind in a row.
struct PathMoment {
    MomentKind kind = MomentKind::Up;
    WallTime at{};                        ///< of the last one
    unsigned count = 1;                   ///< how many in a row
    PathKind path = PathKind::None;       ///< of Up and Switched
    std::string remote{};                 ///< of Up and Switched
    PathReason reason = PathReason::None; ///< of Switched
    Duration downFor{};                   ///< of Up: how long there was no way
    bool operator==(const PathMoment&) const = default;
};

/// Everything about the ways to one contact.
struct ConnectionInfo {
    static constexpr std::size_t kMomentsMax = 48;
    std::vector<PathInfo> paths;
    std::vector<PathMoment> history;    ///< oldest first, at most kMomentsMax
    std::optional<PairOutlook> outlook; ///< what is to be expected of the two ends, where no way works
};

} // namespace culvert
