#include "core/teredo/teredo_server.h"
#include "core/wire/ip_packet.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using enum TeredoServerDrop;

const Ipv4Address kPrimary = Ipv4Address::of(45, 83, 1, 2);
const Ipv4Address kSecondary = Ipv4Address::of(45, 83, 1, 3);
const SocketAddress kAtPrimary(kPrimary, TeredoServer::kPort);
const SocketAddress kAtSecondary(kSecondary, TeredoServer::kPort);
// RFC 4380 §5.1.1: the standard's example of an origin.
const SocketAddress kBob(Ipv4Address::of(1, 2, 3, 4), 337);
const SocketAddress kAlice(Ipv4Address::of(45, 83, 2, 2), 40000);
const Ipv6Address kPlain = *Ipv6Address::fromText("fe80::5445:5245:444f");
const Ipv6Address kCone = *Ipv6Address::fromText("fe80::8000:5445:5245:444f");
const Ipv6Address kNative = *Ipv6Address::fromText("2a0e:b107:2::2");
const Ipv6Address kServerLinkLocal = *Ipv6Address::fromText("fe80::8000:f227:d2ac:fefd");

Ipv6Address teredo(const SocketAddress& mapped, const Ipv4Address& server = kPrimary) {
    return wire::encode(wire::TeredoAddress{server, false, 0, mapped.v4(), mapped.port()});
}

Bytes bubble(const Ipv6Address& from, const Ipv6Address& to, std::uint8_t hopLimit = 64) {
    return wire::encode(wire::Ipv6Packet{from, to, wire::kNextHeaderNone, hopLimit, {}});
}

Bytes icmpv6(const Ipv6Address& from, const Ipv6Address& to, std::size_t size = 16) {
    const Bytes body(size - 4);
    return wire::encodeIcmpv6(from, to, {128, 0, body});
}

Bytes joined(Bytes head, BytesView tail) {
    append(head, tail);
    return head;
}

Bytes authentication(const char* client = "", const char* value = "") {
    return wire::encodeAuthentication({asBytes(client), asBytes(value), {1, 2, 3, 4, 5, 6, 7, 8}, 9});
}

struct TeredoServerTest : testing::Test {
    TeredoServer server{{kPrimary, kSecondary, false, true}};
    Instant now{1000s};

    std::optional<Datagram> ask(BytesView payload, const SocketAddress& from = kBob,
                                const SocketAddress& asked = kAtPrimary) {
        return server.handleDatagram(now, Datagram{asked, from, toBytes(payload), 0});
    }
    // Nothing goes out, and that reason alone is counted.
    void expectDrop(TeredoServerDrop reason, BytesView payload, const SocketAddress& from, const char* name) {
        const std::uint64_t before = server.dropped(reason);
        EXPECT_FALSE(ask(payload, from)) << name;
        EXPECT_EQ(server.dropped(reason), before + 1) << name;
    }
};

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
                                                                     "200100002d5301020000000000000000"
                                                                     "0501000000000500");
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
    server = TeredoServer({kPrimary, std::nullopt, false, true});
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

struct RuleCase {
    const char* name;
    TeredoServerDrop reason;
    Bytes payload;
    SocketAddress from = kBob;
};

