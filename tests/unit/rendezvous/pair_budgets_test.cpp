#include "core/rendezvous/pair_budgets.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

PublicKey keyOf(std::uint32_t number) {
    PublicKey out{};
    for (std::size_t i = 0; i < sizeof(number); ++i)
        out.at(i) = static_cast<std::uint8_t>(number >> (8 * i));
    return out;
}

struct PairBudgetsTest : testing::Test {
    test::SeededRandom random{11};
    PairBudgets budgets{random};
    Instant now{1h};
};

TEST_F(PairBudgetsTest, eachDirectionOfAPairHasABurstAndThenOneInAWhile) {
    TokenBucket alices, bobs;
    unsigned granted = 0;
    for (int i = 0; i < 50; ++i)
        granted += budgets.spend(now, keyOf(1), keyOf(2), alices) ? 1 : 0;
    EXPECT_EQ(granted, PairBudgets::kBurst);
    EXPECT_TRUE(budgets.spend(now, keyOf(2), keyOf(1), bobs));
    now += PairBudgets::kRefill;
    EXPECT_TRUE(budgets.spend(now, keyOf(1), keyOf(2), alices));
    EXPECT_FALSE(budgets.spend(now, keyOf(1), keyOf(2), alices));
}

TEST_F(PairBudgetsTest, aSenderHasSoManyRecipientsAtATime) {
    TokenBucket recipients;
    unsigned granted = 0;
    for (std::uint32_t to = 100; to < 300; ++to)
        granted += budgets.spend(now, keyOf(1), keyOf(to), recipients) ? 1 : 0;
    EXPECT_EQ(granted, PairBudgets::kRecipientsMax);
    EXPECT_TRUE(budgets.spend(now, keyOf(1), keyOf(100), recipients)) << "whom it asked for already costs no other";
    now += PairBudgets::kRefill * PairBudgets::kBurst;
    EXPECT_TRUE(budgets.spend(now, keyOf(1), keyOf(299), recipients));
}

TEST_F(PairBudgetsTest, growsWithItsPairsAndForgetsNone) {
    constexpr std::uint32_t kPairs = 20'000;
    for (int round = 0; round < 2; ++round)
        for (std::uint32_t from = 1; from <= kPairs; ++from) {
            TokenBucket recipients;
            for (unsigned i = 0; i < PairBudgets::kBurst / 2; ++i)
                ASSERT_TRUE(budgets.spend(now, keyOf(from), keyOf(0), recipients));
        }
    for (std::uint32_t from = 1; from <= kPairs; ++from) {
        TokenBucket recipients;
        ASSERT_FALSE(budgets.spend(now, keyOf(from), keyOf(0), recipients)) << from;
    }
    EXPECT_LE(budgets.places(), 8 * kPairs);
}

TEST_F(PairBudgetsTest, whatIsFullAgainMakesRoom) {
    std::size_t places = 0;
    for (std::uint32_t round = 0; round < 20; ++round) {
        for (std::uint32_t from = 1; from <= 1000; ++from) {
            TokenBucket recipients;
            ASSERT_TRUE(budgets.spend(now, keyOf(round * 1000 + from), keyOf(0), recipients));
        }
        now += PairBudgets::kRefill;
        if (round == 3)
            places = budgets.places();
    }
    EXPECT_LE(budgets.places(), 2 * places);
}

} // namespace
} // namespace culvert
