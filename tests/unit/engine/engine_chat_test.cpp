// An engine and a contact whose program is older, or whose owner is hostile: frames made by hand.
#include "tests/fuzz/engine_world.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using fuzz::EngineWorld;
using fuzz::InnerSource;
using fuzz::Place;
using fuzz::Shape;

// The other end of a session, which says and hears frames.
struct PeerByHand : testing::Test {
    EngineWorld world{[] {
        Shape shape;
        shape.contactHasHigherKey = true;
        return shape;
    }()};
    std::unique_ptr<QuicConnection> connection;
    std::map<std::uint64_t, wire::FrameReader> readers;
    std::vector<wire::SessionFrame> heard;
    std::vector<MessengerEvent> events;
    std::vector<ArchiveWrite> writes;
    static constexpr std::uint64_t kEpoch = 77;

    void SetUp() override {
        world.onEvent = [this](const MessengerEvent& event) { events.push_back(event); };
        world.onWrite = [this](const ArchiveWrite& write) { writes.push_back(write); };
        for (int i = 0; i < 50 && !(connection && connection->isEstablished()); ++i)
            step();
        ASSERT_TRUE(connection && connection->isEstablished());
    }
    void receive(BytesView packet) {
        const auto target = quicPacketTarget(packet);
        if (connection)
            connection->handlePacket(world.now().monotonic, packet);
        else if (target && target->startsConnection)
            connection = acceptConnection(world.now().monotonic, {&world.contact(), &world.random()}, packet,
                                          [](const DhPublicKey&) { return true; });
    }
    void pump() {
        if (!connection)
            return;
        std::vector<Bytes> packets;
        while (auto transmit = connection->pollTransmit(world.now().monotonic))
            for (std::size_t at = 0; at < transmit->packets.size(); at += transmit->segmentSize)
                packets.push_back(
                    toBytes(BytesView(transmit->packets)
                                .subspan(at, std::min(transmit->segmentSize, transmit->packets.size() - at))));
        while (const auto event = connection->pollEvent()) {
            const auto* data = std::get_if<QuicStreamDataEvent>(&*event);
            if (data == nullptr)
                continue;
            readers[data->stream].feed(data->data);
            connection->consumed(data->stream, data->data.size());
            while (const auto frame = readers[data->stream].next()) {
                if (!*frame)
                    break;
                heard.push_back(**frame);
            }
        }
        for (const Bytes& packet : packets)
            world.receive(Place::ContactV6, InnerSource::Mapped, packet);
    }
    void step() {
        for (const Bytes& packet : world.contactAnswers())
            receive(packet);
        pump();
        world.commitOldest();
        world.advance(10ms);
        if (connection)
            connection->handleTimeout(world.now().monotonic);
        pump();
    }
    void run(int steps = 20) {
        for (int i = 0; i < steps; ++i)
            step();
    }
    void say(const wire::SessionFrame& frame, std::uint64_t stream) {
        ASSERT_TRUE(connection->write(stream, wire::encode(frame)));
        run();
    }
    void hello(std::optional<std::uint32_t> features) {
        if (features)
            say(wire::FeaturesFrame{*features}, PeerSession::kControlStream);
        say(wire::HelloFrame{5, "Peer"}, PeerSession::kControlStream);
    }
    void amend(std::uint64_t sequence, wire::Author author, std::uint8_t kind, const std::string& text) {
        say(wire::AmendmentFrame{kEpoch, sequence, {author, {3}}, kind, WallTime{1}, text}, PeerSession::kChatStream);
    }
    template<typename T> std::size_t count(const std::vector<wire::SessionFrame>& in) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(in, [](const auto& frame) { return std::holds_alternative<T>(frame); }));
    }
    std::uint64_t acknowledged() const {
        std::uint64_t last = 0;
        for (const wire::SessionFrame& frame : heard)
            if (const auto* ack = std::get_if<wire::AckFrame>(&frame))
                last = ack->sequence;
        return last;
    }
    template<typename T> std::size_t written() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(writes, [](const auto& write) { return std::holds_alternative<T>(write); }));
    }
};

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
