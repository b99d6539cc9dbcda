// The card "Port mapping" of the network report, and what routers said of their IPv6 firewalls.
#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

// As many rows of one finding as a person reads.
constexpr std::size_t kRowsMax = 12;

// The same label for everything that a router put in its own words.
constexpr const char* kRoutersWords = QT_TRANSLATE_NOOP("NetworkReport", "The router's words");

ReportItem grantedItem(const PortMappingStatus& udp) {
    const char* dependents = QT_TRANSLATE_NOOP("NetworkReport", "Friends start a conversation with you over IPv4 "
                                                                "through this port.");
    switch (udp.state) {
    case PortMappingState::Proven:
        return {"port_mapping.proven", ReportArea::PortMapping, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router keeps a port open, and a packet came in through it."),
                dependents};
    case PortMappingState::Confirmed:
        return {"port_mapping.confirmed", ReportArea::PortMapping, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router keeps a port open, as its own table says; nobody came "
                                                   "in through it yet."),
                dependents};
    default:
        return {"port_mapping.claimed", ReportArea::PortMapping, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router says that it keeps a port open; nobody came in "
                                                   "through it yet."),
                dependents};
    }
}

ReportItem offItem(const ReportFacts& facts) {
    const bool isNeeded = facts.isTranslated && facts.verdict.inbound4 != Tested::Yes;
    return {"port_mapping.off",
            ReportArea::PortMapping,
            isNeeded ? ReportSeverity::Warning : ReportSeverity::Information,
            QT_TRANSLATE_NOOP("NetworkReport", "Your router isn't asked for an open port; that is switched off."),
            "",
            !isNeeded ? ""
            : facts.status.mayMapPort
                ? QT_TRANSLATE_NOOP("NetworkReport", "Switch on “Ask the router for an open port”.")
                : QT_TRANSLATE_NOOP("NetworkReport", "Start Culvert without the options --no-mapping and --bind.")};
}

struct FailureText {
    PortMappingFailure failure;
    const char* code;
    const char* title;
    const char* fix;
};

constexpr FailureText kFailures[] = {
    {PortMappingFailure::NoRouter, "port_mapping.no_router",
     QT_TRANSLATE_NOOP("NetworkReport", "No router answered when it was asked for an open port."),
     QT_TRANSLATE_NOOP("NetworkReport", "Switch on UPnP, NAT-PMP or PCP in your router.")},
    {PortMappingFailure::Refused, "port_mapping.refused",
     QT_TRANSLATE_NOOP("NetworkReport", "Your router refused to open a port."),
     QT_TRANSLATE_NOOP("NetworkReport", "Allow this computer to open ports in your router's settings, or forward the "
                                        "port there by hand.")},
    {PortMappingFailure::PrivateExternal, "port_mapping.private_external",
     QT_TRANSLATE_NOOP("NetworkReport", "Your router has no public address itself, so a port that it opens leads "
                                        "nowhere."),
     ""},
    {PortMappingFailure::PortDiffers, "port_mapping.port_differs",
     QT_TRANSLATE_NOOP("NetworkReport", "Your router opened another port than the one that it was asked for."),
     QT_TRANSLATE_NOOP("NetworkReport", "Use another port for Culvert.")},
    {PortMappingFailure::AnotherHost, "port_mapping.another_host",
     QT_TRANSLATE_NOOP("NetworkReport", "Your router leads this port to another computer."),
     QT_TRANSLATE_NOOP("NetworkReport", "Use another port for Culvert, or take the old entry out of your router.")},
    {PortMappingFailure::None, "port_mapping.failed",
     QT_TRANSLATE_NOOP("NetworkReport", "Your router opened no port; why is not known."),
     QT_TRANSLATE_NOOP("NetworkReport", "Forward the port in your router's settings by hand.")},
};

// What a refusal costs. A port that was forwarded by hand shows only when somebody tries it.
const char* lossText(const ReportFacts& facts, PortMappingFailure failure) {
    if (facts.verdict.inbound4 == Tested::No || failure == PortMappingFailure::PrivateExternal)
        return QT_TRANSLATE_NOOP("NetworkReport", "Friends can't start a conversation with you over IPv4; you have to "
                                                  "start it.");
    return QT_TRANSLATE_NOOP("NetworkReport", "Unless the port is forwarded by hand, friends can't start a "
                                              "conversation with you over IPv4; you have to start it.");
}

ReportItem failedItem(const ReportFacts& facts) {
    const PortMappingFailure failure = facts.status.gateway.udp.failure;
    const auto& text = *std::ranges::find_if(kFailures, [&](const FailureText& row) {
        return row.failure == failure || row.failure == PortMappingFailure::None;
    });
    ReportItem item{text.code,
                    ReportArea::PortMapping,
                    facts.lack4,
                    text.title,
                    lossText(facts, failure),
                    failure == PortMappingFailure::PrivateExternal ? behindAnotherFix(facts) : text.fix};
    // Nobody misses an open port where nothing is shut, or where packets come in all the same.
    if (!facts.isTranslated || facts.verdict.inbound4 == Tested::Yes) {
        item.severity = ReportSeverity::Information;
        item.dependents = QT_TRANSLATE_NOOP("NetworkReport", "That does no harm: this computer is reached without it.");
        item.fix = "";
        if (facts.verdict.inbound4 != Tested::Yes)
            item.dependents =
                QT_TRANSLATE_NOOP("NetworkReport", "That does little harm: this computer has a public address itself.");
    }
    return item;
}

