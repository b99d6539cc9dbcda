// Mappings over time: renewals, routers that restart, announcements, UPnP beside.
#include "tests/unit/gateway/port_mapper_fixture.h"

namespace culvert {
namespace {

using namespace test;
using State = PortMappingState;
using Failure = PortMappingFailure;

const Ipv4Address kOther = Ipv4Address::of(45, 83, 7, 7);

UpnpState upnp(bool isMapped, bool isConfirmed) {
    UpnpState state;
    state.answer = ProtocolAnswer::Speaks;
    state.gateway = kRouter;
    state.routerAddress = kPublic;
    state.udp.isMapped = isMapped;
    state.udp.isConfirmed = isConfirmed;
    state.udp.external = kPort;
    state.tcp = state.udp;
    return state;
}

// RFC 6887 §11.2.1: a first renewal at 1/2 to 5/8 of the life.
TEST_F(PortMapperTest, aMappingIsRenewedBetweenHalfAndFiveEighthsOfItsLife) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter router = speaksPcp ? pcpRouter() : natPmpRouter();
        router.lifetime = 800;
        FakeRouter& home = other.add(router);
        other.connect(homeNetwork());
        other.run(10s);
        const std::size_t asked = home.seen.size();
        other.run(389s);
        EXPECT_EQ(home.seen.size(), asked) << speaksPcp;
        other.run(102s);
        EXPECT_GT(home.seen.size(), asked) << speaksPcp;
        other.run(std::chrono::hours(5));
        EXPECT_TRUE(home.holds(kClient, false, other.now)) << speaksPcp;
        EXPECT_TRUE(home.holds(kClient, true, other.now)) << speaksPcp;
        EXPECT_EQ(other.report.udp.state, State::Claimed) << speaksPcp;
    }
}

// RFC 6887 §11.2.1: then 3/4, 7/8, …, never less than four seconds apart; the mapping stands until its end.
TEST_F(PortMapperTest, renewalsInVainKeepTheMappingUntilItsEnd) {
    FakeRouter router = pcpRouter();
    router.lifetime = 800;
    FakeRouter& home = add(router);
    world.connect(homeNetwork());
    world.run(1s);
    home.isDead = true;
    const std::size_t asked = home.seen.size();
    world.run(798s);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    std::vector<Instant> udp;
    for (std::size_t i = asked; i < home.seen.size(); ++i)
        if (readPcpRequest(home.seen[i].second).protocol == 17)
            udp.push_back(home.seen[i].first);
    EXPECT_GE(udp.size(), 4u);
    EXPECT_LE(udp.size(), 9u);
    for (std::size_t i = 1; i < udp.size(); ++i)
        EXPECT_GE(udp[i] - udp[i - 1], 4s);
    world.run(2s);
    EXPECT_EQ(world.report.udp.state, State::Trying);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kPublic, kPort)) << "what was mapped before";
    world.run(10s);
    EXPECT_EQ(world.report.udp.state, State::Failed);
    EXPECT_EQ(world.report.udp.failure, Failure::NoRouter);
}

TEST_F(PortMapperTest, absurdlyShortLifetimesMakeNoFlood) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter router = speaksPcp ? pcpRouter() : natPmpRouter();
        router.lifetime = 1;
        other.add(router);
        other.connect(homeNetwork());
        other.run(400s);
        EXPECT_LT(other.sent.size(), 400u) << speaksPcp;
    }
}

// RFC 6887 §14.1.3, RFC 6886 §3.7
TEST_F(PortMapperTest, aRestartedRouterThatAnnouncesItselfIsMappedAgainWithinASecond) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter& home = other.add(speaksPcp ? pcpRouter() : natPmpRouter());
        other.connect(homeNetwork());
        other.run(100s);
        home.restart(other.now);
        other.run(1s);
        EXPECT_TRUE(home.table.empty());
        other.announce(home, speaksPcp ? home.pcpAnnouncement(other.now) : home.natPmpAnnouncement(other.now));
        other.run(1s);
        EXPECT_TRUE(home.holds(kClient, false, other.now)) << speaksPcp;
        EXPECT_TRUE(home.holds(kClient, true, other.now)) << speaksPcp;
    }
}

