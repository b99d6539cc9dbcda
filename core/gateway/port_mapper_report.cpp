// PortMapper's merging: what UPnP is to do, and the report.
#include "core/gateway/gateway_choice.h"
#include "core/gateway/port_mapper_state.h"

#include <algorithm>

namespace culvert {

namespace {

// UPnP takes its mapping back in the same table where a router keeps PCP's; the same port may then be gone. By this
// time UPnP is done, and one question puts it right.
constexpr Duration kRecheckAfterUpnp = 2s;

} // namespace

void PortMapper::State::update(Instant now) {
    if (!m_network)
        return;
    updateWish(now);
    updateReport();
    planReport(now);
}

void PortMapper::State::planReport(Instant now) {
    if (m_report == m_reported) {
        m_reportAt.reset();
        m_mayReport = false;
        return;
    }
    if (!m_reportAt && !m_mayReport)
        m_reportAt = std::max(m_reportsUsed, now) - kReportEvery * (kReportsAtOnce - 1);
    if (!isDue(m_reportAt, now))
        return;
    m_reportAt.reset();
    m_reportsUsed = std::max(m_reportsUsed, now) + kReportEvery;
    m_mayReport = true;
}

void PortMapper::State::updateWish(Instant now) {
    const bool isOver = std::ranges::all_of(m_gateways, [](const auto& gateway) { return gateway->isSettled(); });
    const bool wasOn = m_wish.map;
    m_wish.port = m_config.port;
    m_wish.map = m_turn->update(now, isGranted(), isOver) && !m_network->v4.empty();
    if (wasOn && !m_wish.map)
        m_recheckAt = now + kRecheckAfterUpnp;
    m_wish.pinholes.clear();
    for (auto& pinhole : m_pinholes)
        if (pinhole->update(now))
            m_wish.pinholes.push_back(pinhole->address());
}

void PortMapper::State::updateReport() {
    const auto withPrevious = [](PortMappingStatus status, std::optional<SocketAddress>& previous) {
        if (culvert::isGranted(status.state)) // Not the member of this name.
            previous = status.external;
        else if (status.state == PortMappingState::Trying)
            status.external = previous;
        return status;
    };
    m_report.isSettled = isSettled();
    m_report.udp = withPrevious(mappingStatus(MappedTransport::Udp), m_previousUdp);
    m_report.tcp = withPrevious(mappingStatus(MappedTransport::Tcp), m_previousTcp);
    m_report.pinholes.clear();
    for (const auto& pinhole : m_pinholes)
        m_report.pinholes.push_back(pinhole->status(m_upnp, !m_settleAt));
    m_report.gateways = gatewayStatuses();
}

bool PortMapper::State::isGranted() const {
    return std::ranges::any_of(m_gateways, [](const auto& gateway) { return gateway->isGranted(); });
}

bool PortMapper::State::isSettled() const {
    if (!m_settleAt)
        return true;
    return isUpnpSettled() &&
           std::ranges::all_of(m_gateways, [](const auto& gateway) { return gateway->isSettled(); }) &&
           std::ranges::all_of(m_pinholes, [&](const auto& pinhole) { return pinhole->isSettled(m_upnp); });
}

bool PortMapper::State::isUpnpSettled() const {
    if (m_upnp.answer != ProtocolAnswer::Speaks)
        return m_upnp.answer == ProtocolAnswer::Silent || m_upnp.answer == ProtocolAnswer::Broken;
    const UpnpMapping& udp = m_upnp.udp;
    return !m_wish.map || udp.isMapped || udp.isConfirmed || udp.isForAnother || udp.error != 0;
}

PortMappingStatus PortMapper::State::mappingStatus(MappedTransport transport) const {
    const UpnpMapping& table = transport == MappedTransport::Udp ? m_upnp.udp : m_upnp.tcp;
    std::vector<PortMappingStatus> candidates;
    UpnpQuestion question{m_config.port, m_wish.map, !m_settleAt, m_config.allowReserved, std::nullopt};
    std::optional<Ipv4Address> routerAddress;
    for (const auto& gateway : m_gateways) {
        PortMappingStatus status = gateway->status(transport);
        if (isConfirmedByUpnp(status, m_upnp, table))
            status.state = PortMappingState::Confirmed;
        if (m_upnp.gateway == gateway->link().router)
            question.routerAddress = status.routerAddress;
        routerAddress = routerAddress ? routerAddress : status.routerAddress;
        candidates.push_back(std::move(status));
    }
    candidates.push_back(upnpStatus(m_upnp, table, question));
    routerAddress = routerAddress ? routerAddress : m_upnp.routerAddress;

    PortMappingStatus best = chooseMapping(candidates);
    if (!best.routerAddress)
        best.routerAddress = routerAddress;
    if (best.state == PortMappingState::Failed && !m_report.isSettled) {
        best.state = PortMappingState::Trying;
        best.failure = PortMappingFailure::None;
    }
    return best;
}

std::vector<GatewayStatus> PortMapper::State::gatewayStatuses() const {
    std::vector<GatewayStatus> statuses;
    bool hasUpnp = false;
    const auto upnpAnswer = [&](const SocketAddress& router) {
        if (!m_upnp.gateway)
            return m_upnp.answer;
        hasUpnp = hasUpnp || m_upnp.gateway == router;
        return m_upnp.gateway == router ? m_upnp.answer : ProtocolAnswer::Silent;
    };
    for (const auto& gateway : m_gateways) {
        statuses.push_back(gateway->answers());
        statuses.back().upnp = upnpAnswer(gateway->link().router);
    }
    for (const DefaultRouter& router : m_network->routers) {
        const bool isListed = std::ranges::find(statuses, router.address, &GatewayStatus::address) != statuses.end();
        if (router.address.isV4() || isListed || statuses.size() == 2 * kRoutersMax)
            continue;
        GatewayStatus status;
        status.address = router.address;
        for (const auto& pinhole : m_pinholes) {
            const ProtocolAnswer answer = pinhole->answerOf(router.address);
            // The best that any of our addresses heard: enumerators after Speaks are worse, those before are none.
            if (status.pcp != ProtocolAnswer::Speaks && answer != ProtocolAnswer::NotAsked)
                status.pcp = answer;
        }
        if (m_upnp.gateway && m_upnp.gateway->isV6())
            status.upnp = upnpAnswer(router.address);
        statuses.push_back(status);
    }
    if (m_upnp.gateway && !hasUpnp)
        statuses.push_back({*m_upnp.gateway, ProtocolAnswer::NotAsked, ProtocolAnswer::NotAsked, m_upnp.answer});
    return statuses;
}

} // namespace culvert
