#include "core/wire/ip_packet.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

const Ipv6Address kAlice = *Ipv6Address::fromText("2001:db8::1");
const Ipv6Address kBob = *Ipv6Address::fromText("2001:db8::2");

// RFC 8200 §3 and RFC 768: every octet written out once.
TEST(UdpInIpv6, encodesToTheOctetsOfTheStandards) {
    const Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 0x1234, 0x5678, asBytes("hi")});
    EXPECT_EQ(toHex(bytes), "60000000000a1140"
                            "20010db8000000000000000000000001"
                            "20010db8000000000000000000000002"
                            "12345678000ad34f"
                            "6869");
    const auto packet = decodeIpv6(bytes);
    ASSERT_TRUE(packet);
    const auto udp = decodeUdp(*packet);
    ASSERT_TRUE(udp);
    EXPECT_EQ(udp->source, kAlice);
    EXPECT_EQ(udp->destination, kBob);
    EXPECT_EQ(udp->sourcePort, 0x1234);
    EXPECT_EQ(udp->destinationPort, 0x5678);
    EXPECT_EQ(asText(udp->payload), "hi");
}

TEST(UdpInIpv6, truncatedAtEveryLengthIsRefused) {
    const Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, asBytes("payload of odd size")});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decodeIpv6(BytesView(bytes).first(size))) << size;
}

TEST(UdpInIpv6, everyFlippedBitOfTheDatagramIsNoticed) {
    const Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, asBytes("payload")});
    for (std::size_t i = 8; i < bytes.size(); ++i) {
        Bytes damaged = bytes;
        damaged[i] ^= 0x10;
        const auto packet = decodeIpv6(damaged);
        EXPECT_TRUE(!packet || !decodeUdp(*packet)) << "octet " << i;
    }
}

// RFC 8200 §8.1: a UDP checksum of zero is refused over IPv6, and a computed zero goes out as its complement.
TEST(UdpInIpv6, aChecksumOfZeroIsRefused) {
    Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, asBytes("x")});
    bytes[46] = bytes[47] = 0;
    EXPECT_FALSE(decodeUdp(*decodeIpv6(bytes)));
    for (std::uint16_t port = 0; port < 0xffff; ++port) {
        const Bytes sent = encode(UdpInIpv6{kAlice, kBob, port, 2, {}});
        ASSERT_FALSE(sent[46] == 0 && sent[47] == 0) << port;
    }
}

TEST(UdpInIpv6, lengthsThatDisagreeAreRefused) {
    Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, asBytes("abc")});
    bytes[45] = 9; // UDP length
    EXPECT_FALSE(decodeUdp(*decodeIpv6(bytes)));
    bytes[45] = 200;
    EXPECT_FALSE(decodeUdp(*decodeIpv6(bytes)));
}

// RFC 6081 §4: octets after the payload are trailers, not an error.
TEST(Ipv6Packet, octetsAfterThePayloadAreTrailers) {
    Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, asBytes("abc")});
    append(bytes, Bytes{1, 2, 3});
    BytesView trailers;
    const auto packet = decodeIpv6(bytes, &trailers);
    ASSERT_TRUE(packet);
    EXPECT_EQ(trailers.size(), 3U);
    EXPECT_EQ(asText(decodeUdp(*packet)->payload), "abc");
}

TEST(Ipv6Packet, refusesOtherVersions) {
    Bytes bytes = encode(UdpInIpv6{kAlice, kBob, 1, 2, {}});
    for (const std::uint8_t version : {0, 4, 5, 7, 15}) {
        bytes[0] = static_cast<std::uint8_t>(version << 4);
        EXPECT_FALSE(decodeIpv6(bytes));
    }
}

// RFC 4443 §2.3: the ICMPv6 checksum covers the pseudo-header.
TEST(Icmpv6, roundTripsAndChecksItsSum) {
    const Bytes bytes = encodeIcmpv6(kAlice, kBob, {1, 4, asBytes("quoted")});
    const auto packet = decodeIpv6(bytes);
    ASSERT_TRUE(packet);
    const auto message = decodeIcmpv6(*packet);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->type, 1);
    EXPECT_EQ(message->code, 4);
    EXPECT_EQ(asText(message->body), "quoted");
    Bytes damaged = bytes;
    damaged.back() ^= 1;
    EXPECT_FALSE(decodeIcmpv6(*decodeIpv6(damaged)));
    EXPECT_FALSE(decodeIcmpv6(*decodeIpv6(encode(UdpInIpv6{kAlice, kBob, 1, 2, {}}))));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decodeIpv6(BytesView(bytes).first(size)));
}

} // namespace
} // namespace culvert::wire
