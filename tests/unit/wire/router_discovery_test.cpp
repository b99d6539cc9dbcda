#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

const Ipv6Address kClient = *Ipv6Address::fromText("fe80::8000:5445:5245:444f");
const Ipv6Address kServer = *Ipv6Address::fromText("fe80::8000:f227:3fff:fdf5");

Ipv6Packet packetOf(BytesView bytes) {
    const auto packet = decodeIpv6(bytes);
    EXPECT_TRUE(packet);
    return packet ? *packet : Ipv6Packet{};
}

RouterAdvertisement teredoAdvertisement() {
    RouterAdvertisement advertisement;
    advertisement.retransTimer = 2000;
    advertisement.prefixes = {
        {*Ipv6Address::fromText("2001:0:c000:20a::"), 64, false, true, kInfiniteLifetime, kInfiniteLifetime}};
    advertisement.mtu = 1280;
    return advertisement;
}

// A body behind an ICMPv6 header, as a packet.
Bytes message(const Ipv6Address& source, std::uint8_t type, std::uint8_t code, const char* body) {
    return encodeIcmpv6(source, kClient, {type, code, *fromHex(body)});
}

// RFC 4861 §4.1; the checksum was computed by hand from the words of pseudo-header and message.
TEST(RouterDiscovery, solicitationMatchesItsOctets) {
    const Bytes bytes = encodeRouterSolicitation(kClient);
    EXPECT_EQ(toHex(bytes), "6000000000083aff"
                            "fe80000000000000800054455245444f"
                            "ff020000000000000000000000000002"
                            "8500125d"
                            "00000000");
    EXPECT_TRUE(decodeRouterSolicitation(packetOf(bytes)));
}

// RFC 4861 §4.2, §4.6.2, §4.6.4
TEST(RouterDiscovery, advertisementMatchesItsOctets) {
    const Bytes bytes = encode(kServer, kClient, teredoAdvertisement());
    EXPECT_EQ(toHex(BytesView(bytes).first(kIpv6HeaderSize)), "6000000000383aff"
                                                              "fe800000000000008000f2273ffffdf5"
                                                              "fe80000000000000800054455245444f");
    EXPECT_EQ(toHex(BytesView(bytes).subspan(kIpv6HeaderSize, 2)), "8600");
    EXPECT_EQ(toHex(BytesView(bytes).subspan(kIpv6HeaderSize + 4)), "0000000000000000000007d0"
                                                                    "03044040ffffffffffffffff00000000"
                                                                    "20010000c000020a0000000000000000"
                                                                    "0501000000000500");
    const auto decoded = decodeRouterAdvertisement(packetOf(bytes));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, teredoAdvertisement());
}

TEST(RouterDiscovery, everyFieldSurvives) {
    RouterAdvertisement all{64, true, true, 1800, 30'000, 1'000, {}, {}};
    all.prefixes = {{*Ipv6Address::fromText("2001:db8::"), 48, true, false, 7200, 3600},
                    {*Ipv6Address::fromText("2001:db8:1::"), 64, false, true, 1, 2}};
    const auto decoded = decodeRouterAdvertisement(packetOf(encode(kServer, kClient, all)));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, all);
}

TEST(RouterDiscovery, truncatedMessagesAreRefused) {
    const Bytes whole = encode(kServer, kClient, teredoAdvertisement());
    const BytesView body = BytesView(whole).subspan(kIpv6HeaderSize + 4);
    for (std::size_t size = 0; size < body.size(); ++size) {
        const Bytes cut = encodeIcmpv6(kServer, kClient, {kIcmpv6RouterAdvertisement, 0, body.first(size)});
        // Between its options an advertisement may end.
        const bool isWhole = size == 12 || size == 12 + 32;
        EXPECT_EQ(decodeRouterAdvertisement(packetOf(cut)).has_value(), isWhole) << size;
    }
    for (std::size_t size = 0; size < 4; ++size)
        EXPECT_FALSE(decodeRouterSolicitation(
            packetOf(encodeIcmpv6(kClient, kAllRouters, {kIcmpv6RouterSolicitation, 0, body.first(size)}))))
            << size;
}

struct SolicitationCase {
    const char* name;
    const char* source;
    std::uint8_t type;
    std::uint8_t code;
    const char* body;
    bool isAccepted;
};

