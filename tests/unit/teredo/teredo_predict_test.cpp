// Ports that a NAT counts up: RFC 6081 §5.5.
#include "core/wire/router_discovery.h"
#include "tests/unit/teredo/teredo_peers_fixture.h"

#include <algorithm>

namespace culvert {
namespace {

const SocketAddress kSecondaryAt(Ipv4Address::of(45, 90, 0, 2), 3544);

struct TeredoPredictTest : TeredoPeersTest {
    void SetUp() override { be({}); }
    // Symmetric, and the NAT has not kept our port.
    void be(std::optional<SocketAddress> forwarded, std::uint16_t port = 1234,
            std::optional<Ipv4Address> secondary = kSecondaryAt.v4()) {
        tunnel.setAddresses(
            {std::nullopt, kOwnTeredo, kLan, port, TeredoKind::Symmetric, kOwn, forwarded, std::nullopt, secondary});
    }
    static bool isQuestion(const Datagram& datagram) {
        return wire::decodeTeredoPacket(datagram.payload)->authentication.has_value();
    }
    static wire::TeredoTrailers trailersIn(const Datagram& bubble) {
        return *wire::decodeTeredoTrailers(wire::decodeTeredoPacket(bubble.payload)->trailers);
    }
    static Bytes advertisement(const Datagram& question, const SocketAddress& origin,
                               const Ipv4Address& server = kServer) {
        const auto asked = wire::decodeTeredoPacket(question.payload);
        wire::RouterAdvertisement out;
        out.prefixes = {{wire::encode(wire::TeredoAddress{server, false, 0, {}, 0}), 64, false, true, 1, 1}};
        std::fill(out.prefixes[0].prefix.octets.begin() + 8, out.prefixes[0].prefix.octets.end(), std::uint8_t{0});
        Bytes payload = wire::encodeAuthentication({{}, {}, asked->authentication->nonce, 0});
        append(payload, wire::encodeOriginIndication(origin));
        append(payload,
               wire::encode(wire::teredoLinkLocal(true, SocketAddress(server, 3544)), asked->packet.source, out));
        return payload;
    }
    bool receiveAt(std::uint32_t socket, const SocketAddress& from, const Bytes& payload) {
        m_arrived = Datagram{{}, from, payload};
        m_arrived.socket = socket;
        return tunnel.receive(now, m_arrived, reason).has_value();
    }
    bool answer(const Datagram& question, std::uint16_t port) {
        return receiveAt(question.socket, question.remote, advertisement(question, {kOwn.v4(), port}));
    }
    // The two questions around a bubble. REQUIRES: a test has begun
    std::vector<Datagram> guess(const SocketAddress& place = kPeer) {
        std::vector<Datagram> out = sent();
        EXPECT_EQ(out.size(), 3U);
        out.resize(3);
        EXPECT_EQ(out[0].remote, kServerAt);
        EXPECT_EQ(out[1].remote, place);
        EXPECT_EQ(out[2].remote, kSecondaryAt);
        EXPECT_TRUE(isQuestion(out[0]) && !isQuestion(out[1]) && isQuestion(out[2]));
        for (const Datagram& datagram : out)
            EXPECT_EQ(datagram.socket, out[0].socket);
        EXPECT_GE(out[0].socket, kSocketOfPort + TeredoPeers::kPortMin);
        return out;
    }
    std::vector<Datagram> call() {
        say(peer);
        return guess();
    }
    bool receiveByServer(const SocketAddress& from, std::uint16_t randomPort = 0, std::uint32_t nonce = 77) {
        wire::TeredoTrailers trailers;
        if (nonce != 0)
            trailers.nonce = nonce;
        if (randomPort != 0)
            trailers.randomPort = randomPort;
        return receive(kServerAt, byServer(from, bubbleFrom(teredo(from, kPeerServer), trailers))).has_value();
    }
    // What went to others than our own server.
    static std::size_t toOthers(const std::vector<Datagram>& out) {
        return static_cast<std::size_t>(std::ranges::count_if(
            out, [](const Datagram& each) { return each.remote != kServerAt && each.remote != kSecondaryAt; }));
    }
    std::vector<std::uint32_t> closed() {
        std::vector<std::uint32_t> out;
        while (const auto socket = tunnel.pollClosedSocket())
            out.push_back(*socket);
        return out;
    }
};

// RFC 6081 §5.5.4.1.1, §5.5.4.4, §5.5.4.2
TEST_F(TeredoPredictTest, theBubbleThroughTheServerTellsThePortBetween) {
    const auto out = call();
    EXPECT_NE(wire::decodeTeredoPacket(out[0].payload)->authentication->nonce,
              wire::decodeTeredoPacket(out[2].payload)->authentication->nonce);
    ASSERT_TRUE(answer(out[2], 20003)) << "in any order";
    EXPECT_TRUE(sent().empty());
    ASSERT_TRUE(answer(out[0], 20000));
    const auto told = sent();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].remote, kPeerServerAt);
    EXPECT_EQ(told[0].socket, 0U) << "servers carry bubbles of our address alone";
    EXPECT_EQ(trailersIn(told[0]).randomPort, 20001) << "rounded down";
    EXPECT_NE(nonceIn(told[0]), 0U);
    EXPECT_EQ(tunnel.pollTimeout()->at, now + TeredoPeers::kRetry);
    // The peer's own bubble comes in there.
    ASSERT_TRUE(receiveAt(out[0].socket, kPeer, bubbleFrom(kPeerTeredo)));
    EXPECT_EQ(say(peer)->socket, out[0].socket);
    EXPECT_TRUE(closed().empty());
}

