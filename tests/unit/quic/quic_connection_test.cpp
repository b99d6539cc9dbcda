#include "core/quic/quic_connection.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <map>

namespace culvert {
namespace {

struct Flight {
    Instant arrives;
    bool toServer;
    Bytes packet;
    bool operator<(const Flight& other) const { return arrives < other.arrives; }
};

struct End {
    std::unique_ptr<QuicConnection> connection;
    std::map<std::uint64_t, std::string> received;
    bool established = false;
    bool consumes = true;
    std::optional<QuicCloseReason> closed;
};

// Two connections over a link with delay and loss, in virtual time.
struct Pair {
    explicit Pair(std::uint64_t seed = 1) : random(seed) {}

    test::SeededRandom random;
    Identity client = Identity::generate(random), server = Identity::generate(random);
    DhPublicKey dialled = server.dh().publicKey;
    End clientEnd, serverEnd;
    std::multimap<Instant, std::pair<bool, Bytes>> flying;
    Instant now{1s};
    Duration delay = 25ms;
    unsigned lossPercent = 0;
    bool authorized = true;
    std::uint64_t window = QuicConfig{}.streamWindow;
    std::size_t serverOctetsSent = 0;
    std::size_t linkCarries = 65535; // larger packets disappear
    std::size_t largest = 0;
    std::size_t withoutFixedBit = 0;

    void open() {
        clientEnd.connection = openConnection(now, {&client, &random, CongestionControl::Bbr, 100ms, window}, dialled);
    }

    static void take(End& end, const QuicStreamDataEvent& data) {
        end.received[data.stream] += asText(data.data);
        if (end.consumes)
            end.connection->consumed(data.stream, data.data.size());
    }

    void collect(End& end, bool toServer) {
        while (auto transmit = end.connection->pollTransmit(now)) {
            BytesView rest = transmit->packets;
            while (!rest.empty()) {
                const BytesView packet = rest.first(std::min(transmit->segmentSize, rest.size()));
                rest = rest.subspan(packet.size());
                withoutFixedBit += packet[0] < 0x40 ? 1 : 0;
                largest = std::max(largest, packet.size());
                if (packet.size() > linkCarries)
                    continue;
                if (!toServer)
                    serverOctetsSent += packet.size();
                if (random.below(100) >= lossPercent)
                    flying.emplace(now + delay, std::pair{toServer, toBytes(packet)});
            }
        }
        while (auto event = end.connection->pollEvent()) {
            if (const auto* data = std::get_if<QuicStreamDataEvent>(&*event))
                take(end, *data);
            else if (std::holds_alternative<QuicEstablishedEvent>(*event))
                end.established = true;
            else if (const auto* closed = std::get_if<QuicClosedEvent>(&*event))
                end.closed = closed->reason;
        }
    }

    void deliver(bool toServer, const Bytes& packet) {
        End& end = toServer ? serverEnd : clientEnd;
        if (end.connection)
            return end.connection->handlePacket(now, packet);
        const auto target = quicPacketTarget(packet);
        if (toServer && target && target->startsConnection)
            end.connection =
                acceptConnection(now, {&server, &random, CongestionControl::Bbr, 100ms, window}, packet,
                                 [this](const DhPublicKey& key) { return authorized && key == client.dh().publicKey; });
    }

    // Runs until nothing flies and no timer is due before `until`.
    void run(Instant until) {
        for (;;) {
            for (End* end : {&clientEnd, &serverEnd})
                if (end->connection)
                    collect(*end, end == &clientEnd);
            Instant next = until;
            if (!flying.empty())
                next = std::min(next, flying.begin()->first);
            for (End* end : {&clientEnd, &serverEnd})
                if (end->connection)
                    if (const auto deadline = end->connection->pollTimeout())
                        next = std::min(next, deadline->at);
            if (next >= until) {
                now = until;
                return;
            }
            now = std::max(now, next);
            while (!flying.empty() && flying.begin()->first <= now) {
                const auto [toServer, packet] = flying.begin()->second;
                flying.erase(flying.begin());
                deliver(toServer, packet);
            }
            for (End* end : {&clientEnd, &serverEnd})
                if (end->connection)
                    end->connection->handleTimeout(now);
        }
    }
};

TEST(QuicConnection, establishesInOneRoundTripAndCarriesStreams) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 51ms);
    EXPECT_TRUE(pair.clientEnd.established) << "one round trip for the client";
    ASSERT_TRUE(pair.clientEnd.connection->write(0, asBytes("control")));
    ASSERT_TRUE(pair.clientEnd.connection->write(1, asBytes("message")));
    pair.run(pair.now + 200ms);
    EXPECT_TRUE(pair.serverEnd.established);
    EXPECT_EQ(pair.serverEnd.received[0], "control");
    EXPECT_EQ(pair.serverEnd.received[1], "message");
    ASSERT_TRUE(pair.serverEnd.connection->write(1, asBytes("answer")));
    pair.run(pair.now + 200ms);
    EXPECT_EQ(pair.clientEnd.received[1], "answer");
    EXPECT_EQ(pair.serverEnd.connection->unacknowledged(1), 0U);
}

