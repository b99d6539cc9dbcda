// Tables of cases: which facts lead to which verdict, summary and findings.
#include "core/messenger/network_report.h"
#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

namespace culvert {
namespace {

using namespace cases;
using Edit = std::function<void(NetworkStatus&)>;

const ReportItem* find(const NetworkReport& report, std::string_view code) {
    for (const ReportItem& item : report.items)
        if (item.code == code)
            return &item;
    return nullptr;
}

std::string codesOf(const NetworkReport& report) {
    std::string out;
    for (const ReportItem& item : report.items)
        out += std::string(item.code) + " ";
    return out;
}

struct VerdictCase {
    const char* name;
    Edit edit; ///< of behindRouter()
    Tested expected;
};

void hole(NetworkStatus& status, bool fromNewAddress, std::optional<NatFiltering> filtering) {
    status.inbound4 = {true, WitnessKind::Contact, fromNewAddress, std::nullopt};
    status.nat.isTranslated = true;
    status.nat.filtering = filtering;
}

TEST(NetworkReport, inboundOverIpv4IsCalledOpenOnlyWhenThatIsProven) {
    const VerdictCase table[] = {
        {"nothing tested", [](auto&) {}, Tested::NotTested},
        {"from a new address", [](auto& s) { hole(s, true, std::nullopt); }, Tested::Yes},
        {"from a new port, filter unknown", [](auto& s) { hole(s, false, std::nullopt); }, Tested::NotTested},
        {"from a new port, filter by address: settled without a mapping, so shut",
         [](auto& s) { hole(s, false, NatFiltering::AddressDependent); }, Tested::No},
        {"from a new port, filter by address, a mapping claimed",
         [](auto& s) {
             hole(s, false, NatFiltering::AddressDependent);
             s.gateway.udp.state = PortMappingState::Claimed;
         },
         Tested::NotTested},
        {"from a new port through a filter by port",
         [](auto& s) { hole(s, false, NatFiltering::AddressAndPortDependent); }, Tested::Yes},
        {"from a new port, no filter", [](auto& s) { hole(s, false, NatFiltering::EndpointIndependent); }, Tested::Yes},
        {"from a new port, not translated: a firewall may filter by address all the same",
         [](auto& s) {
             hole(s, false, std::nullopt);
             s.nat.isTranslated = false;
         },
         Tested::NotTested},
        {"nothing came", [](auto& s) { s.inbound4.isOpen = false; }, Tested::No},
        {"nothing came, although a mapping is claimed",
         [](auto& s) {
             s.inbound4.isOpen = false;
             s.gateway.udp.state = PortMappingState::Claimed;
         },
         Tested::No},
        {"the mapping is proven", [](auto& s) { s.gateway.udp.state = PortMappingState::Proven; }, Tested::Yes},
        {"the mapping is confirmed", [](auto& s) { s.gateway.udp.state = PortMappingState::Confirmed; },
         Tested::NotTested},
        {"a filter, nothing mapped", [](auto& s) { s.nat.filtering = NatFiltering::AddressAndPortDependent; },
         Tested::No},
        {"a filter, not settled",
         [](auto& s) {
             s.nat.filtering = NatFiltering::AddressDependent;
             s.gateway.isSettled = false;
         },
         Tested::NotTested},
        {"a filter on a public address",
         [](auto& s) {
             s.nat.filtering = NatFiltering::AddressDependent;
             s.nat.isTranslated = false;
         },
         Tested::NotTested},
        {"no filter, nothing tried", [](auto& s) { s.nat.filtering = NatFiltering::EndpointIndependent; },
         Tested::NotTested},
    };
    for (const VerdictCase& row : table) {
        NetworkStatus status = behindRouter();
        row.edit(status);
        const NetworkReport report = makeReport(status);
        EXPECT_EQ(report.verdict.inbound4, row.expected) << row.name;
        const char* code = row.expected == Tested::Yes  ? "ipv4.inbound_open"
                           : row.expected == Tested::No ? "ipv4.inbound_closed"
                                                        : "ipv4.inbound_not_tested";
        EXPECT_NE(find(report, code), nullptr) << row.name << ": " << codesOf(report);
    }
}

void sixIsOpen(NetworkStatus& status) {
    addIpv6(status);
    status.inbound6 = {true, WitnessKind::Contact, true, std::nullopt};
}

void giveDoorbell(NetworkStatus& status, bool hearsErrors, bool isKept) {
    addIpv6(status);
    status.doorbell = {hearsErrors, true, isKept, {}, 2, 0};
}

TEST(NetworkReport, overIpv6OnlyANewAddressIsProof) {
    const VerdictCase table[] = {
        {"nothing tested", [](auto&) {}, Tested::NotTested},
        {"a new port",
         [](auto& s) {
             s.inbound6 = {true, WitnessKind::Contact, false, std::nullopt};
         },
         Tested::NotTested},
        {"a new address",
         [](auto& s) {
             s.inbound6 = {true, WitnessKind::Contact, true, std::nullopt};
         },
         Tested::Yes},
        {"nothing came", [](auto& s) { s.inbound6.isOpen = false; }, Tested::No},
        {"a pinhole claimed", [](auto& s) { s.gateway.pinholes[0].state = PortMappingState::Claimed; },
         Tested::NotTested},
        {"a pinhole proven", [](auto& s) { s.gateway.pinholes[0].state = PortMappingState::Proven; }, Tested::Yes},
        {"no IPv6",
         [](auto& s) {
             sixIsOpen(s);
             s.local.native6.clear();
         },
         Tested::NotTested},
    };
    for (const VerdictCase& row : table) {
        NetworkStatus status = behindRouter();
        addIpv6(status);
        row.edit(status);
        EXPECT_EQ(makeReport(status).verdict.inbound6, row.expected) << row.name;
    }
    NetworkStatus status = behindRouter();
    addIpv6(status);
    status.inbound6 = {true, WitnessKind::Contact, false, std::nullopt};
    const NetworkReport report = makeReport(status);
    ASSERT_NE(find(report, "firewall.ipv6_not_tested"), nullptr);
    EXPECT_STREQ(find(report, "firewall.ipv6_not_tested")->evidence.back().label, "Why that is no proof");
}

struct SummaryCase {
    const char* name;
    NetworkStatus (*start)();
    Edit edit;
    const char* summary;
    ReportSeverity severity;
};

constexpr const char* kReach = "Friends can reach you";
constexpr const char* kProbably = "Friends can probably reach you";
constexpr const char* kOnly6 = "Friends with IPv6 can reach you; others need you to call first";
constexpr const char* kMaybe6 =
    "Friends with IPv6 can reach you if your router lets them in; others need you to call first";
constexpr const char* kNobody = "Nobody can start a call to you; you can call out";
constexpr const char* kProbablyNot = "Friends can probably not start a call to you; you can call out";
constexpr const char* kFinding = "Finding out who can reach you";
constexpr const char* kNoNetwork = "This computer has no network";
constexpr const char* kOnLink = "Only friends on your local network can reach you";

const SummaryCase kSummaries[] = {
    {"no address", nothing, [](auto&) {}, kNoNetwork, ReportSeverity::Problem},
    {"loopback alone", nothing, [](auto& s) { s.local.v4 = {v4("127.0.0.1")}; }, kNoNetwork, ReportSeverity::Problem},
    {"a switch and nothing else", nothing, [](auto& s) { s.lan.isOn = s.lan.isPossible = true; }, kOnLink,
     ReportSeverity::Warning},
    {"an open port", openPort, [](auto&) {}, kReach, ReportSeverity::Good},
    {"an open port, tests run", openPort, [](auto& s) { s.testsAreRunning = true; }, kReach, ReportSeverity::Good},
    {"a claimed port", behindRouter, [](auto& s) { s.gateway.udp.state = PortMappingState::Claimed; }, kProbably,
     ReportSeverity::Information},
    {"a confirmed port", behindRouter, [](auto& s) { s.gateway.udp.state = PortMappingState::Confirmed; }, kProbably,
     ReportSeverity::Information},
    {"a claimed port that nothing came through", behindRouter,
     [](auto& s) {
         s.gateway.udp.state = PortMappingState::Claimed;
         s.inbound4.isOpen = false;
     },
     kNobody, ReportSeverity::Problem},
    {"a public address of its own", behindRouter, [](auto& s) { s.local.v4 = {v4("84.115.20.7")}; }, kProbably,
     ReportSeverity::Information},
    {"nothing open that anybody told of", behindRouter, [](auto&) {}, kProbablyNot, ReportSeverity::Problem},
    {"nothing open, and somebody tried", behindRouter, [](auto& s) { s.inbound4.isOpen = false; }, kNobody,
     ReportSeverity::Problem},
    {"the router is being asked", behindRouter,
     [](auto& s) {
         s.gateway.isSettled = false;
         s.gateway.udp.state = PortMappingState::Trying;
     },
     kFinding, ReportSeverity::Information},
    {"tests run", behindRouter, [](auto& s) { s.testsAreRunning = true; }, kFinding, ReportSeverity::Information},
    {"never asked, nothing to wait for", behindRouter, [](auto& s) { s.gateway = {}; }, kProbablyNot,
     ReportSeverity::Problem},
    {"IPv6, not tested", behindRouter, addIpv6, kMaybe6, ReportSeverity::Warning},
    {"IPv6, open", behindRouter, sixIsOpen, kOnly6, ReportSeverity::Warning},
    {"IPv6, shut", carrier, [](auto&) {}, kNobody, ReportSeverity::Problem},
};

TEST(NetworkReport, oneSentenceSaysWhoCanStart) {
    for (const SummaryCase& row : kSummaries) {
        NetworkStatus status = row.start();
        row.edit(status);
        const NetworkReport report = makeReport(status);
        EXPECT_STREQ(report.summary, row.summary) << row.name;
        EXPECT_EQ(report.severity, row.severity) << row.name;
        EXPECT_STRNE(report.brief, "") << row.name;
    }
}

struct ItemCase {
    const char* code;
    NetworkStatus (*start)();
    Edit edit;
    ReportSeverity severity;
};

void fails(NetworkStatus& status, PortMappingFailure failure) {
    status.gateway.udp.failure = failure;
}

void pinhole(NetworkStatus& status, PortMappingState state, PortMappingFailure failure = PortMappingFailure::None) {
    addIpv6(status);
    status.gateway.pinholes[0].state = state;
    status.gateway.pinholes[0].failure = failure;
}

void vpn(NetworkStatus& status) {
    status.local.interfaces.push_back({"wg0", 7, InterfaceKind::Vpn, {{host("10.8.0.2"), 24, false, false}}});
    status.local.routers.insert(status.local.routers.begin(), {host("10.8.0.1"), host("10.8.0.2"), 7});
}

const auto kGood = ReportSeverity::Good;
const auto kInformation = ReportSeverity::Information;
const auto kWarning = ReportSeverity::Warning;
const auto kProblem = ReportSeverity::Problem;

// Each code once at least: the facts that bring it, and how bad it is then.
const ItemCase kItems[] = {
    {"network.none", nothing, [](auto&) {}, kProblem},
    {"ipv4.none", nothing, addIpv6, kInformation},
    {"ipv4.private", behindRouter, [](auto&) {}, kInformation},
    {"ipv4.public", behindRouter, [](auto& s) { s.local.v4 = {v4("84.115.20.7")}; }, kGood},
    {"ipv6.none", behindRouter, [](auto&) {}, kWarning},
    {"ipv6.none", openPort, [](auto&) {}, kInformation},
    {"ipv6.ok", behindRouter, addIpv6, kGood},
    {"ipv6.only_temporary", behindRouter,
     [](auto& s) {
         addIpv6(s);
         s.local.native6.erase(s.local.native6.begin());
     },
     kWarning},
    {"ipv6.ula_only", behindRouter, [](auto& s) { s.local.lan6 = {v6("fd12:3456:789a::1")}; }, kInformation},
    {"ipv6.deprecated", behindRouter,
     [](auto& s) {
         s.local.interfaces[0].addresses.push_back({host("2a02:8388::7"), 64, false, true});
     },
     kWarning},
    {"families.vpn", behindRouter, vpn, kWarning},
    {"port_mapping.off", behindRouter, [](auto& s) { s.gateway = {}; }, kWarning},
    {"port_mapping.off", behindRouter,
     [](auto& s) {
         s.gateway = {};
         s.local.v4 = {v4("84.115.20.7")};
     },
     kInformation},
    {"port_mapping.trying", behindRouter, [](auto& s) { s.gateway.udp.state = PortMappingState::Trying; },
     kInformation},
    {"port_mapping.proven", openPort, [](auto&) {}, kGood},
    {"port_mapping.confirmed", openPort, [](auto& s) { s.gateway.udp.state = PortMappingState::Confirmed; },
     kInformation},
    {"port_mapping.claimed", openPort, [](auto& s) { s.gateway.udp.state = PortMappingState::Claimed; }, kInformation},
    {"port_mapping.no_router", behindRouter, [](auto&) {}, kProblem},
    {"port_mapping.no_router", behindRouter, sixIsOpen, kWarning},
    {"port_mapping.no_router", behindRouter, [](auto& s) { s.local.v4 = {v4("84.115.20.7")}; }, kInformation},
    {"port_mapping.refused", behindRouter, [](auto& s) { fails(s, PortMappingFailure::Refused); }, kProblem},
    {"port_mapping.private_external", carrier, [](auto&) {}, kProblem},
    {"port_mapping.port_differs", behindRouter, [](auto& s) { fails(s, PortMappingFailure::PortDiffers); }, kProblem},
    {"port_mapping.another_host", behindRouter, [](auto& s) { fails(s, PortMappingFailure::AnotherHost); }, kProblem},
    {"port_mapping.failed", behindRouter, [](auto& s) { fails(s, PortMappingFailure::None); }, kProblem},
    {"gateway.broken", carrier, [](auto&) {}, kWarning},
    {"pinhole.open", behindRouter, [](auto& s) { pinhole(s, PortMappingState::Confirmed); }, kGood},
    {"pinhole.open", behindRouter,
     [](auto& s) {
         pinhole(s, PortMappingState::Claimed);
         s.inbound6.isOpen = s.inbound6.fromNewAddress = true;
     },
     kGood},
    {"pinhole.claimed", behindRouter, [](auto& s) { pinhole(s, PortMappingState::Claimed); }, kInformation},
    {"pinhole.trying", behindRouter, [](auto& s) { pinhole(s, PortMappingState::Trying); }, kInformation},
    {"pinhole.refused", carrier, [](auto&) {}, kWarning},
    {"pinhole.none", behindRouter, [](auto& s) { pinhole(s, PortMappingState::Failed, PortMappingFailure::NoRouter); },
     kInformation},
    {"pinhole.not_needed", behindRouter,
     [](auto& s) {
         pinhole(s, PortMappingState::Failed, PortMappingFailure::Refused);
         s.inbound6.isOpen = s.inbound6.fromNewAddress = true;
     },
     kGood},
    {"nat.none", behindRouter, [](auto& s) { s.nat.isTranslated = false; }, kGood},
    {"nat.not_tested", behindRouter, [](auto&) {}, kInformation},
    {"nat.behaviour", openPort, [](auto&) {}, kGood},
    {"nat.behaviour", carrier, [](auto&) {}, kInformation},
    {"nat.symmetric", carrier, [](auto&) {}, kWarning},
    {"nat.symmetric", openPort, [](auto& s) { s.nat.mapping = NatMapping::AddressAndPortDependent; }, kInformation},
    {"nat.nested", behindRouter, [](auto& s) { s.nat.isNested = true; }, kProblem},
    {"nat.carrier", carrier, [](auto&) {}, kProblem},
    {"nat.carrier", behindRouter,
     [](auto& s) {
         s.local.v4 = {v4("100.70.1.2")};
         s.local.interfaces[0].addresses[0].address = host("100.70.1.2");
     },
     kProblem},
    {"nat.hairpin", carrier, [](auto&) {}, kInformation},
    {"nat.hairpin", carrier, [](auto& s) { s.nat.hairpins = true; }, kGood},
    {"nat.lifetime_short", carrier, [](auto&) {}, kWarning},
    {"firewall.ipv6_open", behindRouter, sixIsOpen, kGood},
    {"firewall.ipv6_closed", carrier, [](auto&) {}, kProblem},
    {"firewall.ipv6_not_tested", behindRouter, addIpv6, kInformation},
    {"ipv4.inbound_open", openPort, [](auto&) {}, kGood},
    {"ipv4.inbound_closed", behindRouter, [](auto& s) { s.inbound4.isOpen = false; }, kProblem},
    {"ipv4.inbound_not_tested", behindRouter, [](auto&) {}, kInformation},
    {"third_party.none", behindRouter, [](auto&) {}, kInformation},
    {"third_party.ok", openPort, [](auto&) {}, kGood},
    {"third_party.no_answer", carrier, [](auto&) {}, kWarning},
    {"teredo.own_address", openPort, [](auto& s) { s.teredoAddress = v6("2001:0:5473:1407:8000:5d56:ab8c:ebf8"); },
     kGood},
    {"teredo.none", behindRouter, [](auto&) {}, kInformation},
    {"teredo.probing", behindRouter, [](auto& s) { s.teredo.state = TeredoState::Probing; }, kInformation},
    {"teredo.no_server", behindRouter, [](auto& s) { s.teredo.state = TeredoState::Offline; }, kWarning},
    {"teredo.cone", behindRouter, [](auto& s) { qualify(s, TeredoKind::Cone); }, kGood},
    {"doorbell.kept", behindRouter, [](auto& s) { giveDoorbell(s, true, true); }, kGood},
    {"doorbell.open", behindRouter, [](auto& s) { giveDoorbell(s, true, false); }, kGood},
    {"doorbell.unsupported", behindRouter, [](auto& s) { giveDoorbell(s, false, false); }, kInformation},
    {"doorbell.by_server", behindRouter, [](auto& s) { s.doorbell.byServer = v6("2001:0:5409:1::1"); }, kGood},
    {"doorbell.sent", behindRouter, [](auto& s) { s.doorbell.sent = 3; }, kInformation},
    {"lan.on", behindRouter,
     [](auto& s) {
         s.lan = {true, true, true, 0, 4};
     },
     kGood},
    {"lan.heard", behindRouter,
     [](auto& s) {
         s.lan = {true, true, true, 2, 4};
     },
     kGood},
    {"network.link_only", nothing,
     [](auto& s) {
         s.lan = {true, true, true, 0, 4};
     },
     ReportSeverity::Warning},
    {"lan.off", behindRouter,
     [](auto& s) {
         s.lan = {true, false, false, 0, 0};
     },
     kInformation},
    {"teredo.restricted", behindRouter, [](auto& s) { qualify(s, TeredoKind::Restricted); }, kInformation},
    {"teredo.symmetric", behindRouter, [](auto& s) { qualify(s, TeredoKind::Symmetric); }, kInformation},
    {"teredo.own_address", openPort,
     [](auto& s) {
         qualify(s, TeredoKind::Restricted);
         s.teredoAddress = v6("2001:0:5473:1407:8000:5d56:ab8c:ebf8");
     },
     kGood},
};

TEST(NetworkReport, factsLeadToFindings) {
    for (const ItemCase& row : kItems) {
        NetworkStatus status = row.start();
        row.edit(status);
        const NetworkReport report = makeReport(status);
        const ReportItem* item = find(report, row.code);
        ASSERT_NE(item, nullptr) << row.code << " is not among " << codesOf(report);
        EXPECT_EQ(item->severity, row.severity) << row.code;
        EXPECT_STRNE(item->title, "") << row.code;
        if (item->severity >= ReportSeverity::Warning) {
            EXPECT_STRNE(item->fix, "") << row.code << ": what is bad needs something to do";
        }
    }
}

TEST(NetworkReport, aFindingStandsOnceAndTheWorstIsFirst) {
    for (const ItemCase& row : kItems) {
        NetworkStatus status = row.start();
        row.edit(status);
        const NetworkReport report = makeReport(status);
        std::set<std::string> seen;
        for (std::size_t i = 0; i < report.items.size(); ++i) {
            EXPECT_TRUE(seen.insert(report.items[i].code).second) << report.items[i].code;
            EXPECT_GE(report.items[i == 0 ? 0 : i - 1].severity, report.items[i].severity) << report.items[i].code;
        }
    }
}

struct AbsenceCase {
    const char* code;
    NetworkStatus (*start)();
    Edit edit;
};

const AbsenceCase kAbsences[] = {
    {"nat.nested", carrier, [](auto&) {}}, // the carrier is the better word
    {"nat.nested", openPort, [](auto&) {}},
    {"nat.carrier", behindRouter, // an overlay network uses the same range
     [](auto& s) {
         s.local.v4.push_back(v4("100.70.1.2"));
         s.local.interfaces.push_back({"ts0", 9, InterfaceKind::Vpn, {{host("100.70.1.2"), 32, false, false}}});
     }},
    {"nat.symmetric", openPort, [](auto&) {}},
    {"nat.lifetime_short", openPort, [](auto& s) { s.nat.lifetimeBelow = std::chrono::minutes(5); }},
    {"families.vpn", behindRouter, // a VPN for some addresses carries nothing of ours
     [](auto& s) {
         vpn(s);
         std::swap(s.local.routers[0], s.local.routers[1]);
     }},
    {"ipv6.only_temporary", behindRouter, addIpv6},
    {"pinhole.none", behindRouter, [](auto&) {}},
    {"third_party.none", openPort, [](auto&) {}},
    {"ipv4.private", nothing, [](auto&) {}},
};

TEST(NetworkReport, nothingIsClaimedWithoutItsFacts) {
    for (const AbsenceCase& row : kAbsences) {
        NetworkStatus status = row.start();
        row.edit(status);
        EXPECT_EQ(find(makeReport(status), row.code), nullptr) << row.code;
    }
}

struct AdviceCase {
    const char* name;
    NetworkStatus (*start)();
    Edit edit;
    const char* code;
    const char* fix;
};

const AdviceCase kAdvice[] = {
    {"a strict router", behindRouter, [](auto& s) { s.nat.varies = true; }, "nat.symmetric",
     "Open a port in your router: switch on UPnP there, or forward Culvert's port by hand."},
    {"a strict router behind a carrier's NAT", carrier, [](auto&) {}, "nat.symmetric",
     "Ask your provider for an IPv4 address of your own."},
    {"shut behind a carrier's NAT", carrier, [](auto&) {}, "ipv4.inbound_closed",
     "Ask your provider for an IPv4 address of your own."},
    {"shut behind two routers", behindRouter,
     [](auto& s) {
         s.inbound4.isOpen = false;
         s.nat.isNested = true;
     },
     "ipv4.inbound_closed", "Let one of the two routers pass everything on (bridge mode)."},
    {"a carrier's NAT that opened a port", openPort, [](auto& s) { s.local.v4 = {v4("100.70.1.2")}; }, "nat.carrier",
     ""},
    {"a carrier's NAT, and no IPv6", behindRouter, [](auto& s) { s.gateway.udp.routerAddress = v4("100.83.17.5"); },
     "nat.carrier", "Ask your provider for an IPv4 address of your own, or for IPv6."},
    {"the router let IPv6 in, and nothing came", behindRouter,
     [](auto& s) {
         addIpv6(s);
         s.inbound6.isOpen = false;
     },
     "firewall.ipv6_closed", "Let Culvert through the firewall of this computer."},
};

TEST(NetworkReport, adviceFitsWhatElseIsKnown) {
    for (const AdviceCase& row : kAdvice) {
        NetworkStatus status = row.start();
        row.edit(status);
        const NetworkReport report = makeReport(status);
        const ReportItem* item = find(report, row.code);
        ASSERT_NE(item, nullptr) << row.name << ": " << codesOf(report);
        EXPECT_STREQ(item->fix, row.fix) << row.name;
    }
}

// The port may be forwarded by hand, of which no protocol tells.
TEST(NetworkReport, withoutATestNobodyIsSaidToBeLockedOut) {
    EXPECT_STREQ(find(makeReport(behindRouter()), "port_mapping.no_router")->dependents,
                 "Unless the port is forwarded by hand, friends can't start a conversation with you over IPv4; you "
                 "have to start it.");
    EXPECT_STREQ(find(makeReport(carrier()), "port_mapping.private_external")->dependents,
                 "Friends can't start a conversation with you over IPv4; you have to start it.");
}

TEST(NetworkReport, verdictNamesTheProtocols) {
    NetworkStatus status = openPort();
    addIpv6(status);
    status.gateway.pinholes[0].protocol = MappingProtocol::Upnp;
    const NetworkVerdict open = makeReport(status).verdict;
    EXPECT_EQ(open.mappedBy, MappingProtocol::Pcp);
    EXPECT_EQ(open.pinholeBy, MappingProtocol::Upnp);
    EXPECT_TRUE(open.has4 && open.has6);
    const NetworkVerdict shut = makeReport(carrier()).verdict;
    EXPECT_FALSE(shut.mappedBy || shut.pinholeBy);
    EXPECT_EQ(shut.nat, carrier().nat);
}

TEST(NetworkReport, isCompleteWhenNothingIsTestedAnyMore) {
    NetworkStatus status = behindRouter();
    EXPECT_TRUE(makeReport(status).isComplete);
    status.testsAreRunning = true;
    EXPECT_FALSE(makeReport(status).isComplete);
    status = behindRouter();
    status.gateway.isSettled = false;
    EXPECT_FALSE(makeReport(status).isComplete);
    status.gateway.udp.state = PortMappingState::Off;
    EXPECT_TRUE(makeReport(status).isComplete);
}

TEST(NetworkReport, whatWasNotTestedSaysSo) {
    NetworkStatus status = behindRouter();
    status.nat.isTranslated = true;
    const NetworkReport report = makeReport(status);
    const ReportItem* item = find(report, "nat.behaviour");
    ASSERT_NE(item, nullptr);
    ASSERT_FALSE(item->evidence.empty());
    for (const ReportEvidence& row : item->evidence)
        EXPECT_EQ(row.value, "not tested") << row.label;
}

TEST(NetworkReport, saysThatUdpDoesNotGetThroughWhereThatIsKnown) {
    NetworkStatus status = behindRouter();
    EXPECT_EQ(find(makeReport(status), "udp.blocked"), nullptr);
    status.tcp.answeredByTcp = true;
    status.tcp.isUdpBlocked = false;
    EXPECT_EQ(find(makeReport(status), "udp.blocked"), nullptr);
    status.tcp.isUdpBlocked = true;
    const NetworkReport report = makeReport(status);
    const ReportItem* item = find(report, "udp.blocked");
    ASSERT_NE(item, nullptr);
    EXPECT_EQ(item->severity, ReportSeverity::Warning);
    EXPECT_EQ(item->evidence.size(), 2U);
    EXPECT_STRNE(item->fix, "");
}

TEST(NetworkReport, anOuterPortThatDiffersStandsBesideOurs) {
    NetworkStatus status = behindRouter();
    status.local.port = 41000;
    status.gateway.udp.state = PortMappingState::Confirmed;
    status.gateway.udp.failure = PortMappingFailure::PortDiffers;
    status.gateway.udp.external = SocketAddress(Ipv4Address::of(45, 83, 2, 2), 50000);
    status.gateway.tcp = status.gateway.udp;
    const NetworkReport report = makeReport(status);
    const ReportItem* item = find(report, "port_mapping.confirmed");
    ASSERT_NE(item, nullptr);
    std::map<std::string_view, std::string> rows;
    for (const ReportEvidence& row : item->evidence)
        rows[row.label] = row.value;
    EXPECT_EQ(rows["Culvert's UDP port"], "41000");
    EXPECT_EQ(rows["Outer address and port"], "45.83.2.2:50000");
    EXPECT_EQ(rows["The same port for TCP"], "opened");
}

} // namespace
} // namespace culvert
