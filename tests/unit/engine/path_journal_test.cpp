#include "core/engine/path_journal.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

PathMoment up(std::int64_t at) {
    return {MomentKind::Up, {at}, 1, PathKind::Native6, "[2001:db8::1]:1"};
}

TEST(PathJournal, repetitionsAreOneMoment) {
    PathJournal journal;
    for (std::int64_t at = 0; at < 1000; ++at)
        journal.note({Instant(), {at}}, MomentKind::HandoffHeard);
    ASSERT_EQ(journal.moments().size(), 1U);
    EXPECT_EQ(journal.moments()[0].count, 1000U);
    EXPECT_EQ(journal.moments()[0].at.milliseconds, 999);
}

TEST(PathJournal, theOldestGoes) {
    PathJournal journal;
    for (std::int64_t at = 0; at < 500; ++at)
        journal.note(up(at));
    ASSERT_EQ(journal.moments().size(), ConnectionInfo::kMomentsMax);
    EXPECT_EQ(journal.moments().back().at.milliseconds, 499);
    EXPECT_EQ(journal.moments().front().at.milliseconds, 500 - static_cast<std::int64_t>(ConnectionInfo::kMomentsMax));
}

TEST(PathJournal, eachTimeWithoutAWayIsAMoment) {
    PathJournal journal;
    journal.note(PathMoment{MomentKind::Down, {1}});
    journal.note(PathMoment{MomentKind::Down, {2}});
    EXPECT_EQ(journal.moments().size(), 2U);
}

} // namespace
} // namespace culvert
