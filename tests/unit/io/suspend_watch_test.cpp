// Sleep, told by two clocks, without sleeping.
#include "core/io/system_clock.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

TEST(SuspendWatch, tellsHowLongTheComputerSlept) {
    SuspendWatch watch(1s);
    EXPECT_FALSE(watch.slept(100s, 5000s)) << "the first call sets the start";
    EXPECT_FALSE(watch.slept(160s, 5060s));
    EXPECT_EQ(watch.slept(161s, 5661s), Duration(600s));
    EXPECT_FALSE(watch.slept(162s, 5662s)) << "once for each sleep";
    EXPECT_EQ(watch.slept(163s, 5664s), Duration(1s)) << "at the threshold";
    EXPECT_FALSE(watch.slept(164s, 5666s - 1ns)) << "just below it";
}

TEST(SuspendWatch, clocksThatDriftOrAreSetBackAreNoSleep) {
    SuspendWatch watch(5s);
    watch.slept(0s, 0s);
    for (int minute = 1; minute < 1000; ++minute)
        EXPECT_FALSE(watch.slept(60s * minute, 61s * minute)) << "a second each minute, together much more than 5 s";
    EXPECT_FALSE(watch.slept(60'000s, 10s)) << "set back";
    EXPECT_FALSE(watch.slept(60'001s, 11s));
    EXPECT_EQ(watch.slept(60'002s, 18s), Duration(6s));
}

TEST(SuspendWatch, aComputerThatRunsDoesNotSleep) {
    SuspendWatch watch;
    for (int i = 0; i < 1000; ++i)
        EXPECT_FALSE(watch.slept());
}

} // namespace
} // namespace culvert
