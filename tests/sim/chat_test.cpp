// Conversations between whole engines over a virtual internet: replies, changes, reactions, typing, lifetimes.
#include "tests/sim/home.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

struct Chat : testing::Test {
    World world{3};
    SimHost& bob = world.addHost(home("bob", {}, true));
    SimHost& alice = world.addHost(home("alice", {}, true));

    void SetUp() override {
        bob.start();
        alice.start();
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bothOnline(); }, 10s));
        world.run(1s);
    }
    void TearDown() override {
        if (HasFailure())
            std::cerr << world.story();
    }
    bool bothOnline() { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }
    MessageId send(SimHost& from, const SimHost& to, const std::string& text,
                   const std::optional<MessageRef>& replyTo = {}) {
        const auto id = from.engine().sendMessage(from.now(), to.id(), text, replyTo);
        from.drain();
        EXPECT_TRUE(id);
        return id ? *id : MessageId{};
    }
    void amend(SimHost& by, const SimHost& to, const MessageRef& target, AmendmentKind kind, const std::string& text) {
        EXPECT_TRUE(by.engine().amend(by.now(), to.id(), {target, kind, MessageFrom::Me, text, {}}));
        by.drain();
    }
    static std::optional<Message> at(SimHost& host, const SimHost& other, const MessageRef& ref) {
        for (const Message& message : host.archive().messages(other.id()))
            if (message.from == ref.from && message.id == ref.id)
                return message;
        return std::nullopt;
    }
    // How often listeners of `host` were told of this change.
    static std::ptrdiff_t told(const SimHost& host, AmendmentKind kind, const std::string& text) {
        return std::ranges::count_if(host.events(), [&](const MessengerEvent& event) {
            const auto* change = std::get_if<MessageAmendedEvent>(&event);
            return change != nullptr && change->amendment.kind == kind && change->amendment.text == text &&
                   change->amendment.by == MessageFrom::Them;
        });
    }
    static bool isSettled(SimHost& host) {
        return host.archive().undelivered() == 0 && host.archive().snapshot().amended.empty();
    }
};

TEST_F(Chat, repliesEditsDeletionsAndReactionsArrive) {
    const MessageId first = send(bob, alice, "helo");
    const MessageRef atBob{MessageFrom::Me, first}, atAlice{MessageFrom::Them, first};
    ASSERT_TRUE(world.runUntil([&] { return at(alice, bob, atAlice).has_value(); }, 2s));
    const MessageId answer = send(alice, bob, "hi", atAlice);
    amend(bob, alice, atBob, AmendmentKind::Edit, "hello");
    amend(alice, bob, atAlice, AmendmentKind::Reaction, "👍");
    world.run(1s);
    ASSERT_TRUE(isSettled(bob) && isSettled(alice));
    EXPECT_EQ(at(alice, bob, atAlice)->text, "hello");
    EXPECT_TRUE(at(alice, bob, atAlice)->editedAt);
    EXPECT_EQ(at(alice, bob, atAlice)->myReaction, "👍");
    EXPECT_EQ(at(bob, alice, atBob)->theirReaction, "👍");
    EXPECT_EQ(at(bob, alice, {MessageFrom::Them, answer})->replyTo, atBob) << "seen from bob it is his own";
    amend(bob, alice, atBob, AmendmentKind::Deletion, "");
    ASSERT_TRUE(world.runUntil([&] { return at(alice, bob, atAlice)->isDeleted; }, 2s));
    EXPECT_TRUE(at(alice, bob, atAlice)->text.empty());
    EXPECT_TRUE(at(bob, alice, atBob)->text.empty());
    EXPECT_EQ(told(alice, AmendmentKind::Edit, "hello"), 1);
    EXPECT_EQ(told(bob, AmendmentKind::Reaction, "👍"), 1);
}

