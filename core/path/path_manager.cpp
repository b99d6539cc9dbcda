#include "core/path/path_manager.h"

#include "core/wire/mapped_address.h"

#include <algorithm>
#include <bit>

namespace culvert {

namespace {

// Pauses between probes to an address that does not answer. Two at once, then doubling: RFC 8445 §14 in spirit.
constexpr std::array<Duration, 8> kPauses = {20ms, 230ms, 250ms, 500ms, 1s, 2s, 4s, 8s};
constexpr Duration kPauseLong = 15s;
constexpr unsigned kAttemptsBeforeLong = 20;
// A live path whose probe is not answered is asked again soon.
constexpr Duration kRetryLive = 500ms;
constexpr unsigned kUnansweredToDie = 4;
constexpr Duration kTriggeredPause = 100ms;
// Replies may be on their way for seconds; older probes than these are given up.
constexpr std::size_t kOutstandingMax = 16;
constexpr unsigned kRecentProbes = 16;

Duration probeTimeout(Duration roundTrip) {
    return std::clamp<Duration>(roundTrip * 3, 300ms, 2s);
}

// Packets went out and nothing came back for this long: look for another way.
Duration silenceLimit(Duration roundTrip) {
    return std::clamp<Duration>(roundTrip * 3, 400ms, 2s);
}

} // namespace

PathManager::Path* PathManager::find(const InnerAddress& remote) {
    const auto found = std::ranges::find_if(m_paths, [&](const Path& path) { return path.candidate.remote == remote; });
    return found == m_paths.end() ? nullptr : &*found;
}

bool PathManager::knows(const InnerAddress& remote) const {
    return std::ranges::any_of(m_paths, [&](const Path& path) { return path.candidate.remote == remote; });
}

void PathManager::addOne(Instant now, const Candidate& candidate) {
    if (Path* known = find(candidate.remote)) {
        // An address that was learnt from packets and is announced now is the better known for it.
        if (candidate.origin == CandidateOrigin::Announced)
            known->candidate = candidate;
        return;
    }
    if (m_paths.size() >= kCandidatesMax) {
        const auto dead = std::ranges::find_if(m_paths, [](const Path& path) { return !path.alive; });
        if (dead == m_paths.end())
            return;
        const int index = static_cast<int>(dead - m_paths.begin());
        m_paths.erase(dead);
        if (m_active > index)
            --m_active;
    }
    Path path;
    path.candidate = candidate;
    path.nextProbe = now;
    m_paths.push_back(path);
    if (m_active < 0 && !m_tryingSince)
        m_tryingSince = now;
}

void PathManager::add(Instant now, const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates)
        addOne(now, candidate);
}

void PathManager::setAnnounced(Instant now, const std::vector<Candidate>& candidates) {
    const auto isStale = [&](const Path& path) {
        return path.candidate.origin == CandidateOrigin::Announced && !path.alive &&
               std::ranges::none_of(candidates, [&](const Candidate& c) { return c.remote == path.candidate.remote; });
    };
    const InnerAddress active = activeRemote().value_or(InnerAddress());
    std::erase_if(m_paths, isStale);
    if (m_active >= 0)
        m_active = static_cast<int>(find(active) - m_paths.data());
    add(now, candidates);
}

void PathManager::kick(Instant now) {
    for (Path& path : m_paths) {
        path.attempts = 0;
        path.nextProbe = std::max(now, path.lastProbe + kTriggeredPause);
    }
    if (m_active < 0)
        m_tryingSince = now;
}

void PathManager::probeOnce(Instant now) {
    for (Path& path : m_paths)
        path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + kTriggeredPause));
}

void PathManager::doubt(Instant now, Duration silence) {
    for (Path& path : m_paths) {
        if (!path.alive || path.lastReply + silence > now)
            continue;
        path.alive = false;
        path.attempts = 0;
        path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + kTriggeredPause));
    }
    choose(now);
}

