// PeerByHand: an engine and a contact whose program is older, or whose owner is hostile: frames made by hand.
#pragma once

#include "tests/fuzz/engine_world.h"

#include <gtest/gtest.h>

namespace culvert {

/// The other end of a session, which says and hears frames.
struct PeerByHand : testing::Test {
    explicit PeerByHand(ContactState state = ContactState::Accepted)
        : world([state] {
              fuzz::Shape shape;
              shape.contactHasHigherKey = true;
              shape.state = state;
              return shape;
          }()) {}

    fuzz::EngineWorld world;
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
            world.receive(fuzz::Place::ContactV6, fuzz::InnerSource::Mapped, packet);
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

} // namespace culvert