// RFC 4380 §5.3.1, rule by rule: a datagram that fails one is dropped for that one.
TEST_F(TeredoServerTest, everyRuleHasItsOwnReason) {
    const Ipv6Address bob = teredo(kBob), alice = teredo(kAlice);
    const Bytes good = bubble(bob, alice);
    const wire::UdpInIpv6 udp{bob, alice, 1, 2, {}};
    const Ipv6Address local = *Ipv6Address::fromText("fd00::1");
    const auto solicitation = [](const Ipv6Address& from) { return wire::encodeRouterSolicitation(from); };
    const RuleCase cases[] = {
        {"nothing", Malformed, {}},
        {"one octet missing", Malformed, toBytes(BytesView(good).first(39))},
        {"an authentication cut off", Malformed, toBytes(BytesView(authentication()).first(12))},
        {"IPv4", Malformed, Bytes(40, 0x45)},
        {"a trailer that discards", Malformed, joined(good, Bytes{0x41, 0})},
        {"UDP", NotCarried, wire::encode(udp)},
        {"TCP", NotCarried, wire::encode(wire::Ipv6Packet{bob, alice, 6, 64, {}})},
        {"no next header, with octets", NotCarried,
         wire::encode(wire::Ipv6Packet{bob, alice, wire::kNextHeaderNone, 64, asBytes("words")})},
        {"a long ICMPv6 message", NotCarried, icmpv6(bob, alice, TeredoServer::kIcmpv6Max + 1)},
        {"long trailers", NotCarried, joined(good, Bytes(TeredoServer::kTrailersMax + 1))},
        {"from a private address",
         OuterSourceNotGlobal,
         bubble(teredo({Ipv4Address::of(192, 168, 1, 2), 5}), alice),
         {Ipv4Address::of(192, 168, 1, 2), 5}},
        {"from a provider's inside", OuterSourceNotGlobal, solicitation(kPlain), {Ipv4Address::of(100, 64, 0, 1), 5}},
        {"from a documentation address",
         OuterSourceNotGlobal,
         solicitation(kPlain),
         {Ipv4Address::of(192, 0, 2, 1), 5}},
        {"from a multicast group", OuterSourceNotGlobal, solicitation(kPlain), {Ipv4Address::of(224, 0, 0, 1), 5}},
        {"from ourselves", OuterSourceNotGlobal, bubble(teredo(kAtSecondary), alice), kAtSecondary},
        {"from port 0", OuterSourceNotGlobal, solicitation(kPlain), {kBob.v4(), 0}},
        {"link-local, but no solicitation", BadSolicitation, icmpv6(kPlain, wire::kAllRouters)},
        {"an advertisement in our name", SourceMismatch,
         wire::encode(kServerLinkLocal, alice, wire::RouterAdvertisement{})},
        {"link-local, to another server's client", SourceMismatch, bubble(kPlain, teredo(kAlice, kAlice.v4()))},
        {"another address inside", SourceMismatch, bubble(teredo({Ipv4Address::of(1, 2, 3, 5), 337}), alice)},
        {"another port inside", SourceMismatch, bubble(teredo({kBob.v4(), 338}), alice)},
        {"native, to another server's client", SourceMismatch, bubble(kNative, teredo(kAlice, kAlice.v4()))},
        {"native, to a native host", SourceMismatch, icmpv6(kNative, kNative)},
        {"native, to all routers", SourceMismatch, solicitation(kNative)},
        {"unique local", SourceMismatch, icmpv6(local, alice)},
        {"from nobody", SourceMismatch, icmpv6({}, alice)},
        {"from a group", SourceMismatch, bubble(wire::kAllRouters, alice)},
        {"a solicitation with a wrong checksum", BadSolicitation,
         wire::encode(wire::Ipv6Packet{kPlain, wire::kAllRouters, 58, 255, Bytes{133, 0, 1, 1, 0, 0, 0, 0}})},
        {"a bubble to all routers", BadSolicitation, bubble(kPlain, wire::kAllRouters)},
        {"two faults: UDP from a private address", NotCarried, wire::encode(udp), {Ipv4Address::of(10, 0, 0, 1), 5}},
        {"two faults: from a private address that is not inside",
         OuterSourceNotGlobal,
         good,
         {Ipv4Address::of(10, 0, 0, 1), 5}},
    };
    for (const auto& [name, reason, payload, from] : cases) {
        now += 1s;
        expectDrop(reason, payload, from, name);
    }
    EXPECT_TRUE(ask(good)) << "and what is right still passes";
}

