// What others may cost us: just before, at and after each bound.
#include "core/base/rate_limit.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

TEST(RatePerSecond, givesSoManyAndBeginsAnew) {
    RatePerSecond rate;
    Instant now{}; // Even where time begins.
    for (int second = 0; second < 3; ++second) {
        for (int i = 0; i < 3; ++i)
            EXPECT_TRUE(rate.spend(now, 3)) << second << ": " << i;
        EXPECT_FALSE(rate.spend(now, 3));
        EXPECT_EQ(rate.next(), now + 1s);
        EXPECT_FALSE(rate.spend(now + 999ms, 3));
        now += 1s;
    }
    EXPECT_TRUE(rate.spend(now + 999ms, 3)) << "a second begins with its first";
    EXPECT_TRUE(rate.spend(now + 1998ms, 3));
    EXPECT_TRUE(rate.spend(now + 1998ms, 3));
    EXPECT_FALSE(rate.spend(now + 1998ms, 3));
    EXPECT_TRUE(rate.spend(now + 1999ms, 3));
}

TEST(TokenBucket, givesABurstAndThenARate) {
    const TokenBucket::Rate rate{4, 250ms};
    TokenBucket bucket;
    Instant now{};
    EXPECT_TRUE(bucket.isFull(now));
    EXPECT_TRUE(bucket.spend(now, rate, 3));
    EXPECT_FALSE(bucket.isFull(now));
    EXPECT_FALSE(bucket.spend(now, rate, 2)) << "what is too much takes nothing";
    EXPECT_TRUE(bucket.spend(now, rate));
    EXPECT_EQ(bucket.next(now, rate), now + 250ms);
    EXPECT_EQ(bucket.next(now + 300ms, rate), now + 300ms);
    EXPECT_FALSE(bucket.spend(now + 249ms, rate));
    EXPECT_TRUE(bucket.spend(now + 250ms, rate));
    EXPECT_FALSE(bucket.isFull(now + 1249ms));
    EXPECT_TRUE(bucket.isFull(now + 1250ms));
    now += 1h;
    EXPECT_FALSE(bucket.spend(now, rate, 5)) << "more than a burst it never holds";
    EXPECT_TRUE(bucket.spend(now, rate, 4));
}

// In any stretch at most the burst and what came in it.
TEST(TokenBucket, neverGivesMoreThanItHolds) {
    const TokenBucket::Rate rate{5, 200ms};
    TokenBucket bucket;
    int given = 0;
    for (Instant now{1s}; now < Instant{11s}; now += 7ms)
        given += bucket.spend(now, rate) ? 1 : 0;
    EXPECT_LE(given, 5 + 50);
    EXPECT_GE(given, 5 + 48);
}

} // namespace
} // namespace culvert
