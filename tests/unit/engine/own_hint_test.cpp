#include "core/engine/own_hint.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

TEST(OwnHint, saysNothingOfWhatWasNotObserved) {
    NetworkStatus status;
    wire::NatHint nothing;
    nothing.ipv4 = wire::HintIpv4::None;
    nothing.ipv6 = wire::HintIpv6::None;
    EXPECT_EQ(natHintOf(status), nothing);
    status.local.v4 = {Ipv4Address::of(192, 168, 0, 2)};
    status.local.native6 = {*Ipv6Address::fromText("2001:db8::1")};
    EXPECT_EQ(natHintOf(status), wire::NatHint{}) << "there are addresses, and what they are worth is not known";
}

TEST(OwnHint, saysWhatTheTestsFound) {
    NetworkStatus status;
    status.local.v4 = {Ipv4Address::of(192, 168, 0, 2)};
    status.local.native6 = {*Ipv6Address::fromText("2001:db8::1")};
    status.nat.isTranslated = true;
    status.nat.mapping = NatMapping::EndpointIndependent;
    status.nat.filtering = NatFiltering::AddressAndPortDependent;
    status.nat.preservesPort = true;
    status.nat.isNested = false;
    status.inbound6.isOpen = false;
    wire::NatHint hint;
    hint.mapping = NatMapping::EndpointIndependent;
    hint.filtering = NatFiltering::AddressAndPortDependent;
    hint.keepsPorts = true;
    hint.ipv4 = wire::HintIpv4::Translated;
    hint.nesting = wire::HintNesting::None;
    hint.ipv6 = wire::HintIpv6::Firewalled;
    EXPECT_EQ(natHintOf(status), hint);
    status.nat.isTranslated = false;
    status.nat.isNested = true;
    status.inbound6.isOpen = true;
    EXPECT_EQ(natHintOf(status).ipv4, wire::HintIpv4::Public);
    EXPECT_EQ(natHintOf(status).nesting, wire::HintNesting::Nested);
    EXPECT_EQ(natHintOf(status).ipv6, wire::HintIpv6::Open);
}

TEST(OwnHint, saysThatUdpIsBlocked) {
    NetworkStatus status;
    status.tcp.isUdpBlocked = false;
    EXPECT_FALSE(natHintOf(status).isUdpBlocked);
    status.tcp.isUdpBlocked = true;
    EXPECT_TRUE(natHintOf(status).isUdpBlocked) << "so that the other end can tell why nobody answers";
}

TEST(OwnHint, saysWhetherTcpConnectionsAreTaken) {
    NetworkStatus status;
    EXPECT_FALSE(natHintOf(status).takesTcp);
    status.tcp.isListening = true;
    EXPECT_TRUE(natHintOf(status).takesTcp);
}

TEST(OwnHint, aMappingThatVariesDependsOnTheAddressAtLeast) {
    NetworkStatus status;
    status.nat.varies = true;
    EXPECT_EQ(natHintOf(status).mapping, NatMapping::AddressDependent);
    status.nat.mapping = NatMapping::AddressAndPortDependent;
    EXPECT_EQ(natHintOf(status).mapping, NatMapping::AddressAndPortDependent);
    status.nat.mapping.reset();
    status.nat.varies = false;
    EXPECT_FALSE(natHintOf(status).mapping);
}

// 256 sockets and a thousand packets are not for everybody's purse.
TEST(OwnHint, searchesWaitForTheUsersWordWhereTheyCostSomebody) {
    NetworkStatus status;
    EXPECT_TRUE(maySearchPorts(HardPunching::Automatic, status)) << "nothing is known against it";
    status.isMetered = false;
    EXPECT_TRUE(maySearchPorts(HardPunching::Automatic, status));
    EXPECT_FALSE(maySearchPorts(HardPunching::Off, status));
    status.isMetered = true;
    EXPECT_FALSE(maySearchPorts(HardPunching::Automatic, status));
    EXPECT_TRUE(maySearchPorts(HardPunching::On, status));
    status.isMetered.reset();
    status.local.v4 = {Ipv4Address::of(100, 64, 1, 2)};
    EXPECT_FALSE(maySearchPorts(HardPunching::Automatic, status)) << "a provider's NAT";
    EXPECT_TRUE(maySearchPorts(HardPunching::On, status));
}

TEST(OwnHint, aProvidersAddressCountsWhereNoVpnHoldsIt) {
    NetworkStatus status;
    const Ipv4Address shared = Ipv4Address::of(100, 64, 1, 2);
    status.local.v4 = {shared};
    EXPECT_EQ(natHintOf(status).nesting, wire::HintNesting::Carrier);
    status.local.interfaces = {{"tun0", 3, InterfaceKind::Vpn, {{SocketAddress(shared, 0)}}}};
    EXPECT_EQ(natHintOf(status).nesting, wire::HintNesting::Unknown);
    status.gateway.udp.routerAddress = shared;
    EXPECT_EQ(natHintOf(status).nesting, wire::HintNesting::Carrier);
}

} // namespace
} // namespace culvert
