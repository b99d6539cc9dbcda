// The cards "NAT behaviour" and "Firewall" of the network report.
#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

// RFC 4787 §4.3 REQ-5: a NAT must remember a UDP mapping for two minutes at least.
constexpr Duration kLifetimeRequired = std::chrono::minutes(2);
// How many of those who saw us are named.
constexpr std::size_t kWitnessesMax = 4;

const char* spelledOut(NatMapping mapping) {
    switch (mapping) {
    case NatMapping::EndpointIndependent:
        return QT_TRANSLATE_NOOP("NetworkReport", "endpoint-independent");
    case NatMapping::AddressDependent:
        return QT_TRANSLATE_NOOP("NetworkReport", "address-dependent");
    case NatMapping::AddressAndPortDependent:
        break;
    }
    return QT_TRANSLATE_NOOP("NetworkReport", "address- and port-dependent");
}

const char* spelledOut(NatFiltering filtering) {
    switch (filtering) {
    case NatFiltering::EndpointIndependent:
        return spelledOut(NatMapping::EndpointIndependent);
    case NatFiltering::AddressDependent:
        return spelledOut(NatMapping::AddressDependent);
    case NatFiltering::AddressAndPortDependent:
        break;
    }
    return spelledOut(NatMapping::AddressAndPortDependent);
}

const char* witnessText(const std::optional<WitnessKind>& witness) {
    if (!witness)
        return QT_TRANSLATE_NOOP("NetworkReport", "not known");
    switch (*witness) {
    case WitnessKind::Contact:
        return QT_TRANSLATE_NOOP("NetworkReport", "a contact");
    case WitnessKind::ThirdParty:
        return QT_TRANSLATE_NOOP("NetworkReport", "a third party");
    case WitnessKind::TeredoServer:
        return QT_TRANSLATE_NOOP("NetworkReport", "a Teredo server");
    case WitnessKind::Router:
        break;
    }
    return QT_TRANSLATE_NOOP("NetworkReport", "the router");
}

template<typename T> ReportEvidence behaviourRow(const char* label, const std::optional<T>& value) {
    return textRow(label, value ? spelledOut(*value) : QT_TRANSLATE_NOOP("NetworkReport", "not tested"));
}

ReportEvidence lifetimeRow(const char* label, const std::optional<Duration>& value) {
    return value ? dataRow(label, spelled(*value)) : textRow(label, QT_TRANSLATE_NOOP("NetworkReport", "not tested"));
}

bool isAnythingTested(const NatBehaviour& nat) {
    return !(nat == NatBehaviour{});
}

bool isSymmetric(const NatBehaviour& nat) {
    if (nat.mapping)
        return nat.mapping != NatMapping::EndpointIndependent;
    return nat.varies == true;
}

void addObserved(const NetworkStatus& status, ReportItem& item) {
    std::size_t count = 0;
    for (const Observation& seen : status.observed) {
        if (count++ == kWitnessesMax)
            break;
        const char* label = QT_TRANSLATE_NOOP("NetworkReport", "A contact sees you as");
        if (seen.witness == WitnessKind::ThirdParty)
            label = QT_TRANSLATE_NOOP("NetworkReport", "A third party sees you as");
        else if (seen.witness == WitnessKind::TeredoServer)
            label = QT_TRANSLATE_NOOP("NetworkReport", "A Teredo server sees you as");
        else if (seen.witness == WitnessKind::Router)
            label = QT_TRANSLATE_NOOP("NetworkReport", "The router sees you as");
        item.evidence.push_back(addressRow(label, seen.address.text()));
    }
}

