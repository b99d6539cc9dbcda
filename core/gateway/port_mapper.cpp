#include "core/gateway/port_mapper_state.h"

#include <algorithm>

namespace culvert {

namespace {

// SSDP's messages are HTTP's (UPnP Device Architecture 1.1 §1.2); PCP's and NAT-PMP's never begin so.
bool isSsdp(BytesView payload) {
    const std::string_view text = asText(payload);
    return text.starts_with("NOTIFY ") || text.starts_with("HTTP/1.1 ");
}

} // namespace

PortMapper::PortMapper(const PortMapperConfig& config, Random& random)
    : m_state(std::make_unique<State>(config, random)) {}

PortMapper::~PortMapper() = default;

void PortMapper::handleNetwork(Instant now, const LocalNetwork& network) {
    m_state->handleNetwork(now, network);
}

void PortMapper::handleDatagram(Instant now, const SocketAddress& local, const SocketAddress& remote,
                                BytesView payload) {
    m_state->handleDatagram(now, local, remote, payload);
}

void PortMapper::handleAnnouncement(Instant now, const SocketAddress& remote, BytesView payload) {
    m_state->handleAnnouncement(now, remote, payload);
}

void PortMapper::handleUpnp(Instant now, const UpnpState& state) {
    m_state->handleUpnp(now, state);
}

void PortMapper::handleTimeout(Instant now) {
    m_state->handleTimeout(now);
}

void PortMapper::refresh(Instant now) {
    m_state->refresh(now);
}

void PortMapper::shutdown(Instant) {
    m_state->shutdown();
}

std::optional<GatewayDatagram> PortMapper::pollTransmit() {
    return m_state->pollTransmit();
}

std::optional<GatewayReport> PortMapper::pollChange() {
    return m_state->pollChange();
}

std::optional<Deadline> PortMapper::pollTimeout() const {
    return m_state->pollTimeout();
}

const UpnpWish& PortMapper::upnpWish() const {
    return m_state->upnpWish();
}

const DropCounters& PortMapper::drops() const {
    return m_state->drops();
}

PortMapper::State::State(const PortMapperConfig& config, Random& random)
    : m_config(config), m_random(random), m_out(m_drops) {}

void PortMapper::State::handleNetwork(Instant now, const LocalNetwork& network) {
    if (m_isDown || (m_network && m_network->hasSameWaysAs(network)))
        return;
    m_network = network;
    replaceGateways(now);
    replacePinholes(now);
    refresh(now);
}

void PortMapper::State::replaceGateways(Instant now) {
    std::vector<std::unique_ptr<Ipv4Gateway>> gateways;
    bool isNew = !m_turn;
    bool isElsewhere = m_turn.has_value();
    for (const DefaultRouter& router : m_network->routers) {
        const GatewayLink link{router.local, router.address, router.interfaceIndex};
        const auto isIt = [&](const auto& gateway) { return gateway && gateway->link() == link; };
        if (!router.address.isV4() || !router.local.isV4() || gateways.size() == kRoutersMax ||
            std::ranges::any_of(gateways, isIt))
            continue;
        const auto known = std::ranges::find_if(m_gateways, isIt);
        isNew = isNew || known == m_gateways.end();
        isElsewhere = isElsewhere && known == m_gateways.end();
        gateways.push_back(known != m_gateways.end() ? std::move(*known)
                                                     : std::make_unique<Ipv4Gateway>(link, m_config, m_random));
    }
    for (auto& gateway : m_gateways)
        if (gateway)
            gateway->takeBack(m_out);
    m_gateways = std::move(gateways);
    // UPnP looks again, too, and says what it finds; with the same routers its mapping goes on.
    if (!isNew)
        return;
    if (isElsewhere) // What UPnP said was of a router that we left.
        m_upnp = UpnpState();
    m_turn.emplace(now);
    m_previousUdp.reset();
    m_previousTcp.reset();
}

// RFC 6887 §8.4: a mapping belongs to the address that asked for it.
void PortMapper::State::replacePinholes(Instant now) {
    std::vector<std::unique_ptr<Pinhole>> pinholes;
    for (const Ipv6Address& address : m_network->native6) {
        const auto isIt = [&](const auto& pinhole) { return pinhole && pinhole->address() == address; };
        if (pinholes.size() == kPinholesMax)
            break;
        if (std::ranges::any_of(pinholes, isIt))
            continue;
        const auto known = std::ranges::find_if(m_pinholes, isIt);
        pinholes.push_back(known != m_pinholes.end() ? std::move(*known)
                                                     : std::make_unique<Pinhole>(address, m_config, now));
        pinholes.back()->setRouters(linksOf(address), m_random, m_out);
    }
    for (auto& pinhole : m_pinholes)
        if (pinhole)
            pinhole->takeBack(m_out);
    m_pinholes = std::move(pinholes);
}

// The IPv6 routers that can be reached from `address`.
std::vector<GatewayLink> PortMapper::State::linksOf(const Ipv6Address& address) const {
    const SocketAddress local(address, 0);
    std::uint32_t index = 0;
    for (const LocalInterface& one : m_network->interfaces)
        if (std::ranges::find(one.addresses, local, &LocalAddress::address) != one.addresses.end())
            index = one.index;
    std::vector<GatewayLink> links;
    for (const DefaultRouter& router : m_network->routers) {
        const bool isElsewhere = index != 0 && router.interfaceIndex != 0 && router.interfaceIndex != index;
        const GatewayLink link{local, router.address, router.interfaceIndex};
        if (router.address.isV6() && !isElsewhere && links.size() < kRoutersMax &&
            std::ranges::find(links, link) == links.end())
            links.push_back(link);
    }
    return links;
}

void PortMapper::State::handleDatagram(Instant now, const SocketAddress& local, const SocketAddress& remote,
                                       BytesView payload) {
    if (m_isDown)
        return;
    const SocketAddress from = remote.withoutPort();
    const SocketAddress to = local.withoutPort();
    bool isKnown = false;
    // RFC 6887 §8.3, RFC 6886 §3.2: only from where the question went.
    if (remote.port() == wire::kPcpServerPort) {
        for (auto& gateway : m_gateways) {
            if (isKnown || gateway->link().router != from || gateway->link().local != to)
                continue;
            gateway->handleDatagram(now, payload, m_out, m_drops);
            isKnown = true;
        }
        for (auto& pinhole : m_pinholes)
            if (!isKnown && to.isV6() && pinhole->address() == to.v6())
                isKnown = pinhole->handleDatagram(now, from, payload, m_out, m_drops);
    }
    if (!isKnown)
        return m_drops.add(DropReason::SourceMismatch);
    update(now);
}

void PortMapper::State::handleAnnouncement(Instant now, const SocketAddress& remote, BytesView payload) {
    if (m_isDown)
        return;
    const SocketAddress router = remote.withoutPort();
    // RFC 6887 §14.1.3: from the port where requests are received. SSDP has no such rule.
    if (remote.port() != wire::kPcpServerPort && !isSsdp(payload))
        return m_drops.add(DropReason::SourceMismatch);
    const auto meaning = router.isV4() ? announce4(now, router, payload) : announce6(now, router, payload);
    if (!meaning)
        return m_drops.add(DropReason::SourceMismatch);
    if (*meaning == AnnouncementMeaning::News)
        askSoon(now);
    update(now);
}

std::optional<AnnouncementMeaning> PortMapper::State::announce4(Instant now, const SocketAddress& router,
                                                                BytesView payload) {
    std::optional<AnnouncementMeaning> meaning;
    for (auto& gateway : m_gateways) {
        if (gateway->link().router != router)
            continue;
        const auto one =
            isSsdp(payload) ? AnnouncementMeaning::News : gateway->handleAnnouncement(now, payload, m_drops);
        meaning = meaning ? std::max(*meaning, one) : one;
    }
    return meaning;
}

// A router may announce from another address of its own than the routing table names. Any link-local source is then
// news, which costs a question at most every kRefreshEvery.
std::optional<AnnouncementMeaning> PortMapper::State::announce6(Instant now, const SocketAddress& router,
                                                                BytesView payload) {
    const bool isRouter =
        m_network && std::ranges::find(m_network->routers, router, &DefaultRouter::address) != m_network->routers.end();
    if (!isRouter && !router.v6().isLinkLocal())
        return std::nullopt;
    if (isSsdp(payload))
        return AnnouncementMeaning::News;
    const auto response = wire::decodePcpResponse(payload);
    if (!response || response->opcode != wire::PcpOpcode::Announce) {
        m_drops.add(DropReason::Malformed);
        return AnnouncementMeaning::Same;
    }
    std::optional<AnnouncementMeaning> meaning;
    for (auto& pinhole : m_pinholes)
        if (const auto one = pinhole->handleAnnouncement(now, router, *response))
            meaning = meaning ? std::max(*meaning, *one) : *one;
    return meaning.value_or(AnnouncementMeaning::News);
}

// What an announcement brings about: no oftener than kRefreshEvery, and no announcement is forgotten.
void PortMapper::State::askSoon(Instant now) {
    if (m_refreshAt)
        return m_drops.add(DropReason::RateLimited);
    m_refreshAt = m_refreshedAt ? std::max(now, *m_refreshedAt + kRefreshEvery) : now;
    if (!isDue(m_refreshAt, now))
        return;
    askAll(now, false);
}

void PortMapper::State::handleUpnp(Instant now, const UpnpState& state) {
    if (m_isDown)
        return;
    m_upnp = state;
    update(now);
}

void PortMapper::State::handleTimeout(Instant now) {
    if (m_isDown)
        return;
    if (isDue(m_settleAt, now)) {
        m_settleAt.reset();
        for (auto& gateway : m_gateways)
            gateway->settle();
    }
    if (isDue(m_refreshAt, now))
        askAll(now, false);
    if (isDue(m_recheckAt, now)) {
        m_recheckAt.reset();
        for (auto& gateway : m_gateways)
            gateway->ask(now, false, m_out);
    }
    for (auto& gateway : m_gateways)
        gateway->handleTimeout(now, m_out);
    for (auto& pinhole : m_pinholes)
        pinhole->handleTimeout(now, m_out);
    update(now);
}

void PortMapper::State::refresh(Instant now) {
    if (m_isDown || !m_network)
        return;
    m_settleAt = now + kSettleAfter;
    askAll(now, true);
    update(now);
}

void PortMapper::State::askAll(Instant now, bool forgetsSilence) {
    m_refreshAt.reset();
    m_refreshedAt = now;
    for (auto& gateway : m_gateways)
        gateway->ask(now, forgetsSilence, m_out);
    for (auto& pinhole : m_pinholes)
        pinhole->ask(now, forgetsSilence, m_out);
}

void PortMapper::State::shutdown() {
    if (m_isDown)
        return;
    m_isDown = true;
    for (auto& gateway : m_gateways)
        gateway->takeBack(m_out);
    for (auto& pinhole : m_pinholes)
        pinhole->takeBack(m_out);
    m_wish = UpnpWish();
    m_report = GatewayReport();
    m_mayReport = true;
}

std::optional<GatewayReport> PortMapper::State::pollChange() {
    if (!m_mayReport || m_report == m_reported)
        return std::nullopt;
    m_mayReport = false;
    m_reported = m_report;
    return m_reported;
}

std::optional<Deadline> PortMapper::State::pollTimeout() const {
    if (m_isDown)
        return std::nullopt;
    std::optional<Deadline> soonest;
    const auto add = [&](const std::optional<Instant>& at, const char* reason) {
        if (at && (!soonest || *at < soonest->at))
            soonest = Deadline{*at, reason};
    };
    add(m_settleAt, "settle the report on open ports");
    add(m_refreshAt, "ask routers after an announcement");
    add(m_recheckAt, "ask routers after UPnP");
    add(m_reportAt, "tell of routers");
    if (m_turn)
        add(m_turn->nextTime(), "give UPnP its turn");
    for (const auto& gateway : m_gateways)
        add(gateway->nextTime(), "ask or renew at a router");
    for (const auto& pinhole : m_pinholes)
        add(pinhole->nextTime(), "open or renew a pinhole");
    return soonest;
}

} // namespace culvert
