#include "tests/unit/gateway/port_mapper_fixture.h"

namespace culvert {
namespace {

using namespace test;
using State = PortMappingState;
using Failure = PortMappingFailure;

TEST_F(PortMapperTest, aPcpRouterMapsUdpThenTcpWithinOneRoundTripEach) {
    FakeRouter& router = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(50ms);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kPublic, kPort));
    EXPECT_EQ(world.report.udp.gateway, kRouter);
    EXPECT_EQ(world.report.udp.routerAddress, kPublic);
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::Pcp);
    EXPECT_EQ(world.report.udp.lifetime, 7200s);
    EXPECT_EQ(world.report.tcp.state, State::Claimed);
    EXPECT_TRUE(router.holds(kClient, false, world.now));
    EXPECT_TRUE(router.holds(kClient, true, world.now));
    EXPECT_FALSE(world.mapper.upnpWish().map) << "two protocols would get into each other's way";
}

TEST_F(PortMapperTest, theClientAddressIsOursAndNothingGoesToAnotherPortThan5351) {
    add(pcpRouter());
    world.connect(homeNetwork());
    world.run(5s);
    ASSERT_FALSE(world.sent.empty());
    for (const GatewayDatagram& datagram : world.sent) {
        EXPECT_EQ(datagram.remote.port(), 5351);
        EXPECT_EQ(readPcpRequest(datagram.payload).client, onWire(kClient));
    }
}

// RFC 6887 §9, Appendix A
TEST_F(PortMapperTest, aNatPmpRouterThatRefusesPcpsVersionIsAskedByNatPmpAtOnce) {
    FakeRouter& router = add(natPmpRouter());
    world.connect(homeNetwork());
    world.run(50ms);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kPublic, kPort));
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::NatPmp);
    EXPECT_EQ(world.report.tcp.state, State::Claimed);
    EXPECT_TRUE(router.holds(kClient, true, world.now));
    EXPECT_EQ(world.report.gateways.at(0).pcp, ProtocolAnswer::Silent);
    EXPECT_EQ(world.report.gateways.at(0).natPmp, ProtocolAnswer::Speaks);
}

TEST_F(PortMapperTest, aNatPmpRouterThatIgnoresPcpIsMappedBeforeTheReportSettles) {
    FakeRouter router = natPmpRouter();
    router.refusesOtherVersions = false;
    add(router);
    world.connect(homeNetwork());
    world.run(PortMapper::kSettleAfter - 1ms);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::NatPmp);
}

// RFC 6886 §3.1. Answers that come twice are answers to what is asked no longer.
TEST_F(PortMapperTest, natPmpQuestionsGoOneAtATime) {
    FakeRouter twice = natPmpRouter();
    twice.answers = 2;
    FakeRouter& router = add(twice);
    world.connect(homeNetwork());
    world.run(1s);
    std::vector<std::uint8_t> opcodes;
    std::optional<Instant> last;
    for (const auto& [at, octets] : router.seen) {
        if (octets[0] != 0)
            continue;
        opcodes.push_back(octets[1]);
        EXPECT_TRUE(!last || at - *last >= GatewayWorld::kLatency) << "asked before the answer";
        last = at;
    }
    EXPECT_EQ(opcodes, (std::vector<std::uint8_t>{0, 1, 2}));
}

TEST_F(PortMapperTest, silenceEndsAsNoRouterWhenTheReportSettles) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    add(router);
    world.connect(homeNetwork());
    world.run(PortMapper::kSettleAfter - 1ms);
    EXPECT_EQ(world.report.udp.state, State::Trying);
    EXPECT_FALSE(world.report.isSettled);
    world.run(1ms);
    EXPECT_TRUE(world.report.isSettled);
    EXPECT_EQ(world.report.udp.state, State::Failed);
    EXPECT_EQ(world.report.udp.failure, Failure::NoRouter);
    EXPECT_EQ(world.report.tcp, world.report.udp);
    EXPECT_EQ(world.report.gateways.at(0).pcp, ProtocolAnswer::Silent);
}