void addBehaviour(const ReportFacts& facts, ReportItems& out) {
    const NatBehaviour& nat = facts.verdict.nat;
    const bool isSame = nat.mapping == NatMapping::EndpointIndependent || (!nat.mapping && nat.varies == false);
    ReportItem item{"nat.behaviour", ReportArea::Nat, ReportSeverity::Information,
                    QT_TRANSLATE_NOOP("NetworkReport", "Your router puts its own IPv4 address in the place of this "
                                                       "computer's.")};
    if (isSame) {
        item.severity = ReportSeverity::Good;
        item.title = QT_TRANSLATE_NOOP("NetworkReport", "Your router shows everybody the same IPv4 address and port.");
        item.dependents =
            QT_TRANSLATE_NOOP("NetworkReport", "A conversation that both sides open at once gets through.");
    }
    item.evidence = {
        behaviourRow(QT_TRANSLATE_NOOP("NetworkReport", "Mapping (RFC 4787)"), nat.mapping),
        behaviourRow(QT_TRANSLATE_NOOP("NetworkReport", "Filtering (RFC 4787)"), nat.filtering),
        yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "Ports vary by destination"), nat.varies),
        yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "Port preserved (RFC 4787)"), nat.preservesPort),
        yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "More than one NAT"), nat.isNested),
        lifetimeRow(QT_TRANSLATE_NOOP("NetworkReport", "Remembers a silent connection for at least"),
                    nat.lifetimeAtLeast),
        lifetimeRow(QT_TRANSLATE_NOOP("NetworkReport", "Has forgotten it after"), nat.lifetimeBelow),
    };
    addObserved(facts.status, item);
    out.push_back(std::move(item));
}

void addSymmetric(const ReportFacts& facts, ReportItems& out) {
    const NatBehaviour& nat = facts.verdict.nat;
    if (!isSymmetric(nat))
        return;
    const bool isHarmless = facts.verdict.inbound4 == Tested::Yes;
    out.push_back({"nat.symmetric",
                   ReportArea::Nat,
                   isHarmless ? ReportSeverity::Information : ReportSeverity::Warning,
                   QT_TRANSLATE_NOOP("NetworkReport", "Your router shows each peer another port."),
                   isHarmless
                       ? QT_TRANSLATE_NOOP("NetworkReport", "That does little harm as long as your open port works.")
                       : QT_TRANSLATE_NOOP("NetworkReport", "Friends behind a router of their own often can't "
                                                            "talk with you over IPv4, unless one of you has an "
                                                            "open port."),
                   isHarmless ? "" : openPortFix(facts),
                   {behaviourRow(QT_TRANSLATE_NOOP("NetworkReport", "Mapping (RFC 4787)"), nat.mapping),
                    yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "Ports vary by destination"), nat.varies)}});
}

// What stands between our router and the internet, if anything does.
void addNested(const ReportFacts& facts, ReportItems& out) {
    if (!isBehindAnother(facts))
        return;
    ReportItem item{"nat.nested",
                    ReportArea::Nat,
                    facts.lack4,
                    QT_TRANSLATE_NOOP("NetworkReport", "There is another router between yours and the internet."),
                    QT_TRANSLATE_NOOP("NetworkReport", "A port that your router opens leads only as far as the other "
                                                       "one."),
                    behindAnotherFix(facts)};
    if (facts.isCarrierShared)
        item = {"nat.carrier",
                ReportArea::Nat,
                facts.lack4,
                QT_TRANSLATE_NOOP("NetworkReport", "Your provider shares one IPv4 address among many customers."),
                QT_TRANSLATE_NOOP("NetworkReport",
                                  "Friends can't start a conversation with you over IPv4, whatever your "
                                  "router does."),
                behindAnotherFix(facts)};
    // A carrier's NAT can open ports as well (RFC 6887), and so can a person.
    if (facts.verdict.inbound4 == Tested::Yes) {
        item.dependents = QT_TRANSLATE_NOOP("NetworkReport", "That does no harm: packets come in all the same.");
        item.fix = "";
    }
    if (const auto& router = facts.status.gateway.udp.routerAddress)
        item.evidence.push_back(addressRow(facts.isCarrierShared
                                               ? QT_TRANSLATE_NOOP("NetworkReport", "Shared address space (RFC 6598)")
                                               : QT_TRANSLATE_NOOP("NetworkReport", "The router's own outer address"),
                                           router->text()));
    for (const Ipv4Address& address : facts.status.local.v4)
        if (address.isShared() && item.evidence.size() < kWitnessesMax)
            item.evidence.push_back(
                addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Shared address space (RFC 6598)"), address.text()));
    addObserved(facts.status, item);
    out.push_back(std::move(item));
}

void addHairpin(const ReportFacts& facts, ReportItems& out) {
    const auto& hairpins = facts.verdict.nat.hairpins;
    if (!hairpins)
        return;
    out.push_back({"nat.hairpin",
                   ReportArea::Nat,
                   *hairpins ? ReportSeverity::Good : ReportSeverity::Information,
                   *hairpins
                       ? QT_TRANSLATE_NOOP("NetworkReport", "Computers behind your router reach each other by its "
                                                            "outer address, too.")
                       : QT_TRANSLATE_NOOP("NetworkReport", "Computers behind your router don't reach each other "
                                                            "by its outer address."),
                   *hairpins ? ""
                             : QT_TRANSLATE_NOOP("NetworkReport",
                                                 "That does no harm: in the same network Culvert goes the direct way."),
                   "",
                   {yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "Hairpinning (RFC 4787)"), hairpins)}});
}

