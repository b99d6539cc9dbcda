// What an engine tells contacts when Teredo servers begin to answer.
#include "core/engine/engine.h"
#include "core/teredo/teredo_bubbles.h"
#include "core/wire/contact_address.h"
#include "core/wire/teredo_address.h"
#include "tests/support/seeded_random.h"
#include "tests/support/teredo_server_double.h"

#include <gtest/gtest.h>

#include <set>

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
    std::set<Ipv4Address> sentTo;
    std::set<std::uint32_t> open; ///< sockets beside the main one

    void SetUp() override {
        config.instance = 7;
        config.discoversLocally = true;
        engine = std::make_unique<Engine>(now, config, Engine::newProfile("Bob", random), ArchiveSnapshot{}, random);
        engine->handleNetwork(now, network());
        GatewayReport report;
        report.udp.state = PortMappingState::Claimed;
        report.udp.external = SocketAddress(kPublic, kPort);
        engine->handleGateway(now, report);
        engine->setTeredoServers(now, {{"server", {server.primary}}});
    }
    static LocalNetwork network() {
        LocalNetwork out;
        out.v4 = {Ipv4Address::of(192, 168, 1, 2)};
        out.port = kPort;
        out.interfaces = {{"eth0", 2, InterfaceKind::Physical, {{{out.v4.front(), 0}, 24}}}};
        return out;
    }
    // A router that lets everybody in, with a server outside that does as scripted.
    void run(Duration time) {
        const Instant end = now.monotonic + time;
        for (; now.monotonic < end; now.monotonic += 100ms) {
            engine->handleTimeout(now);
            while (const auto out = engine->pollTransmit()) {
                if (out->remote.isV4())
                    sentTo.insert(out->remote.v4());
                if (out->remote.isV4() && out->remote.v4() == server.primary)
                    answer(*out);
            }
            while (const auto closed = engine->pollClosedSocket())
                open.erase(*closed);
        }
    }
    void answer(const Datagram& out) {
        if (out.socket != 0)
            open.insert(out.socket);
        const std::uint16_t port = out.socket == 0 ? kPort : kPort + 1;
        const auto teredo = wire::decodeTeredoPacket(out.payload);
        const bool isBubble = teredo && teredo->packet.nextHeader == wire::kNextHeaderNone;
        if (const auto back = server.answer({kPublic, port}, server.primary, out.payload))
            engine->handleDatagram(now, {back->remote, back->local, back->payload, 0, out.socket});
        else if (isBubble && !open.empty()) // to the second port, as it seems
            engine->handleDatagram(now, {{}, out.remote, out.payload, 0, *open.begin()});
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

// RFC 4380 §5.2.1: what the cone test proves rests on nothing having been sent to where its answer comes from.
TEST_F(EngineTeredoTest, nobodyHasUsSendToWhereTheConeTestIsAnsweredFrom) {
    const Ipv4Address answerer = server.secondary;
    const SocketAddress elsewhere(Ipv4Address::of(45, 83, 9, 9), 5000);
    const auto teredo = [](const Ipv4Address& from, const Ipv4Address& client) {
        return SocketAddress(wire::encode(wire::TeredoAddress{from, false, 0, client, kPort}), kPort);
    };
    Engine mallory(now, config, Engine::newProfile("Mallory", random), ArchiveSnapshot{}, random);
    auto address = *wire::decodeContactAddress(mallory.ownAddress());
    address.endpoints = {{wire::EndpointKind::Mapped4, {answerer, kPort}},
                         {wire::EndpointKind::Mapped4, {answerer, kTeredoPort}},
                         {wire::EndpointKind::Teredo, teredo(answerer, elsewhere.v4())},
                         {wire::EndpointKind::Teredo, teredo(server.primary, answerer)},
                         {wire::EndpointKind::Mapped4, elsewhere}};
    ASSERT_TRUE(engine->addContact(now, {wire::encodeContactAddress(address), "", "hello"}));
    run(5s);
    EXPECT_TRUE(sentTo.contains(elsewhere.v4())) << "others are tried";
    EXPECT_FALSE(sentTo.contains(answerer));
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.kind, TeredoKind::Cone);
    run(2min);
    EXPECT_FALSE(sentTo.contains(answerer)) << "nor later, for the next test";
}

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

