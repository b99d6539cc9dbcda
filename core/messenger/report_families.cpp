// The cards "Address families", "Teredo" and "Third parties" of the network report.
#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

// A report is read by people: of a long list the first ones are enough.
constexpr std::size_t kRowsMax = 8;

void addRow(ReportItem& item, ReportEvidence row) {
    if (item.evidence.size() < kRowsMax)
        item.evidence.push_back(std::move(row));
}

const LocalAddress* detailsOf(const LocalNetwork& local, const Ipv6Address& address) {
    for (const LocalInterface& holder : local.interfaces)
        for (const LocalAddress& held : holder.addresses)
            if (held.address.isV6() && held.address.v6() == address)
                return &held;
    return nullptr;
}

void addIpv4(const ReportFacts& facts, ReportItems& out) {
    ReportItem item{"ipv4.none", ReportArea::Families, ReportSeverity::Information,
                    QT_TRANSLATE_NOOP("NetworkReport", "This computer has no IPv4 address."),
                    QT_TRANSLATE_NOOP("NetworkReport", "Friends who have only IPv4 can't talk with you.")};
    if (facts.hasPublic4)
        item = {"ipv4.public", ReportArea::Families, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "This computer has an IPv4 address that the whole internet knows.")};
    else if (facts.verdict.has4)
        item = {"ipv4.private", ReportArea::Families, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "This computer's IPv4 address counts only in your own network."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends elsewhere need an open port in your router to start a "
                                                   "conversation with you over IPv4.")};
    for (const Ipv4Address& address : facts.status.local.v4)
        if (!address.isLoopback())
            addRow(item, addressRow(address.isPrivate()
                                        ? QT_TRANSLATE_NOOP("NetworkReport", "Private address (RFC 1918, RFC 6598)")
                                        : QT_TRANSLATE_NOOP("NetworkReport", "Address"),
                                    address.text()));
    out.push_back(std::move(item));
}

void addIpv6None(const ReportFacts& facts, ReportItems& out) {
    out.push_back({"ipv6.none", ReportArea::Families,
                   facts.verdict.inbound4 == Tested::Yes ? ReportSeverity::Information : ReportSeverity::Warning,
                   QT_TRANSLATE_NOOP("NetworkReport", "This computer has no IPv6 address that the internet knows."),
                   QT_TRANSLATE_NOOP("NetworkReport", "Friends can't reach you over IPv6, which is the simplest way."),
                   QT_TRANSLATE_NOOP("NetworkReport", "Switch on IPv6 in your router, or ask your provider for it.")});
    ReportItem local{"ipv6.ula_only", ReportArea::Families, ReportSeverity::Information,
                     QT_TRANSLATE_NOOP("NetworkReport", "There is IPv6, but only inside your own network."),
                     QT_TRANSLATE_NOOP("NetworkReport", "Friends in the same network can use it, others can't.")};
    for (const Ipv6Address& address : facts.status.local.lan6)
        if (address.isUniqueLocal())
            addRow(local,
                   addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Unique local address (RFC 4193)"), address.text()));
    if (!local.evidence.empty())
        out.push_back(std::move(local));
}

void addIpv6Some(const ReportFacts& facts, ReportItems& out) {
    const LocalNetwork& local = facts.status.local;
    const bool areTemporary = std::ranges::all_of(local.native6, [&](const Ipv6Address& address) {
        const LocalAddress* details = detailsOf(local, address);
        return details != nullptr && details->isTemporary;
    });
    ReportItem item{"ipv6.ok", ReportArea::Families, ReportSeverity::Good,
                    QT_TRANSLATE_NOOP("NetworkReport", "This computer has IPv6.")};
    if (areTemporary)
        item = {"ipv6.only_temporary",
                ReportArea::Families,
                ReportSeverity::Warning,
                QT_TRANSLATE_NOOP("NetworkReport", "This computer has IPv6, but changes its address every day."),
                QT_TRANSLATE_NOOP("NetworkReport", "A friend who wasn't online for a day or two may not find you again "
                                                   "over IPv6 alone."),
                QT_TRANSLATE_NOOP("NetworkReport", "Allow a stable IPv6 address in the system's network settings, "
                                                   "beside the temporary ones.")};
    for (const Ipv6Address& address : local.native6) {
        const LocalAddress* details = detailsOf(local, address);
        addRow(item, addressRow(details != nullptr && details->isTemporary
                                    ? QT_TRANSLATE_NOOP("NetworkReport", "Temporary address (RFC 8981)")
                                    : QT_TRANSLATE_NOOP("NetworkReport", "Address"),
                                address.text()));
    }
    out.push_back(std::move(item));
}

void addDeprecated(const ReportFacts& facts, ReportItems& out) {
    ReportItem item{"ipv6.deprecated",
                    ReportArea::Families,
                    facts.verdict.has6 ? ReportSeverity::Information : ReportSeverity::Warning,
                    QT_TRANSLATE_NOOP("NetworkReport", "An IPv6 address of this computer is about to go."),
                    QT_TRANSLATE_NOOP("NetworkReport", "New conversations don't use it."),
                    facts.verdict.has6 ? ""
                                       : QT_TRANSLATE_NOOP("NetworkReport", "Join the network again, so that the "
                                                                            "router gives out a new address.")};
    for (const LocalInterface& holder : facts.status.local.interfaces)
        for (const LocalAddress& held : holder.addresses)
            if (held.isDeprecated && held.address.isV6() && held.address.v6().isNativeGlobal())
                addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Deprecated address (RFC 4862)"),
                                        held.address.v6().text()));
    if (!item.evidence.empty())
        out.push_back(std::move(item));
}

