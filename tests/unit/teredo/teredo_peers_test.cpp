#include "tests/unit/teredo/teredo_peers_fixture.h"

namespace culvert {
namespace {

// RFC 4380 §5.2.4 case 5, §5.2.6
TEST_F(TeredoPeersTest, aRestrictedPeerGetsBubblesAndThenWhatWaited) {
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sentTo(), (Addresses{kPeer, kPeerServerAt}));
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    const auto out = sent();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[1].remote, kPeer);
    EXPECT_EQ(asText(wire::decodeUdp(wire::decodeTeredoPacket(out[1].payload)->packet)->payload), "question");
    ASSERT_TRUE(say(peer)) << "case 1";
    now += 30s;
    EXPECT_FALSE(say(peer)) << "heard 30 s ago";
}

// RFC 4380 §5.2.4: 3 repetitions, 2 s apart; §5.2.6: 4 in 300 s
TEST_F(TeredoPeersTest, bubblesAreFewAndFarBetween) {
    say(peer);
    say(peer);
    EXPECT_EQ(sent().size(), 2U) << "one test for all packets";
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(tunnel.pollTimeout());
        EXPECT_EQ(tunnel.pollTimeout()->at, now + 2s);
        pass(2s - 1ns);
        EXPECT_TRUE(sent().empty());
        pass(1ns);
        EXPECT_EQ(sent().size(), 2U);
    }
    pass(2s);
    EXPECT_FALSE(tunnel.pollTimeout()) << "given up";
    EXPECT_EQ(tunnel.peers().table().queued(), 0U);
    now += 280s;
    EXPECT_FALSE(say(peer));
    EXPECT_TRUE(sent().empty()) << "4 without an answer in 300 s";
    now += 20s;
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sent().size(), 2U);
}

// RFC 4380 §5.2.4 case 4, §5.4.1 case 2
TEST_F(TeredoPeersTest, aConePeerIsWrittenToStraight) {
    const InnerAddress cone{SocketAddress(teredo(kPeer, kPeerServer, true), kPeer.port())};
    EXPECT_EQ(say(cone)->remote, kPeer);
    beRelay();
    EXPECT_EQ(say(cone)->remote, kPeer);
    EXPECT_TRUE(sent().empty());
}

// RFC 4380 §5.2.9, §5.2.3 rule 2
TEST_F(TeredoPeersTest, aNativeHostIsFoundByItsEcho) {
    EXPECT_FALSE(say(nativeHost()));
    auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, kServerAt);
    const EchoNonce nonce = nonceOf(out[0]);
    EchoNonce wrong = nonce;
    wrong[0] ^= 1;
    EXPECT_FALSE(receive(kElsewhere, echoReply(kNative, wrong)));
    EXPECT_TRUE(sent().empty());
    ASSERT_TRUE(receive(kElsewhere, echoReply(kNative, nonce)));
    EXPECT_EQ(sentTo(), Addresses{kElsewhere}) << "what waited";
    EXPECT_EQ(say(nativeHost())->remote, kElsewhere);
    const auto inner = receive(kElsewhere, udpFrom(kNative, 443));
    ASSERT_TRUE(inner);
    EXPECT_EQ(inner->remote, nativeHost());
    EXPECT_EQ(receive(kPeer, udpFrom(kNative, 443))->remote, InnerAddress(SocketAddress(kNative, 443), kPeer))
        << "somebody else's words under its name";
    EXPECT_EQ(say(nativeHost())->remote, kElsewhere) << "which change nothing";
}

