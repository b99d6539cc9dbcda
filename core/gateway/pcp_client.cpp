#include "core/gateway/pcp_client.h"

#include "core/crypto/sealing.h"
#include "core/wire/nat_pmp.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr auto kJustStarted = std::chrono::seconds(60);

// RFC 6887 §11.2: another nonce for each server. It is the same after a restart, because §11.3 refuses renewals with
// another. What one router was told must not give another's away, nor name this profile wherever it goes.
wire::PcpNonce nonceFor(const wire::PcpNonce& secret, const GatewayLink& link) {
    Secret<32> key;
    std::ranges::copy(secret, key.data());
    Bytes place;
    for (const SocketAddress& end : {link.router, link.local})
        append(place, end.isV4() ? BytesView(end.v4().octets) : BytesView(end.v6().octets));
    const auto hash = keyedHash(key, place);
    wire::PcpNonce nonce{};
    std::copy_n(hash.begin(), nonce.size(), nonce.begin());
    return nonce;
}

wire::PcpMapRequest requestFor(const GatewayLink& link, const PortMapperConfig& config, wire::PcpProtocol protocol) {
    wire::PcpMapRequest request;
    request.client = link.local;
    request.map.nonce = nonceFor(config.nonce, link);
    request.map.protocol = static_cast<std::uint8_t>(protocol);
    request.map.internalPort = config.port;
    // A firewall leaves address and port as they are (RFC 6887 §11.1). Of a NAT we know no address.
    request.map.external =
        link.local.isV4() ? SocketAddress(Ipv4Address{}, config.port) : SocketAddress(link.local.v6(), config.port);
    return request;
}

// Whether it was not asked for, or stopped.
bool isIdle(const PcpMapping& mapping) {
    return !mapping.grant() && !mapping.refusal() && !mapping.timer().isAsking();
}

} // namespace

PcpClient::PcpClient(const GatewayLink& link, const PortMapperConfig& config, Random& random)
    : m_link(link), m_allowReserved(config.allowReserved), m_port(config.port), m_random(random),
      m_udp(requestFor(link, config, wire::PcpProtocol::Udp), random),
      m_tcp(requestFor(link, config, wire::PcpProtocol::Tcp), random) {}

void PcpClient::ask(Instant now, bool forgetsSilence, GatewayOutbox& out) {
    m_isAsked = true;
    // RFC 6886 §1.1, RFC 6887 §9: a router may have learnt PCP since. And where it was
    // behind another NAT, we refused, not it: a new question is allowed.
    const auto& refusal = m_udp.refusal();
    const bool isOurs = refusal && refusal->failure == PortMappingFailure::PrivateExternal && refusal->detail.empty();
    if (m_lacksVersion || (forgetsSilence && isOurs))
        m_udp.forgetRefusal();
    m_lacksVersion = false;
    m_udp.ask(now, forgetsSilence);
    if (m_tcp.grant() || m_tcp.timer().isAsking())
        m_tcp.ask(now, forgetsSilence);
    if (!m_udp.timer().isAsking())
        out.push(m_link, wire::encodePcpAnnounceRequest(m_link.local));
    flush(now, out);
}

void PcpClient::handleResponse(Instant now, const wire::PcpResponse& response, GatewayOutbox& out,
                               DropCounters& drops) {
    if (response.opcode == wire::PcpOpcode::Announce) {
        handleAnnouncement(now, response);
        return;
    }
    PcpMapping* mapping = m_udp.isAnswer(response.map) ? &m_udp : m_tcp.isAnswer(response.map) ? &m_tcp : nullptr;
    if (!mapping)
        return drops.add(DropReason::Unauthenticated);
    m_speaks = true;
    m_isBroken = false;
    m_lacksVersion = false;
    checkEpoch(now, response.epoch);
    mapping->handleResponse(now, response);
    if (response.result != 0)
        checkRefusal(*mapping, response.map.external);
    checkExternal(now, *mapping, out);
    if (mapping == &m_udp && m_udp.grant() && isIdle(m_tcp))
        m_tcp.ask(now, true);
    flush(now, out);
}

// RFC 6887 §11.1 copies what we suggest into an error. miniupnpd, which many routers run, puts its own address there
// when it refuses (NO_RESOURCES) because that address is private; and a private one is never what we suggest.
void PcpClient::checkRefusal(PcpMapping& mapping, const SocketAddress& external) {
    if (m_link.local.isV6() || !external.isV4() || external.v4().isUnspecified() ||
        external.v4().isGlobal(m_allowReserved))
        return;
    m_routerAddress = external.v4();
    mapping.explainRefusal(PortMappingFailure::PrivateExternal);
}

// A mapping whose outer end is private brings nobody from the internet.
void PcpClient::checkExternal(Instant now, PcpMapping& mapping, GatewayOutbox& out) {
    const auto grant = mapping.grant();
    if (!grant || m_link.local.isV6())
        return;
    if (!grant->external.isV4() || grant->external.v4().isUnspecified()) {
        const char* detail = "The router has no IPv4 address of its own.";
        out.push(m_link, mapping.reject(now, {PortMappingFailure::Refused, detail, now + 30s}));
        return;
    }
    m_routerAddress = grant->external.v4();
    if (!m_routerAddress->isGlobal(m_allowReserved))
        out.push(m_link, mapping.reject(now, {PortMappingFailure::PrivateExternal, "", now + PcpMapping::kHoldMax}));
}

