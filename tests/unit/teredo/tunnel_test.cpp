#include "core/teredo/tunnel.h"
#include "core/wire/ip_packet.h"
#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

const Ipv6Address kAlice = *Ipv6Address::fromText("2a0e:b107:2::2");
const SocketAddress kBobOuter(Ipv4Address::of(45, 83, 1, 2), 50000);
const SocketAddress kAliceOuter(Ipv4Address::of(45, 83, 2, 2), 61000);

struct TunnelTest : testing::Test {
    Ipv6Address bobTeredo =
        wire::encode(wire::TeredoAddress{kBobOuter.v4(), true, 5, kBobOuter.v4(), kBobOuter.port()});
    test::SeededRandom random{1};
    Tunnel bob{random, false}, alice{random, false};
    const Instant now{1s};
    DropReason reason = DropReason::Malformed;

    void SetUp() override {
        bob.setAddresses({std::nullopt, bobTeredo, Ipv4Address::of(192, 168, 1, 5), kBobOuter.port(), TeredoKind::Cone,
                          kBobOuter, std::nullopt});
        alice.setAddresses({kAlice, std::nullopt, Ipv4Address::of(192, 168, 2, 5), 40000, TeredoKind::Restricted,
                            std::nullopt, std::nullopt});
    }
    // As the internet hands it over: the NAT has put its address in place of the sender's.
    Result<InnerDatagram> arrive(Tunnel& at, const Datagram& sent, const SocketAddress& source) {
        wire_ = Datagram{{}, source, sent.payload, 0};
        return at.receive(now, wire_, reason);
    }
    Datagram wire_;
};

// RFC 4380 §5.4: a relay sends straight to the mapped address of a cone peer.
TEST_F(TunnelTest, aRelayReachesAConeAddressAndIsAnsweredWhereItCameFrom) {
    const SocketAddress bobInner(bobTeredo, kBobOuter.port());
    const auto sent = alice.send(now, bobInner, asBytes("hello"));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->remote, kBobOuter);
    const auto inner = arrive(bob, *sent, kAliceOuter);
    ASSERT_TRUE(inner);
    EXPECT_EQ(inner->remote, InnerAddress(SocketAddress(kAlice, 40000), kAliceOuter));
    EXPECT_EQ(inner->outer, kAliceOuter);
    EXPECT_EQ(asText(inner->payload), "hello");

    EXPECT_FALSE(bob.send(now, SocketAddress(kAlice, 40000), asBytes("hi"))) << "without the way that her packets took";
    const auto answer = bob.send(now, inner->remote, asBytes("hi"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote, kAliceOuter);
    const auto back = arrive(alice, *answer, kBobOuter);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->remote, InnerAddress(bobInner));
}

TEST_F(TunnelTest, aMappedSourceIsReplacedByTheOuterOne) {
    const auto sent = bob.send(now, wire::toMapped(kAliceOuter), asBytes("x"));
    ASSERT_TRUE(sent);
    const auto inner = arrive(alice, *sent, kBobOuter);
    ASSERT_TRUE(inner);
    EXPECT_EQ(inner->remote, InnerAddress(wire::toMapped(kBobOuter)));
}

TEST_F(TunnelTest, nativeAddressesGoOutAsTheyAre) {
    const SocketAddress other(*Ipv6Address::fromText("2a0e:b107:9::1"), 7);
    const auto sent = alice.send(now, other, asBytes("x"));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->remote, other);
    EXPECT_EQ(asText(sent->payload), "x");
}

