// The rendezvous from an attacker's side: what it answers, to whom, and how much.
#include "core/engine/rendezvous_node.h"
#include "core/rendezvous/rendezvous_client.h"
#include "core/wire/contact_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct RendezvousTest : testing::Test {
    test::SeededRandom random{3};
    Identity third = Identity::generate(random), alice = Identity::generate(random), bob = Identity::generate(random);
    RendezvousNode node{third.seed(), random, false};
    Now now{Instant{1s}, WallTime{0}};
    SocketAddress aliceAt{*Ipv6Address::fromText("2a0e:b107:2::2"), 1},
        bobAt{*Ipv6Address::fromText("2a0e:b107:1::2"), 2};

    void SetUp() override {
        LocalNetwork network;
        network.native6 = {*Ipv6Address::fromText("2a0e:b107:3::2")};
        network.port = 4380;
        node.handleNetwork(now, network);
    }
    // `asked`: which of the node's addresses.
    std::vector<Datagram> give(const SocketAddress& from, const Bytes& payload, const SocketAddress& asked = {}) {
        node.handleDatagram(now, Datagram{asked, from, payload, 0});
        std::vector<Datagram> out;
        std::size_t back = 0;
        while (auto datagram = node.pollTransmit()) {
            if (datagram->remote == from)
                back += datagram->payload.size();
            out.push_back(*datagram);
        }
        EXPECT_LE(back, payload.size()) << "no answer is larger than its question";
        return out;
    }
    wire::Cookie cookieFor(const Identity& who, const SocketAddress& at) {
        const auto answers = give(at, ControlSealer(who, random).sealCookieRequest(third.publicKey(), 5));
        EXPECT_EQ(answers.size(), 1U);
        return std::get<wire::CookieReply>(*wire::decodeEnvelope(answers.at(0).payload)).cookie;
    }
    Bytes registration(const Identity& who, const wire::Cookie& cookie) {
        return ControlSealer(who, random).sealIntroduction(third.publicKey(), {}, cookie, wire::Register{6, 60});
    }
    void join(const Identity& who, const SocketAddress& at) {
        ASSERT_EQ(give(at, registration(who, cookieFor(who, at))).size(), 1U);
    }
    Bytes handoff(const Identity& from, const Identity& to, std::size_t size = 100) {
        const auto keys = *PairKeys::derive(from, third.publicKey());
        return ControlSealer(from, random).sealPair(keys, wire::HandoffRequest{7, to.publicKey(), Bytes(size, 1)});
    }
};

TEST_F(RendezvousTest, handsOverBetweenRegisteredClients) {
    join(alice, aliceAt);
    join(bob, bobAt);
    const auto out = give(bobAt, handoff(bob, alice));
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].remote, aliceAt);
    const auto envelope = std::get<wire::PairEnvelope>(*wire::decodeEnvelope(out[0].payload));
    const auto message = ControlSealer(alice, random).openPair(*PairKeys::derive(alice, third.publicKey()), envelope);
    ASSERT_TRUE(message);
    EXPECT_EQ(std::get<wire::HandoffDelivery>(*message).sealed, Bytes(100, 1));
}

TEST_F(RendezvousTest, answersFromTheAddressThatWasAsked) {
    const SocketAddress first(*Ipv6Address::fromText("2a0e:b107:3::2"), 4380);
    const SocketAddress second(*Ipv6Address::fromText("2a0e:b107:3::3"), 4380);
    const auto request = ControlSealer(alice, random).sealCookieRequest(third.publicKey(), 5);
    const auto cookies = give(aliceAt, request, second);
    ASSERT_EQ(cookies.size(), 1U);
    EXPECT_EQ(cookies[0].local, second);
    const auto cookie = std::get<wire::CookieReply>(*wire::decodeEnvelope(cookies[0].payload)).cookie;
    const auto joined = give(aliceAt, registration(alice, cookie), second);
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(joined[0].local, second);
    ASSERT_EQ(give(bobAt, registration(bob, cookieFor(bob, bobAt)), first).size(), 1U);
    const auto out = give(bobAt, handoff(bob, alice), first);
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].local, second) << "the delivery, from where Alice registered";
    EXPECT_EQ(out[1].local, first) << "the result, from where Bob asked";
}

TEST_F(RendezvousTest, withoutTheRightCookieNothingIsOpened) {
    const wire::Cookie cookie = cookieFor(alice, aliceAt);
    EXPECT_TRUE(give(aliceAt, registration(alice, {})).empty());
    EXPECT_TRUE(give(bobAt, registration(alice, cookie)).empty()) << "another address";
    EXPECT_EQ(give(aliceAt, registration(alice, cookie)).size(), 1U);
    EXPECT_EQ(node.server().registrations(), 1U);
}

