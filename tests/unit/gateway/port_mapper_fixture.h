// What the PortMapper's tests share: a home network, its router, our port.
#pragma once

#include "tests/unit/gateway/fake_router.h"

#include <gtest/gtest.h>

namespace culvert::test {

inline constexpr std::uint16_t kPort = 40'000;
inline const SocketAddress kRouter(Ipv4Address::of(192, 168, 1, 1), 0);
inline const SocketAddress kClient(Ipv4Address::of(192, 168, 1, 20), kPort);
inline const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 9);
inline const SocketAddress kRouter6(*Ipv6Address::fromText("fe80::1"), 0);
inline const Ipv6Address kStable = *Ipv6Address::fromText("2a0e:b107:2::20");
inline const Ipv6Address kTemporary = *Ipv6Address::fromText("2a0e:b107:2::7e57");

inline PortMapperConfig config() {
    PortMapperConfig out;
    out.port = kPort;
    out.nonce = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    return out;
}

inline LocalNetwork homeNetwork() {
    LocalNetwork network;
    network.v4 = {kClient.v4()};
    network.port = kPort;
    network.routers = {{kRouter, SocketAddress(kClient.v4(), 0), 2}};
    return network;
}

inline LocalNetwork dualNetwork() {
    LocalNetwork network = homeNetwork();
    network.native6 = {kStable, kTemporary};
    network.routers.push_back({kRouter6, SocketAddress(kStable, 0), 2});
    return network;
}

inline FakeRouter pcpRouter() {
    FakeRouter router;
    router.address = kRouter;
    router.external = SocketAddress(kPublic, 0);
    return router;
}

inline FakeRouter natPmpRouter() {
    FakeRouter router = pcpRouter();
    router.speaksPcp = false;
    router.speaksNatPmp = true;
    return router;
}

inline FakeRouter firewall6() {
    FakeRouter router;
    router.address = kRouter6;
    router.isFirewall = true;
    return router;
}

/// One world; add() gives the router in it, which stays where it is.
struct PortMapperTest : testing::Test {
    FakeRouter& add(FakeRouter router) { return world.add(std::move(router)); }
    void TearDown() override { EXPECT_LT(world.steps, 100'000u) << "a busy loop"; }

    GatewayWorld world{config()};
};

} // namespace culvert::test