TEST_F(PortMapperTest, aChangedExternalAddressIsReportedWithinASecondOfTheAnnouncement) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter& home = other.add(speaksPcp ? pcpRouter() : natPmpRouter());
        other.connect(homeNetwork());
        other.run(100s);
        home.external = SocketAddress(kOther, 0);
        home.restart(other.now);
        other.announce(home, speaksPcp ? home.pcpAnnouncement(other.now) : home.natPmpAnnouncement(other.now));
        other.run(1s);
        EXPECT_EQ(other.report.udp.state, State::Claimed) << speaksPcp;
        EXPECT_EQ(other.report.udp.external, SocketAddress(kOther, kPort)) << speaksPcp;
        EXPECT_EQ(other.report.udp.routerAddress, kOther) << speaksPcp;
    }
}

// RFC 6886 §3.2.1: some routers keep their epoch when only the address changes.
TEST_F(PortMapperTest, aNatPmpAnnouncementOfAnotherAddressIsNewsWhateverItsEpoch) {
    FakeRouter& home = add(natPmpRouter());
    world.connect(homeNetwork());
    world.run(100s);
    home.external = SocketAddress(kOther, 0);
    world.announce(home, home.natPmpAnnouncement(world.now));
    world.run(1s);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kOther, kPort));
}

TEST_F(PortMapperTest, aRouterThatIsAwayForAMinuteIsMappedWithinTenSecondsOfItsReturn) {
    for (const bool speaksPcp : {true, false}) {
        GatewayWorld other(config());
        FakeRouter& home = other.add(speaksPcp ? pcpRouter() : natPmpRouter());
        other.connect(homeNetwork());
        other.run(100s);
        home.isDead = true;
        other.mapper.refresh(other.now); // The link went down and up with it.
        other.run(60s);
        EXPECT_EQ(other.report.udp.state, State::Failed) << speaksPcp;
        home.isDead = false;
        home.restart(other.now);
        other.announce(home, speaksPcp ? home.pcpAnnouncement(other.now) : home.natPmpAnnouncement(other.now));
        other.run(10s);
        EXPECT_EQ(other.report.udp.state, State::Claimed) << speaksPcp;
        EXPECT_TRUE(home.holds(kClient, true, other.now)) << speaksPcp;
    }
}

// RFC 6887 §14.2
TEST_F(PortMapperTest, aMappingUpdateThatNobodyAskedForChangesTheReport) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(100s);
    const PcpRequestOnWire asked = readPcpRequest(world.sent.front().payload);
    wire::PcpResponse update;
    update.opcode = wire::PcpOpcode::Map;
    update.lifetime = 600;
    update.epoch = home.epoch(world.now);
    update.map = {asked.nonce, 17, kPort, SocketAddress(kOther, kPort)};
    world.mapper.handleDatagram(world.now, SocketAddress(kClient.v4(), 0), SocketAddress(kRouter.v4(), 5351),
                                pcpResponse(update));
    world.drain();
    EXPECT_EQ(world.report.udp.external, SocketAddress(kOther, kPort));
    EXPECT_EQ(world.report.udp.lifetime, 600s);
}

// Each change would be told to every contact, and written to the disk.
TEST_F(PortMapperTest, aRouterThatChangesItsMindAllTheTimeIsReportedNowAndThen) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(100s);
    const PcpRequestOnWire asked = readPcpRequest(world.sent.front().payload);
    const std::size_t before = world.changes.size();
    SocketAddress last;
    for (std::uint16_t i = 0; i < 1000; ++i) {
        wire::PcpResponse update;
        update.opcode = wire::PcpOpcode::Map;
        update.lifetime = 600;
        update.epoch = home.epoch(world.now);
        last = SocketAddress(kOther, static_cast<std::uint16_t>(1024 + i));
        update.map = {asked.nonce, 17, kPort, last};
        world.mapper.handleDatagram(world.now, SocketAddress(kClient.v4(), 0), SocketAddress(kRouter.v4(), 5351),
                                    pcpResponse(update));
        world.run(10ms);
    }
    EXPECT_LE(world.changes.size() - before, std::size_t{PortMapper::kReportsAtOnce + 6});
    world.run(2s);
    EXPECT_EQ(world.report.udp.external, last);
}

