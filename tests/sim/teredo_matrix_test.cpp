// RFC 6081 §3, figure 1: which two NATs two Teredo clients can talk through, cell by cell, with a server that both use.
#include "tests/sim/teredo_pair.h"

#include <gtest/gtest.h>

#include <iostream>

namespace culvert::sim {
namespace {

using enum NatBehaviour;

constexpr NatConfig natOf(NatBehaviour mapping, NatBehaviour filtering, bool preservesPort) {
    return {mapping, filtering, 60s, preservesPort, false};
}
constexpr NatConfig symmetric(bool preservesPort, bool isSequential, bool forwardsOneWay) {
    NatConfig out = natOf(AddressAndPortDependent, AddressAndPortDependent, preservesPort);
    out.isSequential = isSequential;
    out.forwardsOneWay = forwardsOneWay;
    return out;
}
constexpr NatConfig addressSymmetric() {
    NatConfig out = natOf(AddressAndPortDependent, AddressAndPortDependent, false);
    out.changesAddress = true;
    return out;
}
const Kind kKinds[] = {
    {"cone", natOf(EndpointIndependent, EndpointIndependent, false), TeredoKind::Cone, false},
    {"address-restricted", natOf(EndpointIndependent, AddressDependent, false), TeredoKind::Restricted, false},
    {"port-restricted", natOf(EndpointIndependent, AddressAndPortDependent, false), TeredoKind::Restricted, false},
    {"UPnP port-restricted", natOf(EndpointIndependent, AddressAndPortDependent, true), TeredoKind::Cone, true},
    {"UPnP port-symmetric", symmetric(false, false, true), TeredoKind::Symmetric, true},
    {"port-preserving port-symmetric", symmetric(true, false, false), TeredoKind::Symmetric, false},
    {"sequential port-symmetric", symmetric(false, true, false), TeredoKind::Symmetric, false},
    {"port-symmetric", symmetric(false, false, false), TeredoKind::Symmetric, false},
    {"address-symmetric", addressSymmetric(), TeredoKind::Symmetric, false},
};

// Y: RFC 4380 alone. S: with symmetric NAT support (RFC 6081 §5.2), U: and UPnP (§5.3), P: and random ports (§5.4),
// Q: and predicted ports (§5.5). -: no way.
const char* const kFigure[] = {
    "YYYYSSSSS", //
    "YYYYSSSS-", //
    "YYYY-PQ--", //
    "YYYYU----", //
    "SS-UU----", //
    "SSP--PQ--", //
    "SSQ------", //
    "SS-------", //
    "S--------", //
};
// How the two met, in the figure's words; in brackets where it knows no way.
const char* wordFor(char expected, bool by4380, bool by6081) {
    if (by4380)
        return "   Yes";
    if (!by6081)
        return "    No";
    switch (expected) {
    case 'S':
        return "   SNS";
    case 'U':
        return " +UPnP";
    case 'P':
        return "   +PP";
    case 'Q':
        return "   +SS";
    default:
        return " (yes)";
    }
}

TEST(TeredoMatrix, whatRfc6081SaysOfTwoNatsIsSo) {
    for (std::size_t row = 0; row < std::size(kKinds); ++row) {
        for (std::size_t column = 0; column < std::size(kKinds); ++column) {
            Pair pair(kKinds[row], kKinds[column], true);
            const bool by6081 = pair.talk();
            const bool by4380 = Pair(kKinds[row], kKinds[column], false).talk();
            const char expected = kFigure[row][column];
            const std::string cell = std::string(kKinds[row].name) + " calls " + kKinds[column].name;
            if (expected != '-') {
                EXPECT_TRUE(by6081) << cell;
            }
            EXPECT_EQ(by4380, expected == 'Y') << cell << ", without nonces";
            if (by6081) {
                EXPECT_EQ(pair.talkOn(), 5) << cell;
            }
            EXPECT_EQ(pair.openPorts(), 0U) << cell;
            std::cout << wordFor(expected, by4380, by6081);
        }
        std::cout << "  " << kKinds[row].name << "\n";
    }
}

} // namespace
} // namespace culvert::sim
