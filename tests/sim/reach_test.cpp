#include "tests/sim/known_homes.h"
#include "tests/sim/oracle_scenario.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

// The homes of the laboratory's reach matrix (tests/lab/reach_homes.py).
constexpr std::string_view kHomes[] = {
    "public",
    "full_cone",
    "address_restricted",
    "port_restricted",
    "symmetric",
    "double",
    "symmetric+upnp",
    "symmetric+ipv6_open",
    "symmetric+ipv6_firewalled",
    "ipv6_firewalled",
    "port_restricted+no_udp",
};

// Bob calls; both have chosen one third party.
RandomHomes pairOf(std::string_view caller, std::string_view callee, FirstContact contact) {
    RandomHomes out;
    out.bob = homeInWords(caller).value();
    out.alice = homeInWords(callee).value();
    out.bob.name = "bob";
    out.alice.name = "alice";
    out.hasThirdParty = out.bobNamesIt = out.aliceNamesIt = true;
    out.contact = contact;
    out.truth = {factsOf(out.bob), factsOf(out.alice), {Answer::Yes, Answer::No, Answer::No}};
    out.truth.ours.knowsOther = Answer::Yes;
    out.truth.theirs.knowsOther = contact == FirstContact::Both ? Answer::Yes : Answer::No;
    return out;
}

Answer predicted(const RandomHomes& homes) {
    return predict(homes.truth.ours, homes.truth.theirs, homes.truth.help).possible;
}

struct Reach : testing::TestWithParam<std::string_view> {};

TEST_P(Reach, fromOneKindOfHomeToEach) {
    for (const std::string_view callee : kHomes) {
        RandomHomes homes = pairOf(GetParam(), callee, FirstContact::BobAlone);
        if (predicted(homes) == Answer::No)
            homes = pairOf(GetParam(), callee, FirstContact::Both);
        EXPECT_EQ(runOracleScenario(1, homes).complaint, "") << GetParam() << " calls " << callee;
    }
}

INSTANTIATE_TEST_SUITE_P(Homes, Reach, testing::ValuesIn(kHomes));

TEST(ReachOracle, theHardPairsOfTodayCanMeet) {
    for (const std::string_view home : {"symmetric+upnp", "ipv6_firewalled", "symmetric+ipv6_firewalled"})
        EXPECT_EQ(predicted(pairOf(home, home, FirstContact::BobAlone)), Answer::Yes) << home;
    EXPECT_EQ(predicted(pairOf("symmetric", "port_restricted", FirstContact::BobAlone)), Answer::Unknown);
}

TEST(KnownHomes, anUnknownWordIsRefused) {
    EXPECT_FALSE(homeInWords("port_restricted+magic"));
    EXPECT_FALSE(homeInWords("upnp")) << "there is no router to speak it";
    EXPECT_TRUE(homeInWords("symmetric+upnp"));
}

} // namespace
} // namespace culvert::sim