TEST_F(PortMapperTest, aRefusedRouterIsAskedAgainAtOnceWhenItRestarts) {
    FakeRouter router = pcpRouter();
    router.pcpError = 2;
    FakeRouter& home = add(router);
    world.connect(homeNetwork());
    world.run(100s);
    home.pcpError = 0; // The user switched it on, and the router restarted for that.
    home.restart(world.now);
    world.announce(home, home.pcpAnnouncement(world.now));
    world.run(1s);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

// RFC 6887 §8.5 lets an epoch be off by seconds, so the epoch alone does not tell this restart.
TEST_F(PortMapperTest, aRouterThatRestartsRightAfterItsStartIsMappedAgain) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(500ms);
    home.restart(world.now);
    world.announce(home, home.pcpAnnouncement(world.now));
    world.run(3s);
    EXPECT_TRUE(home.holds(kClient, false, world.now));
}

// A restart that nobody announces shows in the next answer: here the one to the user's question.
TEST_F(PortMapperTest, anEpochThatRanBackwardsInAnyAnswerMakesEverythingAnew) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(1000s);
    home.restart(world.now);
    world.mapper.refresh(world.now);
    world.run(10s);
    EXPECT_TRUE(home.holds(kClient, false, world.now));
    EXPECT_TRUE(home.holds(kClient, true, world.now));
}

TEST_F(PortMapperTest, announcementsOfStrangersAndOfTheSameEpochAskNothing) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(100s);
    const std::size_t asked = world.sent.size();
    FakeRouter stranger = home;
    stranger.address = SocketAddress(Ipv4Address::of(192, 168, 1, 66), 0);
    stranger.restart(world.now);
    world.announce(stranger, stranger.pcpAnnouncement(world.now));
    world.announce(home, stranger.pcpAnnouncement(world.now), 1900);
    world.announce(home, home.pcpAnnouncement(world.now));
    world.announce(home, Bytes(9, 0xee));
    world.run(10s);
    EXPECT_EQ(world.sent.size(), asked);
    EXPECT_EQ(world.mapper.drops().of(DropReason::SourceMismatch), 2u);
    EXPECT_EQ(world.mapper.drops().of(DropReason::Malformed), 1u);
}

TEST_F(PortMapperTest, aFloodOfAnnouncementsAsksAtMostOnceInTwoSeconds) {
    FakeRouter& home = add(pcpRouter());
    world.connect(homeNetwork());
    world.run(10s);
    const std::size_t asked = home.countSeen(2, 1);
    const Bytes notify = toBytes(asBytes("NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\n\r\n"));
    for (int i = 0; i < 1000; ++i) {
        world.announce(home, i % 2 == 0 ? notify : pcpHeader(2, 0, 0, 0, static_cast<std::uint32_t>(i * 7919)), 5351);
        world.run(20ms);
    }
    EXPECT_GE(home.countSeen(2, 1), asked + 10);
    EXPECT_LE(home.countSeen(2, 1), asked + 60) << "UDP and TCP: ten refreshes, and as many recoveries";
}

// A second announcement within the two seconds may be the one that matters.
TEST_F(PortMapperTest, anAnnouncementThatComesTooSoonIsAnsweredLaterNotForgotten) {
    FakeRouter router = natPmpRouter();
    FakeRouter& home = add(router);
    world.connect(homeNetwork());
    world.run(10s);
    world.announce(home, toBytes(asBytes("NOTIFY * HTTP/1.1\r\n\r\n")), 1900);
    world.run(500ms);
    home.table.clear();
    world.announce(home, toBytes(asBytes("NOTIFY * HTTP/1.1\r\n\r\n")), 1900);
    world.run(1s);
    EXPECT_TRUE(home.table.empty());
    world.run(1s);
    EXPECT_FALSE(home.table.empty());
}

