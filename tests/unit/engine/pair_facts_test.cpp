// What is known of two ends: from what was observed here, and from what the other end says.
#include "core/engine/pair_facts.h"

#include "core/wire/teredo_address.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using wire::EndpointKind;
using wire::EndpointRecord;

const Ipv4Address kPrivate = Ipv4Address::of(192, 168, 0, 2);
const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 2);
const Ipv6Address kNative = *Ipv6Address::fromText("2a0e:b107::1");

NetworkStatus behindNat() {
    NetworkStatus status;
    status.local.v4 = {kPrivate};
    return status;
}

TEST(OwnFacts, whatRoutersDo) {
    NetworkStatus status = behindNat();
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::Nat);
    status.gateway.udp.state = PortMappingState::Trying;
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::Unknown) << "the router has not answered";
    status.gateway.udp.state = PortMappingState::Claimed;
    status.gateway.udp.external = SocketAddress(kPublic, 4000);
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::Mapped);
    status.gateway.udp = {};
    status.nat.isNested = true;
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::CarrierNat);
    status.local.v4 = {kPublic};
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::Public);
    status.local.v4.clear();
    EXPECT_EQ(ownFacts(status, false).ipv4, Ipv4Reach::None);
}

TEST(OwnFacts, whatFirewallsDo) {
    NetworkStatus status = behindNat();
    EXPECT_EQ(ownFacts(status, false).ipv6, Ipv6Reach::None);
    status.local.native6 = {kNative};
    EXPECT_EQ(ownFacts(status, false).ipv6, Ipv6Reach::Present);
    status.inbound6.isOpen = false;
    EXPECT_EQ(ownFacts(status, false).ipv6, Ipv6Reach::Firewalled);
    status.inbound6 = {true, WitnessKind::Contact, false, std::nullopt};
    EXPECT_EQ(ownFacts(status, false).ipv6, Ipv6Reach::Present) << "a known address is no stranger";
    status.inbound6.fromNewAddress = true;
    EXPECT_EQ(ownFacts(status, false).ipv6, Ipv6Reach::Open);
}

TEST(OwnFacts, silenceOfManyIsOurNetworks) {
    NetworkStatus status = behindNat();
    status.thirdParties.resize(2);
    EXPECT_TRUE(isUdpSilent(status));
    EXPECT_EQ(ownFacts(status, true).udpPasses, Answer::No);
    NetworkStatus other = status;
    other.thirdParties[1].registered = true;
    EXPECT_FALSE(isUdpSilent(other)) << "one answers";
    other = status;
    other.thirdParties.pop_back();
    EXPECT_FALSE(isUdpSilent(other)) << "one alone may be off";
    other.teredo.servers = {{"server", TeredoServerHealth::NoAnswer, std::nullopt}};
    EXPECT_TRUE(isUdpSilent(other));
    other.teredo.servers[0].health = TeredoServerHealth::Qualified;
    EXPECT_FALSE(isUdpSilent(other));
    other = status;
    other.observed = {{SocketAddress(kPublic, 1), WitnessKind::Contact}};
    EXPECT_FALSE(isUdpSilent(other)) << "somebody saw us";
    other = status;
    other.testsAreRunning = true;
    EXPECT_FALSE(isUdpSilent(other)) << "they have not been given time";
}

TEST(OwnFacts, whoAnswersOverTcpAloneShowsThatUdpIsBlocked) {
    NetworkStatus status = behindNat();
    status.thirdParties.resize(1);
    status.thirdParties[0].registered = true;
    status.tcp.answeredByTcp = true;
    EXPECT_FALSE(isUdpSilent(status)) << "UDP has not been given time";
    status.tcp.isUdpBlocked = true;
    EXPECT_TRUE(isUdpSilent(status));
    status.tcp.isUdpBlocked = false;
    EXPECT_FALSE(isUdpSilent(status));
}