void addMappingEvidence(const PortMappingStatus& mapping, ReportItem& item) {
    if (mapping.state == PortMappingState::Off)
        return;
    if (mapping.protocol)
        item.evidence.push_back(protocolRow(mapping.protocol));
    if (mapping.external)
        item.evidence.push_back(addressRow(mapping.state == PortMappingState::Trying
                                               ? QT_TRANSLATE_NOOP("NetworkReport", "Opened before")
                                               : QT_TRANSLATE_NOOP("NetworkReport", "Outer address and port"),
                                           mapping.external->text()));
    if (mapping.gateway)
        item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Router"), mapping.gateway->hostText()));
    if (mapping.routerAddress)
        item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "The router's own outer address"),
                                           mapping.routerAddress->text()));
    if (mapping.lifetime > Duration::zero())
        item.evidence.push_back(dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Granted for"), spelled(mapping.lifetime)));
    if (!mapping.detail.empty())
        item.evidence.push_back(addressRow(kRoutersWords, mapping.detail));
}

void addTcpEvidence(const GatewayReport& gateway, ReportItem& item) {
    const PortMappingStatus& tcp = gateway.tcp;
    if (gateway.udp.state == PortMappingState::Off || tcp.state == PortMappingState::Off)
        return;
    const char* label = QT_TRANSLATE_NOOP("NetworkReport", "The same port for TCP");
    if (isGranted(tcp.state) && tcp.external != gateway.udp.external)
        item.evidence.push_back(
            textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "opened with another number, which nobody knows")));
    else if (isGranted(tcp.state))
        item.evidence.push_back(textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "opened")));
    else if (tcp.state == PortMappingState::Failed)
        item.evidence.push_back(textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "not opened")));
}

const char* answerText(ProtocolAnswer answer) {
    switch (answer) {
    case ProtocolAnswer::NotAsked:
        break;
    case ProtocolAnswer::Asking:
        return QT_TRANSLATE_NOOP("NetworkReport", "being asked");
    case ProtocolAnswer::Speaks:
        return QT_TRANSLATE_NOOP("NetworkReport", "spoken");
    case ProtocolAnswer::Silent:
        return QT_TRANSLATE_NOOP("NetworkReport", "no answer");
    case ProtocolAnswer::Broken:
        return QT_TRANSLATE_NOOP("NetworkReport", "an answer that makes no sense");
    }
    return QT_TRANSLATE_NOOP("NetworkReport", "not asked");
}

void addGatewayEvidence(const GatewayStatus& gateway, ReportItem& item) {
    if (item.evidence.size() + 4 > kRowsMax)
        return;
    item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Router"), gateway.address.hostText()));
    item.evidence.push_back(textRow("PCP (RFC 6887)", answerText(gateway.pcp)));
    item.evidence.push_back(textRow("NAT-PMP (RFC 6886)", answerText(gateway.natPmp)));
    item.evidence.push_back(textRow("UPnP IGD", answerText(gateway.upnp)));
}

bool isBroken(const GatewayStatus& gateway) {
    return gateway.pcp == ProtocolAnswer::Broken || gateway.natPmp == ProtocolAnswer::Broken ||
           gateway.upnp == ProtocolAnswer::Broken;
}

void addBroken(const ReportFacts& facts, ReportItems& out) {
    ReportItem item{"gateway.broken",
                    ReportArea::PortMapping,
                    facts.isMapped ? ReportSeverity::Information : ReportSeverity::Warning,
                    QT_TRANSLATE_NOOP("NetworkReport", "A router answered with something that makes no sense."),
                    QT_TRANSLATE_NOOP("NetworkReport", "What it says isn't believed."),
                    QT_TRANSLATE_NOOP("NetworkReport", "Restart the router, and look for an update of its software.")};
    for (const GatewayStatus& gateway : facts.status.gateway.gateways)
        if (isBroken(gateway))
            addGatewayEvidence(gateway, item);
    if (!item.evidence.empty())
        out.push_back(std::move(item));
}

enum class PinholeVerdict { None, Trying, Refused, Claimed, Open };

// The best of all: one open address is enough for a friend to start.
PinholeVerdict bestOf(const std::vector<PinholeStatus>& pinholes) {
    PinholeVerdict best = PinholeVerdict::None;
    for (const PinholeStatus& pinhole : pinholes) {
        PinholeVerdict one = PinholeVerdict::None;
        if (pinhole.state == PortMappingState::Proven || pinhole.state == PortMappingState::Confirmed)
            one = PinholeVerdict::Open;
        else if (pinhole.state == PortMappingState::Claimed)
            one = PinholeVerdict::Claimed;
        else if (pinhole.state == PortMappingState::Trying)
            one = PinholeVerdict::Trying;
        else if (pinhole.state == PortMappingState::Failed && pinhole.failure != PortMappingFailure::NoRouter)
            one = PinholeVerdict::Refused;
        best = std::max(best, one);
    }
    return best;
}

