#include "core/teredo/tunnel.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <functional>

namespace culvert {
namespace {

const Ipv4Address kServer = Ipv4Address::of(45, 90, 0, 1);
const SocketAddress kServerAt(kServer, 3544);
const Ipv4Address kPeerServer = Ipv4Address::of(45, 91, 0, 1);
const SocketAddress kOwn(Ipv4Address::of(45, 83, 1, 2), 50000);
const SocketAddress kPeer(Ipv4Address::of(45, 84, 1, 2), 51000);
const SocketAddress kElsewhere(Ipv4Address::of(45, 85, 1, 2), 52000);
const Ipv6Address kNative = *Ipv6Address::fromText("2a0e:b107:2::2");
const Ipv6Address kLinkLocal = *Ipv6Address::fromText("fe80::1");
const Ipv6Address kOwnNative = *Ipv6Address::fromText("2a0e:b107:7::7");
const Ipv4Address kLan = Ipv4Address::of(192, 168, 1, 5);

Ipv6Address teredo(const SocketAddress& mapped, const Ipv4Address& server = kServer, bool cone = false) {
    return wire::encode(wire::TeredoAddress{server, cone, 7, mapped.v4(), mapped.port()});
}
const Ipv6Address kOwnTeredo = teredo(kOwn);
const Ipv6Address kPeerTeredo = teredo(kPeer, kPeerServer);

struct TeredoPeersTest : testing::Test {
    test::SeededRandom random{1};
    Tunnel tunnel{random, false};
    Instant now{1000s};
    DropReason reason = DropReason::Malformed;

    void SetUp() override { beClient(); }
    void beClient() {
        tunnel.setAddresses({std::nullopt, kOwnTeredo, kLan, kOwn.port(), TeredoKind::Restricted, kOwn, std::nullopt});
    }
    void beRelay(TeredoKind kind = TeredoKind::Restricted) {
        tunnel.setAddresses({kOwnNative, std::nullopt, kLan, kOwn.port(), kind, kOwn, std::nullopt});
    }
    const Ipv6Address& own() const {
        return tunnel.addresses().native ? *tunnel.addresses().native : *tunnel.addresses().teredo;
    }
    Result<InnerDatagram> receive(const SocketAddress& from, const Bytes& payload) {
        m_arrived = Datagram{{}, from, payload, 0};
        return tunnel.receive(now, m_arrived, reason);
    }
    Bytes udpFrom(const Ipv6Address& source, std::uint16_t port = 9) const {
        return wire::encode(wire::UdpInIpv6{source, own(), port, kOwn.port(), asBytes("hello")});
    }
    Bytes bubbleFrom(const Ipv6Address& source, const wire::TeredoTrailers& trailers = {}) const {
        return makeBubble(source, own(), trailers);
    }
    Bytes byServer(const SocketAddress& origin, const Bytes& bubble) const {
        Bytes out = wire::encodeOriginIndication(origin);
        append(out, bubble);
        return out;
    }
    std::vector<Datagram> sent() {
        std::vector<Datagram> out;
        while (auto datagram = tunnel.pollTransmit())
            out.push_back(std::move(*datagram));
        return out;
    }
    std::vector<SocketAddress> sentTo() {
        std::vector<SocketAddress> out;
        for (const Datagram& datagram : sent())
            out.push_back(datagram.remote);
        return out;
    }
    void pass(Duration duration) {
        now += duration;
        tunnel.handleTimeout(now);
    }
    std::optional<Datagram> say(const InnerAddress& remote) { return tunnel.send(now, remote, asBytes("question")); }
    // What our echo request holds.
    EchoNonce nonceOf(const Datagram& request) {
        EchoNonce out{};
        std::copy(request.payload.end() - 16, request.payload.end(), out.begin());
        return out;
    }
    Bytes echoReply(const Ipv6Address& source, const EchoNonce& nonce) const {
        Bytes body(4);
        append(body, nonce);
        return wire::encodeIcmpv6(source, own(), {129, 0, body});
    }
    std::uint32_t nonceIn(const Datagram& bubble) {
        return wire::decodeTeredoTrailers(wire::decodeTeredoPacket(bubble.payload)->trailers)->nonce.value_or(0);
    }
    const InnerAddress peer{SocketAddress(kPeerTeredo, kPeer.port())};
    InnerAddress nativeHost() const {
        InnerAddress out{SocketAddress(kNative, 443)};
        out.ordinary = true;
        return out;
    }
    Datagram m_arrived;
};

using Addresses = std::vector<SocketAddress>;
const SocketAddress kPeerServerAt(kPeerServer, 3544);

// RFC 4380 §5.2.4 case 5, §5.2.6
TEST_F(TeredoPeersTest, aRestrictedPeerGetsBubblesAndThenWhatWaited) {
    EXPECT_FALSE(say(peer));
    EXPECT_EQ(sentTo(), (Addresses{kPeer, kPeerServerAt}));
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    const auto out = sent();
    ASSERT_GE(out.size(), 1U);
    EXPECT_EQ(out[0].remote, kPeer);
    EXPECT_EQ(asText(wire::decodeUdp(wire::decodeTeredoPacket(out[0].payload)->packet)->payload), "question");
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
    tunnel.setCone(now, kPeerTeredo);
    EXPECT_EQ(say(peer)->remote, kPeer) << "by the word of somebody who knows";
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

struct TeredoWaysTest : TeredoPeersTest {
    // The kind and the mapped port are what counts; the server sees us at kOwn.
    void be(TeredoKind kind, std::optional<SocketAddress> opened = {}, std::uint16_t port = kOwn.port()) {
        tunnel.setAddresses({std::nullopt, kOwnTeredo, kLan, port, kind, kOwn, opened});
    }
    static wire::TeredoTrailers trailersIn(const Datagram& bubble) {
        return *wire::decodeTeredoTrailers(wire::decodeTeredoPacket(bubble.payload)->trailers);
    }
    static wire::TeredoTrailers nonceAnd(std::vector<SocketAddress> alternates, std::uint16_t randomPort = 0) {
        wire::TeredoTrailers out;
        out.nonce = 77;
        out.alternates = std::move(alternates);
        if (randomPort != 0)
            out.randomPort = randomPort;
        return out;
    }
    bool receiveAt(std::uint32_t socket, const SocketAddress& from, const Bytes& payload) {
        Datagram datagram{{}, from, payload};
        datagram.socket = socket;
        return tunnel.receive(now, datagram, reason).has_value();
    }
    // Its bubbles through our server, as often as we answer.
    std::vector<Datagram> answersTo(const Ipv6Address& from, const wire::TeredoTrailers& trailers) {
        std::vector<Datagram> out;
        for (int i = 0; i < 6; ++i) {
            EXPECT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(from, trailers))));
            for (Datagram& datagram : sent())
                out.push_back(std::move(datagram));
            pass(2s);
        }
        EXPECT_LE(out.size(), TeredoPeers::kBubblesMax);
        return out;
    }
    std::size_t closed() {
        std::size_t out = 0;
        while (tunnel.pollClosedSocket())
            ++out;
        return out;
    }
    // Behind our own NAT
    const SocketAddress near{kOwn.v4(), 53000};
    const Ipv6Address nearTeredo = teredo(near);
    const SocketAddress nearLocal{Ipv4Address::of(192, 168, 1, 9), 3545};
    const SocketAddress forwarded{kOwn.v4(), 50001};
};

