// Report, the doorbell: whether friends whose packets don't get in can ring, so that Culvert calls them.
#include "core/messenger/report_parts.h"

namespace culvert {

namespace {

constexpr const char* kClocks =
    QT_TRANSLATE_NOOP("NetworkReport", "A friend who can't reach you rings, and Culvert calls back without anybody in "
                                       "between. Both clocks must be right to two minutes for that.");

ReportItem doorbellItem(const char* code, ReportSeverity severity, const char* title, const char* dependents) {
    return {code, ReportArea::Teredo, severity, title, dependents};
}

void addCounts(const DoorbellStatus& doorbell, ReportItem& item) {
    if (doorbell.heard > 0)
        item.evidence.push_back(
            dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Rings of friends"), std::to_string(doorbell.heard)));
    if (doorbell.sent > 0)
        item.evidence.push_back(
            dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Rings that Culvert sent"), std::to_string(doorbell.sent)));
}

ReportItem doorbellOver6(const DoorbellStatus& doorbell) {
    if (!doorbell.hearsErrors)
        return doorbellItem(
            "doorbell.unsupported", ReportSeverity::Information,
            QT_TRANSLATE_NOOP("NetworkReport", "This system lets nobody ring over IPv6."),
            QT_TRANSLATE_NOOP("NetworkReport", "Friends who have IPv4 alone need another way to find you."));
    if (!doorbell.isKept)
        return doorbellItem("doorbell.open", ReportSeverity::Good,
                            QT_TRANSLATE_NOOP("NetworkReport", "Friends need nothing kept open to reach or ring you."),
                            kClocks);
    ReportItem item = doorbellItem(
        "doorbell.kept", ReportSeverity::Good,
        QT_TRANSLATE_NOOP("NetworkReport", "Friends can ring you through any Teredo server, past your firewall."),
        kClocks);
    item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "Sent to keep that way open"),
                                    QT_TRANSLATE_NOOP("NetworkReport", "one octet about twice a minute")));
    return item;
}

} // namespace

void addDoorbell(const ReportFacts& facts, ReportItems& out) {
    const DoorbellStatus& doorbell = facts.status.doorbell;
    if (facts.verdict.has6 && doorbell.hasContacts)
        out.push_back(doorbellOver6(doorbell));
    else if (doorbell.byServer)
        out.push_back(doorbellItem(
            "doorbell.by_server", ReportSeverity::Good,
            QT_TRANSLATE_NOOP("NetworkReport", "Friends can ring you through your Teredo server."), kClocks));
    else if (doorbell.sent > 0)
        out.push_back(doorbellItem("doorbell.sent", ReportSeverity::Information,
                                   QT_TRANSLATE_NOOP("NetworkReport", "Culvert rang friends who didn't answer."),
                                   QT_TRANSLATE_NOOP("NetworkReport", "They call back as soon as they hear it. Both "
                                                                      "clocks must be right to two minutes.")));
    else
        return;
    addCounts(doorbell, out.back());
}

} // namespace culvert
