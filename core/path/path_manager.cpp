#include "core/path/path_manager.h"

#include "core/base/datagram.h"
#include "core/wire/mapped_address.h"

#include <algorithm>
#include <utility>

namespace culvert {

namespace {

// Pauses between probes to an address that does not answer. Two at once, then doubling: RFC 8445 §14 in spirit.
constexpr std::array<Duration, 8> kPauses = {20ms, 230ms, 250ms, 500ms, 1s, 2s, 4s, 8s};
constexpr Duration kPauseLong = 15s;
constexpr unsigned kAttemptsBeforeLong = 20;
// A live path whose probe is not answered is asked again soon.
constexpr Duration kRetryLive = 500ms;
constexpr unsigned kUnansweredToDie = 4;
// While payload flows probes are lost in quick succession; that alone does not kill a path that answered just now.
constexpr Duration kSilenceToDie = 1500ms;
// A path that was in use this long starts anew with the shortest kReturnAfter.
constexpr Duration kCalmAfter = 5min;
constexpr unsigned kDoublingsMax = 4;
// Probes that tell: with a longer round trip there is no sense in sending them closer.
constexpr int kProbesPerRoundTrip = 20;

// Packets went out and nothing came back for this long: look for another way.
Duration silenceLimit(Duration roundTrip) {
    return std::clamp<Duration>(roundTrip * 3, 400ms, 2s);
}

} // namespace

bool PathManager::handleProbe(Instant now, const InnerAddress& remote, PathKind kind, std::size_t datagramSize) {
    Path* path = find(remote);
    const auto reflexive = static_cast<std::size_t>(std::ranges::count_if(
        m_paths, [](const Path& p) { return p.candidate.origin == CandidateOrigin::PeerReflexive && !p.alive; }));
    if (path == nullptr) {
        // Between two NATs that give each destination a port of its own, answer and probe come from new ports, and so
        // do the other end's to these: without a bound the two would chase each other for as long as they search.
        if (!m_newSources.spend(now, kPeerReflexiveRate))
            return false;
        if (reflexive >= kPeerReflexiveMax)
            makeRoom(CandidateOrigin::PeerReflexive);
        addOne(now, {kind, remote, CandidateOrigin::PeerReflexive, PathSource::Packet});
        path = find(remote);
    }
    if (path == nullptr)
        return false;
    if (remote.via)
        path->candidate.kind = kind; // Whose relay that is only the peer can say.
    path->octetsIn += datagramSize;
    // They can reach us from there, so our own probe has the best chance now (RFC 8445 §7.3.1.4). After the first not
    // more often than kTriggeredPause, nor where each packet may come from another port of theirs: two ends that
    // trigger each other would otherwise go round as fast as the path carries them.
    const bool isFirst = !path->wasTriggered && reflexive <= kPeerReflexiveFew;
    const Instant soon = std::max(now, path->lastProbe + (isFirst ? kFirstTriggeredPause : kTriggeredPause));
    if (!path->alive && path->nextProbe > soon) {
        path->wasTriggered = true;
        path->attempts = std::min(path->attempts, 1U);
        path->nextProbe = soon;
    }
    return true;
}

// Which path a reply answers for: a probe that was left to the IPv6 internet reaches a client's peer through one relay,
// and its answer comes back through whichever relay is near the peer (RFC 4380 §5.4).
PathManager::Path* PathManager::answeredBy(const InnerAddress& remote, std::uint64_t transaction) {
    const auto found = std::ranges::find_if(m_paths, [&](const Path& path) {
        const InnerAddress& asked = path.candidate.remote;
        const bool isThere = asked == remote || (asked.ordinary && remote.via && asked.address == remote.address);
        return isThere && path.waitsFor(transaction);
    });
    return found == m_paths.end() ? nullptr : &*found;
}

bool PathManager::handleReply(Instant now, const InnerAddress& remote, const wire::ProbeReply& reply) {
    Path* path = answeredBy(remote, reply.transaction);
    if (path == nullptr)
        return handleMtuReply(now, remote, reply.transaction);
    path->answered(now, reply.transaction);
    path->nextProbe = now + jittered(kKeepalive);
    if (const auto pause = pauseInFlow(now, *path))
        path->nextProbe = path->lastProbe + *pause;
    const bool restarted = m_peerInstance != 0 && m_peerInstance != reply.instance;
    m_peerInstance = reply.instance;
    m_unansweredSince.reset();
    if (restarted)
        m_events.push_back(PeerRestartedEvent{reply.instance});
    choose(now);
    return true;
}

bool PathManager::handleMtuReply(Instant now, const InnerAddress& remote, std::uint64_t transaction) {
    Path* path = find(remote);
    const auto taken = path != nullptr ? path->mtu.answered(now, transaction) : std::nullopt;
    if (!taken)
        return false;
    path->lastHeard = now;
    path->noteRoundTrip(now, *taken);
    return true;
}

void PathManager::expire(Instant now, Path& path) {
    if (path.expire(now) > 0 && path.alive)
        path.nextProbe = std::min(path.nextProbe, pauseInFlow(now, path) ? path.lastProbe + kProbeInDoubt : now);
    const bool isSilent = path.unanswered >= kUnansweredToDie && path.lastReply + kSilenceToDie <= now;
    if (path.alive && (isSilent || (path.isOnTrial && path.unanswered > 0))) {
        path.alive = false;
        path.attempts = 0;
    }
}

void PathManager::handleTimeout(Instant now) {
    forgetSilent(now, kLanProbesMax);
    for (Path& path : m_paths)
        expire(now, path);
    if (m_active >= 0) {
        Path& active = m_paths[static_cast<std::size_t>(m_active)];
        if (active.mtu.handleTimeout(now, active.lastHeard) && !active.isWaiting())
            active.nextProbe = now; // Do small ones pass?
    }
    if (m_active >= 0 && m_unansweredSince && *m_unansweredSince + silenceLimit(activeRoundTrip()) <= now) {
        m_unansweredSince.reset();
        for (Path& path : m_paths) {
            if (!path.isWaiting())
                path.nextProbe = now;
        }
    }
    choose(now);
}

// While payload flows and there is a choice, the paths in question are measured closely.
std::optional<Duration> PathManager::pauseInFlow(Instant now, const Path& path) const {
    if (!path.isInQuestion || !isFlowing(now))
        return std::nullopt;
    constexpr unsigned doubtWindow = 32;
    const bool isActive = m_active >= 0 && &m_paths[static_cast<std::size_t>(m_active)] == &path;
    const Duration pause = !isActive ? kProbeOther : path.history.hasLost(doubtWindow) ? kProbeInDoubt : kProbeInUse;
    return std::max<Duration>(pause, path.roundTrip / kProbesPerRoundTrip);
}

void PathManager::scheduleNext(Instant now, Path& path) {
    if (const auto pause = pauseInFlow(now, path)) {
        path.nextProbe = now + *pause;
        return;
    }
    if (path.alive) {
        path.nextProbe = now + (path.unanswered > 0 ? kRetryLive : jittered(kKeepalive));
        return;
    }
    const std::size_t step = path.attempts;
    ++path.attempts;
    if (step < kPauses.size())
        path.nextProbe = now + kPauses[step];
    else
        path.nextProbe = now + jittered(path.attempts < kAttemptsBeforeLong ? kPauses.back() : kPauseLong);
}

std::optional<OutgoingProbe> PathManager::pollProbe(Instant now) {
    for (Path& path : m_paths) {
        if (path.nextProbe > now)
            continue;
        OutgoingProbe out;
        out.remote = path.candidate.remote;
        if (const auto hops = std::exchange(path.openerHops, std::uint8_t{0})) {
            path.nextProbe = path.beginAt; // Nobody answers this one.
            return OutgoingProbe{out.remote, newProbe(path), 0, hops};
        }
        // A relay that does not know the client yet keeps little for it (miredo: 1280 octets), and the answer to the
        // client's echo test comes behind our first probe.
        const bool meetsRelay = out.remote.ordinary && out.remote.address.v6().isTeredo() && path.attempts == 0;
        bool isPadded =
            !path.validated && path.padded < kPaddedMax && !meetsRelay && path.candidate.origin != CandidateOrigin::Lan;
        // A reflexive address has sent us something; until it answers we do not send it more than that.
        if (path.candidate.origin == CandidateOrigin::PeerReflexive && !path.validated) {
            constexpr std::size_t probeSize = 160;
            isPadded = false;
            if (path.octetsOut + probeSize > path.octetsIn && path.attempts > 0) {
                scheduleNext(now, path);
                continue;
            }
            path.octetsOut += probeSize;
        }
        path.padded += isPadded ? 1 : 0;
        out.size = isPadded ? PathMtu::kBase : 0;
        out.probe = newProbe(path);
        path.sent(now, out.probe.transaction);
        scheduleNext(now, path);
        return out;
    }
    return pollMtuProbe(now);
}

wire::Probe PathManager::newProbe(const Path& path) {
    wire::Probe out;
    out.byOrdinaryRoute = path.candidate.kind == PathKind::Ordinary;
    std::array<std::uint8_t, 8> transaction{};
    m_random.fillPublic(transaction);
    for (const std::uint8_t octet : transaction)
        out.transaction = out.transaction << 8 | octet;
    out.instance = m_instance;
    out.counter = ++m_counter;
    return out;
}

// Of the path in use alone; the others are searched when their turn comes.
std::optional<OutgoingProbe> PathManager::pollMtuProbe(Instant now) {
    if (m_active < 0 || !m_raisesMtu)
        return std::nullopt;
    Path& path = m_paths[static_cast<std::size_t>(m_active)];
    const auto size = path.mtu.wanted(now);
    if (!size)
        return std::nullopt;
    OutgoingProbe out{path.candidate.remote, newProbe(path), *size};
    path.mtu.sent(now, out.probe.transaction, path.timeout());
    return out;
}

std::optional<PathEvent> PathManager::pollEvent() {
    if (m_events.empty())
        return std::nullopt;
    PathEvent event = m_events.front();
    m_events.pop_front();
    return event;
}

std::optional<Deadline> PathManager::pollTimeout() const {
    std::optional<Deadline> next;
    const auto consider = [&next](Instant at, const char* reason) {
        if (!next || at < next->at)
            next = Deadline{at, reason};
    };
    for (const Path& path : m_paths) {
        consider(path.nextProbe, "path probe");
        if (const auto expiry = path.nextExpiry())
            consider(*expiry, "path probe lost");
    }
    if (m_active >= 0 && m_raisesMtu)
        if (const auto at = m_paths[static_cast<std::size_t>(m_active)].mtu.pollTimeout())
            consider(*at, "path MTU");
    if (m_active >= 0 && m_unansweredSince)
        consider(*m_unansweredSince + silenceLimit(activeRoundTrip()), "path silent");
    return next;
}

std::optional<InnerAddress> PathManager::route(std::size_t size) {
    if (m_active >= 0)
        return m_paths[static_cast<std::size_t>(m_active)].candidate.remote;
    for (Path& path : m_paths) {
        if (mayTake(path, size)) {
            path.octetsOut += size;
            return path.candidate.remote;
        }
    }
    return std::nullopt;
}

// Whether an address that has not answered may get as much of the session.
bool PathManager::mayTake(const Path& path, std::size_t size) const {
    return !path.validated && mayCarry(path) && path.octetsOut + size <= path.octetsIn;
}

bool PathManager::mayRoute(std::size_t size) const {
    return m_active >= 0 || std::ranges::any_of(m_paths, [&](const Path& path) { return mayTake(path, size); });
}

std::size_t PathManager::datagramSize() const {
    return m_active >= 0 && m_raisesMtu ? m_paths[static_cast<std::size_t>(m_active)].mtu.size() : PathMtu::kBase;
}

void PathManager::noteSent(Instant now, std::size_t datagramSize) {
    if (m_active >= 0 && m_raisesMtu)
        m_paths[static_cast<std::size_t>(m_active)].mtu.used(now, datagramSize);
    if (!m_unansweredSince)
        m_unansweredSince = now;
    const bool begins = !isFlowing(now);
    m_lastPayload = now;
    if (begins)
        hasten(now);
}

// Payload begins to flow, or it has another choice: what is in question is measured from now on.
void PathManager::hasten(Instant now) {
    for (Path& path : m_paths)
        if (const auto pause = pauseInFlow(now, path))
            path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + *pause));
}