// RFC 6081 §5.6.4.1; and private addresses are for those alone to whom they can be of use.
TEST_F(TeredoWaysTest, whereElseWeAreIsToldInBubblesThroughServers) {
    say(peer);
    EXPECT_TRUE(trailersIn(sent().at(1)).alternates.empty()) << "the peer is not behind our NAT";
    say(InnerAddress{SocketAddress(nearTeredo, near.port())});
    const auto out = sent();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].remote, near) << "the NAT may lead it back in";
    EXPECT_EQ(trailersIn(out[1]).alternates, (Addresses{{kLan, kOwn.port()}}));
    be(TeredoKind::Symmetric, forwarded, 1234);
    say(peer);
    EXPECT_EQ(trailersIn(sent().at(1)).alternates, (Addresses{forwarded}));
    be(TeredoKind::Restricted, SocketAddress(Ipv4Address::of(100, 64, 1, 2), 3545));
    say(peer);
    EXPECT_TRUE(trailersIn(sent().at(1)).alternates.empty()) << "our router's address in the provider's network";
}

// RFC 6081 §5.6.4.2, one at a time, and our nonce first.
TEST_F(TeredoWaysTest, aPeerBehindOurNatIsAnsweredAtItsLocalAddress) {
    const auto out = answersTo(nearTeredo, nonceAnd({nearLocal}));
    ASSERT_EQ(out.size(), 4U);
    EXPECT_EQ(out[0].remote, kServerAt);
    EXPECT_EQ(out[1].remote, nearLocal);
    EXPECT_EQ(trailersIn(out[1]).nonce, 77U);
    EXPECT_EQ(out[3].remote, near);
    wire::TeredoTrailers trailers;
    trailers.nonce = trailersIn(out[2]).nonce;
    EXPECT_FALSE(receive(nearLocal, bubbleFrom(nearTeredo))) << "without our nonce";
    ASSERT_TRUE(receive(nearLocal, bubbleFrom(nearTeredo, trailers)));
    EXPECT_EQ(say(InnerAddress{SocketAddress(nearTeredo, near.port())})->remote, nearLocal);
}

