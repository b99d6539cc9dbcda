// The report on networks that let no UDP through.
#include "core/messenger/report_parts.h"

namespace culvert {

void addTcp(const ReportFacts& facts, ReportItems& out) {
    const TcpStatus& tcp = facts.status.tcp;
    if (tcp.isUdpBlocked != true)
        return;
    ReportItem item{"udp.blocked", ReportArea::Firewall, ReportSeverity::Warning,
                    QT_TRANSLATE_NOOP("NetworkReport", "This network lets no UDP packets through. Culvert uses TCP."),
                    QT_TRANSLATE_NOOP("NetworkReport", "You reach friends whose port is open for TCP too. Friends who "
                                                       "call you need a third party.")};
    item.fix = QT_TRANSLATE_NOOP("NetworkReport", "Ask whoever runs this network to let UDP through.");
    const char* none = QT_TRANSLATE_NOOP("NetworkReport", "none came from outside");
    const char* some = QT_TRANSLATE_NOOP("NetworkReport", "came from outside");
    item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "Answers to UDP packets"), none));
    item.evidence.push_back(textRow(QT_TRANSLATE_NOOP("NetworkReport", "Answers over TCP"), some));
    out.push_back(std::move(item));
}

} // namespace culvert