TEST_F(Chat, onlyTheAuthorMayChangeAMessage) {
    const MessageId id = send(bob, alice, "mine");
    ASSERT_TRUE(world.runUntil([&] { return at(alice, bob, {MessageFrom::Them, id}).has_value(); }, 2s));
    for (const AmendmentKind kind : {AmendmentKind::Edit, AmendmentKind::Deletion}) {
        const auto refused =
            alice.engine().amend(alice.now(), bob.id(), {{MessageFrom::Them, id}, kind, MessageFrom::Me, "forged", {}});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::WrongState);
    }
    EXPECT_FALSE(alice.engine().amend(alice.now(), bob.id(),
                                      {{MessageFrom::Them, id}, AmendmentKind::Reaction, MessageFrom::Me, "text", {}}));
}

// Changes are made while nobody is there, and both programs are killed again and again.
TEST_F(Chat, changesArriveExactlyOnceOverLossAndRestarts) {
    for (SimHost* host : {&bob, &alice})
        host->config.link.lossPercent = 20;
    std::vector<MessageId> ids;
    for (int i = 0; i < 12; ++i) {
        ids.push_back(send(bob, alice, "text " + std::to_string(i)));
        world.run(200ms);
        if (i % 3 == 0)
            amend(bob, alice, {MessageFrom::Me, ids.back()}, AmendmentKind::Edit, "edited " + std::to_string(i));
        if (i % 3 == 1)
            amend(bob, alice, {MessageFrom::Me, ids.back()}, AmendmentKind::Deletion, "");
        if (i % 4 == 3) {
            SimHost& victim = i % 8 == 3 ? bob : alice;
            world.run(30ms); // what is not committed by then is lost with its sender, as it may be
            victim.crash();
            world.run(2s);
            victim.start();
        }
    }
    ASSERT_TRUE(world.runUntil([&] { return isSettled(bob); }, 120s));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto mine = at(bob, alice, {MessageFrom::Me, ids[i]}),
                   theirs = at(alice, bob, {MessageFrom::Them, ids[i]});
        ASSERT_TRUE(mine && theirs) << i;
        EXPECT_EQ(mine->text, theirs->text) << i;
        EXPECT_EQ(mine->isDeleted, theirs->isDeleted) << i;
        EXPECT_EQ(theirs->isDeleted, i % 3 == 1) << i;
        EXPECT_TRUE(i % 3 != 0 || theirs->text == "edited " + std::to_string(i)) << theirs->text;
    }
    EXPECT_EQ(alice.receivedFrom(bob.id()).size(), ids.size()) << "nothing twice";
}

TEST_F(Chat, whatIsDeletedBeforeItWasDeliveredNeverLeaves) {
    alice.crash();
    world.run(10s);
    const MessageId id = send(bob, alice, "a secret that nobody was told");
    world.run(100ms);
    amend(bob, alice, {MessageFrom::Me, id}, AmendmentKind::Deletion, "");
    world.run(1s);
    bob.crash(); // The outbox is made anew from the archive.
    bob.start();
    alice.start();
    ASSERT_TRUE(world.runUntil([&] { return isSettled(bob); }, 60s));
    const auto message = at(alice, bob, {MessageFrom::Them, id});
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->isDeleted);
    EXPECT_TRUE(message->text.empty());
    for (const MessengerEvent& event : alice.events()) {
        const auto* received = std::get_if<MessageReceivedEvent>(&event);
        EXPECT_TRUE(received == nullptr || received->message.text.empty());
    }
}

TEST_F(Chat, erasingIsForThisSideAlone) {
    const MessageId id = send(bob, alice, "keep it");
    world.run(1s);
    ASSERT_TRUE(bob.engine().eraseMessage(bob.now(), alice.id(), {MessageFrom::Me, id}));
    bob.drain();
    world.run(1s);
    EXPECT_FALSE(at(bob, alice, {MessageFrom::Me, id}));
    EXPECT_TRUE(at(alice, bob, {MessageFrom::Them, id}));
}

