// PathManager: which ways there are to try, and when they are tried anew.
#include "core/path/path_manager.h"

#include "core/base/datagram.h"
#include "core/wire/mapped_address.h"

#include <algorithm>
#include <utility>

namespace culvert {

namespace {

// Whether our own tunnel puts IPv4 and UDP headers around it.
bool isTunnelled(const InnerAddress& remote) {
    const Ipv6Address& inner = remote.address.v6();
    return !remote.ordinary && !remote.tcp && (remote.via || inner.isTeredo() || wire::isMapped(inner));
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
    if (m_paths.size() >= kCandidatesMax && !makeRoom(candidate.origin))
        return;
    Path path;
    path.candidate = candidate;
    path.mtu = PathMtu(isTunnelled(candidate.remote) ? PathMtu::kMaxTunnelled : PathMtu::kMaxNative);
    path.nextProbe = nextStart(now);
    m_paths.push_back(path);
    if (m_active < 0 && !m_tryingSince)
        m_tryingSince = now;
}

Instant PathManager::nextStart(Instant now) {
    const Instant start = std::max(now, m_nextStart);
    m_nextStart = std::max(now - kPace, m_nextStart) + kPace; // Two may start at once.
    return start;
}

void PathManager::add(Instant now, const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates)
        addOne(now, candidate);
}

void PathManager::open(Instant now, const Candidate& candidate, std::uint8_t hops, Instant begin) {
    const bool isNew = !knows(candidate.remote);
    addOne(now, candidate);
    Path* path = find(candidate.remote);
    if (!isNew || path == nullptr)
        return;
    path->openerHops = hops;
    path->beginAt = begin;
    if (hops == 0)
        path->nextProbe = std::max(path->nextProbe, begin);
}

void PathManager::remove(Instant now, const InnerAddress& remote) {
    Path* gone = find(remote);
    if (gone == nullptr)
        return;
    gone->forget();
    choose(now); // Another one takes over before it is erased.
    const int index = static_cast<int>(gone - m_paths.data());
    m_paths.erase(m_paths.begin() + index);
    if (m_active > index)
        --m_active;
}

std::vector<SocketAddress> PathManager::straightHosts() const {
    std::vector<SocketAddress> out;
    for (const Path& path : m_paths) {
        const InnerAddress& remote = path.candidate.remote;
        const bool isStraight = !remote.tcp && !remote.via && !remote.ordinary && !remote.address.v6().isTeredo();
        if (path.alive && isStraight)
            out.push_back(wire::fromMapped(remote.address.v6()).value_or(remote.address).withoutPort());
    }
    return out;
}

std::vector<SocketAddress> PathManager::tcpPlaces() const {
    std::vector<SocketAddress> out;
    for (const Path& path : m_paths) {
        const Candidate& candidate = path.candidate;
        const InnerAddress& remote = candidate.remote;
        const bool isListened = candidate.kind == PathKind::Native6 || candidate.kind == PathKind::Mapped4 ||
                                candidate.kind == PathKind::Lan;
        if (isListened && candidate.origin == CandidateOrigin::Announced && !remote.via && !remote.ordinary &&
            !remote.tcp)
            out.push_back(wire::fromMapped(remote.address.v6()).value_or(remote.address));
    }
    return out;
}

bool PathManager::needsTcp(Instant now) const {
    constexpr Duration sureAfter = 20s; // A path that took over from it may be as short-lived as the one before.
    if (m_active < 0)
        return true;
    // Of several connections the peer may use another one than we do.
    const Path& active = m_paths[static_cast<std::size_t>(m_active)];
    return active.candidate.remote.tcp || now < active.activeSince + sureAfter;
}

void PathManager::setAnnounced(Instant now, const std::vector<Candidate>& candidates) {
    const auto isStale = [&](const Path& path) {
        // They have written from there, and our first answer may be lost: it is more than announced.
        const bool isBeingProven = path.octetsIn > 0 && !path.validated;
        return path.candidate.origin == CandidateOrigin::Announced && !path.alive && !isBeingProven &&
               std::ranges::none_of(candidates, [&](const Candidate& c) { return c.remote == path.candidate.remote; });
    };
    const InnerAddress active = activeRemote().value_or(InnerAddress());
    std::erase_if(m_paths, isStale);
    if (m_active >= 0)
        m_active = static_cast<int>(find(active) - m_paths.data());
    add(now, candidates);
}

void PathManager::hear(Instant now, const InnerAddress& remote) {
    Path* path = find(remote);
    if (path == nullptr) {
        const auto silent = [](const Path& p) { return p.candidate.origin == CandidateOrigin::Lan && !p.validated; };
        if (static_cast<std::size_t>(std::ranges::count_if(m_paths, silent)) >= kLanMax)
            return;
        addOne(now, {PathKind::Lan, remote, CandidateOrigin::Lan, PathSource::Beacon});
        path = find(remote);
    }
    const Instant soon = path == nullptr ? now : std::max(now, path->lastProbe + kTriggeredPause);
    if (path == nullptr || path->alive || path->nextProbe <= soon)
        return;
    path->attempts = std::min(path->attempts, kLanProbesMax / 2);
    path->nextProbe = soon;
}

// A source that never answered may be anybody's, whom somebody else named by a beacon that he had heard.
void PathManager::forgetSilent(Instant now, unsigned probesMax) {
    const auto isSilent = [&](const Path& path) {
        return path.candidate.origin == CandidateOrigin::Lan && !path.validated && path.attempts >= probesMax &&
               path.nextProbe <= now;
    };
    if (std::ranges::none_of(m_paths, isSilent))
        return;
    const InnerAddress active = activeRemote().value_or(InnerAddress());
    std::erase_if(m_paths, isSilent);
    if (m_active >= 0)
        m_active = static_cast<int>(find(active) - m_paths.data());
}

void PathManager::kick(Instant now) {
    m_nextStart = now - kPace;
    for (Path& path : m_paths) {
        path.attempts = 0;
        if (path.openerHops > 0)
            continue;
        const Instant start = std::max({nextStart(now), path.lastProbe + kTriggeredPause, path.beginAt});
        // What their packet had us bring forward stays: it opens the way, and is due in a moment.
        path.nextProbe = path.wasTriggered && !path.alive ? std::min(path.nextProbe, start) : start;
    }
    if (m_active < 0 && !m_tryingSince)
        m_tryingSince = now;
}

void PathManager::tryAnew(Instant now) {
    m_tryingSince.reset();
    kick(now);
}

void PathManager::probeOnce(Instant now) {
    for (Path& path : m_paths)
        path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + kTriggeredPause));
}

