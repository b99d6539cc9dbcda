// How soon the Teredo client knows what the NAT is, also when packets are lost, and what it leaves alone for that.
#include "tests/support/teredo_client_world.h"

namespace culvert {
namespace {

using test::kPort;
using test::Nat;
using test::ServerFault;

struct TeredoClientSpeedTest : test::TeredoClientWorld {};

struct SpeedCase {
    const char* what;
    Nat nat;
    Duration roundTrip;
    std::set<std::size_t> lost; ///< questions: 1, 2 and 4 have the cone flag, 3 and 5 are beside them, 6 may be either
    TeredoKind expected;
    Duration atMost;
};
const Nat kOpen{false, true, true, kPort, {}};
const Nat kClosed{};
const Nat kChanging{true, false, false, kPort, {}};
const SpeedCase kSpeeds[] = {
    {"cone", kOpen, 50ms, {}, TeredoKind::Cone, 50ms},
    {"cone, the first question lost", kOpen, 50ms, {1}, TeredoKind::Cone, 550ms},
    {"cone, all lost for a second", kOpen, 50ms, {1, 2, 3}, TeredoKind::Cone, 1050ms},
    {"cone, all lost for a second and a half", kOpen, 50ms, {1, 2, 3, 4, 5}, TeredoKind::Cone, 1550ms},
    {"cone, the cone flag alone lost three times, and an answer beside it",
     kOpen,
     50ms,
     {1, 2, 4, 5},
     TeredoKind::Cone,
     1550ms},
    {"cone, far away", kOpen, 1200ms, {}, TeredoKind::Cone, 1200ms},
    {"restricted", kClosed, 50ms, {}, TeredoKind::Restricted, 1550ms},
    {"restricted, an answer beside the cone test lost", kClosed, 50ms, {3}, TeredoKind::Restricted, 2050ms},
    {"restricted, the last answer beside it lost", kClosed, 50ms, {5}, TeredoKind::Restricted, 2050ms},
    {"restricted, the secondary address's answer lost", kClosed, 50ms, {6}, TeredoKind::Restricted, 2050ms},
    {"restricted, all lost for a second and a half", kClosed, 50ms, {1, 2, 3, 4, 5}, TeredoKind::Restricted, 2050ms},
    {"restricted, far away", kClosed, 600ms, {}, TeredoKind::Restricted, 4s},
    {"symmetric", kChanging, 50ms, {}, TeredoKind::Symmetric, 1550ms},
    {"symmetric, the secondary address's answer lost", kChanging, 50ms, {6}, TeredoKind::Symmetric, 2050ms},
};

TEST_F(TeredoClientSpeedTest, theKindIsKnownWithinTwoSeconds) {
    for (const SpeedCase& each : kSpeeds) {
        SCOPED_TRACE(each.what);
        nat = each.nat;
        delay = each.roundTrip;
        lost = each.lost;
        sent.clear();
        flying.clear();
        now += 1h;
        client.restart(now);
        start();
        run(each.atMost - 1ms);
        EXPECT_TRUE(client.isFirstRound() || each.roundTrip > 50ms);
        run(1ms);
        EXPECT_EQ(client.status().state, TeredoState::Qualified);
        EXPECT_EQ(client.status().kind, each.expected);
        const bool isSpoilt = sentTo(servers[0].secondary) != 0;
        EXPECT_EQ(isSpoilt, each.expected != TeredoKind::Cone);
    }
}

// RFC 4380 §5.2.7 wants an interval that the NAT's memory allows.
TEST_F(TeredoClientSpeedTest, aNatThatForgetsIsAskedMoreOften) {
    nat.letsAllIn = true;
    start();
    run(1s);
    const auto refreshesIn = [this](Duration duration) {
        sent.clear();
        run(duration);
        return sentTo(servers[0].primary);
    };
    EXPECT_LE(refreshesIn(2min), 6U);
    for (std::size_t i = 0; i < TeredoServerRecord::kChangesMax; ++i) {
        ++nat.port;
        client.refresh(now);
        run(100ms);
        ASSERT_EQ(client.status().mapped->port(), nat.port);
    }
    const std::size_t often = refreshesIn(2min);
    EXPECT_GE(often, 16U);
    EXPECT_LE(often, 22U) << "there is a floor";
    run(30min);
    EXPECT_LE(refreshesIn(2min), 6U) << "it may have been a restart of the router alone";
}

TEST_F(TeredoClientSpeedTest, aDoubledAnswerCountsOnce) {
    lost = {5};
    doubles = true;
    start();
    run(1600ms);
    EXPECT_EQ(sentTo(servers[0].secondary), 0U);
    run(500ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
}

TEST_F(TeredoClientSpeedTest, aDeadServerCostsThreeSecondsAndTheReportStillComesInFive) {
    servers[0].fault = ServerFault::Silent;
    addServer();
    start();
    run(2999ms);
    EXPECT_EQ(health(0), TeredoServerHealth::Asking);
    run(1ms);
    EXPECT_EQ(health(0), TeredoServerHealth::NoAnswer);
    EXPECT_TRUE(client.isFirstRound());
    run(1600ms);
    EXPECT_EQ(client.status().server, "server1");
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted);
}

// Once the secondary address was asked, no mapping can be proven for minutes.
TEST_F(TeredoClientSpeedTest, theSecondaryAddressWaitsForTheRouter) {
    client.setGatewaySettled(now, false);
    start();
    run(2s);
    EXPECT_EQ(client.status().state, TeredoState::Probing);
    EXPECT_EQ(client.status().kind, TeredoKind::Restricted) << "the address is of use already";
    EXPECT_TRUE(client.isFirstRound());
    EXPECT_EQ(sentTo(servers[0].secondary), 0U);
    nat.letsAllIn = true;
    client.handleMapping(now, false);
    run(20ms);
    EXPECT_EQ(client.status().kind, TeredoKind::Cone);
}

TEST_F(TeredoClientSpeedTest, theSecondaryAddressIsAskedWhenTheRouterIsKnownOrTheTimeIsUp) {
    nat.isSymmetric = true;
    for (const bool settles : {true, false}) {
        SCOPED_TRACE(settles);
        sent.clear();
        now += 1h;
        client.setGatewaySettled(now, false);
        client.restart(now);
        start();
        run(2s);
        EXPECT_EQ(sentTo(servers[0].secondary), 0U);
        client.setGatewaySettled(now, settles);
        run(settles ? 20ms : 1020ms);
        EXPECT_EQ(client.status().state, TeredoState::Qualified);
        EXPECT_EQ(client.status().kind, TeredoKind::Symmetric);
    }
}

TEST_F(TeredoClientSpeedTest, whatRestsOnAConeTestAloneGoesWithItsServer) {
    servers[0].fault = ServerFault::SilentSecondary;
    client.setGatewaySettled(now, false);
    addServer().fault = ServerFault::Silent;
    start();
    run(2s);
    ASSERT_EQ(client.status().kind, TeredoKind::Restricted);
    run(3600ms);
    EXPECT_EQ(health(0), TeredoServerHealth::NoSecondary);
    EXPECT_FALSE(client.status().kind);
}

} // namespace
} // namespace culvert