void PathManager::noteReceived(Instant now, const InnerAddress& remote, std::size_t size) {
    m_unansweredSince.reset();
    Path* path = find(remote);
    if (path == nullptr)
        return;
    path->lastHeard = now;
    if (!path->validated)
        path->octetsIn += size;
}

PathMeasure PathManager::measure(Instant now, const Path& path) const {
    PathMeasure out{path.candidate.kind, path.alive, path.roundTrip, path.history, mayCarry(path)};
    if (path.leftAt) {
        const unsigned doublings = std::min(path.timesLeft - 1, kDoublingsMax);
        const bool isGood =
            !path.wasLeftForLoss || (path.history.count() >= kReturnProbes && path.history.lost(kReturnProbes) == 0);
        out.wasLossy = !isGood;
        out.isHeldBack = !isGood || now < *path.leftAt + kReturnAfter * (1U << doublings);
    }
    return out;
}

void PathManager::choose(Instant now) {
    std::vector<PathMeasure> measures;
    measures.reserve(m_paths.size());
    for (const Path& path : m_paths)
        measures.push_back(measure(now, path));
    const int before = m_active;
    m_active = choosePath(measures, m_active);
    if (m_active != before) {
        const bool isOldAlive = before >= 0 && measures[static_cast<std::size_t>(before)].alive;
        const bool isForLoss = before >= 0 && m_active >= 0 &&
                               (!isOldAlive || isMoreReliable(measures[static_cast<std::size_t>(m_active)],
                                                              measures[static_cast<std::size_t>(before)]));
        takeTurns(now, before, isForLoss,
                  before >= 0 && !isOldAlive ? PathReason::OtherSilent : reasonFor(measures, m_active));
    }
    findRivals(now, std::move(measures));
}

