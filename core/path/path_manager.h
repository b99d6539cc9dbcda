// PathManager: finds and keeps the ways to one peer.
//
// Every remote address that the peer may have is a candidate. Each is probed with authenticated probes: at once twice
// (a single loss must not cost a quarter of a second), then with growing pauses. A reply proves that the path works in
// both directions; it is alive then. The best live path carries the session's datagrams; the choice is path_choice.h's.
//
// Bootstrap: kick() starts probing from the beginning (start, network change, fresh addresses).
// Keeping: live paths are probed every 25 s with jitter, which also keeps NAT bindings open (RFC 4787 REQ-5, REQ-6).
// Distress: when packets go out and none comes back, every path is probed anew and a silent one dies in seconds.
// Payload: while session datagrams flow and there is a choice, the path in use and the best others are probed often
// enough that one in five packets lost is noticed, and the other one taken, within about two seconds. A path that was
// left comes back only when it has been good for a while (kReturnAfter, kReturnProbes), longer each time. A path by the
// ordinary route (InnerAddress::ordinary) is probed like the others, and carries nothing unless the user allows it.
// Restart: a reply with another instance shows that the peer lost its state (PeerRestartedEvent). Only a reply can
// show that, because it answers a fresh transaction; a probe may be a replay.
//
// Budget: to an address that has not answered yet no more octets of the session go than came from it (RFC 9000 §8.1,
// stricter), and only kPaddedMax whole datagrams of probes, ever: a contact may have named somebody else's address.
// Addresses here are always IPv6 (native, Teredo, mapped); nothing here sends: pollProbe() says what should be sent.
#pragma once

#include "core/base/inner_address.h"
#include "core/base/random.h"
#include "core/base/rate_limit.h"
#include "core/path/measured_path.h"
#include "core/wire/control_message.h"

#include <functional>
#include <variant>

namespace culvert {

/// A path came up, another one was chosen, or none is left.
struct PathChangedEvent {
    bool up = false;       ///< some path is alive
    Duration downFor{};    ///< when it came up: how long there was none (zero at first)
    bool isSwitch = false; ///< there was another one before
    PathInfo path{};       ///< the one in use: its kind and address
    PathReason reason = PathReason::None;
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
    std::size_t size =
        0; ///< of the datagram, filled up: proves the size, and gives the other side its budget; 0: small
    std::uint8_t hopLimit = 0; ///< Datagram::hopLimit
};

/// What becomes of paths that are doubted.
enum class PathDoubt {
    Dead,   ///< they are, until they answer
    OnTrial ///< they are probed at once, and dead when that is not answered
};

/// All ways to one peer. Thread safety: one thread.
class PathManager {
public:
    static constexpr std::size_t kCandidatesMax = 24;
    static constexpr std::size_t kPeerReflexiveMax = 8;
    /// How many sources that nobody announced are taken up: a search that succeeds finds a handful.
    static constexpr TokenBucket::Rate kPeerReflexiveRate{64, 125ms};
    /// With more of them each packet seems to come from another port of theirs.
    static constexpr std::size_t kPeerReflexiveFew = 2;
    /// Of CandidateOrigin::Lan that have not answered, and the probes that each of them gets before it is forgotten.
    static constexpr std::size_t kLanMax = 4;
    static constexpr unsigned kLanProbesMax = 8;
    static constexpr Duration kKeepalive = 25s;
    static constexpr unsigned kPaddedMax = 3;
    /// Between the first probes of two candidates, after the best two (RFC 8305 §5 in spirit): a slow line is not
    /// filled by those that fail.
    static constexpr Duration kPace = 2ms;
    /// A path that was left may come back after this time at the earliest; twice as long each time it is left soon.
    static constexpr Duration kReturnAfter = 10s;
    /// One that was left because it lost packets must have answered this many probes in a row.
    static constexpr unsigned kReturnProbes = ProbeHistory::kMax;
    /// The pause between probes while payload flows: of the path in use, of the same while it loses some, of the other.
    static constexpr Duration kLookPause = 1s;
    static constexpr Duration kProbeInUse = 30ms, kProbeInDoubt = 12ms, kProbeOther = 100ms;

    PathManager(Random& random, std::uint64_t ownInstance) : m_random(random), m_instance(ownInstance) {}

    /// Adds what is new and forgets announced candidates that are not in the list, except live ones.
    void setAnnounced(Instant now, const std::vector<Candidate>& candidates);
    /// Adds candidates without forgetting others.
    void add(Instant now, const std::vector<Candidate>& candidates);
    /// The peer was heard there, by a beacon: it is probed at once, with small probes, and forgotten when it is silent.
    void hear(Instant now, const InnerAddress& remote);
    /// Adds what is new with care: a first probe that goes no farther than `hops` routers at once, the others from
    /// `begin` on.
    void open(Instant now, const Candidate& candidate, std::uint8_t hops, Instant begin);
    /// Forgets a candidate: what it went by is gone.
    void remove(Instant now, const InnerAddress& remote);
    /// Where the peer may take TCP connections: announced addresses that are no tunnel's.
    std::vector<SocketAddress> tcpPlaces() const;
    /// Probes everything from the beginning.
    void kick(Instant now);
    /// The same as a new attempt: the time without an answer counts from now.
    void tryAnew(Instant now);
    /// Probes everything once, out of turn: the other end is about to.
    void probeOnce(Instant now);
    /// A probe of no path, for whoever looks for one: nothing waits for its answer.
    wire::Probe strayProbe() { return newProbe({}); }
    /// Forgets the ways through search sockets but this one: they are closed.
    void keepSearchSocket(Instant now, std::uint32_t kept);
    /// The other end says that no path works in its eyes: those that did not answer for `silence` are doubted.
    void doubt(Instant now, Duration silence, PathDoubt how = PathDoubt::Dead);
    /// Forgets that any path works (the network changed underneath), and probes.
    void networkChanged(Instant now);

