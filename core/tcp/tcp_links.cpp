#include "core/tcp/tcp_links.h"

#include <algorithm>
#include <set>
#include <utility>

namespace culvert {

TcpLinks::Source TcpLinks::sourceOf(const SocketAddress& remote) {
    Source out{};
    if (remote.isV4())
        std::ranges::copy(remote.v4().octets, out.begin() + 12);
    else
        std::copy_n(remote.v6().octets.begin(), 8, out.begin()); // one customer's, RFC 6177 §2
    return out;
}

TcpLinks::Links::iterator TcpLinks::find(const SocketAddress& remote) {
    return std::ranges::find_if(m_links, [&](const auto& item) { return item.second.remote == remote; });
}

void TcpLinks::setAllowed(bool isAllowed) {
    m_isAllowed = isAllowed;
    if (!isAllowed)
        restart();
}

void TcpLinks::restart() {
    while (!m_links.empty())
        close(m_links.begin());
    m_wishes.clear();
    m_isNextKnown = false;
}

void TcpLinks::want(Instant now, const TcpOwner& owner, const std::vector<SocketAddress>& places) {
    if (places.empty() || !m_isAllowed) {
        if (m_wishes.erase(owner) > 0)
            m_isNextKnown = false;
        return;
    }
    if (m_wishes.size() >= kWishesMax && !m_wishes.contains(owner))
        return;
    Wish& wish = m_wishes[owner];
    if (std::erase_if(wish.places,
                      [&](const auto& item) { return std::ranges::find(places, item.first) == places.end(); }) > 0)
        m_isNextKnown = false;
    for (const SocketAddress& place : places)
        if (wish.places.size() < kPlacesMax && wish.places.try_emplace(place).second)
            m_isNextKnown = false;
    for (const SocketAddress& place : places) {
        const auto link = find(place);
        if (link != m_links.end() && link->second.isUp && link->second.heard + kSilentWhileWanted <= now)
            close(link); // Nothing works, and it was silent all the time.
    }
    connect(now);
}

void TcpLinks::retry(const TcpOwner& owner) {
    if (const auto wish = m_wishes.find(owner); wish != m_wishes.end())
        for (auto& [address, place] : wish->second.places)
            place = {};
    m_isNextKnown = false;
}

std::size_t TcpLinks::connecting(const TcpOwner* owner) const {
    return static_cast<std::size_t>(std::ranges::count_if(m_links, [&](const auto& item) {
        return !item.second.isUp && (owner == nullptr || item.second.owner == *owner);
    }));
}

void TcpLinks::connect(Instant now) {
    if (!nextConnect() || *nextConnect() > now)
        return;
    auto item = m_wishes.upper_bound(m_lastOwner);
    for (std::size_t left = m_wishes.size(); left > 0 && connecting(nullptr) < kConnectsMax; --left, ++item) {
        if (item == m_wishes.end())
            item = m_wishes.begin();
        auto& [owner, wish] = *item;
        if (now < wish.nextConnect || connecting(&owner) >= kConnectsOfOwnerMax || !connectOne(now, owner, wish))
            continue;
        wish.nextConnect = now + kConnectPause;
        m_lastOwner = owner;
        m_isNextKnown = false;
    }
}

const std::optional<Instant>& TcpLinks::nextConnect() const {
    if (!std::exchange(m_isNextKnown, true))
        m_nextConnect = findNextConnect();
    return m_nextConnect;
}

std::optional<Instant> TcpLinks::findNextConnect() const {
    std::optional<Instant> next;
    if (connecting(nullptr) >= kConnectsMax)
        return next;
    std::set<SocketAddress> taken;
    for (const auto& [id, link] : m_links)
        taken.insert(link.remote);
    for (const auto& [owner, wish] : m_wishes) {
        if (connecting(&owner) >= kConnectsOfOwnerMax)
            continue;
        for (const auto& [address, place] : wish.places)
            if (const Instant at = std::max(place.nextTry, wish.nextConnect);
                !taken.contains(address) && (!next || at < *next))
                next = at;
    }
    return next;
}

bool TcpLinks::connectOne(Instant now, const TcpOwner& owner, Wish& wish) {
    for (auto& [address, place] : wish.places) {
        if (place.nextTry > now || find(address) != m_links.end())
            continue;
        Link link;
        link.remote = address;
        link.owner = owner;
        link.isOurs = true;
        link.since = link.heard = now;
        m_orders.push_back({TcpOrder::What::Connect, m_nextId, address, {}});
        m_links.emplace(m_nextId++, std::move(link));
        return true;
    }
    return false;
}

std::optional<TcpLinkId> TcpLinks::accept(Instant now, const SocketAddress& remote) {
    if (!m_isAllowed)
        return std::nullopt;
    if (const auto before = find(remote); before != m_links.end())
        close(before); // The system gives the same two ends to one connection at a time.
    if (now >= m_evictionSecond + 1s) {
        m_evictionSecond = now;
        m_evictions = 0;
    }
    const Source source = sourceOf(remote);
    std::size_t accepted = 0, unproven = 0, ofSource = 0;
    for (const auto& [id, link] : m_links) {
        accepted += link.isOurs ? 0 : 1;
        if (link.isOurs || link.isProven)
            continue;
        ++unproven;
        ofSource += sourceOf(link.remote) == source ? 1 : 0;
    }
    if (ofSource >= m_limits.unprovenOfSource || (unproven >= m_limits.unproven && !makeRoom(source, true)) ||
        (accepted >= m_limits.accepted && !makeRoom(source, false)))
        return std::nullopt;
    Link link;
    link.remote = remote;
    link.isUp = true;
    link.since = link.heard = now;
    m_links.emplace(m_nextId, std::move(link));
    m_isNextKnown = false;
    return m_nextId++;
}

// Of the source that has the most, its oldest goes; not for somebody who has as many.
bool TcpLinks::makeRoom(const Source& source, bool isUnproven) {
    if (m_evictions >= kEvictionsPerSecondMax)
        return false;
    ++m_evictions;
    std::map<Source, std::size_t> counts;
    const auto counted = [&](const Link& link) { return !link.isOurs && !(isUnproven && link.isProven); };
    for (const auto& [id, link] : m_links)
        if (counted(link))
            ++counts[sourceOf(link.remote)];
    const auto most = std::ranges::max_element(counts, {}, [](const auto& item) { return item.second; });
    const auto own = counts.find(source);
    if (most == counts.end() || (own != counts.end() && own->second >= most->second))
        return false;
    const auto isOfMost = [&](const auto& item) {
        return counted(item.second) && counts.at(sourceOf(item.second.remote)) == most->second;
    };
    const auto oldest = std::ranges::find_if(m_links, isOfMost);
    if (oldest == m_links.end())
        return false;
    close(oldest);
    return true;
}

void TcpLinks::close(Links::iterator link) {
    m_orders.push_back({TcpOrder::What::Close, link->first, {}, {}});
    erase(link);
}

void TcpLinks::erase(Links::iterator link) {
    if (link->second.isUp)
        m_events.push_back({false, link->second.remote, link->second.owner});
    m_links.erase(link);
    m_isNextKnown = false;
}

void TcpLinks::failed(Instant now, const Link& link) {
    const auto wish = link.owner ? m_wishes.find(*link.owner) : m_wishes.end();
    if (!link.isOurs || link.isProven || wish == m_wishes.end())
        return;
    if (const auto place = wish->second.places.find(link.remote); place != wish->second.places.end()) {
        constexpr unsigned doublingsMax = 4;
        const Duration pause = kRetryFirst * (1U << std::min(place->second.failures++, doublingsMax));
        place->second.nextTry = now + std::min<Duration>(pause, kRetryMax);
        m_isNextKnown = false;
    }
}

void TcpLinks::handleInput(Instant now, const TcpInput& input) {
    const auto found = m_links.find(input.link);
    if (found == m_links.end())
        return; // It was closed a moment ago.
    Link& link = found->second;
    switch (input.what) {
    case TcpInput::What::Connected:
        link.isUp = true;
        link.since = link.heard = now;
        m_isNextKnown = false;
        m_events.push_back({true, link.remote, link.owner});
        return;
    case TcpInput::What::Closed:
        failed(now, link);
        erase(found);
        return connect(now);
    case TcpInput::What::Received:
        break;
    }
    link.heard = now;
    if (!link.isProven)
        link.octetsIn += input.octets.size();
    link.reader.add(input.octets);
    while (auto payload = link.reader.next()) {
        Datagram datagram;
        datagram.remote = link.remote;
        datagram.payload = std::move(*payload);
        m_datagrams.push_back(std::move(datagram));
    }
    if (link.reader.isBroken() || (!link.isProven && !link.isOurs && link.octetsIn > kUnprovenOctetsMax)) {
        failed(now, link);
        close(found);
    }
}

// When it goes, if nothing happens.
Instant TcpLinks::endOf(const Link& link) const {
    if (!link.isUp)
        return link.since + kConnectTimeout;
    if (!link.isProven)
        return link.since + kProveWithin;
    const Instant silent = link.heard + kSilentMax;
    return link.unneededSince ? std::min<Instant>(silent, *link.unneededSince + kIdle) : silent;
}

void TcpLinks::handleTimeout(Instant now) {
    for (auto link = m_links.begin(); link != m_links.end();) {
        const auto next = std::next(link);
        if (endOf(link->second) <= now) {
            failed(now, link->second);
            close(link);
        }
        link = next;
    }
    connect(now);
}

std::optional<Deadline> TcpLinks::pollTimeout() const {
    std::optional<Deadline> next;
    const auto consider = [&next](Instant at, const char* reason) {
        if (!next || at < next->at)
            next = Deadline{at, reason};
    };
    for (const auto& [id, link] : m_links)
        consider(endOf(link), "end of a TCP link");
    if (nextConnect())
        consider(*nextConnect(), "TCP connect");
    return next;
}

bool TcpLinks::send(const SocketAddress& remote, BytesView payload, std::size_t segmentSize) {
    const auto found = find(remote);
    if (found == m_links.end() || !found->second.isUp || payload.empty())
        return false;
    Link& link = found->second;
    Bytes frames;
    const std::size_t step = segmentSize > 0 ? segmentSize : payload.size();
    if (step > wire::kTcpFrameMax)
        return false;
    while (!payload.empty()) {
        const BytesView one = payload.first(std::min(step, payload.size()));
        payload = payload.subspan(one.size());
        wire::appendTcpFrame(frames, one);
    }
    if (!link.isProven && !link.isOurs) {
        if (link.octetsOut + frames.size() > link.octetsIn)
            return false;
        link.octetsOut += frames.size();
    }
    m_orders.push_back({TcpOrder::What::Send, found->first, {}, std::move(frames)});
    return true;
}

bool TcpLinks::reaches(const SocketAddress& remote) const {
    return std::ranges::any_of(m_links,
                               [&](const auto& item) { return item.second.remote == remote && item.second.isUp; });
}

void TcpLinks::prove(Instant now, const SocketAddress& remote, const TcpOwner& owner) {
    const auto found = find(remote);
    if (found == m_links.end() || found->second.isProven)
        return;
    found->second.owner = owner;
    found->second.isProven = true;
    found->second.heard = now;
    if (const auto wish = m_wishes.find(owner); wish != m_wishes.end())
        wish->second.places.erase(remote);
    m_isNextKnown = false;
    // Both ends close one; what is in use was heard by both just now.
    std::size_t count = 0;
    auto quietest = m_links.end();
    for (auto link = m_links.begin(); link != m_links.end(); ++link) {
        if (!link->second.isProven || link->second.owner != owner)
            continue;
        ++count;
        if (link != found && (quietest == m_links.end() || link->second.heard < quietest->second.heard))
            quietest = link;
    }
    if (count > m_limits.ofOwner && quietest != m_links.end())
        close(quietest);
}

void TcpLinks::setNeeded(Instant now, const SocketAddress& remote, bool isNeeded) {
    const auto found = find(remote);
    if (found == m_links.end())
        return;
    auto& since = found->second.unneededSince;
    since = isNeeded ? std::nullopt : since ? since : std::optional(now);
}

std::vector<SocketAddress> TcpLinks::linksOf(const TcpOwner& owner) const {
    std::vector<SocketAddress> out;
    for (const auto& [id, link] : m_links)
        if (link.isUp && link.owner == owner)
            out.push_back(link.remote);
    return out;
}

void TcpLinks::forget(const TcpOwner& owner) {
    m_wishes.erase(owner);
    m_isNextKnown = false;
    for (auto link = m_links.begin(); link != m_links.end();) {
        const auto next = std::next(link);
        if (link->second.owner == owner)
            close(link);
        link = next;
    }
}

std::optional<Datagram> TcpLinks::pollDatagram() {
    if (m_datagrams.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_datagrams.front());
    m_datagrams.pop_front();
    return datagram;
}

std::optional<TcpLinkEvent> TcpLinks::pollEvent() {
    if (m_events.empty())
        return std::nullopt;
    TcpLinkEvent event = m_events.front();
    m_events.pop_front();
    return event;
}

std::optional<TcpOrder> TcpLinks::pollOrder() {
    if (m_orders.empty())
        return std::nullopt;
    TcpOrder order = std::move(m_orders.front());
    m_orders.pop_front();
    return order;
}

} // namespace culvert
