// An engine and a contact whose program is older, or whose owner is hostile: frames made by hand.
#include "tests/unit/engine/peer_by_hand.h"

namespace culvert {
namespace {

TEST_F(PeerByHand, forgedAndSenselessChangesAreAcknowledgedAndDropped) {
    hello(wire::kAmendments);
    std::uint64_t sequence = 0;
    amend(++sequence, wire::Author::Receiver, 1, "I never said that");
    amend(++sequence, wire::Author::Receiver, 2, "");
    amend(++sequence, wire::Author::Sender, 1, "");
    amend(++sequence, wire::Author::Receiver, 3, "more than one sign");
    amend(++sequence, wire::Author::Sender, 200, "of a later version");
    EXPECT_EQ(acknowledged(), sequence);
    EXPECT_EQ(written<AmendMessage>(), 0U);
    amend(++sequence, wire::Author::Receiver, 3, "👍");
    amend(++sequence, wire::Author::Sender, 1, "mine, changed");
    EXPECT_EQ(acknowledged(), sequence);
    ASSERT_EQ(written<AmendMessage>(), 2U);
    for (const ArchiveWrite& write : writes) {
        const auto* change = std::get_if<AmendMessage>(&write);
        EXPECT_TRUE(change == nullptr || change->amendment.by == MessageFrom::Them);
    }
    amend(sequence, wire::Author::Sender, 1, "the same number again");
    EXPECT_EQ(written<AmendMessage>(), 2U);
}

TEST_F(PeerByHand, whoKnowsNoChangesGetsNoneAndStallsNothing) {
    hello(std::nullopt);
    const std::size_t before = count<wire::MessageFrame>(heard);
    const auto id = world.engine().sendMessage(world.now(), world.contactId(), "one",
                                               MessageRef{MessageFrom::Them, MessageId{{1}}});
    ASSERT_TRUE(id);
    run();
    EXPECT_EQ(count<wire::MessageFrame>(heard), before + 1);
    for (const wire::SessionFrame& frame : heard) {
        const auto* message = std::get_if<wire::MessageFrame>(&frame);
        EXPECT_TRUE(message == nullptr || message->additions.isEmpty()) << "as every version knows it";
    }
    const auto refused = world.engine().amend(world.now(), world.contactId(),
                                              {{MessageFrom::Me, *id}, AmendmentKind::Edit, MessageFrom::Me, "x", {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::WrongState);
    EXPECT_FALSE(world.engine().setDisappearing(world.now(), world.contactId(), 60));
}

TEST_F(PeerByHand, aChangeMadeBeforeItWasKnownThatTheyKnowNoneIsGivenUp) {
    run();
    const std::size_t before = count<wire::MessageFrame>(heard);
    const auto id = world.engine().sendMessage(world.now(), world.contactId(), "one");
    ASSERT_TRUE(id);
    ASSERT_TRUE(world.engine().amend(world.now(), world.contactId(),
                                     {{MessageFrom::Me, *id}, AmendmentKind::Reaction, MessageFrom::Me, "👍", {}}));
    ASSERT_TRUE(world.engine().setDisappearing(world.now(), world.contactId(), 60));
    ASSERT_TRUE(world.engine().sendMessage(world.now(), world.contactId(), "two"));
    world.settle();
    run();
    EXPECT_EQ(count<wire::MessageFrame>(heard), before + 1) << "what they know comes with their hello";
    hello(std::nullopt);
    EXPECT_EQ(count<wire::MessageFrame>(heard), before + 2);
    EXPECT_EQ(count<wire::AmendmentFrame>(heard), 0U);
    EXPECT_EQ(written<SettleAmendment>(), 1U);
    EXPECT_TRUE(std::ranges::any_of(events, [](const MessengerEvent& event) {
        const auto* state = std::get_if<MessageStateEvent>(&event);
        return state != nullptr && state->reason == FailReason::NotUnderstood;
    }));
}

TEST_F(PeerByHand, typingOfThoseWhoRepeatItIsToldOnceAndEnds) {
    hello(wire::kAmendments);
    for (int i = 0; i < 5; ++i)
        say(wire::TypingFrame{true}, PeerSession::kControlStream);
    const auto typing = [this] {
        return std::ranges::count_if(events,
                                     [](const auto& event) { return std::holds_alternative<TypingEvent>(event); });
    };
    EXPECT_EQ(typing(), 1);
    run(700);
    EXPECT_EQ(typing(), 2);
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(connection->write(PeerSession::kControlStream, wire::encode(wire::TypingFrame{true})));
        ASSERT_TRUE(connection->write(PeerSession::kControlStream, wire::encode(wire::TypingFrame{false})));
    }
    run();
    EXPECT_EQ(typing(), 4) << "a flood is told once a second";
}

} // namespace
} // namespace culvert
