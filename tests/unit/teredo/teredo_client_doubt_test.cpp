// The Teredo client and servers that show another mapping again and again; and NATs that truly have another one.
#include "tests/support/teredo_client_world.h"

namespace culvert {
namespace {

using test::kPort;
using test::kPublic;

struct TeredoDoubtTest : test::TeredoClientWorld {
    std::optional<Ipv6Address> told;
    unsigned timesTold = 0;

    // What contacts would be told, looked at every half second.
    void watch(Duration duration) {
        for (const Instant end = now + duration; now < end;) {
            run(500ms);
            const auto address = client.status().address;
            timesTold += address && address != told ? 1 : 0;
            told = address ? address : told;
        }
    }
    void lieFor(Duration duration, Duration each = 20s) {
        for (const Instant end = now + duration; now < end; watch(each))
            servers[0].lie = static_cast<std::uint16_t>(servers[0].lie % 20000 + 7);
    }
    SocketAddress truth() const { return {kPublic, nat.port}; }
};

TEST_F(TeredoDoubtTest, aServerThatLiesAnewEachTimeIsLeftForAnother) {
    addServer();
    start();
    watch(10s);
    ASSERT_EQ(client.status().server, "server0");
    ASSERT_EQ(timesTold, 1U);
    lieFor(10min);
    EXPECT_EQ(client.status().server, "server1");
    EXPECT_EQ(client.status().mapped, truth());
    EXPECT_EQ(health(0), TeredoServerHealth::Unsteady);
    EXPECT_LE(timesTold, 1 + TeredoServerRecord::kChangesMax + 1) << "the last is the other server's";
    const unsigned before = timesTold;
    lieFor(4h);
    EXPECT_EQ(timesTold, before) << "who is well stays in use";
}

TEST_F(TeredoDoubtTest, withoutAnotherServerNothingIsToldForLongerEachTime) {
    start();
    watch(10s);
    lieFor(6min);
    EXPECT_EQ(client.status().state, TeredoState::Offline);
    EXPECT_FALSE(client.status().address);
    EXPECT_EQ(health(0), TeredoServerHealth::Unsteady);
    EXPECT_LE(timesTold, 1 + TeredoServerRecord::kChangesMax);
    const unsigned asked = servers[0].asked;
    client.refresh(now);
    watch(3min);
    EXPECT_EQ(servers[0].asked, asked) << "nor is it asked meanwhile";
    timesTold = 0;
    lieFor(24h);
    EXPECT_LE(timesTold, 17 * (TeredoServerRecord::kChangesMax + 1)) << "twice a minute would be thousands";
    // A day without lies, and it has a name again.
    watch(24h);
    EXPECT_EQ(client.status().state, TeredoState::Qualified);
    timesTold = 0;
    for (int i = 0; i < 3; ++i)
        lieFor(60s, 60s);
    EXPECT_EQ(timesTold, 3U);
}

// RFC 4380 §5.2.5: a true change is followed at the next refresh, with nobody else to ask.
TEST_F(TeredoDoubtTest, aNatThatChangesItsMappingIsFollowedAtOnce) {
    start();
    watch(10s);
    for (int round = 0; round < 4; ++round) {
        for (std::size_t i = 0; i < TeredoServerRecord::kChangesMax; ++i) {
            nat.port = static_cast<std::uint16_t>(nat.port + 10);
            watch(TeredoClient::kRefreshInterval + 3s);
            EXPECT_EQ(client.status().mapped, truth()) << round << ": " << i;
        }
        watch(TeredoServerRecord::kChangesIn);
    }
    EXPECT_EQ(health(), TeredoServerHealth::Qualified);
}

TEST_F(TeredoDoubtTest, whoSaysWhatOthersSayIsNeverInDoubt) {
    start();
    watch(10s);
    for (int i = 0; i < 20; ++i) {
        nat.port = static_cast<std::uint16_t>(nat.port + 10);
        client.setSeenByOthers(now, {truth()});
        watch(TeredoClient::kRefreshInterval + 3s);
        ASSERT_EQ(client.status().mapped, truth()) << i;
    }
    // Its word comes first, and the others' later.
    for (int i = 0; i < 20; ++i) {
        nat.port = static_cast<std::uint16_t>(nat.port + 10);
        watch(TeredoClient::kRefreshInterval + 3s);
        client.setSeenByOthers(now, {truth()});
        watch(3s);
        ASSERT_EQ(client.status().mapped, truth()) << i;
    }
}

TEST_F(TeredoDoubtTest, doubtEndsWhenSomebodyElseSaysTheSame) {
    start();
    watch(10s);
    for (std::size_t i = 0; i <= TeredoServerRecord::kChangesMax; ++i) {
        nat.port = static_cast<std::uint16_t>(nat.port + 10);
        watch(TeredoClient::kRefreshInterval + 3s);
    }
    ASSERT_EQ(client.status().state, TeredoState::Offline);
    client.setSeenByOthers(now, {SocketAddress(kPublic, 1)});
    watch(3s);
    ASSERT_EQ(client.status().state, TeredoState::Offline);
    client.setSeenByOthers(now, {truth()});
    watch(3s);
    EXPECT_EQ(client.status().mapped, truth());
}

// The truth now and then does not buy a lie between, whoever is first to tell it.
TEST_F(TeredoDoubtTest, liesCountThoughTheTruthIsToldBetweenThem) {
    for (const bool isFirst : {true, false}) {
        client.restart(now);
        timesTold = 0;
        start();
        watch(10s);
        for (int i = 0; i < 4; ++i) {
            client.setSeenByOthers(now, {});
            lieFor(30s, 30s);
            servers[0].lie = 0;
            if (isFirst)
                client.setSeenByOthers(now, {truth()});
            watch(30s);
            client.setSeenByOthers(now, {truth()});
        }
        EXPECT_EQ(health(), TeredoServerHealth::Unsteady) << isFirst;
        EXPECT_LE(timesTold, 1 + 2 * TeredoServerRecord::kChangesMax) << isFirst;
    }
}

TEST_F(TeredoDoubtTest, anotherNetworkIsNoChange) {
    start();
    watch(10s);
    for (int i = 0; i < 10; ++i) {
        nat.port = static_cast<std::uint16_t>(nat.port + 10);
        client.restart(now);
        watch(10s);
        ASSERT_EQ(client.status().mapped, truth()) << i;
    }
}

} // namespace
} // namespace culvert