void PathManager::networkChanged(Instant now) {
    for (Path& path : m_paths) {
        path.alive = false;
        path.outstanding.clear();
        path.unanswered = 0;
    }
    choose(now);
    kick(now);
}

bool PathManager::handleProbe(Instant now, const InnerAddress& remote, PathKind kindIfNew, std::size_t datagramSize) {
    Path* path = find(remote);
    if (path == nullptr) {
        const auto reflexive = std::ranges::count_if(
            m_paths, [](const Path& p) { return p.candidate.origin == CandidateOrigin::PeerReflexive && !p.alive; });
        if (static_cast<std::size_t>(reflexive) >= kPeerReflexiveMax) {
            const auto oldest = std::ranges::find_if(m_paths, [](const Path& p) {
                return p.candidate.origin == CandidateOrigin::PeerReflexive && !p.alive;
            });
            const int index = static_cast<int>(oldest - m_paths.begin());
            m_paths.erase(oldest);
            if (m_active > index)
                --m_active;
        }
        addOne(now, {kindIfNew, remote, CandidateOrigin::PeerReflexive});
        path = find(remote);
    }
    if (path == nullptr)
        return false;
    path->octetsIn += datagramSize;
    // They can reach us from there, so our own probe has the best chance now. Not more often than kTriggeredPause: two
    // ends that trigger each other would otherwise go round as fast as the path carries them.
    const Instant soon = std::max(now, path->lastProbe + kTriggeredPause);
    if (!path->alive && path->nextProbe > soon) {
        path->attempts = std::min(path->attempts, 1U);
        path->nextProbe = soon;
    }
    return true;
}

bool PathManager::handleReply(Instant now, const InnerAddress& remote, const wire::ProbeReply& reply) {
    Path* path = find(remote);
    if (path == nullptr)
        return false;
    const auto asked = std::ranges::find_if(
        path->outstanding, [&](const Outstanding& probe) { return probe.transaction == reply.transaction; });
    if (asked == path->outstanding.end())
        return false;
    const Duration sample = now - asked->sentAt;
    path->outstanding.erase(path->outstanding.begin(), asked + 1);
    if (!path->alive)
        path->recentCount = 0; // What was lost before it came up says nothing about the path.
    record(*path, true);
    // RFC 6298 §2: a smoothed average with a weight of one eighth.
    path->roundTrip = path->everAnswered ? (path->roundTrip * 7 + sample) / 8 : sample;
    path->alive = path->validated = path->everAnswered = true;
    path->attempts = path->unanswered = 0;
    path->lastReply = now;
    path->nextProbe = now + jittered(kKeepalive);
    const bool restarted = m_peerInstance != 0 && m_peerInstance != reply.instance;
    m_peerInstance = reply.instance;
    m_unansweredSince.reset();
    if (restarted)
        m_events.push_back(PeerRestartedEvent{reply.instance});
    choose(now);
    return true;
}

void PathManager::record(Path& path, bool answered) {
    path.recent = path.recent << 1 | (answered ? 1U : 0U);
    path.recentCount = std::min(path.recentCount + 1, kRecentProbes);
}

void PathManager::expire(Instant now, Path& path) {
    while (!path.outstanding.empty() && path.outstanding.front().sentAt + probeTimeout(path.roundTrip) <= now) {
        path.outstanding.pop_front();
        record(path, false);
        ++path.unanswered;
        if (path.alive)
            path.nextProbe = std::min(path.nextProbe, now);
    }
    if (path.alive && path.unanswered >= kUnansweredToDie) {
        path.alive = false;
        path.attempts = 0;
    }
}

void PathManager::handleTimeout(Instant now) {
    for (Path& path : m_paths)
        expire(now, path);
    if (m_active >= 0 && m_unansweredSince && *m_unansweredSince + silenceLimit(activeRoundTrip()) <= now) {
        m_unansweredSince.reset();
        for (Path& path : m_paths) {
            if (path.outstanding.empty())
                path.nextProbe = now;
        }
    }
    choose(now);
}

