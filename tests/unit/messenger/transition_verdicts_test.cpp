// Each mechanism on each kind of computer, and towards each kind of peer.
#include "core/messenger/network_report.h"
#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

#include <functional>

namespace culvert {
namespace {

using namespace cases;
using enum TransitionMechanism;

TransitionVerdict judge(const NetworkStatus& status, TransitionMechanism mechanism,
                        const std::optional<PeerFamilies>& peer = {}) {
    for (const TransitionVerdict& verdict : judgeMechanisms(status, peer))
        if (verdict.mechanism == mechanism)
            return verdict;
    ADD_FAILURE() << "a mechanism is missing";
    return {};
}

struct HereCase {
    const char* name;
    std::function<void(NetworkStatus&)> edit; ///< of behindRouter()
    TransitionMechanism mechanism;
    Tested isPresent;
    Tested isUsable;
    const char* reasonPart;
};

void holds(NetworkStatus& status, InterfaceKind kind, const char* address) {
    status.local.interfaces.push_back({"tunnel", 5, kind, {{host(address), 64, false, false}}});
}

void isPublic(NetworkStatus& status) {
    status.local.v4 = {v4("84.115.20.7")};
}

constexpr auto kYes = Tested::Yes;
constexpr auto kNo = Tested::No;
constexpr auto kNotTested = Tested::NotTested;

const HereCase kHere[] = {
    {"no IPv6", [](auto&) {}, Native, kNo, kNo, "no IPv6 of its own"},
    {"IPv6", addIpv6, Native, kYes, kYes, "best way"},
    {"behind a NAT", [](auto&) {}, SixToFour, kNo, kNo, "41) don't get through a NAT"},
    {"a public address", isPublic, SixToFour, kNo, kNo, "administrator rights"},
    {"set up on a public address",
     [](auto& s) {
         isPublic(s);
         holds(s, InterfaceKind::Tunnel6, "2002:5473:1407::1");
     },
     SixToFour, kYes, kNo, "RFC 7526"},
    {"set up behind a NAT", [](auto& s) { holds(s, InterfaceKind::Tunnel6, "2002:c0a8:b218::1"); }, SixToFour, kYes,
     kNo, "NAT"},
    {"the router's own", [](auto& s) { holds(s, InterfaceKind::Physical, "2002:5473:1407:1::2"); }, SixToFour, kYes,
     kNo, "It is set up"},
    {"no IPv6", [](auto&) {}, SixRd, kNo, kNo, "Only the provider"},
    {"IPv6, which may be 6rd", addIpv6, SixRd, kNotTested, kNotTested, "ordinary IPv6"},
    {"no broker", [](auto&) {}, SixInFour, kNo, kNo, "protocol 41"},
    {"no broker, a public address", isPublic, SixInFour, kNo, kNo, "administrator rights"},
    {"IPv6 without a broker", addIpv6, SixInFour, kNo, kNo, "broker"},
    {"a broker",
     [](auto& s) {
         holds(s, InterfaceKind::Tunnel6, "2001:470:1f0a::2");
         s.local.native6 = {v6("2001:470:1f0a::2")};
     },
     SixInFour, kYes, kYes, "broker"},
    {"none of the system", [](auto&) {}, TransitionMechanism::Teredo, kNo, kNo, "none is needed"},
    {"the system's own", [](auto& s) { holds(s, InterfaceKind::Teredo, "2001:0:5ef5:79fb::1"); },
     TransitionMechanism::Teredo, kYes, kNotTested, "system's own"},
    {"behind a NAT", [](auto&) {}, CulvertTunnel, kYes, kYes, "yours is not open"},
    {"a mapped port", [](auto& s) { s.gateway.udp.state = PortMappingState::Claimed; }, CulvertTunnel, kYes, kYes,
     "your open port"},
    {"a mapped port that is shut",
     [](auto& s) {
         s.gateway.udp.state = PortMappingState::Claimed;
         s.inbound4.isOpen = false;
     },
     CulvertTunnel, kYes, kYes, "yours is not open"},
    {"a Teredo address", [](auto& s) { s.teredoAddress = v6("2001:0:5473:1407::1"); }, CulvertTunnel, kYes, kYes,
     "your open port"},
    {"no IPv4", [](auto& s) { s.local.v4.clear(); }, CulvertTunnel, kYes, kNo, "no IPv4"},
    {"no port", [](auto& s) { s.local.port = 0; }, CulvertTunnel, kNo, kNo, "no port"},
};

TEST(TransitionVerdicts, judgeThisComputer) {
    for (const HereCase& row : kHere) {
        NetworkStatus status = behindRouter();
        row.edit(status);
        const TransitionVerdict verdict = judge(status, row.mechanism);
        EXPECT_EQ(verdict.isPresent, row.isPresent) << row.name << ": " << verdict.reason;
        EXPECT_EQ(verdict.isUsable, row.isUsable) << row.name << ": " << verdict.reason;
        EXPECT_NE(std::string_view(verdict.reason).find(row.reasonPart), std::string_view::npos)
            << row.name << ": " << verdict.reason;
    }
}

struct PeerCase {
    const char* name;
    NetworkStatus status;
    PeerFamilies peer;
    TransitionMechanism mechanism;
    Tested isUsable;
    const char* reasonPart;
};

NetworkStatus withIpv6() {
    NetworkStatus status = behindRouter();
    addIpv6(status);
    return status;
}

TEST(TransitionVerdicts, judgeTheWayToAPeer) {
    constexpr PeerFamilies kShut{}, kSix{true, false, false, false}, kFour{false, true, false, false},
        kTeredo{false, false, true, false}, kNear{false, false, false, true};
    const PeerCase table[] = {
        {"both have IPv6", withIpv6(), kSix, Native, kYes, "both of you"},
        {"the peer has none", withIpv6(), kFour, Native, kNo, "This peer has no IPv6"},
        {"we have none", behindRouter(), kSix, Native, kNo, "This computer has no IPv6"},
        {"the peer's port is open", behindRouter(), kFour, CulvertTunnel, kYes, "leads there"},
        {"the peer has a Teredo address", behindRouter(), kTeredo, CulvertTunnel, kYes, "leads there"},
        {"only ours is open", openPort(), kShut, CulvertTunnel, kYes, "leads here"},
        {"neither is open", behindRouter(), kShut, CulvertTunnel, kNotTested, "Neither of you"},
        {"the same network", behindRouter(), kNear, CulvertTunnel, kYes, "same network"},
        {"6to4 never", openPort(), kFour, SixToFour, kNo, "NAT"},
    };
    for (const PeerCase& row : table) {
        const TransitionVerdict verdict = judge(row.status, row.mechanism, row.peer);
        EXPECT_EQ(verdict.isUsable, row.isUsable) << row.name << ": " << verdict.reason;
        EXPECT_NE(std::string_view(verdict.reason).find(row.reasonPart), std::string_view::npos)
            << row.name << ": " << verdict.reason;
    }
}

} // namespace
} // namespace culvert