// RFC 6887 §8.1.1: doubling, without end, up to 1024 s.
TEST_F(PortMapperTest, aSilentRouterIsAskedEverMoreSlowlyButNeverGivenUp) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    FakeRouter& dead = add(router);
    world.connect(homeNetwork());
    world.run(1700ms);
    EXPECT_EQ(dead.countSeen(2, 1), 3u) << "at 0, 250 and 750 ms";
    world.run(std::chrono::hours(10));
    EXPECT_GT(dead.countSeen(2, 1), 40u);
    EXPECT_LT(dead.countSeen(2, 1), 60u) << "once in 1024 s";
    dead.isDead = false;
    dead.restart(world.now);
    world.run(1200s);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

TEST_F(PortMapperTest, answersFromElsewhereWithOtherNoncesOrOfNonsenseAreDropped) {
    struct Case {
        const char* name;
        void (*spoil)(FakeRouter&);
        DropReason reason;
    };
    const Case cases[] = {
        {"another address",
         [](FakeRouter& r) { r.answersFrom = SocketAddress(Ipv4Address::of(192, 168, 1, 66), 5351); },
         DropReason::SourceMismatch},
        {"another port", [](FakeRouter& r) { r.answersFrom = SocketAddress(kRouter.v4(), 5352); },
         DropReason::SourceMismatch},
        {"another nonce", [](FakeRouter& r) { r.spoilsNonce = true; }, DropReason::Unauthenticated},
        {"nonsense", [](FakeRouter& r) { r.talksNonsense = true; }, DropReason::Malformed},
    };
    for (const Case& one : cases) {
        GatewayWorld other(config());
        FakeRouter router = pcpRouter();
        one.spoil(router);
        other.add(router);
        other.connect(homeNetwork());
        other.run(5s);
        EXPECT_EQ(other.report.udp.state, State::Failed) << one.name;
        EXPECT_GT(other.mapper.drops().of(one.reason), 0u) << one.name;
        EXPECT_LT(other.sent.size(), 20u) << one.name;
    }
}

// Such an answer carries no nonce: anybody can forge it.
TEST_F(PortMapperTest, aVersionRefusalThatNobodyAskedForUndoesNothing) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(10s);
    world.mapper.handleDatagram(world.now, SocketAddress(kClient.v4(), 0), SocketAddress(kRouter.v4(), 5351),
                                Bytes{0, 0, 0, 1, 0, 0, 0, 9});
    world.drain();
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    EXPECT_EQ(home.countSeen(0, 0), 0u);
}

TEST_F(PortMapperTest, aRouterThatTalksNonsenseIsBroken) {
    FakeRouter router = pcpRouter();
    router.talksNonsense = true;
    add(router);
    world.connect(homeNetwork());
    world.run(4s);
    EXPECT_EQ(world.report.gateways.at(0).pcp, ProtocolAnswer::Broken);
}

