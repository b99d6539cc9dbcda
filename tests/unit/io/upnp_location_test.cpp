// Whom a device's answer may send us to.
#include "core/io/upnp_location.h"

#include <gtest/gtest.h>

namespace culvert::upnp {
namespace {

SocketAddress v4(const char* text, std::uint16_t port = 0) {
    return {*Ipv4Address::fromText(text), port};
}

SocketAddress v6(const char* text, std::uint16_t port = 0) {
    return {*Ipv6Address::fromText(text), port};
}

const std::vector<LocalAddress> kOwn = {
    {v4("198.51.100.9"), 24, false, false},
    {v6("2001:db8:1:1::9"), 64, false, false},
};

std::string answer(const std::string& type, const std::string& location) {
    return "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nSt: " + type + "\r\nlocation:  " + location +
           " \r\nUSN: uuid:1\r\n\r\n";
}

const std::string kRouter = "urn:schemas-upnp-org:device:InternetGatewayDevice:1";

TEST(UpnpLocation, hostsAreAddresses) {
    EXPECT_EQ(hostOf("http://192.168.1.1:5000/rootDesc.xml"), v4("192.168.1.1", 5000));
    EXPECT_EQ(hostOf("http://192.168.1.1/"), v4("192.168.1.1", 80));
    EXPECT_EQ(hostOf("http://[2001:db8::1]:49000/a"), v6("2001:db8::1", 49000));
    EXPECT_EQ(hostOf("http://[fe80::1%eth0]/a"), v6("fe80::1", 80));
    EXPECT_EQ(hostOf("http://[fe80::1]/a"), v6("fe80::1", 80));
    for (const char* const url : {"",
                                  "http://",
                                  "http:///",
                                  "https://192.168.1.1/",
                                  "http://router/",
                                  "http://192.168.1.1",
                                  "http://192.168.1/",
                                  "http://192.168.1.1:0/",
                                  "http://192.168.1.1:65536/",
                                  "http://192.168.1.1:/",
                                  "http://192.168.1.1:80x/",
                                  "http://user@192.168.1.1/",
                                  "http://192.168.1.1@203.0.113.1/",
                                  "http://[::1/",
                                  "http://[]/",
                                  "http://[::1]x/",
                                  "http://[2001:db8::1%1]/",
                                  "http://192.168.1.1/a b",
                                  "http://192.168.1.1/\x01",
                                  "HTTP://192.168.1.1/",
                                  "http://0x7f.1/",
                                  "http://3232235777/"})
        EXPECT_FALSE(hostOf(url)) << url;
}

TEST(UpnpLocation, routersAreHeard) {
    EXPECT_EQ(locationOf(answer(kRouter, "http://192.168.1.1:5000/d")), "http://192.168.1.1:5000/d");
    EXPECT_TRUE(locationOf(answer("urn:schemas-upnp-org:service:WANPPPConnection:1", "http://192.168.1.1/d")));
    std::string bare = answer(kRouter, "http://192.168.1.1/d");
    std::erase(bare, '\r');
    EXPECT_TRUE(locationOf(bare));
}

TEST(UpnpLocation, othersAreNot) {
    EXPECT_FALSE(locationOf(""));
    EXPECT_FALSE(locationOf("NOTIFY * HTTP/1.1\r\n" + answer(kRouter, "http://192.168.1.1/d")));
    EXPECT_FALSE(locationOf("HTTP/1.1 404 Not Found\r\nST: " + kRouter + "\r\nLOCATION: http://192.168.1.1/d\r\n"));
    EXPECT_FALSE(locationOf(answer("urn:schemas-upnp-org:device:MediaServer:1", "http://192.168.1.1/d")));
    EXPECT_FALSE(locationOf(answer(kRouter, "http://router.example/d")));
    EXPECT_FALSE(locationOf(answer(kRouter, "file:///etc/passwd")));
    EXPECT_FALSE(locationOf(answer(kRouter, "")));
    EXPECT_FALSE(locationOf(answer(kRouter, "http://192.168.1.1/" + std::string(kSsdpAnswerMax, 'a'))));
}

TEST(UpnpLocation, neighboursArePrivateOrOnOurLinks) {
    for (const auto& host : {v4("192.168.7.1"), v4("10.0.0.1"), v4("169.254.1.1"), v4("100.64.0.1"), v4("198.51.100.1"),
                             v6("fe80::1"), v6("2001:db8:1:1::1")})
        EXPECT_TRUE(isNeighbour(host, kOwn)) << host.text();
    for (const auto& host : {v4("198.51.101.1"), v4("8.8.8.8"), v4("127.0.0.1"), v4("0.0.0.0"), v6("::1"), v6("::"),
                             v6("2001:db8:1:2::1"), v6("2a00::1")})
        EXPECT_FALSE(isNeighbour(host, kOwn)) << host.text();
    EXPECT_FALSE(isNeighbour(v4("8.8.8.8"), {{v4("198.51.100.9"), 0, false, false}})) << "no prefix is no link";
}

TEST(UpnpLocation, aDeviceSpeaksForItselfAlone) {
    EXPECT_TRUE(maySpeakFor(v4("192.168.1.1", 1900), v4("192.168.1.1", 5000), kOwn));
    EXPECT_FALSE(maySpeakFor(v4("192.168.1.2"), v4("192.168.1.1"), kOwn));
    EXPECT_FALSE(maySpeakFor(v4("192.168.1.1"), v4("203.0.113.1"), kOwn));
    EXPECT_FALSE(maySpeakFor(v4("203.0.113.1"), v4("203.0.113.1"), kOwn)) << "not even for itself from far away";
    EXPECT_TRUE(maySpeakFor(v6("fe80::1"), v6("2001:db8:1:1::1"), kOwn));
    EXPECT_FALSE(maySpeakFor(v6("2a00::1"), v6("2001:db8:1:1::1"), kOwn));
    EXPECT_FALSE(maySpeakFor(v6("fe80::1"), v4("192.168.1.1"), kOwn));
}

TEST(UpnpLocation, linkLocalHostsGetTheirZone) {
    EXPECT_EQ(withZone("http://[fe80::1]:80/d", 3), "http://[fe80::1%3]:80/d");
    EXPECT_EQ(withZone("http://[fe80::1%eth7]/d", 3), "http://[fe80::1%3]/d");
    EXPECT_EQ(withZone("http://[2001:db8::1]/d", 3), "http://[2001:db8::1]/d");
    EXPECT_EQ(withZone("http://10.0.0.1/d", 3), "http://10.0.0.1/d");
}

} // namespace
} // namespace culvert::upnp
