#include "core/io/upnp_keeper.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr Duration kCommandLimit = 6s;
constexpr Duration kDescribeLimit = 3s; // for one router of several: a silent one keeps the others waiting
constexpr Duration kCheckEvery = 6s;
constexpr Duration kLookEvery = 60s;
constexpr Duration kHopeFor = 300s;  // how long a router that spoke is looked for often
constexpr std::size_t kTriedMax = 4; // routers in one search
constexpr std::size_t kPinholesMax = 8;
constexpr std::uint16_t kFirstDynamicPort = 49152; // RFC 6335 §6: nobody's for good
constexpr std::uint64_t kDynamicPorts = 65536 - kFirstDynamicPort;
constexpr int kConflictInMappingEntry = 718;      // WANIPConnection:1 §2.4
constexpr int kConflictWithOtherMechanisms = 729; // WANIPConnection:2 §2.3

// A router that said yes and shows another's entry is not asked on: each question might leave an entry behind.
bool isTaken(const UpnpMapping& refused) {
    return refused.error == kConflictInMappingEntry || refused.error == kConflictWithOtherMechanisms ||
           (refused.error > 0 && refused.isForAnother);
}

// RFC 6887 §11.2.1 renews at half the lifetime; UPnP leaves it open.
Instant halfOf(Instant now, Duration lifetime) {
    return lifetime == Duration{} ? Instant::max() : now + lifetime / 2;
}

// A connected router with a public address, a connected one, any.
int rank(const upnp::DeviceAnswer& device) {
    if (device.isConnected && device.external && device.external->isGlobal(true))
        return 2;
    return device.isConnected ? 1 : 0;
}

constexpr int kBestRank = 2;

const char* whyNoPinhole(const UpnpState& state) {
    if (!state.firewallIsOn)
        return "no router answers over IPv6";
    return *state.firewallIsOn ? "the router does not let its IPv6 firewall be opened"
                               : "the router's IPv6 firewall is off";
}

} // namespace

Duration UpnpKeeper::round(Instant now, const UpnpWish& wish, bool isAfresh) {
    m_now = now;
    m_isAfresh = isAfresh;
    m_isCut = false;
    m_reason.clear();
    m_wish = wish;
    m_wish.pinholes.resize(std::min(m_wish.pinholes.size(), kPinholesMax));
    UpnpState next = m_state;
    if (next.answer == ProtocolAnswer::NotAsked) {
        next.answer = ProtocolAnswer::Asking;
        tell(next);
    }
    dropUnwished();
    keepIpv4(next);
    // Where no IPv4 router speaks, the firewall may still be what did.
    const bool mayStillSpeak = m_state.answer == ProtocolAnswer::Speaks && !m_wish.pinholes.empty();
    if (next.answer == ProtocolAnswer::Speaks || !mayStillSpeak)
        tell(next);
    if (!m_isLeaving)
        keepIpv6(next);
    tell(next);
    return pause();
}

void UpnpKeeper::moved() {
    m_state = {};
    m_mappings = {}; // The router, if it is the same, goes on forwarding to the address that we had.
}

void UpnpKeeper::helperEnded() {
    if (m_hasFirewall)
        m_nextFirewallLook = m_now;
    m_hasRouter = m_hasFirewall = false;
}

void UpnpKeeper::takeBack() {
    m_isLeaving = false; // so that the helper is asked
    m_isCut = false;
    if (!m_hasRouter && (m_mappings[0].isOurs || m_mappings[1].isOurs))
        m_hasRouter = use(false, m_routerUrl).has_value();
    for (const bool isTcp : {false, true})
        if (m_mappings[isTcp].isOurs && m_hasRouter)
            unmap(isTcp);
    for (const auto& [address, held] : m_pinholes)
        if (held.id && (m_hasFirewall || (m_hasFirewall = use(true, m_firewallUrl).has_value())))
            closePinhole(address, *held.id);
    m_pinholes.clear();
    m_isLeaving = true;
}