// The best besides the active one, and of those that were left the one that would be in use otherwise.
void PathManager::findRivals(Instant now, std::vector<PathMeasure> measures) {
    std::vector<bool> isInQuestion(m_paths.size());
    if (m_active >= 0) {
        const auto active = static_cast<std::size_t>(m_active);
        std::vector<PathMeasure> left = measures;
        for (std::size_t i = 0; i < left.size(); ++i) {
            measures[i].alive = measures[i].alive && i != active;
            left[i].alive = left[i].alive && (i == active || left[i].isHeldBack);
            left[i].isHeldBack = false;
            left[i].history.clear();
        }
        for (const int rival : {choosePath(measures, -1), choosePath(left, m_active)})
            if (rival >= 0 && rival != m_active)
                isInQuestion[static_cast<std::size_t>(rival)] = isInQuestion[active] = true;
    }
    bool isNew = false;
    for (std::size_t i = 0; i < m_paths.size(); ++i)
        isNew = std::exchange(m_paths[i].isInQuestion, isInQuestion[i]) != isInQuestion[i] || isNew;
    if (isNew)
        hasten(now);
}

void PathManager::takeTurns(Instant now, int before, bool isForLoss, PathReason reason) {
    if (before >= 0) {
        Path& left = m_paths[static_cast<std::size_t>(before)];
        left.timesLeft = now - left.activeSince > kCalmAfter ? 1 : left.timesLeft + 1;
        left.leftAt = now;
        left.wasLeftForLoss = isForLoss;
    }
    if (m_active >= 0) {
        Path& taken = m_paths[static_cast<std::size_t>(m_active)];
        taken.activeSince = now;
        taken.leftAt.reset();
    }
    PathChangedEvent event;
    event.up = m_active >= 0;
    event.isSwitch = before >= 0 && m_active >= 0;
    event.reason = event.up ? reason : PathReason::None;
    if (event.up)
        event.path = describe(m_paths[static_cast<std::size_t>(m_active)]);
    if (before < 0 && m_downSince)
        event.downFor = now - *m_downSince;
    if (m_active >= 0) {
        m_downSince.reset();
        m_tryingSince.reset();
    } else {
        m_downSince = m_tryingSince = now;
        for (Path& path : m_paths) {
            path.attempts = 0;
            path.nextProbe = std::min(path.nextProbe, now + kPauses[0]);
        }
    }
    m_events.push_back(event);
}

