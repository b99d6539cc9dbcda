#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

// Whether a packet that came in although only its port was new proves that anybody's would. A filter that looks at
// addresses alone lets such a packet in as an answer (RFC 4787 §5).
bool isNewPortProof(const NatBehaviour& nat) {
    return nat.filtering == NatFiltering::EndpointIndependent || nat.filtering == NatFiltering::AddressAndPortDependent;
}

bool cameNothing(const std::optional<ContactRing>& ring) {
    return ring && ring->outcome == RingOutcome::NothingCame;
}

Tested inbound4Of(const NetworkStatus& status, bool isTranslated, bool isMapped) {
    const NatBehaviour& nat = status.nat;
    const InboundStatus& seen = status.inbound4;
    // What came in weighs more than what did not: a witness's packet can be lost.
    if (status.gateway.udp.state == PortMappingState::Proven)
        return Tested::Yes;
    if (seen.isOpen == true && (seen.fromNewAddress || isNewPortProof(nat)))
        return Tested::Yes;
    if (seen.isOpen == false || (!seen.isOpen && cameNothing(status.rung4)))
        return Tested::No;
    const bool isFiltered = nat.filtering && nat.filtering != NatFiltering::EndpointIndependent;
    if (isFiltered && status.gateway.isSettled && !isMapped && isTranslated)
        return Tested::No;
    return Tested::NotTested;
}

// A new port alone is no proof: RFC 6092 §3.2.3 lets a firewall filter by addresses, and many keep state by port.
Tested inbound6Of(const NetworkStatus& status) {
    const bool isProven = std::ranges::any_of(status.gateway.pinholes, [](const PinholeStatus& pinhole) {
        return pinhole.state == PortMappingState::Proven;
    });
    if (status.local.native6.empty())
        return Tested::NotTested;
    if (isProven || (status.inbound6.isOpen == true && status.inbound6.fromNewAddress))
        return Tested::Yes;
    const bool isShut = status.inbound6.isOpen == false || (!status.inbound6.isOpen && cameNothing(status.rung6));
    return isShut ? Tested::No : Tested::NotTested;
}

std::optional<MappingProtocol> pinholeBy(const GatewayReport& gateway) {
    for (const PinholeStatus& pinhole : gateway.pinholes)
        if (isGranted(pinhole.state))
            return pinhole.protocol;
    return std::nullopt;
}

// Overlay networks use RFC 6598 as well; only what a cable or an antenna gave us tells of a provider.
bool sharesAnAddress(const NetworkStatus& status) {
    if (status.gateway.udp.routerAddress && status.gateway.udp.routerAddress->isShared())
        return true;
    return std::ranges::any_of(status.local.v4, [&](const Ipv4Address& address) {
        const LocalInterface* holder = interfaceOf(status.local, SocketAddress(address, 0));
        return address.isShared() && (holder == nullptr || holder->kind == InterfaceKind::Physical);
    });
}

bool leadsOut(const LocalNetwork& local) {
    return !local.native6.empty() ||
           std::ranges::any_of(local.v4, [](const Ipv4Address& address) { return !address.isLoopback(); }) ||
           std::ranges::any_of(local.lan6, [](const Ipv6Address& address) { return !address.isLoopback(); });
}

} // namespace

