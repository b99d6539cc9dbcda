#include "core/messenger/network_report.h"

#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

void say(NetworkReport& report, ReportSeverity severity, const char* summary, const char* brief) {
    report.severity = severity;
    report.summary = summary;
    report.brief = brief;
}

// Friends over IPv4 have no way to start that anything tells of.
void summarizeWithout4(const ReportFacts& facts, NetworkReport& report) {
    switch (facts.verdict.inbound6) {
    case Tested::Yes:
        return say(report, ReportSeverity::Warning,
                   QT_TRANSLATE_NOOP("NetworkReport", "Friends with IPv6 can reach you; others need you to call first"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Reachable over IPv6"));
    case Tested::NotTested:
        if (facts.verdict.has6)
            return say(report, ReportSeverity::Warning,
                       QT_TRANSLATE_NOOP("NetworkReport", "Friends with IPv6 can reach you if your router lets them "
                                                          "in; others need you to call first"),
                       QT_TRANSLATE_NOOP("NetworkReport", "Perhaps over IPv6"));
        break;
    case Tested::No:
        break;
    }
    // Nobody tried: a port may be forwarded by hand, or the router may filter nothing.
    if (facts.verdict.inbound4 == Tested::NotTested)
        return say(report, ReportSeverity::Problem,
                   QT_TRANSLATE_NOOP("NetworkReport", "Friends can probably not start a call to you; you can call out"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Probably not reachable"));
    say(report, ReportSeverity::Problem,
        QT_TRANSLATE_NOOP("NetworkReport", "Nobody can start a call to you; you can call out"),
        QT_TRANSLATE_NOOP("NetworkReport", "You can call out only"));
}

void summarize(const ReportFacts& facts, NetworkReport& report) {
    const NetworkVerdict& verdict = facts.verdict;
    if (!facts.hasNetwork && facts.status.lan.isOn)
        return say(report, ReportSeverity::Warning,
                   QT_TRANSLATE_NOOP("NetworkReport", "Only friends on your local network can reach you"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Local network only"));
    if (!facts.hasNetwork)
        return say(report, ReportSeverity::Problem, QT_TRANSLATE_NOOP("NetworkReport", "This computer has no network"),
                   QT_TRANSLATE_NOOP("NetworkReport", "No network"));
    if (verdict.inbound4 == Tested::Yes)
        return say(report, ReportSeverity::Good, QT_TRANSLATE_NOOP("NetworkReport", "Friends can reach you"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Friends can reach you"));
    const bool maybe4 = verdict.inbound4 == Tested::NotTested;
    if (maybe4 && (facts.isMapped || (facts.hasPublic4 && !facts.isTranslated)))
        return say(report, ReportSeverity::Information,
                   QT_TRANSLATE_NOOP("NetworkReport", "Friends can probably reach you"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Probably reachable"));
    if (!facts.isComplete)
        return say(report, ReportSeverity::Information,
                   QT_TRANSLATE_NOOP("NetworkReport", "Finding out who can reach you"),
                   QT_TRANSLATE_NOOP("NetworkReport", "Checking …"));
    summarizeWithout4(facts, report);
}

} // namespace

NetworkReport makeReport(const NetworkStatus& status) {
    const ReportFacts facts = factsOf(status);
    NetworkReport report;
    report.verdict = facts.verdict;
    report.isComplete = facts.isComplete;
    summarize(facts, report);
    addFamilies(facts, report.items);
    addPortMapping(facts, report.items);
    addNat(facts, report.items);
    addFirewall(facts, report.items);
    addRung(facts, report.items);
    addTcp(facts, report.items);
    addPinholes(facts, report.items);
    addTeredo(facts, report.items);
    addDoorbell(facts, report.items);
    addLan(facts, report.items);
    addThirdParties(facts, report.items);
    std::ranges::stable_sort(report.items, std::ranges::greater(), &ReportItem::severity);
    for (ReportItem& item : report.items) {
        item.action = actionFor(item.code, status);
        const auto since = std::ranges::find(status.since, item.code, &FindingSince::code);
        if (since != status.since.end())
            item.since = since->since;
    }
    report.mechanisms = judgeMechanisms(status, std::nullopt);
    return report;
}

} // namespace culvert
