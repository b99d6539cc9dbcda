// Teredo clients that ask our native address for an echo, and who is answered through the tunnel (RFC 4380 §5.2.9).
#include "tests/unit/teredo/teredo_peers_fixture.h"

#include <algorithm>

namespace culvert {
namespace {

constexpr std::uint8_t kEchoRequest = 128, kEchoReply = 129;

struct TeredoEchoTest : TeredoPeersTest {
    void SetUp() override { beRelay(); }

    // The whole packet, as it leaves the client's server.
    static Bytes request(const Ipv6Address& from, const Ipv6Address& to, std::size_t dataSize = 8,
                         std::uint8_t type = kEchoRequest, std::uint8_t code = 0) {
        Bytes body{0x12, 0x34, 0x00, 0x07};
        for (std::size_t i = 0; i < dataSize; ++i)
            body.push_back(static_cast<std::uint8_t>(i));
        return wire::encodeIcmpv6(from, to, {type, code, body});
    }
    bool ask(const Bytes& packet) { return tunnel.answerEcho(now, *wire::decodeIpv6(packet), reason); }
    bool ask(const Ipv6Address& from = kPeerTeredo) { return ask(request(from, kOwnNative)); }
    // We write to the peer, and it has answered our bubbles.
    void talk() {
        say(peer);
        (void)receive(kPeer, bubbleFrom(kPeerTeredo));
        sent();
    }
};

TEST_F(TeredoEchoTest, whomWeTalkWithIsAnsweredStraightWithWhatItSaid) {
    talk();
    const Bytes packet = request(kPeerTeredo, kOwnNative);
    ASSERT_TRUE(ask(packet));
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, kPeer);
    EXPECT_EQ(out[0].socket, 0U);
    EXPECT_EQ(out[0].payload.size(), packet.size());
    const auto teredo = wire::decodeTeredoPacket(out[0].payload);
    ASSERT_TRUE(teredo);
    EXPECT_EQ(teredo->packet.source, kOwnNative);
    EXPECT_EQ(teredo->packet.destination, kPeerTeredo);
    const auto reply = wire::decodeIcmpv6(teredo->packet);
    ASSERT_TRUE(reply) << "its checksum is right";
    EXPECT_EQ(reply->type, kEchoReply);
    EXPECT_EQ(reply->code, 0);
    EXPECT_EQ(toBytes(reply->body), toBytes(BytesView(packet).subspan(44))) << "identifier, number and data";
}

// Our own client's echo request is answered so that it takes the answer (RFC 4380 §5.2.3 rule 2).
TEST_F(TeredoEchoTest, aClientOfOursBelievesTheAnswer) {
    talk();
    const EchoNonce nonce{1, 2, 3};
    ASSERT_TRUE(ask(makeEchoRequest(kPeerTeredo, kOwnNative, nonce)));
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(echoedNonce(wire::decodeTeredoPacket(out[0].payload)->packet), nonce);
}

// It may ask before our bubbles have opened its NAT.
TEST_F(TeredoEchoTest, whomWeAreTryingToReachIsAnsweredWhenItHears) {
    say(peer);
    sent();
    ASSERT_TRUE(ask());
    EXPECT_TRUE(sent().empty()) << "its NAT would not let it in";
    (void)receive(kPeer, bubbleFrom(kPeerTeredo));
    std::vector<std::uint8_t> types;
    for (const Datagram& datagram : sent())
        types.push_back(wire::decodeTeredoPacket(datagram.payload)->packet.nextHeader);
    EXPECT_EQ(std::ranges::count(types, wire::kNextHeaderIcmpv6), 1);
}

TEST_F(TeredoEchoTest, whomWeDoNotSeekIsNotAnswered) {
    EXPECT_FALSE(ask());
    EXPECT_EQ(reason, DropReason::UnknownPeer);
    (void)receive(kPeer, udpFrom(kPeerTeredo)); // It wrote to us, and we never to it.
    sent();
    EXPECT_FALSE(ask());
    EXPECT_EQ(reason, DropReason::UnknownPeer);
    EXPECT_FALSE(ask(kNative)) << "no Teredo address";
    EXPECT_TRUE(sent().empty());
    talk();
    pass(TeredoPeers::kFresh);
    EXPECT_FALSE(ask()) << "it was silent for long, and we call it no more";
    EXPECT_TRUE(sent().empty());
}

TEST_F(TeredoEchoTest, onlyTheAddressThatWeSpeakAsIsAnsweredFor) {
    talk();
    EXPECT_FALSE(ask(request(kPeerTeredo, kNative)));
    EXPECT_EQ(reason, DropReason::NotForUs);
    beClient();
    say(peer);
    (void)receive(kPeer, bubbleFrom(kPeerTeredo));
    sent();
    EXPECT_FALSE(ask()) << "a client has no native address";
    EXPECT_EQ(reason, DropReason::NotForUs);
    EXPECT_TRUE(sent().empty());
}

TEST_F(TeredoEchoTest, nothingButSoundEchoRequestsThatServersForward) {
    talk();
    Bytes wrong = request(kPeerTeredo, kOwnNative);
    wrong.back() ^= 1; // the checksum
    constexpr std::size_t dataMax = kForwardedMax - 8;
    const std::vector<Bytes> refused = {wrong, request(kPeerTeredo, kOwnNative, dataMax + 1),
                                        request(kPeerTeredo, kOwnNative, 8, kEchoReply),
                                        request(kPeerTeredo, kOwnNative, 8, kEchoRequest, 1), udpFrom(kPeerTeredo)};
    for (const Bytes& packet : refused) {
        EXPECT_FALSE(ask(packet));
        EXPECT_EQ(reason, DropReason::Malformed);
    }
    EXPECT_TRUE(sent().empty());
    EXPECT_TRUE(ask(request(kPeerTeredo, kOwnNative, dataMax)));
    EXPECT_EQ(sent().size(), 1U);
}

// The system's own answer comes later, through somebody's relay, and the client asks anew when it hears us again.
TEST_F(TeredoEchoTest, whoAsksAgainHearsUsLast) {
    talk();
    EXPECT_TRUE(ask());
    EXPECT_EQ(sent().size(), 1U);
    pass(50ms);
    EXPECT_TRUE(ask());
    EXPECT_TRUE(sent().empty());
    ASSERT_TRUE(tunnel.pollTimeout());
    EXPECT_EQ(tunnel.pollTimeout()->at, now + TeredoPeers::kEchoLate);
    pass(TeredoPeers::kEchoLate - 1ms);
    const Bytes last = request(kPeerTeredo, kOwnNative, 9);
    EXPECT_FALSE(ask(last)) << "one answer for all that ask meanwhile";
    EXPECT_EQ(reason, DropReason::RateLimited);
    EXPECT_TRUE(sent().empty());
    pass(1ms);
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].payload.size(), last.size()) << "what was asked last";
    for (int i = 0; i < 3; ++i) { // It goes on talking.
        pass(TeredoPeers::kEchoAgain / 3);
        (void)receive(kPeer, udpFrom(kPeerTeredo));
    }
    EXPECT_TRUE(ask());
    EXPECT_EQ(sent().size(), 1U) << "long after that at once again";
}

