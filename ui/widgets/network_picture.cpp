#include "ui/widgets/network_picture.h"

#include "ui/models/contact_list_model.h"

#include <QLocale>

#include <algorithm>
#include <tuple>

namespace culvert {

/// What several parts of the picture rest on, worked out once.
struct PictureMaker::Facts {
    const NetworkStatus& status;
    const NetworkReport& report;
    std::vector<Contact> contacts; ///< accepted ones

    bool isUsed(PathKind kind) const {
        return std::ranges::any_of(contacts, [kind](const Contact& contact) {
            return contact.presence.online && contact.presence.path == kind;
        });
    }
    bool hasNetwork() const {
        return report.verdict.has4 || report.verdict.has6 ||
               std::ranges::any_of(status.local.lan6, [](const Ipv6Address& own) { return !own.isLoopback(); });
    }
    bool isRunning() const { return !report.isComplete && hasNetwork(); }
    // Somebody beyond the router told how our IPv4 packets look.
    bool isSeen4() const {
        return !status.observed.empty() || status.teredo.mapped || status.inbound4.isOpen == true ||
               isUsed(PathKind::Mapped4) || isUsed(PathKind::Punched4);
    }
    bool isSeen6() const { return status.inbound6.isOpen.has_value() || isUsed(PathKind::Native6); }
    // The first of these areas that the report has a card for.
    QString cardOf(std::initializer_list<const char*> keys, std::initializer_list<ReportArea> areas) const {
        auto key = keys.begin();
        for (const ReportArea area : areas) {
            if (std::ranges::find(report.items, area, &ReportItem::area) != report.items.end())
                return QLatin1String(*key);
            ++key;
        }
        return {};
    }
};

namespace {

int bandOf(const QVector<PictureBand>& bands, PathKind path) {
    const auto indexOf = [&](BandKind kind) {
        const auto found = std::ranges::find(bands, kind, &PictureBand::kind);
        return found == bands.end() ? -1 : static_cast<int>(found - bands.begin());
    };
    switch (path) {
    case PathKind::Lan:
        return indexOf(BandKind::Local);
    case PathKind::Native6:
        return indexOf(BandKind::Ipv6);
    case PathKind::Mapped4:
    case PathKind::Punched4:
    case PathKind::Tcp:
        return indexOf(BandKind::Ipv4);
    case PathKind::Teredo:
    case PathKind::Ordinary:
        return indexOf(BandKind::Tunnel);
    case PathKind::None:
        break;
    }
    return -1;
}

// Who is connected first, then who is being tried, then who cannot be reached.
int rankOf(const Contact& contact) {
    return static_cast<int>(contact.presence.online                              ? 0
                            : contact.presence.verdict == Verdict::CannotConnect ? 1
                            : contact.presence.verdict == Verdict::Connecting    ? 2
                                                                                 : 3);
}

} // namespace

QString PictureMaker::word(LaneState state) {
    switch (state) {
    case LaneState::Works:
        return tr("works", "state of a lane in the picture of the network");
    case LaneState::Claimed:
        return tr("not proven", "state of a lane in the picture of the network");
    case LaneState::Broken:
        return tr("doesn't work", "state of a lane in the picture of the network");
    case LaneState::NotTested:
        break;
    }
    return tr("not tested", "state of a lane in the picture of the network");
}

QString PictureMaker::direction(const PictureBand& band, int lane) {
    if (band.lanes.size() < 2)
        return tr("You and friends", "both directions of a way");
    return lane == 0 ? tr("You to friends", "direction of a way") : tr("Friends to you", "direction of a way");
}

QString PictureMaker::describe(const PictureBand& band) {
    QString out;
    for (int i = 0; i < band.lanes.size(); ++i) {
        const PictureLane& lane = band.lanes.at(i);
        out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + direction(band, i) + QStringLiteral(": ") +
               lane.word + QStringLiteral(". ") + lane.sentence;
    }
    return out;
}

PictureLane PictureMaker::lane(LaneState state, const QString& sentence, bool isTested) {
    return {state, word(state), sentence, isTested};
}

PictureLane PictureMaker::missing(const QString& sentence) {
    return {LaneState::Broken, tr("not there", "state of a lane in the picture of the network"), sentence, false};
}

PictureNode PictureMaker::computer(const Facts& facts) {
    const NetworkVerdict& verdict = facts.report.verdict;
    PictureNode out{NodeKind::Computer, tr("This computer"), {}, {}, {}, {}};
    out.card = facts.cardOf({"families"}, {ReportArea::Families});
    if (!facts.hasNetwork()) {
        out.word = tr("no network");
        out.sentence = tr("It is connected to no network.");
        out.lane = missing(out.sentence);
        return out;
    }
    out.word = verdict.has4 && verdict.has6 ? tr("IPv4 and IPv6")
               : verdict.has4               ? tr("IPv4 only")
               : verdict.has6               ? tr("IPv6 only")
                                            : tr("local only", "addresses that lead no farther than the local network");
    out.sentence = tr("Addresses that this computer has, as its system says.");
    out.lane = lane(LaneState::Works, out.sentence);
    return out;
}

QString PictureMaker::mappingWord(const Facts& facts) {
    if (facts.status.nat.isTranslated == std::optional(false))
        return tr("changes nothing", "a router that does no NAT");
    switch (facts.status.gateway.udp.state) {
    case PortMappingState::Proven:
        return tr("open port", "what the router did");
    case PortMappingState::Confirmed:
    case PortMappingState::Claimed:
        return tr("open port, says it", "what the router did");
    case PortMappingState::Trying:
        return tr("being asked", "the router");
    case PortMappingState::Off:
        return tr("not asked", "the router");
    case PortMappingState::Failed:
        break;
    }
    return tr("no open port", "what the router did");
}

PictureNode PictureMaker::router(const Facts& facts) {
    const GatewayReport& gateway = facts.status.gateway;
    PictureNode out{NodeKind::Router, tr("Router"), mappingWord(facts), {}, {}, {}};
    out.card = facts.cardOf({"port_mapping", "nat"}, {ReportArea::PortMapping, ReportArea::Nat});
    out.sentence = tr("It stands between this computer and the internet, and decides what comes in.");
    const bool isTrying = gateway.udp.state == PortMappingState::Trying;
    if (!facts.hasNetwork()) {
        out.word = tr("not reached");
        out.lane = missing(tr("Without a network there is no router."));
        return out;
    }
    const bool speaks = std::ranges::any_of(gateway.gateways, [](const GatewayStatus& one) {
        return one.pcp == ProtocolAnswer::Speaks || one.natPmp == ProtocolAnswer::Speaks ||
               one.upnp == ProtocolAnswer::Speaks;
    });
    if (speaks || isGranted(gateway.udp.state) || facts.isSeen4() || facts.isSeen6())
        out.lane = lane(LaneState::Works, tr("Packets pass it: it answered, or somebody behind it did."), isTrying);
    else
        out.lane =
            lane(LaneState::Claimed, tr("The system names it as the way out; nobody behind it has answered yet."),
                 isTrying || facts.isRunning());
    return out;
}

// What the verdict on strangers' packets is, as a lane.
PictureLane PictureMaker::inward(Tested inbound, bool isClaimed, bool isTested) {
    switch (inbound) {
    case Tested::Yes:
        return lane(LaneState::Works, tr("Somebody you had not called came through: friends can start a call to you."));
    case Tested::No:
        return lane(LaneState::Broken, tr("Your router or firewall drops what you did not ask for: you have to call "
                                          "first."));
    case Tested::NotTested:
        break;
    }
    if (isClaimed)
        return lane(LaneState::Claimed, tr("The router says that it lets friends in; nobody has tried it yet."),
                    isTested);
    return lane(LaneState::NotTested, tr("Nobody has tried to reach you this way yet."), isTested);
}

PictureBand PictureMaker::localBand(const Facts& facts) {
    const LanStatus& lan = facts.status.lan;
    PictureBand out{BandKind::Local, tr("Local network"), {}, {}};
    out.card = facts.cardOf({"local_network"}, {ReportArea::LocalNetwork});
    if (facts.isUsed(PathKind::Lan) || lan.heard > 0)
        out.lanes = {lane(LaneState::Works, tr("Friends in your network were heard there; nothing leaves it."))};
    else if (lan.isOn)
        out.lanes = {lane(LaneState::Claimed, tr("Culvert listens for friends in your network; none was heard yet."))};
    else
        out.lanes = {{LaneState::NotTested, tr("switched off", "a way"),
                      tr("Friends in your own network are not looked for."), false}};
    return out;
}

PictureBand PictureMaker::ipv6Band(const Facts& facts) {
    PictureBand out{BandKind::Ipv6, tr("IPv6"), {}, {}};
    out.card = facts.cardOf({"firewall", "families"}, {ReportArea::Firewall, ReportArea::Families});
    if (!facts.report.verdict.has6) {
        out.card = facts.cardOf({"families"}, {ReportArea::Families});
        const PictureLane none = missing(tr("Your provider or router gives this computer no IPv6 address."));
        out.lanes = {none, none};
        return out;
    }
    const bool isTested = facts.status.testsAreRunning;
    out.lanes = {facts.isSeen6() ? lane(LaneState::Works, tr("Somebody outside has answered over IPv6."))
                                 : lane(LaneState::Claimed,
                                        tr("There is an IPv6 address; nobody has answered over it yet."), isTested),
                 inward(facts.report.verdict.inbound6, facts.report.verdict.pinholeBy.has_value(), isTested)};
    return out;
}

PictureBand PictureMaker::ipv4Band(const Facts& facts) {
    PictureBand out{BandKind::Ipv4, tr("IPv4"), {}, {}};
    out.card = facts.cardOf({"nat", "port_mapping", "families"},
                            {ReportArea::Nat, ReportArea::PortMapping, ReportArea::Families});
    if (!facts.report.verdict.has4) {
        const PictureLane none = missing(tr("This computer has no IPv4 address."));
        out.lanes = {none, none};
        return out;
    }
    const bool isTested = facts.status.testsAreRunning;
    PictureLane outward =
        facts.isSeen4()
            ? lane(LaneState::Works, tr("Somebody outside has seen your packets."))
            : lane(LaneState::Claimed, tr("There is an IPv4 address; nobody outside has answered yet."), isTested);
    if (facts.status.tcp.isUdpBlocked == std::optional(true)) {
        outward = lane(LaneState::Works, tr("Only TCP gets through: this network drops UDP packets."));
        outward.word = tr("TCP only", "state of a lane in the picture of the network");
    }
    out.lanes = {outward, inward(facts.report.verdict.inbound4, facts.report.verdict.mappedBy.has_value(), isTested)};
    return out;
}

PictureBand PictureMaker::tunnelBand(const Facts& facts) {
    PictureBand out{BandKind::Tunnel, tr("Tunnel", "IPv6 inside UDP over IPv4"), {}, {}};
    out.card = facts.cardOf({"teredo"}, {ReportArea::Teredo});
    if (out.card.isEmpty())
        out.card = QStringLiteral("ways");
    const auto verdict =
        std::ranges::find(facts.report.mechanisms, TransitionMechanism::CulvertTunnel, &TransitionVerdict::mechanism);
    const bool isProbing = facts.status.teredo.state == TeredoState::Probing;
    if (facts.isUsed(PathKind::Teredo))
        out.lanes = {lane(LaneState::Works, tr("A friend is connected by it: IPv6 packets inside IPv4 ones."))};
    else if (facts.status.teredo.state == TeredoState::Qualified)
        out.lanes = {lane(LaneState::Works, tr("A Teredo server has answered: IPv6 packets pass inside IPv4 ones."))};
    else if (verdict == facts.report.mechanisms.end() || verdict->isUsable == Tested::NotTested)
        out.lanes = {
            lane(LaneState::NotTested, tr("IPv6 packets inside IPv4 ones; nobody has tried it yet."), isProbing)};
    else if (verdict->isUsable == Tested::Yes)
        out.lanes = {lane(LaneState::Claimed,
                          tr("It could be used: IPv6 packets inside IPv4 ones. Nobody needs it now."), isProbing)};
    else
        out.lanes = {lane(LaneState::Broken, tr("IPv6 packets inside IPv4 ones don't get through here."), isProbing)};
    return out;
}

PictureNode PictureMaker::thirdParties(const Facts& facts) {
    const auto& parties = facts.status.thirdParties;
    PictureNode out{NodeKind::ThirdParties, tr("Third parties"), {}, {}, QStringLiteral("third_parties"), {}};
    if (parties.empty()) {
        out.word = tr("none", "third parties");
        out.sentence = tr("Nobody hands over calls when both of you have new addresses.");
        out.lane = lane(LaneState::NotTested, out.sentence);
        return out;
    }
    const auto count = std::ranges::count_if(parties, &ThirdPartyStatus::registered);
    out.word = tr("%1 of %2 answer", "third parties").arg(count).arg(parties.size());
    out.sentence = tr("They hand over how to start a call, and never a message. %1 went through them since the start.")
                       .arg(QLocale().formattedDataSize(static_cast<qint64>(facts.status.bytesThroughThirdParties)));
    const bool isTested = facts.status.testsAreRunning && static_cast<std::size_t>(count) < parties.size();
    out.lane = lane(count > 0  ? LaneState::Works
                    : isTested ? LaneState::NotTested
                               : LaneState::Broken,
                    out.sentence, isTested);
    return out;
}

PictureNode PictureMaker::teredoServers(const Facts& facts) {
    const TeredoStatus& teredo = facts.status.teredo;
    PictureNode out{NodeKind::TeredoServers, tr("Teredo servers"), {}, {}, QStringLiteral("teredo"), {}};
    out.sentence = tr("They tell how your router treats packets, and carry the first ones.");
    const auto count = std::ranges::count_if(teredo.servers, [](const TeredoServerStatus& server) {
        return server.health == TeredoServerHealth::Answers || server.health == TeredoServerHealth::Qualified;
    });
    const bool isProbing = teredo.state == TeredoState::Probing;
    if (teredo.state == TeredoState::Off) {
        out.word = tr("not needed", "Teredo servers");
        out.lane = lane(LaneState::NotTested, out.sentence);
        return out;
    }
    out.word = tr("%1 of %2 answer", "Teredo servers").arg(count).arg(teredo.servers.size());
    out.lane = lane(count > 0   ? LaneState::Works
                    : isProbing ? LaneState::NotTested
                                : LaneState::Broken,
                    out.sentence, isProbing);
    return out;
}

PictureNode PictureMaker::contactNode(const Contact& contact, const QVector<PictureBand>& bands) {
    const Presence& presence = contact.presence;
    PictureNode out{NodeKind::Contact, ContactListModel::displayName(contact), {}, {}, {}, {}, contact.id};
    out.badge = Wording::badge(presence);
    out.word = Wording::badgeWord(out.badge);
    out.sentence = Wording::badgeSentence(presence);
    out.band = presence.online ? bandOf(bands, presence.path) : -1;
    const bool isTrying = !presence.online && presence.verdict == Verdict::Connecting;
    out.lane = lane(presence.online                              ? LaneState::Works
                    : presence.verdict == Verdict::CannotConnect ? LaneState::Broken
                                                                 : LaneState::NotTested,
                    out.sentence, isTrying);
    return out;
}

void PictureMaker::addContacts(const Facts& facts, NetworkPicture& picture) {
    const int all = static_cast<int>(facts.contacts.size());
    const int shown = all <= NetworkPicture::kContactsMax ? all : NetworkPicture::kContactsMax - 1;
    for (int i = 0; i < shown; ++i)
        picture.contacts.append(contactNode(facts.contacts[static_cast<std::size_t>(i)], picture.bands));
    if (shown == all)
        return;
    const auto online = std::count_if(facts.contacts.begin() + shown, facts.contacts.end(),
                                      [](const Contact& contact) { return contact.presence.online; });
    PictureNode more{NodeKind::MoreContacts, tr("%n more", "contacts", all - shown), {}, {}, {}, {}};
    more.word = tr("%n connected", "contacts", static_cast<int>(online));
    more.sentence = tr("The list in the main window shows all of them.");
    picture.contacts.append(more);
}

NetworkPicture PictureMaker::make(const NetworkStatus& status, const NetworkReport& report,
                                  const std::vector<Contact>& contacts) {
    Facts facts{status, report, {}};
    std::ranges::copy_if(contacts, std::back_inserter(facts.contacts),
                         [](const Contact& contact) { return contact.state == ContactState::Accepted; });
    NetworkPicture out;
    out.computer = computer(facts);
    out.router = router(facts);
    if (status.lan.isPossible || facts.isUsed(PathKind::Lan))
        out.bands.append(localBand(facts));
    out.bands.append(ipv6Band(facts));
    out.bands.append(ipv4Band(facts));
    out.bands.append(tunnelBand(facts));
    out.helpers.append(thirdParties(facts));
    if (!status.teredo.servers.empty())
        out.helpers.append(teredoServers(facts));
    // In the order of their ways, so that lanes do not cross.
    std::ranges::sort(facts.contacts, {}, [&](const Contact& contact) {
        return std::tuple(rankOf(contact), bandOf(out.bands, contact.presence.path),
                          ContactListModel::displayName(contact).toLower());
    });
    addContacts(facts, out);
    return out;
}

} // namespace culvert