void addLifetime(const ReportFacts& facts, ReportItems& out) {
    const NatBehaviour& nat = facts.verdict.nat;
    if (!nat.lifetimeBelow || *nat.lifetimeBelow > kLifetimeRequired)
        return;
    out.push_back({"nat.lifetime_short",
                   ReportArea::Nat,
                   ReportSeverity::Warning,
                   QT_TRANSLATE_NOOP("NetworkReport", "Your router forgets a silent connection too soon."),
                   QT_TRANSLATE_NOOP("NetworkReport", "Culvert has to send something more often, which takes battery."),
                   QT_TRANSLATE_NOOP("NetworkReport", "Set the router's UDP timeout to two minutes or more, if it has "
                                                      "such a setting."),
                   {lifetimeRow(QT_TRANSLATE_NOOP("NetworkReport", "Has forgotten it after"), nat.lifetimeBelow),
                    dataRow(QT_TRANSLATE_NOOP("NetworkReport", "The least allowed (RFC 4787 §4.3)"),
                            spelled(kLifetimeRequired))}});
}

void addInboundEvidence(const InboundStatus& seen, ReportItem& item) {
    if (!seen.isOpen)
        return;
    item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "Tried by"), witnessText(seen.witness)));
    item.evidence.push_back(sentFromRow(seen.fromNewAddress));
    item.evidence.push_back(yesNoRow(QT_TRANSLATE_NOOP("NetworkReport", "It came in"), seen.isOpen));
    if (seen.target)
        item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Sent to"), seen.target->text()));
}

void addInbound4(const ReportFacts& facts, ReportItems& out) {
    const InboundStatus& seen = facts.status.inbound4;
    ReportItem item{"ipv4.inbound_not_tested", ReportArea::Firewall, ReportSeverity::Information,
                    QT_TRANSLATE_NOOP("NetworkReport", "Whether friends can start over IPv4 was not tested."),
                    QT_TRANSLATE_NOOP("NetworkReport", "A contact or a third party has to send a packet to find out.")};
    if (facts.verdict.inbound4 == Tested::Yes)
        item = {"ipv4.inbound_open", ReportArea::Firewall, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "Friends can start a conversation with you over IPv4.")};
    else if (facts.verdict.inbound4 == Tested::No)
        item = {"ipv4.inbound_closed",
                ReportArea::Firewall,
                facts.lack4,
                QT_TRANSLATE_NOOP("NetworkReport", "Nobody gets in to this computer over IPv4 without being called."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends can't start a conversation with you over IPv4."),
                isBehindAnother(facts) || (facts.isTranslated && !facts.isMapped)
                    ? openPortFix(facts)
                    : QT_TRANSLATE_NOOP("NetworkReport", "Let Culvert through the firewall of this computer.")};
    addInboundEvidence(seen, item);
    if (facts.verdict.inbound4 == Tested::NotTested && seen.isOpen == true)
        item.evidence.push_back(textRow(
            QT_TRANSLATE_NOOP("NetworkReport", "Why that is no proof"),
            QT_TRANSLATE_NOOP("NetworkReport", "the router may let in any port of an address that was spoken with")));
    if (facts.verdict.inbound4 == Tested::Yes && facts.status.gateway.udp.state == PortMappingState::Proven)
        item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "Through the open port"),
                                        QT_TRANSLATE_NOOP("NetworkReport", "a packet from outside came in")));
    if (facts.verdict.inbound4 == Tested::No && seen.isOpen != false)
        item.evidence.push_back(
            behaviourRow(QT_TRANSLATE_NOOP("NetworkReport", "Filtering (RFC 4787)"), facts.verdict.nat.filtering));
    out.push_back(std::move(item));
}