TEST_F(PortMapperTest, announcementsDoNotUnsettleTheReport) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    add(router);
    world.connect(homeNetwork());
    world.run(10s);
    ASSERT_TRUE(world.report.isSettled);
    const std::size_t changes = world.changes.size();
    world.announce(world.routers[0], toBytes(asBytes("NOTIFY * HTTP/1.1\r\n\r\n")), 1900);
    world.run(10s);
    EXPECT_EQ(world.changes.size(), changes);
}

TEST_F(PortMapperTest, aRouterThatLearnsPcpIsFoundOutByARefresh) {
    FakeRouter& home = add(natPmpRouter());
    world.connect(homeNetwork());
    world.run(10s);
    ASSERT_EQ(world.report.udp.protocol, MappingProtocol::NatPmp);
    home.speaksPcp = true;
    world.mapper.refresh(world.now);
    world.run(1s);
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::Pcp);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

TEST_F(PortMapperTest, anotherNetworksRouterIsAskedAtOnceAndTheOldMappingTakenBack) {
    FakeRouter& home = add(pcpRouter());
    FakeRouter cafe = pcpRouter();
    cafe.address = SocketAddress(Ipv4Address::of(10, 0, 0, 1), 0);
    cafe.external = SocketAddress(kOther, 0);
    add(cafe);
    world.connect(homeNetwork());
    world.run(10s);
    world.say(upnp(true, true));
    LocalNetwork network = homeNetwork();
    network.v4 = {Ipv4Address::of(10, 0, 0, 5)};
    network.routers = {{cafe.address, SocketAddress(Ipv4Address::of(10, 0, 0, 5), 0), 4}};
    world.connect(network);
    EXPECT_EQ(world.report.udp.state, State::Trying);
    EXPECT_FALSE(world.report.udp.external) << "what the other router had mapped leads nowhere from here";
    world.run(100ms);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kOther, kPort));
    EXPECT_TRUE(home.table.empty());
}

TEST_F(PortMapperTest, upnpsReadBackConfirmsWhatPcpMapped) {
    add(pcpRouter());
    world.connect(homeNetwork());
    world.run(1s);
    world.say(upnp(false, true));
    EXPECT_EQ(world.report.udp.state, State::Confirmed);
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::Pcp);
    EXPECT_TRUE(world.report.isSettled);
    UpnpState elsewhere = upnp(false, true);
    elsewhere.gateway = SocketAddress(Ipv4Address::of(192, 168, 1, 2), 0);
    elsewhere.routerAddress.reset();
    elsewhere.udp.isConfirmed = false;
    world.say(elsewhere);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

TEST_F(PortMapperTest, upnpMapsWhenTheOthersHadTheirHeadStartAndNoSooner) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    add(router);
    world.connect(homeNetwork());
    world.say(upnp(false, false));
    world.run(599ms);
    EXPECT_FALSE(world.mapper.upnpWish().map);
    world.run(1ms);
    EXPECT_TRUE(world.mapper.upnpWish().map);
    EXPECT_EQ(world.mapper.upnpWish().port, kPort);
    world.say(upnp(true, false));
    EXPECT_EQ(world.report.udp.state, State::Claimed);
    world.say(upnp(true, true));
    EXPECT_EQ(world.report.udp.state, State::Confirmed);
    EXPECT_EQ(world.report.udp.protocol, MappingProtocol::Upnp);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kPublic, kPort));
}