const char* stateText(PortMappingState state) {
    switch (state) {
    case PortMappingState::Off:
        break;
    case PortMappingState::Trying:
        return QT_TRANSLATE_NOOP("NetworkReport", "being asked");
    case PortMappingState::Claimed:
        return QT_TRANSLATE_NOOP("NetworkReport", "opened, as the router says");
    case PortMappingState::Confirmed:
    case PortMappingState::Proven:
        return QT_TRANSLATE_NOOP("NetworkReport", "opened");
    case PortMappingState::Failed:
        return QT_TRANSLATE_NOOP("NetworkReport", "not opened");
    }
    return QT_TRANSLATE_NOOP("NetworkReport", "not asked");
}

ReportItem pinholeItem(const ReportFacts& facts, PinholeVerdict best) {
    const bool isOpen6 = facts.verdict.inbound6 == Tested::Yes;
    const ReportSeverity lack =
        facts.verdict.inbound6 == Tested::No ? ReportSeverity::Warning : ReportSeverity::Information;
    if (best == PinholeVerdict::Open || (best == PinholeVerdict::Claimed && isOpen6))
        return {"pinhole.open", ReportArea::Firewall, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router lets friends in to Culvert's port over IPv6.")};
    if (isOpen6)
        return {"pinhole.not_needed", ReportArea::Firewall, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "Nothing has to be opened for IPv6: packets come in as it is.")};
    switch (best) {
    case PinholeVerdict::Claimed:
        return {"pinhole.claimed", ReportArea::Firewall, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router says that it lets friends in over IPv6; nobody came in "
                                                   "yet.")};
    case PinholeVerdict::Trying:
        return {"pinhole.trying", ReportArea::Firewall, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router is being asked to let friends in over IPv6.")};
    case PinholeVerdict::Refused:
        return {"pinhole.refused",
                ReportArea::Firewall,
                lack,
                QT_TRANSLATE_NOOP("NetworkReport", "Your router refused to let friends in over IPv6."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends can't start a conversation with you over IPv6, if the "
                                                   "router's firewall is on."),
                QT_TRANSLATE_NOOP("NetworkReport", "Allow Culvert's port for this computer in the router's IPv6 "
                                                   "firewall.")};
    default:
        return {"pinhole.none",
                ReportArea::Firewall,
                lack,
                QT_TRANSLATE_NOOP("NetworkReport", "No router offered to let friends in over IPv6."),
                QT_TRANSLATE_NOOP("NetworkReport", "If the router's firewall is on, friends can't start a conversation "
                                                   "with you over IPv6."),
                QT_TRANSLATE_NOOP("NetworkReport", "Allow Culvert's port for this computer in the router's IPv6 "
                                                   "firewall.")};
    }
}

} // namespace

void addPortMapping(const ReportFacts& facts, ReportItems& out) {
    const GatewayReport& gateway = facts.status.gateway;
    if (facts.verdict.has4 || isGranted(gateway.udp.state)) {
        ReportItem item;
        if (gateway.udp.state == PortMappingState::Off)
            item = offItem(facts);
        else if (gateway.udp.state == PortMappingState::Trying)
            item = {"port_mapping.trying", ReportArea::PortMapping, ReportSeverity::Information,
                    QT_TRANSLATE_NOOP("NetworkReport", "Your router is being asked for an open port.")};
        else if (gateway.udp.state == PortMappingState::Failed)
            item = failedItem(facts);
        else
            item = grantedItem(gateway.udp);
        if (facts.status.local.port != 0)
            item.evidence.push_back(dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Culvert's UDP port"),
                                            std::to_string(facts.status.local.port)));
        addMappingEvidence(gateway.udp, item);
        addTcpEvidence(gateway, item);
        for (const GatewayStatus& asked : gateway.gateways)
            addGatewayEvidence(asked, item);
        out.push_back(std::move(item));
    }
    addBroken(facts, out);
}

void addPinholes(const ReportFacts& facts, ReportItems& out) {
    const GatewayReport& gateway = facts.status.gateway;
    if (!facts.verdict.has6 || (gateway.udp.state == PortMappingState::Off && gateway.pinholes.empty()))
        return;
    PinholeVerdict best = bestOf(gateway.pinholes);
    if (best == PinholeVerdict::None && !gateway.isSettled)
        best = PinholeVerdict::Trying;
    ReportItem item = pinholeItem(facts, best);
    for (const PinholeStatus& pinhole : gateway.pinholes) {
        if (item.evidence.size() + 4 > kRowsMax)
            break;
        item.evidence.push_back(
            addressRow(QT_TRANSLATE_NOOP("NetworkReport", "For the address"), pinhole.address.text()));
        item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "State"), stateText(pinhole.state)));
        if (pinhole.protocol)
            item.evidence.push_back(protocolRow(pinhole.protocol));
        if (!pinhole.detail.empty())
            item.evidence.push_back(addressRow(kRoutersWords, pinhole.detail));
    }
    out.push_back(std::move(item));
}

} // namespace culvert