// RFC 6887 §8.3
TEST_F(PortMapperTest, aRefusalIsReportedByItsNameAndNotAskedAgainBeforeItsEnd) {
    FakeRouter router = pcpRouter();
    router.pcpError = 2;
    router.errorLifetime = 1800;
    FakeRouter& refusing = add(router);
    world.connect(homeNetwork());
    world.run(10s);
    EXPECT_EQ(world.report.udp.state, State::Failed);
    EXPECT_EQ(world.report.udp.failure, Failure::Refused);
    EXPECT_EQ(world.report.udp.detail, "PCP result 2 (NOT_AUTHORIZED).");
    EXPECT_EQ(world.report.tcp, world.report.udp);
    EXPECT_EQ(refusing.countSeen(2, 1), 1u);
    world.mapper.refresh(world.now);
    world.run(1780s);
    EXPECT_EQ(refusing.countSeen(2, 1), 1u);
    EXPECT_EQ(refusing.countSeen(2, 0), 1u) << "the refresh asked for the epoch, which changes nothing";
    refusing.pcpError = 0;
    world.run(20s);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

TEST_F(PortMapperTest, anErrorIsBelievedForHalfAnHourAtMost) {
    FakeRouter router = pcpRouter();
    router.pcpError = 8;
    router.errorLifetime = 0xffffffff;
    FakeRouter& refusing = add(router);
    world.connect(homeNetwork());
    world.run(10s);
    refusing.pcpError = 0;
    world.run(std::chrono::minutes(30));
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

TEST_F(PortMapperTest, aNatBetweenUsAndTheServerIsSaidSo) {
    FakeRouter router = pcpRouter();
    router.pcpError = 12;
    add(router);
    world.connect(homeNetwork());
    world.run(4s);
    EXPECT_EQ(world.report.udp.detail, "PCP result 12 (ADDRESS_MISMATCH). There is a NAT between this computer and the "
                                       "router.");
}

TEST_F(PortMapperTest, aRouterThatMapsUdpAloneKeepsIt) {
    FakeRouter router = pcpRouter();
    router.refusesTcp = true;
    add(router);
    world.connect(homeNetwork());
    world.run(10s);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    EXPECT_EQ(world.report.tcp.state, State::Failed);
    EXPECT_EQ(world.report.tcp.detail, "PCP result 9 (UNSUPP_PROTOCOL).");
}

TEST_F(PortMapperTest, aNatPmpRefusalIsReportedByItsName) {
    FakeRouter router = natPmpRouter();
    router.natPmpError = 2;
    add(router);
    world.connect(homeNetwork());
    world.run(4s);
    EXPECT_EQ(world.report.udp.state, State::Failed);
    EXPECT_EQ(world.report.udp.failure, Failure::Refused);
    EXPECT_EQ(world.report.udp.detail, "NAT-PMP result 2 (Not Authorized/Refused).");
}

TEST_F(PortMapperTest, aPrivateOuterAddressIsReportedAndTheMappingTakenBack) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter router = speaksPcp ? pcpRouter() : natPmpRouter();
        router.external = SocketAddress(Ipv4Address::of(100, 64, 3, 4), 0);
        FakeRouter& nested = other.add(router);
        other.connect(homeNetwork());
        other.run(4s);
        EXPECT_EQ(other.report.udp.state, State::Failed) << speaksPcp;
        EXPECT_EQ(other.report.udp.failure, Failure::PrivateExternal) << speaksPcp;
        EXPECT_EQ(other.report.udp.routerAddress, Ipv4Address::of(100, 64, 3, 4)) << speaksPcp;
        EXPECT_FALSE(other.report.udp.external) << speaksPcp;
        EXPECT_TRUE(nested.table.empty()) << speaksPcp;
        // The provider gives it a public one; the user looks again.
        nested.external = SocketAddress(kPublic, 0);
        other.mapper.refresh(other.now);
        other.run(1s);
        EXPECT_EQ(other.report.udp.state, State::Claimed) << speaksPcp;
    }
}

// As miniupnpd 2.3 does it behind another NAT: NO_RESOURCES, with its own address where RFC 6887 §11.1 copies ours.
TEST_F(PortMapperTest, aRefusalThatNamesAPrivateOuterAddressSaysWhy) {
    FakeRouter router = pcpRouter();
    router.pcpError = 8;
    router.errorLifetime = 30;
    router.external = SocketAddress(Ipv4Address::of(10, 9, 9, 9), 0);
    router.namesItselfInErrors = true;
    FakeRouter& nested = add(router);
    world.connect(homeNetwork());
    world.run(4s);
    EXPECT_EQ(world.report.udp.state, State::Failed);
    EXPECT_EQ(world.report.udp.failure, Failure::PrivateExternal);
    EXPECT_EQ(world.report.udp.routerAddress, Ipv4Address::of(10, 9, 9, 9));
    EXPECT_EQ(world.report.udp.detail, "PCP result 8 (NO_RESOURCES).");
    world.mapper.refresh(world.now);
    world.run(1s);
    EXPECT_EQ(nested.countSeen(2, 1), 1u) << "RFC 6887 §8.3";
    nested.external = SocketAddress(kPublic, 0);
    world.run(27s);
    EXPECT_EQ(nested.countSeen(2, 1), 2u);
    EXPECT_EQ(world.report.udp.failure, Failure::Refused);
}

