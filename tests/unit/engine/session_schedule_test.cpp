// Who is due, and when the next one is: one deadline a contact, whatever was set before.
#include "core/engine/session_schedule.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

ContactId contact(std::uint8_t number) {
    ContactId out;
    out.octets.back() = number;
    return out;
}

const Instant kNoon{1000s};

TEST(SessionSchedule, TellsWhoIsDueTheEarliestFirst) {
    SessionSchedule schedule;
    EXPECT_EQ(schedule.next(), std::nullopt);
    schedule.set(contact(1), kNoon + 3s);
    schedule.set(contact(2), kNoon + 1s);
    schedule.set(contact(3), kNoon + 2s);
    EXPECT_EQ(schedule.next(), std::optional<Instant>(kNoon + 1s));
    EXPECT_TRUE(schedule.due(kNoon + 1s - 1ns).empty());
    EXPECT_EQ(schedule.due(kNoon + 2s), (std::vector{contact(2), contact(3)}));
    EXPECT_EQ(schedule.due(kNoon + 2s).size(), 2U) << "until they are set anew";
}

TEST(SessionSchedule, KeepsOneDeadlineOfEach) {
    SessionSchedule schedule;
    schedule.set(contact(1), kNoon);
    schedule.set(contact(1), kNoon + 5s);
    schedule.set(contact(2), kNoon + 5s);
    EXPECT_TRUE(schedule.due(kNoon).empty());
    EXPECT_EQ(schedule.due(kNoon + 5s).size(), 2U);
    schedule.set(contact(1), std::nullopt);
    schedule.set(contact(1), std::nullopt);
    EXPECT_EQ(schedule.due(kNoon + 5s), std::vector{contact(2)});
    schedule.set(contact(2), std::nullopt);
    EXPECT_EQ(schedule.next(), std::nullopt);
}

} // namespace
} // namespace culvert