// RFC 6081 §5.5.2.2: 1 s, 2 s, and then as without it.
TEST_F(TeredoPredictTest, aSilentServerIsAskedTwice) {
    const auto first = call();
    EXPECT_EQ(tunnel.pollTimeout()->at, now + 1s);
    pass(1s - 1ns);
    EXPECT_TRUE(sent().empty());
    pass(1ns);
    const auto second = guess();
    EXPECT_NE(second[0].socket, first[0].socket);
    EXPECT_EQ(closed(), std::vector<std::uint32_t>{first[0].socket});
    EXPECT_FALSE(answer(first[0], 20000)) << "too late";
    EXPECT_TRUE(answer(second[0], 20000));
    EXPECT_EQ(tunnel.pollTimeout()->at, now + 2s);
    pass(2s);
    const auto out = sent();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].remote, kPeer);
    EXPECT_EQ(out[0].socket, 0U);
    EXPECT_EQ(out[1].remote, kPeerServerAt);
    EXPECT_FALSE(trailersIn(out[1]).randomPort);
    EXPECT_EQ(closed(), std::vector<std::uint32_t>{second[0].socket});
    pass(2s);
    EXPECT_EQ(sentTo(), (Addresses{kPeer, kPeerServerAt})) << "the server is left alone";
    for (int i = 0; i < 3; ++i)
        pass(2s);
    EXPECT_FALSE(tunnel.pollTimeout()) << "given up";
    sent();
    now += TeredoPeers::kMemory;
    call(); // The next call asks it again.
}

TEST_F(TeredoPredictTest, aGuessThatLedNowhereIsMadeAnew) {
    const auto first = call();
    answer(first[0], 20000);
    answer(first[2], 20002);
    sent();
    pass(TeredoPeers::kRetry);
    const auto second = guess();
    EXPECT_NE(second[0].socket, first[0].socket);
    EXPECT_EQ(closed().size(), 1U);
    answer(second[0], 20007);
    answer(second[2], 20009);
    EXPECT_EQ(trailersIn(sent().at(0)).randomPort, 20008);
    // RFC 4380 §5.2.6: 4 in all.
    std::size_t guesses = 2;
    for (int i = 0; i < 20; ++i) {
        pass(TeredoPeers::kRetry);
        const auto out = sent();
        guesses += out.size() == 3 ? 1 : 0;
        if (out.size() == 3) {
            answer(out[0], 20017);
            answer(out[2], 20019);
        }
    }
    EXPECT_EQ(guesses, TeredoPeers::kBubblesMax);
    EXPECT_EQ(closed().size(), 3U) << "the last one when nobody came";
}