TEST_F(Chat, typingIsToldSeldomAndForgotten) {
    std::size_t from = alice.events().size();
    const auto typing = [&] {
        std::vector<bool> out;
        for (std::size_t i = from; i < alice.events().size(); ++i)
            if (const auto* event = std::get_if<TypingEvent>(&alice.events()[i]))
                out.push_back(event->isTyping);
        return out;
    };
    for (int key = 0; key < 100; ++key) {
        ASSERT_TRUE(bob.engine().setTyping(bob.now(), alice.id(), true));
        bob.drain();
        world.run(100ms);
    }
    EXPECT_EQ(typing(), (std::vector<bool>{true})) << "ten seconds of typing, told once";
    world.run(PeerSession::kTypingLifetime + 100ms);
    EXPECT_EQ(typing(), (std::vector<bool>{true, false}));
    ASSERT_TRUE(bob.engine().setTyping(bob.now(), alice.id(), true));
    bob.drain();
    world.run(100ms);
    send(bob, alice, "done");
    world.run(200ms);
    EXPECT_EQ(typing(), (std::vector<bool>{true, false, true, false})) << "a message ends it";
    Settings settings = bob.engine().settings();
    settings.typingHints = false;
    bob.setSettings(settings);
    world.run(4s);
    ASSERT_TRUE(bob.engine().setTyping(bob.now(), alice.id(), true));
    bob.drain();
    world.run(1s);
    EXPECT_EQ(typing().size(), 4U) << "not told where the user does not want it";
}

TEST_F(Chat, withoutReceiptsNeitherSideLearnsWhatWasRead) {
    const auto state = [](SimHost& host, const SimHost& other, const MessageId& id) {
        return at(host, other, {MessageFrom::Me, id})->state;
    };
    Settings settings;
    settings.readReceipts = false;
    alice.setSettings(settings);
    const MessageId toAlice = send(bob, alice, "one");
    const MessageId toBob = send(alice, bob, "two");
    world.run(1s);
    for (SimHost* host : {&bob, &alice}) {
        ASSERT_TRUE(host->engine().markRead(host->now(), host == &bob ? alice.id() : bob.id()));
        host->drain();
    }
    world.run(1s);
    EXPECT_EQ(state(bob, alice, toAlice), MessageState::Delivered) << "alice tells nobody";
    EXPECT_EQ(state(alice, bob, toBob), MessageState::Delivered) << "and is shown nothing";
    settings.readReceipts = true;
    alice.setSettings(settings);
    ASSERT_TRUE(alice.engine().markRead(alice.now(), bob.id()));
    alice.drain();
    world.run(1s);
    EXPECT_EQ(state(bob, alice, toAlice), MessageState::Read);
}

TEST_F(Chat, whatWasDeliveredBeforeARestartIsStillReadAfterIt) {
    const MessageId id = send(bob, alice, "for later");
    world.run(1s);
    bob.crash();
    world.run(1s);
    bob.start();
    ASSERT_TRUE(world.runUntil([&] { return bothOnline(); }, 10s));
    ASSERT_TRUE(alice.engine().markRead(alice.now(), bob.id()));
    alice.drain();
    world.run(1s);
    EXPECT_EQ(at(bob, alice, {MessageFrom::Me, id})->state, MessageState::Read);
}

// That something arrived is told at once, and stored a moment later: who dies in between is told it again.
TEST_F(Chat, whatWasToldBeforeItWasStoredIsToldAgainAfterACrash) {
    const auto told = [&](const MessageId& id, MessageState state) {
        return std::ranges::count_if(bob.events(), [&](const MessengerEvent& event) {
            const auto* change = std::get_if<MessageStateEvent>(&event);
            return change != nullptr && change->id == id && change->state == state;
        });
    };
    const MessageId id = send(bob, alice, "text");
    const auto state = [&] { return at(bob, alice, {MessageFrom::Me, id})->state; };
    ASSERT_TRUE(world.runUntil([&] { return told(id, MessageState::Delivered) == 1; }, 1s));
    EXPECT_LT(state(), MessageState::Delivered);
    bob.crash();
    world.run(1s);
    bob.start();
    EXPECT_TRUE(world.runUntil([&] { return state() == MessageState::Delivered; }, 10s));

    ASSERT_TRUE(alice.engine().markRead(alice.now(), bob.id()));
    alice.drain();
    ASSERT_TRUE(world.runUntil([&] { return told(id, MessageState::Read) == 1; }, 1s));
    EXPECT_EQ(state(), MessageState::Delivered);
    bob.crash();
    world.run(1s);
    bob.start();
    EXPECT_TRUE(world.runUntil([&] { return state() == MessageState::Read; }, 10s));
    EXPECT_EQ(alice.receivedFrom(bob.id()).size(), 1U);
}