// RFC 6081 §6.5: the NAT leads nothing back in, so that all they have is the server and their own network.
TEST_F(TeredoWaysTest, twoClientsBehindOneNatMeetInTheirNetwork) {
    Tunnel other{random, false};
    other.setAddresses({std::nullopt, nearTeredo, nearLocal.v4(), nearLocal.port(), TeredoKind::Restricted, near, {}});
    const SocketAddress locals[] = {{kLan, kOwn.port()}, nearLocal}, outers[] = {kOwn, near};
    Tunnel* ends[] = {&tunnel, &other};
    std::string heard;
    const auto carry = [&](std::size_t from, const Datagram& datagram) {
        Datagram in = datagram;
        in.remote = locals[from];
        if (datagram.remote == kServerAt) {
            in.remote = kServerAt;
            in.payload = byServer(outers[from], datagram.payload);
        } else if (datagram.remote != locals[1 - from]) {
            return;
        }
        const auto inner = ends[1 - from]->receive(now, in, reason);
        if (inner && !inner->payload.empty())
            heard += asText(inner->payload);
    };
    say(InnerAddress{SocketAddress(nearTeredo, near.port())});
    for (int i = 0; i < 10; ++i)
        for (const std::size_t from : {0U, 1U})
            while (const auto datagram = ends[from]->pollTransmit())
                carry(from, *datagram);
    EXPECT_EQ(heard, "question") << "without waiting for a repetition";
    const auto back = other.send(now, InnerAddress{SocketAddress(kOwnTeredo, kOwn.port())}, asBytes("answer"));
    ASSERT_TRUE(back);
    carry(1, *back);
    EXPECT_EQ(heard, "questionanswer");
}

// Nobody sends us to others by what a bubble says.
TEST_F(TeredoWaysTest, alternateAddressesLeadNowhereElse) {
    const Addresses bad = {{Ipv4Address::of(192, 168, 2, 9), 80},
                           {kLan, 80},
                           {Ipv4Address::of(192, 168, 1, 255), 80},
                           {Ipv4Address::of(127, 0, 0, 1), 80}};
    for (const auto& [from, expected] : {std::pair(nearTeredo, near), std::pair(kPeerTeredo, kPeer)})
        for (const Datagram& answer : answersTo(from, nonceAnd(bad)))
            EXPECT_TRUE(answer.remote == expected || answer.remote.port() == 3544) << answer.remote.text();
    now += TeredoPeers::kMemory;
    for (const Datagram& answer : answersTo(kPeerTeredo, nonceAnd({nearLocal, kElsewhere, kOwn})))
        EXPECT_TRUE(answer.remote == kPeer || answer.remote == kPeerServerAt) << answer.remote.text();
    now += TeredoPeers::kMemory;
    const SocketAddress other(kPeer.v4(), 7);
    EXPECT_EQ(answersTo(kPeerTeredo, nonceAnd({other})).at(1).remote, other) << "another port of its own address";
}

// RFC 6081 §5.3: between two symmetric NATs both ends send to what a router forwards.
TEST_F(TeredoWaysTest, aSymmetricPeerWithAForwardedPortIsWrittenToThere) {
    be(TeredoKind::Symmetric, forwarded, 1234);
    const SocketAddress other(kPeer.v4(), 7);
    const auto answer = answersTo(kPeerTeredo, nonceAnd({other})).at(2);
    EXPECT_EQ(trailersIn(answer).alternates, (Addresses{forwarded}));
    wire::TeredoTrailers trailers;
    trailers.nonce = trailersIn(answer).nonce;
    ASSERT_TRUE(receive({kPeer.v4(), 999}, bubbleFrom(kPeerTeredo, trailers)));
    EXPECT_EQ(sentTo(), (Addresses{other}));
    EXPECT_EQ(say(peer)->remote, other);
    EXPECT_TRUE(receive({kPeer.v4(), 999}, udpFrom(kPeerTeredo)));
}