// RFC 4380 §5.2.8
TEST_F(EngineTeredoTest, aClientAnnouncesItselfToItsNetworkAndAnswersNeighbours) {
    run(20s);
    ASSERT_TRUE(told());
    EXPECT_EQ(engine->discoveryInterfaces(), std::vector<std::uint32_t>{2});
    std::size_t announced = 0;
    for (const Instant end = now.monotonic + 310s; now.monotonic < end; now.monotonic += 100ms) {
        engine->handleTimeout(now);
        while (const auto out = engine->pollTransmit())
            announced += out->remote == LocalDiscovery::group() ? 1 : 0;
    }
    EXPECT_GE(announced, 1U);
    ASSERT_TRUE(told());
    const Ipv6Address self = wire::encode(*told());
    const Ipv6Address neighbour = wire::encode(wire::TeredoAddress{server.primary, false, 9, kPublic, 50001});
    const SocketAddress at(Ipv4Address::of(192, 168, 1, 9), 4000);
    const Bytes bubble = makeBubble(neighbour, *Ipv6Address::fromText("ff02::1"), {});
    engine->handleDiscovery(now, {LocalDiscovery::group(), at, bubble});
    std::vector<Datagram> answers;
    while (auto out = engine->pollTransmit())
        if (out->remote == at)
            answers.push_back(std::move(*out));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].payload, makeBubble(self, neighbour, {}));
    // What it says itself is now believed from its local address, and from there alone.
    const Bytes hello = makeBubble(neighbour, self, {});
    const auto before = engine->drops().of(DropReason::SourceMismatch);
    engine->handleDatagram(now, {{Ipv4Address::of(192, 168, 1, 2), kPort}, at, hello});
    EXPECT_EQ(engine->drops().of(DropReason::SourceMismatch), before);
    engine->handleDatagram(now, {{Ipv4Address::of(192, 168, 1, 2), kPort}, {at.v4(), 4001}, hello});
    EXPECT_EQ(engine->drops().of(DropReason::SourceMismatch), before + 1);
    LocalNetwork withIpv6 = network();
    withIpv6.native6 = {*Ipv6Address::fromText("2a0e:b107:7::7")};
    engine->handleNetwork(now, withIpv6);
    EXPECT_TRUE(engine->discoveryInterfaces().empty()) << "no client any more";
}

TEST_F(EngineTeredoTest, noSecondPortMeasuresWhatTheRouterWasToldToKeep) {
    run(5min);
    ASSERT_EQ(engine->networkStatus(now.monotonic).teredo.state, TeredoState::Qualified);
    EXPECT_TRUE(open.empty());
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.refreshInterval, TeredoClient::kRefreshInterval);
}

// RFC 4380 §5.2.7
TEST_F(EngineTeredoTest, aSecondPortFindsHowLongTheRouterKeepsTheFirstOne) {
    engine->handleGateway(now, {});
    run(30s);
    ASSERT_EQ(engine->networkStatus(now.monotonic).teredo.state, TeredoState::Qualified);
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.refreshInterval, TeredoClient::kRefreshInterval);
    EXPECT_EQ(open.size(), 1U);
    run(5min);
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.refreshInterval, 90s);
    EXPECT_TRUE(open.empty());
    LocalNetwork other;
    other.v4 = {Ipv4Address::of(192, 168, 7, 2)};
    other.port = kPort;
    engine->handleNetwork(now, other);
    run(30s);
    EXPECT_EQ(engine->networkStatus(now.monotonic).teredo.refreshInterval, TeredoClient::kRefreshInterval);
    EXPECT_EQ(open.size(), 1U);
}

} // namespace
} // namespace culvert