// RFC 4380 §5.2.1, §5.2.2, as in the qualification
TEST_F(TeredoPredictTest, nothingElseIsTakenForAnAnswer) {
    const auto out = call();
    const SocketAddress seen(kOwn.v4(), 20000);
    const Bytes good = advertisement(out[0], seen);
    Bytes wrongNonce = good;
    wrongNonce[4] ^= 1;
    Datagram toOther = out[0];
    toOther.payload = makeSolicitation(kLinkLocal, wire::decodeTeredoPacket(out[0].payload)->authentication->nonce);
    const std::uint32_t socket = out[0].socket;
    EXPECT_FALSE(receiveAt(socket, kServerAt, wrongNonce));
    EXPECT_FALSE(receiveAt(socket, kServerAt, advertisement(toOther, seen))) << "another link-local address";
    EXPECT_FALSE(receiveAt(socket, kSecondaryAt, good)) << "the other address answers";
    EXPECT_FALSE(receiveAt(socket, {kServer, 3545}, good)) << "another port";
    EXPECT_FALSE(receiveAt(socket, kPeerServerAt, good)) << "somebody else";
    EXPECT_FALSE(receiveAt(socket, kServerAt, advertisement(out[0], seen, kPeerServer))) << "another prefix";
    EXPECT_FALSE(receiveAt(socket, kServerAt, advertisement(out[0], {kLan, 20000}))) << "seen in our own network";
    EXPECT_FALSE(receiveAt(socket, kServerAt, advertisement(out[0], {kOwn.v4(), 0})));
    EXPECT_FALSE(receiveAt(socket + 1, kServerAt, good)) << "no port of ours";
    EXPECT_FALSE(receiveAt(socket & 0xffff, kServerAt, good)) << "another kind of socket";
    EXPECT_FALSE(receiveAt(0, kServerAt, good)) << "the main one";
    EXPECT_TRUE(receiveAt(socket, kServerAt, good));
    EXPECT_FALSE(receiveAt(socket, kServerAt, advertisement(out[0], {kOwn.v4(), 30000}))) << "the first one counts";
    answer(out[2], 20002);
    EXPECT_EQ(trailersIn(sent().at(0)).randomPort, 20001);
}

// What makes no sense is not told, and the bubbles go as if nothing had been asked.
TEST_F(TeredoPredictTest, aNatThatDoesNotCountIsLeftAlone) {
    const SocketAddress far(kOwn.v4(), 20000 + PortPrediction::kSpanMax + 1), other(kElsewhere.v4(), 20002);
    for (const SocketAddress& upper : {far, other}) {
        tunnel.restart();
        closed();
        const auto out = call();
        answer(out[0], 20000);
        ASSERT_TRUE(receiveAt(out[2].socket, kSecondaryAt, advertisement(out[2], upper)));
        const auto plain = sent();
        ASSERT_EQ(plain.size(), 2U);
        EXPECT_EQ(plain[0].socket, 0U);
        EXPECT_FALSE(trailersIn(plain[1]).randomPort);
        EXPECT_EQ(closed().size(), 1U);
        pass(TeredoPeers::kRetry);
        EXPECT_EQ(sentTo(), (Addresses{kPeer, kPeerServerAt}));
    }
    tunnel.restart();
    const auto down = call();
    answer(down[0], 20000 + PortPrediction::kSpanMax);
    answer(down[2], 20000);
    EXPECT_EQ(trailersIn(sent().at(0)).randomPort, 20000 + PortPrediction::kSpanMax / 2) << "one that counts down";
}