// RFC 4380 §5.2.3: a peer that cannot reach us asks through our server.
TEST_F(TeredoPeersTest, bubblesByOurServerAreAnsweredStraight) {
    ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo))));
    EXPECT_EQ(sentTo(), Addresses{kPeer});
    ASSERT_TRUE(receive(kServerAt, byServer(kElsewhere, bubbleFrom(kNative)))) << "a relay's: to the origin";
    EXPECT_EQ(sentTo(), Addresses{kElsewhere});
    // RFC 4380 §5.4.1: of a relay's addresses any, and the one in use takes its link-local one.
    ASSERT_TRUE(receive(kServerAt, byServer(kElsewhere, bubbleFrom(kLinkLocal))));
    const auto answer = sent();
    ASSERT_EQ(answer.size(), 1U);
    EXPECT_EQ(answer[0].remote, kElsewhere);
    EXPECT_EQ(wire::decodeTeredoPacket(answer[0].payload)->packet.source, kOwnTeredo);
    // At most 4 without a straight packet.
    for (int i = 0; i < 10; ++i) {
        now += 2s;
        ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo))));
    }
    EXPECT_EQ(sent().size(), 3U);
}

// RFC 4380 §5.4.1 case 3
TEST_F(TeredoPeersTest, aRelaySendsBubblesAndBehindANatStraightOnesToo) {
    beRelay(TeredoKind::Cone);
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sentTo(), Addresses{kPeerServerAt});
    beRelay(TeredoKind::Restricted);
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sentTo(), (Addresses{kPeer, kPeerServerAt}));
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_EQ(say(peer)->remote, kPeer);
}

// RFC 6081 §5.2.4.4: where a symmetric peer's packets come from, its nonce proves.
TEST_F(TeredoPeersTest, aNonceProvesWhereASymmetricPeerIs) {
    say(peer);
    const std::uint32_t nonce = nonceIn(sent().at(1));
    ASSERT_NE(nonce, 0U);
    wire::TeredoTrailers trailers;
    trailers.nonce = nonce + 1;
    EXPECT_FALSE(receive(kElsewhere, bubbleFrom(kPeerTeredo, trailers)));
    EXPECT_FALSE(say(peer));
    trailers.nonce = nonce;
    ASSERT_TRUE(receive(kElsewhere, bubbleFrom(kPeerTeredo, trailers)));
    EXPECT_EQ(sentTo().at(0), kElsewhere);
    EXPECT_EQ(say(peer)->remote, kElsewhere);
    ASSERT_TRUE(receive(kElsewhere, udpFrom(kPeerTeredo)));
    // Who forges the outer source that its address embeds does not turn it back.
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_EQ(say(peer)->remote, kElsewhere);
}

// RFC 4380 §5.2.4 case 3, §5.2.3 rule 5
TEST_F(TeredoPeersTest, aLocalPeerIsFoundByItsLocalAddress) {
    const SocketAddress local(Ipv4Address::of(192, 168, 1, 9), 3545);
    tunnel.setLocal(now, kPeerTeredo, local);
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sentTo().at(0), local);
    ASSERT_TRUE(receive(local, bubbleFrom(kPeerTeredo)));
    EXPECT_EQ(say(peer)->remote, local);
}

// RFC 4380 §5.2.4, §5.4.1: global unicast addresses alone, and none of our own network.
TEST_F(TeredoPeersTest, nothingGoesWhereItMustNot) {
    const auto tries = [&](const char* mapped, const char* server) {
        const InnerAddress remote{
            SocketAddress(teredo(*SocketAddress::fromText(mapped), *Ipv4Address::fromText(server)), 5)};
        const auto straight = say(remote);
        return sent().size() + (straight ? 1 : 0);
    };
    for (const char* mapped : {"10.0.0.1:5", "192.168.1.9:5", "127.0.0.1:5", "224.0.0.253:5", "255.255.255.255:5",
                               "0.0.0.1:5", "192.88.99.1:5", "45.83.1.2:5", "100.64.0.1:5", "45.1.1.1:0"})
        EXPECT_EQ(tries(mapped, "10.0.0.1"), 0U) << mapped;
    EXPECT_EQ(tries("45.1.1.1:5", "192.168.1.1"), 1U) << "a server in our network gets no bubble";
    EXPECT_EQ(tries("45.1.1.2:5", "45.83.1.2"), 1U) << "our own router neither";
}