Duration PathManager::jittered(Duration duration) {
    // Between 80 and 100 %: keepalives of many contacts must not fall together.
    const auto percent = static_cast<std::int64_t>(80 + m_random.below(21));
    return duration * percent / 100;
}

std::optional<InnerAddress> PathManager::activeRemote() const {
    if (m_active < 0)
        return std::nullopt;
    return m_paths[static_cast<std::size_t>(m_active)].candidate.remote;
}

PathKind PathManager::activeKind() const {
    return m_active >= 0 ? m_paths[static_cast<std::size_t>(m_active)].candidate.kind : PathKind::None;
}

Duration PathManager::activeRoundTrip() const {
    return m_active >= 0 ? m_paths[static_cast<std::size_t>(m_active)].roundTrip : Duration{};
}

std::vector<PathInfo> PathManager::describe() const {
    std::vector<PathInfo> out;
    for (const Path& path : m_paths)
        out.push_back(describe(path));
    if (m_active >= 0)
        out[static_cast<std::size_t>(m_active)].active = true;
    return out;
}

std::vector<PathInfo> PathManager::describe(const Now& now,
                                            const std::function<bool(const InnerAddress&)>& reaches) const {
    std::vector<PathInfo> out = describe();
    std::vector<PathMeasure> measures;
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        addTimes(now, m_paths[i], out[i]);
        measures.push_back(measure(now.monotonic, m_paths[i]));
        if (!reaches(m_paths[i].candidate.remote))
            out[i].result = ProbeResult::NoWay;
    }
    if (m_active >= 0)
        out[static_cast<std::size_t>(m_active)].reason = reasonFor(measures, m_active);
    return out;
}

