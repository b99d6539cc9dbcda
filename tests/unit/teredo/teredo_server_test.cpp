#include "tests/unit/teredo/teredo_server_fixture.h"

namespace culvert {
namespace {

using namespace test;
using enum TeredoServerDrop;

struct Advertised {
    wire::RouterAdvertisement advertisement;
    wire::TeredoPacket teredo;
};

std::optional<Advertised> advertisedIn(const Datagram& datagram) {
    const auto teredo = wire::decodeTeredoPacket(datagram.payload);
    const auto advertisement =
        teredo ? wire::decodeRouterAdvertisement(teredo->packet) : fail(ErrorCode::Malformed, "no packet");
    return advertisement ? std::optional(Advertised{*advertisement, *teredo}) : std::nullopt;
}

// RFC 4380 §5.3.2, every octet, as clients in use are answered by the servers that they know.
TEST_F(TeredoServerTest, aSolicitationGetsOurPrefixAndItsOrigin) {
    const auto answer = ask(wire::encodeRouterSolicitation(kPlain));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote, kBob);
    EXPECT_EQ(answer->local, kAtPrimary);
    EXPECT_EQ(toHex(BytesView(answer->payload).first(8)), "0000feaefefdfcfb");
    const auto told = advertisedIn(*answer);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->teredo.packet.source, kServerLinkLocal);
    EXPECT_EQ(told->teredo.packet.destination, kPlain);
    ASSERT_EQ(told->advertisement.prefixes.size(), 1U);
    EXPECT_EQ(told->advertisement.prefixes[0].prefix.text(), "2001:0:2d53:102::");
    EXPECT_EQ(toHex(BytesView(answer->payload).subspan(8 + 40 + 4)), "0000000000000000000007d0"
                                                                     "03044040ffffffffffffffff00000000"
                                                                     "200100002d5301020000000000000000");
    EXPECT_EQ(server.advertised(), 1U);
}

struct AnswerCase {
    const char* name;
    SocketAddress asked;
    bool cone;
    SocketAddress answers;
};

// RFC 4380 §5.3.2: with the cone bit the other address answers.
TEST_F(TeredoServerTest, theConeBitChoosesTheAddressThatAnswers) {
    const AnswerCase cases[] = {
        {"primary, no cone bit", kAtPrimary, false, kAtPrimary},
        {"secondary, no cone bit", kAtSecondary, false, kAtSecondary},
        {"primary, cone bit", kAtPrimary, true, kAtSecondary},
        {"secondary, cone bit", kAtSecondary, true, kAtPrimary},
    };
    for (const auto& [name, asked, cone, answers] : cases) {
        const auto answer = ask(wire::encodeRouterSolicitation(cone ? kCone : kPlain), kBob, asked);
        ASSERT_TRUE(answer) << name;
        EXPECT_EQ(answer->local, answers) << name;
        const auto told = advertisedIn(*answer);
        ASSERT_TRUE(told) << name;
        EXPECT_EQ(told->advertisement.prefixes[0].prefix.text(), "2001:0:2d53:102::") << name;
        EXPECT_EQ(told->teredo.packet.destination, cone ? kCone : kPlain) << name;
    }
}

TEST_F(TeredoServerTest, withOneAddressTheConeBitGetsNoAnswer) {
    server = TeredoServer({kPrimary, std::nullopt, false, true}, random);
    expectDrop(NoOtherAddress, wire::encodeRouterSolicitation(kCone), kBob, "cone bit");
    EXPECT_TRUE(ask(wire::encodeRouterSolicitation(kPlain)));
}

// RFC 4380 §5.2.2, §5.3.2: the nonce comes back, and only where one came.
TEST_F(TeredoServerTest, theNonceIsEchoed) {
    const Bytes question = wire::encodeRouterSolicitation(kPlain);
    const auto answer = ask(joined(authentication("bob", "sum"), question));
    ASSERT_TRUE(answer);
    EXPECT_EQ(toHex(BytesView(answer->payload).first(13)), "00010000010203040506070800");
    EXPECT_EQ(toHex(BytesView(answer->payload).subspan(13, 8)), "0000feaefefdfcfb");
    EXPECT_TRUE(advertisedIn(*answer));
    EXPECT_FALSE(advertisedIn(*ask(question))->teredo.authentication);
}