void PcpClient::handleUnsupportedVersion(Instant now, std::uint8_t version) {
    // Without a question there is no answer; and it holds no nonce, so that it cannot undo what was granted.
    if (!m_udp.timer().isAsking() || m_udp.grant())
        return;
    m_lacksVersion = true;
    m_tcp.stop();
    GatewayRefusal refusal{PortMappingFailure::NoRouter, "", now + PcpMapping::kHoldMax};
    if (version != wire::kNatPmpVersion)
        refusal.detail = "The router speaks version " + std::to_string(version) + " of PCP.";
    m_udp.refuse(now, std::move(refusal));
}

AnnouncementMeaning PcpClient::handleAnnouncement(Instant now, const wire::PcpResponse& response) {
    if (!checkEpoch(now, response.epoch))
        return AnnouncementMeaning::LostState;
    // A server that restarts twice within seconds has about the same epoch again (RFC 6887 §8.5 allows for it).
    const bool isJustStarted = std::chrono::seconds(response.epoch) < kJustStarted;
    const bool isKnown = m_speaks && !m_udp.timer().isAsking() && !isJustStarted;
    return isKnown ? AnnouncementMeaning::Same : AnnouncementMeaning::News;
}

// RFC 6887 §8.5. False when the server lost its state.
bool PcpClient::checkEpoch(Instant now, std::uint32_t seconds) {
    const EpochReading reading{now, seconds};
    const bool isPlausible = !m_epoch || isPcpEpochPlausible(*m_epoch, reading);
    m_epoch = reading;
    if (isPlausible || m_recoverAt)
        return isPlausible;
    const auto limit = static_cast<std::uint64_t>(kRecoveryDelayMax.count());
    m_recoverAt = now + Duration(static_cast<Duration::rep>(m_random.below(limit)));
    // Whoever forges answers cannot make us ask more often.
    if (m_recoveredAt)
        m_recoverAt = std::max(*m_recoverAt, *m_recoveredAt + PortMapper::kRefreshEvery);
    return false;
}

void PcpClient::handleTimeout(Instant now) {
    if (isDue(m_recoverAt, now)) {
        m_recoverAt.reset();
        m_recoveredAt = now;
        m_udp.forgetRefusal();
        m_tcp.forgetRefusal();
        m_udp.ask(now, false);
        if (m_tcp.grant())
            m_tcp.ask(now, false);
    }
    m_udp.handleTimeout(now);
    m_tcp.handleTimeout(now);
}

void PcpClient::flush(Instant now, GatewayOutbox& out) {
    for (PcpMapping* mapping : {&m_udp, &m_tcp})
        if (auto request = mapping->takeRequest(now))
            out.push(m_link, std::move(*request));
}

void PcpClient::takeBack(GatewayOutbox& out) {
    for (PcpMapping* mapping : {&m_udp, &m_tcp})
        if (auto request = mapping->takeBack())
            out.push(m_link, std::move(*request));
    m_recoverAt.reset();
}

bool PcpClient::isSettled() const {
    const AskTimer& timer = m_udp.timer();
    return m_lacksVersion || timer.isSilent() || !timer.isAsking() || m_udp.grant();
}

ProtocolAnswer PcpClient::answer() const {
    if (!m_isAsked)
        return ProtocolAnswer::NotAsked;
    if (m_lacksVersion || m_udp.timer().isSilent())
        return m_isBroken ? ProtocolAnswer::Broken : ProtocolAnswer::Silent;
    return m_speaks ? ProtocolAnswer::Speaks : ProtocolAnswer::Asking;
}

PortMappingStatus PcpClient::status(MappedTransport transport) const {
    // TCP is asked for when the server has said yes to UDP: until then the two share one fate.
    const bool followsUdp = isIdle(m_tcp) && !m_udp.grant();
    const PcpMapping& one = followsUdp ? m_udp : mapping(transport);
    PortMappingStatus status;
    status.protocol = MappingProtocol::Pcp;
    status.gateway = m_link.router;
    status.routerAddress = m_routerAddress;
    if (const auto grant = one.grant()) {
        status.state = PortMappingState::Claimed;
        status.external = grant->external;
        status.lifetime = grant->lifetime;
        if (grant->external.port() != m_port)
            status.failure = PortMappingFailure::PortDiffers;
    } else if (one.refusal()) {
        status.state = PortMappingState::Failed;
        status.failure = one.refusal()->failure;
        status.detail = one.refusal()->detail;
    } else {
        const bool isTried = !one.timer().isSilent();
        status.state = isTried ? PortMappingState::Trying : PortMappingState::Failed;
        status.failure = isTried ? PortMappingFailure::None : PortMappingFailure::NoRouter;
    }
    return status;
}

std::optional<Instant> PcpClient::nextTime() const {
    return earlier(m_recoverAt, earlier(m_udp.nextTime(), m_tcp.nextTime()));
}

} // namespace culvert