// The routers come with the preferred ones first: the first of each family carries what leaves.
void addVpn(const ReportFacts& facts, ReportItems& out) {
    const LocalNetwork& local = facts.status.local;
    ReportItem item{"families.vpn",
                    ReportArea::Families,
                    ReportSeverity::Warning,
                    QT_TRANSLATE_NOOP("NetworkReport", "What this computer sends goes through a VPN."),
                    QT_TRANSLATE_NOOP("NetworkReport", "Friends see the VPN's address, and your own router can't open "
                                                       "a port there."),
                    QT_TRANSLATE_NOOP("NetworkReport", "Leave Culvert out of the VPN, or ask the VPN's provider for a "
                                                       "forwarded port.")};
    for (const bool isV4 : {true, false}) {
        const auto router =
            std::ranges::find(local.routers, isV4, [](const DefaultRouter& r) { return r.address.isV4(); });
        if (router == local.routers.end())
            continue;
        const auto way = std::ranges::find(local.interfaces, router->interfaceIndex, &LocalInterface::index);
        if (way != local.interfaces.end() && way->kind == InterfaceKind::Vpn)
            addRow(item, addressRow(isV4 ? QT_TRANSLATE_NOOP("NetworkReport", "IPv4 leaves by")
                                         : QT_TRANSLATE_NOOP("NetworkReport", "IPv6 leaves by"),
                                    way->name));
    }
    if (!item.evidence.empty())
        out.push_back(std::move(item));
}

constexpr const char* kNoServersAddress =
    QT_TRANSLATE_NOOP("NetworkReport", "Friends are told no address that a server made.");

// What the kind of NAT that a Teredo server found means for us. `isTold`: contacts are told the address that it gave.
ReportItem teredoItemOf(const TeredoStatus& teredo, bool isTold) {
    if (!teredo.kind && teredo.state == TeredoState::Probing)
        return {"teredo.probing", ReportArea::Teredo, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "A Teredo server is being asked how it sees this computer.")};
    if (!teredo.kind)
        return {"teredo.no_server",
                ReportArea::Teredo,
                ReportSeverity::Warning,
                QT_TRANSLATE_NOOP("NetworkReport", "No Teredo server answers as it must."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends reach you all the same where your port is open."),
                QT_TRANSLATE_NOOP("NetworkReport", "Name another Teredo server, or ask whoever runs it.")};
    switch (*teredo.kind) {
    case TeredoKind::Cone:
        return {"teredo.cone", ReportArea::Teredo, ReportSeverity::Good,
                QT_TRANSLATE_NOOP("NetworkReport", "A Teredo server saw that your open port works."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends with IPv6 and IPv4 reach you by IPv6 packets inside IPv4 "
                                                   "ones; the server carries none of them.")};
    case TeredoKind::Restricted:
        return {"teredo.restricted", ReportArea::Teredo, ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Behind your router Teredo lets in only whom you called before."),
                QT_TRANSLATE_NOOP("NetworkReport", "Friends call through the server, and you then reach each other "
                                                   "straight.")};
    case TeredoKind::Symmetric:
        break;
    }
    return {
        "teredo.symmetric", ReportArea::Teredo, ReportSeverity::Information,
        QT_TRANSLATE_NOOP("NetworkReport", "Teredo is of little use here: your router shows each peer another port."),
        isTold ? QT_TRANSLATE_NOOP("NetworkReport", "Only friends whose routers let in any port can reach you by it.")
               : kNoServersAddress};
}

