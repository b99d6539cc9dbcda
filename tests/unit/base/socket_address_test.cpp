#include "core/base/socket_address.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct TextCase {
    const char* text;
    const char* canonical; // nullptr: refused
};

// RFC 5952 §4: the canonical forms.
constexpr TextCase kIpv6Cases[] = {
    {"::", "::"},
    {"::1", "::1"},
    {"1::", "1::"},
    {"2001:db8::1", "2001:db8::1"},
    {"2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
    {"fe80::1:2:3:4", "fe80::1:2:3:4"},
    {"::ffff:192.0.2.1", "::ffff:c000:201"},
    {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
    {"1:2:3:4:5:6:7", nullptr},
    {"1:2:3:4:5:6:7:8:9", nullptr},
    {"1::2::3", nullptr},
    {"12345::", nullptr},
    {":1", nullptr},
    {"1:", nullptr},
    {"g::", nullptr},
    {"", nullptr},
    {"::1%eth0", nullptr},
    {"1:2:3:4:5:6:7::8", nullptr},
};

TEST(Ipv6Address, textIsCanonicalAndStrict) {
    for (const auto& [text, canonical] : kIpv6Cases) {
        const auto address = Ipv6Address::fromText(text);
        ASSERT_EQ(address.has_value(), canonical != nullptr) << text;
        if (address) {
            EXPECT_EQ(address->text(), canonical) << text;
        }
    }
}

TEST(Ipv4Address, textIsStrict) {
    EXPECT_EQ(Ipv4Address::fromText("192.0.2.1"), Ipv4Address::of(192, 0, 2, 1));
    for (const char* text : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.-4", "1..2.3", "a.b.c.d", "1.2.3.4 "})
        EXPECT_FALSE(Ipv4Address::fromText(text)) << text;
}

TEST(SocketAddress, tellsItsHostApart) {
    const SocketAddress v4(Ipv4Address::of(192, 0, 2, 1), 3544), v6(*Ipv6Address::fromText("2001:db8::1"), 3544);
    EXPECT_EQ(v4.withoutPort(), SocketAddress(v4.v4(), 0));
    EXPECT_EQ(v6.withoutPort(), SocketAddress(v6.v6(), 0));
    EXPECT_EQ(v4.hostText(), "192.0.2.1");
    EXPECT_EQ(v6.hostText(), "2001:db8::1");
}

TEST(Ipv4Address, knowsWhatTheInternetCannotReach) {
    for (const char* text : {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1", "100.64.0.1"})
        EXPECT_TRUE(Ipv4Address::fromText(text)->isPrivate()) << text;
    for (const char* text : {"172.32.0.1", "100.63.0.1", "100.128.0.1", "8.8.8.8", "192.0.2.1"})
        EXPECT_FALSE(Ipv4Address::fromText(text)->isPrivate()) << text;
    for (const char* text : {"100.64.0.0", "100.127.255.255"})
        EXPECT_TRUE(Ipv4Address::fromText(text)->isShared()) << text;
    for (const char* text : {"100.63.255.255", "100.128.0.0", "10.64.0.1"})
        EXPECT_FALSE(Ipv4Address::fromText(text)->isShared()) << text;
    EXPECT_TRUE(Ipv4Address::of(169, 254, 1, 1).isLinkLocal());
    EXPECT_FALSE(Ipv4Address::of(169, 253, 1, 1).isLinkLocal());
    // RFC 6890: no host on the internet holds these.
    for (const char* text : {"0.1.2.3", "127.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
                             "198.51.100.7", "203.0.113.9", "192.88.99.1", "10.1.1.1"})
        EXPECT_FALSE(Ipv4Address::fromText(text)->isGlobal()) << text;
    EXPECT_TRUE(Ipv4Address::fromText("192.0.2.1")->isGlobal(true));
    EXPECT_TRUE(Ipv4Address::fromText("8.8.8.8")->isGlobal());
}

TEST(SocketAddress, textRoundTrips) {
    for (const char* text : {"192.0.2.1:3544", "[2001:db8::1]:65535", "[::]:1"})
        EXPECT_EQ(SocketAddress::fromText(text)->text(), text);
    for (const char* text : {"192.0.2.1", "192.0.2.1:65536", "2001:db8::1:80", "[::1]", "[::1]:", ":80", "[]:80"})
        EXPECT_FALSE(SocketAddress::fromText(text)) << text;
}

// RFC 4007 §11.2, and only here: what is told to others has no zone.
TEST(SocketAddress, aLinkLocalAddressHasAZone) {
    const SocketAddress plain(*Ipv6Address::fromText("fe80::1"), 7);
    const SocketAddress scoped = plain.inZone(3);
    EXPECT_EQ(scoped.text(), "[fe80::1%3]:7");
    EXPECT_EQ(scoped.withoutPort().zone(), 3U);
    EXPECT_EQ(scoped.v6(), plain.v6());
    EXPECT_NE(scoped, plain);
    EXPECT_NE(scoped, plain.inZone(4));
    EXPECT_FALSE(SocketAddress::fromText("[fe80::1%3]:7"));
}

} // namespace
} // namespace culvert