TEST_F(PortMapperTest, theOuterPortThatUpnpGotIsTheOneThatIsTold) {
    world.connect(homeNetwork());
    world.run(600ms);
    UpnpState state = upnp(true, true);
    state.udp.external = state.tcp.external = 50000;
    world.say(state);
    world.run(4s);
    EXPECT_EQ(world.report.udp.state, State::Confirmed);
    EXPECT_EQ(world.report.udp.failure, Failure::PortDiffers);
    EXPECT_EQ(world.report.udp.external, SocketAddress(kPublic, 50000));
    EXPECT_EQ(world.report.tcp.external, SocketAddress(kPublic, 50000));
}

TEST_F(PortMapperTest, upnpMapsAtOnceWhenTheOthersRefused) {
    FakeRouter router = pcpRouter();
    router.pcpError = 2;
    add(router);
    world.connect(homeNetwork());
    world.run(20ms);
    EXPECT_TRUE(world.mapper.upnpWish().map);
}

TEST_F(PortMapperTest, upnpsMappingGoesOnUntilPcpsHasStoodForTenSeconds) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    FakeRouter& home = add(router);
    world.connect(homeNetwork());
    world.run(700ms);
    world.say(upnp(true, true));
    home.isDead = false;
    world.run(1300ms);
    ASSERT_EQ(home.table.size(), 2u);
    EXPECT_TRUE(world.mapper.upnpWish().map);
    world.run(8s);
    EXPECT_TRUE(world.mapper.upnpWish().map);
    world.run(2s);
    EXPECT_FALSE(world.mapper.upnpWish().map);
    home.table.clear(); // UPnP took the one entry that both had made.
    world.run(3s);
    EXPECT_EQ(home.table.size(), 2u);
    EXPECT_EQ(world.report.udp.state, State::Confirmed);
}

TEST_F(PortMapperTest, aChangeOfOtherAddressesDoesNotStopUpnp) {
    FakeRouter router = pcpRouter();
    router.isDead = true;
    add(router);
    world.connect(homeNetwork());
    world.run(4s);
    ASSERT_TRUE(world.mapper.upnpWish().map);
    LocalNetwork network = homeNetwork();
    network.native6 = {kStable};
    world.connect(network);
    EXPECT_TRUE(world.mapper.upnpWish().map);
}

TEST_F(PortMapperTest, upnpsFailuresAreWorded) {
    struct Case {
        const char* name;
        void (*change)(UpnpState&);
        Failure failure;
        const char* detail;
    };
    const Case cases[] = {
        {"an error", [](UpnpState& s) { s.udp.error = 501, s.udp.words = "ActionFailed"; }, Failure::Refused,
         "UPnP error 501 (ActionFailed)."},
        {"another computer's", [](UpnpState& s) { s.udp.isForAnother = true; }, Failure::AnotherHost, ""},
        {"a router behind a NAT",
         [](UpnpState& s) { s.udp.isMapped = true, s.routerAddress = Ipv4Address::of(192, 168, 0, 2); },
         Failure::PrivateExternal, ""},
        {"no UPnP", [](UpnpState& s) { s.answer = ProtocolAnswer::Silent; }, Failure::NoRouter, ""},
    };
    for (const Case& one : cases) {
        GatewayWorld other(config());
        FakeRouter router = pcpRouter();
        router.isDead = true;
        other.add(router);
        other.connect(homeNetwork());
        UpnpState state = upnp(false, false);
        one.change(state);
        other.say(state);
        other.run(4s);
        EXPECT_EQ(other.report.udp.state, State::Failed) << one.name;
        EXPECT_EQ(other.report.udp.failure, one.failure) << one.name;
        EXPECT_EQ(other.report.udp.detail, one.detail) << one.name;
    }
}

TEST_F(PortMapperTest, aPcpMappingNeedsNoUpnpToBeSettled) {
    add(pcpRouter());
    UpnpState silent;
    silent.answer = ProtocolAnswer::Silent;
    world.connect(homeNetwork());
    world.run(100ms);
    EXPECT_FALSE(world.report.isSettled) << "UPnP may still confirm it";
    world.say(silent);
    EXPECT_TRUE(world.report.isSettled);
    EXPECT_EQ(world.report.udp.state, State::Claimed);
}

} // namespace
} // namespace culvert
