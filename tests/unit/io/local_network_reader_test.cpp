// From raw facts to conclusions: what each kind of interface is, which addresses count, and where the routers are.
#include "core/io/network_facts.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

SocketAddress address(const std::string& text) {
    if (const auto v4 = Ipv4Address::fromText(text))
        return {*v4, 0};
    return {Ipv6Address::fromText(text).value(), 0};
}

// A computer that a test puts together.
struct Facts : NetworkFacts {
    std::uint32_t interface(const std::string& name, const std::string& kind = "",
                            HardwareType hardware = HardwareType::Ether) {
        InterfaceFact fact;
        fact.name = name;
        fact.index = static_cast<std::uint32_t>(interfaces.size() + 1);
        fact.linkKind = kind;
        fact.hardware = hardware;
        fact.isUp = true;
        interfaces.push_back(fact);
        return fact.index;
    }
    AddressFact& has(std::uint32_t index, const std::string& text, unsigned prefixLength = 24) {
        AddressFact fact;
        fact.interfaceIndex = index;
        fact.address = address(text);
        fact.prefixLength = prefixLength;
        addresses.push_back(fact);
        return addresses.back();
    }
    void route(std::uint32_t index, const std::string& router, std::uint32_t metric = 0) {
        routes.push_back({address(router), index, metric});
        defaultOutputs.push_back(index);
    }
    LocalNetwork read(const std::vector<SocketAddress>& bound = {}) const { return toLocalNetwork(*this, 4000, bound); }
};

struct KindCase {
    const char* name;
    const char* kind;
    HardwareType hardware;
    const char* address; // one that it has, or ""
    bool hasDefaultRoute;
    InterfaceKind expected;
};

TEST(LocalNetworkReader, tellsWhatAnInterfaceIs) {
    using enum InterfaceKind;
    constexpr auto ether = HardwareType::Ether, ppp = HardwareType::Ppp, sit = HardwareType::Sit,
                   none = HardwareType::None;
    const KindCase cases[] = {
        {"lo", "", HardwareType::Loopback, "127.0.0.1", false, Loopback},
        {"eth0", "", ether, "192.168.1.5", true, Physical},
        {"wlp3s0", "", ether, "192.168.1.5", false, Physical},
        {"enp1s0.7", "vlan", ether, "", false, Physical},
        {"eth0", "veth", ether, "10.1.0.2", true, Physical},
        {"eth0", "veth", ether, "10.1.0.2", false, Physical},
        {"veth12ab", "veth", ether, "", false, Container},
        {"veth12ab", "veth", ether, "10.1.0.2", true, Physical},
        {"vethernet", "", ether, "", false, Physical},
        {"docker0", "bridge", ether, "172.17.0.1", false, Container},
        {"br-0af1", "bridge", ether, "172.18.0.1", false, Container},
        {"br0", "bridge", ether, "192.168.1.5", true, Physical},
        {"br0", "bridge", ether, "10.9.0.1", false, Container},
        {"virbr0", "bridge", ether, "192.168.122.1", false, Container},
        {"vmnet8", "", ether, "172.16.5.1", false, Container},
        {"vboxnet0", "", ether, "192.168.56.1", false, Container},
        {"VirtualBox Host-Only Network", "", ether, "192.168.56.1", false, Container},
        {"cni0", "bridge", ether, "", false, Container},
        {"flannel.1", "vxlan", ether, "", false, Container},
        {"podman0", "bridge", ether, "", false, Container},
        {"lxcbr0", "bridge", ether, "", false, Container},
        {"sit1", "sit", sit, "2001:db8::2", true, Tunnel6},
        {"he-ipv6", "sit", sit, "2001:db8::2", true, Tunnel6},
        {"he-ipv6", "", sit, "2001:db8::2", false, Tunnel6},
        {"tnl", "ip6tnl", none, "", false, Vpn},
        {"6to4", "", none, "2002:c000:201::1", false, Tunnel6},
        {"6TO4 Adapter", "", ether, "2002:c000:201::1", false, Tunnel6},
        {"isatap.home", "", ether, "", false, Tunnel6},
        {"stf0", "", ether, "", false, Tunnel6},
        {"teredo", "tun", none, "2001:0:53aa:64c::1", false, Teredo},
        {"Teredo Tunneling Pseudo-Interface", "", ether, "", false, Teredo},
        {"tun3", "tun", none, "2001:0:53aa:64c::1", false, Teredo},
        {"eth0", "", ether, "2001:0:53aa:64c::1", true, Physical},
        {"office", "wireguard", none, "10.8.0.2", false, Vpn},
        {"wg0", "wireguard", none, "10.8.0.2", true, Vpn},
        {"tun0", "tun", none, "10.8.0.2", true, Vpn},
        {"tap0", "tun", ether, "10.8.0.2", false, Vpn},
        {"ipsec0", "xfrm", none, "", false, Vpn},
        {"far", "gre", ether, "", false, Vpn},
        {"far", "ipip", ether, "", false, Vpn},
        {"far", "vti", ether, "", false, Vpn},
        {"utun4", "", ether, "", false, Vpn},
        {"tailscale0", "tun", none, "100.64.0.9", false, Vpn},
        {"ztabcdefgh", "tun", ether, "", false, Vpn},
        {"nordlynx", "wireguard", none, "", false, Vpn},
        {"wwan0", "", none, "10.20.0.2", true, Physical},
        {"ppp0", "ppp", ppp, "198.51.100.9", true, Physical},
        {"ppp0", "ppp", ppp, "10.8.0.2", false, Vpn},
        {"dsl", "", ppp, "198.51.100.9", true, Physical},
    };
    for (const KindCase& one : cases) {
        Facts facts;
        const std::uint32_t index = facts.interface(one.name, one.kind, one.hardware);
        if (*one.address != '\0')
            facts.has(index, one.address);
        if (one.hasDefaultRoute)
            facts.defaultOutputs.push_back(index);
        EXPECT_EQ(kindOf(facts, facts.interfaces[0]), one.expected)
            << one.name << " " << one.kind << " " << static_cast<int>(one.hardware) << " " << one.hasDefaultRoute;
    }
}