template<typename T> std::optional<T> UpnpKeeper::ask(const upnp::Command& command, Duration limit) {
    if (m_isLeaving)
        return std::nullopt;
    auto answer = m_ask(command, limit);
    if (answer)
        if (auto* const expected = std::get_if<T>(&*answer))
            return std::move(*expected);
    if (answer)
        if (const auto* const broken = std::get_if<upnp::BrokenAnswer>(&*answer))
            m_reason = broken->words;
    if (!answer && answer.error().code == ErrorCode::WrongState)
        m_isLeaving = true;
    else if (!answer) {
        m_isCut = true;
        m_reason = answer.error().detail;
        m_hasRouter = m_hasFirewall = false; // A new helper has nothing open.
    }
    return std::nullopt;
}

void UpnpKeeper::tell(const UpnpState& state) {
    if (m_isLeaving || state == m_state)
        return;
    m_state = state;
    m_tell(m_state);
}

// What the last wish asked for and this one does not. Mappings stay when they are merely not wished by UPnP any more:
// another protocol may hold the same entry of the router's table.
void UpnpKeeper::dropUnwished() {
    const bool isOtherPort = m_wish.port != m_mappedPort;
    for (const bool isTcp : {false, true})
        if (isOtherPort && m_mappings[isTcp].isOurs && m_hasRouter)
            unmap(isTcp);
    // Nobody else holds one with another number, and it would be shown beside theirs.
    for (const bool isTcp : {false, true})
        if (!m_wish.map && m_mappings[isTcp].isOurs && externalPort(isTcp) != m_mappedPort && m_hasRouter)
            unmap(isTcp);
    if (isOtherPort) {
        m_mappings = {};
        m_otherPort = 0;
    }
    for (auto held = m_pinholes.begin(); held != m_pinholes.end();) {
        const bool isWished = !isOtherPort && std::ranges::find(m_wish.pinholes, held->first) != m_wish.pinholes.end();
        if (!isWished && held->second.id && m_hasFirewall)
            closePinhole(held->first, *held->second.id);
        held = isWished ? std::next(held) : m_pinholes.erase(held);
    }
    m_mappedPort = m_wish.port;
    if (m_isAfresh) {
        m_hasRouter = m_hasFirewall = false;
        m_nextFirewallLook = m_now;
        for (HeldMapping& held : m_mappings)
            held.nextRequest = m_now;
        for (auto& [address, held] : m_pinholes)
            held.nextRequest = m_now;
    }
}

void UpnpKeeper::keepIpv4(UpnpState& next) {
    const bool isThere = m_hasRouter && updateAddress(next);
    if (m_isLeaving)
        return;
    // Where it is gone, or forgot who it was: look again at once.
    if (!isThere && !findRouter(next))
        return forgetRouter(next);
    UpnpMapping udp = next.udp, tcp = next.tcp;
    keepMapping(udp, false);
    if (!m_isCut)
        keepMapping(tcp, true);
    if (m_isLeaving)
        return;
    if (m_isCut)
        return forgetRouter(next);
    next.answer = ProtocolAnswer::Speaks;
    next.udp = udp;
    next.tcp = tcp;
    m_lastSpoke = m_now;
}

// The router of before is asked first: 20 ms where a search takes longer.
bool UpnpKeeper::findRouter(UpnpState& next) {
    if (!m_routerUrl.empty()) {
        if (const auto known = use(false, m_routerUrl); known && (rank(*known) == kBestRank || !m_isAfresh)) {
            take(next, *known);
            return true;
        }
    }
    if (m_isLeaving)
        return false;
    if (search(next))
        return true;
    // Found by nobody, but it may still answer: multicast is not to be relied upon.
    const auto known = m_isAfresh && !m_isCut && !m_routerUrl.empty() ? use(false, m_routerUrl) : std::nullopt;
    if (known)
        take(next, *known);
    return known.has_value();
}

// The quickest to answer first; where they are of no use, the others too: a bad neighbour may be the quicker one.
bool UpnpKeeper::search(UpnpState& next) {
    std::vector<std::string> tried;
    for (const bool isFull : {false, true}) {
        auto found = ask<upnp::DevicesAnswer>(upnp::SearchCommand{false, isFull}, kCommandLimit);
        if (!found)
            return false;
        std::erase_if(found->urls,
                      [&](const std::string& url) { return std::ranges::find(tried, url) != tried.end(); });
        if (const auto best = useBest(found->urls)) {
            take(next, *best);
            return true;
        }
        if (m_isLeaving || (found->urls.empty() && tried.empty()))
            return false; // There is none: the search took its full time.
        tried.insert(tried.end(), found->urls.begin(), found->urls.end());
    }
    m_isCut = true; // Somebody answered, and nothing came of it.
    return false;
}