// RFC 6081 §5.5.4.1: symmetric, not port-preserving (§5.4); §5.3: nor forwarded; and a server with two addresses
TEST_F(TeredoPredictTest, whoNeedsNoGuessMakesNone) {
    const auto questions = [&] {
        say(peer);
        const auto out = sent();
        EXPECT_FALSE(out.empty());
        return std::ranges::count_if(out, isQuestion);
    };
    EXPECT_EQ(questions(), 2);
    be({}, kOwn.port());
    EXPECT_EQ(questions(), 0) << "port-preserving";
    pass(TeredoPeers::kRetry);
    EXPECT_EQ(std::ranges::count_if(sent(), isQuestion), 0) << "its port is told again";
    be(SocketAddress(kOwn.v4(), 50001));
    EXPECT_EQ(questions(), 0) << "forwarded";
    be({}, 1234, std::nullopt);
    EXPECT_EQ(questions(), 0) << "no secondary address";
    be({}, 1234, kLan);
    EXPECT_EQ(questions(), 0) << "one in our own network";
    beClient();
    EXPECT_EQ(questions(), 0) << "restricted";
    beRelay(TeredoKind::Symmetric);
    EXPECT_EQ(questions(), 0) << "a relay";
}

// RFC 6081 §5.5.4.3, §5.4.4.5
TEST_F(TeredoPredictTest, aBubbleAtTheMainPortEndsTheTest) {
    const auto out = call();
    answer(out[0], 20000);
    ASSERT_TRUE(receive(kPeer, bubbleFrom(kPeerTeredo)));
    sent();
    EXPECT_EQ(closed().size(), 1U);
    EXPECT_FALSE(answer(out[2], 20002));
    pass(10s);
    EXPECT_TRUE(sent().empty());
    EXPECT_EQ(say(peer)->socket, 0U);
    now += TeredoPeers::kFresh;
    call();
    EXPECT_EQ(tunnel.pollTimeout()->at, now + TeredoPeers::kPredictionWait) << "the next one begins anew";
}

// RFC 6081 §5.3, §5.6: it is reached there, whatever our own port is.
TEST_F(TeredoPredictTest, whoToldOfOtherPlacesNeedsNoGuess) {
    const SocketAddress other(kPeer.v4(), 7);
    wire::TeredoTrailers trailers;
    trailers.nonce = 77;
    trailers.alternates = {other};
    ASSERT_TRUE(receive(kServerAt, byServer(kPeer, bubbleFrom(kPeerTeredo, trailers))));
    EXPECT_EQ(sentTo(), Addresses{kPeerServerAt}) << "our nonce first";
    say(peer);
    EXPECT_EQ(sentTo(), (Addresses{other, kPeer, kPeerServerAt}));
}

// One packet leaves towards a stranger for one of its own: the bubble of the test, and then what came of it.
TEST_F(TeredoPredictTest, aStrangerGetsOnePacketForOne) {
    ASSERT_TRUE(receiveByServer(kPeer));
    const auto first = guess();
    EXPECT_EQ(trailersIn(first[1]).nonce, 77U);
    answer(first[0], 20000);
    answer(first[2], 20002);
    EXPECT_TRUE(sent().empty()) << "before it asks again";
    pass(2s);
    ASSERT_TRUE(receiveByServer(kPeer));
    const auto told = sent();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].remote, kPeerServerAt);
    EXPECT_EQ(trailersIn(told[0]).randomPort, 20001);
    pass(2s);
    ASSERT_TRUE(receiveByServer(kPeer)) << "it led nowhere";
    EXPECT_NE(guess()[0].socket, first[0].socket);
    pass(2s);
    ASSERT_TRUE(receiveByServer(kPeer)) << "and the server is silent";
    guess();
    pass(2s);
    ASSERT_TRUE(receiveByServer(kPeer));
    EXPECT_TRUE(sent().empty()) << "4 without a straight packet";
    pass(TeredoPeers::kPortIdle);
    EXPECT_EQ(closed().size(), 3U);
}

TEST_F(TeredoPredictTest, whoCannotUseAPortIsToldNone) {
    ASSERT_TRUE(receiveByServer(kPeer, 0, 0));
    EXPECT_EQ(sentTo(), Addresses{kPeer}) << "without RFC 6081";
}