TEST_F(RendezvousTest, whoDoesNotKnowItsKeyGetsNoAnswerAtAll) {
    EXPECT_TRUE(give(aliceAt, ControlSealer(alice, random).sealCookieRequest(bob.publicKey(), 5)).empty());
    for (std::size_t size = 1; size < 200; ++size)
        EXPECT_TRUE(give(aliceAt, Bytes(size, static_cast<std::uint8_t>(1 + size % 4))).empty());
}

TEST_F(RendezvousTest, aHandoffFromAnotherAddressThanTheRegistrationsIsDropped) {
    join(alice, aliceAt);
    join(bob, bobAt);
    EXPECT_TRUE(give(SocketAddress(bobAt.v6(), 9), handoff(bob, alice)).empty());
}

TEST_F(RendezvousTest, unknownRecipientsAndExpiredRegistrationsGetNothing) {
    join(bob, bobAt);
    EXPECT_EQ(give(bobAt, handoff(bob, alice)).size(), 1U) << "a result, and no delivery";
    join(alice, aliceAt);
    now.monotonic += 40s;
    join(bob, bobAt);
    now.monotonic += 21s; // Alice's 60 s are over, Bob's are not.
    const auto out = give(bobAt, handoff(bob, alice));
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, bobAt);
}

TEST_F(RendezvousTest, aPairsBudgetRunsOutAndRefills) {
    join(alice, aliceAt);
    join(bob, bobAt);
    unsigned delivered = 0;
    for (int i = 0; i < 100; ++i)
        delivered += give(bobAt, handoff(bob, alice)).size() == 2 ? 1 : 0;
    EXPECT_EQ(delivered, PairBudgets::kBurst);
    now.monotonic += PairBudgets::kRefill + 1ms;
    EXPECT_EQ(give(bobAt, handoff(bob, alice)).size(), 2U);
    EXPECT_EQ(give(bobAt, handoff(bob, alice)).size(), 1U);
}

TEST_F(RendezvousTest, tooLargeHandoffsAreRefused) {
    join(alice, aliceAt);
    join(bob, bobAt);
    EXPECT_EQ(give(bobAt, handoff(bob, alice, wire::kHandoffSealedMax)).size(), 2U);
    EXPECT_TRUE(give(bobAt, handoff(bob, alice, wire::kHandoffSealedMax + 1)).empty());
}

TEST_F(RendezvousTest, aFloodOfIntroductionsIsBoundedForEachSource) {
    const wire::Cookie cookie = cookieFor(alice, aliceAt);
    const Bytes packet = registration(alice, cookie);
    for (unsigned i = 0; i < RendezvousServer::kIntroductionsPerSecondMax + 100; ++i)
        give(aliceAt, packet);
    EXPECT_GE(node.drops().of(DropReason::RateLimited), RendezvousServer::kIntroductionsPerSecondMax);
    join(bob, bobAt); // Others are not hindered.
    now.monotonic += 1s;
    EXPECT_EQ(give(aliceAt, packet).size(), 1U);
}

TEST_F(RendezvousTest, oneSourceFillsNoMoreThanItsShare) {
    for (unsigned i = 0; i < RendezvousServer::kRegistrationsPerSourceMax + 10; ++i) {
        const Identity one = Identity::generate(random);
        give(aliceAt, registration(one, cookieFor(one, aliceAt)));
        now.monotonic += 25ms;
    }
    EXPECT_EQ(node.server().registrations(), RendezvousServer::kRegistrationsPerSourceMax);
    join(bob, bobAt);
}

// Drives the client by hand through silence: retries, then a fresh cookie at the next address.
TEST(RendezvousClient, movesOnWhenAThirdPartyIsSilent) {
    test::SeededRandom random(1);
    Instant now{1s};
    RendezvousClient client(random, now);
    const SocketAddress first(*Ipv6Address::fromText("2001:db8::1"), 1),
        second(*Ipv6Address::fromText("2001:db8::2"), 1);
    client.setRemotes(now, {first, second});
    std::vector<SocketAddress> asked;
    for (int i = 0; i < 5; ++i) {
        std::optional<RendezvousRequest> request;
        for (int wakes = 0; !request && wakes < 2; ++wakes) { // It also wakes to ask for a TCP connection.
            now = client.pollTimeout()->at;
            request = client.pollRequest(now);
        }
        ASSERT_TRUE(request);
        EXPECT_FALSE(request->cookie);
        asked.push_back(request->remote.address);
        EXPECT_FALSE(client.pollRequest(now)) << "one at a time";
    }
    EXPECT_EQ(asked, (std::vector<SocketAddress>{first, first, second, second, first}));
    EXPECT_FALSE(client.isRegistered(now));
}

