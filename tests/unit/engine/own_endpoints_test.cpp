// Which of our addresses go into the address string, as tables of cases.
#include "core/engine/own_endpoints.h"
#include "core/wire/teredo_address.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using wire::EndpointKind;

constexpr std::uint16_t kPort = 4380;
const Ipv6Address kStable = *Ipv6Address::fromText("2a0e:b107:1::2");
const Ipv6Address kTemporary = *Ipv6Address::fromText("2a0e:b107:1::abcd");

EndpointInputs inputsWith(const std::vector<std::pair<Ipv6Address, bool>>& addresses) {
    EndpointInputs inputs;
    inputs.local.port = kPort;
    LocalInterface cable{"eth0", 2, InterfaceKind::Physical, {}};
    for (const auto& [address, isTemporary] : addresses) {
        inputs.local.native6.push_back(address);
        cable.addresses.push_back({SocketAddress(address, 0), 64, isTemporary, false});
    }
    inputs.local.interfaces = {cable};
    return inputs;
}

std::vector<SocketAddress> told(const EndpointInputs& inputs, EndpointKind kind) {
    std::vector<SocketAddress> out;
    for (const wire::EndpointRecord& endpoint : ownEndpoints(inputs))
        if (endpoint.kind == kind)
            out.push_back(endpoint.address);
    return out;
}

TEST(OwnEndpoints, aTemporaryAddressIsToldOnlyWhereThereIsNoOther) {
    using Addresses = std::vector<SocketAddress>;
    EXPECT_EQ(told(inputsWith({{kStable, false}, {kTemporary, true}}), EndpointKind::Native6),
              Addresses({{kStable, kPort}}));
    EXPECT_EQ(told(inputsWith({{kTemporary, true}}), EndpointKind::Native6), Addresses({{kTemporary, kPort}}));
}

// RFC 4380 §5.5: the operating system's own Teredo address, where there is no native one. The system's tunnel keeps our
// port inside, so that it is told like an address of IPv6.
TEST(OwnEndpoints, theSystemsTeredoAddressIsToldWhereThereIsNoNativeOne) {
    const Ipv6Address teredo = *Ipv6Address::fromText("2001:0:4136:e378:8000:63bf:3fff:fdd2");
    EndpointInputs inputs = inputsWith({});
    inputs.local.teredo6 = {teredo};
    EXPECT_EQ(told(inputs, EndpointKind::Native6), (std::vector<SocketAddress>{{teredo, kPort}}));
    EXPECT_EQ(tunnelAddresses(inputs).systemTeredo, teredo);
    inputs = inputsWith({{kStable, false}});
    inputs.local.teredo6 = {teredo};
    EXPECT_EQ(told(inputs, EndpointKind::Native6), (std::vector<SocketAddress>{{kStable, kPort}}));
}

TEST(OwnEndpoints, aMappedPortGoesBeforeAPublicAddressOfOurOwn) {
    EndpointInputs inputs;
    inputs.local.port = kPort;
    inputs.local.v4 = {Ipv4Address::of(45, 84, 1, 2)};
    EXPECT_EQ(publicV4(inputs), SocketAddress(Ipv4Address::of(45, 84, 1, 2), kPort));
    inputs.mapping.external = SocketAddress(Ipv4Address::of(45, 83, 1, 2), kPort);
    EXPECT_EQ(publicV4(inputs), inputs.mapping.external);
}

TEST(OwnEndpoints, aMappingToAnotherPortIsToldAndMakesNoTeredoAddress) {
    EndpointInputs inputs;
    inputs.local.port = kPort;
    inputs.local.v4 = {Ipv4Address::of(192, 168, 1, 2)};
    inputs.mapping.external = SocketAddress(Ipv4Address::of(45, 83, 1, 2), kPort);
    EXPECT_TRUE(ownTeredoAddress(inputs));
    inputs.mapping.external = SocketAddress(Ipv4Address::of(45, 83, 1, 2), kPort + 1);
    EXPECT_EQ(told(inputs, EndpointKind::Mapped4), std::vector<SocketAddress>{*inputs.mapping.external});
    EXPECT_FALSE(ownTeredoAddress(inputs)) << "relays compare it with our source (RFC 4380 §5.4.2)";
}

