// The routers' sockets against a neighbour on loopback.
#include "core/io/gateway_sockets.h"
#include "core/io/network_monitor.h"
#include "core/io/udp_socket.h"
#include "tests/support/own_namespace.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>

#ifdef __linux__
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace culvert {
namespace {

SocketAddress loopback(std::uint8_t host, std::uint16_t port = 0) {
    return {Ipv4Address::of(127, 0, 0, host), port};
}

struct GatewaySocketsTest : testing::Test {
    Instant now{100s};
    std::unique_ptr<UdpSocket> router = std::move(*UdpSocket::bind(loopback(1)));
    AnnouncementPorts ports{freePort(), freePort()};
    GatewaySockets sockets{ports};
    LocalNetwork network;

    struct Answer {
        SocketAddress local, remote;
        Bytes payload;
    };
    std::vector<Answer> answers;
    std::vector<Bytes> announcements;

    static std::uint16_t freePort() { return (*UdpSocket::bind(SocketAddress(Ipv4Address{}, 0)))->port(); }

    void SetUp() override {
        LocalInterface interface;
        interface.name = "lo";
        interface.index = 1;
        for (const std::uint8_t host : {1, 2, 3})
            interface.addresses.push_back({loopback(host), 8});
        network.interfaces.push_back(interface);
        network.routers.push_back({loopback(1), loopback(2), 1});
    }
    bool ask(const SocketAddress& local, std::uint8_t octet) {
        return sockets.send({local, 0, router->local(), Bytes{octet}});
    }
    std::vector<Datagram> atRouter(std::size_t wanted) {
        std::vector<Datagram> out;
        for (int round = 0; round < 100 && out.size() < wanted; ++round) {
            waitForSockets({router.get()}, 50ms);
            router->receive(100, [&](const Datagram& datagram) { out.push_back(datagram); });
        }
        return out;
    }
    void takeOnce() {
        sockets.receive(
            now,
            [&](const SocketAddress& local, const SocketAddress& remote, BytesView payload) {
                answers.push_back({local, remote, toBytes(payload)});
            },
            [&](const SocketAddress&, BytesView payload) { announcements.push_back(toBytes(payload)); });
    }
    void take(std::size_t wanted) {
        for (int round = 0; round < 100 && answers.size() + announcements.size() < wanted; ++round) {
            waitForHandles(sockets.handles(), 50ms);
            takeOnce();
        }
    }
};

TEST_F(GatewaySocketsTest, asksFromTheAddressItIsToldAndKeepsThePort) {
    ASSERT_TRUE(ask(loopback(2), 1) && ask(loopback(3), 2) && ask(loopback(2), 3));
    const auto asked = atRouter(3);
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0].remote.v4(), loopback(2).v4());
    EXPECT_EQ(asked[1].remote.v4(), loopback(3).v4());
    EXPECT_EQ(asked[2].remote, asked[0].remote);
    EXPECT_EQ(sockets.handles().size(), 2U);
    router->send({{}, asked[1].remote, Bytes{9}, 0});
    take(1);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].local, loopback(3));
    EXPECT_EQ(answers[0].remote, router->local());
    EXPECT_EQ(answers[0].payload, Bytes{9});
}

TEST_F(GatewaySocketsTest, anAddressThatIsNotOursSendsNothing) {
    EXPECT_FALSE(ask({Ipv4Address::of(192, 0, 2, 77), 0}, 1));
    EXPECT_FALSE(ask({*Ipv6Address::fromText("::1"), 0}, 1)) << "another family";
    EXPECT_TRUE(sockets.handles().empty());
}

TEST_F(GatewaySocketsTest, thereIsALimitAndWhatIsGoneMakesRoom) {
    for (std::uint8_t host = 1; host <= GatewaySockets::kSocketsMax; ++host)
        EXPECT_TRUE(ask(loopback(host), host));
    EXPECT_FALSE(ask(loopback(100), 1));
    network.routers.clear();
    sockets.keepOnly(network);
    EXPECT_EQ(sockets.handles().size(), 3U) << "those of the interface's addresses";
    EXPECT_TRUE(ask(loopback(100), 1));
}