// RFC 4380 §5.2.4 and §5.4.1: never to an embedded address that is not global unicast.
TEST_F(TunnelTest, refusesToSendToEmbeddedAddressesThatAreNotGlobal) {
    for (const char* text : {"10.0.0.1", "127.0.0.1", "192.168.1.1", "224.0.0.1", "255.255.255.255", "0.0.0.0",
                             "169.254.1.1", "100.64.0.1", "192.0.2.1"}) {
        const auto client = *Ipv4Address::fromText(text);
        const SocketAddress remote(wire::encode(wire::TeredoAddress{client, true, 0, client, 9}), 9);
        EXPECT_FALSE(alice.send(now, remote, asBytes("x"))) << text;
    }
    const auto client = Ipv4Address::of(45, 1, 1, 1);
    EXPECT_FALSE(alice.send(now, SocketAddress(wire::encode(wire::TeredoAddress{client, true, 0, client, 0}), 9), {}))
        << "port 0";
    Tunnel lab(random, true);
    lab.setAddresses(alice.addresses());
    const auto documentation = Ipv4Address::of(192, 0, 2, 1);
    EXPECT_TRUE(lab.send(
        now, SocketAddress(wire::encode(wire::TeredoAddress{documentation, true, 0, documentation, 9}), 9), {}));
}

TEST_F(TunnelTest, dropsWhatTheStandardsTellItToDrop) {
    const auto udp = [](const Ipv6Address& source, const Ipv6Address& destination, std::uint16_t port) {
        return wire::encode(wire::UdpInIpv6{source, destination, 1, port, asBytes("x")});
    };
    struct Case {
        const char* name;
        Bytes payload;
        DropReason reason;
    };
    const Ipv6Address linkLocal = *Ipv6Address::fromText("fe80::1");
    const Ipv6Address multicast = *Ipv6Address::fromText("ff02::1");
    const Ipv6Address other = *Ipv6Address::fromText("2a0e:b107:9::1");
    const Ipv6Address foreignTeredo =
        wire::encode(wire::TeredoAddress{kBobOuter.v4(), true, 0, Ipv4Address::of(45, 9, 9, 9), 1});
    const Case cases[] = {
        {"RFC 4380 §5.4.2: a Teredo source that does not embed the outer one", udp(foreignTeredo, bobTeredo, 50000),
         DropReason::SourceMismatch},
        {"a link-local source", udp(linkLocal, bobTeredo, 50000), DropReason::SourceMismatch},
        {"a multicast source", udp(multicast, bobTeredo, 50000), DropReason::SourceMismatch},
        {"a loopback source", udp(*Ipv6Address::fromText("::1"), bobTeredo, 50000), DropReason::SourceMismatch},
        {"another destination", udp(kAlice, other, 50000), DropReason::NotForUs},
        {"another port", udp(kAlice, bobTeredo, 50001), DropReason::NotForUs},
        {"not IPv6", toBytes(asBytes("GET / HTTP/1.1\r\n\r\n and more to be long enough for a header")),
         DropReason::EncapsulationWrong},
        {"nothing", {}, DropReason::EncapsulationWrong},
    };
    for (const auto& [name, payload, expected] : cases) {
        const auto inner = bob.receive(now, Datagram{{}, kAliceOuter, payload, 0}, reason);
        ASSERT_FALSE(inner) << name;
        EXPECT_EQ(reason, expected) << name;
    }
}

// From the IPv6 socket: an answer would go to the IPv4 address that the forger wrote.
TEST_F(TunnelTest, mappedAddressesOutsideTheTunnelAreRefused) {
    const SocketAddress victim(Ipv4Address::of(45, 77, 7, 7), 53);
    const auto inner = alice.receive(now, Datagram{{}, wire::toMapped(victim), Bytes(48, 3), 0}, reason);
    ASSERT_FALSE(inner);
    EXPECT_EQ(reason, DropReason::SourceMismatch);
}

