// Report, rings that the user asked a contact for: whether a packet from a port that nobody wrote to comes in.
#include "core/messenger/report_parts.h"

namespace culvert {

namespace {

ReportItem rungItem(const char* code, ReportSeverity severity, const char* title, const char* dependents) {
    return {code, ReportArea::Firewall, severity, title, dependents};
}

ReportItem cameIn(bool isV4, bool isProof) {
    return rungItem(
        isV4 ? "rung.ipv4_came_in" : "rung.ipv6_came_in", isProof ? ReportSeverity::Good : ReportSeverity::Information,
        isV4 ? QT_TRANSLATE_NOOP("NetworkReport", "A contact rang you over IPv4, and it came in.")
             : QT_TRANSLATE_NOOP("NetworkReport", "A contact rang you over IPv6, and it came in."),
        isProof ? QT_TRANSLATE_NOOP("NetworkReport", "A stranger's packet comes in at this address.")
                : QT_TRANSLATE_NOOP("NetworkReport", "It came from a new port of an address that was spoken with. A "
                                                     "router may let that in, and strangers not."));
}

ReportItem nothingCame(bool isV4, bool isOpen) {
    return rungItem(isV4 ? "rung.ipv4_nothing_came" : "rung.ipv6_nothing_came",
                    isOpen ? ReportSeverity::Information : ReportSeverity::Warning,
                    isV4 ? QT_TRANSLATE_NOOP("NetworkReport", "A contact rang you over IPv4, and nothing came in.")
                         : QT_TRANSLATE_NOOP("NetworkReport", "A contact rang you over IPv6, and nothing came in."),
                    QT_TRANSLATE_NOOP("NetworkReport", "Your router or firewall lets in only those to whom you wrote "
                                                       "first. A single packet can get lost, too: ask once more to be "
                                                       "sure."));
}

ReportItem unsettled(bool isV4, RingOutcome outcome) {
    const char* title = isV4 ? QT_TRANSLATE_NOOP("NetworkReport", "A contact was asked to ring you over IPv4.")
                             : QT_TRANSLATE_NOOP("NetworkReport", "A contact was asked to ring you over IPv6.");
    const auto item = [&](const char* code, const char* why) {
        return rungItem(code, ReportSeverity::Information, title, why);
    };
    switch (outcome) {
    case RingOutcome::TooSoon:
        return item(
            isV4 ? "rung.ipv4_too_soon" : "rung.ipv6_too_soon",
            QT_TRANSLATE_NOOP("NetworkReport",
                              "It had rung a moment before, and did not again. Ask once more in some seconds."));
    case RingOutcome::NoWay:
        return item(isV4 ? "rung.ipv4_no_way" : "rung.ipv6_no_way",
                    QT_TRANSLATE_NOOP("NetworkReport", "It has no direct way to this address, so that its packet would "
                                                       "prove nothing. Ask another one."));
    case RingOutcome::NoAnswer:
        return item(
            isV4 ? "rung.ipv4_no_answer" : "rung.ipv6_no_answer",
            QT_TRANSLATE_NOOP("NetworkReport", "It did not say whether it rang. Ask once more, or another one."));
    case RingOutcome::Waiting:
    case RingOutcome::CameIn:
    case RingOutcome::NothingCame:
        break;
    }
    return item(isV4 ? "rung.ipv4_waiting" : "rung.ipv6_waiting",
                QT_TRANSLATE_NOOP("NetworkReport", "Its packet is waited for."));
}

ReportItem itemOf(const ContactRing& ring, bool isV4, Tested inbound) {
    if (ring.outcome == RingOutcome::CameIn)
        return cameIn(isV4, ring.fromNewAddress || inbound == Tested::Yes);
    if (ring.outcome == RingOutcome::NothingCame)
        return nothingCame(isV4, inbound == Tested::Yes);
    return unsettled(isV4, ring.outcome);
}

void addOne(const std::optional<ContactRing>& ring, bool isV4, Tested inbound, ReportItems& out) {
    if (!ring)
        return;
    ReportItem item = itemOf(*ring, isV4, inbound);
    if (!ring->by.empty()) // Masked as an address is.
        item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Contact"), ring->by));
    item.evidence.push_back(addressRow(QT_TRANSLATE_NOOP("NetworkReport", "Sent to"), ring->target.text()));
    if (ring->outcome == RingOutcome::CameIn) {
        item.evidence.push_back(sentFromRow(ring->fromNewAddress));
        item.evidence.push_back(
            dataRow(QT_TRANSLATE_NOOP("NetworkReport", "Came in after"),
                    std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(ring->took).count()) + " ms"));
    }
    out.push_back(std::move(item));
}

} // namespace

void addRung(const ReportFacts& facts, ReportItems& out) {
    addOne(facts.status.rung4, true, facts.verdict.inbound4, out);
    addOne(facts.status.rung6, false, facts.verdict.inbound6, out);
}

} // namespace culvert
