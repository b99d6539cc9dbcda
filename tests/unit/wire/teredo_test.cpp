#include "core/base/byte_io.h"
#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

const Ipv6Address kPeer = *Ipv6Address::fromText("2001:db8::1");

Bytes bubble() {
    return encode(Ipv6Packet{kPeer, kPeer, kNextHeaderNone, 64, {}});
}

// RFC 4380 §5.1.1: 1.2.3.4, port 337 in an origin indication.
TEST(TeredoPacket, originIndicationMatchesTheStandardsExample) {
    const SocketAddress origin(Ipv4Address::of(1, 2, 3, 4), 337);
    EXPECT_EQ(toHex(encodeOriginIndication(origin)), "0000feaefefdfcfb");
    Bytes payload = encodeOriginIndication(origin);
    append(payload, bubble());
    const auto packet = decodeTeredoPacket(payload);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->origin, origin);
    EXPECT_FALSE(packet->authentication);
    EXPECT_EQ(packet->packet.nextHeader, kNextHeaderNone);
}

// RFC 4380 §5.1.1: authentication first, then origin.
TEST(TeredoPacket, bothIndicatorsInTheirOrder) {
    TeredoAuthentication authentication;
    authentication.clientId = asBytes("me");
    authentication.value = asBytes("sum");
    authentication.nonce = {1, 2, 3, 4, 5, 6, 7, 8};
    authentication.confirmation = 1;
    Bytes payload = encodeAuthentication(authentication);
    append(payload, encodeOriginIndication(SocketAddress(Ipv4Address::of(192, 0, 2, 1), 40000)));
    append(payload, bubble());
    const auto packet = decodeTeredoPacket(payload);
    ASSERT_TRUE(packet);
    ASSERT_TRUE(packet->authentication);
    EXPECT_EQ(asText(packet->authentication->clientId), "me");
    EXPECT_EQ(asText(packet->authentication->value), "sum");
    EXPECT_EQ(packet->authentication->nonce, authentication.nonce);
    EXPECT_EQ(packet->authentication->confirmation, 1);
    EXPECT_EQ(packet->origin->port(), 40000);
    for (std::size_t size = 0; size < payload.size(); ++size)
        EXPECT_FALSE(decodeTeredoPacket(BytesView(payload).first(size))) << size;
}

TEST(TeredoPacket, theWrongOrderIsRefused) {
    Bytes payload = encodeOriginIndication(SocketAddress(Ipv4Address::of(192, 0, 2, 1), 1));
    append(payload, encodeAuthentication({}));
    append(payload, bubble());
    EXPECT_FALSE(decodeTeredoPacket(payload));
}

struct TrailerCase {
    const char* name;
    const char* trailers;
    bool isAccepted;
};

// RFC 6081 §4: the two top bits of an unknown type: 01 discards the packet, anything else skips the trailer.
constexpr TrailerCase kTrailerCases[] = {
    {"none", "", true},
    {"nonce (§4.2)", "010400000001", true},
    {"unknown, skip", "05020000", true},
    {"unknown, top bits 10", "8000", true},
    {"unknown, top bits 01", "4000", false},
    {"unknown 01 after a known one", "0104000000014101ff", false},
    {"padding that is no trailer", "0109", true},
    {"one octet", "40", true},
};

TEST(TeredoPacket, trailersAreSkippedOrDiscardThePacket) {
    for (const auto& [name, trailers, isAccepted] : kTrailerCases) {
        Bytes payload = bubble();
        append(payload, *fromHex(trailers));
        EXPECT_EQ(decodeTeredoPacket(payload).has_value(), isAccepted) << name;
    }
}

TEST(TeredoAddress, encodesInvertedPortAndAddress) {
    // RFC 4380 §4: server 65.54.227.120, client 192.0.2.45, port 40000, cone.
    const TeredoAddress address{Ipv4Address::of(65, 54, 227, 120), true, 0, Ipv4Address::of(192, 0, 2, 45), 40000};
    const Ipv6Address encoded = encode(address);
    EXPECT_EQ(encoded.text(), "2001:0:4136:e378:8000:63bf:3fff:fdd2");
    EXPECT_EQ(decodeTeredoAddress(encoded), address);
}

// RFC 5991 §3.1: 12 random bits around U and G, which stay zero, as does z.
TEST(TeredoAddress, randomFlagsLeaveTheReservedBitsAlone) {
    for (std::uint16_t random = 0; random < 4096; ++random) {
        TeredoAddress address{Ipv4Address::of(1, 2, 3, 4), false, random, Ipv4Address::of(5, 6, 7, 8), 9};
        const Ipv6Address encoded = encode(address);
        ASSERT_EQ(encoded.octets[8] & 0xc3, 0) << "C, z, U, G";
        ASSERT_EQ(decodeTeredoAddress(encoded), address);
    }
    EXPECT_FALSE(decodeTeredoAddress(kPeer));
}

TEST(MappedAddress, holdsAddressAndPort) {
    const SocketAddress v4(Ipv4Address::of(192, 0, 2, 1), 3544);
    const SocketAddress mapped = toMapped(v4);
    EXPECT_TRUE(mapped.v6().isUniqueLocal());
    EXPECT_EQ(mapped.v6().text(), "fdc5:8a1e:7b3d::c000:201:dd8");
    EXPECT_EQ(mapped.port(), 3544);
    EXPECT_EQ(fromMapped(mapped.v6()), v4);
    EXPECT_FALSE(fromMapped(kPeer));
    EXPECT_FALSE(isMapped(*Ipv6Address::fromText("fdc5:8a1e:7b3d:1::c000:201")));
}

} // namespace
} // namespace culvert::wire