TEST_F(TeredoPredictTest, strangersMakeUsAskOurServerSeldom) {
    std::size_t questions = 0;
    const auto flood = [&] {
        for (std::uint8_t i = 1; i <= 50; ++i) {
            ASSERT_TRUE(receiveByServer({Ipv4Address::of(45, 99, 1, i), 4000}));
            const auto out = sent();
            EXPECT_EQ(toOthers(out), 1U) << "they are answered all the same";
            questions += out.size() - toOthers(out);
        }
    };
    flood();
    EXPECT_EQ(questions, 2 * TeredoPeers::kStrangersPredictionsMax);
    call(); // Those whom we call don't wait for them.
    now += TeredoPeers::kPredictionMemory;
    tunnel.restart();
    questions = 0;
    flood();
    EXPECT_EQ(questions, 2 * TeredoPeers::kStrangersPredictionsMax);
}

// RFC 6081 §5.4.4.3: the peer has a random port as well.
TEST_F(TeredoPredictTest, theGuessIsForThePortThatThePeerTold) {
    const SocketAddress told(kPeer.v4(), 50505);
    ASSERT_TRUE(receiveByServer(kPeer, told.port()));
    guess(told);
    tunnel.restart();
    closed();
    // And when it tells one while we call it, what was guessed for another place is void.
    const auto first = call();
    ASSERT_TRUE(receiveByServer(kPeer, told.port()));
    const auto second = guess(told);
    EXPECT_EQ(closed(), std::vector<std::uint32_t>{first[0].socket});
    answer(second[0], 20000);
    answer(second[2], 20002);
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U) << "at once, because we call";
    EXPECT_EQ(trailersIn(out[0]).randomPort, 20001);
    pass(TeredoPeers::kAnswerEvery);
    ASSERT_TRUE(receiveByServer(kPeer, told.port()));
    const auto again = sent();
    ASSERT_EQ(again.size(), 1U) << "the same port: nothing to ask";
    EXPECT_EQ(again[0].remote, told);
    EXPECT_EQ(again[0].socket, second[0].socket);
}

// Eight at a time, and none is taken away while it is being asked for.
TEST_F(TeredoPredictTest, portsHaveALimitAndTestsEndFirst) {
    std::set<std::uint32_t> open;
    std::size_t plain = 0;
    for (std::uint8_t i = 1; i <= 12; ++i) {
        const SocketAddress other(Ipv4Address::of(45, 99, 1, i), 4000);
        say(InnerAddress{SocketAddress(teredo(other), 4000)});
        const auto out = sent();
        for (const Datagram& datagram : out)
            if (datagram.socket != 0)
                open.insert(datagram.socket);
        plain += out.size() == 2 ? 1 : 0;
    }
    EXPECT_EQ(open.size(), TeredoPeers::kPortsMax);
    EXPECT_TRUE(closed().empty());
    EXPECT_EQ(plain, 12 - TeredoPeers::kPortsMax) << "the others have bubbles without a port";
}

// Its packets come in at a port that it guessed; what it lacks is our nonce, which goes first.
TEST_F(TeredoPredictTest, whoTellsAGuessedPortHearsOurNonceFirst) {
    beClient();
    ASSERT_TRUE(receiveByServer(kPeer, 20001));
    const auto first = sent();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].remote, kPeerServerAt);
    pass(2s);
    ASSERT_TRUE(receiveByServer(kPeer, 20006, 78));
    const auto second = sent();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].remote, SocketAddress(kPeer.v4(), 20006));
    EXPECT_EQ(trailersIn(second[0]).nonce, 78U);
    // Whom we call knows our nonce, and each port is a new one.
    tunnel.restart();
    say(peer);
    sent();
    for (const std::uint16_t port : {20011, 20016}) {
        ASSERT_TRUE(receiveByServer(kPeer, port));
        const auto out = sent();
        ASSERT_FALSE(out.empty());
        EXPECT_EQ(out.back().remote, SocketAddress(kPeer.v4(), port));
        now += TeredoPeers::kAnswerEvery;
    }
}

} // namespace
} // namespace culvert