const char* wordFor(TeredoServerHealth health) {
    switch (health) {
    case TeredoServerHealth::Unresolved:
        return QT_TRANSLATE_NOOP("NetworkReport", "its name leads to no usable address");
    case TeredoServerHealth::NotAsked:
    case TeredoServerHealth::NotUsed:
        return QT_TRANSLATE_NOOP("NetworkReport", "not asked");
    case TeredoServerHealth::Asking:
        return QT_TRANSLATE_NOOP("NetworkReport", "being asked");
    case TeredoServerHealth::Answers:
        return QT_TRANSLATE_NOOP("NetworkReport", "answers");
    case TeredoServerHealth::Qualified:
        return QT_TRANSLATE_NOOP("NetworkReport", "in use");
    case TeredoServerHealth::NoOrigin:
        return QT_TRANSLATE_NOOP("NetworkReport", "doesn't say how it sees you");
    case TeredoServerHealth::NoSecondary:
        return QT_TRANSLATE_NOOP("NetworkReport", "its second address doesn't answer");
    case TeredoServerHealth::Unsteady:
        return QT_TRANSLATE_NOOP("NetworkReport", "shows you at another address again and again");
    case TeredoServerHealth::NoAnswer:
        break;
    }
    return QT_TRANSLATE_NOOP("NetworkReport", "doesn't answer");
}

std::string milliseconds(Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

bool isServersAddress(const NetworkStatus& status) {
    return status.teredoAddress && status.teredoAddress == status.teredo.address;
}

void addTeredoServers(const ReportFacts& facts, ReportItems& out) {
    const TeredoStatus& teredo = facts.status.teredo;
    if (teredo.state == TeredoState::Off)
        return;
    ReportItem item = teredoItemOf(teredo, isServersAddress(facts.status));
    if (!teredo.server.empty())
        addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Teredo server"), teredo.server));
    if (teredo.mapped)
        addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "It sees you as"), teredo.mapped->text()));
    if (teredo.roundTrip)
        addRow(item, dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Round trip"), milliseconds(*teredo.roundTrip)));
    if (teredo.refreshInterval)
        addRow(item, dataRow(QT_TRANSLATE_NOOP("NetworkReport", "It is asked again after"),
                             spelled(*teredo.refreshInterval)));
    if (teredo.address)
        addRow(item,
               addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Teredo address (RFC 4380)"), teredo.address->text()));
    for (const TeredoServerStatus& server : teredo.servers) {
        if (server.server == teredo.server && server.health == TeredoServerHealth::Qualified)
            continue;
        addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Another Teredo server"), server.server));
        addRow(item, textRow(QT_TRANSLATE_NOOP("NetworkReport", "How it does"), wordFor(server.health)));
    }
    out.push_back(std::move(item));
}

} // namespace

void addFamilies(const ReportFacts& facts, ReportItems& out) {
    if (!facts.hasNetwork && facts.status.lan.isOn) {
        out.push_back(
            {"network.link_only", ReportArea::Families, ReportSeverity::Warning,
             QT_TRANSLATE_NOOP("NetworkReport", "No address of this computer leads beyond its local network."),
             QT_TRANSLATE_NOOP("NetworkReport", "Friends there can talk with you; messages to others wait."),
             QT_TRANSLATE_NOOP("NetworkReport", "Connect this network to a router.")});
        return;
    }
    if (!facts.hasNetwork) {
        out.push_back({"network.none", ReportArea::Families, ReportSeverity::Problem,
                       QT_TRANSLATE_NOOP("NetworkReport", "This computer has no network."),
                       QT_TRANSLATE_NOOP("NetworkReport", "Nobody can talk with you, and messages wait."),
                       QT_TRANSLATE_NOOP("NetworkReport", "Join a Wi-Fi network, or plug in a cable.")});
        return;
    }
    addIpv4(facts, out);
    if (facts.verdict.has6)
        addIpv6Some(facts, out);
    else
        addIpv6None(facts, out);
    addDeprecated(facts, out);
    addVpn(facts, out);
}