TEST(RendezvousClient, refreshesBeforeNatsForget) {
    test::SeededRandom random(1);
    Instant now{1s};
    RendezvousClient client(random, now);
    const SocketAddress remote(*Ipv6Address::fromText("2001:db8::1"), 1);
    client.setRemotes(now, {remote});
    auto request = client.pollRequest(now);
    client.handleCookie(now, remote, {request->transaction + 1, {}});
    EXPECT_FALSE(client.pollRequest(now)) << "a cookie for another question";
    client.handleCookie(now, remote, {request->transaction, {9}});
    request = client.pollRequest(now);
    ASSERT_TRUE(request && request->cookie);
    client.handleRegistered(now, remote, {request->transaction, 60, remote});
    EXPECT_TRUE(client.isRegistered(now + 59s));
    EXPECT_FALSE(client.isRegistered(now + 60s));
    EXPECT_GE(client.pollTimeout()->at, now + 20s);
    EXPECT_LE(client.pollTimeout()->at, now + 25s);
}

// What it sees of us at the best address is what others are told, so one silence must not move us away for good.
TEST(RendezvousClient, eachRefreshBeginsWithTheBestAddress) {
    test::SeededRandom random(1);
    Instant now{1s};
    RendezvousClient client(random, now);
    const SocketAddress best(Ipv4Address::of(45, 1, 1, 1), 1), other(*Ipv6Address::fromText("2001:db8::2"), 1);
    client.setRemotes(now, {best, other});
    const auto askedNext = [&] {
        now = client.pollTimeout()->at;
        return *client.pollRequest(now);
    };
    const auto registerAt = [&](const SocketAddress& remote, RendezvousRequest request) {
        while (request.remote != remote)
            request = askedNext();
        client.handleCookie(now, remote, {request.transaction, {9}});
        client.handleRegistered(now, remote, {askedNext().transaction, 60, remote});
        EXPECT_TRUE(client.isRegistered(now));
        EXPECT_EQ(client.remote(), remote);
    };
    registerAt(other, askedNext());
    EXPECT_LE(client.pollTimeout()->at, now + 2s) << "what was lost was two packets, perhaps";
    RendezvousRequest request = askedNext();
    EXPECT_EQ(request.remote, best);
    EXPECT_FALSE(request.cookie) << "one address's cookie is no good at another";
    EXPECT_EQ(client.remote(), other) << "handoffs go where it answered";
    registerAt(other, request);
    registerAt(best, askedNext());
    EXPECT_EQ(askedNext().remote, best);
}

InnerAddress tcpTo(const SocketAddress& remote) {
    InnerAddress out = remote;
    out.tcp = true;
    return out;
}

struct LinkedClient : testing::Test {
    test::SeededRandom random{1};
    Instant now{1s};
    RendezvousClient client{random, now};
    SocketAddress remote{*Ipv6Address::fromText("2001:db8::1"), 4380};
    std::vector<bool> asked; // by TCP

    void SetUp() override { client.setRemotes(now, {remote}); }
    // The third party hears TCP alone, or also datagrams.
    void run(Duration duration, bool hearsUdp = false) {
        const Instant end = now + duration;
        while (client.pollTimeout()->at <= end) {
            now = std::max(now, client.pollTimeout()->at);
            while (const auto request = client.pollRequest(now)) {
                asked.push_back(request->remote.tcp);
                if (!request->remote.tcp && !hearsUdp)
                    continue;
                if (request->cookie)
                    client.handleRegistered(now, request->remote, {request->transaction, 60, remote});
                else
                    client.handleCookie(now, request->remote, {request->transaction, {9}});
            }
        }
        now = end;
    }
};

TEST_F(LinkedClient, wantsAConnectionAfterASecondWithoutAnAnswer) {
    run(1ms);
    run(RendezvousClient::kLinkAfter - 2ms);
    EXPECT_FALSE(client.wantsLink(now));
    run(2ms);
    EXPECT_TRUE(client.wantsLink(now));
    client.setLink(now, tcpTo(remote));
    EXPECT_FALSE(client.wantsLink(now));
    run(1ms);
    EXPECT_TRUE(client.isRegistered(now));
    EXPECT_TRUE(client.remote().tcp);
    EXPECT_TRUE(client.needsLink(now));
}

