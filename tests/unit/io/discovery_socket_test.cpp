// The socket that hears where Teredo clients announce themselves, on cables of its own network namespace.
#include "core/io/discovery_socket.h"
#include "core/io/udp_socket.h"
#include "tests/support/own_namespace.h"

#include <algorithm>
#include <gtest/gtest.h>

#ifdef __linux__
#include <net/if.h>

namespace culvert {
namespace {

const SocketAddress kGroup(Ipv4Address::of(224, 0, 0, 253), 3544);
const Ipv4Address kHome = Ipv4Address::of(10, 77, 0, 2), kOther = Ipv4Address::of(10, 78, 0, 2);

struct Heard {
    std::vector<Datagram> datagrams;

    void take(DiscoverySocket& socket, std::size_t wanted) {
        for (int round = 0; round < 100 && datagrams.size() < wanted && socket.handle(); ++round) {
            waitForHandles({*socket.handle()}, 50ms);
            socket.receive(100, [&](const Datagram& datagram) { datagrams.push_back(datagram); });
        }
    }
};

// Two cables, and somebody who sends from any of our addresses: what goes to a group comes back to this computer.
struct Cables {
    std::uint32_t home = 0, other = 0;
    std::unique_ptr<UdpSocket> sender;

    bool lay() {
        const bool isLaid = test::makeCable("eth0", "far0") && test::makeCable("eth1", "far1") &&
                            test::ip("addr add 10.77.0.2/24 dev eth0") && test::ip("addr add 10.78.0.2/24 dev eth1");
        home = ::if_nametoindex("eth0");
        other = ::if_nametoindex("eth1");
        sender = std::move(*UdpSocket::bind(SocketAddress(Ipv4Address{}, 0)));
        return isLaid;
    }
    bool send(const Ipv4Address& from, const SocketAddress& to, Bytes payload) {
        return sender->send({{from, 0}, to, std::move(payload)});
    }
};

TEST(DiscoverySocketTest, hearsTheGroupOnItsInterfacesAndNoUnicast) {
    const bool isAllowed = test::inOwnNamespace([] {
        Cables cables;
        ASSERT_TRUE(cables.lay());
        DiscoverySocket elsewhere(kGroup); // Another program's: what it joined is not ours to hear.
        elsewhere.listen({cables.other});
        ASSERT_TRUE(elsewhere.handle());
        DiscoverySocket socket(kGroup);
        EXPECT_FALSE(socket.handle());
        socket.listen({cables.home});
        ASSERT_TRUE(socket.handle());
        cables.send(kHome, {kHome, kGroup.port()}, {1}); // refused: nobody listens there
        EXPECT_TRUE(cables.send(kOther, kGroup, {2}));
        EXPECT_TRUE(cables.send(kHome, kGroup, Bytes(DiscoverySocket::kDatagramMax + 1, 3)));
        EXPECT_TRUE(cables.send(kHome, kGroup, {4}));
        Heard heard;
        heard.take(socket, 1);
        ASSERT_EQ(heard.datagrams.size(), 1U);
        EXPECT_EQ(heard.datagrams[0].payload, Bytes{4});
        EXPECT_EQ(heard.datagrams[0].local, kGroup);
        EXPECT_EQ(heard.datagrams[0].remote, SocketAddress(kHome, cables.sender->port()));
        socket.listen({cables.home, cables.other});
        EXPECT_TRUE(cables.send(kOther, kGroup, {5}));
        heard.take(socket, 2);
        ASSERT_EQ(heard.datagrams.size(), 2U);
        EXPECT_EQ(heard.datagrams[1].remote.v4(), kOther);
        socket.listen({});
        EXPECT_FALSE(socket.handle());
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

// Another program's unicast stays its own, and the group is everybody's.
TEST(DiscoverySocketTest, sharesThePortAndTakesNothingAway) {
    const bool isAllowed = test::inOwnNamespace([] {
        Cables cables;
        ASSERT_TRUE(cables.lay());
        const auto server = UdpSocket::bind(SocketAddress(kHome, kGroup.port()));
        ASSERT_TRUE(server);
        DiscoverySocket first(kGroup), second(kGroup);
        first.listen({cables.home});
        second.listen({cables.home});
        EXPECT_TRUE(cables.send(kHome, (*server)->local(), {1}));
        EXPECT_TRUE(cables.send(kHome, kGroup, {2}));
        for (DiscoverySocket* socket : {&first, &second}) {
            Heard heard;
            heard.take(*socket, 1);
            ASSERT_EQ(heard.datagrams.size(), 1U);
            EXPECT_EQ(heard.datagrams[0].payload, Bytes{2});
        }
        std::vector<Bytes> got;
        (*server)->receive(10, [&](const Datagram& datagram) { got.push_back(datagram.payload); });
        EXPECT_EQ(got, std::vector<Bytes>{Bytes{1}});
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

// The kernel lets a new cable carry IPv6 when it has time.
bool sendSoon(UdpSocket& socket, const Datagram& datagram) {
    for (int round = 0; round < 100; ++round) {
        if (socket.send(datagram))
            return true;
        waitForSockets({&socket}, 50ms);
    }
    return false;
}

// Two computers on a switch have nothing but link-local addresses: the interface is part of them.
TEST(DiscoverySocketTest, hearsAnIpv6GroupAndTellsTheZoneOfItsSenders) {
    const SocketAddress group(*Ipv6Address::fromText("ff12::c017:bdeb"), 48619);
    const Ipv6Address own = *Ipv6Address::fromText("fe80::77");
    const bool isAllowed = test::inOwnNamespace([&] {
        Cables cables;
        ASSERT_TRUE(cables.lay());
        ASSERT_TRUE(test::ip("addr add fe80::77/64 dev eth0 nodad") && test::ip("addr add fe80::77/64 dev eth1 nodad"));
        const auto sender = std::move(*UdpSocket::bind(SocketAddress(Ipv6Address{}, 0)));
        DiscoverySocket socket(group, GroupPort::Ours), second(group, GroupPort::Ours);
        socket.listen({cables.home, cables.other});
        second.listen({cables.home});
        EXPECT_TRUE(sendSoon(*sender, {{}, group.inZone(cables.other), Bytes{1}}));
        EXPECT_TRUE(sendSoon(*sender, {{}, group.inZone(cables.home), Bytes{2}}));
        EXPECT_TRUE(sendSoon(*sender, {{}, SocketAddress(own, group.port()).inZone(cables.home), Bytes{3}})); // unicast
        EXPECT_TRUE(sendSoon(*sender, {{}, group.inZone(cables.home), Bytes(DiscoverySocket::kDatagramMax, 4)}));
        Heard heard;
        heard.take(socket, 3);
        ASSERT_EQ(heard.datagrams.size(), 3U);
        EXPECT_EQ(heard.datagrams[0].payload, Bytes{1});
        EXPECT_EQ(heard.datagrams[0].local, group);
        EXPECT_EQ(heard.datagrams[0].remote, SocketAddress(own, sender->port()).inZone(cables.other));
        EXPECT_EQ(heard.datagrams[1].payload, Bytes{2});
        EXPECT_EQ(heard.datagrams[1].remote, SocketAddress(own, sender->port()).inZone(cables.home));
        EXPECT_EQ(heard.datagrams[2].payload.size(), DiscoverySocket::kDatagramMax);
        Heard atSecond;
        atSecond.take(second, 2);
        ASSERT_EQ(atSecond.datagrams.size(), 2U);
        EXPECT_EQ(atSecond.datagrams[0].payload, Bytes{2}) << "what another program joined is not ours to hear";
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

// A datagram's source, zone and all, is where an answer goes.
TEST(DiscoverySocketTest, aLinkLocalSenderIsAnsweredOnItsOwnLink) {
    const Ipv6Address near = *Ipv6Address::fromText("fe80::77");
    const bool isAllowed = test::inOwnNamespace([&] {
        ASSERT_TRUE(test::makeCable("eth0", "far0") && test::ip("addr add fe80::77/64 dev eth0 nodad"));
        const std::uint32_t index = ::if_nametoindex("eth0");
        const auto one = std::move(*UdpSocket::bind(SocketAddress(Ipv6Address{}, 0)));
        const auto other = std::move(*UdpSocket::bind(SocketAddress(Ipv6Address{}, 0)));
        std::vector<Datagram> got;
        // What leaves before the cable carries IPv6 is lost.
        for (int round = 0; round < 100 && got.empty(); ++round) {
            one->send({{}, SocketAddress(near, other->port()).inZone(index), Bytes{2}});
            waitForSockets({other.get()}, 50ms);
            other->receive(10, [&](const Datagram& datagram) { got.push_back(datagram); });
        }
        ASSERT_FALSE(got.empty());
        EXPECT_EQ(got[0].remote, SocketAddress(near, one->port()).inZone(index));
        EXPECT_TRUE(sendSoon(*other, {{}, got[0].remote, Bytes{3}}));
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

TEST(DiscoverySocketTest, whereItCannotBeHadNothingHappens) {
    const bool isAllowed = test::inOwnNamespace([] {
        Cables cables;
        ASSERT_TRUE(cables.lay());
        DiscoverySocket socket(kGroup);
        socket.listen({999});
        EXPECT_FALSE(socket.handle()) << "no such interface";
        const auto taken = UdpSocket::bind(SocketAddress(Ipv4Address{}, kGroup.port()));
        ASSERT_TRUE(taken);
        socket.listen({cables.home});
        EXPECT_FALSE(socket.handle()) << "another program has the port";
        socket.receive(10, [](const Datagram&) { FAIL(); });
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

} // namespace
} // namespace culvert
#endif