// RFC 6081 §5.4.4.2 to §5.4.4.5
TEST_F(TeredoWaysTest, aPortPreservingNatIsCrossedByAPortForOnePeer) {
    be(TeredoKind::Symmetric);
    say(peer);
    const auto port = trailersIn(sent().at(1)).randomPort;
    ASSERT_TRUE(port);
    const std::uint32_t socket = kSocketOfPort + *port;
    ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo, nonceAnd({}, 7)))));
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, SocketAddress(kPeer.v4(), 7));
    EXPECT_EQ(out[0].socket, socket);
    EXPECT_FALSE(receiveAt(socket + 1, kPeer, bubbleFrom(kPeerTeredo))) << "somebody else's port";
    EXPECT_FALSE(receiveAt(socket, kElsewhere, bubbleFrom(teredo(kElsewhere)))) << "somebody else";
    EXPECT_FALSE(receiveAt(socket, kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo)))) << "no server is asked there";
    ASSERT_TRUE(receiveAt(socket, kPeer, bubbleFrom(kPeerTeredo)));
    const auto released = sent();
    ASSERT_GE(released.size(), 2U);
    EXPECT_EQ(released[0].socket, socket) << "what waited";
    EXPECT_EQ(say(peer)->socket, socket);
    EXPECT_EQ(closed(), 0U);
    // Fresh as it is there, nothing at the main port changes that.
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_EQ(say(peer)->socket, socket);
    now += TeredoPeers::kPortIdle;
    tunnel.handleTimeout(now);
    EXPECT_EQ(closed(), 1U);
    EXPECT_FALSE(say(peer));
}

TEST_F(TeredoWaysTest, portsForPeersHaveALimitAndStrangersTakeNobodysPort) {
    be(TeredoKind::Symmetric);
    say(peer);
    const auto ours = trailersIn(sent().at(1)).randomPort;
    std::set<std::uint32_t> open;
    for (std::uint8_t i = 1; i <= 50; ++i) {
        const SocketAddress stranger(Ipv4Address::of(45, 99, 1, i), 4000);
        ASSERT_TRUE(receive(kServerAt, byServer(stranger, bubbleFrom(teredo(stranger), nonceAnd({}, 7)))));
        for (const Datagram& datagram : sent())
            if (datagram.socket != 0)
                open.insert(datagram.socket);
        while (const auto gone = tunnel.pollClosedSocket())
            open.erase(*gone);
        EXPECT_LT(open.size(), TeredoPeers::kPortsMax);
    }
    pass(2s);
    EXPECT_EQ(trailersIn(sent().at(1)).randomPort, ours);
    tunnel.restart();
    EXPECT_EQ(closed(), TeredoPeers::kPortsMax);
}

// Whoever sees a bubble could send it on from its own address, and would get the peer's packets.
TEST_F(TeredoPeersTest, aNonceProvesOnce) {
    say(peer);
    wire::TeredoTrailers trailers;
    trailers.nonce = nonceIn(sent().at(1));
    const Bytes bubble = bubbleFrom(kPeerTeredo, trailers);
    ASSERT_TRUE(receive(kElsewhere, bubble));
    ASSERT_TRUE(receive(kElsewhere, bubble)) << "a copy of the network's";
    EXPECT_FALSE(receive(SocketAddress(Ipv4Address::of(45, 99, 1, 1), 9), bubble));
    EXPECT_EQ(say(peer)->remote, kElsewhere);
}

// A contact may have as many Teredo addresses as it likes, and gets an answer at each.
TEST_F(TeredoPeersTest, whoHasManyAddressesPushesOutItsOwn) {
    std::uint16_t port = 0;
    const auto speak = [&] {
        const SocketAddress greedy(Ipv4Address::of(45, 99, 1, 1), ++port);
        const InnerAddress inner{SocketAddress(teredo(greedy), port)};
        ASSERT_TRUE(receive(greedy, udpFrom(inner.address.v6(), port)));
        say(inner);
        now += 1ms;
    };
    for (int i = 0; i < 1000; ++i)
        speak();
    EXPECT_EQ(tunnel.peers().table().size(), TeredoPeerTable::kPerHostMax);
    sent();
    EXPECT_FALSE(say(peer));
    wire::TeredoTrailers trailers;
    trailers.nonce = nonceIn(sent().at(1));
    speak();
    ASSERT_TRUE(receive(kElsewhere, bubbleFrom(kPeerTeredo, trailers))) << "another contact is not forgotten meanwhile";
    for (int i = 0; i < 1000; ++i)
        speak();
    EXPECT_EQ(say(peer)->remote, kElsewhere);
}

TEST_F(TeredoPeersTest, strangersDontUseUpTheAnswersForOthers) {
    say(peer);
    for (std::uint16_t port = 1; port <= 2 * TeredoPeers::kAnswersPerSecondMax; ++port) {
        const SocketAddress stranger(Ipv4Address::of(45, 99, 1, 1), port);
        (void)receive(kServerAt, byServer(stranger, bubbleFrom(teredo(stranger))));
    }
    EXPECT_LE(sent().size(), TeredoPeers::kAnswersPerSecondMax + 2);
    ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo))));
    EXPECT_EQ(sentTo(), Addresses{kPeer}) << "we want to talk to it";
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
    EXPECT_GT(sent().at(0).payload.size(), wire::kIpv6HeaderSize) << "what waited";
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