PathInfo PathManager::describe(const Path& path) const {
    PathInfo info;
    info.kind = path.candidate.kind;
    info.source = path.candidate.source;
    // People know the IPv4 address, not the mapped form that stands for it above the tunnel.
    info.remote = wire::fromMapped(path.candidate.remote.address.v6()).value_or(path.candidate.remote.address).text();
    info.roundTrip = path.roundTrip;
    info.loss = path.history.loss();
    info.mayCarry = mayCarry(path);
    info.mtu = path.mtu.size() + PathMtu::kHeaders;
    info.answered = path.everAnswered;
    info.works = path.alive;
    if (!path.wasTried)
        info.result = ProbeResult::NotTried;
    else if (path.everAnswered && (path.lastReply >= path.lastProbe || (path.alive && path.unanswered == 0)))
        info.result = ProbeResult::Answered;
    else
        info.result = path.isWaiting() && path.unanswered == 0 ? ProbeResult::Waiting : ProbeResult::Silent;
    return info;
}

void PathManager::addTimes(const Now& now, const Path& path, PathInfo& info) const {
    const auto wallOf = [&now](Instant at) {
        return WallTime{now.wall.milliseconds -
                        std::chrono::duration_cast<std::chrono::milliseconds>(now.monotonic - at).count()};
    };
    if (path.wasTried)
        info.lastTry = wallOf(path.lastProbe);
    if (path.everAnswered)
        info.lastAnswer = wallOf(path.lastReply);
    for (const ProbeTimeline::Second& second : path.timeline.seconds())
        info.samples.push_back({wallOf(second.at), second.roundTrip, second.answered, second.lost});
}

void PathManager::look(Instant now) {
    if (m_active < 0)
        return;
    Path& path = m_paths[static_cast<std::size_t>(m_active)];
    path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + kLookPause));
}

} // namespace culvert