// RFC 4380 §5.3.1 rule 5: a qualified client may ask too, as itself.
TEST_F(TeredoServerTest, aClientMaySolicitByItsTeredoAddress) {
    const auto answer = ask(wire::encodeRouterSolicitation(teredo(kBob)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(advertisedIn(*answer)->teredo.packet.destination, teredo(kBob));
    expectDrop(SourceMismatch, wire::encodeRouterSolicitation(teredo(kAlice)), kBob, "somebody else's");
}

// RFC 4380 §5.3.1: to the embedded address, from the one that its NAT knows, with an origin indication.
TEST_F(TeredoServerTest, aBubbleGoesToTheClientThatItNames) {
    const auto sent = ask(bubble(teredo(kBob), teredo(kAlice)), kBob, kAtSecondary);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->remote, kAlice);
    EXPECT_EQ(sent->local, kAtPrimary);
    EXPECT_EQ(toHex(sent->payload),
              toHex(joined(wire::encodeOriginIndication(kBob), bubble(teredo(kBob), teredo(kAlice)))));
    const auto second = ask(bubble(teredo(kBob), teredo(kAlice, kSecondary)));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->local, kAtSecondary) << "the address that this client chose";
    EXPECT_EQ(server.forwarded(), 2U);
}

// What others put before it does not travel on; what RFC 6081 §4 puts behind it does, and so does the flow label.
TEST_F(TeredoServerTest, thePacketItselfIsForwardedWhole) {
    Bytes packet = bubble(teredo(kBob), teredo(kAlice));
    packet[1] = 0x0a;
    packet[3] = 0x55;
    append(packet, *fromHex("010400000001"));
    Bytes before = joined(authentication("id"), wire::encodeOriginIndication(kAlice));
    const auto sent = ask(joined(before, packet));
    ASSERT_TRUE(sent);
    EXPECT_EQ(toHex(sent->payload), toHex(joined(wire::encodeOriginIndication(kBob), packet)));
}

// RFC 4380 §5.3.1 rules 5 and 6: relays and other servers' clients reach ours.
TEST_F(TeredoServerTest, strangersReachOurClients) {
    const Ipv6Address sixToFour = *Ipv6Address::fromText("2002:102:304::1");
    for (const Ipv6Address& from : {kNative, sixToFour, kPlain, teredo(kBob, Ipv4Address::of(9, 9, 9, 9))}) {
        const auto sent = ask(bubble(from, teredo(kAlice)));
        ASSERT_TRUE(sent) << from.text();
        EXPECT_EQ(sent->remote, kAlice);
    }
}

// Bubbles of clients in use: hop limit zero, link-local source.
TEST_F(TeredoServerTest, bubblesPassWithAnyHopLimit) {
    for (const std::uint8_t hopLimit : {0, 1, 255}) {
        const auto sent = ask(bubble(kPlain, teredo(kAlice), hopLimit));
        ASSERT_TRUE(sent);
        EXPECT_EQ(sent->payload.at(8 + 7), hopLimit);
    }
}

// RFC 8200 §3; and RFC 4861 §6.1.2: what needs a hop limit of 255 cannot come through us.
TEST_F(TeredoServerTest, icmpv6HopLimitsAreCountedDown) {
    Bytes echo = icmpv6(teredo(kBob), teredo(kAlice));
    ASSERT_EQ(echo.at(7), 255);
    EXPECT_EQ(ask(echo)->payload.at(8 + 7), 254);
    echo[7] = 2;
    EXPECT_EQ(ask(echo)->payload.at(8 + 7), 1);
    for (const std::uint8_t hopLimit : {1, 0}) {
        echo[7] = hopLimit;
        expectDrop(HopLimit, echo, kBob, "at its end");
    }
}

TEST_F(TeredoServerTest, smallIcmpv6MessagesPassUnlessSwitchedOff) {
    const Bytes longest = icmpv6(teredo(kBob), teredo(kAlice), TeredoServer::kIcmpv6Max);
    EXPECT_TRUE(ask(longest));
    server = TeredoServer({kPrimary, kSecondary, false, false}, random);
    expectDrop(NotCarried, longest, kBob, "switched off");
    EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice))));
    EXPECT_TRUE(ask(wire::encodeRouterSolicitation(kPlain)));
}

TEST_F(TeredoServerTest, testNetworksMayUseReservedAddresses) {
    const SocketAddress from(Ipv4Address::of(192, 0, 2, 1), 5);
    expectDrop(OuterSourceNotGlobal, wire::encodeRouterSolicitation(kPlain), from, "documentation");
    server = TeredoServer({kPrimary, kSecondary, true, true}, random);
    EXPECT_TRUE(ask(wire::encodeRouterSolicitation(kPlain), from));
    const SocketAddress privateSource(Ipv4Address::of(10, 0, 0, 1), 5);
    expectDrop(OuterSourceNotGlobal, wire::encodeRouterSolicitation(kPlain), privateSource, "private all the same");
}

