// What a Teredo server must discard, a row per rule: which section asks for it, and the one reason that is counted.
#include "tests/unit/teredo/teredo_server_fixture.h"

namespace culvert {
namespace {

using namespace test;
using enum TeredoServerDrop;

struct Row {
    const char* section;
    const char* name;
    TeredoServerDrop reason;
    Bytes payload;
    SocketAddress from = kBob;
};

const Ipv6Address kLocal = *Ipv6Address::fromText("fd00::1");

SocketAddress at(const char* v4, std::uint16_t port = 5) {
    return {*Ipv4Address::fromText(v4), port};
}

Bytes solicitation(const Ipv6Address& from = kPlain) {
    return wire::encodeRouterSolicitation(from);
}

Bytes ofHeader(std::uint8_t nextHeader, BytesView payload = {}) {
    return wire::encode(wire::Ipv6Packet{teredo(kBob), teredo(kAlice), nextHeader, 64, payload});
}

Bytes cut(const Bytes& whole, std::size_t size) {
    return toBytes(BytesView(whole).first(size));
}

struct TeredoServerDiscards : TeredoServerTest {
    void expectAllDropped(const std::vector<Row>& rows) {
        for (const auto& [section, name, reason, payload, from] : rows) {
            now += 1s;
            expectDrop(reason, payload, from, (std::string(section) + ": " + name).c_str());
            EXPECT_FALSE(server.pollNative()) << section << ": " << name;
        }
        EXPECT_TRUE(ask(bubble(teredo(kBob), teredo(kAlice)))) << "what is right still passes";
        EXPECT_EQ(server.forwarded() + server.advertised() + server.forwardedToNative(), 1U);
    }
};

// Form and kind of the datagram, and where it comes from.
TEST_F(TeredoServerDiscards, whatIsNoPacketOfAClient) {
    const Bytes good = bubble(teredo(kBob), teredo(kAlice));
    expectAllDropped({
        {"RFC 4380 §5.3.1 rule 1", "nothing", Malformed, {}},
        {"RFC 4380 §5.3.1 rule 1", "one octet missing", Malformed, cut(good, 39)},
        {"RFC 4380 §5.1.1", "an authentication cut off", Malformed, cut(authentication(), 12)},
        {"RFC 4380 §5.3.1 rule 1", "IPv4", Malformed, Bytes(40, 0x45)},
        {"RFC 6081 §4", "a trailer that discards", Malformed, joined(good, Bytes{0x41, 0})},
        {"RFC 4380 §5.3.1 rule 2", "UDP", NotCarried,
         wire::encode(wire::UdpInIpv6{teredo(kBob), teredo(kAlice), 1, 2, {}})},
        {"RFC 4380 §5.3.1 rule 2", "TCP", NotCarried, ofHeader(6)},
        {"RFC 4380 §5.3.1 rule 2", "ICMPv6 behind another header", NotCarried, ofHeader(0, Bytes(16))},
        {"RFC 4380 §2.8", "no next header, with octets", NotCarried, ofHeader(wire::kNextHeaderNone, asBytes("words"))},
        {"no conversation", "a long ICMPv6 message", NotCarried,
         icmpv6(teredo(kBob), teredo(kAlice), TeredoServer::kIcmpv6Max + 1)},
        {"no conversation", "long trailers", NotCarried, joined(good, Bytes(TeredoServer::kTrailersMax + 1))},
        {"RFC 4380 §5.3.1 rule 3", "from a private address", OuterSourceNotGlobal,
         bubble(teredo(at("192.168.1.2")), teredo(kAlice)), at("192.168.1.2")},
        {"RFC 4380 §5.3.1 rule 3", "from a provider's inside", OuterSourceNotGlobal, solicitation(), at("100.64.0.1")},
        {"RFC 4380 §5.3.1 rule 3", "from a test network", OuterSourceNotGlobal, solicitation(), at("192.0.2.1")},
        {"RFC 4380 §5.3.1 rule 3", "from a group", OuterSourceNotGlobal, solicitation(), at("224.0.0.1")},
        {"RFC 4380 §5.3.1 rule 3", "from loopback", OuterSourceNotGlobal, solicitation(), at("127.0.0.1")},
        {"RFC 4380 §5.3.1 rule 3", "from ourselves", OuterSourceNotGlobal, bubble(teredo(kAtSecondary), teredo(kAlice)),
         kAtSecondary},
        {"RFC 768", "from port 0", OuterSourceNotGlobal, solicitation(), at("1.2.3.4", 0)},
        {"rule 2 before rule 3", "UDP from a private address", NotCarried, ofHeader(17, Bytes(8)), at("10.0.0.1")},
        {"rule 3 before rule 5", "from a private address that is not inside", OuterSourceNotGlobal, good,
         at("10.0.0.1")},
    });
}

// The IPv6 source beside the outer one.
TEST_F(TeredoServerDiscards, whoseSourceIsNotTheirs) {
    const Ipv6Address alice = teredo(kAlice), elsewhere = teredo(kAlice, kAlice.v4());
    expectAllDropped({
        {"RFC 4380 §5.3.1 rule 4", "link-local, but no solicitation", BadSolicitation,
         icmpv6(kPlain, wire::kAllRouters)},
        {"RFC 4380 §5.3.1 rule 4", "a bubble to all routers", BadSolicitation, bubble(kPlain, wire::kAllRouters)},
        {"RFC 4861 §6.1.1", "a solicitation with a wrong checksum", BadSolicitation,
         wire::encode(wire::Ipv6Packet{kPlain, wire::kAllRouters, 58, 255, Bytes{133, 0, 1, 1, 0, 0, 0, 0}})},
        {"RFC 4861 §6.1.1", "a solicitation from another link", BadSolicitation,
         wire::encode(wire::Ipv6Packet{kPlain, wire::kAllRouters, 58, 64, BytesView(solicitation()).subspan(40)})},
        {"RFC 4380 §5.3.1 rule 5", "another address inside", SourceMismatch, bubble(teredo(at("1.2.3.5", 337)), alice)},
        {"RFC 4380 §5.3.1 rule 5", "another port inside", SourceMismatch, bubble(teredo(at("1.2.3.4", 338)), alice)},
        {"RFC 4380 §5.3.1 rule 5", "a solicitation of somebody else's", SourceMismatch, solicitation(alice)},
        {"RFC 4380 §5.3.1 rule 6", "link-local, to another server's client", SourceMismatch, bubble(kPlain, elsewhere)},
        {"RFC 4380 §5.3.1 rule 6", "native, to another server's client", SourceMismatch, bubble(kNative, elsewhere)},
        {"RFC 4380 §5.3.1 rule 7", "native, to a native host", SourceMismatch, icmpv6(kNative, kNative)},
        {"RFC 4380 §5.3.1 rule 7", "native, to all routers", SourceMismatch, solicitation(kNative)},
        {"RFC 4861 §6.1.2", "an advertisement in our name", SourceMismatch,
         wire::encode(kServerLinkLocal, alice, wire::RouterAdvertisement{})},
        {"RFC 4193 §4.3", "unique local", SourceMismatch, icmpv6(kLocal, alice)},
        {"RFC 4291 §2.5.2", "from nobody", SourceMismatch, icmpv6({}, alice)},
        {"RFC 4291 §2.7", "from a group", SourceMismatch, bubble(wire::kAllRouters, alice)},
        {"source before destination", "another address inside, to a native host", SourceMismatch,
         icmpv6(alice, kNative)},
    });
}

// The IPv6 destination, and the outer one that is in it.
TEST_F(TeredoServerDiscards, whatIsForNobodyOfOurs) {
    const Ipv6Address bob = teredo(kBob);
    const auto to = [&](const char* v4, std::uint16_t port = 5) { return bubble(bob, teredo(at(v4, port))); };
    expectAllDropped({
        {"RFC 4380 §5.3.1, destination", "another server's client", NotOurClient,
         bubble(bob, teredo(kAlice, kAlice.v4()))},
        {"RFC 4380 §5.3.1, destination", "a native host, without the right to", NotOurClient, icmpv6(bob, kNative)},
        {"RFC 4380 §5.3.1, destination", "a local host", NotOurClient, bubble(bob, kLocal)},
        {"RFC 4380 §5.3.1, destination", "a group", NotOurClient, icmpv6(bob, *Ipv6Address::fromText("ff0e::1"))},
        {"RFC 4380 §5.3.1, destination", "the server's link-local address", NotOurClient,
         icmpv6(bob, kServerLinkLocal)},
        {"RFC 4380 §5.2.4", "a private target", TargetNotGlobal, to("10.0.0.1")},
        {"RFC 4380 §5.2.4", "a loopback target", TargetNotGlobal, to("127.0.0.1")},
        {"RFC 4380 §5.2.4", "a link-local target", TargetNotGlobal, to("169.254.1.1")},
        {"RFC 4380 §5.2.4", "a 6to4 relay target", TargetNotGlobal, to("192.88.99.1")},
        {"RFC 4380 §5.2.4", "a multicast target", TargetNotGlobal, to("224.0.0.253")},
        {"RFC 4380 §5.2.4", "everybody", TargetNotGlobal, to("255.255.255.255")},
        {"no loops", "ourselves", TargetNotGlobal, to("45.83.1.3", TeredoServer::kPort)},
        {"RFC 768", "port 0", TargetNotGlobal, to("45.83.2.2", 0)},
        {"which server before which target", "another server's client, a private target", NotOurClient,
         bubble(bob, teredo(at("10.0.0.1"), kAlice.v4()))},
    });
}

// What goes to native hosts: RFC 4380 §5.2.9 needs echo requests, those who ring need errors, nobody needs more.
TEST_F(TeredoServerDiscards, whatIsNotForNativeHosts) {
    server = TeredoServer({kPrimary, kSecondary, false, true, true}, random);
    const Ipv6Address own = *Ipv6Address::fromText("2a0e:b107:1::2"), bob = teredo(kBob);
    server.setOwnNative({own});
    const auto to = [&](const char* v6) { return icmpv6(bob, *Ipv6Address::fromText(v6)); };
    const auto typed = [&](std::uint8_t type) { return wire::encodeIcmpv6(bob, kNative, {type, 0, Bytes(12)}); };
    Bytes damaged = icmpv6(bob, kNative), spent = damaged;
    damaged.back() ^= 1;
    spent[7] = 1;
    expectAllDropped({
        {"RFC 4380 §5.3.1 rule 5", "as somebody else", SourceMismatch, icmpv6(teredo(kAlice), kNative)},
        {"RFC 4380 §5.3.1 rule 7", "link-local", SourceMismatch, icmpv6(kPlain, kNative)},
        {"RFC 4380 §5.3.1 rule 7", "as a native host", SourceMismatch, icmpv6(own, kNative)},
        {"RFC 4380 §5.3.1 rule 7", "as a 6to4 host", SourceMismatch,
         icmpv6(*Ipv6Address::fromText("2002:102:304::1"), kNative)},
        {"RFC 4380 §5.3.1 rule 2", "UDP", NotCarried, wire::encode(wire::UdpInIpv6{bob, kNative, 1, 2, {}})},
        {"no conversation", "a long message", NotCarried, icmpv6(bob, kNative, TeredoServer::kIcmpv6Max + 1)},
        {"RFC 4380 §2.8", "a bubble", NotForNative, bubble(bob, kNative)},
        {"RFC 4443 §4.2", "an echo reply", NotForNative, typed(129)},
        {"RFC 4443 §2.1", "an unknown error", NotForNative, typed(5)},
        {"RFC 4443 §2.1", "a reserved type", NotForNative, typed(0)},
        {"RFC 4861 §6.1.2", "an advertisement", NotForNative, typed(134)},
        {"RFC 4861 §8.1", "a redirect", NotForNative, typed(137)},
        {"RFC 4443 §2.3", "a wrong checksum", NotForNative, damaged},
        {"RFC 8200 §3", "at its end", HopLimit, spent},
        {"no loops", "to ourselves", NotOurClient, icmpv6(bob, own)},
        {"RFC 4193 §4.3", "to a local host", NotOurClient, to("fd00::1")},
        {"RFC 4291 §2.5.6", "to a link-local host", NotOurClient, to("fe80::1")},
        {"RFC 4291 §2.7", "to a group", NotOurClient, to("ff0e::1")},
        {"RFC 4291 §2.5.3", "to loopback", NotOurClient, to("::1")},
        {"RFC 6890", "to a documentation address", NotOurClient, to("2001:db8::1")},
        {"RFC 9637", "to a documentation address", NotOurClient, to("3fff::1")},
        {"RFC 6890", "to a protocol assignment", NotOurClient, to("2001:2::1")},
        {"RFC 6666", "to the discard prefix", NotOurClient, to("100::1")},
        {"RFC 3056 §2", "to a 6to4 host", NotOurClient, to("2002:102:304::1")},
    });
}

} // namespace
} // namespace culvert
