#include "core/gateway/nat_pmp_client.h"

namespace culvert {

namespace {

GatewayRefusal refusalOf(Instant now, std::uint16_t result) {
    const auto kind = static_cast<wire::NatPmpResult>(result);
    const bool mayPass = kind == wire::NatPmpResult::NetworkFailure || kind == wire::NatPmpResult::OutOfResources;
    const std::string code = std::to_string(result);
    return {PortMappingFailure::Refused,
            "NAT-PMP result " + code + " (" + std::string(wire::natPmpResultName(result)) + ").",
            now + (mayPass ? NatPmpClient::kHoldShort : NatPmpClient::kHoldLong)};
}

wire::NatPmpOpcode opcodeOf(MappedTransport transport) {
    return transport == MappedTransport::Udp ? wire::NatPmpOpcode::MapUdp : wire::NatPmpOpcode::MapTcp;
}

} // namespace

NatPmpClient::NatPmpClient(const GatewayLink& link, const PortMapperConfig& config, Random& random)
    : m_link(link), m_allowReserved(config.allowReserved), m_port(config.port), m_random(random) {
    for (Mapping& mapping : m_mappings)
        mapping.suggestedPort = config.port;
}

void NatPmpClient::ask(Instant now, bool forgetsSilence) {
    m_isActive = true;
    // Nobody refused where the router was behind another NAT: a new question is allowed.
    const auto& refusal = at(MappedTransport::Udp).refusal;
    const bool mayAsk = forgetsSilence && refusal && refusal->failure == PortMappingFailure::PrivateExternal;
    if (m_holdUntil && now < *m_holdUntil && !mayAsk)
        return;
    m_timer.start(now, forgetsSilence);
    begin();
}

// Everything once more, the address first: it may have changed without a word.
void NatPmpClient::begin() {
    m_holdUntil.reset();
    m_renewAt.reset();
    m_step = Address;
}

void NatPmpClient::stop() {
    m_isActive = false;
    m_step = Done;
    m_timer.stop();
    for (Mapping& mapping : m_mappings)
        mapping.grant.reset();
    m_recoverAt.reset();
    m_renewAt.reset();
    m_holdUntil.reset();
}

void NatPmpClient::handleResponse(Instant now, const wire::NatPmpResponse& response, GatewayOutbox& out) {
    if (!m_isActive)
        return;
    m_speaks = true;
    m_isBroken = false;
    checkEpoch(now, response.epoch);
    if (response.opcode == wire::NatPmpOpcode::ExternalAddress)
        handleAddress(now, response, out);
    else
        handleMapping(now, response);
    flush(now, out);
}

void NatPmpClient::handleAddress(Instant now, const wire::NatPmpResponse& response, GatewayOutbox& out) {
    if (m_step != Address)
        return; // The answer to an attempt of before.
    if (response.result != 0)
        return refuse(refusalOf(now, response.result));
    if (response.externalAddress.isUnspecified()) {
        const char* detail = "The router has no IPv4 address of its own.";
        return refuse({PortMappingFailure::Refused, detail, now + kHoldShort});
    }
    m_routerAddress = response.externalAddress;
    if (!m_routerAddress->isGlobal(m_allowReserved)) {
        takeBack(out);
        return refuse({PortMappingFailure::PrivateExternal, "", now + kHoldLong});
    }
    next(now, Udp);
}

void NatPmpClient::handleMapping(Instant now, const wire::NatPmpResponse& response) {
    const bool isUdp = response.opcode == wire::NatPmpOpcode::MapUdp;
    if (m_step != (isUdp ? Udp : Tcp) || response.internalPort != m_port)
        return;
    Mapping& mapping = at(isUdp ? MappedTransport::Udp : MappedTransport::Tcp);
    const bool isGiven = response.result == 0 && response.lifetime > 0 && response.externalPort != 0;
    if (!isGiven) {
        auto refusal = refusalOf(now, response.result);
        if (response.result == 0)
            refusal = {PortMappingFailure::Refused, "The router took the mapping back.", now + kHoldShort};
        if (isUdp)
            return refuse(std::move(refusal));
        mapping.grant.reset();
        mapping.refusal = std::move(refusal);
        return next(now, Done);
    }
    const Duration lifetime = std::min<Duration>(std::chrono::seconds(response.lifetime), PcpMapping::kLifetimeMax);
    const SocketAddress external(*m_routerAddress, response.externalPort);
    mapping = {response.externalPort, GatewayGrant{external, lifetime, now + lifetime}, std::nullopt};
    if (isUdp) // RFC 6886 §3.3: half way to the end.
        m_renewAt = now + std::max<Duration>(lifetime / 2, PcpMapping::kRenewalsApart);
    next(now, isUdp ? Tcp : Done);
}

void NatPmpClient::next(Instant now, Step step) {
    m_step = step;
    m_timer.stop();
    if (step == Done)
        return;
    // While UDP's mapping holds, nothing that goes unanswered makes it void before its end.
    if (at(MappedTransport::Udp).grant)
        m_timer.startRenewal(now);
    else
        m_timer.start(now, true);
}

void NatPmpClient::refuse(GatewayRefusal refusal) {
    stop();
    m_isActive = true;
    m_holdUntil = refusal.until;
    for (Mapping& mapping : m_mappings)
        mapping.refusal = refusal;
}

void NatPmpClient::handleUnsupportedVersion(Instant now) {
    if (!m_isActive || !m_timer.isAsking())
        return;
    stop();
    m_isActive = true;
    m_speaks = false;
    m_holdUntil = now + kHoldLong;
}

AnnouncementMeaning NatPmpClient::handleAnnouncement(Instant now, const wire::NatPmpResponse& response) {
    if (!m_isActive || !m_speaks)
        return AnnouncementMeaning::News;
    if (!checkEpoch(now, response.epoch))
        return AnnouncementMeaning::LostState;
    const bool isSame = response.result != 0 || m_routerAddress == response.externalAddress;
    return isSame ? AnnouncementMeaning::Same : AnnouncementMeaning::News;
}

// RFC 6886 §3.6. False when the router lost its state.
bool NatPmpClient::checkEpoch(Instant now, std::uint32_t seconds) {
    const EpochReading reading{now, seconds};
    const bool isPlausible = !m_epoch || isNatPmpEpochPlausible(*m_epoch, reading);
    m_epoch = reading;
    if (isPlausible || m_recoverAt)
        return isPlausible;
    const auto limit = static_cast<std::uint64_t>(PcpClient::kRecoveryDelayMax.count());
    m_recoverAt = now + Duration(static_cast<Duration::rep>(m_random.below(limit)));
    if (m_recoveredAt)
        m_recoverAt = std::max(*m_recoverAt, *m_recoveredAt + PortMapper::kRefreshEvery);
    return false;
}

void NatPmpClient::handleTimeout(Instant now) {
    const bool wasGranted = at(MappedTransport::Udp).grant.has_value();
    for (Mapping& mapping : m_mappings)
        if (mapping.grant && mapping.grant->until <= now)
            mapping.grant.reset();
    if (wasGranted && !at(MappedTransport::Udp).grant && !m_renewAt) {
        m_timer.start(now, true);
        begin();
    }
    if (isDue(m_recoverAt, now)) {
        m_recoverAt.reset();
        m_recoveredAt = now;
        m_holdUntil.reset();
        ask(now, false);
    }
    if (isDue(m_renewAt, now) || isDue(m_holdUntil, now)) {
        m_timer.startRenewal(now);
        begin();
    }
}

void NatPmpClient::flush(Instant now, GatewayOutbox& out) {
    if (!m_timer.takeDue(now, m_random))
        return;
    if (m_step == Address)
        return out.push(m_link, wire::encodeNatPmpAddressRequest());
    const auto transport = m_step == Udp ? MappedTransport::Udp : MappedTransport::Tcp;
    out.push(m_link, wire::encode(wire::NatPmpMapRequest{opcodeOf(transport), m_port, at(transport).suggestedPort,
                                                         kLifetimeAsked}));
}

void NatPmpClient::takeBack(GatewayOutbox& out) {
    // RFC 6886 §3.4: nothing is suggested when a mapping is destroyed.
    for (const auto transport : {MappedTransport::Udp, MappedTransport::Tcp})
        if (at(transport).grant)
            out.push(m_link, wire::encode(wire::NatPmpMapRequest{opcodeOf(transport), m_port, 0, 0}));
    stop();
}

bool NatPmpClient::isSettled() const {
    return m_timer.isSilent() || !m_timer.isAsking() || grant(MappedTransport::Udp);
}

ProtocolAnswer NatPmpClient::answer() const {
    if (!m_isActive && !m_speaks)
        return ProtocolAnswer::NotAsked;
    if (m_speaks && !m_timer.isSilent())
        return ProtocolAnswer::Speaks;
    if (m_timer.isAsking() && !m_timer.isSilent())
        return ProtocolAnswer::Asking;
    return m_isBroken ? ProtocolAnswer::Broken : ProtocolAnswer::Silent;
}

PortMappingStatus NatPmpClient::status(MappedTransport transport) const {
    const Mapping& mapping = at(transport);
    PortMappingStatus status;
    status.protocol = MappingProtocol::NatPmp;
    status.gateway = m_link.router;
    status.routerAddress = m_routerAddress;
    if (const auto granted = grant(transport)) {
        status.state = PortMappingState::Claimed;
        status.external = granted->external;
        status.lifetime = granted->lifetime;
        if (granted->external.port() != m_port)
            status.failure = PortMappingFailure::PortDiffers;
    } else if (mapping.refusal) {
        status.state = PortMappingState::Failed;
        status.failure = mapping.refusal->failure;
        status.detail = mapping.refusal->detail;
    } else {
        const bool isTried = m_timer.isAsking() && !m_timer.isSilent() && !m_timer.isInVain();
        status.state = isTried ? PortMappingState::Trying : PortMappingState::Failed;
        status.failure = isTried ? PortMappingFailure::None : PortMappingFailure::NoRouter;
    }
    return status;
}

std::optional<GatewayGrant> NatPmpClient::grant(MappedTransport transport) const {
    return m_timer.isSilent() ? std::nullopt : at(transport).grant;
}

std::optional<Instant> NatPmpClient::nextTime() const {
    auto time = earlier(m_timer.nextTime(), earlier(m_recoverAt, earlier(m_renewAt, m_holdUntil)));
    for (const Mapping& mapping : m_mappings)
        if (mapping.grant)
            time = earlier(time, mapping.grant->until);
    return time;
}

} // namespace culvert
