// What may be done to a message, and what becomes of it.
#include "core/messenger/message.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

Message theirs(const std::string& text) {
    Message message;
    message.id = MessageId{{7}};
    message.from = MessageFrom::Them;
    message.text = text;
    return message;
}

Amendment by(MessageFrom who, const Message& message, AmendmentKind kind, const std::string& text = {}) {
    return {{message.from, message.id}, kind, who, text, WallTime{42}};
}

TEST(Reaction, isOneSign) {
    const std::vector<std::pair<const char*, bool>> cases = {
        {"👍", true},
        {"👍🏽", true},                     // with a skin tone
        {"❤️", true},                       // with a variation selector
        {"👩‍👩‍👧‍👦", true},    // joined
        {"🇩🇪", true},                           // two flag letters
        {"🏴󠁧󠁢󠁳󠁣󠁴󠁿", true}, // a flag of tags
        {"1️⃣", true},
        {"é", true},
        {"", false},
        {"ok", false},
        {"👍👍", false},
        {"🇩🇪🇫🇷", false},
        {"👍\u200d", false},
        {"\u200d👍", false},
        {" ", false},
        {"\n", false},
        {"\u202e", false},
        {"\u00a0", false},
        {"\xff", false},
        {"\xf0\x9f", false},
        {"\xc0\x80", false},
        {"\xed\xa0\x80", false},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(isReaction(text), expected) << text;
    std::string stacked = "a";
    while (stacked.size() < kReactionOctetsMax - 1)
        stacked += "\u0301";
    EXPECT_TRUE(isReaction(stacked));
    EXPECT_FALSE(isReaction(stacked + "\u0301"));
}

TEST(Amendment, onlyWhoWroteAMessageMayChangeIt) {
    const Message message = theirs("x");
    for (const AmendmentKind kind : {AmendmentKind::Edit, AmendmentKind::Deletion}) {
        EXPECT_TRUE(isAllowed(by(MessageFrom::Them, message, kind, "y")));
        EXPECT_FALSE(isAllowed(by(MessageFrom::Me, message, kind, "y")));
    }
    EXPECT_TRUE(isAllowed(by(MessageFrom::Me, message, AmendmentKind::Reaction, "👍")));
    EXPECT_TRUE(isAllowed(by(MessageFrom::Me, message, AmendmentKind::Reaction, "")));
    EXPECT_FALSE(isAllowed(by(MessageFrom::Me, message, AmendmentKind::Reaction, "no")));
    EXPECT_FALSE(isAllowed(by(MessageFrom::Them, message, AmendmentKind::Edit, "")));
    EXPECT_FALSE(isAllowed(by(MessageFrom::Them, message, AmendmentKind::Edit, std::string(kMessageTextMax + 1, 'x'))));
}

TEST(Amendment, aDeletedMessageHasNothingLeftAndStaysSo) {
    Message message = theirs("secret");
    message.replyTo = MessageRef{MessageFrom::Me, MessageId{{1}}};
    EXPECT_TRUE(apply(by(MessageFrom::Me, message, AmendmentKind::Reaction, "👍"), message));
    EXPECT_TRUE(apply(by(MessageFrom::Them, message, AmendmentKind::Edit, "secrets"), message));
    EXPECT_EQ(message.editedAt, WallTime{42});
    EXPECT_TRUE(apply(by(MessageFrom::Them, message, AmendmentKind::Deletion), message));
    EXPECT_TRUE(message.isDeleted);
    EXPECT_TRUE(message.text.empty() && message.myReaction.empty() && !message.replyTo && !message.editedAt);
    EXPECT_FALSE(apply(by(MessageFrom::Them, message, AmendmentKind::Edit, "again"), message));
    EXPECT_FALSE(apply(by(MessageFrom::Me, message, AmendmentKind::Reaction, "👍"), message));
    EXPECT_TRUE(message.text.empty() && message.myReaction.empty());
}

TEST(Amendment, everybodyHasOneReaction) {
    Message message = theirs("x");
    EXPECT_TRUE(apply(by(MessageFrom::Me, message, AmendmentKind::Reaction, "👍"), message));
    EXPECT_TRUE(apply(by(MessageFrom::Me, message, AmendmentKind::Reaction, "❤️"), message));
    EXPECT_TRUE(apply(by(MessageFrom::Them, message, AmendmentKind::Reaction, "😀"), message));
    EXPECT_EQ(message.myReaction, "❤️");
    EXPECT_EQ(message.theirReaction, "😀");
    EXPECT_TRUE(apply(by(MessageFrom::Me, message, AmendmentKind::Reaction, ""), message));
    EXPECT_EQ(message.myReaction, "");
}

} // namespace
} // namespace culvert
