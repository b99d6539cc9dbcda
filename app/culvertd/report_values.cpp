#include "app/culvertd/report_values.h"

#include "app/culvertd/json_values.h"
#include "core/messenger/names.h"
#include "core/messenger/report_names.h"

#include <QJsonArray>

namespace culvert {

namespace {

QString word(const char* text) {
    return QString::fromUtf8(text);
}

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

template<typename T> QJsonValue nameOrNull(const std::optional<T>& value) {
    return value ? QJsonValue(word(nameOf(*value))) : QJsonValue();
}

QJsonValue boolOrNull(const std::optional<bool>& value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue timeOrNull(const std::optional<WallTime>& time) {
    return time ? QJsonValue(static_cast<qint64>(time->milliseconds)) : QJsonValue();
}

QJsonValue secondsOrNull(const std::optional<Duration>& value) {
    if (!value)
        return {};
    return static_cast<qint64>(std::chrono::duration_cast<std::chrono::seconds>(*value).count());
}

/// Writes addresses as they are, or masked.
class Addresses {
public:
    explicit Addresses(bool masked) : m_masked(masked) {}

    bool isMasked() const { return m_masked; }
    QString text(const std::string& value) const {
        return QString::fromStdString(m_masked ? maskedAddress(value) : value);
    }
    QString text(const Ipv4Address& address) const { return text(address.text()); }
    QString text(const Ipv6Address& address) const { return text(address.text()); }
    QString text(const SocketAddress& address) const { return text(address.text()); }
    /// Without the port, where there is none.
    QString host(const SocketAddress& address) const { return text(address.hostText()); }
    /// Names and words that others chose.
    QString words(const std::string& value) const {
        return m_masked ? QStringLiteral("…") : QString::fromStdString(value);
    }
    template<typename T> QJsonArray list(const std::vector<T>& values) const {
        QJsonArray out;
        for (const T& value : values)
            out.append(text(value));
        return out;
    }

private:
    bool m_masked;
};

// What UDP and TCP mappings and pinholes have in common.
template<typename T> void addMapping(QJsonObject& out, const T& status, const Addresses& addresses) {
    out[u"state"] = word(nameOf(status.state));
    if (status.failure != PortMappingFailure::None)
        out[u"failure"] = word(nameOf(status.failure));
    if (!status.detail.empty() && !addresses.isMasked())
        out[u"detail"] = text(status.detail);
    out[u"protocol"] = nameOrNull(status.protocol);
    out[u"lifetime_s"] = secondsOrNull(status.lifetime);
}

QJsonObject mappingOf(const PortMappingStatus& status, const Addresses& addresses) {
    QJsonObject out;
    addMapping(out, status, addresses);
    if (status.external)
        out[u"external"] = addresses.text(*status.external);
    out[u"gateway"] = status.gateway ? QJsonValue(addresses.host(*status.gateway)) : QJsonValue();
    out[u"router_address"] = status.routerAddress ? QJsonValue(addresses.text(*status.routerAddress)) : QJsonValue();
    return out;
}

QJsonArray pinholesOf(const std::vector<PinholeStatus>& pinholes, const Addresses& addresses) {
    QJsonArray out;
    for (const PinholeStatus& pinhole : pinholes) {
        QJsonObject one;
        addMapping(one, pinhole, addresses);
        one[u"address"] = addresses.text(pinhole.address);
        out.append(one);
    }
    return out;
}

QJsonArray gatewaysOf(const std::vector<GatewayStatus>& gateways, const Addresses& addresses) {
    QJsonArray out;
    for (const GatewayStatus& gateway : gateways)
        out.append(QJsonObject{{QStringLiteral("address"), addresses.host(gateway.address)},
                               {QStringLiteral("pcp"), word(nameOf(gateway.pcp))},
                               {QStringLiteral("nat_pmp"), word(nameOf(gateway.natPmp))},
                               {QStringLiteral("upnp"), word(nameOf(gateway.upnp))}});
    return out;
}

QJsonArray interfacesOf(const std::vector<LocalInterface>& interfaces, const Addresses& addresses) {
    QJsonArray out;
    for (const LocalInterface& one : interfaces) {
        QJsonArray held;
        for (const LocalAddress& address : one.addresses)
            held.append(QJsonObject{{QStringLiteral("address"), addresses.host(address.address)},
                                    {QStringLiteral("temporary"), address.isTemporary},
                                    {QStringLiteral("deprecated"), address.isDeprecated}});
        out.append(QJsonObject{{QStringLiteral("name"), addresses.words(one.name)},
                               {QStringLiteral("kind"), word(nameOf(one.kind))},
                               {QStringLiteral("addresses"), addresses.isMasked() ? QJsonArray() : held}});
    }
    return out;
}

QJsonObject inboundOf(const InboundStatus& status, const Addresses& addresses) {
    return {{QStringLiteral("open"), boolOrNull(status.isOpen)},
            {QStringLiteral("witness"), nameOrNull(status.witness)},
            {QStringLiteral("from_new_address"), status.fromNewAddress},
            {QStringLiteral("target"), status.target ? QJsonValue(addresses.text(*status.target)) : QJsonValue()}};
}

QJsonValue rungOf(const std::optional<ContactRing>& ring, const Addresses& addresses) {
    if (!ring)
        return {};
    return QJsonObject{{QStringLiteral("outcome"), word(nameOf(ring->outcome))},
                       {QStringLiteral("by"), addresses.words(ring->by)},
                       {QStringLiteral("target"), addresses.text(ring->target)},
                       {QStringLiteral("at"), timeOrNull(ring->at)},
                       {QStringLiteral("ms"),
                        ring->outcome == RingOutcome::CameIn ? QJsonValue(toMilliseconds(ring->took)) : QJsonValue()},
                       {QStringLiteral("from_new_address"), ring->fromNewAddress}};
}

QJsonArray thirdPartiesOf(const std::vector<ThirdPartyStatus>& parties, const Addresses& addresses) {
    QJsonArray out;
    for (const ThirdPartyStatus& party : parties) {
        QJsonObject one = toJson(party);
        if (addresses.isMasked()) {
            one.remove(u"address");
            one[u"key"] = addresses.words(party.key);
            one[u"observed"] = addresses.text(party.observed);
        }
        out.append(one);
    }
    return out;
}

QJsonObject teredoOf(const TeredoStatus& status, const Addresses& addresses) {
    QJsonArray servers;
    for (const TeredoServerStatus& server : status.servers) {
        QJsonObject one = toJson(server);
        one[u"address"] = addresses.words(server.server);
        servers.append(one);
    }
    const auto orNull = [&](const auto& value) { return value ? QJsonValue(addresses.text(*value)) : QJsonValue(); };
    QJsonObject out{{QStringLiteral("state"), word(nameOf(status.state))},
                    {QStringLiteral("kind"), nameOrNull(status.kind)},
                    {QStringLiteral("server"), addresses.words(status.server)},
                    {QStringLiteral("server_address"), orNull(status.serverAddress)},
                    {QStringLiteral("mapped"), orNull(status.mapped)},
                    {QStringLiteral("address"), orNull(status.address)},
                    {QStringLiteral("servers"), servers}};
    out[u"rtt_ms"] = status.roundTrip ? QJsonValue(toMilliseconds(*status.roundTrip)) : QJsonValue();
    out[u"refresh_interval_s"] = secondsOrNull(status.refreshInterval);
    out[u"since"] = status.since ? QJsonValue(static_cast<qint64>(status.since->milliseconds)) : QJsonValue();
    return out;
}

QJsonObject doorbellOf(const DoorbellStatus& status, const Addresses& addresses) {
    return {
        {QStringLiteral("hears_errors"), status.hearsErrors},
        {QStringLiteral("kept"), status.isKept},
        {QStringLiteral("by_server"), status.byServer ? QJsonValue(addresses.text(*status.byServer)) : QJsonValue()},
        {QStringLiteral("rings_heard"), static_cast<qint64>(status.heard)},
        {QStringLiteral("rings_sent"), static_cast<qint64>(status.sent)}};
}

QJsonObject lanOf(const LanStatus& status) {
    return {{QStringLiteral("on"), status.isOn},
            {QStringLiteral("beacons_heard"), static_cast<qint64>(status.heard)},
            {QStringLiteral("beacons_sent"), static_cast<qint64>(status.sent)}};
}

QJsonObject verdictOf(const NetworkVerdict& verdict) {
    const NatBehaviour& nat = verdict.nat;
    const QJsonObject natOut{{QStringLiteral("translated"), boolOrNull(nat.isTranslated)},
                             {QStringLiteral("varies"), boolOrNull(nat.varies)},
                             {QStringLiteral("mapping"), nameOrNull(nat.mapping)},
                             {QStringLiteral("filtering"), nameOrNull(nat.filtering)},
                             {QStringLiteral("port_preserved"), boolOrNull(nat.preservesPort)},
                             {QStringLiteral("hairpin"), boolOrNull(nat.hairpins)},
                             {QStringLiteral("nested"), boolOrNull(nat.isNested)},
                             {QStringLiteral("lifetime_at_least_s"), secondsOrNull(nat.lifetimeAtLeast)},
                             {QStringLiteral("lifetime_below_s"), secondsOrNull(nat.lifetimeBelow)}};
    return {{QStringLiteral("ipv4"), verdict.has4},
            {QStringLiteral("ipv6"), verdict.has6},
            {QStringLiteral("inbound4"), word(nameOf(verdict.inbound4))},
            {QStringLiteral("inbound6"), word(nameOf(verdict.inbound6))},
            {QStringLiteral("nat"), natOut},
            {QStringLiteral("mapped_by"), nameOrNull(verdict.mappedBy)},
            {QStringLiteral("pinhole_by"), nameOrNull(verdict.pinholeBy)}};
}

QJsonArray itemsOf(const std::vector<ReportItem>& items, const Addresses& addresses) {
    QJsonArray out;
    for (const ReportItem& item : items) {
        QJsonArray evidence;
        for (const ReportEvidence& row : item.evidence)
            evidence.append(
                QJsonObject{{QStringLiteral("label"), word(row.label)},
                            {QStringLiteral("value"), row.isAddress ? addresses.text(row.value) : text(row.value)}});
        out.append(QJsonObject{{QStringLiteral("code"), word(item.code)},
                               {QStringLiteral("area"), word(nameOf(item.area))},
                               {QStringLiteral("severity"), word(nameOf(item.severity))},
                               {QStringLiteral("title"), word(item.title)},
                               {QStringLiteral("dependents"), word(item.dependents)},
                               {QStringLiteral("fix"), word(item.fix)},
                               {QStringLiteral("action"), word(nameOf(item.action))},
                               {QStringLiteral("since"), timeOrNull(item.since)},
                               {QStringLiteral("evidence"), evidence}});
    }
    return out;
}

QJsonObject tcpOf(const NetworkStatus& status, const Addresses& addresses) {
    const TcpStatus& tcp = status.tcp;
    const PortMappingStatus& mapping = status.gateway.tcp;
    const bool isSame = mapping.external && mapping.external == status.gateway.udp.external;
    return {{QStringLiteral("allowed"), tcp.isAllowed},
            {QStringLiteral("listening"), tcp.isListening},
            {QStringLiteral("udp_blocked"), boolOrNull(tcp.isUdpBlocked)},
            {QStringLiteral("answered_by_udp"), tcp.answeredByUdp},
            {QStringLiteral("answered_by_tcp"), tcp.answeredByTcp},
            {QStringLiteral("mapped"), isGranted(mapping.state) && isSame},
            {QStringLiteral("external"), mapping.external ? addresses.text(*mapping.external) : QString()}};
}

QJsonArray eventsOf(const std::vector<NetworkEvent>& events, const Addresses& addresses) {
    QJsonArray out;
    for (const NetworkEvent& event : events) {
        QJsonObject one{{QStringLiteral("at"), static_cast<qint64>(event.at.milliseconds)},
                        {QStringLiteral("kind"), word(nameOf(event.kind))}};
        if (!event.detail.empty())
            one[u"detail"] = event.isAddress ? addresses.text(event.detail) : text(event.detail);
        out.append(one);
    }
    return out;
}

QJsonArray mechanismsOf(const std::vector<TransitionVerdict>& verdicts) {
    QJsonArray out;
    for (const TransitionVerdict& verdict : verdicts)
        out.append(QJsonObject{{QStringLiteral("mechanism"), word(nameOf(verdict.mechanism))},
                               {QStringLiteral("present"), word(nameOf(verdict.isPresent))},
                               {QStringLiteral("usable"), word(nameOf(verdict.isUsable))},
                               {QStringLiteral("reason"), word(verdict.reason)}});
    return out;
}

// What was seen, as it was seen.
void addFacts(QJsonObject& out, const NetworkStatus& status, const Addresses& addresses) {
    std::vector<SocketAddress> observed;
    for (const Observation& observation : status.observed)
        observed.push_back(observation.address);
    out[u"port"] = status.local.port;
    out[u"native6"] = addresses.list(status.local.native6);
    out[u"local4"] = addresses.list(status.local.v4);
    out[u"port_mapping"] = mappingOf(status.gateway.udp, addresses);
    out[u"port_mapping_tcp"] = mappingOf(status.gateway.tcp, addresses);
    out[u"pinholes"] = pinholesOf(status.gateway.pinholes, addresses);
    out[u"gateways"] = gatewaysOf(status.gateway.gateways, addresses);
    out[u"interfaces"] = interfacesOf(status.local.interfaces, addresses);
    out[u"teredo_address"] = status.teredoAddress ? addresses.text(*status.teredoAddress) : QString();
    out[u"teredo"] = teredoOf(status.teredo, addresses);
    out[u"doorbell"] = doorbellOf(status.doorbell, addresses);
    out[u"lan"] = lanOf(status.lan);
    out[u"tcp"] = tcpOf(status, addresses);
    out[u"observed"] = addresses.list(observed);
    out[u"mapping_varies_by_destination"] = boolOrNull(status.nat.varies);
    out[u"inbound4"] = inboundOf(status.inbound4, addresses);
    out[u"inbound6"] = inboundOf(status.inbound6, addresses);
    out[u"rung4"] = rungOf(status.rung4, addresses);
    out[u"rung6"] = rungOf(status.rung6, addresses);
    out[u"third_parties"] = thirdPartiesOf(status.thirdParties, addresses);
    out[u"bytes_through_third_parties"] = static_cast<qint64>(status.bytesThroughThirdParties);
}

} // namespace

QJsonObject reportOf(const NetworkStatus& status, bool masked) {
    const Addresses addresses(masked);
    const NetworkReport report = makeReport(status);
    QJsonObject out;
    out[u"summary"] = word(report.summary) + u'.';
    out[u"complete"] = report.isComplete;
    out[u"verdict"] = verdictOf(report.verdict);
    addFacts(out, status, addresses);
    out[u"items"] = itemsOf(report.items, addresses);
    out[u"mechanisms"] = mechanismsOf(report.mechanisms);
    out[u"events"] = eventsOf(status.events, addresses);
    out[u"checked_at"] = timeOrNull(status.checkedAt);
    return out;
}

QJsonArray waysOf(const NetworkStatus& status, const PeerFamilies& peer) {
    return mechanismsOf(judgeMechanisms(status, peer));
}

QString reportText(const NetworkStatus& status, bool masked) {
    return text(toText(makeReport(status), masked));
}

} // namespace culvert
