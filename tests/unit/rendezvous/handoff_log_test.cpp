#include "core/rendezvous/handoff_log.h"
#include "core/rendezvous/party_health.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

const PublicKey kNear{1}, kFar{2}, kAlice{3};

TEST(HandoffLog, anAnswerCountsOnceAndFromWhomItWasAskedOf) {
    HandoffLog log;
    log.sent(Instant{1s}, 7, kNear, kAlice, 20ms);
    EXPECT_FALSE(log.answered(7, kFar));
    EXPECT_FALSE(log.answered(8, kNear));
    const auto sent = log.answered(7, kNear);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->recipient, kAlice);
    EXPECT_FALSE(log.answered(7, kNear));
    EXPECT_FALSE(log.pollTimeout());
}

TEST(HandoffLog, patienceGrowsWithTheRoundTrip) {
    HandoffLog log;
    log.sent(Instant{1s}, 1, kFar, kAlice, 400ms);
    log.sent(Instant{1s}, 2, kNear, kAlice, 5ms);
    ASSERT_TRUE(log.pollTimeout());
    EXPECT_EQ(log.pollTimeout()->at, Instant{1s} + HandoffLog::kPatienceMin);
    EXPECT_FALSE(log.pollOverdue(Instant{1s} + HandoffLog::kPatienceMin - 1ms));
    const auto first = log.pollOverdue(Instant{1s} + HandoffLog::kPatienceMin);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->party, kNear);
    EXPECT_FALSE(log.pollOverdue(Instant{1s} + 1199ms));
    EXPECT_TRUE(log.pollOverdue(Instant{1s} + 1200ms));
    EXPECT_FALSE(log.answered(1, kFar)) << "too late";
}

TEST(HandoffLog, waitsForSoManyAndNoMore) {
    HandoffLog log;
    for (std::uint64_t i = 0; i < HandoffLog::kMax + 10; ++i)
        log.sent(Instant{1s}, i, kNear, kAlice, 0ms);
    std::size_t overdue = 0;
    while (log.pollOverdue(Instant{9s}))
        ++overdue;
    EXPECT_EQ(overdue, HandoffLog::kMax);
}

TEST(PartyHealth, forgetsWhatIsLongAgo) {
    PartyHealth health;
    EXPECT_FALSE(health.isSilent());
    health.add(false);
    EXPECT_TRUE(health.isSilent());
    EXPECT_EQ(health.missed(), 1U);
    for (unsigned i = 0; i < PartyHealth::kMax; ++i)
        health.add(true);
    EXPECT_FALSE(health.isSilent());
    EXPECT_EQ(health.missed(), 0U);
    EXPECT_EQ(health.asked(), PartyHealth::kMax);
}

TEST(PartyRank, whoWasNotAskedYetThenWhoAnswersThenWhoIsNear) {
    const PartyRank best{0, false, 0, slownessOf(60ms)};
    EXPECT_LT(best, (PartyRank{1, false, 0, 0})) << "it was asked, and did not help";
    EXPECT_LT(best, (PartyRank{0, true, 0, 0})) << "it does not answer";
    EXPECT_LT(best, (PartyRank{0, false, 3, 0})) << "it often does not";
    EXPECT_LT(best, (PartyRank{0, false, 0, slownessOf(110ms)}));
    EXPECT_EQ(best, (PartyRank{0, false, 0, slownessOf(90ms)})) << "the order decides";
    EXPECT_LT((PartyRank{0, true, 9, 9}), (PartyRank{1, false, 0, 0}));
}

} // namespace
} // namespace culvert