TEST(LocalNetworkReader, aPppThatIsNotTheOnlyWayIsAVpn) {
    Facts facts;
    facts.route(facts.interface("eth0"), "192.168.1.1");
    facts.route(facts.interface("ppp0", "ppp", HardwareType::Ppp), "10.0.0.1");
    EXPECT_EQ(kindOf(facts, facts.interfaces[1]), InterfaceKind::Vpn);
}

TEST(LocalNetworkReader, ordersWhatOthersCanReach) {
    Facts facts;
    const auto vpn = facts.interface("wg0", "wireguard", HardwareType::None);
    const auto card = facts.interface("eth0");
    facts.has(vpn, "2001:db8:ee::2", 64);
    facts.has(vpn, "10.8.0.2");
    facts.has(card, "2001:db8:1::a", 64).isTemporary = true;
    facts.has(card, "2001:db8:1::1", 64);
    facts.has(card, "fd00::7", 64);
    facts.has(card, "192.168.1.5");
    facts.has(card, "198.51.100.4");
    facts.has(card, "169.254.3.3", 16);
    facts.has(card, "fe80::1", 64);
    const LocalNetwork network = facts.read();
    EXPECT_EQ(network.native6, (std::vector{address("2001:db8:1::1").v6(), address("2001:db8:1::a").v6(),
                                            address("2001:db8:ee::2").v6()}));
    EXPECT_EQ(network.lan6, std::vector{address("fd00::7").v6()});
    EXPECT_EQ(network.v4,
              (std::vector{address("198.51.100.4").v4(), address("192.168.1.5").v4(), address("10.8.0.2").v4()}));
    EXPECT_EQ(network.port, 4000);
    ASSERT_EQ(network.interfaces.size(), 2U);
    EXPECT_EQ(network.interfaces[1].name, "eth0");
    EXPECT_EQ(network.interfaces[1].addresses.size(), 7U);
    EXPECT_TRUE(network.interfaces[1].addresses[0].isTemporary);
}

TEST(LocalNetworkReader, leavesOutWhatCannotBeUsed) {
    Facts facts;
    const auto card = facts.interface("eth0");
    facts.has(card, "2001:db8:1::1", 64).isDeprecated = true;
    facts.has(card, "2001:db8:1::2", 64).isUsable = false;
    facts.has(card, "192.168.1.5");
    facts.has(facts.interface("docker0", "bridge"), "172.17.0.1");
    facts.has(facts.interface("teredo", "tun", HardwareType::None), "2001:0:53aa:64c::1", 32);
    facts.has(facts.interface("6to4", "sit", HardwareType::Sit), "2002:c000:201::1", 16);
    const auto off = facts.interface("eth1");
    facts.has(off, "192.168.9.5");
    facts.interfaces.back().isUp = false;
    const LocalNetwork network = facts.read();
    EXPECT_TRUE(network.native6.empty());
    EXPECT_EQ(network.teredo6, std::vector{address("2001:0:53aa:64c::1").v6()}) << "which is no native one";
    EXPECT_EQ(network.v4, std::vector{address("192.168.1.5").v4()});
    EXPECT_EQ(network.interfaces.size(), 4U) << "those that are up, whatever they are";
    ASSERT_EQ(network.interfaces[0].addresses.size(), 2U) << "an address that is not ours yet is none";
    EXPECT_TRUE(network.interfaces[0].addresses[0].isDeprecated);
}