TEST_F(TeredoServerTest, aSourceHasALimitOfItsOwn) {
    const Bytes question = wire::encodeRouterSolicitation(kPlain);
    for (unsigned i = 0; i < TeredoServer::kPerSourceMax; ++i)
        ASSERT_TRUE(ask(i % 5 == 0 ? question : bubble(teredo(kBob), teredo(kAlice)))) << i;
    expectDrop(RateLimited, question, kBob, "one too many");
    expectDrop(RateLimited, question, {kBob.v4(), 9}, "from another port");
    expectDrop(RateLimited, bubble(teredo(kBob), teredo(kAlice)), kBob, "a bubble");
    EXPECT_TRUE(ask(question, kAlice)) << "others are not touched";
    now += 999ms;
    expectDrop(RateLimited, question, kBob, "the same second");
    now += 1ms;
    EXPECT_TRUE(ask(question));
}

TEST_F(TeredoServerTest, allSourcesTogetherHaveALimit) {
    const Bytes question = wire::encodeRouterSolicitation(kPlain);
    unsigned answered = 0;
    constexpr unsigned asked = TeredoServer::kPerSecondMax + 100;
    for (unsigned i = 0; i < asked; ++i) {
        const auto third = static_cast<std::uint8_t>(i >> 8 & 255);
        const SocketAddress from(Ipv4Address::of(45, 84, third, static_cast<std::uint8_t>(i & 255)), 5);
        answered += ask(question, from) ? 1 : 0;
    }
    EXPECT_EQ(answered, TeredoServer::kPerSecondMax);
    EXPECT_EQ(server.dropped(RateLimited), asked - TeredoServer::kPerSecondMax);
    now += 1s;
    EXPECT_TRUE(ask(question));
}

// What a victim gets beside what came in its name, whoever writes it and however often: over any ten seconds.
TEST_F(TeredoServerTest, nobodyGetsMoreThanABurstBeyondWhatCameFromThere) {
    const Bytes plain = wire::encodeRouterSolicitation(kPlain);
    struct Answered {
        Instant at;
        std::int64_t gain;
    };
    std::vector<Answered> all;
    for (unsigned i = 0; i < 6000; ++i, now += 5ms) {
        const SocketAddress from(kBob.v4(), static_cast<std::uint16_t>(1024 + i));
        const Bytes question = i % 3 == 0 ? plain : joined(authentication(), plain);
        if (const auto answer = ask(question, from, i % 2 == 0 ? kAtPrimary : kAtSecondary))
            all.push_back({now, static_cast<std::int64_t>(answer->payload.size() - question.size())});
    }
    for (std::size_t first = 0; first < all.size(); ++first) {
        std::int64_t gain = 0;
        for (std::size_t i = first; i < all.size() && all[i].at - all[first].at < 10s; ++i)
            gain += all[i].gain;
        ASSERT_LE(gain, TeredoServer::kGainBurst + 10 * TeredoServer::kGainPerSecond);
    }
    EXPECT_EQ(all.size(), 16U + 30 * 4 - 1) << "and no less, for those who are many behind one address";
    EXPECT_EQ(server.dropped(NoGain) + all.size(), 6000U);
    EXPECT_TRUE(ask(plain, kAlice)) << "others are not touched";
    EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice)))) << "nor what is forwarded";
    now += 4s;
    for (unsigned i = 0; i < 16; ++i)
        EXPECT_TRUE(ask(plain)) << i;
    expectDrop(NoGain, plain, kBob, "one too many");
}

// RFC 4861 §4.1: options that are not known are passed over.
TEST_F(TeredoServerTest, aQuestionAsLongAsItsAnswerIsNotHeldUp) {
    Bytes body(4 + 48); // reserved, and one option of 48 octets
    body[4] = 14;
    body[5] = 6;
    const Bytes question = wire::encodeIcmpv6(kPlain, wire::kAllRouters, {133, 0, body});
    for (unsigned i = 0; i < TeredoServer::kPerSourceMax; ++i) {
        const auto answer = ask(question);
        ASSERT_TRUE(answer) << i;
        EXPECT_LE(answer->payload.size(), question.size());
    }
    expectDrop(RateLimited, question, kBob, "a source has a limit all the same");
}

} // namespace
} // namespace culvert
