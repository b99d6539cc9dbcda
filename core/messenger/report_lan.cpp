// Report, the local network: whether friends who are on it are found there.
#include "core/messenger/report_parts.h"

namespace culvert {

void addLan(const ReportFacts& facts, ReportItems& out) {
    const LanStatus& lan = facts.status.lan;
    if (!lan.isPossible || (lan.isWanted && !lan.isOn))
        return;
    ReportItem item{"lan.on", ReportArea::LocalNetwork, ReportSeverity::Good,
                    QT_TRANSLATE_NOOP("NetworkReport", "Friends on your local network find you there."),
                    QT_TRANSLATE_NOOP("NetworkReport",
                                      "That takes no internet, no router and no current address, and clocks that "
                                      "differ by ten minutes at most. Others see that Culvert is used here, and not "
                                      "by whom.")};
    if (!lan.isOn)
        item = {"lan.off",
                ReportArea::LocalNetwork,
                ReportSeverity::Information,
                QT_TRANSLATE_NOOP("NetworkReport", "Friends on your local network are not looked for."),
                QT_TRANSLATE_NOOP("NetworkReport",
                                  "Where there is no internet, only those find you who know your present address."),
                QT_TRANSLATE_NOOP("NetworkReport", "Switch on “Find friends on the local network”.")};
    if (lan.isOn && lan.heard > 0) {
        item.code = "lan.heard";
        item.title = QT_TRANSLATE_NOOP("NetworkReport", "Friends on your local network were heard there.");
    }
    if (lan.heard > 0)
        item.evidence.push_back(
            dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Heard of friends"), std::to_string(lan.heard)));
    if (lan.sent > 0)
        item.evidence.push_back(
            dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Sent to find them"), std::to_string(lan.sent)));
    out.push_back(std::move(item));
}

} // namespace culvert
