#include "core/gateway/pinhole.h"

#include "core/gateway/gateway_choice.h"
#include "core/gateway/ipv4_gateway.h"
#include "core/gateway/upnp_turn.h"

#include <algorithm>

namespace culvert {

Pinhole::Pinhole(const Ipv6Address& address, const PortMapperConfig& config, Instant now)
    : m_address(address), m_config(config), m_turn(now) {}

void Pinhole::setRouters(const std::vector<GatewayLink>& links, Random& random, GatewayOutbox& out) {
    std::vector<std::unique_ptr<PcpClient>> kept;
    for (auto& client : m_clients) {
        if (std::ranges::find(links, client->link()) != links.end())
            kept.push_back(std::move(client));
        else
            client->takeBack(out);
    }
    m_clients = std::move(kept);
    for (const GatewayLink& link : links)
        if (std::ranges::none_of(m_clients, [&](const auto& client) { return client->link() == link; }))
            m_clients.push_back(std::make_unique<PcpClient>(link, m_config, random));
}

void Pinhole::ask(Instant now, bool forgetsSilence, GatewayOutbox& out) {
    for (auto& client : m_clients)
        client->ask(now, forgetsSilence, out);
}

bool Pinhole::handleDatagram(Instant now, const SocketAddress& router, BytesView payload, GatewayOutbox& out,
                             DropCounters& drops) {
    for (auto& client : m_clients) {
        if (client->link().router != router)
            continue;
        if (handleVersionAnswer(now, payload, *client, nullptr))
            return true;
        if (const auto response = wire::decodePcpResponse(payload)) {
            client->handleResponse(now, *response, out, drops);
        } else {
            client->handleNonsense();
            drops.add(DropReason::Malformed);
        }
        return true;
    }
    return false;
}

std::optional<AnnouncementMeaning> Pinhole::handleAnnouncement(Instant now, const SocketAddress& router,
                                                               const wire::PcpResponse& response) {
    for (auto& client : m_clients)
        if (client->link().router == router)
            return client->handleAnnouncement(now, response);
    return std::nullopt;
}

void Pinhole::handleTimeout(Instant now, GatewayOutbox& out) {
    for (auto& client : m_clients) {
        client->handleTimeout(now);
        client->flush(now, out);
    }
}

void Pinhole::takeBack(GatewayOutbox& out) {
    for (auto& client : m_clients)
        client->takeBack(out);
}

bool Pinhole::update(Instant now) {
    const bool isSettled = std::ranges::all_of(m_clients, [](const auto& client) { return client->isSettled(); });
    return m_turn.update(now, isOpen(), isSettled);
}

bool Pinhole::isOpen() const {
    return std::ranges::any_of(m_clients, [&](const auto& client) { return isOpenedBy(*client); });
}

bool Pinhole::isOpenedBy(const PcpClient& client) const {
    const auto grant = client.mapping(MappedTransport::Udp).grant();
    return grant && grant->external == SocketAddress(m_address, m_config.port);
}

bool Pinhole::isSettled(const UpnpState& upnp) const {
    if (isOpen())
        return true;
    if (std::ranges::any_of(m_clients, [](const auto& client) { return !client->isSettled(); }))
        return false;
    if (upnp.answer != ProtocolAnswer::Speaks)
        return upnp.answer == ProtocolAnswer::Silent || upnp.answer == ProtocolAnswer::Broken;
    const UpnpPinhole* pinhole = findIn(upnp);
    return !upnp.firewallIsOn || !*upnp.firewallIsOn || upnp.pinholesAllowed == false ||
           (pinhole && (pinhole->isOpen || pinhole->error != 0));
}

const UpnpPinhole* Pinhole::findIn(const UpnpState& upnp) const {
    const auto found = std::ranges::find(upnp.pinholes, m_address, &UpnpPinhole::address);
    return found == upnp.pinholes.end() ? nullptr : &*found;
}

PinholeStatus Pinhole::status(const UpnpState& upnp, bool isTimeUp) const {
    PinholeStatus status = pcpStatus();
    if (status.state == PortMappingState::Claimed)
        return status;
    const UpnpPinhole* pinhole = upnp.answer == ProtocolAnswer::Speaks ? findIn(upnp) : nullptr;
    const bool isOff = upnp.answer == ProtocolAnswer::Speaks && upnp.firewallIsOn == false;
    const bool isForbidden = upnp.answer == ProtocolAnswer::Speaks && upnp.pinholesAllowed == false;
    if (isOff || (pinhole && pinhole->isOpen)) {
        status = {m_address, PortMappingState::Claimed, PortMappingFailure::None, MappingProtocol::Upnp, {}, ""};
        if (pinhole && pinhole->isOpen)
            status.lifetime = pinhole->lifetime;
        else
            status.detail = "The router's IPv6 firewall is off.";
    } else if (isForbidden || (pinhole && pinhole->error != 0)) {
        status = {m_address, PortMappingState::Failed, PortMappingFailure::Refused, MappingProtocol::Upnp, {}, ""};
        status.detail = isForbidden ? "The router lets no program open its IPv6 firewall."
                                    : upnpErrorText(pinhole->error, pinhole->words);
    } else if (!isTimeUp && !isSettled(upnp)) {
        status.state = PortMappingState::Trying;
        status.failure = PortMappingFailure::None;
    }
    return status;
}

// What PCP's routers say: the first that opened it, else the failure that says most.
PinholeStatus Pinhole::pcpStatus() const {
    PinholeStatus best{m_address, PortMappingState::Failed, PortMappingFailure::NoRouter, std::nullopt, {}, ""};
    for (const auto& client : m_clients) {
        const PortMappingStatus status = client->status(MappedTransport::Udp);
        if (isOpenedBy(*client))
            return {
                m_address, PortMappingState::Claimed, PortMappingFailure::None, MappingProtocol::Pcp, status.lifetime,
                ""};
        if (status.state == PortMappingState::Claimed)
            best = {m_address,
                    PortMappingState::Failed,
                    PortMappingFailure::PortDiffers,
                    MappingProtocol::Pcp,
                    {},
                    "The router translates: " + status.external->text() + "."};
        else if (status.failure == PortMappingFailure::Refused && best.failure == PortMappingFailure::NoRouter)
            best = {m_address, PortMappingState::Failed, status.failure, MappingProtocol::Pcp, {}, status.detail};
    }
    return best;
}

ProtocolAnswer Pinhole::answerOf(const SocketAddress& router) const {
    for (const auto& client : m_clients)
        if (client->link().router == router)
            return client->answer();
    return ProtocolAnswer::NotAsked;
}

std::optional<Instant> Pinhole::nextTime() const {
    std::optional<Instant> at = m_turn.nextTime();
    for (const auto& client : m_clients)
        at = earlier(at, client->nextTime());
    return at;
}

} // namespace culvert
