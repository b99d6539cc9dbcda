#include "core/lan/lan_finder.h"

#include <algorithm>
#include <set>

namespace culvert {

namespace {

bool sharesPrefix(BytesView a, BytesView b, unsigned length) {
    for (unsigned bit = 0; bit < std::min<std::size_t>(length, a.size() * 8); ++bit)
        if (((a[bit / 8] ^ b[bit / 8]) >> (7 - bit % 8) & 1) != 0)
            return false;
    return true;
}

bool isLoopback(const SocketAddress& address) {
    return address.isV4() ? address.v4().isLoopback() : address.v6().isLoopback();
}

} // namespace

LanFinder::LanFinder(Random& random, const PublicKey& own, const wire::Token& invitation)
    : m_random(random), m_own(own), m_invitation(lanInvitationKeys(own, invitation)),
      m_round(static_cast<unsigned>(random.below(kLanRoundsPerEpoch))) {}

bool LanFinder::Allowance::spend(Instant now, unsigned maximum) {
    if (now - second >= 1s) {
        second = now;
        used = 0;
    }
    return used < maximum && ++used <= maximum;
}

std::vector<LanFinder::Link> LanFinder::linksOf(const LocalNetwork& network) {
    std::vector<Link> out;
    // Neighbours in containers and virtual machines on this computer come after those outside.
    for (const InterfaceKind kind : {InterfaceKind::Physical, InterfaceKind::Container})
        for (const LocalInterface& interface : network.interfaces) {
            Link link{interface.index, false, {}};
            for (const LocalAddress& own : interface.addresses) {
                if (isLoopback(own.address) || link.addresses.size() >= kAddressesMax)
                    continue;
                link.hasV6 = link.hasV6 || own.address.isV6();
                link.addresses.push_back(own);
            }
            if (interface.kind == kind && !link.addresses.empty() && out.size() < kLinksMax)
                out.push_back(std::move(link));
        }
    return out;
}

void LanFinder::setOn(const Now& now, bool isOn) {
    if (std::exchange(m_isOn, isOn) != isOn)
        restart(now);
}

bool LanFinder::setNetwork(const Now& now, const LocalNetwork& network) {
    std::vector<Link> links = linksOf(network);
    if (links == m_links && network.port == m_port)
        return false;
    m_links = std::move(links);
    m_port = network.port;
    restart(now);
    return true;
}

void LanFinder::restart(const Now& now) {
    m_out.clear();
    m_next.reset();
    m_greetings = kGreetings;
    for (auto& [id, contact] : m_contacts)
        contact.places.clear();
    hasten(now.monotonic);
}

std::vector<std::uint32_t> LanFinder::interfaces(bool isV4) const {
    std::vector<std::uint32_t> out;
    for (const Link& link : m_links)
        if (isOn() &&
            std::ranges::any_of(link.addresses, [&](const LocalAddress& own) { return own.address.isV4() == isV4; }))
            out.push_back(link.index);
    return out;
}

// Soon, and from the shortest pause on.
void LanFinder::hasten(Instant now) {
    m_pause = kPauseMin;
    if (isOn())
        m_next = m_lastRound ? std::max(now, *m_lastRound + kGap) : now;
}

void LanFinder::expect(const Now& now, const PublicKey& contact, const LanKeys& keys) {
    if (!m_contacts.contains(contact) && m_contacts.size() >= kContactsMax)
        return;
    forget(contact);
    Contact& known = m_contacts[contact];
    known.keys = keys;
    if (keys.invitation != wire::Token{})
        known.invitation = lanInvitationKeys(contact, keys.invitation);
    if (m_epoch)
        for (const std::int64_t epoch : {*m_epoch - 1, *m_epoch, *m_epoch + 1})
            addTags(contact, known, epoch);
    hasten(now.monotonic);
}

bool LanFinder::isExpected(const PublicKey& contact, const wire::Token& invitation) const {
    const auto found = m_contacts.find(contact);
    return found != m_contacts.end() && found->second.keys.invitation == invitation;
}

void LanFinder::forget(const PublicKey& contact) {
    if (m_contacts.erase(contact) > 0)
        std::erase_if(m_tags, [&](const auto& item) { return item.second.contact == contact; });
}

void LanFinder::setInvitation(const Now& now, const wire::Token& invitation) {
    m_invitation = lanInvitationKeys(m_own, invitation);
    std::erase_if(m_tags, [&](const auto& item) { return item.second.contact == m_own; });
    if (m_epoch)
        for (const std::int64_t epoch : {*m_epoch - 1, *m_epoch, *m_epoch + 1})
            addTags(m_own, m_invitation.call, epoch);
    restart(now);
}

void LanFinder::seek(const Now& now, const PublicKey& contact, bool isMissing) {
    const auto found = m_contacts.find(contact);
    if (found == m_contacts.end() || found->second.isMissing == isMissing)
        return;
    found->second.isMissing = isMissing;
    if (isMissing)
        hasten(now.monotonic);
    else if (m_greetings == 0 && !isAnyMissing())
        m_next.reset();
}

bool LanFinder::isAnyMissing() const {
    return std::ranges::any_of(m_contacts, [](const auto& item) { return item.second.isMissing; });
}

void LanFinder::addTags(const PublicKey& contact, const Secret<32>& key, std::int64_t epoch) {
    for (unsigned round = 0; round < kLanRoundsPerEpoch; ++round)
        m_tags[lanTag(key, epoch, round)] = {contact, epoch};
}

void LanFinder::addTags(const PublicKey& contact, const Contact& known, std::int64_t epoch) {
    addTags(contact, known.keys.receiving, epoch);
    if (known.invitation)
        addTags(contact, known.invitation->answer, epoch);
}

// Once in an epoch, or when somebody sets the clock.
void LanFinder::moveTo(std::int64_t epoch) {
    if (m_epoch == epoch)
        return;
    const auto wasIn = [before = m_epoch](std::int64_t each) {
        return before && each >= *before - 1 && each <= *before + 1;
    };
    m_epoch = epoch;
    std::erase_if(m_tags,
                  [&](const auto& item) { return item.second.epoch < epoch - 1 || item.second.epoch > epoch + 1; });
    for (const std::int64_t each : {epoch - 1, epoch, epoch + 1}) {
        if (wasIn(each))
            continue;
        addTags(m_own, m_invitation.call, each);
        for (const auto& [contact, known] : m_contacts)
            addTags(contact, known, each);
    }
}

bool LanFinder::isOwn(const SocketAddress& remote) const {
    return remote.port() == m_port && std::ranges::any_of(m_links, [&](const Link& link) {
               return std::ranges::any_of(link.addresses, [&](const LocalAddress& own) {
                   return own.address.isV4() == remote.isV4() &&
                          (remote.isV4() ? own.address.v4() == remote.v4() : own.address.v6() == remote.v6());
               });
           });
}

// Nobody beyond a router sends to a group of the link, and who forges such a source points us at a neighbour at worst.
bool LanFinder::isOnLink(const SocketAddress& remote) const {
    if (remote.port() == 0)
        return false;
    return std::ranges::any_of(m_links, [&](const Link& link) {
        if (remote.isV6() && remote.v6().isLinkLocal())
            return link.index == remote.zone();
        return std::ranges::any_of(link.addresses, [&](const LocalAddress& own) {
            if (own.address.isV4() != remote.isV4() || own.prefixLength == 0)
                return false;
            return remote.isV4() ? sharesPrefix(own.address.v4().octets, remote.v4().octets, own.prefixLength)
                                 : sharesPrefix(own.address.v6().octets, remote.v6().octets, own.prefixLength);
        });
    });
}

std::optional<LanDiscard> LanFinder::judge(const Datagram& datagram) const {
    if (datagram.local != kLanGroup4 && datagram.local != kLanGroup6)
        return LanDiscard::NoBeacon;
    if (isOwn(datagram.remote))
        return LanDiscard::Own;
    if (!isOnLink(datagram.remote))
        return LanDiscard::OtherLink;
    return std::nullopt;
}

std::vector<LanFound> LanFinder::handleDatagram(const Now& now, const Datagram& datagram) {
    if (!isOn())
        return {};
    auto discard = judge(datagram);
    if (!discard && !m_looks.spend(now.monotonic, kHeardPerSecondMax))
        discard = LanDiscard::RateLimited;
    const auto beacon = discard ? std::nullopt : decodeLanBeacon(datagram.payload);
    std::set<PublicKey> senders; // one, unless it is somebody's who puts together what others sent
    if (beacon) {
        moveTo(lanEpoch(now.wall));
        for (const LanTag& tag : beacon->tags)
            if (const auto found = m_tags.find(tag); found != m_tags.end())
                senders.insert(found->second.contact);
    }
    if (senders.empty()) {
        ++m_discarded[static_cast<std::size_t>(discard.value_or(beacon ? LanDiscard::Stranger : LanDiscard::NoBeacon))];
        return {};
    }
    ++m_heard;
    std::vector<LanFound> out;
    std::vector<LanTag> answers;
    for (const PublicKey& sender : senders) {
        const auto known = m_contacts.find(sender);
        const Secret<32>& key = known == m_contacts.end() ? m_invitation.answer : known->second.keys.sending;
        if (answers.size() < kLanTagsStep)
            answers.push_back(lanTag(key, *m_epoch, m_round % kLanRoundsPerEpoch));
        if (known != m_contacts.end() && mayTell(now.monotonic, known->second, datagram.remote))
            out.push_back({sender, datagram.remote});
    }
    if (beacon->kind == LanBeaconKind::Seek)
        answer(now, datagram, std::move(answers));
    return out;
}

bool LanFinder::mayTell(Instant now, Contact& contact, const SocketAddress& at) {
    std::erase_if(contact.places, [&](const Place& place) { return now - place.toldAt >= kPlacesFor; });
    const auto known = std::ranges::find(contact.places, at, &Place::at);
    if (known != contact.places.end()) {
        if (now - known->toldAt < kAgainAfter)
            return false;
        known->toldAt = now;
        return true;
    }
    if (contact.places.size() >= kPlacesMax)
        return false;
    contact.places.push_back({at, now});
    return true;
}

// Where it was heard, and no larger than what was heard.
void LanFinder::answer(const Now& now, const Datagram& to, std::vector<LanTag> tags) {
    if (!m_answers.spend(now.monotonic, kAnswersPerSecondMax))
        return;
    const Bytes beacon = encodeLanBeacon(LanBeaconKind::Answer, std::move(tags), m_random);
    for (const Link& link : m_links) {
        if (to.remote.isV6() && to.remote.zone() != 0 && to.remote.zone() != link.index)
            continue;
        if (to.remote.isV6() && link.hasV6)
            return push(now.monotonic, {}, kLanGroup6.inZone(link.index), beacon);
        for (const LocalAddress& own : link.addresses)
            if (to.remote.isV4() && own.address.isV4() &&
                sharesPrefix(own.address.v4().octets, to.remote.v4().octets, own.prefixLength))
                return push(now.monotonic, own.address, kLanGroup4, beacon);
    }
}

void LanFinder::handleTimeout(const Now& now) {
    if (!m_next || now.monotonic < *m_next)
        return;
    sendRound(now);
    m_greetings -= m_greetings > 0 ? 1 : 0;
    m_next.reset();
    if (m_greetings == 0 && !isAnyMissing())
        return;
    // Between 80 and 100 %, so that neighbours do not keep step.
    m_next = now.monotonic + m_pause * static_cast<std::int64_t>(80 + m_random.below(21)) / 100;
    m_pause = std::min<Duration>(m_pause * 2, kPauseMax);
}

// Ours, by which who holds our address string knows us, and those of who is missing, in turns.
std::vector<LanTag> LanFinder::nextTags(std::int64_t epoch, unsigned round) {
    std::vector<LanTag> tags = {lanTag(m_invitation.answer, epoch, round)};
    auto next = m_contacts.lower_bound(m_turn);
    for (std::size_t i = 0; i < m_contacts.size(); ++i, ++next) {
        if (next == m_contacts.end())
            next = m_contacts.begin();
        const Contact& contact = next->second;
        if (!contact.isMissing)
            continue;
        if (tags.size() + 2 > kPacketsPerRound * kLanTagsMax) {
            m_turn = next->first;
            break;
        }
        tags.push_back(lanTag(contact.keys.sending, epoch, round));
        if (contact.invitation)
            tags.push_back(lanTag(contact.invitation->call, epoch, round));
    }
    return tags;
}

void LanFinder::sendRound(const Now& now) {
    const std::int64_t epoch = lanEpoch(now.wall);
    m_lastRound = now.monotonic;
    const std::vector<LanTag> tags = nextTags(epoch, m_round++ % kLanRoundsPerEpoch);
    for (std::size_t from = 0; from < tags.size(); from += kLanTagsMax) {
        const std::size_t count = std::min(kLanTagsMax, tags.size() - from);
        const auto first = tags.begin() + static_cast<std::ptrdiff_t>(from);
        const Bytes beacon =
            encodeLanBeacon(LanBeaconKind::Seek, {first, first + static_cast<std::ptrdiff_t>(count)}, m_random);
        for (const Link& link : m_links)
            send(now.monotonic, link, beacon);
    }
}

void LanFinder::send(Instant now, const Link& link, const Bytes& beacon) {
    // The system takes the link-local source, which leads back on this link whatever else there is (RFC 6724 §5).
    if (link.hasV6)
        push(now, {}, kLanGroup6.inZone(link.index), beacon);
    // One address of each subnet: from another one nobody here could tell that we are on the link.
    std::vector<LocalAddress> used;
    for (const LocalAddress& own : link.addresses) {
        if (!own.address.isV4() || std::ranges::any_of(used, [&](const LocalAddress& other) {
                return sharesPrefix(own.address.v4().octets, other.address.v4().octets, other.prefixLength);
            }))
            continue;
        used.push_back(own);
        push(now, own.address, kLanGroup4, beacon);
    }
}

void LanFinder::push(Instant now, const SocketAddress& local, const SocketAddress& group, const Bytes& beacon) {
    if (!m_packets.spend(now, kPacketsPerSecondMax))
        return;
    m_out.push_back({local, group, beacon});
    ++m_sent;
}

std::optional<Datagram> LanFinder::pollTransmit() {
    if (m_out.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_out.front());
    m_out.pop_front();
    return datagram;
}

std::optional<Deadline> LanFinder::pollTimeout() const {
    return m_next ? std::optional(Deadline{*m_next, "beacon"}) : std::nullopt;
}

} // namespace culvert