    /// Whether larger datagrams than PathMtu::kBase may be tried: the system can forbid that they are fragmented.
    void setRaisesMtu(bool isOn) { m_raisesMtu = isOn; }
    /// How large a datagram of the session may be now.
    std::size_t datagramSize() const;

    /// Whether paths by the ordinary route may carry messages.
    void setAllowOrdinary(Instant now, bool isAllowed);

    /// An authenticated probe came from `remote`, by a road of this kind. False when there is no room for its address.
    bool handleProbe(Instant now, const InnerAddress& remote, PathKind kind, std::size_t datagramSize);
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
    void noteSent(Instant now, std::size_t datagramSize = 0);
    void noteReceived(Instant now, const InnerAddress& remote, std::size_t size);

    /// The addresses, without ports, of the ways that work now and go straight there by UDP: who answers there is the
    /// peer.
    std::vector<SocketAddress> straightHosts() const;
    /// Whether `remote` is a candidate.
    bool knows(const InnerAddress& remote) const;
    bool isUp() const { return m_active >= 0; }
    /// Whether TCP connections are of use: one carries the session, or no other path has for long enough.
    bool needsTcp(Instant now) const;
    std::optional<InnerAddress> activeRemote() const;
    PathKind activeKind() const;
    Duration activeRoundTrip() const;
    /// Whether any candidate is there to be probed.
    bool hasCandidates() const { return !m_paths.empty(); }
    std::vector<PathInfo> describe() const;
    /// The same with times and reasons. `reaches`: whether anything of ours leads to an address.
    std::vector<PathInfo> describe(const Now& now, const std::function<bool(const InnerAddress&)>& reaches) const;
    /// Somebody looks at the path in use: it is measured once in kLookPause, as long as this is called as often.
    void look(Instant now);
    /// The instant since which probing has gone on without an answer.
    std::optional<Instant> tryingSince() const { return m_tryingSince; }

private:
    using Path = MeasuredPath;
    /// Between two probes of one path that something set off.
    static constexpr Duration kTriggeredPause = 100ms;
    /// Before the first that a packet of theirs set off: what we sent before it found their NAT or firewall shut.
    static constexpr Duration kFirstTriggeredPause = 10ms;

    Path* find(const InnerAddress& remote);
    void addOne(Instant now, const Candidate& candidate);
    void scheduleNext(Instant now, Path& path);
    void expire(Instant now, Path& path);
    wire::Probe newProbe(const Path& path);
    std::optional<OutgoingProbe> pollMtuProbe(Instant now);
    bool handleMtuReply(Instant now, const InnerAddress& remote, std::uint64_t transaction);
    bool makeRoom(CandidateOrigin origin);
    void forgetSilent(Instant now, unsigned probesMax);
    bool mayTake(const Path& path, std::size_t size) const;
    Path* answeredBy(const InnerAddress& remote, std::uint64_t transaction);
    void choose(Instant now);
    void hasten(Instant now);
    void findRivals(Instant now, std::vector<PathMeasure> measures);
    void takeTurns(Instant now, int before, bool isForLoss, PathReason reason);
    bool isFlowing(Instant now) const { return m_lastPayload && now < *m_lastPayload + kFlowing; }
    std::optional<Duration> pauseInFlow(Instant now, const Path& path) const;
    bool mayCarry(const Path& path) const { return m_allowOrdinary || path.candidate.kind != PathKind::Ordinary; }
    Duration jittered(Duration duration);
    Instant nextStart(Instant now);
    PathMeasure measure(Instant now, const Path& path) const;
    PathInfo describe(const Path& path) const;
    void addTimes(const Now& now, const Path& path, PathInfo& info) const;

    static constexpr Duration kFlowing = 1s; // since the last datagram of the session

    Random& m_random;
    std::uint64_t m_instance;
    std::uint64_t m_counter = 0;
    std::uint64_t m_peerInstance = 0;
    TokenBucket m_newSources;
    std::vector<Path> m_paths;
    int m_active = -1;
    Instant m_nextStart = Instant::min() + 1h; // of the next candidate's probes
    bool m_allowOrdinary = false;
    bool m_raisesMtu = false;
    std::optional<Instant> m_lastPayload;
    std::optional<Instant> m_tryingSince;
    std::optional<Instant> m_downSince;
    std::optional<Instant> m_unansweredSince; // first session datagram since the last one came in
    std::deque<PathEvent> m_events;
};

} // namespace culvert
