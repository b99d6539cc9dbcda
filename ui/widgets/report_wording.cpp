#include "ui/widgets/report_wording.h"

#include "core/messenger/report_names.h"
#include "ui/widgets/path_wording.h"

namespace culvert {

QString ReportWording::sentence(const char* text) {
    return *text == 0 ? QString() : QCoreApplication::translate("NetworkReport", text);
}

QVector<ReportSection> ReportWording::sections(const NetworkReport& report) {
    QVector<ReportSection> out;
    for (const ReportArea wanted :
         {ReportArea::Families, ReportArea::LocalNetwork, ReportArea::PortMapping, ReportArea::Nat,
          ReportArea::Firewall, ReportArea::Teredo, ReportArea::ThirdParties}) {
        ReportSection section{QLatin1String(nameOf(wanted)), area(wanted), {}};
        for (const ReportItem& item : report.items)
            if (item.area == wanted)
                section.entries.append(entry(item));
        if (!section.entries.isEmpty())
            out.append(section);
    }
    ReportSection ways{QStringLiteral("ways"), tr("Ways considered", "card of the network report"), {}};
    for (const TransitionVerdict& verdict : report.mechanisms)
        ways.entries.append(entry(verdict));
    if (!ways.entries.isEmpty())
        out.append(ways);
    return out;
}

IconId ReportWording::icon(ReportSeverity severity) {
    switch (severity) {
    case ReportSeverity::Good:
        return IconId::Good;
    case ReportSeverity::Information:
        return IconId::Info;
    case ReportSeverity::Warning:
        return IconId::Warning;
    case ReportSeverity::Problem:
        break;
    }
    return IconId::Problem;
}

ColorRole ReportWording::ink(ReportSeverity severity) {
    switch (severity) {
    case ReportSeverity::Good:
        return ColorRole::Good;
    case ReportSeverity::Information:
        return ColorRole::Secondary;
    case ReportSeverity::Warning:
        return ColorRole::Waiting;
    case ReportSeverity::Problem:
        break;
    }
    return ColorRole::Problem;
}

QString ReportWording::word(ReportSeverity severity) {
    switch (severity) {
    case ReportSeverity::Good:
        return tr("Good", "how bad a finding is");
    case ReportSeverity::Information:
        return tr("Note", "how bad a finding is");
    case ReportSeverity::Warning:
        return tr("Warning", "how bad a finding is");
    case ReportSeverity::Problem:
        break;
    }
    return tr("Problem", "how bad a finding is");
}

QString ReportWording::area(ReportArea area) {
    switch (area) {
    case ReportArea::Families:
        return tr("Address families", "card of the network report");
    case ReportArea::LocalNetwork:
        return tr("Local network", "card of the network report");
    case ReportArea::PortMapping:
        return tr("Port mapping", "card of the network report");
    case ReportArea::Nat:
        return tr("NAT behaviour", "card of the network report");
    case ReportArea::Firewall:
        return tr("Firewall", "card of the network report");
    case ReportArea::Teredo:
        return tr("Teredo", "card of the network report");
    case ReportArea::ThirdParties:
        break;
    }
    return tr("Third parties", "card of the network report");
}

QString ReportWording::mechanism(TransitionMechanism mechanism) {
    switch (mechanism) {
    case TransitionMechanism::Native:
        return tr("Native IPv6");
    case TransitionMechanism::SixToFour:
        return tr("6to4");
    case TransitionMechanism::SixRd:
        return tr("6rd");
    case TransitionMechanism::SixInFour:
        return tr("6in4, a tunnel broker");
    case TransitionMechanism::Teredo:
        return tr("The system's own Teredo");
    case TransitionMechanism::CulvertTunnel:
        break;
    }
    return tr("Culvert's tunnel");
}

QString ReportWording::usability(const TransitionVerdict& verdict) {
    if (verdict.isUsable == Tested::Yes)
        return tr("Usable", "a way to reach peers");
    if (verdict.isUsable == Tested::NotTested)
        return tr("Not tested", "a way to reach peers");
    return verdict.isPresent == Tested::Yes ? tr("There, not usable", "a way to reach peers")
                                            : tr("Not usable", "a way to reach peers");
}

ReportEntry ReportWording::entry(const ReportItem& item) {
    ReportEntry out{QLatin1String(item.code), icon(item.severity),       ink(item.severity), word(item.severity),
                    sentence(item.title),     sentence(item.dependents), sentence(item.fix), {}};
    for (const ReportEvidence& row : item.evidence)
        out.evidence.append(
            {sentence(row.label), row.isText ? sentence(row.value.c_str()) : QString::fromStdString(row.value)});
    if (item.since)
        out.since = PathWording::stamp(*item.since, QDateTime::currentDateTime());
    // Where nothing has to be done there is no button either.
    if (!out.fix.isEmpty()) {
        out.action = item.action;
        out.actionText = action(item.action);
    }
    return out;
}

QString ReportWording::action(ReportAction action) {
    switch (action) {
    case ReportAction::CheckAgain:
        return tr("Try again", "button of a finding");
    case ReportAction::AnotherPort:
        return tr("Use another port", "button of a finding");
    case ReportAction::AddThirdParty:
        return tr("Add a third party …", "button of a finding");
    case ReportAction::AddTeredoServer:
        return tr("Add a Teredo server …", "button of a finding");
    case ReportAction::TurnMappingOn:
    case ReportAction::TurnLanOn:
        return tr("Switch it on", "button of a finding");
    case ReportAction::TurnTcpOn:
        return tr("Allow TCP", "button of a finding");
    case ReportAction::None:
        break;
    }
    return {};
}

QString ReportWording::teredoHealth(TeredoServerHealth health) {
    switch (health) {
    case TeredoServerHealth::NotUsed:
        return tr("not used", "how a Teredo server does");
    case TeredoServerHealth::Unresolved:
        return tr("name not found", "how a Teredo server does");
    case TeredoServerHealth::NotAsked:
        return tr("not asked", "how a Teredo server does");
    case TeredoServerHealth::Asking:
        return tr("being asked", "how a Teredo server does");
    case TeredoServerHealth::Answers:
        return tr("answers", "how a Teredo server does");
    case TeredoServerHealth::Qualified:
        return tr("in use", "how a Teredo server does");
    case TeredoServerHealth::NoAnswer:
        return tr("no answer", "how a Teredo server does");
    case TeredoServerHealth::NoOrigin:
    case TeredoServerHealth::NoSecondary:
    case TeredoServerHealth::Unsteady:
        break;
    }
    return tr("answers badly", "how a Teredo server does");
}

// A way that is not there is no fault: most computers need one way only.
ReportEntry ReportWording::entry(const TransitionVerdict& verdict) {
    const bool isUsable = verdict.isUsable == Tested::Yes;
    return {QLatin1String(nameOf(verdict.mechanism)),
            isUsable                                ? IconId::Good
            : verdict.isUsable == Tested::NotTested ? IconId::Info
                                                    : IconId::Block,
            isUsable ? ColorRole::Good : ColorRole::Secondary,
            usability(verdict),
            mechanism(verdict.mechanism),
            sentence(verdict.reason),
            {},
            {}};
}

QString ReportWording::event(const NetworkEvent& event) {
    const QString detail = QString::fromStdString(event.detail);
    switch (event.kind) {
    case NetworkEventKind::NetworkGone:
        return tr("The network is gone.");
    case NetworkEventKind::NetworkBack:
        return tr("There is a network.");
    case NetworkEventKind::AddressCame:
        return tr("This computer got the address %1.").arg(detail);
    case NetworkEventKind::AddressWent:
        return tr("This computer lost the address %1.").arg(detail);
    case NetworkEventKind::PortChanged:
        return tr("Culvert uses port %1 from here on.").arg(detail);
    case NetworkEventKind::MappingMade:
        return tr("The router opened a port: %1.").arg(detail);
    case NetworkEventKind::MappingProven:
        return tr("Somebody came in through the router's open port %1.").arg(detail);
    case NetworkEventKind::MappingLost:
        return tr("The router's open port %1 is gone.").arg(detail);
    case NetworkEventKind::MappingFailed:
        return tr("The router opened no port.");
    case NetworkEventKind::PinholeMade:
        return tr("The router lets IPv6 packets in to %1 (pinhole).").arg(detail);
    case NetworkEventKind::PinholeLost:
        return tr("The router lets IPv6 packets in to %1 no longer (pinhole).").arg(detail);
    case NetworkEventKind::SeenAs:
        return tr("From outside you look like %1.").arg(detail);
    case NetworkEventKind::InboundOpen:
        return tr("Friends can start a call to you over %1.").arg(detail);
    case NetworkEventKind::InboundShut:
        return tr("Friends can't start a call to you over %1.").arg(detail);
    case NetworkEventKind::ThirdPartyAnswers:
        return tr("The third party %1 answers.").arg(detail.left(8));
    case NetworkEventKind::ThirdPartySilent:
        return tr("The third party %1 doesn't answer any more.").arg(detail.left(8));
    case NetworkEventKind::TeredoQualified:
        return tr("A Teredo server gave the tunnel an address: %1.").arg(detail);
    case NetworkEventKind::TeredoLost:
        return tr("The tunnel's Teredo address is gone.");
    case NetworkEventKind::UdpBlocked:
        return tr("The network lets no UDP packets through.");
    case NetworkEventKind::UdpPasses:
        return tr("UDP packets get through.");
    case NetworkEventKind::TestsDone:
        break;
    }
    return tr("All tests are over.");
}

} // namespace culvert