const SocketAddress kPrivate(Ipv4Address::of(10, 0, 0, 1), 5);

Bytes cut(Bytes bytes) {
    bytes.pop_back();
    return bytes;
}
Bytes with(Bytes bytes, std::initializer_list<std::uint8_t> tail) {
    bytes.insert(bytes.end(), tail);
    return bytes;
}

/// A datagram that must be dropped.
struct Discard {
    const char* section;
    bool isRelay;
    SocketAddress from;
    std::function<Bytes()> payload;
    DropReason reason;
};

struct TeredoDiscardTest : TeredoPeersTest {
    void expectDropped(const std::vector<Discard>& cases) {
        for (const Discard& one : cases) {
            one.isRelay ? beRelay() : beClient();
            tunnel.restart();
            EXPECT_FALSE(receive(one.from, one.payload())) << one.section;
            EXPECT_EQ(reason, one.reason) << one.section;
            EXPECT_TRUE(sent().empty()) << one.section;
            EXPECT_EQ(tunnel.peers().table().size(), 0U) << one.section;
        }
    }
};

TEST_F(TeredoDiscardTest, whatAClientMustDrop) {
    expectDropped({
        {"4380 §5.2.3: no IPv6 packet", false, kPeer, [] { return Bytes(50, 1); }, DropReason::EncapsulationWrong},
        {"4380 §5.2.3: longer than the datagram", false, kPeer, [&] { return cut(udpFrom(kPeerTeredo)); },
         DropReason::EncapsulationWrong},
        {"4380 §5.2.3: another destination", false, kPeer, [&] { return makeBubble(kPeerTeredo, kNative, {}); },
         DropReason::NotForUs},
        {"4380 §5.2.8: discovery by unicast", false, kPeer,
         [&] { return makeBubble(kPeerTeredo, *Ipv6Address::fromText("ff02::1"), {}); }, DropReason::NotForUs},
        {"4380 §5.2.3 rule 2: an echo that nobody asked for", false, kElsewhere,
         [&] { return echoReply(kNative, EchoNonce{}); }, DropReason::SourceMismatch},
        {"4380 §5.2.3 rule 3: a mapping that disagrees", false, kElsewhere, [&] { return udpFrom(kPeerTeredo); },
         DropReason::SourceMismatch},
        {"4380 §5.2.3 rule 3: the port alone disagrees", false, SocketAddress(kPeer.v4(), 1),
         [&] { return udpFrom(kPeerTeredo); }, DropReason::SourceMismatch},
        {"4380 §5.2.4: an embedded address that is private", false, kPrivate, [&] { return udpFrom(teredo(kPrivate)); },
         DropReason::SourceMismatch},
        {"4380 §5.2.3: a link-local bubble from nowhere", false, kServerAt, [&] { return bubbleFrom(kLinkLocal); },
         DropReason::SourceMismatch},
        {"4380 §5.2.3: a local source by the server", false, kServerAt,
         [&] { return byServer(kPeer, bubbleFrom(*Ipv6Address::fromText("fd00::1"))); }, DropReason::SourceMismatch},
        {"4380 §5.2.3: a group as source, by the server", false, kServerAt,
         [&] { return byServer(kPeer, bubbleFrom(*Ipv6Address::fromText("ff02::1"))); }, DropReason::SourceMismatch},
        {"4380 §5.2.3: a link-local source, straight", false, kPeer, [&] { return bubbleFrom(kLinkLocal); },
         DropReason::SourceMismatch},
        {"4380 §5.2.3: a relay's bubble from nowhere", false, kServerAt, [&] { return bubbleFrom(kNative); },
         DropReason::SourceMismatch},
        {"4380 §5.2.4: a relay in a private network", false, kServerAt,
         [&] { return byServer(kPrivate, bubbleFrom(kNative)); }, DropReason::SourceMismatch},
        {"4380 §5.3.1: data by the server", false, kServerAt, [&] { return byServer(kPeer, udpFrom(kPeerTeredo)); },
         DropReason::NotForUs},
    });
}