TEST(LocalNetworkReader, anAddressOfABrokersTunnelCountsAfterOurOwn) {
    Facts facts;
    const auto tunnel = facts.interface("he-ipv6", "sit", HardwareType::Sit);
    facts.has(tunnel, "2001:db8:6::2", 64);
    facts.has(tunnel, "fd00:6::2", 64);
    facts.has(tunnel, "fe80::2", 64);
    EXPECT_EQ(facts.read().native6, std::vector{address("2001:db8:6::2").v6()});
    EXPECT_TRUE(facts.read().lan6.empty());
    facts.has(facts.interface("eth0"), "2001:db8:1::1", 64);
    EXPECT_EQ(facts.read().native6, (std::vector{address("2001:db8:1::1").v6(), address("2001:db8:6::2").v6()}));
}

TEST(LocalNetworkReader, loopbackCountsOnlyWhereThereIsNothingElse) {
    Facts facts;
    facts.has(facts.interface("lo", "", HardwareType::Loopback), "127.0.0.1", 8);
    EXPECT_EQ(facts.read().v4, std::vector{address("127.0.0.1").v4()});
    EXPECT_EQ(facts.read().lan6, std::vector{address("::1").v6()});
    facts.has(facts.interface("eth0"), "10.0.0.2");
    EXPECT_EQ(facts.read().v4, std::vector{address("10.0.0.2").v4()});
    EXPECT_TRUE(facts.read().lan6.empty());
}

TEST(LocalNetworkReader, boundAddressesAloneCount) {
    Facts facts;
    const auto card = facts.interface("eth0");
    facts.has(card, "192.168.1.5");
    facts.route(card, "192.168.1.1");
    const LocalNetwork network = facts.read({address("127.0.0.1"), address("::1"), address("2001:db8::5")});
    EXPECT_EQ(network.v4, std::vector{address("127.0.0.1").v4()});
    EXPECT_EQ(network.lan6, std::vector{address("::1").v6()});
    EXPECT_EQ(network.native6, std::vector{address("2001:db8::5").v6()});
    EXPECT_TRUE(network.routers.empty());
    EXPECT_EQ(facts.read({address("0.0.0.0")}).v4, std::vector{address("192.168.1.5").v4()}) << "that is every one";
}

TEST(LocalNetworkReader, routersComeByMetricEachWithOurAddressTowardsIt) {
    Facts facts;
    const auto card = facts.interface("eth0"), wifi = facts.interface("wlan0");
    const auto bridge = facts.interface("docker0", "bridge");
    facts.has(card, "10.0.0.2");
    facts.has(card, "192.168.1.5");
    facts.has(card, "fe80::5", 64);
    facts.has(card, "2001:db8:1::a", 64).isTemporary = true;
    facts.has(card, "2001:db8:1::1", 64);
    facts.has(wifi, "192.168.7.9", 25);
    facts.has(wifi, "fe80::9", 64);
    facts.has(bridge, "172.17.0.1");
    facts.route(wifi, "192.168.7.1", 600);
    facts.route(wifi, "fe80::1", 1025);
    facts.route(card, "192.168.1.1", 100);
    facts.route(card, "fe80::1", 1024);
    facts.route(card, "203.0.113.1", 700); // in none of our subnets
    facts.routes.push_back({address("172.17.0.9"), bridge, 1});
    facts.route(99, "192.168.1.1");
    const std::vector<DefaultRouter> expected{
        {address("192.168.1.1"), address("192.168.1.5"), card}, {address("192.168.7.1"), address("192.168.7.9"), wifi},
        {address("203.0.113.1"), address("10.0.0.2"), card},    {address("fe80::1"), address("2001:db8:1::1"), card},
        {address("fe80::1"), address("fe80::9"), wifi},
    };
    EXPECT_EQ(facts.read().routers, expected);
    for (int i = 0; i < 20; ++i)
        facts.route(card, "192.168.1." + std::to_string(100 + i), 2000);
    EXPECT_EQ(facts.read().routers.size(), 8U);
}

} // namespace
} // namespace culvert