// RFC 9287 lets endpoints clear the fixed bit; ours never do, because it tells QUIC from control messages.
TEST(QuicConnection, everyPacketHasTheFixedBit) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Pair pair(seed);
        pair.open();
        pair.run(pair.now + 200ms);
        ASSERT_TRUE(pair.serverEnd.connection->write(0, asBytes("a")) &&
                    pair.clientEnd.connection->write(0, asBytes("b")));
        pair.run(pair.now + 200ms);
        EXPECT_EQ(pair.withoutFixedBit, 0U) << "seed " << seed;
    }
}

TEST(QuicConnection, survivesLossAndKeyUpdates) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Pair pair(seed);
        pair.lossPercent = 10;
        pair.open();
        pair.run(pair.now + 8s);
        ASSERT_TRUE(pair.clientEnd.established && pair.serverEnd.established) << "seed " << seed;
        std::string expected;
        int updates = 0;
        for (int round = 0; round < 5; ++round) {
            const std::string block(20000, static_cast<char>('a' + round));
            expected += block;
            ASSERT_TRUE(pair.clientEnd.connection->write(1, asBytes(block)));
            pair.run(pair.now + 10s);
            // RFC 9001 §6.5: not before the last update is confirmed and three PTOs are over; with loss that may take
            // longer.
            updates += pair.clientEnd.connection->updateKeys(pair.now) ? 1 : 0;
        }
        pair.run(pair.now + 10s);
        EXPECT_GE(updates, 2) << "seed " << seed;
        EXPECT_EQ(pair.serverEnd.received[1].size(), expected.size()) << "seed " << seed;
        EXPECT_EQ(pair.serverEnd.received[1], expected);
    }
}

// transport.md's observations, as promises: a wrong responder key is met with silence.
TEST(QuicConnection, aWrongResponderKeyIsMetWithSilence) {
    Pair pair;
    pair.dialled = pair.client.dh().publicKey;
    pair.open();
    pair.run(pair.now + 3s);
    EXPECT_FALSE(pair.clientEnd.established);
    EXPECT_EQ(pair.serverOctetsSent, 0U);
    pair.run(pair.now + 20s);
    EXPECT_EQ(pair.clientEnd.closed, QuicCloseReason::TimedOut);
}

TEST(QuicConnection, anUnauthorizedInitiatorIsRefused) {
    Pair pair;
    pair.authorized = false;
    pair.open();
    pair.run(pair.now + 1s);
    EXPECT_FALSE(pair.clientEnd.established);
    EXPECT_EQ(pair.serverEnd.closed, QuicCloseReason::Refused);
    EXPECT_EQ(pair.clientEnd.closed, QuicCloseReason::Remote);
}

TEST(QuicConnection, aReplayedFirstFlightNeverCompletes) {
    Pair pair;
    pair.open();
    const auto first = pair.clientEnd.connection->pollTransmit(pair.now);
    ASSERT_TRUE(first);
    auto replayed = acceptConnection(pair.now, {&pair.server, &pair.random}, first->packets,
                                     [](const DhPublicKey&) { return true; });
    ASSERT_TRUE(replayed);
    while (replayed->pollTransmit(pair.now)) {
    }
    EXPECT_FALSE(replayed->isEstablished());
}