std::optional<upnp::DeviceAnswer> UpnpKeeper::useBest(const std::vector<std::string>& urls) {
    std::optional<upnp::DeviceAnswer> best;
    std::string bestUrl, lastUrl;
    bool isHelperNew = false; // since the best was used
    for (std::size_t at = 0; at < std::min(urls.size(), kTriedMax) && !m_isLeaving; at++) {
        m_isCut = false;
        lastUrl = urls[at];
        const auto device = use(false, lastUrl);
        isHelperNew = isHelperNew || m_isCut;
        if (!device || (best && rank(*best) >= rank(*device)))
            continue;
        best = device;
        bestUrl = lastUrl;
        isHelperNew = false;
        if (rank(*best) == kBestRank)
            break;
    }
    if (best && (isHelperNew || bestUrl != lastUrl)) {
        m_isCut = false;
        best = use(false, bestUrl);
    }
    if (best)
        m_routerUrl = bestUrl;
    return best;
}

std::optional<upnp::DeviceAnswer> UpnpKeeper::use(bool isV6, const std::string& url) {
    auto device = ask<upnp::DeviceAnswer>(upnp::UseCommand{isV6, url}, kDescribeLimit);
    if (!device || device->error >= 0)
        return device;
    m_reason = device->words; // Well described, but it does not answer as a router does.
    return std::nullopt;
}

void UpnpKeeper::take(UpnpState& next, const upnp::DeviceAnswer& device) {
    m_hasRouter = true;
    next.gateway = device.gateway;
    next.routerAddress = device.external;
    next.words = device.words;
}

bool UpnpKeeper::updateAddress(UpnpState& next) {
    const auto status = ask<upnp::StatusAnswer>(upnp::StatusCommand{}, kCommandLimit);
    if (!status || status->error < 0)
        return false;
    next.routerAddress = status->external;
    next.words = status->words;
    return true;
}

void UpnpKeeper::keepMapping(UpnpMapping& mapping, bool isTcp) {
    if (m_wish.port == 0) {
        mapping = {};
        return;
    }
    HeldMapping& held = m_mappings[isTcp];
    if (isTcp)
        followUdp();
    bool wasRead = !m_wish.map || m_now < held.nextRequest;
    auto answer = wasRead ? ask(upnp::MappingVerb::Read, isTcp, externalPort(isTcp)) : map(isTcp, 0);
    if (m_wish.map && answer && wasRead && held.isOurs && !answer->isMapped && answer->error == 0) {
        const std::uint16_t lost = answer->isForAnother ? externalPort(isTcp) : 0;
        wasRead = false;
        answer = map(isTcp, lost); // The router forgot it, or gave it away.
    }
    if (!answer)
        return;
    UpnpMapping fresh = *answer;
    if (fresh.isForAnother)
        held.isOurs = false; // Not to be given back by us.
    if (!wasRead) {
        held.isOurs = fresh.isMapped;
        held.nextRequest = fresh.isMapped ? halfOf(m_now, fresh.lifetime) : m_now + kLookEvery;
    } else if (m_wish.map && fresh.error != 0) {
        return; // A router that cannot be asked for an entry: what it said when it made it stands.
    } else if (m_wish.map && !held.isOurs && !fresh.isMapped && mapping.error != 0) {
        return; // Refused, and to be asked for again later: the refusal stands.
    }
    // What is left of a lease becomes less with every look; that is no news.
    if (wasRead && fresh.isMapped && mapping.isMapped && fresh.lifetime < mapping.lifetime)
        fresh.lifetime = mapping.lifetime;
    mapping = fresh;
}