// RFC 4380 §5.3.1: what a destination must be.
TEST_F(TeredoServerTest, everyDestinationIsChecked) {
    const Ipv6Address bob = teredo(kBob), alice = teredo(kAlice);
    const Ipv6Address local = *Ipv6Address::fromText("fd00::1");
    const auto to = [&](const char* v4, std::uint16_t port = 5) {
        return bubble(bob, teredo(SocketAddress(*Ipv4Address::fromText(v4), port)));
    };
    const RuleCase cases[] = {
        {"another server's client", NotOurClient, bubble(bob, teredo(kAlice, kAlice.v4()))},
        {"a native host", NotOurClient, icmpv6(bob, kNative)},
        {"a local host", NotOurClient, bubble(bob, local)},
        {"the server's link-local address", NotOurClient, icmpv6(bob, kServerLinkLocal)},
        {"a private target", TargetNotGlobal, to("10.0.0.1")},
        {"a loopback target", TargetNotGlobal, to("127.0.0.1")},
        {"a link-local target", TargetNotGlobal, to("169.254.1.1")},
        {"a 6to4 relay target", TargetNotGlobal, to("192.88.99.1")},
        {"a multicast target", TargetNotGlobal, to("224.0.0.253")},
        {"everybody", TargetNotGlobal, to("255.255.255.255")},
        {"ourselves", TargetNotGlobal, to("45.83.1.3", TeredoServer::kPort)},
        {"port 0", TargetNotGlobal, to("45.83.2.2", 0)},
        {"two faults: another address inside, a native host", SourceMismatch, icmpv6(alice, kNative)},
        {"two faults: another server's client, a private target", NotOurClient,
         bubble(bob, teredo({Ipv4Address::of(10, 0, 0, 1), 5}, kAlice.v4()))},
    };
    for (const auto& [name, reason, payload, from] : cases) {
        now += 1s;
        expectDrop(reason, payload, from, name);
    }
    EXPECT_TRUE(ask(bubble(bob, alice))) << "and what is right still passes";
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
    server = TeredoServer({kPrimary, kSecondary, false, false});
    expectDrop(NotCarried, longest, kBob, "switched off");
    EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice))));
    EXPECT_TRUE(ask(wire::encodeRouterSolicitation(kPlain)));
}

TEST_F(TeredoServerTest, testNetworksMayUseReservedAddresses) {
    const SocketAddress from(Ipv4Address::of(192, 0, 2, 1), 5);
    expectDrop(OuterSourceNotGlobal, wire::encodeRouterSolicitation(kPlain), from, "documentation");
    server = TeredoServer({kPrimary, kSecondary, true, true});
    EXPECT_TRUE(ask(wire::encodeRouterSolicitation(kPlain), from));
    const SocketAddress privateSource(Ipv4Address::of(10, 0, 0, 1), 5);
    expectDrop(OuterSourceNotGlobal, wire::encodeRouterSolicitation(kPlain), privateSource, "private all the same");
}

// Who forges a source gets its victim 1.74 octets for each of theirs at most, headers included.
TEST_F(TeredoServerTest, amplificationIsWhatTheHeaderSays) {
    constexpr std::size_t headers = 28;
    const Bytes plain = wire::encodeRouterSolicitation(kPlain);
    EXPECT_EQ(plain.size() + headers, 76U);
    EXPECT_EQ(ask(plain)->payload.size() + headers, 132U);
    const Bytes secure = joined(authentication(), plain);
    EXPECT_EQ(secure.size() + headers, 89U);
    EXPECT_EQ(ask(secure)->payload.size() + headers, 145U);
    const Bytes first = bubble(teredo(kBob), teredo(kAlice));
    EXPECT_EQ(first.size() + headers, 68U);
    EXPECT_EQ(ask(first)->payload.size() + headers, 76U);
}

TEST_F(TeredoServerTest, aSourceHasALimitOfItsOwn) {
    const Bytes question = wire::encodeRouterSolicitation(kPlain);
    for (unsigned i = 0; i < TeredoServer::kPerSourceMax; ++i)
        ASSERT_TRUE(ask(i % 2 == 0 ? question : bubble(teredo(kBob), teredo(kAlice)))) << i;
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

} // namespace
} // namespace culvert