TEST(PeerFacts, fromAddressesAlone) {
    const EndFacts ours = ownFacts(behindNat(), false);
    EXPECT_EQ(peerFacts({}, std::nullopt, ours), EndFacts{});
    const EndpointRecord lan{EndpointKind::Lan4, SocketAddress(kPrivate, 1)};
    const EndFacts shut = peerFacts({lan}, std::nullopt, ours);
    EXPECT_EQ(shut.ipv4, Ipv4Reach::Nat);
    EXPECT_EQ(shut.ipv6, Ipv6Reach::None);
    EXPECT_EQ(shut.teredo, TeredoReach::None);
    EXPECT_EQ(shut.knowsOther, Answer::Unknown);
    EXPECT_FALSE(shut.mapping);
    const EndFacts open = peerFacts({{EndpointKind::Mapped4, SocketAddress(kPublic, 1)}, lan}, std::nullopt, ours);
    EXPECT_EQ(open.ipv4, Ipv4Reach::Mapped);
    const EndFacts native = peerFacts({{EndpointKind::Native6, SocketAddress(kNative, 1), true}}, std::nullopt, ours);
    EXPECT_EQ(native.ipv6, Ipv6Reach::Present);
    EXPECT_EQ(native.ipv4, Ipv4Reach::None);
    EXPECT_EQ(native.hasDoorbell, Answer::Yes);
}

TEST(PeerFacts, teredoAddresses) {
    EndFacts ours = ownFacts(behindNat(), false);
    const auto at = [](bool isCone) {
        const Ipv6Address address =
            wire::encode(wire::TeredoAddress{Ipv4Address::of(45, 90, 0, 1), isCone, 0, kPublic, 4000});
        return EndpointRecord{EndpointKind::Teredo, SocketAddress(address, 4000)};
    };
    EXPECT_EQ(peerFacts({at(true)}, std::nullopt, ours).teredo, TeredoReach::Cone);
    EXPECT_EQ(peerFacts({at(false)}, std::nullopt, ours).teredo, TeredoReach::Qualified);
    EXPECT_EQ(peerFacts({at(false)}, std::nullopt, ours).ipv6, Ipv6Reach::None) << "it is no native one";
    EXPECT_EQ(peerFacts({at(false)}, std::nullopt, ours).hasDoorbell, Answer::Yes) << "its server forwards rings";
    ours.teredo = TeredoReach::Qualified;
    const EndpointRecord lan{EndpointKind::Lan4, SocketAddress(kPrivate, 1)};
    EXPECT_EQ(peerFacts({lan}, std::nullopt, ours).teredo, TeredoReach::Unknown) << "they may have one since then";
}

TEST(PeerFacts, fromTheirHint) {
    const EndFacts ours = ownFacts(behindNat(), false);
    wire::NatHint hint;
    hint.mapping = NatMapping::AddressDependent;
    hint.filtering = NatFiltering::EndpointIndependent;
    hint.keepsPorts = hint.isSequential = hint.isUdpBlocked = true;
    hint.nesting = wire::HintNesting::Carrier;
    hint.ipv6 = wire::HintIpv6::Firewalled;
    const std::vector<EndpointRecord> endpoints = {{EndpointKind::Lan4, SocketAddress(kPrivate, 1)},
                                                   {EndpointKind::Native6, SocketAddress(kNative, 1)}};
    EndFacts facts = peerFacts(endpoints, hint, ours);
    EXPECT_EQ(facts.mapping, NatMapping::AddressDependent);
    EXPECT_EQ(facts.filtering, NatFiltering::EndpointIndependent);
    EXPECT_EQ(facts.preservesPort, Answer::Yes);
    hint.keepsPorts = false;
    EXPECT_EQ(peerFacts(endpoints, hint, ours).preservesPort, Answer::No);
    hint.mapping.reset();
    EXPECT_EQ(peerFacts(endpoints, hint, ours).preservesPort, Answer::Unknown) << "nobody has looked";
    EXPECT_EQ(facts.isSequential, Answer::Yes);
    EXPECT_EQ(facts.udpPasses, Answer::No);
    EXPECT_EQ(facts.takesTcp, Answer::Unknown) << "older programs do not say";
    hint.takesTcp = true;
    EXPECT_EQ(peerFacts(endpoints, hint, ours).takesTcp, Answer::Yes);
    EXPECT_EQ(facts.ipv4, Ipv4Reach::CarrierNat);
    EXPECT_EQ(facts.ipv6, Ipv6Reach::Firewalled);
    hint.ipv6 = wire::HintIpv6::Open;
    EXPECT_EQ(peerFacts(endpoints, hint, ours).ipv6, Ipv6Reach::Open);
}

} // namespace
} // namespace culvert