TEST_F(PortMapperTest, documentationAddressesAreOnlyPublicInTestNetworks) {
    for (const bool allowReserved : {true, false}) {
        PortMapperConfig lab = config();
        lab.allowReserved = allowReserved;
        GatewayWorld other(lab);
        FakeRouter router = pcpRouter();
        router.external = SocketAddress(Ipv4Address::of(203, 0, 113, 7), 0);
        other.add(router);
        other.connect(homeNetwork());
        other.run(4s);
        EXPECT_EQ(other.report.udp.state, allowReserved ? State::Claimed : State::Failed);
    }
}

TEST_F(PortMapperTest, anotherPortThanOursIsKeptAndSaidSo) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter router = speaksPcp ? pcpRouter() : natPmpRouter();
        router.portShift = 1000;
        other.add(router);
        other.connect(homeNetwork());
        other.run(4s);
        EXPECT_EQ(other.report.udp.state, State::Claimed) << speaksPcp;
        EXPECT_EQ(other.report.udp.failure, Failure::PortDiffers) << speaksPcp;
        EXPECT_EQ(other.report.udp.external, SocketAddress(kPublic, kPort + 1000)) << speaksPcp;
    }
}

TEST_F(PortMapperTest, ofTwoRoutersThePublicOneWinsAndOfEqualsTheFirst) {
    FakeRouter first = pcpRouter();
    FakeRouter second = pcpRouter();
    second.address = SocketAddress(Ipv4Address::of(192, 168, 2, 1), 0);
    second.external = SocketAddress(Ipv4Address::of(45, 83, 2, 2), 0);
    LocalNetwork network = homeNetwork();
    network.routers.push_back({second.address, SocketAddress(Ipv4Address::of(192, 168, 2, 20), 0), 3});
    {
        GatewayWorld other(config());
        other.add(first);
        other.add(second);
        other.connect(network);
        other.run(1s);
        EXPECT_EQ(other.report.udp.gateway, first.address);
        EXPECT_EQ(other.report.gateways.size(), 2u);
    }
    first.external = SocketAddress(Ipv4Address::of(10, 9, 9, 9), 0);
    GatewayWorld other(config());
    other.add(first);
    other.add(second);
    other.connect(network);
    other.run(4s);
    EXPECT_EQ(other.report.udp.state, State::Claimed);
    EXPECT_EQ(other.report.udp.gateway, second.address);
}

// RFC 6887 §11.2: the client MUST use a different nonce for each server; §11.3: and the same one after a restart.
TEST_F(PortMapperTest, noncesDifferByRouterAndSurviveARestart) {
    std::vector<wire::PcpNonce> nonces[2];
    LocalNetwork network = homeNetwork();
    network.routers.push_back(
        {SocketAddress(Ipv4Address::of(192, 168, 2, 1), 0), SocketAddress(Ipv4Address::of(192, 168, 2, 20), 0), 3});
    for (auto& run : nonces) {
        GatewayWorld other(config(), &run == nonces ? 7 : 8);
        other.connect(network);
        for (const GatewayDatagram& datagram : other.sent)
            run.push_back(readPcpRequest(datagram.payload).nonce);
    }
    ASSERT_EQ(nonces[0].size(), 2u);
    EXPECT_NE(nonces[0][0], nonces[0][1]);
    EXPECT_EQ(nonces[0], nonces[1]);
}