TEST_F(LinkedClient, staysRegisteredByItAndAsksForDatagramsEachTime) {
    client.setLink(now, tcpTo(remote));
    for (int i = 0; i < 300; ++i) {
        run(1s);
        EXPECT_TRUE(client.isRegistered(now));
    }
    EXPECT_TRUE(client.remote().tcp);
    const auto byUdp = static_cast<std::size_t>(std::ranges::count(asked, false));
    EXPECT_GE(byUdp, 10U);
    EXPECT_LE(byUdp, 40U);
    run(26s, true);
    EXPECT_FALSE(client.remote().tcp) << "datagrams got an answer";
    EXPECT_TRUE(client.isRegistered(now));
    EXPECT_FALSE(client.needsLink(now));
    client.setLink(now, std::nullopt);
    EXPECT_TRUE(client.isRegistered(now)) << "it did not depend on that";
}

TEST_F(LinkedClient, isNotRegisteredWhenItBreaks) {
    client.setLink(now, tcpTo(remote));
    run(1s);
    ASSERT_TRUE(client.isRegistered(now));
    client.setLink(now, std::nullopt);
    EXPECT_FALSE(client.isRegistered(now));
    run(2s);
    EXPECT_TRUE(client.wantsLink(now));
}

TEST_F(RendezvousTest, whoRegisteredOverTcpGetsHandoffsThere) {
    const SocketAddress aliceFrom(aliceAt.v6(), 50000);
    const TcpLinkId link = *node.acceptTcp(now, aliceFrom);
    const auto ask = [&](const Bytes& payload) {
        Bytes frame;
        wire::appendTcpFrame(frame, payload);
        node.handleTcp(now, {TcpInput::What::Received, link, frame});
        std::vector<Bytes> out;
        wire::TcpFrameReader reader;
        while (const auto order = node.pollTcp()) {
            EXPECT_EQ(order->link, link);
            EXPECT_EQ(order->what, TcpOrder::What::Send);
            EXPECT_LE(order->octets.size(), frame.size()) << "no answer is larger than its question";
            reader.add(order->octets);
        }
        while (auto answer = reader.next())
            out.push_back(*answer);
        return out;
    };
    const auto cookies = ask(ControlSealer(alice, random).sealCookieRequest(third.publicKey(), 5));
    ASSERT_EQ(cookies.size(), 1U);
    const auto cookie = std::get<wire::CookieReply>(*wire::decodeEnvelope(cookies[0])).cookie;
    EXPECT_TRUE(give(aliceFrom, registration(alice, cookie)).empty()) << "the cookie is the connection's";
    ASSERT_EQ(ask(registration(alice, cookie)).size(), 1U);
    join(bob, bobAt);
    const auto toBob = give(bobAt, handoff(bob, alice));
    EXPECT_EQ(toBob.size(), 1U) << "the result alone goes by a datagram";
    const auto delivery = node.pollTcp();
    ASSERT_TRUE(delivery);
    EXPECT_EQ(delivery->link, link);
    now.monotonic += TcpLinks::kProveWithin + 1s;
    node.handleTimeout(now);
    EXPECT_FALSE(node.pollTcp()) << "a registration proves it";
    now.monotonic += TcpLinks::kSilentMax;
    node.handleTimeout(now);
    EXPECT_EQ(node.pollTcp()->what, TcpOrder::What::Close);
}

struct RingTest : RendezvousTest {
    static constexpr std::uint16_t kAlternatePort = 4381;
    const SocketAddress nodeAt{*Ipv6Address::fromText("2a0e:b107:3::2"), 4380};
    const Ipv6Address otherAddress = *Ipv6Address::fromText("2a0e:b107:3::3");

    void SetUp() override {
        LocalNetwork network;
        network.native6 = {nodeAt.v6(), otherAddress};
        network.port = nodeAt.port();
        node.handleNetwork(now, network);
        node.setAlternatePort(kAlternatePort);
        join(alice, aliceAt);
    }
    // What comes out for a request of Alice's that comes from `from` to the node's first address.
    std::vector<Datagram> ask(const SocketAddress& from, const wire::ControlMessage& message) {
        const auto keys = *PairKeys::derive(alice, third.publicKey());
        const Bytes payload = ControlSealer(alice, random).sealPair(keys, message);
        node.handleDatagram(now, Datagram{nodeAt, from, payload, 0});
        std::vector<Datagram> out;
        std::size_t size = 0;
        while (auto datagram = node.pollTransmit()) {
            size += datagram->payload.size();
            out.push_back(*datagram);
        }
        EXPECT_LE(size, payload.size()) << "no answer is larger than its question, all of them together";
        return out;
    }
    wire::ControlMessage opened(const Datagram& datagram) {
        const auto envelope = std::get<wire::PairEnvelope>(*wire::decodeEnvelope(datagram.payload));
        return *ControlSealer(alice, random).openPair(*PairKeys::derive(alice, third.publicKey()), envelope);
    }
    wire::RingStatus statusOf(const std::vector<Datagram>& out) {
        return std::get<wire::RingResult>(opened(out.back())).status;
    }
};