TEST_F(GatewaySocketsTest, longDatagramsAreDropped) {
    ASSERT_TRUE(ask(loopback(2), 1));
    const SocketAddress asker = atRouter(1).at(0).remote;
    router->send({{}, asker, Bytes(GatewaySockets::kDatagramMax + 1, 1), 0});
    router->send({{}, asker, Bytes(GatewaySockets::kDatagramMax, 2), 0});
    take(1);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].payload.front(), 2);
}

TEST_F(GatewaySocketsTest, hearsAnnouncementsButNotTooMany) {
    EXPECT_TRUE(sockets.handles().empty());
    sockets.keepOnly(network);
    ASSERT_EQ(sockets.handles().size(), 2U) << "both IPv4 groups, on the router's interface";
    for (unsigned i = 0; i < GatewaySockets::kAnnouncementsPerSecondMax + 30; ++i)
        router->send({{}, loopback(1, i % 2 == 0 ? ports.pcp : ports.ssdp), Bytes{1}, 0});
    take(GatewaySockets::kAnnouncementsPerSecondMax);
    takeOnce();
    EXPECT_EQ(announcements.size(), GatewaySockets::kAnnouncementsPerSecondMax);
    EXPECT_TRUE(answers.empty());
    now += 1s;
    router->send({{}, loopback(1, ports.pcp), Bytes{2}, 0});
    take(GatewaySockets::kAnnouncementsPerSecondMax + 1);
    EXPECT_EQ(announcements.back(), Bytes{2});
    network.routers.clear();
    sockets.keepOnly(network);
    EXPECT_TRUE(sockets.handles().empty());
}

TEST_F(GatewaySocketsTest, sharesItsPortsWithOtherPrograms) {
    GatewaySockets other(ports);
    sockets.keepOnly(network);
    other.keepOnly(network);
    EXPECT_EQ(sockets.handles().size(), 2U);
    EXPECT_EQ(other.handles().size(), 2U);
}

TEST_F(GatewaySocketsTest, aTakenPortIsNoError) {
    const auto taken = UdpSocket::bind(SocketAddress(Ipv4Address{}, ports.pcp));
    ASSERT_TRUE(taken);
    sockets.keepOnly(network);
    EXPECT_EQ(sockets.handles().size(), 1U) << "the other one";
}

#ifdef __linux__