TEST_F(TeredoDiscardTest, whatARelayMustDropAndWhatTrailersForbid) {
    wire::TeredoTrailers anyNonce;
    anyNonce.nonce = 5;
    expectDropped({
        {"4380 §5.4.2: a relay hears no native source", true, kPeer, [&] { return udpFrom(kNative); },
         DropReason::SourceMismatch},
        {"4380 §5.4.2: nor a mapping that disagrees", true, kElsewhere, [&] { return udpFrom(kPeerTeredo); },
         DropReason::SourceMismatch},
        {"4380 §5.4.2: nor packets for others", true, kPeer, [&] { return makeBubble(kPeerTeredo, kNative, {}); },
         DropReason::NotForUs},
        {"6081 §4.1: a trailer that must be known", false, kPeer,
         [&] {
             return with(bubbleFrom(kPeerTeredo), {0x41, 0});
         },
         DropReason::EncapsulationWrong},
        {"6081 §5.2.4.4: a nonce that was never sent", false, kElsewhere,
         [&] { return bubbleFrom(kPeerTeredo, anyNonce); }, DropReason::SourceMismatch},
        {"6081 §5.2.4.4: likewise at a relay", true, kElsewhere, [&] { return bubbleFrom(kPeerTeredo, anyNonce); },
         DropReason::SourceMismatch},
        {"6081 §5.6.4.2: alternate addresses of no possible length", false, kServerAt,
         [&] {
             return byServer(kPeer, with(bubbleFrom(kPeerTeredo), {3, 3, 0, 0, 1}));
         },
         DropReason::EncapsulationWrong},
        {"6081 §4.3: an alternate address without a port", false, kServerAt,
         [&] {
             return byServer(kPeer, with(bubbleFrom(kPeerTeredo), {3, 8, 0, 0, 45, 1, 1, 1, 0, 0}));
         },
         DropReason::EncapsulationWrong},
    });
}

TEST_F(TeredoPeersTest, strangersPushOutStrangersAlone) {
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    ASSERT_TRUE(say(peer));
    sent();
    for (std::uint16_t port = 1; port <= 1000; ++port) {
        const SocketAddress stranger(Ipv4Address::of(45, 99, 1, static_cast<std::uint8_t>(port % 250)), port);
        ASSERT_TRUE(receive(stranger, udpFrom(teredo(stranger))));
    }
    EXPECT_EQ(tunnel.peers().table().size(), 1 + TeredoPeerTable::kUnsoughtMax);
    EXPECT_TRUE(say(peer));
}

TEST_F(TeredoPeersTest, queuesHaveLimits) {
    for (int i = 0; i < 20; ++i)
        say(peer);
    EXPECT_EQ(tunnel.peers().table().queued(), TeredoPeers::kQueuedPerPeerMax);
    for (std::uint16_t port = 1; port <= 100; ++port)
        say(InnerAddress{SocketAddress(
            teredo(SocketAddress(Ipv4Address::of(45, 99, 1, static_cast<std::uint8_t>(port)), port)), port)});
    EXPECT_LE(tunnel.peers().table().queued(), TeredoPeers::kQueuedMax);
    EXPECT_EQ(tunnel.peers().table().queued(), TeredoPeers::kQueuedMax);
}

