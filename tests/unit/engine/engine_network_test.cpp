// What an engine does when its network changes, seems to change, or was asleep.
#include "core/engine/engine.h"
#include "core/engine/rendezvous_node.h"
#include "core/wire/contact_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

constexpr std::uint16_t kAlternatePort = 5000;

LocalNetwork networkAt(const std::string& address) {
    LocalNetwork network;
    network.native6 = {*Ipv6Address::fromText(address)};
    network.port = 4380;
    return network;
}

struct EngineNetworkTest : testing::Test {
    test::SeededRandom random{5};
    Now now{Instant{1s}, WallTime{1'000'000}};
    Identity third = Identity::generate(random);
    RendezvousNode node{third.seed(), random, false};
    std::unique_ptr<Engine> engine;
    LocalNetwork network = networkAt("2a0e:b107:1::2");

    void SetUp() override {
        node.handleNetwork(now, networkAt("2a0e:b107:3::2"));
        EngineConfig config;
        config.instance = 7;
        engine = std::make_unique<Engine>(now, config, Engine::newProfile("Alice", random), ArchiveSnapshot{}, random);
        ASSERT_TRUE(engine->handleNetwork(now, network));
        ASSERT_TRUE(engine->addThirdParty(now, node.ownAddress()));
        engine->handleTimeout(now);
        while (exchange()) {
        }
        ASSERT_EQ(node.server().registrations(), 1U);
        takeEvents();
    }
    // Carries what the engine has to say to the third party, and its answers back; how many the engine sent.
    std::size_t exchange() {
        std::size_t sent = 0;
        for (; const auto out = engine->pollTransmit(); ++sent)
            node.handleDatagram(now, {out->remote, SocketAddress(network.native6[0], 4380), out->payload});
        while (const auto back = node.pollTransmit()) {
            const bool isChosen = back->local.isV6() && !back->local.v6().isUnspecified();
            const Ipv6Address from = isChosen ? back->local.v6() : *Ipv6Address::fromText("2a0e:b107:3::2");
            const std::uint16_t port = back->socket == RendezvousNode::kAlternateSocket ? kAlternatePort : 4380;
            engine->handleDatagram(now, {back->remote, SocketAddress(from, port), back->payload});
        }
        return sent;
    }
    std::size_t takeEvents() {
        std::size_t changes = 0;
        while (const auto event = engine->pollEvent())
            changes += std::holds_alternative<NetworkChangedEvent>(*event) ? 1 : 0;
        return changes;
    }
};

TEST_F(EngineNetworkTest, aChangeOfUnusedInterfacesIsForTheReportAlone) {
    EXPECT_FALSE(engine->handleNetwork(now, network));
    EXPECT_EQ(takeEvents(), 0U);
    network.interfaces.push_back({"docker0", 9, InterfaceKind::Container, {}});
    EXPECT_FALSE(engine->handleNetwork(now, network));
    EXPECT_EQ(takeEvents(), 1U);
    EXPECT_EQ(engine->networkStatus(now.monotonic).local, network);
    EXPECT_EQ(exchange(), 0U) << "no registration is made anew";
}

TEST_F(EngineNetworkTest, anotherRouterIsAChange) {
    network.routers.push_back({SocketAddress(Ipv4Address::of(10, 0, 0, 1), 0), {}, 2});
    EXPECT_TRUE(engine->handleNetwork(now, network));
    engine->handleTimeout(now);
    EXPECT_GT(exchange(), 0U);
}

TEST_F(EngineNetworkTest, afterSleepItRegistersAnew) {
    engine->handleTimeout(now);
    ASSERT_EQ(exchange(), 0U);
    now.monotonic += 4s;
    engine->handleWake(now);
    engine->handleTimeout(now);
    EXPECT_GT(exchange(), 0U);
}

// RFC 6092 §3.2.3: a firewall may filter by addresses alone, and then lets in any port of one that was spoken with.
TEST_F(EngineNetworkTest, aPinholeIsProvenFromANewAddressOnly) {
    GatewayReport report;
    report.isSettled = true;
    report.pinholes = {{network.native6[0], PortMappingState::Claimed, {}, MappingProtocol::Pcp, {}, {}}};
    const auto diagnose = [&] {
        engine->handleGateway(now, report);
        engine->handleWake(now);
        for (int i = 0; i < 40; ++i) {
            engine->handleTimeout(now);
            exchange();
            now.monotonic += 100ms;
        }
        return engine->networkStatus(now.monotonic);
    };
    node.setAlternatePort(kAlternatePort);
    NetworkStatus status = diagnose();
    EXPECT_EQ(status.inbound6.isOpen, std::optional(true));
    EXPECT_FALSE(status.inbound6.fromNewAddress);
    EXPECT_EQ(status.gateway.pinholes.at(0).state, PortMappingState::Claimed);

    LocalNetwork both = networkAt("2a0e:b107:3::2");
    both.native6.push_back(*Ipv6Address::fromText("2a0e:b107:3::3"));
    node.handleNetwork(now, both);
    status = diagnose();
    EXPECT_TRUE(status.inbound6.fromNewAddress);
    EXPECT_EQ(status.gateway.pinholes.at(0).state, PortMappingState::Proven);
}

