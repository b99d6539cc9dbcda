// What the report says of rings that a contact was asked for.
#include "core/messenger/network_report.h"
#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert {
namespace {

using namespace cases;

ContactRing rungBy(RingOutcome outcome, bool fromNewAddress = false) {
    return {outcome, "Mara", socket("84.115.20.7:41641"), WallTime{5}, 87ms, fromNewAddress};
}

const ReportItem* itemOf(const NetworkReport& report, std::string_view code) {
    const auto found = std::ranges::find_if(report.items, [&](const ReportItem& item) { return item.code == code; });
    return found == report.items.end() ? nullptr : &*found;
}

TEST(NetworkReport, aRingThatCameInSaysHowMuchThatProves) {
    NetworkStatus status = behindRouter();
    for (const bool fromNewAddress : {true, false}) {
        status.rung4 = rungBy(RingOutcome::CameIn, fromNewAddress);
        const NetworkReport report = makeReport(status);
        const ReportItem* item = itemOf(report, "rung.ipv4_came_in");
        ASSERT_NE(item, nullptr);
        EXPECT_EQ(item->severity, fromNewAddress ? ReportSeverity::Good : ReportSeverity::Information);
        const std::string text = toText(report, false);
        for (const char* words : {"Mara", "84.115.20.7:41641", "87 ms"})
            EXPECT_NE(text.find(words), std::string::npos) << words;
        EXPECT_EQ(toText(report, true).find("Mara"), std::string::npos);
    }
}

// An open port that a router promises, and nothing comes in.
TEST(NetworkReport, aRingThatDidNotComeInOutweighsAPromise) {
    NetworkStatus status = openPort();
    status.gateway.udp.state = PortMappingState::Claimed;
    status.inbound4 = {};
    status.nat.filtering.reset();
    EXPECT_EQ(makeReport(status).verdict.inbound4, Tested::NotTested);
    status.rung4 = rungBy(RingOutcome::NothingCame);
    const NetworkReport report = makeReport(status);
    EXPECT_EQ(report.verdict.inbound4, Tested::No);
    EXPECT_EQ(itemOf(report, "rung.ipv4_nothing_came")->severity, ReportSeverity::Warning);
    status.inbound4 = {true, WitnessKind::ThirdParty, true, {}};
    EXPECT_EQ(makeReport(status).verdict.inbound4, Tested::Yes) << "a packet can get lost";
}

TEST(NetworkReport, aRingWithoutAnAnswerProvesNothing) {
    NetworkStatus status = behindRouter();
    const Tested before = makeReport(status).verdict.inbound4;
    for (const auto& [outcome, code] :
         {std::pair(RingOutcome::Waiting, "rung.ipv4_waiting"), std::pair(RingOutcome::TooSoon, "rung.ipv4_too_soon"),
          std::pair(RingOutcome::NoWay, "rung.ipv4_no_way"), std::pair(RingOutcome::NoAnswer, "rung.ipv4_no_answer")}) {
        status.rung4 = rungBy(outcome);
        const NetworkReport report = makeReport(status);
        EXPECT_NE(itemOf(report, code), nullptr) << code;
        EXPECT_EQ(report.verdict.inbound4, before);
    }
}

} // namespace
} // namespace culvert