void addTeredo(const ReportFacts& facts, ReportItems& out) {
    addTeredoServers(facts, out);
    if (isServersAddress(facts.status))
        return;
    // One that a server made was told of with the server.
    if (facts.status.teredoAddress && facts.status.teredoAddress != facts.status.teredo.address) {
        out.push_back({"teredo.own_address",
                       ReportArea::Teredo,
                       ReportSeverity::Good,
                       QT_TRANSLATE_NOOP("NetworkReport", "Culvert made an IPv6 address out of your open port."),
                       QT_TRANSLATE_NOOP("NetworkReport", "Friends with IPv6 and IPv4 reach you by IPv6 packets inside "
                                                          "IPv4 ones, without any server."),
                       "",
                       {addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Teredo address (RFC 4380)"),
                                   facts.status.teredoAddress->text())}});
        return;
    }
    if (facts.status.teredo.state != TeredoState::Off)
        return;
    out.push_back({"teredo.none", ReportArea::Teredo, ReportSeverity::Information,
                   facts.verdict.has6
                       ? QT_TRANSLATE_NOOP("NetworkReport", "No tunnel address is needed: this computer has IPv6.")
                       : QT_TRANSLATE_NOOP("NetworkReport", "There is no tunnel address, because no open port is "
                                                            "known that it could be made of.")});
    if (facts.verdict.has6)
        out.back().evidence.push_back(
            textRow(QT_TRANSLATE_NOOP("NetworkReport", "Rule (RFC 4380 §5.5)"),
                    QT_TRANSLATE_NOOP("NetworkReport", "Whoever has native IPv6 is no Teredo client")));
}

void addThirdParties(const ReportFacts& facts, ReportItems& out) {
    ReportItem ok{"third_party.ok", ReportArea::ThirdParties, ReportSeverity::Good,
                  QT_TRANSLATE_NOOP("NetworkReport", "A third party hands over calls to you."),
                  QT_TRANSLATE_NOOP("NetworkReport", "It passes on how to start a conversation, and never a message.")};
    ReportItem silent{"third_party.no_answer",
                      ReportArea::ThirdParties,
                      ReportSeverity::Warning,
                      QT_TRANSLATE_NOOP("NetworkReport", "A third party doesn't answer."),
                      QT_TRANSLATE_NOOP("NetworkReport", "Friends who count on it can't call you through it."),
                      QT_TRANSLATE_NOOP("NetworkReport", "Ask whoever runs it whether it is on, and for its address "
                                                         "of today.")};
    for (const ThirdPartyStatus& party : facts.status.thirdParties) {
        ReportItem& item = party.registered ? ok : silent;
        addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Key of the third party"), party.key));
        if (!party.registered)
            continue;
        addRow(item, dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Round trip"), milliseconds(party.roundTrip)));
        if (!party.observed.empty())
            addRow(item, addressRow(QT_TRANSLATE_NOOP("NetworkReport", "It sees you as"), party.observed));
    }
    if (!ok.evidence.empty())
        ok.evidence.push_back(dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Octets through third parties"),
                                      std::to_string(facts.status.bytesThroughThirdParties)));
    if (facts.status.thirdParties.empty())
        out.push_back({"third_party.none", ReportArea::ThirdParties, ReportSeverity::Information,
                       QT_TRANSLATE_NOOP("NetworkReport", "No third party is set up."),
                       QT_TRANSLATE_NOOP("NetworkReport", "When both you and a friend have new addresses, nobody can "
                                                          "tell either of you."),
                       QT_TRANSLATE_NOOP("NetworkReport", "Ask a friend who can be reached to run one, and add its "
                                                          "address.")});
    for (ReportItem* item : {&silent, &ok})
        if (!item->evidence.empty())
            out.push_back(std::move(*item));
}

} // namespace culvert