// A contact learns one number.
void UpnpKeeper::followUdp() {
    HeldMapping& tcp = m_mappings[1];
    const std::uint16_t wanted = externalPort(false);
    if (externalPort(true) == wanted)
        return;
    if (tcp.isOurs)
        unmap(true);
    tcp = {false, wanted, m_now};
}

std::optional<UpnpMapping> UpnpKeeper::ask(upnp::MappingVerb verb, bool isTcp, std::uint16_t external) {
    auto answer = ask<upnp::MappingAnswer>(upnp::MappingCommand{verb, isTcp, m_wish.port, external}, kCommandLimit);
    if (!answer)
        return std::nullopt;
    answer->mapping.external = external; // The helper may say what it will.
    return std::move(answer->mapping);
}

// Asks for a mapping, for UDP by as many ports as it takes, but for the one that was `lost` to another computer. Where
// none is granted, what was said of the first stands.
std::optional<UpnpMapping> UpnpKeeper::map(bool isTcp, std::uint16_t lost) {
    const std::uint16_t first = externalPort(isTcp);
    const auto ports = isTcp ? std::vector<std::uint16_t>{first} : portsToTry(first);
    UpnpMapping refused;
    refused.isForAnother = lost != 0;
    refused.external = first;
    for (const std::uint16_t port : ports) {
        if (port == lost)
            continue;
        auto answer = ask(upnp::MappingVerb::Map, isTcp, port);
        if (!answer)
            return std::nullopt;
        if (answer->isMapped) {
            m_mappings[isTcp].external = port;
            m_otherPort = port != m_wish.port ? port : m_otherPort;
            return answer;
        }
        const bool goesOn = isTaken(*answer);
        if (port == first)
            refused = std::move(*answer);
        if (!goesOn)
            break;
    }
    return refused;
}

// The one that we have, our own, the one that took its place before, and any.
std::vector<std::uint16_t> UpnpKeeper::portsToTry(std::uint16_t first) {
    std::vector<std::uint16_t> out{first};
    for (const std::uint16_t port : {m_wish.port, m_otherPort})
        if (port != 0 && std::ranges::find(out, port) == out.end())
            out.push_back(port);
    for (std::size_t count = 0; count < kOtherPortsTried; count++)
        out.push_back(static_cast<std::uint16_t>(kFirstDynamicPort + m_random.below(kDynamicPorts)));
    return out;
}

std::uint16_t UpnpKeeper::externalPort(bool isTcp) const {
    const std::uint16_t known = m_mappings[isTcp].external;
    return known != 0 ? known : m_mappedPort;
}

void UpnpKeeper::forgetRouter(UpnpState& next) {
    if (m_isLeaving)
        return;
    m_hasRouter = false;
    next.answer = m_isCut ? ProtocolAnswer::Broken : ProtocolAnswer::Silent;
    next.gateway.reset();
    next.routerAddress.reset();
    next.words = m_isCut ? m_reason : std::string{};
    next.udp = next.tcp = {};
    for (HeldMapping& held : m_mappings)
        held.nextRequest = m_now; // To be asked for as soon as it is back; until then takeBack() still tries.
}

void UpnpKeeper::keepIpv6(UpnpState& next) {
    if (m_wish.pinholes.empty()) {
        next.pinholes.clear();
        return;
    }
    const bool wasCut = m_isCut;
    m_isCut = false;
    const bool isLookDue = m_now >= m_nextFirewallLook;
    if (isLookDue)
        m_nextFirewallLook = m_now + kLookEvery;
    if (!m_hasFirewall && (isLookDue || !m_pinholes.empty()))
        m_hasFirewall = findFirewall();
    const bool canOpen = m_hasFirewall && updateFirewall(next);
    if (!m_hasFirewall && !m_isLeaving)
        next.firewallIsOn = next.pinholesAllowed = std::nullopt;
    std::vector<UpnpPinhole> pinholes;
    for (const Ipv6Address& address : m_wish.pinholes) {
        if (m_isLeaving)
            return;
        if (canOpen && m_hasFirewall)
            pinholes.push_back(keepPinhole(address));
        else
            pinholes.push_back({address, false, {}, 0, whyNoPinhole(next)});
    }
    next.pinholes = std::move(pinholes);
    if (m_hasFirewall && next.answer != ProtocolAnswer::Speaks)
        next.answer = ProtocolAnswer::Speaks;
    else if (m_isCut && next.answer == ProtocolAnswer::Silent)
        next.answer = ProtocolAnswer::Broken;
    m_isCut = m_isCut || wasCut;
}