// Behind a NAT whose outer address changes, with a third party outside.
struct EngineBehindNatTest : testing::Test {
    test::SeededRandom random{5};
    Now now{Instant{1s}, WallTime{1'000'000}};
    Identity third = Identity::generate(random);
    RendezvousNode node{third.seed(), random, false};
    std::unique_ptr<Engine> engine;
    SocketAddress own{Ipv4Address::of(192, 168, 1, 2), 4380}, outer{Ipv4Address::of(45, 1, 1, 1), 4380},
        nodesAddress{Ipv4Address::of(45, 2, 2, 2), 4380};
    std::vector<Datagram> answers;
    std::set<SocketAddress> remotes; // to which the engine has sent

    void SetUp() override {
        node.handleNetwork(now, at(nodesAddress));
        EngineConfig config;
        config.instance = 7;
        engine = std::make_unique<Engine>(now, config, Engine::newProfile("Alice", random), ArchiveSnapshot{}, random);
        engine->handleNetwork(now, at(own));
        ASSERT_TRUE(engine->addThirdParty(now, node.ownAddress()));
        run(3s);
        ASSERT_EQ(node.server().registrations(), 1U);
    }
    static LocalNetwork at(const SocketAddress& address) {
        LocalNetwork network;
        network.v4 = {address.v4()};
        network.port = address.port();
        return network;
    }
    // How many datagrams the engine sends on its main socket in this time.
    std::size_t run(Duration time) {
        std::size_t sent = 0;
        const Instant end = now.monotonic + time;
        while (true) {
            while (const auto out = engine->pollTransmit()) {
                sent += out->socket == 0 ? 1 : 0;
                remotes.insert(out->remote);
                if (out->remote == nodesAddress && out->socket == 0)
                    node.handleDatagram(now, {nodesAddress, outer, out->payload});
                while (const auto back = node.pollTransmit()) {
                    answers.push_back({own, nodesAddress, back->payload});
                    engine->handleDatagram(now, answers.back());
                }
            }
            const auto next = engine->pollTimeout();
            if (now.monotonic >= end || !next || next->at >= end)
                break;
            now.monotonic = std::max(now.monotonic, next->at);
            engine->handleTimeout(now);
        }
        now.monotonic = std::max(now.monotonic, end);
        return sent;
    }
    bool startsOver() const { return engine->networkStatus(now.monotonic).testsAreRunning; }
};

// A neighbour copied what the third party said at another address, and sends it again.
TEST_F(EngineBehindNatTest, anOldAnswerOfAThirdPartySetsNothingOff) {
    const std::vector<Datagram> old = answers;
    outer = SocketAddress(Ipv4Address::of(45, 1, 1, 9), 4380);
    run(2min);
    ASSERT_FALSE(startsOver());
    for (const Datagram& datagram : old)
        engine->handleDatagram(now, datagram);
    EXPECT_FALSE(startsOver());
    EXPECT_EQ(engine->networkStatus(now.monotonic).observed.front().address.v4(), outer.v4());
}

TEST_F(EngineBehindNatTest, aRouterWhoseAddressIsNotTheInternetsStandsBehindAnotherOne) {
    struct Case {
        Ipv4Address router;
        bool isNested;
    };
    for (const Case& one : {Case{Ipv4Address::of(10, 0, 0, 7), true}, Case{Ipv4Address::of(100, 64, 0, 7), true},
                            Case{Ipv4Address::of(45, 9, 9, 9), true}, Case{outer.v4(), false}}) {
        GatewayReport report;
        report.udp.state = PortMappingState::Failed;
        report.udp.routerAddress = one.router;
        report.isSettled = true;
        engine->handleGateway(now, report);
        EXPECT_EQ(engine->networkStatus(now.monotonic).nat.isNested, std::optional(one.isNested)) << one.router.text();
    }
}

// It names another outer address with each of its answers.
TEST_F(EngineBehindNatTest, aRouterThatChangesItsMindAllTheTimeIsNotFollowedAllTheTime) {
    std::size_t sent = 0;
    for (std::uint16_t i = 0; i < 500; ++i) {
        GatewayReport report;
        report.udp.state = PortMappingState::Claimed;
        report.udp.external = SocketAddress(Ipv4Address::of(45, 1, 1, static_cast<std::uint8_t>(i)), own.port());
        engine->handleGateway(now, report);
        sent += run(20ms);
    }
    EXPECT_LT(sent, 200U) << "in ten seconds, without any contact";
    run(1min);
    EXPECT_FALSE(startsOver());
}