// RFC 4380 §2.6: packets of a Teredo client reach the IPv6 internet through somebody's relay. Their source is another
// address than the same one inside the tunnel, so that the answer goes back as it came, and to nobody's IPv4 address.
TEST_F(TunnelTest, aTeredoSourceOutsideTheTunnelIsAnsweredOutsideIt) {
    const SocketAddress source(bobTeredo, kBobOuter.port());
    const Datagram arrived{{}, source, Bytes(48, 3), 0};
    const auto inner = alice.receive(now, arrived, reason);
    ASSERT_TRUE(inner);
    EXPECT_TRUE(inner->remote.ordinary);
    EXPECT_NE(inner->remote, InnerAddress(source));
    const auto answer = alice.send(now, inner->remote, asBytes("x"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->remote, source) << "as IPv6";
    EXPECT_EQ(asText(answer->payload), "x");
    EXPECT_EQ(alice.send(now, source, asBytes("x"))->remote, kBobOuter)
        << "while the tunnel sends to the mapped address";
}

TEST_F(TunnelTest, theOrdinaryRouteNeedsIpv6) {
    InnerAddress remote = SocketAddress(kAlice, 40000);
    remote.ordinary = true;
    EXPECT_FALSE(bob.send(now, remote, asBytes("x")));
    TunnelAddresses addresses = bob.addresses();
    addresses.systemTeredo = bobTeredo;
    bob.setAddresses(addresses);
    const auto sent = bob.send(now, remote, asBytes("x"));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->remote, remote.address);
    for (const char* text : {"::1", "fe80::1", "fc00::1", "ff02::1"}) {
        remote.address = SocketAddress(*Ipv6Address::fromText(text), 1);
        EXPECT_FALSE(alice.send(now, remote, asBytes("x"))) << text;
    }
    remote.address = wire::toMapped(kBobOuter);
    EXPECT_FALSE(alice.send(now, remote, asBytes("x"))) << "a mapped address is no address of the internet";
}

// The operating system's own Teredo tunnel is all the IPv6 there is: a native host's packets crossed somebody's relay.
TEST_F(TunnelTest, whatTheSystemsTunnelBringsCameByTheOrdinaryRoute) {
    const Datagram arrived{SocketAddress(bobTeredo, 40000), SocketAddress(kAlice, 40000), Bytes(48, 3), 0};
    EXPECT_FALSE(alice.receive(now, arrived, reason)->remote.ordinary);
    TunnelAddresses addresses = alice.addresses();
    addresses.systemTeredo = bobTeredo;
    alice.setAddresses(addresses);
    EXPECT_TRUE(alice.receive(now, arrived, reason)->remote.ordinary) << "it arrived at the Teredo address";
    const Datagram native{SocketAddress(kAlice, 40000), SocketAddress(kAlice, 40000), Bytes(48, 3), 0};
    EXPECT_FALSE(alice.receive(now, native, reason)->remote.ordinary);
    addresses.native.reset();
    alice.setAddresses(addresses);
    EXPECT_TRUE(alice.receive(now, native, reason)->remote.ordinary);
}

TEST_F(TunnelTest, aBubbleComesFromWhereItReallyCameFrom) {
    const Bytes bubble =
        wire::encode(wire::Ipv6Packet{wire::toMapped(kBobOuter).v6(), kAlice, wire::kNextHeaderNone, 64, {}});
    Datagram datagram{{}, kAliceOuter, bubble, 0};
    const auto inner = bob.receive(now, datagram, reason);
    ASSERT_TRUE(inner);
    EXPECT_EQ(inner->remote, InnerAddress(wire::toMapped(kAliceOuter)));
    EXPECT_TRUE(inner->payload.empty());
}

// Somebody else's packets with Alice's inner source are another address: they never take over hers.
TEST_F(TunnelTest, aForgedInnerSourceIsAnotherAddress) {
    const Bytes forged = wire::encode(wire::UdpInIpv6{kAlice, bobTeredo, 40000, kBobOuter.port(), asBytes("x")});
    const SocketAddress mallory(Ipv4Address::of(45, 66, 6, 6), 666);
    Datagram datagram{{}, mallory, forged, 0};
    const auto inner = bob.receive(now, datagram, reason);
    ASSERT_TRUE(inner);
    EXPECT_NE(inner->remote, InnerAddress(SocketAddress(kAlice, 40000), kAliceOuter));
    EXPECT_EQ(bob.send(now, inner->remote, asBytes("y"))->remote, mallory);
}

TEST_F(TunnelTest, whatDoesNotFitThe1280OctetsOfTheTunnelIsNotSent) {
    EXPECT_TRUE(bob.send(now, wire::toMapped(kAliceOuter), Bytes(wire::kTunnelledPayloadMax)));
    EXPECT_FALSE(bob.send(now, wire::toMapped(kAliceOuter), Bytes(wire::kTunnelledPayloadMax + 1)));
}

} // namespace
} // namespace culvert