void addInbound6(const ReportFacts& facts, ReportItems& out) {
    const bool isOpen4 = facts.verdict.inbound4 == Tested::Yes;
    ReportItem item{"firewall.ipv6_not_tested", ReportArea::Firewall, ReportSeverity::Information,
                    QT_TRANSLATE_NOOP("NetworkReport", "Whether friends can start over IPv6 was not tested."),
                    QT_TRANSLATE_NOOP("NetworkReport", "A contact or a third party has to send a packet to find out.")};
    if (facts.verdict.inbound6 == Tested::Yes)
        item = {"firewall.ipv6_open", ReportArea::Firewall, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "Friends can start a conversation with you over IPv6.")};
    else if (facts.verdict.inbound6 == Tested::No)
        item = {"firewall.ipv6_closed",
                ReportArea::Firewall,
                isOpen4 ? ReportSeverity::Warning : ReportSeverity::Problem,
                QT_TRANSLATE_NOOP("NetworkReport", "A firewall keeps out friends who start over IPv6."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends can't start a conversation with you over IPv6."),
                facts.verdict.pinholeBy
                    ? QT_TRANSLATE_NOOP("NetworkReport", "Let Culvert through the firewall of this computer.")
                    : QT_TRANSLATE_NOOP("NetworkReport", "Allow Culvert's port for this computer in the router's IPv6 "
                                                         "firewall.")};
    addInboundEvidence(facts.status.inbound6, item);
    if (facts.verdict.inbound6 == Tested::NotTested && facts.status.inbound6.isOpen == true)
        item.evidence.push_back(textRow(
            QT_TRANSLATE_NOOP("NetworkReport", "Why that is no proof"),
            QT_TRANSLATE_NOOP("NetworkReport", "the router may let in any port of an address that was spoken with")));
    out.push_back(std::move(item));
}

} // namespace

void addNat(const ReportFacts& facts, ReportItems& out) {
    const NatBehaviour& nat = facts.verdict.nat;
    if (!facts.verdict.has4)
        return;
    addNested(facts, out);
    if (nat.isTranslated == false) {
        ReportItem item{"nat.none", ReportArea::Nat, ReportSeverity::Good,
                        QT_TRANSLATE_NOOP("NetworkReport", "Others see this computer's own IPv4 address; nothing "
                                                           "changes it on the way.")};
        addObserved(facts.status, item);
        out.push_back(std::move(item));
    } else if (isAnythingTested(nat)) {
        addBehaviour(facts, out);
        addSymmetric(facts, out);
    } else {
        out.push_back(
            {"nat.not_tested", ReportArea::Nat, ReportSeverity::Information,
             QT_TRANSLATE_NOOP("NetworkReport", "What happens to your IPv4 address on the way was not tested."),
             QT_TRANSLATE_NOOP("NetworkReport", "It takes two others, contacts or third parties, who tell "
                                                "what they see.")});
    }
    addHairpin(facts, out);
    addLifetime(facts, out);
}

void addFirewall(const ReportFacts& facts, ReportItems& out) {
    if (facts.verdict.has4)
        addInbound4(facts, out);
    if (facts.verdict.has6)
        addInbound6(facts, out);
}

} // namespace culvert