TEST_F(EngineBehindNatTest, aChangeThatHasToWaitIsNotForgotten) {
    for (std::uint8_t i = 1; i <= 8; ++i)
        engine->handleNetwork(now, at(SocketAddress(Ipv4Address::of(192, 168, i, 9), own.port())));
    run(6s);
    ASSERT_FALSE(startsOver());
    run(2s);
    EXPECT_TRUE(startsOver());
}

TEST_F(EngineBehindNatTest, aThirdPartyThatOnlyAContactNamedIsNotBelieved) {
    EngineConfig config;
    config.instance = 8;
    engine = std::make_unique<Engine>(now, config, Engine::newProfile("Bob", random), ArchiveSnapshot{}, random);
    engine->handleNetwork(now, at(own));
    // One of our own that never answers: whoever starts over waits for it.
    const wire::ContactAddress silent{
        Identity::generate(random).publicKey(),
        {},
        {{wire::EndpointKind::Mapped4, SocketAddress(Ipv4Address::of(45, 7, 7, 7), 4380)}},
        {}};
    ASSERT_TRUE(engine->addThirdParty(now, wire::encodeContactAddress(silent)));
    const Identity mallory = Identity::generate(random);
    const auto party = wire::decodeContactAddress(node.ownAddress());
    ASSERT_TRUE(party);
    const SocketAddress nowhere(Ipv4Address::of(45, 6, 6, 6), 4380);
    const wire::ContactAddress address{
        mallory.publicKey(), {}, {{wire::EndpointKind::Mapped4, nowhere}}, {{party->key, party->endpoints}}};
    ASSERT_TRUE(engine->addContact(now, {wire::encodeContactAddress(address), "", ""}));
    run(1min);
    ASSERT_EQ(node.server().registrations(), 2U);
    ASSERT_FALSE(startsOver());
    outer = SocketAddress(Ipv4Address::of(45, 1, 1, 9), 4380);
    bool hasStartedOver = false;
    for (int i = 0; i < 120; ++i) {
        run(500ms);
        hasStartedOver = hasStartedOver || startsOver();
    }
    EXPECT_FALSE(hasStartedOver);
}

// Whoever makes us start over could otherwise pass for somebody whom nothing but an open port lets in.
TEST(ContactedAddresses, areRememberedForAsLongAsRoutersRemember) {
    ContactedAddresses contacted;
    const SocketAddress friendly(Ipv4Address::of(45, 9, 9, 9), 1);
    const SocketAddress samePlace(Ipv4Address::of(45, 9, 9, 9), 2);
    contacted.age(Instant{60min});
    contacted.add(friendly);
    contacted.age(Instant{61min});
    EXPECT_TRUE(contacted.mayContain(samePlace));
    contacted.age(Instant{75min});
    EXPECT_TRUE(contacted.mayContain(samePlace)) << "it may have been contacted a moment ago";
    contacted.age(Instant{90min});
    EXPECT_FALSE(contacted.mayContain(samePlace));
}

// A contact calls our printer its public address, or has no other address than our own computer.
TEST_F(EngineBehindNatTest, noContactMakesUsSendIntoOurOwnNetwork) {
    const SocketAddress printer(Ipv4Address::of(10, 7, 7, 7), 9100), ourselves(Ipv4Address::of(127, 0, 0, 1), 6379);
    using wire::EndpointKind;
    for (const wire::EndpointRecord& endpoint :
         {wire::EndpointRecord{EndpointKind::Mapped4, printer}, {EndpointKind::Lan4, ourselves}}) {
        const wire::ContactAddress address{Identity::generate(random).publicKey(), {}, {endpoint}, {}};
        ASSERT_TRUE(engine->addContact(now, {wire::encodeContactAddress(address), "", ""}));
    }
    run(10s);
    EXPECT_FALSE(remotes.contains(printer));
    EXPECT_FALSE(remotes.contains(ourselves));
}

TEST_F(EngineBehindNatTest, noThirdPartyOfAContactMakesUsSendIntoOurOwnNetwork) {
    using wire::EndpointKind;
    const SocketAddress printer(Ipv4Address::of(10, 7, 7, 7), 9100), ourselves(Ipv4Address::of(127, 0, 0, 1), 6379),
        elsewhere(Ipv4Address::of(45, 6, 6, 6), 4380);
    const wire::ContactAddress address{
        Identity::generate(random).publicKey(),
        {},
        {{EndpointKind::Mapped4, elsewhere}},
        {{Identity::generate(random).publicKey(), {{EndpointKind::Lan4, printer}, {EndpointKind::Mapped4, elsewhere}}},
         {Identity::generate(random).publicKey(), {{EndpointKind::Lan4, ourselves}}}}};
    ASSERT_TRUE(engine->addContact(now, {wire::encodeContactAddress(address), "", ""}));
    run(30s);
    EXPECT_FALSE(remotes.contains(printer));
    EXPECT_FALSE(remotes.contains(ourselves));
    EXPECT_TRUE(remotes.contains(elsewhere));
}

} // namespace
} // namespace culvert