TEST_F(RingTest, ringsFromWhereItWasAsked) {
    const SocketAddress target(aliceAt.v6(), 5000);
    struct Case {
        wire::RingFrom from;
        std::uint32_t socket;
        Ipv6Address local;
    };
    for (const Case& one : {Case{wire::RingFrom::SamePort, 0, nodeAt.v6()},
                            Case{wire::RingFrom::AnotherPort, RendezvousNode::kAlternateSocket, nodeAt.v6()},
                            Case{wire::RingFrom::AnotherAddress, 0, otherAddress}}) {
        const auto out = ask(aliceAt, wire::RingRequest{9, target, one.from});
        ASSERT_EQ(out.size(), 2U);
        EXPECT_EQ(out[0].remote, target);
        EXPECT_EQ(out[0].socket, one.socket);
        EXPECT_EQ(out[0].local.v6(), one.local);
        EXPECT_EQ(std::get<wire::Ring>(opened(out[0])).transaction, 9U);
        EXPECT_EQ(statusOf(out), wire::RingStatus::Rung);
    }
}

TEST_F(RingTest, ringsNobodyButTheAsker) {
    for (const SocketAddress& target :
         {bobAt, SocketAddress(Ipv4Address::of(45, 83, 1, 2), 5000), SocketAddress(aliceAt.v6(), 53)}) {
        const auto out = ask(aliceAt, wire::RingRequest{9, target, wire::RingFrom::SamePort});
        ASSERT_EQ(out.size(), 1U) << target.text();
        EXPECT_EQ(out[0].remote, aliceAt);
        EXPECT_EQ(statusOf(out), wire::RingStatus::NotYours);
    }
}

TEST_F(RingTest, saysThatItCannotWhereItHasNoOtherPortOrAddress) {
    LocalNetwork network;
    network.native6 = {nodeAt.v6()};
    network.port = nodeAt.port();
    node.handleNetwork(now, network);
    node.setAlternatePort(0);
    for (const wire::RingFrom from : {wire::RingFrom::AnotherPort, wire::RingFrom::AnotherAddress}) {
        const auto out = ask(aliceAt, wire::RingRequest{9, SocketAddress(aliceAt.v6(), 5000), from});
        ASSERT_EQ(out.size(), 1U);
        EXPECT_EQ(statusOf(out), wire::RingStatus::CannotFromThere);
    }
}

TEST_F(RingTest, aFloodOfTestsRunsDry) {
    unsigned answered = 0;
    for (int i = 0; i < 1000; ++i)
        answered += ask(aliceAt, wire::Probe{1, 2, 3, 0}).empty() ? 0 : 1;
    EXPECT_EQ(answered, RendezvousServer::kTestBurst);
    now.monotonic += RendezvousServer::kTestRefill * 2;
    EXPECT_EQ(ask(aliceAt, wire::Probe{1, 2, 3, 0}).size(), 1U);
}

TEST_F(RingTest, tellsAClientHowEachOfItsSocketsLooks) {
    const SocketAddress elsewhere(*Ipv6Address::fromText("2a0e:b107:9::9"), 777);
    const auto out = ask(elsewhere, wire::Probe{1, 2, 3, 0});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(std::get<wire::ProbeReply>(opened(out[0])).observed, elsewhere);
}

TEST_F(RingTest, registrationNamesThePlacesFromWhichItCanRing) {
    node.handleDatagram(now, Datagram{nodeAt, aliceAt, registration(alice, cookieFor(alice, aliceAt)), 0});
    const auto registered = std::get<wire::Registered>(opened(*node.pollTransmit()));
    EXPECT_EQ(registered.alternatePort, kAlternatePort);
    EXPECT_EQ(registered.other6, SocketAddress(otherAddress, nodeAt.port()));
    EXPECT_EQ(registered.other4, std::nullopt);
}

} // namespace
} // namespace culvert