void PathManager::keepSearchSocket(Instant now, std::uint32_t kept) {
    const auto isGone = [kept](const Path& path) {
        const std::uint32_t socket = path.candidate.remote.socket;
        return isSearchSocket(socket) && socket != kept;
    };
    for (Path& path : m_paths)
        path.alive = path.alive && !isGone(path);
    choose(now);
    const InnerAddress active = activeRemote().value_or(InnerAddress());
    std::erase_if(m_paths, isGone);
    if (m_active >= 0)
        m_active = static_cast<int>(find(active) - m_paths.data());
}

void PathManager::doubt(Instant now, Duration silence, PathDoubt how) {
    for (Path& path : m_paths) {
        if (!path.alive || path.lastReply + silence > now)
            continue;
        path.alive = how == PathDoubt::OnTrial;
        path.isOnTrial = path.alive;
        path.attempts = 0;
        path.nextProbe = std::min(path.nextProbe, std::max(now, path.lastProbe + kTriggeredPause));
    }
    choose(now);
}

void PathManager::networkChanged(Instant now) {
    forgetSilent(Instant::max(), 0); // Neighbours of before.
    for (Path& path : m_paths)
        path.forget();
    choose(now);
    tryAnew(now);
}

void PathManager::setAllowOrdinary(Instant now, bool isAllowed) {
    if (std::exchange(m_allowOrdinary, isAllowed) != isAllowed)
        choose(now);
}

// The oldest dead one of those that `origin` may push out goes. False when there is none.
bool PathManager::makeRoom(CandidateOrigin origin) {
    const auto oldest = std::ranges::find_if(m_paths, [&](const Path& path) {
        return !path.alive &&
               (origin == CandidateOrigin::Announced || path.candidate.origin != CandidateOrigin::Announced);
    });
    if (oldest == m_paths.end())
        return false;
    const int index = static_cast<int>(oldest - m_paths.begin());
    m_paths.erase(oldest);
    if (m_active > index)
        --m_active;
    return true;
}

} // namespace culvert