TEST_F(Chat, muteDraftAndTimerSurviveARestart) {
    ASSERT_TRUE(bob.engine().muteContact(bob.now(), alice.id(), kMutedForEver));
    ASSERT_TRUE(bob.engine().setDraft(bob.now(), alice.id(), "not yet"));
    ASSERT_TRUE(bob.engine().setDisappearing(bob.now(), alice.id(), 3600));
    bob.drain();
    world.run(1s);
    bob.crash();
    bob.start();
    const Contact contact = bob.engine().contacts(bob.now()).front();
    EXPECT_TRUE(isMuted(contact, bob.now().wall));
    EXPECT_EQ(contact.draft, "not yet");
    EXPECT_EQ(contact.lifetimeSeconds, 3600U);
    EXPECT_EQ(contact.knowsAmendments, true);
    EXPECT_EQ(alice.engine().contacts(alice.now()).front().lifetimeSeconds, 3600U) << "the timer is both sides'";
    EXPECT_EQ(alice.engine().contacts(alice.now()).front().unread, 0U) << "a note is nothing to read";
    send(bob, alice, "sent");
    EXPECT_TRUE(bob.engine().contacts(bob.now()).front().draft.empty());
}

TEST_F(Chat, messagesDisappearAtBothEndsAlsoAfterARestart) {
    ASSERT_TRUE(bob.engine().setDisappearing(bob.now(), alice.id(), 3600));
    bob.drain();
    world.run(1s);
    const MessageId id = send(bob, alice, "for an hour");
    const MessageId answer = send(alice, bob, "for an hour, too");
    const MessageRef mine{MessageFrom::Me, id}, theirs{MessageFrom::Them, id};
    world.run(1s);
    ASSERT_TRUE(at(alice, bob, theirs));
    EXPECT_EQ(at(alice, bob, theirs)->lifetimeSeconds, 3600U);
    world.run(30min);
    ASSERT_TRUE(alice.engine().markRead(alice.now(), bob.id())); // Her hour begins now, his began with the delivery.
    alice.drain();
    world.run(29min);
    EXPECT_TRUE(at(bob, alice, mine));
    world.run(2min);
    EXPECT_FALSE(at(bob, alice, mine));
    EXPECT_TRUE(at(alice, bob, theirs));
    EXPECT_FALSE(at(alice, bob, {MessageFrom::Me, answer}));
    EXPECT_TRUE(at(bob, alice, {MessageFrom::Them, answer})) << "nobody has read it";
    alice.crash();
    world.run(2h);
    EXPECT_TRUE(at(alice, bob, theirs)) << "nobody is there to remove it";
    alice.start();
    world.run(1s);
    EXPECT_FALSE(at(alice, bob, theirs));
    EXPECT_TRUE(std::ranges::any_of(alice.events(), [&](const MessengerEvent& event) {
        const auto* erased = std::get_if<MessageErasedEvent>(&event);
        return erased != nullptr && erased->target == theirs;
    }));
    ASSERT_TRUE(alice.engine().setDisappearing(alice.now(), bob.id(), 0));
    alice.drain();
    world.run(10s);
    const MessageId staying = send(bob, alice, "for ever");
    world.run(1s);
    EXPECT_EQ(at(bob, alice, {MessageFrom::Me, staying})->lifetimeSeconds, 0U) << "the last change counts";
    const auto notes = std::ranges::count_if(bob.archive().messages(alice.id()), [](const Message& message) {
        return message.kind == MessageKind::TimerChange;
    });
    EXPECT_EQ(notes, 2);
}

} // namespace
} // namespace culvert::sim
