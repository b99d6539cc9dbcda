// This computer's own network, through both sources, and changes of it in a network namespace of the test's own.
#include "core/io/network_monitor.h"
#include "core/io/network_schedule.h"
#include "core/io/udp_socket.h"
#include "tests/support/own_namespace.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace culvert {
namespace {

using Owned = std::set<std::pair<std::string, std::string>>; // interface, address or nothing

Owned fromQt() {
    Owned out;
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
        out.emplace(interface.name().toStdString(), "");
        for (const QNetworkAddressEntry& entry : interface.addressEntries())
            if (entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
                out.emplace(interface.name().toStdString(),
                            entry.ip().toString().toStdString() + "/" + std::to_string(entry.prefixLength()));
    }
    return out;
}

Owned fromFacts(const NetworkFacts& facts) {
    Owned out;
    for (const InterfaceFact& interface : facts.interfaces) {
        out.emplace(interface.name, "");
        for (const AddressFact& own : facts.addresses)
            if (own.interfaceIndex == interface.index && own.address.isV4())
                out.emplace(interface.name, own.address.v4().text() + "/" + std::to_string(own.prefixLength));
    }
    return out;
}

TEST(NetlinkSource, agreesWithQtAboutNamesAndAddresses) {
    const auto source = makeNetlinkSource();
    if (!source)
        GTEST_SKIP() << "no netlink here";
    // Others may change this computer's network between the two readings.
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto facts = source->read();
        ASSERT_TRUE(facts);
        const Owned ours = fromFacts(*facts), theirs = fromQt();
        EXPECT_FALSE(ours.empty());
        if (ours == theirs)
            return;
        EXPECT_LT(attempt, 2) << "they differ: " << testing::PrintToString(ours) << testing::PrintToString(theirs);
    }
}

TEST(PlainSource, agreesWithQtAboutNamesAndAddresses) {
    const auto facts = makePlainSource()->read();
    ASSERT_TRUE(facts);
    EXPECT_EQ(fromFacts(*facts), fromQt());
    EXPECT_FALSE(makePlainSource()->handle());
    for (const RouteFact& route : facts->routes)
        EXPECT_TRUE(route.router.isV4() && route.router.v4().isPrivate());
}

TEST(NetworkMonitor, thePlainSourceFindsTheSameIpv4Ways) {
    NetworkMonitor plain({}, NetworkSourceChoice::Plain), automatic({});
    const auto found = plain.read(7).v4;
    ASSERT_FALSE(found.empty());
    // It may take a bridge with an unusual name for a card, so it may find more.
    for (const Ipv4Address& own : automatic.read(7).v4)
        EXPECT_NE(std::ranges::find(found, own), found.end()) << own.text();
    EXPECT_EQ(plain.read(7).port, 7);
    EXPECT_FALSE(plain.handle());
    EXPECT_FALSE(plain.changed());
}

TEST(NetworkSchedule, readsABurstOnceAndAgainFromTimeToTime) {
    NetworkSchedule schedule;
    const Instant start{100s};
    EXPECT_TRUE(schedule.isDue(start));
    schedule.handleRead(start, true);
    EXPECT_FALSE(schedule.isDue(start + NetworkSchedule::kPollWithNotices - 1ns));
    EXPECT_TRUE(schedule.isDue(start + NetworkSchedule::kPollWithNotices));
    for (const Duration later : {Duration(1s), Duration(1150ms)})
        schedule.handleChange(start + later);
    EXPECT_FALSE(schedule.isDue(start + 1s + NetworkSchedule::kBurst - 1ns));
    EXPECT_TRUE(schedule.isDue(start + 1s + NetworkSchedule::kBurst)) << "the first word counts, not the last";
    schedule.handleRead(start, false);
    EXPECT_EQ(schedule.next(), start + NetworkSchedule::kPollWithoutNotices);
    schedule.readAtOnce();
    EXPECT_TRUE(schedule.isDue(start));
}

#ifdef __linux__

using test::inOwnNamespace;
using test::ip;
using test::makeCable;

SocketAddress address(const std::string& text) {
    if (const auto v4 = Ipv4Address::fromText(text))
        return {*v4, 0};
    return {Ipv6Address::fromText(text).value(), 0};
}

bool tellsOfChange(NetworkMonitor& monitor) {
    waitForHandles({*monitor.handle()}, 2s);
    return monitor.changed();
}

// An interface is up soon after it was switched on.
LocalNetwork readWhenUp(NetworkMonitor& monitor, std::size_t interfaces) {
    LocalNetwork network = monitor.read(1);
    for (int round = 0; round < 100 && network.interfaces.size() < interfaces; ++round) {
        std::vector<std::intptr_t> notices;
        if (const auto handle = monitor.handle())
            notices.push_back(*handle);
        waitForHandles(notices, 50ms);
        monitor.changed();
        network = monitor.read(1);
    }
    return network;
}