// Contacts say which servers our bubbles go to.
TEST_F(TeredoPeersTest, fewTestsOfOneHostBeginInASecond) {
    const auto sayToAll = [&] {
        for (std::uint16_t port = 1; port <= 20; ++port) {
            const SocketAddress other(Ipv4Address::of(45, 99, 1, 1), port);
            say(InnerAddress{
                SocketAddress(teredo(other, Ipv4Address::of(45, 98, 1, static_cast<std::uint8_t>(port))), 7)});
        }
    };
    sayToAll();
    EXPECT_EQ(sent().size(), 2 * TeredoPeers::kTestsPerSecondMax);
    sayToAll();
    EXPECT_TRUE(sent().empty());
    say(peer);
    EXPECT_EQ(sent().size(), 2U) << "another host";
    EXPECT_EQ(tunnel.pollTimeout()->at, now + 1s) << "the others later";
    pass(1s);
    EXPECT_EQ(sent().size(), 2 * TeredoPeers::kTestsPerSecondMax);
    EXPECT_EQ(tunnel.pollTimeout()->at, now + 1s);
}

TEST_F(TeredoPeersTest, aFullQueueHasRoomForAnotherPeer) {
    for (std::uint16_t port = 1; port <= 20; ++port)
        for (int i = 0; i < 8; ++i)
            say(InnerAddress{SocketAddress(teredo(SocketAddress(Ipv4Address::of(45, 99, 1, 1), port)), port)});
    say(peer);
    EXPECT_EQ(tunnel.peers().table().queued(), TeredoPeers::kQueuedMax);
    sent();
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_GT(sent().back().payload.size(), wire::kIpv6HeaderSize) << "what waited";
}

// RFC 6081 §5.2.4.4: behind a symmetric NAT the nonce alone makes a peer take what comes from us.
TEST_F(TeredoPeersTest, theNonceLeavesBeforeWhatWaited) {
    wire::TeredoTrailers trailers;
    trailers.nonce = 77;
    say(peer);
    ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo, trailers))));
    sent();
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo, trailers)));
    const auto out = sent();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(nonceIn(out[0]), 77U);
    EXPECT_EQ(asText(wire::decodeUdp(wire::decodeTeredoPacket(out[1].payload)->packet)->payload), "question");
}

// RFC 6081 §5.7.4.2
TEST_F(TeredoPeersTest, aBubbleThatAsksIsAnswered) {
    ASSERT_TRUE(receive(kPeer, udpFrom(kPeerTeredo)));
    wire::TeredoTrailers trailers;
    trailers.discovery = wire::TeredoDiscovery::Solicitation;
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo, trailers)));
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(wire::decodeTeredoTrailers(wire::decodeTeredoPacket(out[0].payload)->trailers)->discovery,
              wire::TeredoDiscovery::Advertisement);
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_TRUE(sent().empty()) << "an ordinary one is not";
    now += TeredoPeers::kAnswerEvery - 1ns;
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo, trailers)));
    EXPECT_TRUE(sent().empty()) << "too soon after the last one";
    now += 1ns;
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo, trailers)));
    EXPECT_EQ(sent().size(), 1U);
    const SocketAddress other(kPeer.v4(), 7);
    ASSERT_TRUE(receive(other, udpFrom(teredo(other))));
    ASSERT_TRUE(receive(other, bubbleFrom(teredo(other), trailers)));
    EXPECT_EQ(sentTo(), Addresses{other}) << "each peer has its own pause";
}

// RFC 6081 §4.2 to §4.5
TEST(TeredoTrailerTest, trailersComeBackAsTheyWere) {
    wire::TeredoTrailers all;
    all.nonce = 0x01020304;
    all.alternates = {kPeer, kElsewhere};
    all.discovery = wire::TeredoDiscovery::Advertisement;
    all.randomPort = 4097;
    const Bytes octets = wire::encode(all);
    EXPECT_EQ(toHex(octets), "010401020304"
                             "030e00002d540102c7382d550102cb20"
                             "040401000000"
                             "05021001");
    EXPECT_EQ(*wire::decodeTeredoTrailers(octets), all);
    Bytes unknown = {0xc0, 2, 9, 9};
    append(unknown, octets);
    unknown.insert(unknown.end(), {1, 4, 0}); // §5.1.2: cut off, so that reading stops
    EXPECT_EQ(*wire::decodeTeredoTrailers(unknown), all);
}

} // namespace
} // namespace culvert
