// What disappears when.
#include "core/engine/message_expiry.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

Message message(MessageFrom from, std::uint32_t number, std::uint32_t seconds) {
    Message out;
    out.from = from;
    out.id.octets = {static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8),
                     static_cast<std::uint8_t>(number)};
    out.lifetimeSeconds = seconds;
    return out;
}

MessageRef refOf(const Message& message) {
    return {message.from, message.id};
}

TEST(MessageExpiry, aMessageWaitsUntilItsLifetimeStarts) {
    MessageExpiry expiry;
    const Message mine = message(MessageFrom::Me, 1, 60), theirs = message(MessageFrom::Them, 2, 60);
    expiry.add(mine);
    expiry.add(theirs);
    expiry.add(message(MessageFrom::Me, 3, 0));
    EXPECT_FALSE(expiry.next());
    expiry.start(refOf(mine), WallTime{1000});
    expiry.start(refOf(mine), WallTime{9000}); // once
    EXPECT_EQ(expiry.next(), WallTime{61'000});
    EXPECT_TRUE(expiry.takeDue(WallTime{60'999}).empty());
    EXPECT_EQ(expiry.takeDue(WallTime{61'000}), std::vector{refOf(mine)});
    expiry.startTheirs(WallTime{70'000});
    EXPECT_EQ(expiry.takeDue(WallTime{130'000}), std::vector{refOf(theirs)});
    EXPECT_FALSE(expiry.next());
}

TEST(MessageExpiry, whatIsRemovedIsNotDue) {
    MessageExpiry expiry;
    Message running = message(MessageFrom::Them, 1, 60);
    running.expiresAt = WallTime{1000};
    const Message waiting = message(MessageFrom::Me, 2, 60);
    expiry.add(running);
    expiry.add(waiting);
    expiry.remove(refOf(running));
    expiry.remove(refOf(waiting));
    expiry.start(refOf(waiting), WallTime{0});
    EXPECT_TRUE(expiry.takeDue(WallTime{1'000'000}).empty());
}

TEST(MessageExpiry, aFullListLetsTheFirstGoEarly) {
    MessageExpiry expiry;
    for (std::uint32_t i = 0; i < MessageExpiry::kMessagesMax; ++i)
        expiry.add(message(MessageFrom::Them, i, 60));
    EXPECT_TRUE(expiry.takeDue(WallTime{0}).empty());
    expiry.add(message(MessageFrom::Them, 999'999, 60));
    EXPECT_EQ(expiry.takeDue(WallTime{0}).size(), 1U);
    expiry.startTheirs(WallTime{0});
    EXPECT_EQ(expiry.takeDue(WallTime{60'000}).size(), MessageExpiry::kMessagesMax);
}

} // namespace
} // namespace culvert
