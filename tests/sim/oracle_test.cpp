// Random homes against the oracle, some hundreds; `./dev sim` runs thousands. CULVERT_SIM_SEED=N runs one seed alone.
#include "tests/sim/oracle_scenario.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace culvert::sim {
namespace {

constexpr int kBlocks = 10;
constexpr std::uint64_t kSeedsPerBlock = 30;

struct Oracle : testing::TestWithParam<int> {};

TEST_P(Oracle, isRightAboutEverySeed) {
    const char* wanted = std::getenv("CULVERT_SIM_SEED");
    const std::uint64_t first = wanted != nullptr ? std::strtoull(wanted, nullptr, 10)
                                                  : static_cast<std::uint64_t>(GetParam()) * kSeedsPerBlock + 1;
    const std::uint64_t count = wanted != nullptr ? 1 : kSeedsPerBlock;
    std::uint64_t met = 0, couldNot = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const OracleResult result = runOracleScenario(seed);
        EXPECT_TRUE(result.complaint.empty())
            << "seed " << seed << ": " << result.complaint << "replay: CULVERT_SIM_SEED=" << seed
            << " sim_tests --gtest_filter='Seeds/Oracle.*/0'";
        met += result.predicted == Answer::Yes ? 1 : 0;
        couldNot += result.predicted == Answer::No ? 1 : 0;
    }
    if (wanted != nullptr)
        return;
    EXPECT_GT(met, 0U);
    EXPECT_GT(couldNot, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Oracle, testing::Range(0, kBlocks));

// A client whose NAT draws its ports guesses one, and is called at that moment: the port that it answered from stays.
TEST(OracleReplay, bothCallWhileOneGuessesAPort) {
    for (const std::uint64_t seed : {2905, 4569})
        EXPECT_EQ(runOracleScenario(seed).complaint, "") << seed;
}

// A client behind a NAT that keeps ports answered from its random port, and nothing got through yet: when it calls once
// more, it is believed where it listens.
TEST(OracleReplay, whoHasAnsweredFromARandomPortCallsFromThere) {
    EXPECT_EQ(runOracleScenario(1450).complaint, "");
}

TEST(OracleReplay, theSameSeedGivesTheSameRun) {
    for (const std::uint64_t seed : {3, 8, 21}) {
        const OracleResult once = runOracleScenario(seed), again = runOracleScenario(seed);
        EXPECT_EQ(once.packets, again.packets) << seed;
        EXPECT_EQ(once.connectedAfter, again.connectedAfter) << seed;
        EXPECT_EQ(once.duration, again.duration) << seed;
    }
}

} // namespace
} // namespace culvert::sim
