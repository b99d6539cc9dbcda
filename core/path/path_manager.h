// PathManager: finds and keeps the ways to one peer.
//
// Every remote address that the peer may have is a candidate. Each is probed with authenticated probes: at once twice
// (a single loss must not cost a quarter of a second), then with growing pauses. A reply proves that the path works in
// both directions; it is alive then. The best live path carries the session's datagrams; the choice is path_choice.h's.
//
// Bootstrap: kick() starts probing from the beginning (start, network change, fresh addresses).
// Keeping: live paths are probed every 25 s with jitter, which also keeps NAT bindings open (RFC 4787 REQ-5, REQ-6).
// Distress: when packets go out and none comes back, every path is probed anew and a silent one dies in seconds.
// Restart: a reply with another instance shows that the peer lost its state (PeerRestartedEvent). Only a reply can
// show that, because it answers a fresh transaction; a probe may be a replay.
//
// Budget: to an address that has not answered yet no more octets of the session go than came from it (RFC 9000 §8.1,
// stricter), and only kPaddedMax whole datagrams of probes, ever: a contact may have named somebody else's address.
// Addresses here are always IPv6 (native, Teredo, mapped); nothing here sends: pollProbe() says what should be sent.
#pragma once

#include "core/base/inner_address.h"
#include "core/base/random.h"
#include "core/path/path_choice.h"
#include "core/wire/control_message.h"

#include <deque>
#include <variant>

namespace culvert {

/// How we learnt a candidate (RFC 8445 §5.1.1 words where they fit).
enum class CandidateOrigin {
    Announced,     ///< from the peer's address string, endpoint update or handoff
    PeerReflexive, ///< the source of an authenticated packet
};

/// An address that may lead to the peer.
struct Candidate {
    PathKind kind = PathKind::None;
    InnerAddress remote;
    CandidateOrigin origin = CandidateOrigin::Announced;
};

/// A path came up, another one was chosen, or none is left.
struct PathChangedEvent {
    bool up = false;    ///< some path is alive
    Duration downFor{}; ///< when it came up: how long there was none (zero at first)
};
/// The peer answers as another instance than before: it has lost its session.
struct PeerRestartedEvent {
    std::uint64_t instance = 0; ///< the new one
};
using PathEvent = std::variant<PathChangedEvent, PeerRestartedEvent>;

/// A probe that should go out now.
struct OutgoingProbe {
    InnerAddress remote;
    wire::Probe probe;
    bool padded = false; ///< fill a whole datagram: proves the size, and gives the other side its budget
};

/// All ways to one peer. Thread safety: one thread.
class PathManager {
public:
    static constexpr std::size_t kCandidatesMax = 24;
    static constexpr std::size_t kPeerReflexiveMax = 8;
    static constexpr Duration kKeepalive = 25s;
    static constexpr unsigned kPaddedMax = 3;

    PathManager(Random& random, std::uint64_t ownInstance) : m_random(random), m_instance(ownInstance) {}

    /// Adds what is new and forgets announced candidates that are not in the list, except live ones.
    void setAnnounced(Instant now, const std::vector<Candidate>& candidates);
    /// Adds candidates without forgetting others.
    void add(Instant now, const std::vector<Candidate>& candidates);
    /// Probes everything from the beginning.
    void kick(Instant now);
    /// Probes everything once, out of turn: the other end is about to.
    void probeOnce(Instant now);
    /// The other end says that no path works in its eyes: those that did not answer for `silence` are dead until they
    /// do.
    void doubt(Instant now, Duration silence);
    /// Forgets that any path works (the network changed underneath), and probes.
    void networkChanged(Instant now);

    /// An authenticated probe came from `remote`. False when there is no room for its address.
    bool handleProbe(Instant now, const InnerAddress& remote, PathKind kindIfNew, std::size_t datagramSize);
    /// True when it answers a probe of ours that went there.
    bool handleReply(Instant now, const InnerAddress& remote, const wire::ProbeReply& reply);
    void handleTimeout(Instant now);
    std::optional<OutgoingProbe> pollProbe(Instant now);
    std::optional<PathEvent> pollEvent();
    std::optional<Deadline> pollTimeout() const;

    /// Where a session datagram of `size` octets goes now; nothing when no path may take it.
    std::optional<InnerAddress> route(std::size_t size);
    /// Whether route() would find a way for `size` octets.
    bool mayRoute(std::size_t size) const;
    /// Session traffic, so that silence is noticed.
    void noteSent(Instant now);
    void noteReceived(const InnerAddress& remote, std::size_t size);

    /// Whether `remote` is a candidate.
    bool knows(const InnerAddress& remote) const;
    bool isUp() const { return m_active >= 0; }
    std::optional<InnerAddress> activeRemote() const;
    PathKind activeKind() const;
    Duration activeRoundTrip() const;
    /// Whether any candidate is there to be probed.
    bool hasCandidates() const { return !m_paths.empty(); }
    std::vector<PathInfo> describe() const;
    /// The instant since which probing has gone on without an answer.
    std::optional<Instant> tryingSince() const { return m_tryingSince; }

private:
    struct Outstanding {
        std::uint64_t transaction = 0;
        Instant sentAt;
    };
    struct Path {
        Candidate candidate;
        bool alive = false;
        bool validated = false; ///< a reply came at some time: the address is the peer's
        bool everAnswered = false;
        std::size_t octetsIn = 0, octetsOut = 0; ///< the budget while not validated
        unsigned padded = 0;                     ///< whole datagrams sent while not validated; never reset
        unsigned attempts = 0;                   ///< probes since the last reply or kick
        unsigned unanswered = 0;                 ///< probes lost in a row
        Instant nextProbe{};
        Instant lastProbe = Instant::min() + 1h; ///< long ago
        Instant lastReply{};
        Duration roundTrip{};
        std::uint32_t recent = 0; ///< one bit a probe, set when it was answered
        unsigned recentCount = 0;
        std::deque<Outstanding> outstanding;
    };

    Path* find(const InnerAddress& remote);
    void addOne(Instant now, const Candidate& candidate);
    void scheduleNext(Instant now, Path& path);
    void expire(Instant now, Path& path);
    void record(Path& path, bool answered);
    void choose(Instant now);
    Duration jittered(Duration duration);
    PathMeasure measure(const Path& path) const;

    Random& m_random;
    std::uint64_t m_instance;
    std::uint64_t m_counter = 0;
    std::uint64_t m_peerInstance = 0;
    std::vector<Path> m_paths;
    int m_active = -1;
    std::optional<Instant> m_tryingSince;
    std::optional<Instant> m_downSince;
    std::optional<Instant> m_unansweredSince; // first session datagram since the last one came in
    std::deque<PathEvent> m_events;
};

} // namespace culvert
