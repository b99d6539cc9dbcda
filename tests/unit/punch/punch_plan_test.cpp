#include "core/punch/punch_plan.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

wire::NatHint hint(NatMapping mapping, std::optional<NatFiltering> filtering = NatFiltering::AddressAndPortDependent) {
    wire::NatHint out;
    out.ipv4 = wire::HintIpv4::Translated;
    out.mapping = mapping;
    out.filtering = filtering;
    out.searchesPorts = true;
    return out;
}

const wire::NatHint kHard = hint(NatMapping::AddressAndPortDependent);
const wire::NatHint kEasy = hint(NatMapping::EndpointIndependent);

TEST(SearchRole, isForOneHardEndAndOneEasyOne) {
    EXPECT_EQ(searchRole(kHard, kEasy), SearchRole::Opener);
    EXPECT_EQ(searchRole(kEasy, kHard), SearchRole::Seeker);
    EXPECT_EQ(searchRole(hint(NatMapping::AddressDependent), kEasy), SearchRole::Opener);
    EXPECT_EQ(searchRole(kHard, kHard), SearchRole::None) << "nothing finds a port on both sides";
    EXPECT_EQ(searchRole(kEasy, kEasy), SearchRole::None) << "they need no search";
}

TEST(SearchRole, isNoneWhereItIsNotNeeded) {
    for (const auto filtering : {NatFiltering::EndpointIndependent, NatFiltering::AddressDependent}) {
        const wire::NatHint open = hint(NatMapping::EndpointIndependent, filtering);
        EXPECT_EQ(searchRole(kHard, open), SearchRole::None);
        EXPECT_EQ(searchRole(open, kHard), SearchRole::None);
    }
    wire::NatHint open = kEasy;
    open.ipv4 = wire::HintIpv4::Public;
    EXPECT_EQ(searchRole(kHard, open), SearchRole::None);
}

TEST(SearchRole, isNoneWhereEitherEndDoesNotWantItOrDoesNotKnow) {
    for (const bool first : {true, false}) {
        wire::NatHint hard = kHard, easy = kEasy;
        (first ? hard : easy).searchesPorts = false;
        EXPECT_EQ(searchRole(hard, easy), SearchRole::None);
        EXPECT_EQ(searchRole(easy, hard), SearchRole::None);
        hard = kHard, easy = kEasy;
        (first ? hard : easy).mapping.reset();
        EXPECT_EQ(searchRole(hard, easy), SearchRole::None);
        EXPECT_EQ(searchRole(easy, hard), SearchRole::None);
        hard = kHard, easy = kEasy;
        (first ? hard : easy).isUdpBlocked = true;
        EXPECT_EQ(searchRole(hard, easy), SearchRole::None);
        EXPECT_EQ(searchRole(easy, hard), SearchRole::None);
    }
}

TEST(SearchRole, aPortThatIsKeptLooksTheSameToAllWhereNothingElseIsKnown) {
    wire::NatHint keeping = kEasy;
    keeping.mapping.reset();
    keeping.keepsPorts = true;
    EXPECT_EQ(searchRole(kHard, keeping), SearchRole::Opener);
    EXPECT_EQ(searchRole(keeping, kHard), SearchRole::Seeker);
    keeping.mapping = NatMapping::AddressDependent;
    EXPECT_EQ(searchRole(kHard, keeping), SearchRole::None);
}

TEST(SearchDelay, isTheSameAtBothEndsAndOnlyWhereSomethingIsQuicker) {
    EXPECT_EQ(searchDelay(kHard, kEasy), 0ms);
    wire::NatHint sequential = kHard, keeping = kHard, easy6 = kEasy, hard6 = kHard;
    sequential.isSequential = keeping.keepsPorts = true;
    easy6.ipv6 = wire::HintIpv6::Firewalled;
    hard6.ipv6 = wire::HintIpv6::Open;
    for (const auto& [hard, easy] : {std::pair(sequential, kEasy), {keeping, kEasy}, {hard6, easy6}}) {
        EXPECT_GT(searchDelay(hard, easy), 0ms);
        EXPECT_EQ(searchDelay(hard, easy), searchDelay(easy, hard));
    }
    EXPECT_EQ(searchDelay(kHard, easy6), 0ms) << "IPv6 at one end alone is of no use";
    wire::NatHint keepingEasy = kEasy;
    keepingEasy.keepsPorts = true;
    EXPECT_EQ(searchDelay(kHard, keepingEasy), 0ms) << "an easy end's ports need no prediction";
}

TEST(PunchStart, letsThePacketsOfBothEndsCross) {
    for (const auto& [own, theirs] : {std::pair(50ms, 50ms), {20ms, 20ms}, {50ms, 20ms}, {400ms, 400ms}}) {
        const wire::PunchPlan plan{false, punchStart(own), own};
        const Duration arrives = Duration(own) / 2 + Duration(theirs) / 2;
        const Duration begins = arrives + punchWait(plan, theirs);
        EXPECT_LE(begins - plan.start, Duration(theirs) / 2 + 1ms) << "the recipient is never earlier than it can be";
        EXPECT_GE(begins, plan.start);
    }
}

TEST(PunchStart, nobodyIsMadeToWaitForLong) {
    EXPECT_EQ(punchStart(0ms), 10ms);
    EXPECT_EQ(punchStart(1h), 1s);
    EXPECT_EQ(punchWait({false, wire::kPunchTimeMax, 0ms}, 0ms), 1s);
    EXPECT_EQ(punchWait({false, 0ms, wire::kPunchTimeMax}, 1h), 0ms);
}

TEST(OpenerHops, reachJustPastOurOwnNats) {
    wire::NatHint own = kEasy, theirs = kEasy;
    EXPECT_EQ(openerHops(own, theirs), 2);
    own.nesting = wire::HintNesting::Nested;
    EXPECT_EQ(openerHops(own, theirs), 3);
    own.nesting = wire::HintNesting::Carrier;
    EXPECT_EQ(openerHops(own, theirs), 0) << "nobody knows how far a provider's NAT is";
}

TEST(OpenerHops, areAsUsualWhereNothingIsToBeWon) {
    wire::NatHint open = kEasy, theirs = kEasy;
    open.ipv4 = wire::HintIpv4::Public;
    EXPECT_EQ(openerHops(open, theirs), 0);
    EXPECT_EQ(openerHops(theirs, open), 0);
    for (const auto filtering : {NatFiltering::EndpointIndependent, NatFiltering::AddressDependent}) {
        theirs.filtering = filtering;
        EXPECT_EQ(openerHops(kEasy, theirs), 0);
    }
    EXPECT_EQ(openerHops(kEasy, {}), 0) << "who says nothing";
}

// RFC 6081 §3.4: a sequential NAT. §3.3: one that keeps the port.
TEST(PredictedPorts, areAHandful) {
    using Ports = std::vector<std::uint16_t>;
    EXPECT_EQ(predictedPorts({5000, 0}), Ports{5000});
    EXPECT_EQ(predictedPorts({5000, 1}), (Ports{5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008}));
    EXPECT_EQ(predictedPorts({5000, -2}), (Ports{4998, 4996, 4994, 4992, 4990, 4988, 4986, 4984}));
    EXPECT_EQ(predictedPorts({65533, 1}), (Ports{65534, 65535}));
    EXPECT_EQ(predictedPorts({1025, -1}), Ports{1024});
    EXPECT_TRUE(predictedPorts({80, 0}).empty()) << "nobody makes us knock at other services";
}

} // namespace
} // namespace culvert