ReportFacts factsOf(const NetworkStatus& status) {
    const GatewayReport& gateway = status.gateway;
    ReportFacts facts{status};
    NetworkVerdict& verdict = facts.verdict;
    verdict.has4 = std::ranges::any_of(status.local.v4, [](const Ipv4Address& a) { return !a.isLoopback(); });
    verdict.has6 = !status.local.native6.empty();
    facts.hasNetwork = leadsOut(status.local);
    facts.hasPublic4 = std::ranges::any_of(
        status.local.v4, [&](const Ipv4Address& address) { return address.isGlobal(status.allowReserved); });
    facts.isTranslated = status.nat.isTranslated.value_or(!facts.hasPublic4);
    facts.isMapped = isGranted(gateway.udp.state);
    facts.isCarrierShared = !facts.hasPublic4 && sharesAnAddress(status);
    // A mapping that is switched off never settles.
    facts.isComplete = !status.testsAreRunning && (gateway.isSettled || gateway.udp.state == PortMappingState::Off);
    verdict.nat = status.nat;
    verdict.inbound4 = inbound4Of(status, facts.isTranslated, facts.isMapped);
    verdict.inbound6 = inbound6Of(status);
    if (facts.isMapped)
        verdict.mappedBy = gateway.udp.protocol;
    verdict.pinholeBy = pinholeBy(gateway);
    if (verdict.inbound4 == Tested::Yes)
        facts.lack4 = ReportSeverity::Information;
    else if (verdict.inbound6 == Tested::Yes)
        facts.lack4 = ReportSeverity::Warning;
    return facts;
}

const LocalInterface* interfaceOf(const LocalNetwork& local, const SocketAddress& address) {
    for (const LocalInterface& candidate : local.interfaces)
        for (const LocalAddress& held : candidate.addresses)
            if (held.address == address)
                return &candidate;
    return nullptr;
}

bool isBehindAnother(const ReportFacts& facts) {
    return facts.verdict.nat.isNested == true || facts.isCarrierShared;
}

const char* behindAnotherFix(const ReportFacts& facts) {
    if (!facts.isCarrierShared)
        return QT_TRANSLATE_NOOP("NetworkReport", "Let one of the two routers pass everything on (bridge mode).");
    return facts.verdict.has6
               ? QT_TRANSLATE_NOOP("NetworkReport", "Ask your provider for an IPv4 address of your own.")
               : QT_TRANSLATE_NOOP("NetworkReport", "Ask your provider for an IPv4 address of your own, or for IPv6.");
}

const char* openPortFix(const ReportFacts& facts) {
    return isBehindAnother(facts)
               ? behindAnotherFix(facts)
               : QT_TRANSLATE_NOOP("NetworkReport", "Open a port in your router: switch on UPnP there, or forward "
                                                    "Culvert's port by hand.");
}

ReportEvidence dataRow(const char* label, std::string value) {
    return {label, std::move(value), false, false};
}

ReportEvidence textRow(const char* label, const char* value) {
    return {label, value, true, false};
}

ReportEvidence addressRow(const char* label, std::string value) {
    return {label, std::move(value), false, true};
}

ReportEvidence sentFromRow(bool fromNewAddress) {
    return textRow(QT_TRANSLATE_NOOP("NetworkReport", "Sent from"),
                   fromNewAddress
                       ? QT_TRANSLATE_NOOP("NetworkReport", "an address that nothing was sent to before")
                       : QT_TRANSLATE_NOOP("NetworkReport", "an address that was spoken with, from a new port"));
}

ReportEvidence yesNoRow(const char* label, const std::optional<bool>& value) {
    if (!value)
        return textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "not tested"));
    return textRow(label,
                   *value ? QT_TRANSLATE_NOOP("NetworkReport", "yes") : QT_TRANSLATE_NOOP("NetworkReport", "no"));
}

ReportEvidence protocolRow(const std::optional<MappingProtocol>& protocol) {
    const char* label = QT_TRANSLATE_NOOP("NetworkReport", "Protocol");
    return protocol ? dataRow(label, spelled(*protocol))
                    : textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "not known"));
}

const char* spelled(MappingProtocol protocol) {
    switch (protocol) {
    case MappingProtocol::Pcp:
        return "PCP (RFC 6887)";
    case MappingProtocol::NatPmp:
        return "NAT-PMP (RFC 6886)";
    case MappingProtocol::Upnp:
        break;
    }
    return "UPnP IGD";
}

std::string spelled(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    if (seconds >= 3600 && seconds % 3600 == 0)
        return std::to_string(seconds / 3600) + " h";
    if (seconds >= 60 && seconds % 60 == 0)
        return std::to_string(seconds / 60) + " min";
    return std::to_string(seconds) + " s";
}

} // namespace culvert