// RFC 4861 §6.1.1
constexpr SolicitationCase kSolicitations[] = {
    {"plain", "fe80::1", 133, 0, "00000000", true},
    {"reserved octets are ignored", "fe80::1", 133, 0, "ffffffff", true},
    {"with a link-layer address", "fe80::1", 133, 0, "000000000101020304050607", true},
    {"with an unknown option", "fe80::1", 133, 0, "00000000fd01020304050607", true},
    {"from nobody", "::", 133, 0, "00000000", true},
    {"from nobody, with a link-layer address", "::", 133, 0, "000000000101020304050607", false},
    {"option of length zero", "fe80::1", 133, 0, "000000000100020304050607", false},
    {"option that is cut off", "fe80::1", 133, 0, "000000000102020304050607", false},
    {"another code", "fe80::1", 133, 1, "00000000", false},
    {"an advertisement", "fe80::1", 134, 0, "000000000000000000000000", false},
};

TEST(RouterDiscovery, solicitationsAreChecked) {
    for (const auto& [name, source, type, code, body, isAccepted] : kSolicitations) {
        const Bytes bytes = message(*Ipv6Address::fromText(source), type, code, body);
        EXPECT_EQ(decodeRouterSolicitation(packetOf(bytes)).has_value(), isAccepted) << name;
    }
}

// RFC 4861 §6.1.1, §6.1.2: the hop limit proves that no router passed it on; and the checksum counts.
TEST(RouterDiscovery, hopLimitAndChecksumCount) {
    for (Bytes bytes : {encodeRouterSolicitation(kClient), encode(kServer, kClient, teredoAdvertisement())}) {
        const auto isTaken = [&] {
            return decodeRouterSolicitation(packetOf(bytes)) || decodeRouterAdvertisement(packetOf(bytes));
        };
        EXPECT_TRUE(isTaken());
        bytes[7] = 254;
        EXPECT_FALSE(isTaken());
        bytes[7] = 255;
        bytes[kIpv6HeaderSize + 2] ^= 1;
        EXPECT_FALSE(isTaken());
    }
}

// RFC 4861 §6.1.2
TEST(RouterDiscovery, advertisementsAreChecked) {
    const Ipv6Address global = *Ipv6Address::fromText("2001:db8::1");
    EXPECT_FALSE(decodeRouterAdvertisement(packetOf(encode(global, kClient, teredoAdvertisement()))));
    const auto taken = [](std::uint8_t code, const char* body) {
        return decodeRouterAdvertisement(packetOf(message(kServer, 134, code, body)));
    };
    EXPECT_TRUE(taken(0, "000000000000000000000000"));
    EXPECT_FALSE(taken(1, "000000000000000000000000"));
    const auto endless = taken(0, "0000000000000000000000000500000000000500");
    ASSERT_FALSE(endless) << "an option of length zero";
    EXPECT_EQ(endless.error().code, ErrorCode::Malformed);
    const auto skipped = taken(0, "000000000000000000000000"
                                  "fd01000000000000"
                                  "03020000000000000000000000000000"
                                  "05020000000005000000000000000000");
    ASSERT_TRUE(skipped) << "unknown options, and known ones of a strange length, are skipped";
    EXPECT_TRUE(skipped->prefixes.empty());
    EXPECT_FALSE(skipped->mtu);
}

TEST(RouterDiscovery, prefixesHaveABound) {
    RouterAdvertisement many = teredoAdvertisement();
    many.prefixes.resize(kAdvertisedPrefixesMax, many.prefixes.front());
    EXPECT_TRUE(decodeRouterAdvertisement(packetOf(encode(kServer, kClient, many))));
    many.prefixes.push_back(many.prefixes.front());
    EXPECT_FALSE(decodeRouterAdvertisement(packetOf(encode(kServer, kClient, many))));
}

// RFC 4380 §4, §5.3.2: 192.0.2.10 and port 3544, inverted, behind the cone bit.
TEST(TeredoLinkLocal, holdsConeBitPortAndAddress) {
    const SocketAddress server(Ipv4Address::of(192, 0, 2, 10), 3544);
    EXPECT_EQ(teredoLinkLocal(true, server), kServer);
    EXPECT_EQ(teredoLinkLocal(false, server).text(), "fe80::f227:3fff:fdf5");
    EXPECT_TRUE(hasConeBit(kServer));
    EXPECT_FALSE(hasConeBit(teredoLinkLocal(false, server)));
}

} // namespace
} // namespace culvert::wire
