// The routers' sockets against a neighbour on loopback.
#include "core/io/gateway_sockets.h"
#include "core/io/udp_socket.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace culvert