TEST_F(TeredoEchoTest, whatWeSayMeanwhileWaitsBehindTheAnswerButNotAlways) {
    talk();
    EXPECT_TRUE(ask());
    EXPECT_TRUE(ask());
    sent();
    EXPECT_FALSE(say(peer));
    EXPECT_TRUE(sent().empty());
    pass(TeredoPeers::kEchoLate);
    const auto out = sent();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(wire::decodeTeredoPacket(out[0].payload)->packet.nextHeader, wire::kNextHeaderIcmpv6);
    EXPECT_EQ(wire::decodeTeredoPacket(out[1].payload)->packet.nextHeader, wire::kNextHeaderUdp);
    EXPECT_TRUE(say(peer)) << "and goes at once again";
    EXPECT_TRUE(ask());
    EXPECT_TRUE(say(peer)) << "who forges questions holds us up seldom";
    pass(TeredoPeers::kEchoHoldEvery);
    sent();
    EXPECT_TRUE(ask());
    EXPECT_FALSE(say(peer));
}

TEST_F(TeredoEchoTest, whatWaitsForWhoGoesSilentIsForgotten) {
    talk();
    pass(TeredoPeers::kFresh - 10ms);
    EXPECT_TRUE(ask());
    EXPECT_TRUE(ask());
    sent();
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(tunnel.peers().table().queued(), 1U);
    pass(TeredoPeers::kEchoLate);
    EXPECT_TRUE(sent().empty());
    EXPECT_EQ(tunnel.peers().table().queued(), 0U);
}

TEST_F(TeredoEchoTest, aLateAnswerGoesToNobodyWhoIsForgotten) {
    talk();
    EXPECT_TRUE(ask());
    EXPECT_TRUE(ask());
    sent();
    tunnel.restart();
    EXPECT_FALSE(tunnel.pollTimeout());
    pass(TeredoPeers::kEchoLate);
    EXPECT_TRUE(sent().empty());
}

TEST_F(TeredoEchoTest, thereIsABudgetForAll) {
    std::size_t answered = 0;
    for (std::uint8_t host = 1; host <= TeredoPeers::kEchoAnswersPerSecondMax + 8; ++host) {
        const SocketAddress mapped(Ipv4Address::of(45, 86, host, 1), 5000);
        const Ipv6Address address = teredo(mapped, kPeerServer);
        say({SocketAddress(address, mapped.port())});
        (void)receive(mapped, bubbleFrom(address));
        answered += ask(address) ? 1 : 0;
    }
    EXPECT_EQ(answered, TeredoPeers::kEchoAnswersPerSecondMax);
    EXPECT_EQ(reason, DropReason::RateLimited);
}

} // namespace
} // namespace culvert
