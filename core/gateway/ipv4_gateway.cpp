#include "core/gateway/ipv4_gateway.h"

#include "core/gateway/gateway_choice.h"

namespace culvert {

namespace {

bool isNatPmp(BytesView payload) {
    return !payload.empty() && payload[0] == wire::kNatPmpVersion;
}

} // namespace

Ipv4Gateway::Ipv4Gateway(const GatewayLink& link, const PortMapperConfig& config, Random& random)
    : m_pcp(link, config, random), m_natPmp(link, config, random) {}

void Ipv4Gateway::ask(Instant now, bool forgetsSilence, GatewayOutbox& out) {
    m_pcp.ask(now, forgetsSilence, out);
    // One that is known to speak NAT-PMP need not wait until PCP has been tried in vain again.
    if (m_natPmp.isActive())
        m_natPmp.ask(now, forgetsSilence);
    m_natPmp.flush(now, out);
}

void Ipv4Gateway::handleDatagram(Instant now, BytesView payload, GatewayOutbox& out, DropCounters& drops) {
    if (handleVersionAnswer(now, payload, m_pcp, &m_natPmp))
        return fallBack(now, out);
    if (isNatPmp(payload)) {
        const auto response = wire::decodeNatPmpResponse(payload);
        if (response)
            return m_natPmp.handleResponse(now, *response, out);
        m_natPmp.handleNonsense();
        return drops.add(DropReason::Malformed);
    }
    const auto response = wire::decodePcpResponse(payload);
    if (!response) {
        m_pcp.handleNonsense();
        return drops.add(DropReason::Malformed);
    }
    m_pcp.handleResponse(now, *response, out, drops);
    if (m_pcp.mapping(MappedTransport::Udp).grant() && m_natPmp.isActive())
        m_natPmp.stop();
}

AnnouncementMeaning Ipv4Gateway::handleAnnouncement(Instant now, BytesView payload, DropCounters& drops) {
    if (isNatPmp(payload)) {
        const auto response = wire::decodeNatPmpResponse(payload);
        // One that gave us a mapping by PCP announces both ways. This is then news: PCP's announcement may be lost.
        if (response && response->opcode == wire::NatPmpOpcode::ExternalAddress)
            return m_natPmp.handleAnnouncement(now, *response);
    } else if (const auto response = wire::decodePcpResponse(payload);
               response && response->opcode == wire::PcpOpcode::Announce) {
        return m_pcp.handleAnnouncement(now, *response);
    }
    drops.add(DropReason::Malformed);
    return AnnouncementMeaning::Same;
}

void Ipv4Gateway::handleTimeout(Instant now, GatewayOutbox& out) {
    m_pcp.handleTimeout(now);
    m_pcp.flush(now, out);
    m_natPmp.handleTimeout(now);
    m_natPmp.flush(now, out);
    fallBack(now, out);
}

void Ipv4Gateway::fallBack(Instant now, GatewayOutbox& out) {
    if (!m_pcp.isInVain() || m_natPmp.isActive())
        return;
    m_natPmp.ask(now, true);
    m_natPmp.flush(now, out);
}

void Ipv4Gateway::takeBack(GatewayOutbox& out) {
    m_pcp.takeBack(out);
    m_natPmp.takeBack(out);
}

bool Ipv4Gateway::isGranted() const {
    return m_pcp.mapping(MappedTransport::Udp).grant() || m_natPmp.grant(MappedTransport::Udp);
}

bool Ipv4Gateway::isSettled() const {
    return isGranted() || (m_pcp.isSettled() && (!m_natPmp.isActive() || m_natPmp.isSettled()));
}

PortMappingStatus Ipv4Gateway::status(MappedTransport transport) const {
    const std::array candidates = {m_pcp.status(transport), m_natPmp.status(transport)};
    return m_natPmp.isActive() ? chooseMapping(candidates) : candidates[0];
}

GatewayStatus Ipv4Gateway::answers() const {
    return {link().router, m_pcp.answer(), m_natPmp.answer(), ProtocolAnswer::NotAsked};
}

bool handleVersionAnswer(Instant now, BytesView payload, PcpClient& pcp, NatPmpClient* natPmp) {
    const auto version = wire::unsupportedVersionAnswer(payload);
    if (!version)
        return false;
    // RFC 6887 §9: the sender names the version that it speaks; so it refused another.
    if (*version != wire::kPcpVersion)
        pcp.handleUnsupportedVersion(now, *version);
    if (*version != wire::kNatPmpVersion && natPmp)
        natPmp->handleUnsupportedVersion(now);
    return true;
}

} // namespace culvert
