// Other places of a Teredo peer: RFC 6081 §5.3, §5.4 and §5.6.
#include "tests/unit/teredo/teredo_peers_fixture.h"

namespace culvert {
namespace {

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

} // namespace
} // namespace culvert
