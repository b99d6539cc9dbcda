// Pinholes in IPv6 firewalls.
#include "tests/unit/gateway/port_mapper_fixture.h"

namespace culvert {
namespace {

using namespace test;
using State = PortMappingState;
using Failure = PortMappingFailure;

using PinholeTest = PortMapperTest;

// RFC 6887 §8.4: from the very address.
TEST_F(PinholeTest, eachGlobalAddressIsLetThroughTheFirewallByARequestFromIt) {
    add(pcpRouter());
    FakeRouter& firewall = add(firewall6());
    world.connect(dualNetwork());
    world.run(100ms);
    ASSERT_EQ(world.report.pinholes.size(), 2u);
    for (const PinholeStatus& pinhole : world.report.pinholes) {
        EXPECT_EQ(pinhole.state, State::Claimed);
        EXPECT_EQ(pinhole.protocol, MappingProtocol::Pcp);
        EXPECT_TRUE(firewall.holds(SocketAddress(pinhole.address, kPort), false, world.now));
        EXPECT_TRUE(firewall.holds(SocketAddress(pinhole.address, kPort), true, world.now));
    }
    EXPECT_TRUE(world.mapper.upnpWish().pinholes.empty());
    for (const GatewayDatagram& datagram : world.sent)
        EXPECT_TRUE(datagram.remote.isV4() || datagram.interfaceIndex == 2u);
    EXPECT_EQ(world.report.gateways.size(), 2u);
    EXPECT_EQ(world.report.gateways[1].pcp, ProtocolAnswer::Speaks);
}

TEST_F(PinholeTest, aRotatedAddressGivesUpItsPinholeAndTheNewOneIsOpenAtOnce) {
    FakeRouter& firewall = add(firewall6());
    world.connect(dualNetwork());
    world.run(10s);
    LocalNetwork network = dualNetwork();
    const Ipv6Address next = *Ipv6Address::fromText("2a0e:b107:2::beef");
    network.native6 = {kStable, next};
    world.connect(network);
    world.run(100ms);
    EXPECT_FALSE(firewall.holds(SocketAddress(kTemporary, kPort), false, world.now));
    EXPECT_TRUE(firewall.holds(SocketAddress(next, kPort), false, world.now));
    EXPECT_TRUE(firewall.holds(SocketAddress(kStable, kPort), false, world.now));
    ASSERT_EQ(world.report.pinholes.size(), 2u);
    EXPECT_EQ(world.report.pinholes[1].address, next);
    EXPECT_EQ(world.report.pinholes[1].state, State::Claimed);
}

TEST_F(PinholeTest, upnpIsWishedToOpenWhatPcpDidNot) {
    FakeRouter firewall = firewall6();
    firewall.isDead = true;
    add(firewall);
    world.connect(dualNetwork());
    world.run(599ms);
    EXPECT_TRUE(world.mapper.upnpWish().pinholes.empty());
    world.run(1ms);
    EXPECT_EQ(world.mapper.upnpWish().pinholes, (std::vector<Ipv6Address>{kStable, kTemporary}));
    UpnpState state;
    state.answer = ProtocolAnswer::Speaks;
    state.gateway = kRouter;
    state.firewallIsOn = true;
    state.pinholesAllowed = true;
    state.pinholes = {{kStable, true, 3600s, 0, ""}, {kTemporary, false, {}, 606, "ActionNotAuthorized"}};
    world.say(state);
    world.run(3s);
    EXPECT_EQ(world.report.pinholes[0].state, State::Claimed);
    EXPECT_EQ(world.report.pinholes[0].protocol, MappingProtocol::Upnp);
    EXPECT_EQ(world.report.pinholes[1].state, State::Failed);
    EXPECT_EQ(world.report.pinholes[1].failure, Failure::Refused);
    EXPECT_EQ(world.report.pinholes[1].detail, "UPnP error 606 (ActionNotAuthorized).");
}

TEST_F(PinholeTest, theFirewallsStateIsSaidWhereUpnpKnowsIt) {
    world.connect(dualNetwork());
    UpnpState state;
    state.answer = ProtocolAnswer::Speaks;
    state.firewallIsOn = true;
    state.pinholesAllowed = false;
    world.say(state);
    world.run(4s);
    EXPECT_EQ(world.report.pinholes[0].state, State::Failed);
    EXPECT_EQ(world.report.pinholes[0].failure, Failure::Refused);
    state.firewallIsOn = false;
    world.say(state);
    EXPECT_EQ(world.report.pinholes[0].state, State::Claimed);
    EXPECT_EQ(world.report.pinholes[0].detail, "The router's IPv6 firewall is off.");
}

TEST_F(PinholeTest, aRouterThatTranslatesIsNoPinhole) {
    FakeRouter translator = firewall6();
    translator.portShift = 5;
    add(translator);
    world.connect(dualNetwork());
    world.run(4s);
    EXPECT_EQ(world.report.pinholes[0].state, State::Failed);
    EXPECT_EQ(world.report.pinholes[0].failure, Failure::PortDiffers);
}

TEST_F(PinholeTest, aSilentIpv6RouterIsSettledAsNone) {
    FakeRouter firewall = firewall6();
    firewall.isDead = true;
    add(firewall);
    world.connect(dualNetwork());
    world.run(3s - 1ms);
    EXPECT_EQ(world.report.pinholes[0].state, State::Trying);
    world.run(1ms);
    EXPECT_TRUE(world.report.isSettled);
    EXPECT_EQ(world.report.pinholes[0].state, State::Failed);
    EXPECT_EQ(world.report.pinholes[0].failure, Failure::NoRouter);
}

TEST_F(PinholeTest, noMoreAddressesThanTheLimitAreAskedFor) {
    LocalNetwork network = dualNetwork();
    network.native6.clear();
    for (std::uint8_t i = 1; i <= 20; ++i) {
        Ipv6Address address = kStable;
        address.octets[15] = i;
        network.native6.push_back(address);
        network.native6.push_back(address);
    }
    FakeRouter& firewall = add(firewall6());
    world.connect(network);
    world.run(4s);
    EXPECT_EQ(world.report.pinholes.size(), PortMapper::kPinholesMax);
    EXPECT_EQ(firewall.table.size(), 2 * PortMapper::kPinholesMax);
}

TEST_F(PinholeTest, anAddressOfAnotherInterfaceIsNotSentThroughThisRouter) {
    LocalNetwork network = dualNetwork();
    LocalInterface wired;
    wired.index = 2;
    wired.addresses = {{SocketAddress(kStable, 0), 64, false, false}};
    LocalInterface other;
    other.index = 9;
    other.addresses = {{SocketAddress(kTemporary, 0), 64, true, false}};
    network.interfaces = {wired, other};
    FakeRouter& firewall = add(firewall6());
    world.connect(network);
    world.run(1s);
    EXPECT_TRUE(firewall.holds(SocketAddress(kStable, kPort), false, world.now));
    EXPECT_FALSE(firewall.holds(SocketAddress(kTemporary, kPort), false, world.now));
}

TEST_F(PinholeTest, aRestartedFirewallIsOpenedAgain) {
    FakeRouter& firewall = add(firewall6());
    world.connect(dualNetwork());
    world.run(100s);
    firewall.restart(world.now);
    world.announce(firewall, firewall.pcpAnnouncement(world.now));
    world.run(1s);
    EXPECT_EQ(firewall.table.size(), 4u);
    // From another link-local address of the same router.
    firewall.restart(world.now);
    FakeRouter alias = firewall;
    alias.address = SocketAddress(*Ipv6Address::fromText("fe80::2"), 0);
    world.announce(alias, firewall.pcpAnnouncement(world.now));
    world.run(3s);
    EXPECT_EQ(firewall.table.size(), 4u);
    FakeRouter stranger = alias;
    stranger.address = SocketAddress(*Ipv6Address::fromText("2a0e:b107:9::9"), 0);
    const std::size_t asked = firewall.seen.size();
    world.announce(stranger, firewall.pcpAnnouncement(world.now));
    world.run(3s);
    EXPECT_EQ(firewall.seen.size(), asked);
}

TEST_F(PinholeTest, anIpv6RouterThatIsReplacedIsToldAndTheNextOneAsked) {
    FakeRouter& first = add(firewall6());
    FakeRouter next = firewall6();
    next.address = SocketAddress(*Ipv6Address::fromText("fe80::99"), 0);
    FakeRouter& second = add(next);
    world.connect(dualNetwork());
    world.run(1s);
    ASSERT_EQ(first.table.size(), 4u);
    LocalNetwork network = dualNetwork();
    network.routers.back().address = next.address;
    world.connect(network);
    world.run(1s);
    EXPECT_TRUE(first.table.empty());
    EXPECT_EQ(second.table.size(), 4u);
}

TEST_F(PinholeTest, shutdownClosesThem) {
    FakeRouter& firewall = add(firewall6());
    world.connect(dualNetwork());
    world.run(1s);
    ASSERT_EQ(firewall.table.size(), 4u);
    world.mapper.shutdown(world.now);
    world.drain();
    EXPECT_TRUE(firewall.table.empty());
}

} // namespace
} // namespace culvert
