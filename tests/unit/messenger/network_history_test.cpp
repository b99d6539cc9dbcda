// What happened from one status to the next: a table; how much is remembered; what can be done about findings.
#include "core/messenger/network_history.h"
#include "core/messenger/network_report.h"
#include "core/messenger/report_names.h"
#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace culvert {
namespace {

using namespace cases;
using Edit = std::function<void(NetworkStatus&)>;

struct Case {
    const char* name;
    NetworkStatus before;
    Edit edit;
    const char* happened; ///< names and details
};

std::string happened(const NetworkStatus& before, const NetworkStatus& after) {
    std::string out;
    for (const NetworkEvent& event : changesBetween(before, after, {5})) {
        EXPECT_EQ(event.at.milliseconds, 5);
        out += std::string(nameOf(event.kind)) + (event.detail.empty() ? "" : " " + event.detail) + "; ";
    }
    return out;
}

const Case kCases[] = {
    {"nothing", openPort(), [](NetworkStatus&) {}, ""},
    {"a cable is plugged in", nothing(), [](NetworkStatus& s) { s.local.v4 = {v4("10.0.0.5")}; },
     "network_back; address_came 10.0.0.5; "},
    {"and out", behindRouter(), [](NetworkStatus& s) { s.local.v4.clear(); },
     "network_gone; address_went 192.168.178.24; "},
    {"loopback is no network", nothing(), [](NetworkStatus& s) { s.local.v4 = {v4("127.0.0.1")}; }, ""},
    {"another port", behindRouter(), [](NetworkStatus& s) { s.local.port = 50000; }, "port_changed 50000; "},
    {"a mapping is made, and proven", behindRouter(),
     [](NetworkStatus& s) {
         s.gateway.udp.state = PortMappingState::Proven;
         s.gateway.udp.external = socket("84.115.20.7:41641");
     },
     "mapping_made 84.115.20.7:41641; mapping_proven 84.115.20.7:41641; "},
    {"it is renewed with the same address", openPort(),
     [](NetworkStatus& s) { s.gateway.udp.state = PortMappingState::Trying; }, ""},
    {"it is lost", openPort(), [](NetworkStatus& s) { s.gateway.udp.state = PortMappingState::Failed; },
     "mapping_lost 84.115.20.7:41641; "},
    {"the router says no", nothing(), [](NetworkStatus& s) { s.gateway.udp.state = PortMappingState::Failed; },
     "mapping_failed; "},
    {"another public address", openPort(), [](NetworkStatus& s) { s.observed[0].address = socket("84.115.20.9:1"); },
     "seen_as 84.115.20.9; "},
    {"a contact's word counts for nothing", openPort(),
     [](NetworkStatus& s) { s.observed[1].address = socket("84.115.20.9:1"); }, ""},
    {"another public port is no news", openPort(),
     [](NetworkStatus& s) { s.observed[0].address = socket("84.115.20.7:9"); }, ""},
    {"a third party falls silent", openPort(), [](NetworkStatus& s) { s.thirdParties[0].registered = false; },
     "third_party_silent q7kvrxe4h3ndw2aq5olbtx6c3fyvj2kmzrup6gx2scymbpuz5q7k; "},
    {"friends get in", behindRouter(), [](NetworkStatus& s) { s.inbound4.isOpen = true; }, "inbound_open IPv4; "},
    {"and not over IPv6", behindRouter(), [](NetworkStatus& s) { s.inbound6.isOpen = false; }, "inbound_shut IPv6; "},
    {"a Teredo server tells", behindRouter(), [](NetworkStatus& s) { qualify(s, TeredoKind::Cone); },
     "teredo_qualified 2001:0:53aa:64c:8123:5d56:ab8c:ebf8; "},
    {"UDP is shut", behindRouter(), [](NetworkStatus& s) { s.tcp.isUdpBlocked = true; }, "udp_blocked; "},
};

TEST(NetworkHistory, whatHappened) {
    for (const Case& one : kCases) {
        NetworkStatus after = one.before;
        one.edit(after);
        EXPECT_EQ(happened(one.before, after), one.happened) << one.name;
    }
}

TEST(NetworkHistory, remembersTheLastEventsAndWhenTestsWereOver) {
    NetworkHistory history;
    NetworkStatus one = behindRouter(), other = behindRouter();
    other.testsAreRunning = true;
    other.inbound4.isOpen = true;
    for (std::int64_t at = 0; at < 400; ++at)
        history.note(at % 2 == 0 ? one : other, at % 2 == 0 ? other : one, {at});
    NetworkStatus told;
    history.addTo(told);
    ASSERT_EQ(told.events.size(), NetworkHistory::kEventsMax);
    EXPECT_EQ(told.events.back().at.milliseconds, 399);
    EXPECT_EQ(told.events.back().kind, NetworkEventKind::TestsDone);
    EXPECT_EQ(told.checkedAt, WallTime{399});
}

std::optional<WallTime> sinceOf(const NetworkStatus& status, std::string_view code) {
    for (const ReportItem& item : makeReport(status).items)
        if (item.code == code)
            return item.since;
    return std::nullopt;
}

TEST(NetworkHistory, aFindingKnowsSinceWhenItHolds) {
    NetworkHistory history;
    NetworkStatus status = openPort();
    history.note(nothing(), status, {10});
    NetworkStatus later = status;
    later.observed.clear();
    history.note(status, later, {20});
    history.addTo(later);
    EXPECT_EQ(sinceOf(later, "port_mapping.proven"), WallTime{10});
    NetworkStatus gone = behindRouter();
    history.note(later, gone, {30});
    history.note(gone, status, {40});
    history.addTo(status);
    EXPECT_EQ(sinceOf(status, "port_mapping.proven"), WallTime{40}) << "it was gone in between";
}

TEST(ReportAction, whatTheProgramCanDoItself) {
    NetworkStatus status = behindRouter();
    EXPECT_EQ(actionFor("port_mapping.no_router", status), ReportAction::CheckAgain);
    EXPECT_EQ(actionFor("third_party.none", status), ReportAction::AddThirdParty);
    EXPECT_EQ(actionFor("port_mapping.another_host", status), ReportAction::None) << "the port was chosen";
    status.mayChangePort = status.mayMapPort = true;
    EXPECT_EQ(actionFor("port_mapping.another_host", status), ReportAction::AnotherPort);
    EXPECT_EQ(actionFor("port_mapping.off", status), ReportAction::TurnMappingOn);
    EXPECT_EQ(actionFor("nat.symmetric", status), ReportAction::None);
    EXPECT_EQ(actionFor("no.such", status), ReportAction::None);
}

TEST(ReportText, contactsHaveNumbersWhereNamesAreMasked) {
    Contact lena;
    lena.name = "Lena";
    lena.state = ContactState::Accepted;
    lena.presence = {true, PathKind::Native6, 24ms, Verdict::None, {}};
    EXPECT_EQ(toText({lena}, true), "\nContacts\n  Contact 1: connected, native6, 24 ms\n");
    EXPECT_EQ(toText({lena}, false), "\nContacts\n  Lena: connected, native6, 24 ms\n");
    EXPECT_EQ(toText(std::vector<Contact>{}, true), "");
}

TEST(ReportText, eventsHaveTimesAndMaskedAddresses) {
    const std::vector<NetworkEvent> events{{{1'700'000'000'000}, NetworkEventKind::SeenAs, "84.115.20.7", true},
                                           {{1'700'000'001'000}, NetworkEventKind::InboundOpen, "IPv4", false}};
    EXPECT_EQ(toText(events, true), "\nWhat happened\n"
                                    "  2023-11-14 22:13:20 UTC  seen_as  84.115.x.x\n"
                                    "  2023-11-14 22:13:21 UTC  inbound_open  IPv4\n");
    EXPECT_NE(toText(events, false).find("84.115.20.7"), std::string::npos);
}

} // namespace
} // namespace culvert
