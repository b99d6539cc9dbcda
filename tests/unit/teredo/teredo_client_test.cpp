// The Teredo client in virtual time, with servers that do as scripted and a NAT between.
#include "tests/support/teredo_client_world.h"

namespace culvert {
namespace {

using test::kPort;
using test::kPublic;
using test::Nat;
using test::ServerFault;
using test::TeredoServerDouble;
using TeredoClientTest = test::TeredoClientWorld;

// RFC 4380 §5.2.1
TEST_F(TeredoClientTest, whoLetsTheOtherAddressInIsQualifiedAsConeAtOnce) {
    nat.letsAllIn = true;
    start();
    run(20ms);
    const TeredoStatus status = client.status();
    EXPECT_EQ(status.state, TeredoState::Qualified);
    EXPECT_EQ(status.kind, TeredoKind::Cone);
    EXPECT_EQ(status.mapped, SocketAddress(kPublic, kPort));
    EXPECT_EQ(status.server, "server0");
    EXPECT_EQ(status.roundTrip, 20ms);
    EXPECT_EQ(health(), TeredoServerHealth::Qualified);
    EXPECT_EQ(address().server, servers[0].primary);
    EXPECT_TRUE(address().cone);
    EXPECT_EQ(address().mapped(), SocketAddress(kPublic, kPort));
    // RFC 5991 §3.1: z, U and G are zero.
    EXPECT_EQ(status.address->octets[8] & 0x43, 0);
    EXPECT_EQ(sentTo(servers[0].secondary), 0U) << "that would make the next test worthless";
    EXPECT_EQ(client.pollEvent(), TeredoEvent::Result);
}

TEST_F(TeredoClientTest, aRestrictedNatIsFoundOutByThreeSilences) {
    start();
    run(1500ms);
    EXPECT_EQ(client.status().state, TeredoState::Probing);
    EXPECT_FALSE(client.status().kind);
    EXPECT_TRUE(client.isFirstRound());
    run(40ms);
    EXPECT_EQ(client.status().state, TeredoState::Qualified);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
    EXPECT_FALSE(address().cone);
    EXPECT_FALSE(client.isFirstRound());
    EXPECT_EQ(sentTo(servers[0].primary), 5U) << "three with the cone flag, two without";
    EXPECT_EQ(sentTo(servers[0].secondary), 1U);
}

// RFC 6081 §5.2: it qualifies all the same, with the mapping that the primary address sees, and keeps that.
TEST_F(TeredoClientTest, anotherPortForTheSecondaryAddressIsASymmetricNat) {
    nat.isSymmetric = true;
    start();
    run(1540ms);
    EXPECT_EQ(client.status().state, TeredoState::Qualified);
    EXPECT_EQ(client.status().kind, TeredoKind::Symmetric);
    EXPECT_EQ(address().mapped(), nat.outer({servers[0].primary, kTeredoPort}));
    EXPECT_FALSE(address().cone);
    EXPECT_EQ(health(), TeredoServerHealth::Qualified);
    const auto before = client.status().address;
    const std::size_t asked = sentTo(servers[0].primary);
    run(5min);
    EXPECT_GE(sentTo(servers[0].primary), asked + 10);
    EXPECT_EQ(client.status().address, before);
    // A router may be replaced by a better one.
    nat = Nat{};
    nat.letsAllIn = true;
    run(TeredoClient::kRefreshInterval + TeredoClient::kFilterMemory);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

TEST_F(TeredoClientTest, aSymmetricNatsPortsAreComparedOnlyAsOneServerSeesThem) {
    nat.isSymmetric = true;
    addServer();
    start();
    run(20s);
    ASSERT_EQ(client.status().server, "server0");
    servers[0].fault = ServerFault::Silent;
    client.refresh(now);
    run(15s);
    EXPECT_EQ(client.status().kind, TeredoKind::Symmetric);
    EXPECT_EQ(client.status().server, "server1");
    EXPECT_EQ(address().mapped(), nat.outer({servers[1].primary, kTeredoPort}));
}

struct DiscardCase {
    const char* what;
    const char* section;
    ServerFault fault;
};
const DiscardCase kDiscarded[] = {
    {"no answer at all", "RFC 4380 §5.2.1", ServerFault::Silent},
    {"another nonce than ours", "RFC 4380 §5.2.2", ServerFault::WrongNonce},
    {"no authentication", "RFC 4380 §5.2.2", ServerFault::NoAuthentication},
    {"from an address that the cone flag does not allow", "RFC 4380 §5.3.2", ServerFault::WrongAddress},
    {"from another port than Teredo's", "RFC 4380 §2.7", ServerFault::WrongPort},
    {"the prefix of another server", "RFC 4380 §5.2.1", ServerFault::WrongPrefix},
    {"two prefixes", "RFC 4380 §5.2.1", ServerFault::TwoPrefixes},
    {"to another link-local address than asked", "RFC 4380 §5.2.1", ServerFault::WrongDestination},
    {"not from a link-local address", "RFC 4861 §6.1.2", ServerFault::GlobalSource},
    {"a hop limit that a router has lowered", "RFC 4861 §6.1.2", ServerFault::LowHopLimit},
    {"no router advertisement", "RFC 4380 §5.2.1", ServerFault::NoAdvertisement},
};

TEST_F(TeredoClientTest, wrongAnswersCountAsNone) {
    for (const DiscardCase& each : kDiscarded) {
        const ServerFault fault = each.fault;
        SCOPED_TRACE(std::string(each.what) + ", " + each.section);
        for (const bool letsAllIn : {true, false}) {
            nat = Nat{};
            nat.letsAllIn = letsAllIn;
            servers[0].fault = fault;
            client.restart(now);
            start();
            run(2900ms);
            EXPECT_EQ(client.status().state, TeredoState::Probing);
            run(200ms);
            EXPECT_EQ(client.status().state, TeredoState::Offline);
            EXPECT_FALSE(client.status().kind);
            EXPECT_EQ(health(), TeredoServerHealth::NoAnswer);
            client.restart(now + 1h);
            now += 1h;
        }
    }
}

// RFC 4380 §5.2.1: an origin indication is required. Some servers leave it out.
TEST_F(TeredoClientTest, aServerWithoutAnOriginIsSaidToBeOne) {
    nat.letsAllIn = true;
    for (const ServerFault fault : {ServerFault::NoOrigin, ServerFault::PrivateOrigin}) {
        servers[0].fault = fault;
        start();
        client.restart(now);
        run(100ms);
        EXPECT_EQ(client.status().state, TeredoState::Offline);
        EXPECT_EQ(health(), TeredoServerHealth::NoOrigin);
    }
}

TEST_F(TeredoClientTest, withoutASecondAddressASymmetricNatCannotBeToldAndNothingIsClaimed) {
    servers[0].fault = ServerFault::SilentSecondary;
    start();
    run(12100ms);
    EXPECT_EQ(client.status().state, TeredoState::Offline);
    EXPECT_FALSE(client.status().kind);
    EXPECT_EQ(health(), TeredoServerHealth::NoSecondary);
}

// RFC 4380 §5.2, §5.2.5
TEST_F(TeredoClientTest, refreshesWithinTheIntervalAndWithTheSameFlag) {
    nat.letsAllIn = true;
    start();
    run(10min);
    ASSERT_GT(sent.size(), 20U);
    std::set<Duration> gaps;
    for (std::size_t i = 1; i < sent.size(); ++i) {
        const Duration gap = sent[i].first - sent[i - 1].first;
        EXPECT_GE(gap, 22500ms);
        EXPECT_LE(gap, 30s);
        gaps.insert(gap);
    }
    EXPECT_GT(gaps.size(), sent.size() / 2) << "the interval is random";
    EXPECT_EQ(sentTo(servers[0].secondary), 0U);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

// The secondary address is asked through another mapping, and Linux's NAT forgets a single exchange after 30 s.
TEST_F(TeredoClientTest, theIntervalRunsFromWhatHeldTheMappingOfASymmetricNat) {
    nat.isSymmetric = true;
    servers[0].fault = ServerFault::SilentSecondary;
    start();
    for (int round = 0; round < 20; ++round) {
        run(1900ms);
        servers[0].fault = ServerFault::None;
        run(40s);
        ASSERT_EQ(client.status().kind, TeredoKind::Symmetric);
        servers[0].fault = ServerFault::SilentSecondary;
        client.restart(now);
    }
    std::optional<Instant> last;
    for (const auto& [at, remote] : sent) {
        if (remote.v4() != servers[0].primary)
            continue;
        EXPECT_LE(at - last.value_or(at), 30s);
        last = at;
    }
}

TEST_F(TeredoClientTest, theRandomBitsStayWithMappingAndServer) {
    nat.letsAllIn = true;
    start();
    run(1s);
    const auto first = client.status().address;
    client.restart(now);
    EXPECT_FALSE(client.status().address) << "another network voids it";
    run(1s);
    EXPECT_EQ(client.status().address, first);
    std::set<std::uint16_t> seen{address().random};
    for (int i = 0; i < 8; ++i) {
        ++nat.port;
        client.setSeenByOthers(now, {{kPublic, nat.port}});
        client.refresh(now);
        run(100ms);
        ASSERT_TRUE(client.status().address);
        EXPECT_EQ(address().port, nat.port);
        seen.insert(address().random);
    }
    EXPECT_GT(seen.size(), 4U);
}

// RFC 4380 §5.2.7
TEST_F(TeredoClientTest, whatWasMeasuredBoundsTheIntervalAndALostMappingHalvesIt) {
    start();
    run(20s);
    client.setRefreshMax(now, 90s);
    EXPECT_EQ(client.status().refreshInterval, 90s);
    run(31s);
    std::size_t before = sent.size();
    run(900s);
    EXPECT_GE(sent.size() - before, 10U);
    EXPECT_LE(sent.size() - before, 13U) << "75 to 100 % of 90 s";
    nat.port = kPort + 1;
    run(95s);
    EXPECT_EQ(client.status().refreshInterval, 45s);
    client.setRefreshMax(now, 100s);
    EXPECT_EQ(client.status().refreshInterval, 45s) << "a mapping was lost all the same";
    before = sent.size();
    client.setRefreshMax(now, 10s);
    EXPECT_EQ(client.status().refreshInterval, 10s);
    run(10s);
    EXPECT_GE(sent.size() - before, 1U) << "the next one does not wait";
    client.restart(now);
    run(20s);
    EXPECT_EQ(client.status().refreshInterval, TeredoClient::kRefreshInterval);
}

// RFC 4380 §5.2.5: the old address is invalid at once.
TEST_F(TeredoClientTest, anotherMappingStartsOver) {
    start();
    run(7s);
    ASSERT_EQ(client.status().kind, TeredoKind::Restricted);
    nat.port = 50000;
    client.refresh(now);
    run(20ms);
    EXPECT_EQ(client.status().state, TeredoState::Probing);
    EXPECT_FALSE(client.status().address);
    run(7s);
    EXPECT_EQ(client.status().mapped, SocketAddress(kPublic, 50000));
}

// The filters of NATs remember whom we sent to, for minutes: what comes from there proves nothing.
TEST_F(TeredoClientTest, whomWeSentToProvesNoConeNat) {
    start();
    run(7s);
    ASSERT_EQ(client.status().kind, TeredoKind::Restricted);
    ASSERT_TRUE(nat.letsIn({servers[0].secondary, kTeredoPort}, {kPublic, kPort}));
    for (const auto& again : {+[](TeredoClient&c, Instant at) { c.refresh(at); },
                              +[](TeredoClient&c, Instant at) { c.handleMapping(at, false); },
                              +[](TeredoClient&c, Instant at) { c.handleMapping(at, true); }}) {
        again(client, now);
        run(8s);
        EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
    }
    // The NAT has forgotten it by then.
    run(TeredoClient::kFilterMemory - 30s);
    nat.sentTo.erase({servers[0].secondary, kTeredoPort});
    run(60s);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
}

TEST_F(TeredoClientTest, aMappingThatComesLateIsFoundWhenTheFilterHasForgotten) {
    start();
    run(7s);
    nat.letsAllIn = true;
    client.handleMapping(now, false);
    run(TeredoClient::kFilterMemory + 100ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

TEST_F(TeredoClientTest, aMappingThatComesWhileTheConeTestRunsIsFoundAtOnce) {
    start();
    run(600ms);
    nat.letsAllIn = true;
    client.handleMapping(now, false);
    run(20ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

// What came in through a mapping may be let in for a while after the mapping is gone.
TEST_F(TeredoClientTest, aLostMappingIsNotProvenByWhatItLetIn) {
    nat.letsAllIn = true;
    start();
    run(1s);
    ASSERT_EQ(client.status().kind, TeredoKind::Cone);
    client.handleMapping(now, true); // The NAT still lets everything in.
    EXPECT_FALSE(client.status().address);
    run(8s);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
    run(TeredoClient::kFilterMemory + 100ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone) << "the NAT is open without it";
}

TEST_F(TeredoClientTest, whoTheSocketSpokeWithForOtherReasonsProvesNothing) {
    nat.letsAllIn = true;
    wasContacted = true;
    start();
    run(1s);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
}

TEST_F(TeredoClientTest, aClosedWayInIsNoticedThoughTheServerIsWell) {
    nat.letsAllIn = true;
    start();
    run(1s);
    nat.letsAllIn = false;
    run(30s + 6s + 100ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
    EXPECT_EQ(health(), TeredoServerHealth::Qualified);
}

TEST_F(TeredoClientTest, aDeadServerIsReplacedWithinFifteenSeconds) {
    for (const bool isCone : {true, false}) {
        SCOPED_TRACE(isCone);
        client.setServers(now, {});
        servers.resize(1);
        servers[0].fault = ServerFault::None;
        TeredoServerDouble& second = addServer();
        nat = Nat{};
        nat.letsAllIn = isCone;
        now += 1h;
        start();
        run(10s);
        ASSERT_EQ(client.status().server, "server0");
        EXPECT_EQ(health(1), TeredoServerHealth::Answers) << "it is measured before it is needed";
        const auto before = client.status().address;
        servers[0].fault = ServerFault::Silent;
        client.refresh(now);
        run(5900ms);
        EXPECT_EQ(client.status().address, before) << "nothing says that it is wrong";
        run(9s);
        EXPECT_EQ(client.status().server, "server1");
        EXPECT_EQ(client.status().kind, isCone ? TeredoKind::Cone : TeredoKind::Restricted);
        EXPECT_EQ(address().server, second.primary);
        EXPECT_EQ(health(0), TeredoServerHealth::NoAnswer);
        client.restart(now);
    }
}

TEST_F(TeredoClientTest, theMostReliableServerComesFirstThenTheNearest) {
    TeredoServerRecord never, far, near, flaky;
    far.noteAnswer(80ms);
    near.noteAnswer(20ms);
    flaky.noteAnswer(5ms);
    flaky.noteSilence();
    EXPECT_TRUE(isBetterServer(near, far));
    EXPECT_FALSE(isBetterServer(far, near));
    EXPECT_TRUE(isBetterServer(far, flaky));
    EXPECT_TRUE(isBetterServer(far, never)) << "what answered is better than what was never asked";
    flaky.noteSilence();
    EXPECT_TRUE(isBetterServer(never, flaky)) << "and that is better than what seldom answers";
    EXPECT_FALSE(isBetterServer(never, never));
}

TEST_F(TeredoClientTest, whenAllFailItRestsLongerEachTimeButNeverMoreThanFiveMinutes) {
    isCut = true;
    addServer();
    start();
    run(1h);
    std::vector<Duration> rests;
    for (std::size_t i = 1; i < sent.size(); ++i)
        if (const Duration gap = sent[i].first - sent[i - 1].first; gap > TeredoClient::kLastWait)
            rests.push_back(gap - TeredoClient::kLastWait);
    ASSERT_GE(rests.size(), 7U);
    EXPECT_EQ(rests[0], 10s);
    EXPECT_EQ(rests[1], 20s);
    EXPECT_EQ(rests.back(), 5min);
    EXPECT_LT(sent.size(), 250U);
    isCut = false;
    nat.letsAllIn = true;
    client.refresh(now); // Somebody pressed a key: now.
    run(100ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

// RFC 4380 §5.5
TEST_F(TeredoClientTest, withNativeIpv6ItIsSilentAndForgetsWhatItWas) {
    nat.letsAllIn = true;
    use(1);
    run(1min);
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(health(), TeredoServerHealth::NotUsed);
    client.setAllowed(now, true);
    run(1s);
    EXPECT_TRUE(client.status().address);
    client.setAllowed(now, false);
    EXPECT_FALSE(client.status().address);
    EXPECT_EQ(client.status().state, TeredoState::Off);
    EXPECT_FALSE(client.pollTimeout());
    EXPECT_FALSE(client.handleDatagram(now, Datagram{{}, {servers[0].primary, kTeredoPort}, {}, 0}, false));
}

TEST_F(TeredoClientTest, namesLeadToAFewGlobalAddressesAndNeverToTheSecondaryOfAnother) {
    client.setAllowed(now, true);
    const Ipv4Address primary = servers[0].primary, secondary = servers[0].secondary;
    client.setServers(now, {{"both", {secondary, primary}}, {"private", {Ipv4Address::of(10, 0, 0, 1)}}, {"none", {}}});
    run(1min);
    for (const auto& [at, remote] : sent)
        EXPECT_FALSE(remote.v4().isPrivate());
    EXPECT_EQ(sent.front().second.v4(), primary);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
    EXPECT_EQ(health(1), TeredoServerHealth::Unresolved);
    EXPECT_EQ(health(2), TeredoServerHealth::Unresolved);
}

// Names of several servers lead to others each time they are asked.
TEST_F(TeredoClientTest, aServerThatWorksStaysWhenItsNameLeadsElsewhere) {
    nat.letsAllIn = true;
    client.setAllowed(now, true);
    client.setServers(now, {{"pool", {servers[0].primary}}});
    run(1s);
    const auto before = client.status().address;
    client.setServers(now, {{"pool", {addServer().primary}}});
    run(1min);
    EXPECT_EQ(client.status().address, before);
    client.setServers(now, {{"mine", {servers[1].primary}}});
    run(1s);
    EXPECT_EQ(client.status().server, "mine");
}

TEST_F(TeredoClientTest, whatIsNoAdvertisementIsLeftToOthers) {
    nat.letsAllIn = true;
    start();
    run(1s);
    const SocketAddress server(servers[0].primary, kTeredoPort);
    wire::Ipv6Packet bubble;
    bubble.source = *Ipv6Address::fromText("2a0e:b107::1");
    bubble.destination = *client.status().address;
    EXPECT_FALSE(client.handleDatagram(now, Datagram{{}, server, wire::encode(bubble), 0}, false));
    EXPECT_FALSE(client.handleDatagram(now, Datagram{{}, server, Bytes{1, 2, 3}, 0}, false));
    wire::Ipv6Packet local;
    local.source = *Ipv6Address::fromText("fe80::1");
    EXPECT_FALSE(client.handleDatagram(now, Datagram{{}, server, wire::encode(local), 0}, false))
        << "a relay's bubble (RFC 4380 §5.4.1), which the server forwards";
    EXPECT_EQ(client.refused(), 0U);
    local.nextHeader = wire::kNextHeaderIcmpv6;
    EXPECT_TRUE(client.handleDatagram(now, Datagram{{}, server, wire::encode(local), 0}, false));
    EXPECT_EQ(client.refused(), 1U);
}

TEST_F(TeredoClientTest, theSecondaryAddressIsTheNextOneUnlessAnotherWasSeen) {
    TeredoServerRecord record;
    record.address = Ipv4Address::of(83, 170, 6, 255);
    EXPECT_EQ(record.secondaryAddress(), Ipv4Address::of(83, 170, 7, 0));
    record.secondary = Ipv4Address::of(1, 2, 3, 4);
    EXPECT_EQ(record.secondaryAddress(), Ipv4Address::of(1, 2, 3, 4));
}

} // namespace
} // namespace culvert
