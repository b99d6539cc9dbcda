#include "ui/widgets/report_wording.h"

#include "core/messenger/report_names.h"

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
    return out;
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

} // namespace culvert