// Sends to a multicast group on one interface; the computer itself hears it too, on that interface.
bool multicast(const std::string& interface, const SocketAddress& group, std::uint8_t octet) {
    const auto index = ::if_nametoindex(interface.c_str());
    if (group.isV4()) {
        const int handle = ::socket(AF_INET, SOCK_DGRAM, 0);
        ip_mreqn way{};
        way.imr_ifindex = static_cast<int>(index);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(group.port());
        std::memcpy(&to.sin_addr, group.v4().octets.data(), 4);
        const bool isSent = ::setsockopt(handle, IPPROTO_IP, IP_MULTICAST_IF, &way, sizeof(way)) == 0 &&
                            ::sendto(handle, &octet, 1, 0, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 1;
        ::close(handle);
        return isSent;
    }
    const int handle = ::socket(AF_INET6, SOCK_DGRAM, 0);
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(group.port());
    to.sin6_scope_id = index;
    std::memcpy(&to.sin6_addr, group.v6().octets.data(), 16);
    const bool isSent = ::sendto(handle, &octet, 1, 0, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 1;
    ::close(handle);
    return isSent;
}

struct Heard {
    std::vector<Bytes> announcements;
    std::vector<SocketAddress> from;

    void take(GatewaySockets& sockets, std::size_t wanted) {
        for (int round = 0; round < 100 && announcements.size() < wanted; ++round) {
            waitForHandles(sockets.handles(), 50ms);
            sockets.receive(
                Instant{1s},
                [&](const SocketAddress& local, const SocketAddress& remote, BytesView) {
                    from = {local, remote};
                    announcements.push_back({});
                },
                [&](const SocketAddress&, BytesView payload) { announcements.push_back(toBytes(payload)); });
        }
    }
};

// eth0 with a router at its far end, and another cable without one.
bool makeHome() {
    return test::makeCable("eth0", "far") && test::makeCable("eth1", "vethfar") &&
           test::ip("addr add 10.77.0.2/24 dev eth0") && test::ip("addr add 10.78.0.2/24 dev eth1") &&
           test::ip("addr add fe80::2/64 dev eth0 nodad") && test::ip("addr add fe80::9/64 dev far nodad") &&
           test::ip("addr add 2001:db8::2/64 dev eth0 nodad") && test::ip("addr add fe80::3/64 dev eth1 nodad") &&
           test::ip("route add default via 10.77.0.1") && test::ip("-6 route add default via fe80::9 dev eth0");
}

LocalNetwork readHome() {
    NetworkMonitor monitor({});
    LocalNetwork network = monitor.read(1);
    for (int round = 0; round < 100 && network.routers.size() < 2; ++round) {
        waitForHandles({*monitor.handle()}, 50ms);
        monitor.changed();
        network = monitor.read(1);
    }
    return network;
}

TEST(GatewaySocketsOnACable, hearsGroupsOnTheRoutersInterfaceAlone) {
    const bool isAllowed = test::inOwnNamespace([] {
        ASSERT_TRUE(makeHome());
        LocalNetwork network = readHome();
        ASSERT_EQ(network.routers.size(), 2U);
        for (DefaultRouter& router : network.routers) // Our own address plays the router's.
            if (router.address.isV4())
                router.address = router.local;
        GatewaySockets sockets;
        sockets.keepOnly(network);
        ASSERT_EQ(sockets.handles().size(), 3U);
        const SocketAddress pcp(Ipv4Address::of(224, 0, 0, 1), 5350), ssdp(Ipv4Address::of(239, 255, 255, 250), 1900),
            pcp6(*Ipv6Address::fromText("ff02::1"), 5350);
        EXPECT_TRUE(multicast("eth1", pcp, 9) && multicast("eth1", ssdp, 9) && multicast("eth1", pcp6, 9));
        EXPECT_TRUE(multicast("eth0", pcp, 1) && multicast("eth0", ssdp, 2) && multicast("eth0", pcp6, 3));
        Heard heard;
        heard.take(sockets, 3);
        std::ranges::sort(heard.announcements);
        EXPECT_EQ(heard.announcements, (std::vector<Bytes>{{1}, {2}, {3}}));
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

TEST(GatewaySocketsOnACable, asksALinkLocalRouterThroughItsInterface) {
    const bool isAllowed = test::inOwnNamespace([] {
        ASSERT_TRUE(makeHome());
        const LocalNetwork network = readHome();
        const auto found =
            std::ranges::find_if(network.routers, [](const DefaultRouter& router) { return router.address.isV6(); });
        ASSERT_NE(found, network.routers.end());
        const auto router = UdpSocket::bind(SocketAddress(Ipv6Address{}, 0));
        ASSERT_TRUE(router);
        GatewaySockets sockets;
        const SocketAddress at(found->address.v6(), (*router)->port());
        for (const char* const own : {"fe80::2", "2001:db8::2"}) {
            const SocketAddress local(*Ipv6Address::fromText(own), 0);
            ASSERT_TRUE(sockets.send({local, found->interfaceIndex, at, Bytes{7}})) << own;
            std::vector<Datagram> asked;
            for (int round = 0; round < 100 && asked.empty(); ++round) {
                waitForSockets({router->get()}, 50ms);
                (*router)->receive(1, [&](const Datagram& datagram) { asked.push_back(datagram); });
            }
            ASSERT_EQ(asked.size(), 1U);
            EXPECT_EQ(asked[0].remote.v6(), local.v6());
            EXPECT_EQ(asked[0].local.v6(), found->address.v6());
        }
        EXPECT_EQ(found->local, SocketAddress(*Ipv6Address::fromText("2001:db8::2"), 0));
        EXPECT_FALSE(sockets.send({found->local, 999, found->address, Bytes{7}})) << "no such interface";
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

#endif

} // namespace
} // namespace culvert