// Whoever runs a router somewhere could otherwise speak for us at every other one, and know us by it anywhere.
TEST_F(PortMapperTest, aNonceTellsNothingOfTheSecretNorOfOtherNetworks) {
    const auto nonceAt = [](const SocketAddress& router, const SocketAddress& local) {
        LocalNetwork network;
        network.v4 = {local.v4()};
        network.port = kPort;
        network.routers = {{router, local, 2}};
        GatewayWorld other(config());
        other.connect(network);
        return readPcpRequest(other.sent.front().payload).nonce;
    };
    const SocketAddress home(Ipv4Address::of(192, 168, 1, 1), 0), cafe(Ipv4Address::of(10, 0, 0, 1), 0);
    const SocketAddress local(Ipv4Address::of(192, 168, 1, 20), 0), otherLocal(Ipv4Address::of(192, 168, 1, 77), 0);
    wire::PcpNonce difference = nonceAt(home, local);
    const wire::PcpNonce atCafe = nonceAt(cafe, local);
    int isAsInSecret = 0;
    for (std::size_t i = 0; i < difference.size(); ++i) {
        isAsInSecret += difference[i] == config().nonce[i] ? 1 : 0;
        difference[i] ^= atCafe[i];
    }
    EXPECT_LT(isAsInSecret, 4);
    EXPECT_GT(std::ranges::count_if(difference, [](std::uint8_t octet) { return octet != 0; }), 8);
    EXPECT_NE(nonceAt(home, local), nonceAt(home, otherLocal)) << "another network's router may have the same address";
}

TEST_F(PortMapperTest, shutdownTakesEverythingBackOnce) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter& router = other.add(speaksPcp ? pcpRouter() : natPmpRouter());
        other.connect(homeNetwork());
        other.run(1s);
        ASSERT_EQ(router.table.size(), 2u) << speaksPcp;
        other.sent.clear();
        other.mapper.shutdown(other.now);
        other.drain();
        EXPECT_TRUE(router.table.empty()) << speaksPcp;
        ASSERT_EQ(other.sent.size(), 2u) << speaksPcp;
        // RFC 6887 §15.1, RFC 6886 §3.4: nothing is suggested.
        const Bytes& deletion = other.sent[0].payload;
        const PcpRequestOnWire request = readPcpRequest(deletion);
        if (speaksPcp)
            EXPECT_TRUE(request.externalPort == 0 && request.external == onWire(SocketAddress(Ipv4Address{}, 0)));
        else
            EXPECT_EQ(toHex(deletion), "000100009c40000000000000");
        EXPECT_EQ(other.report.udp.state, State::Off) << speaksPcp;
        EXPECT_FALSE(other.mapper.pollTimeout()) << speaksPcp;
        other.mapper.shutdown(other.now);
        other.mapper.refresh(other.now);
        other.connect(homeNetwork());
        other.run(std::chrono::hours(1));
        EXPECT_EQ(other.sent.size(), 2u) << speaksPcp;
    }
}

TEST_F(PortMapperTest, anAdapterThatNeverDrainsCostsNoMemory) {
    PortMapperConfig own = config();
    SeededRandom random(3);
    PortMapper mapper(own, random);
    Instant now(1h);
    LocalNetwork network = homeNetwork();
    for (int i = 0; i < 500; ++i) {
        network.v4 = {Ipv4Address::of(192, 168, 1, static_cast<std::uint8_t>(i % 250 + 1))};
        mapper.handleNetwork(now += 1s, network);
    }
    std::size_t waiting = 0;
    while (mapper.pollTransmit())
        ++waiting;
    EXPECT_LE(waiting, 128u);
    EXPECT_GT(mapper.drops().of(DropReason::RateLimited), 0u);
}

} // namespace
} // namespace culvert