bool UpnpKeeper::findFirewall() {
    if (!m_firewallUrl.empty() && use(true, m_firewallUrl))
        return true;
    const auto found = ask<upnp::DevicesAnswer>(upnp::SearchCommand{true, false}, kCommandLimit);
    for (std::size_t at = 0; found && at < std::min(found->urls.size(), kTriedMax) && !m_isLeaving; at++) {
        if (!use(true, found->urls[at]))
            continue;
        const auto firewall = ask<upnp::FirewallAnswer>(upnp::FirewallCommand{}, kCommandLimit);
        if (!firewall || !firewall->isOn)
            continue;
        m_firewallUrl = found->urls[at];
        return true;
    }
    return false;
}

bool UpnpKeeper::updateFirewall(UpnpState& next) {
    const auto firewall = ask<upnp::FirewallAnswer>(upnp::FirewallCommand{}, kCommandLimit);
    if (!firewall || !firewall->isOn) {
        m_hasFirewall = false;
        return false;
    }
    next.firewallIsOn = firewall->isOn;
    next.pinholesAllowed = firewall->isAllowed;
    return *firewall->isOn && firewall->isAllowed.value_or(false);
}

UpnpPinhole UpnpKeeper::keepPinhole(const Ipv6Address& address) {
    HeldPinhole& held = m_pinholes[address];
    held.told.address = address;
    const std::optional<std::uint16_t> id = held.id;
    if (m_now < held.nextRequest) {
        const auto check =
            id ? ask<upnp::DoneAnswer>(upnp::PinholeCommand{false, address, *id}, kCommandLimit) : std::nullopt;
        if (!id || !check || check->error <= 0)
            return held.told;
    }
    const auto opened = ask<upnp::PinholeAnswer>(upnp::OpenCommand{address, m_wish.port, id}, kCommandLimit);
    if (!opened)
        return held.told;
    held.id = opened->isOpen ? opened->id : std::nullopt;
    held.nextRequest = opened->isOpen ? halfOf(m_now, opened->lifetime) : m_now + kLookEvery;
    held.told = {address, opened->isOpen, opened->lifetime, opened->error, opened->words};
    return held.told;
}

void UpnpKeeper::closePinhole(const Ipv6Address& address, std::uint16_t id) {
    const upnp::PinholeCommand command{true, address, id};
    // What cannot be given back runs out. A helper that was replaced since has to be told about the device first.
    if (!ask<upnp::DoneAnswer>(command, kCommandLimit) && !m_isCut && use(true, m_firewallUrl))
        (void)ask<upnp::DoneAnswer>(command, kCommandLimit);
}

void UpnpKeeper::unmap(bool isTcp) {
    const upnp::MappingCommand command{upnp::MappingVerb::Unmap, isTcp, m_mappedPort, externalPort(isTcp)};
    if (!ask<upnp::DoneAnswer>(command, kCommandLimit) && !m_isCut && use(false, m_routerUrl))
        (void)ask<upnp::DoneAnswer>(command, kCommandLimit);
    m_mappings[isTcp] = {};
}

bool UpnpKeeper::holdsAnything() const {
    return m_mappings[0].isOurs || m_mappings[1].isOurs ||
           std::ranges::any_of(m_pinholes, [](const auto& entry) { return entry.second.id.has_value(); });
}

Duration UpnpKeeper::pause() const {
    const bool holdsMapping = m_wish.map && m_hasRouter && (m_mappings[0].isOurs || m_mappings[1].isOurs);
    const bool holdsPinhole =
        std::ranges::any_of(m_pinholes, [](const auto& entry) { return entry.second.id.has_value(); });
    const bool lostIt = !m_hasRouter && m_lastSpoke && m_now - *m_lastSpoke < kHopeFor;
    return holdsMapping || holdsPinhole || lostIt ? kCheckEvery : kLookEvery;
}

} // namespace culvert
