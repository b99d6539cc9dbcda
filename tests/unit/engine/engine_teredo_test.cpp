// What an engine tells contacts when Teredo servers begin to answer.
#include "core/engine/engine.h"
#include "core/wire/contact_address.h"
#include "core/wire/teredo_address.h"
#include "tests/support/seeded_random.h"
#include "tests/support/teredo_server_double.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 2);
constexpr std::uint16_t kPort = 4380;

struct EngineTeredoTest : testing::Test {
    test::SeededRandom random{5};
    Now now{Instant{1s}, WallTime{1'000'000}};
    test::TeredoServerDouble server{Ipv4Address::of(83, 170, 6, 76), Ipv4Address::of(83, 170, 6, 77)};
    EngineConfig config;
    std::unique_ptr<Engine> engine;

    void SetUp() override {
        config.instance = 7;
        engine = std::make_unique<Engine>(now, config, Engine::newProfile("Bob", random), ArchiveSnapshot{}, random);
        LocalNetwork network;
        network.v4 = {Ipv4Address::of(192, 168, 1, 2)};
        network.port = kPort;
        engine->handleNetwork(now, network);
        GatewayReport report;
        report.udp.state = PortMappingState::Claimed;
        report.udp.external = SocketAddress(kPublic, kPort);
        engine->handleGateway(now, report);
        engine->setTeredoServers(now, {{"server", {server.primary}}});
    }
    // A router that lets everybody in, with a server outside that does as scripted.
    void run(Duration time) {
        const Instant end = now.monotonic + time;
        for (; now.monotonic < end; now.monotonic += 100ms) {
            engine->handleTimeout(now);
            while (const auto out = engine->pollTransmit())
                if (out->remote.isV4() && out->remote.v4() == server.primary)
                    if (const auto back = server.answer({kPublic, kPort}, server.primary, out->payload))
                        engine->handleDatagram(now, {back->remote, back->local, back->payload});
        }
    }
    std::size_t addressChanges() {
        std::size_t changes = 0;
        while (const auto event = engine->pollEvent())
            changes += std::holds_alternative<AddressChangedEvent>(*event) ? 1 : 0;
        return changes;
    }
    std::optional<wire::TeredoAddress> told() {
        const auto address = wire::decodeContactAddress(engine->ownAddress());
        for (const wire::EndpointRecord& endpoint : address->endpoints)
            if (endpoint.kind == wire::EndpointKind::Teredo)
                return wire::decodeTeredoAddress(endpoint.address.v6());
        return std::nullopt;
    }
};

// RFC 4380 §5.2.10: an open port is enough; §5.2.1: a server's word is better.
TEST_F(EngineTeredoTest, theSelfServedAddressHoldsUntilAServerAnswers) {
    server.fault = test::ServerFault::Silent;
    run(20s);
    ASSERT_TRUE(told());
    EXPECT_EQ(told()->server, kPublic) << "no server answers, and the port is open all the same";
    addressChanges();
    server.fault = test::ServerFault::None;
    run(30s);
    ASSERT_TRUE(told());
    EXPECT_EQ(told()->server, server.primary);
    EXPECT_TRUE(told()->cone);
    EXPECT_EQ(addressChanges(), 1U);
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.kind, TeredoKind::Cone);
    server.fault = test::ServerFault::Silent;
    run(2min);
    EXPECT_EQ(told()->server, kPublic);
    EXPECT_EQ(addressChanges(), 1U);
}

} // namespace
} // namespace culvert