TEST(OwnEndpoints, aDoorbellIsToldWithTheAddressThatHasIt) {
    EndpointInputs inputs = inputsWith({{kStable, false}});
    inputs.hearsErrors = true;
    EXPECT_EQ(ownEndpoints(inputs),
              (std::vector<wire::EndpointRecord>{{EndpointKind::Native6, {kStable, kPort}, true}}));
}

TEST(OwnEndpoints, aRestrictedTeredoAddressIsToldWithItsMappedPort) {
    EndpointInputs inputs;
    inputs.local.port = kPort;
    inputs.local.v4 = {Ipv4Address::of(192, 168, 1, 2)};
    inputs.teredo.state = TeredoState::Qualified;
    inputs.teredo.address = wire::encode(
        wire::TeredoAddress{Ipv4Address::of(45, 90, 1, 1), false, 7, Ipv4Address::of(45, 83, 1, 2), kPort + 1});
    EXPECT_EQ(told(inputs, EndpointKind::Teredo), (std::vector<SocketAddress>{{*inputs.teredo.address, kPort + 1}}));
    EXPECT_EQ(ringTeredoAddress(inputs), inputs.teredo.address);
    inputs.local.native6 = {kStable};
    EXPECT_TRUE(told(inputs, EndpointKind::Teredo).empty()) << "RFC 4380 §5.5";
    EXPECT_FALSE(ringTeredoAddress(inputs));
}

// RFC 4380 §5.2.10 for the open port, §5.2.1 for cone, §5.2.6 and RFC 6081 §5.2 for the others.
TEST(OwnEndpoints, whichTeredoAddressIsTold) {
    const Ipv4Address outside = Ipv4Address::of(45, 83, 1, 2), server = Ipv4Address::of(83, 170, 6, 76);
    constexpr std::uint16_t kMapped = 50000;
    enum class Told { None, SelfServed, Servers };
    struct Case {
        const char* what;
        std::optional<TeredoKind> kind;
        bool isForwarded;
        Told told;
    };
    const Case cases[] = {
        {"nothing is known", {}, false, Told::None},
        {"an open port, and no server", {}, true, Told::SelfServed},
        {"cone by a server", TeredoKind::Cone, false, Told::Servers},
        {"cone by a server, and an open port", TeredoKind::Cone, true, Told::Servers},
        {"restricted", TeredoKind::Restricted, false, Told::Servers},
        {"restricted with an open port", TeredoKind::Restricted, true, Told::Servers},
        {"symmetric", TeredoKind::Symmetric, false, Told::Servers},
        {"symmetric with an open port", TeredoKind::Symmetric, true, Told::Servers},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.what);
        EndpointInputs inputs;
        inputs.local.port = kPort;
        inputs.local.v4 = {Ipv4Address::of(192, 168, 1, 2)};
        if (each.isForwarded)
            inputs.mapping.external = SocketAddress(outside, kPort);
        const Ipv6Address qualified =
            wire::encode(wire::TeredoAddress{server, each.kind == TeredoKind::Cone, 1, outside, kMapped});
        if (each.kind) {
            inputs.teredo.state = TeredoState::Qualified;
            inputs.teredo.address = qualified;
        }
        inputs.teredo.kind = each.kind;
        const Ipv6Address selfServed = wire::encode(wire::TeredoAddress{outside, true, 0, outside, kPort});
        std::vector<SocketAddress> expected;
        if (each.told != Told::None)
            expected = {each.told == Told::Servers ? SocketAddress(qualified, kMapped)
                                                   : SocketAddress(selfServed, kPort)};
        EXPECT_EQ(told(inputs, EndpointKind::Teredo), expected);
        EXPECT_EQ(tunnelAddresses(inputs).teredo.has_value(), each.told != Told::None);
        inputs.local.native6 = {kStable};
        EXPECT_TRUE(told(inputs, EndpointKind::Teredo).empty()) << "RFC 4380 §5.5";
    }
}

} // namespace
} // namespace culvert
