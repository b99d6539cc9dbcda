// ICMPv6 errors that quote a UDP datagram (RFC 4443 §3.1).
#include "core/wire/quoted_udp.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

const Ipv6Address kRouter = *Ipv6Address::fromText("2001:db8::1");
const SocketAddress kUs(*Ipv6Address::fromText("2001:db8:1::2"), 40000);
const SocketAddress kThem(*Ipv6Address::fromText("2001:db8:2::3"), 53);

Bytes error(BytesView payload) {
    return encodePortUnreachable(kRouter, {kUs, kThem, payload});
}

// RFC 4443 §2.4 (c): the error as others make it, octet by octet.
TEST(QuotedUdp, encodesAsTheStandardDraws) {
    const std::string quoted = "6000000000091140"                 // version, payload length 9, UDP, hop limit
                               "20010db8000100000000000000000002" // our socket
                               "20010db8000200000000000000000003" // where it went
                               "9c400035"                         // ports
                               "0009";                            // length
    const std::string whole = toHex(error(asBytes("x")));
    EXPECT_EQ(whole.substr(0, 80), "6000000000393aff20010db800000000000000000000000120010db8000100000000000000000002");
    EXPECT_EQ(whole.substr(80, 4), "0104");
    EXPECT_EQ(whole.substr(88, 8), "00000000");
    EXPECT_EQ(whole.substr(96, quoted.size()), quoted);
    EXPECT_EQ(whole.substr(whole.size() - 2), "78");
}

TEST(QuotedUdp, decodesWhatItEncoded) {
    const Bytes packet = error(asBytes("hello"));
    const auto quote = decodeUnreachable(*decodeIpv6(packet));
    ASSERT_TRUE(quote);
    EXPECT_EQ(quote->source, kUs);
    EXPECT_EQ(quote->destination, kThem);
    EXPECT_EQ(asText(quote->payload), "hello");
}

TEST(QuotedUdp, acceptsAQuoteThatIsCutOffBehindItsHeaders) {
    const Bytes whole = error(asBytes("hello"));
    const auto quote = [&](std::size_t size) {
        const Bytes body = toBytes(BytesView(whole).subspan(kIpv6HeaderSize + 4, size));
        const Bytes packet = encodeIcmpv6(kRouter, kUs.v6(), {1, 0, body});
        return decodeUnreachable(*decodeIpv6(packet)).has_value();
    };
    const std::size_t headers = 4 + kIpv6HeaderSize + kUdpHeaderSize;
    for (std::size_t size = 0; size < headers; ++size)
        EXPECT_FALSE(quote(size)) << size;
    EXPECT_TRUE(quote(headers));
    EXPECT_TRUE(quote(headers + 3));
}

TEST(QuotedUdp, refusesEverythingElse) {
    const Bytes good = error(asBytes("hello"));
    const auto accepts = [&](std::size_t at, std::uint8_t value) {
        Bytes body = toBytes(BytesView(good).subspan(kIpv6HeaderSize + 4));
        body[at] = value;
        const Bytes packet = encodeIcmpv6(kRouter, kUs.v6(), {1, 4, body});
        return decodeUnreachable(*decodeIpv6(packet)).has_value();
    };
    EXPECT_TRUE(accepts(0, 0));
    EXPECT_FALSE(accepts(4, 0x40)) << "not IPv6";
    EXPECT_FALSE(accepts(4 + 6, 6)) << "TCP";
    EXPECT_FALSE(accepts(4 + 8 + 15, 9)) << "somebody else's datagram";
    Bytes damaged = good;
    damaged.back() ^= 1;
    EXPECT_FALSE(decodeUnreachable(*decodeIpv6(damaged))) << "checksum";
    const Bytes body = toBytes(BytesView(good).subspan(kIpv6HeaderSize + 4));
    const Bytes tooBig = encodeIcmpv6(kRouter, kUs.v6(), {2, 0, body});
    EXPECT_FALSE(decodeUnreachable(*decodeIpv6(tooBig))) << "another type";
    const Bytes udp = encode(UdpInIpv6{kRouter, kUs.v6(), 1, 2, asBytes("hello")});
    EXPECT_FALSE(decodeUnreachable(*decodeIpv6(udp)));
}

} // namespace
} // namespace culvert::wire