void PathManager::scheduleNext(Instant now, Path& path) {
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
        out.padded = !path.validated && path.padded < kPaddedMax;
        // A reflexive address has sent us something; until it answers we do not send it more than that.
        if (path.candidate.origin == CandidateOrigin::PeerReflexive && !path.validated) {
            constexpr std::size_t probeSize = 160;
            out.padded = false;
            if (path.octetsOut + probeSize > path.octetsIn && path.attempts > 0) {
                scheduleNext(now, path);
                continue;
            }
            path.octetsOut += probeSize;
        }
        path.padded += out.padded ? 1 : 0;
        std::array<std::uint8_t, 8> transaction{};
        m_random.fillPublic(transaction);
        for (const std::uint8_t octet : transaction)
            out.probe.transaction = out.probe.transaction << 8 | octet;
        out.probe.instance = m_instance;
        out.probe.counter = ++m_counter;
        if (path.outstanding.size() >= kOutstandingMax) {
            path.outstanding.pop_front();
            record(path, false);
        }
        path.outstanding.push_back({out.probe.transaction, now});
        path.lastProbe = now;
        scheduleNext(now, path);
        return out;
    }
    return std::nullopt;
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
        if (!path.outstanding.empty())
            consider(path.outstanding.front().sentAt + probeTimeout(path.roundTrip), "path probe lost");
    }
    if (m_active >= 0 && m_unansweredSince)
        consider(*m_unansweredSince + silenceLimit(activeRoundTrip()), "path silent");
    return next;
}

std::optional<InnerAddress> PathManager::route(std::size_t size) {
    if (m_active >= 0)
        return m_paths[static_cast<std::size_t>(m_active)].candidate.remote;
    for (Path& path : m_paths) {
        if (!path.validated && path.octetsOut + size <= path.octetsIn) {
            path.octetsOut += size;
            return path.candidate.remote;
        }
    }
    return std::nullopt;
}

bool PathManager::mayRoute(std::size_t size) const {
    return m_active >= 0 || std::ranges::any_of(m_paths, [&](const Path& path) {
               return !path.validated && path.octetsOut + size <= path.octetsIn;
           });
}

void PathManager::noteSent(Instant now) {
    if (!m_unansweredSince)
        m_unansweredSince = now;
}

void PathManager::noteReceived(const InnerAddress& remote, std::size_t size) {
    m_unansweredSince.reset();
    if (Path* path = find(remote); path != nullptr && !path->validated)
        path->octetsIn += size;
}

PathMeasure PathManager::measure(const Path& path) const {
    PathMeasure out{path.candidate.kind, path.alive, path.roundTrip, 0};
    if (path.recentCount > 0) {
        const std::uint32_t mask = path.recentCount >= 32 ? ~0U : (1U << path.recentCount) - 1;
        const int answered = std::popcount(path.recent & mask);
        out.loss = 1.0 - static_cast<double>(answered) / path.recentCount;
    }
    return out;
}

void PathManager::choose(Instant now) {
    std::vector<PathMeasure> measures;
    measures.reserve(m_paths.size());
    for (const Path& path : m_paths)
        measures.push_back(measure(path));
    const int before = m_active;
    m_active = choosePath(measures, m_active);
    if (m_active == before)
        return;
    PathChangedEvent event;
    event.up = m_active >= 0;
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
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        const Path& path = m_paths[i];
        PathInfo info;
        info.kind = path.candidate.kind;
        // People know the IPv4 address, not the mapped form that stands for it above the tunnel.
        info.remote =
            wire::fromMapped(path.candidate.remote.address.v6()).value_or(path.candidate.remote.address).text();
        info.roundTrip = path.roundTrip;
        info.loss = measure(path).loss;
        info.active = static_cast<int>(i) == m_active;
        info.answered = path.everAnswered;
        out.push_back(info);
    }
    return out;
}

} // namespace culvert
