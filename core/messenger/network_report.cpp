#include "core/messenger/network_report.h"

namespace culvert {

NetworkReport makeReport(const NetworkStatus&) {
    return {};
}

std::string toText(const NetworkReport& report, bool) {
    return report.summary;
}

} // namespace culvert
