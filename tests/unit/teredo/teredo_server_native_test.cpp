// What a Teredo server sends to native hosts, how much in all, and what every exchange costs beside what it brings.
#include "tests/unit/teredo/teredo_server_fixture.h"

namespace culvert {
namespace {

using namespace test;
using enum TeredoServerDrop;

struct TeredoServerNative : TeredoServerTest {
    TeredoServerNative() { server = TeredoServer({kPrimary, kSecondary, false, true, true}, random); }

    std::optional<Bytes> askNative(BytesView payload, const SocketAddress& from = kBob) {
        EXPECT_FALSE(ask(payload, from));
        return server.pollNative();
    }
};

Ipv6Address hostAt(unsigned site, unsigned host = 2) {
    Ipv6Address out = kNative;
    out.octets[6] = static_cast<std::uint8_t>(site >> 8);
    out.octets[7] = static_cast<std::uint8_t>(site);
    out.octets[15] = static_cast<std::uint8_t>(host);
    return out;
}

SocketAddress client(unsigned number) {
    return {Ipv4Address::of(45, 84, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)), 5};
}

// RFC 4380 §5.3.1: whole and as it was, but for RFC 8200 §3's hop limit and what ends with the tunnel.
TEST_F(TeredoServerNative, anEchoRequestGoesAsItIs) {
    Bytes echo = icmpv6(teredo(kBob), kNative);
    echo[1] = 0x0a;
    echo[3] = 0x55;
    Bytes before = joined(authentication("id"), wire::encodeOriginIndication(kAlice));
    const auto sent = askNative(joined(joined(before, echo), Bytes{1, 4, 0, 0, 0, 1}));
    ASSERT_TRUE(sent);
    --echo[7];
    EXPECT_EQ(toHex(*sent), toHex(echo));
    EXPECT_EQ(server.forwardedToNative(), 1U);
    EXPECT_FALSE(server.pollNative()) << "once";
}

// RFC 4380 §5.3.1 rule 5 asks for the outer source alone: clients of other servers may ring by this one.
TEST_F(TeredoServerNative, echoRequestsAndErrorsOfAllClientsGo) {
    for (const std::uint8_t type : {1, 2, 3, 4, 128}) {
        const Bytes body(TeredoServer::kIcmpv6Max - 4);
        now += 1s;
        EXPECT_TRUE(askNative(wire::encodeIcmpv6(teredo(kBob), kNative, {type, 0, body}))) << unsigned(type);
        EXPECT_TRUE(askNative(wire::encodeIcmpv6(teredo(kBob, kAlice.v4()), kNative, {type, 0, body})));
    }
    Bytes last = icmpv6(teredo(kBob), kNative);
    last[7] = 2;
    EXPECT_EQ(askNative(last)->at(7), 1);
}

TEST_F(TeredoServerNative, whatWasNotFetchedIsNotKept) {
    EXPECT_FALSE(ask(icmpv6(teredo(kBob), kNative)));
    EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice))));
    EXPECT_FALSE(server.pollNative());
}

TEST_F(TeredoServerNative, anOwnAddressThatIsGoneIsAHostLikeOthers) {
    server.setOwnNative({kNative});
    expectDrop(NotOurClient, icmpv6(teredo(kBob), kNative), kBob, "ours");
    server.setOwnNative({});
    EXPECT_TRUE(askNative(icmpv6(teredo(kBob), kNative)));
}

TEST_F(TeredoServerNative, aSourceHasALimit) {
    for (unsigned i = 0; i < TeredoServer::kNativePerSourceMax; ++i)
        ASSERT_TRUE(askNative(icmpv6(teredo(kBob), hostAt(i)))) << i;
    expectDrop(RateLimited, icmpv6(teredo(kBob), hostAt(99)), kBob, "one too many");
    const SocketAddress otherPort(kBob.v4(), 9);
    expectDrop(RateLimited, icmpv6(teredo(otherPort), hostAt(99)), otherPort, "from another port");
    EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice)))) << "other things are not touched";
    EXPECT_TRUE(askNative(icmpv6(teredo(kAlice), hostAt(99)), kAlice)) << "nor are others";
    now += 1s;
    EXPECT_TRUE(askNative(icmpv6(teredo(kBob), hostAt(99))));
}

// Many sources together do not reach one network more often than this.
TEST_F(TeredoServerNative, aDestinationHasALimit) {
    for (unsigned i = 0; i < TeredoServer::kNativePerTargetMax; ++i)
        ASSERT_TRUE(askNative(icmpv6(teredo(client(i)), hostAt(1, i)), client(i))) << i;
    expectDrop(RateLimited, icmpv6(teredo(kBob), hostAt(1, 200)), kBob, "another host of that network");
    EXPECT_TRUE(askNative(icmpv6(teredo(kBob), hostAt(2)))) << "other networks are not touched";
    now += 1s;
    EXPECT_TRUE(askNative(icmpv6(teredo(kBob), hostAt(1))));
}

TEST_F(TeredoServerNative, countsTowardsTheLimitOfAll) {
    unsigned sent = 0;
    for (unsigned i = 0; i < TeredoServer::kPerSecondMax + 100; ++i)
        sent += askNative(icmpv6(teredo(client(i)), hostAt(i)), client(i)) ? 1 : 0;
    EXPECT_EQ(sent, TeredoServer::kPerSecondMax);
    EXPECT_EQ(server.dropped(RateLimited), 100U);
}

struct Exchange {
    const char* name;
    Bytes payload;
    std::size_t in, out; ///< octets on the wire, headers included
};

// Who forges a source gets its victim 1.63 octets for each of theirs at most.
TEST_F(TeredoServerNative, amplificationIsWhatTheHeaderSays) {
    constexpr std::size_t headers = 28; // of IPv4 and UDP, of which a native packet has none
    const Bytes plain = wire::encodeRouterSolicitation(kPlain);
    const Ipv6Address bob = teredo(kBob), alice = teredo(kAlice);
    const Exchange exchanges[] = {
        {"a solicitation", plain, 76, 124},
        {"one with the cone bit", wire::encodeRouterSolicitation(kCone), 76, 124},
        {"one with a nonce", joined(authentication(), plain), 89, 137},
        {"one with an identifier", joined(authentication("bob", "sum"), plain), 95, 137},
        {"a bubble", bubble(bob, alice), 68, 76},
        {"an echo request between clients", icmpv6(bob, alice, 8), 76, 84},
        {"the longest one", icmpv6(bob, alice, TeredoServer::kIcmpv6Max), 156, 164},
        {"an echo request to a native host", icmpv6(bob, kNative, 8), 76, 48},
        {"the longest one", icmpv6(bob, kNative, TeredoServer::kIcmpv6Max), 156, 128},
    };
    double worst = 0;
    for (const auto& [name, payload, in, out] : exchanges) {
        const auto answer = ask(payload);
        const auto native = server.pollNative();
        ASSERT_NE(answer.has_value(), native.has_value()) << name;
        EXPECT_EQ(payload.size() + headers, in) << name;
        EXPECT_EQ(answer ? answer->payload.size() + headers : native->size(), out) << name;
        worst = std::max(worst, static_cast<double>(out) / static_cast<double>(in));
    }
    EXPECT_NEAR(worst, 1.63, 0.005);
}

} // namespace
} // namespace culvert
