#include "core/gateway/pcp_mapping.h"

namespace culvert {

PcpMapping::PcpMapping(const wire::PcpMapRequest& request, Random& random) : m_request(request), m_random(random) {}

void PcpMapping::ask(Instant now, bool forgetsSilence) {
    m_isWanted = true;
    if (m_holdUntil && now < *m_holdUntil)
        return;
    m_holdUntil.reset();
    m_renewAt.reset();
    m_timer.start(now, forgetsSilence);
}

void PcpMapping::forgetRefusal() {
    m_refusal.reset();
    m_holdUntil.reset();
}

void PcpMapping::stop() {
    m_isWanted = false;
    m_timer.stop();
    m_grant.reset();
    m_renewAt.reset();
    m_holdUntil.reset();
}

bool PcpMapping::isAnswer(const wire::PcpMapFields& fields) const {
    const wire::PcpMapFields& asked = m_request.map;
    return m_isWanted && fields.nonce == asked.nonce && fields.protocol == asked.protocol &&
           fields.internalPort == asked.internalPort;
}

void PcpMapping::handleResponse(Instant now, const wire::PcpResponse& response) {
    if (m_isRejected && m_holdUntil)
        return;
    if (response.result != 0) {
        const std::string code = std::to_string(response.result);
        std::string detail = "PCP result " + code + " (" + std::string(wire::pcpResultName(response.result)) + ").";
        if (response.result == static_cast<std::uint8_t>(wire::PcpResult::AddressMismatch))
            detail += " There is a NAT between this computer and the router.";
        const Duration lifetime = std::chrono::seconds(response.lifetime);
        return refuse(now, {PortMappingFailure::Refused, std::move(detail), now + lifetime});
    }
    if (response.lifetime == 0 || response.map.external.port() == 0)
        return refuse(now, {PortMappingFailure::Refused, "The router took the mapping back.", now});
    forgetRefusal();
    m_timer.handleAnswer();
    const Duration lifetime = std::min<Duration>(std::chrono::seconds(response.lifetime), kLifetimeMax);
    m_grant = GatewayGrant{response.map.external, lifetime, now + lifetime};
    // RFC 6887 §11.2.1: so that a router that lost its state gives the same again.
    m_request.map.external = response.map.external;
    m_grantedAt = now;
    m_renewals = 0;
    planRenewal(m_lastSentAt.value_or(now) + kRenewalsApart);
}

Bytes PcpMapping::reject(Instant now, GatewayRefusal refusal) {
    refuse(now, std::move(refusal));
    m_isRejected = true;
    m_request.map.external = unspecified(m_request.map.internalPort);
    return deletion();
}

void PcpMapping::explainRefusal(PortMappingFailure failure) {
    if (m_refusal)
        m_refusal->failure = failure;
}

void PcpMapping::refuse(Instant now, GatewayRefusal refusal) {
    refusal.until = std::clamp(refusal.until, now + kHoldMin, now + kHoldMax);
    m_holdUntil = refusal.until;
    m_refusal = std::move(refusal);
    m_isRejected = false;
    m_timer.stop();
    m_grant.reset();
    m_renewAt.reset();
}

// RFC 6887 §11.2.1: at 1/2 of the life, or up to an eighth later; at 3/4, or up to a sixteenth later; and so on.
void PcpMapping::planRenewal(Instant notBefore) {
    constexpr unsigned kRenewalsMax = 20; // A day halved so often is less than four seconds.
    m_renewAt.reset();
    if (m_renewals >= kRenewalsMax)
        return;
    const Duration left = m_grant->lifetime / (std::int64_t{2} << m_renewals);
    const auto jitter = static_cast<std::uint64_t>((left / 4).count());
    const Instant at = m_grant->until - left + Duration(static_cast<Duration::rep>(m_random.below(jitter + 1)));
    const Instant planned = std::max(at, notBefore);
    if (planned < m_grant->until)
        m_renewAt = planned;
}

void PcpMapping::handleTimeout(Instant now) {
    if (m_grant && m_grant->until <= now) {
        m_grant.reset();
        m_renewAt.reset();
        if (!m_timer.isAsking()) {
            m_timer.start(now, true);
            m_timer.postpone(std::max(now, m_lastSentAt.value_or(now) + kRenewalsApart));
        }
    }
    if (isDue(m_holdUntil, now)) {
        m_holdUntil.reset();
        m_timer.start(now, true);
    }
}

std::optional<Bytes> PcpMapping::takeRequest(Instant now) {
    const bool isAskedAgain = m_timer.takeDue(now, m_random);
    const bool isRenewed = isDue(m_renewAt, now);
    if (!isAskedAgain && !isRenewed)
        return std::nullopt;
    m_lastSentAt = now;
    m_isRejected = false;
    if (isRenewed) {
        ++m_renewals;
        planRenewal(now + kRenewalsApart);
    }
    m_request.lifetime = kLifetimeAsked;
    return wire::encode(m_request);
}

std::optional<Bytes> PcpMapping::takeBack() {
    const bool isThere = m_grant.has_value();
    stop();
    return isThere ? std::optional(deletion()) : std::nullopt;
}

// RFC 6887 §15.1: nothing is suggested when a mapping is deleted.
Bytes PcpMapping::deletion() const {
    wire::PcpMapRequest request = m_request;
    request.lifetime = 0;
    request.map.external = unspecified(0);
    return wire::encode(request);
}

// RFC 6887 §11.1: the all-zeros address of our family suggests none.
SocketAddress PcpMapping::unspecified(std::uint16_t port) const {
    return m_request.client.isV4() ? SocketAddress(Ipv4Address{}, port) : SocketAddress(Ipv6Address{}, port);
}

std::optional<GatewayGrant> PcpMapping::grant() const {
    return m_timer.isSilent() ? std::nullopt : m_grant;
}

std::optional<Instant> PcpMapping::nextTime() const {
    auto at = earlier(m_timer.nextTime(), earlier(m_renewAt, m_holdUntil));
    return m_grant ? earlier(at, m_grant->until) : at;
}

} // namespace culvert