TEST(NetlinkSource, tellsOfNewAddressesAndRoutes) {
    const bool isAllowed = inOwnNamespace([] {
        NetworkMonitor monitor({});
        ASSERT_TRUE(monitor.handle());
        EXPECT_EQ(monitor.read(1).v4, std::vector{address("127.0.0.1").v4()}) << "nothing else is there";
        ASSERT_TRUE(makeCable("eth0", "far"));
        EXPECT_TRUE(tellsOfChange(monitor));
        ASSERT_EQ(readWhenUp(monitor, 3).interfaces.size(), 3U);
        monitor.changed();
        ASSERT_TRUE(ip("addr add 10.77.0.2/24 dev eth0"));
        EXPECT_TRUE(tellsOfChange(monitor));
        EXPECT_FALSE(monitor.changed()) << "it was emptied";
        EXPECT_EQ(monitor.read(1).v4, std::vector{address("10.77.0.2").v4()});
        ASSERT_TRUE(ip("route add 10.99.0.0/16 via 10.77.0.9"));
        EXPECT_FALSE(tellsOfChange(monitor)) << "a route to somewhere is no way out";
        ASSERT_TRUE(ip("route add default via 10.77.0.1 metric 5"));
        EXPECT_TRUE(tellsOfChange(monitor));
        ASSERT_TRUE(ip("route del default"));
        EXPECT_TRUE(tellsOfChange(monitor));
        ASSERT_TRUE(ip("addr del 10.77.0.2/24 dev eth0"));
        EXPECT_TRUE(tellsOfChange(monitor));
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

TEST(NetlinkSource, readsKindsFlagsAndDefaultRoutes) {
    const bool isAllowed = inOwnNamespace([] {
        ASSERT_TRUE(makeCable("eth0", "vethfar") && ip("link add inner type bridge"));
        ASSERT_TRUE(ip("link set vethfar master inner") && ip("link set inner addrgenmode none up"));
        ASSERT_TRUE(ip("addr add 10.77.0.2/24 dev eth0") && ip("addr add 10.78.0.1/24 dev inner"));
        ASSERT_TRUE(ip("addr add 2001:db8::2/64 dev eth0 nodad"));
        ASSERT_TRUE(ip("addr add 2001:db8::3/64 dev eth0 nodad preferred_lft 0"));
        ASSERT_TRUE(ip("route add default metric 9 nexthop via 10.77.0.1 nexthop via 10.77.0.3"));
        ASSERT_TRUE(ip("route add default via 10.77.0.4 metric 2"));
        ASSERT_TRUE(ip("route add default via 10.77.0.5 table 77"));
        ASSERT_TRUE(ip("-6 route add default via fe80::1 dev eth0 metric 20"));
        ASSERT_TRUE(ip("addr add 10.79.0.1 peer 10.79.0.2/32 dev eth0"));
        NetworkMonitor monitor({});
        const LocalNetwork network = readWhenUp(monitor, 4);
        std::map<std::string, InterfaceKind> kinds;
        for (const LocalInterface& interface : network.interfaces)
            kinds[interface.name] = interface.kind;
        const std::map<std::string, InterfaceKind> expected{{"eth0", InterfaceKind::Physical},
                                                            {"inner", InterfaceKind::Container},
                                                            {"lo", InterfaceKind::Loopback},
                                                            {"vethfar", InterfaceKind::Container}};
        EXPECT_EQ(kinds, expected);
        EXPECT_EQ(network.native6, std::vector{address("2001:db8::2").v6()});
        EXPECT_EQ(network.v4, (std::vector{address("10.77.0.2").v4(), address("10.79.0.1").v4()}));
        std::vector<std::string> routers;
        for (const DefaultRouter& router : network.routers)
            routers.push_back(router.address.text() + " " + router.local.text());
        EXPECT_EQ(routers, (std::vector<std::string>{"10.77.0.4:0 10.77.0.2:0", "10.77.0.1:0 10.77.0.2:0",
                                                     "10.77.0.3:0 10.77.0.2:0", "[fe80::1]:0 [2001:db8::2]:0"}));
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

TEST(PlainSource, guessesTheRouterOfAPrivateSubnet) {
    const bool isAllowed = inOwnNamespace([] {
        ASSERT_TRUE(makeCable("eth0", "vethfar") && ip("addr add 10.77.5.200/22 dev eth0"));
        ASSERT_TRUE(ip("addr add 10.78.0.1/24 dev eth0") && ip("addr add 203.0.113.7/24 dev eth0"));
        ASSERT_TRUE(ip("addr add 10.79.0.5/24 dev vethfar"));
        NetworkMonitor monitor({}, NetworkSourceChoice::Plain);
        const LocalNetwork network = readWhenUp(monitor, 3);
        ASSERT_EQ(network.routers.size(), 1U) << "not where that is our own address, nor of a public subnet";
        EXPECT_EQ(network.routers[0].address, address("10.77.4.1"));
        EXPECT_EQ(network.routers[0].local, address("10.77.5.200"));
        EXPECT_EQ(network.v4.size(), 3U) << "the far end of a cable to a container does not count";
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

#endif

} // namespace
} // namespace culvert
