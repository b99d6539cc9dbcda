// Which addresses a Teredo server takes, and the server on real sockets, in a namespace of its own.
#include "core/io/teredo_server_host.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"
#include "tests/support/own_namespace.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using Addresses = std::vector<Ipv4Address>;

Ipv4Address v4(const char* text) {
    return *Ipv4Address::fromText(text);
}

struct ChoiceCase {
    const char* name;
    Addresses all;
    Addresses chosen;
};

TEST(TeredoServerHost, choosesPublicAddressesThatFollowEachOther) {
    const ChoiceCase cases[] = {
        {"none", {}, {}},
        {"private ones", {v4("192.168.1.2"), v4("100.64.0.1"), v4("127.0.0.1")}, {}},
        {"one", {v4("10.0.0.1"), v4("45.83.1.2")}, {v4("45.83.1.2")}},
        {"two, in order", {v4("45.83.1.3"), v4("45.83.1.2")}, {v4("45.83.1.2"), v4("45.83.1.3")}},
        {"two that are apart", {v4("45.83.1.9"), v4("45.83.1.2")}, {v4("45.83.1.2"), v4("45.83.1.9")}},
        {"a pair among others",
         {v4("45.83.1.2"), v4("45.83.1.9"), v4("45.83.1.8")},
         {v4("45.83.1.8"), v4("45.83.1.9")}},
        {"a pair across octets", {v4("45.83.1.255"), v4("45.83.2.0")}, {v4("45.83.1.255"), v4("45.83.2.0")}},
        {"the same twice", {v4("45.83.1.2"), v4("45.83.1.2")}, {v4("45.83.1.2")}},
        {"a test network", {v4("192.0.2.1")}, {}},
    };
    for (const auto& [name, all, chosen] : cases)
        EXPECT_EQ(chooseTeredoAddresses(all, false), chosen) << name;
    EXPECT_EQ(chooseTeredoAddresses({v4("192.0.2.1")}, true), Addresses{v4("192.0.2.1")});
}

#ifdef __linux__

LocalNetwork networkOf(const Addresses& addresses) {
    LocalNetwork network;
    network.v4 = addresses;
    return network;
}

// Where the advertisement that a solicitation from `client` causes came from.
std::optional<SocketAddress> answerTo(TeredoServerHost& host, UdpSocket& client, const char* server, bool cone) {
    const SocketAddress to(v4(server), TeredoServer::kPort);
    const Bytes question = wire::encodeRouterSolicitation(wire::teredoLinkLocal(cone, client.local()));
    client.send(Datagram{client.local(), to, question, 0});
    waitForHandles(host.handles(), 2s);
    host.round(Instant{1s}, 16);
    waitForSockets({&client}, 2s);
    std::optional<SocketAddress> source;
    client.receive(1, [&](const Datagram& datagram) { source = datagram.remote; });
    return source;
}

TEST(TeredoServerHost, servesTwoAddressesAndFollowsTheNetwork) {
    const bool isAllowed = test::inOwnNamespace([] {
        for (const char* address : {"45.83.1.2", "45.83.1.3", "45.83.1.7", "45.83.9.1"})
            ASSERT_TRUE(test::ip("addr add " + std::string(address) + "/32 dev lo"));
        std::vector<std::string> said;
        TeredoServerHost host({}, false, [&](const std::string& what) { said.push_back(what); });
        host.handleNetwork(networkOf({v4("192.168.1.2")}));
        EXPECT_TRUE(host.handles().empty());
        host.handleNetwork(networkOf({v4("45.83.1.2"), v4("45.83.1.3")}));
        ASSERT_EQ(host.handles().size(), 2U);
        auto client = std::move(*UdpSocket::bind(SocketAddress(v4("45.83.9.1"), 40000)));
        EXPECT_EQ(answerTo(host, *client, "45.83.1.2", false), SocketAddress(v4("45.83.1.2"), 3544));
        EXPECT_EQ(answerTo(host, *client, "45.83.1.2", true), SocketAddress(v4("45.83.1.3"), 3544));
        EXPECT_EQ(answerTo(host, *client, "45.83.1.3", true), SocketAddress(v4("45.83.1.2"), 3544));
        host.handleNetwork(networkOf({v4("45.83.1.3"), v4("45.83.1.2")}));
        host.handleNetwork(networkOf({v4("45.83.1.2"), v4("45.83.1.7")}));
        EXPECT_EQ(answerTo(host, *client, "45.83.1.2", true), SocketAddress(v4("45.83.1.7"), 3544));
        host.handleNetwork(networkOf({v4("45.83.1.7")}));
        EXPECT_EQ(answerTo(host, *client, "45.83.1.7", false), SocketAddress(v4("45.83.1.7"), 3544));
        const std::vector<std::string> expected = {
            "No Teredo server: this computer has no public IPv4 address of its own.",
            "Teredo server at 45.83.1.2:3544, the other address is 45.83.1.3:3544.",
            "Teredo server at 45.83.1.2:3544, the other address is 45.83.1.7:3544, which clients have to be told, "
            "because "
            "it is not the next one.",
            "Teredo server at 45.83.1.7:3544. With a second public IPv4 address it could tell clients whether "
            "strangers "
            "reach them.",
        };
        EXPECT_EQ(said, expected) << "each thing once, and only when it is another one";
    });
    if (!isAllowed)
        GTEST_SKIP() << "no namespace of one's own here";
}

TEST(TeredoServerHost, waitsForAPortThatAnotherProgramHas) {
    const bool isAllowed = test::inOwnNamespace([] {
        for (const char* address : {"45.83.1.2", "45.83.1.3"})
            ASSERT_TRUE(test::ip("addr add " + std::string(address) + "/32 dev lo"));
        auto other = std::move(*UdpSocket::bind(SocketAddress(v4("45.83.1.3"), TeredoServer::kPort)));
        std::vector<std::string> said;
        const std::vector<SocketAddress> bound = {{v4("45.83.1.3"), 0}, {v4("45.83.1.2"), 0}};
        TeredoServerHost host(bound, false, [&](const std::string& what) { said.push_back(what); });
        host.handleNetwork({});
        host.handleNetwork({});
        EXPECT_TRUE(host.handles().empty());
        other.reset();
        host.handleNetwork({});
        EXPECT_EQ(host.handles().size(), 2U);
        ASSERT_EQ(said.size(), 2U);
        EXPECT_EQ(said[0], "No Teredo server: Cannot listen on 45.83.1.3:3544: another program uses this port.");
        EXPECT_TRUE(said[1].starts_with("Teredo server at 45.83.1.3:3544, the other address is 45.83.1.2:3544"))
            << said[1];
    });
    if (!isAllowed)
        GTEST_SKIP() << "no namespace of one's own here";
}

#endif

} // namespace
} // namespace culvert