TEST(QuicConnection, garbageAndTruncationLeaveItAlive) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 200ms);
    test::SeededRandom noise(5);
    for (int i = 0; i < 2000; ++i) {
        Bytes garbage(noise.below(1400));
        noise.fillPublic(garbage);
        pair.clientEnd.connection->handlePacket(pair.now, garbage);
        pair.serverEnd.connection->handlePacket(pair.now, garbage);
    }
    ASSERT_TRUE(pair.clientEnd.connection->write(0, asBytes("alive")));
    pair.run(pair.now + 200ms);
    EXPECT_EQ(pair.serverEnd.received[0], "alive");
}

TEST(QuicConnection, nothingIsNoPacket) {
    EXPECT_FALSE(quicPacketTarget({}));
}

TEST(QuicConnection, closeTellsThePeer) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 200ms);
    pair.clientEnd.connection->close(pair.now);
    pair.run(pair.now + 200ms);
    EXPECT_EQ(pair.clientEnd.closed, QuicCloseReason::Local);
    EXPECT_EQ(pair.serverEnd.closed, QuicCloseReason::Remote);
    EXPECT_FALSE(pair.clientEnd.connection->write(0, asBytes("late")));
}

TEST(QuicConnection, aLowerStreamOvertakesABusyHigherOne) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 200ms);
    ASSERT_TRUE(pair.clientEnd.connection->write(1, Bytes(500 * 1000)));
    pair.run(pair.now + 60ms);
    ASSERT_TRUE(pair.clientEnd.connection->write(0, asBytes("urgent")));
    while (pair.serverEnd.received[0].empty())
        pair.run(pair.now + 5ms);
    EXPECT_LT(pair.serverEnd.received[1].size(), 500 * 1000U);
}

TEST(QuicConnection, aPeerSendsNoMoreThanWasGivenBack) {
    Pair pair;
    pair.window = 64 * 1024;
    pair.open();
    pair.run(pair.now + 200ms);
    pair.serverEnd.consumes = false;
    ASSERT_TRUE(pair.clientEnd.connection->write(1, Bytes(500 * 1000)));
    pair.run(pair.now + 20s);
    EXPECT_EQ(pair.serverEnd.received[1].size(), pair.window);
    pair.serverEnd.consumes = true;
    pair.serverEnd.connection->consumed(1, pair.window);
    pair.run(pair.now + 60s);
    EXPECT_EQ(pair.serverEnd.received[1].size(), 500 * 1000U);
}

// RFC 9000 §14.2: the path's size is the caller's to find out, and it may shrink under way.
TEST(QuicConnection, packetsFillTheDatagramThatThePathTakes) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 1s);
    ASSERT_TRUE(pair.clientEnd.established && pair.serverEnd.established);
    EXPECT_LE(pair.largest, QuicConnection::kDatagramSize);
    const std::string text(300'000, 'x');
    for (const std::size_t size :
         {QuicConnection::kDatagramSizeMax, std::size_t{1352}, QuicConnection::kDatagramSize}) {
        pair.clientEnd.connection->setDatagramSize(size);
        pair.largest = 0;
        ASSERT_TRUE(pair.clientEnd.connection->write(1, asBytes(text)));
        pair.run(pair.now + 3s);
        EXPECT_EQ(pair.largest, size);
    }
    EXPECT_EQ(pair.serverEnd.received[1].size(), 3 * text.size());
}

TEST(QuicConnection, whatWasLostInLargePacketsComesInSmallOnes) {
    Pair pair;
    pair.open();
    pair.run(pair.now + 1s);
    pair.clientEnd.connection->setDatagramSize(QuicConnection::kDatagramSizeMax);
    pair.linkCarries = 1400;
    const std::string text(200'000, 'x');
    ASSERT_TRUE(pair.clientEnd.connection->write(1, asBytes(text)));
    pair.run(pair.now + 1s);
    ASSERT_LT(pair.serverEnd.received[1].size(), text.size());
    pair.clientEnd.connection->setDatagramSize(QuicConnection::kDatagramSize);
    pair.run(pair.now + 3s);
    EXPECT_EQ(pair.serverEnd.received[1], text);
}

TEST(QuicConnection, theSendBufferIsBounded) {
    Pair pair;
    pair.open();
    const Bytes block(1024 * 1024);
    for (int i = 0; i < 4; ++i)
        EXPECT_TRUE(pair.clientEnd.connection->write(1, block));
    const auto refused = pair.clientEnd.connection->write(1, block);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::LimitReached);
}

} // namespace
} // namespace culvert
