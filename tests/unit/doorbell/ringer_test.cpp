// When a caller rings, by which ways, and that no two rings look alike.
#include "core/doorbell/ringer.h"
#include "core/wire/quoted_udp.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <set>

namespace culvert {
namespace {

const Ipv6Address kCaller = *Ipv6Address::fromText("2001:0:2d53:102:8abc:63bf:d2ac:fefd");
const Ipv6Address kNewCaller = *Ipv6Address::fromText("2001:0:2d53:102:8abc:63bf:d2ac:fefe");
const SocketAddress kCallee(*Ipv6Address::fromText("2a0e:b107:2::2"), 40000);
const std::vector<RingWay> kWays = {{Ipv4Address::of(45, 83, 1, 2), kCaller, kCallee}};

struct RingerTest : testing::Test {
    test::SeededRandom random{1};
    Secret<32> key;
    Ringer ringer{random, key};
    Now now{Instant(1h), {1'700'000'000'000}};

    void advance(Duration duration) {
        now.monotonic += duration;
        now.wall.milliseconds += duration / 1ms;
    }
    /// Follows it through one try of `duration`: when it rang, and the rings.
    std::vector<Duration> follow(Duration duration, const std::vector<RingWay>& ways) {
        const Instant begin = now.monotonic;
        std::vector<Duration> out;
        while (ringer.nextRing() && *ringer.nextRing() - begin <= duration) {
            advance(std::max(*ringer.nextRing() - now.monotonic, Duration::zero()));
            const auto sent = ringer.ring(now, ways);
            for (const Datagram& datagram : sent) {
                const auto packet = wire::decodeIpv6(datagram.payload);
                const auto quoted = wire::decodeUnreachable(*packet);
                rings.insert(toHex(quoted->payload));
                ids.insert(toHex(quoted->payload.first(16)));
            }
            if (!sent.empty())
                out.push_back(now.monotonic - begin);
        }
        return out;
    }
    std::set<std::string> rings, ids;
};

TEST_F(RingerTest, ringsAFewTimesQuicklyAndThenSeldom) {
    EXPECT_FALSE(ringer.nextRing());
    ringer.restart(now.monotonic);
    EXPECT_FALSE(ringer.isDue(now.monotonic + Ringer::kHeadStart - 1ns)) << "quicker ways come first";
    EXPECT_TRUE(ringer.isDue(now.monotonic + Ringer::kHeadStart));
    const std::vector<Duration> times = {100ms,    500ms,    1300ms,   2900ms,   62900ms,
                                         182900ms, 422900ms, 722900ms, 1022900ms};
    EXPECT_EQ(follow(20min, kWays), times);
}

TEST_F(RingerTest, sendsToTheServerFromOurAddress) {
    ringer.restart(now.monotonic);
    advance(Ringer::kHeadStart);
    const auto sent = ringer.ring(now, kWays);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].remote, SocketAddress(Ipv4Address::of(45, 83, 1, 2), 3544));
    const auto packet = wire::decodeIpv6(sent[0].payload);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->source, kCaller);
    EXPECT_EQ(packet->destination, kCallee.v6());
    const auto quoted = wire::decodeUnreachable(*packet);
    ASSERT_TRUE(quoted);
    const auto ring = ringIn({packet->source, quoted->destination, quoted->payload});
    ASSERT_TRUE(ring);
    EXPECT_TRUE(isGenuine(key, *ring, kCaller));
    EXPECT_FALSE(isGenuine(key, *ring, kNewCaller));
}

TEST_F(RingerTest, noTwoRingsLookAlike) {
    const std::vector<RingWay> ways(5, kWays[0]);
    std::size_t sent = 0;
    for (int i = 0; i < 30; ++i) {
        ringer.restart(now.monotonic);
        sent += follow(200ms, ways).size();
        advance(1s);
    }
    EXPECT_EQ(rings.size(), kRingsPerEpoch) << "one epoch's ids are used up, and then nobody rings";
    EXPECT_EQ(ids.size(), kRingsPerEpoch);
    EXPECT_EQ(sent, (kRingsPerEpoch + Ringer::kWaysMax - 1) / Ringer::kWaysMax);
    advance(2min);
    ringer.restart(now.monotonic);
    EXPECT_EQ(follow(200ms, ways).size(), 1U);
    EXPECT_EQ(ids.size(), kRingsPerEpoch + Ringer::kWaysMax);
}

TEST_F(RingerTest, withoutAWayItWaitsForOne) {
    ringer.restart(now.monotonic);
    EXPECT_TRUE(follow(1h, {}).empty());
    EXPECT_FALSE(ringer.nextRing());
    ringer.handleChange(now.monotonic, {});
    EXPECT_FALSE(ringer.nextRing());
    ringer.handleChange(now.monotonic, kWays);
    EXPECT_TRUE(ringer.isDue(now.monotonic)) << "at once: the head start is over";
}

TEST_F(RingerTest, whoIsInAHurryRingsAtOnceAndNotTwice) {
    ringer.hurry(now.monotonic);
    EXPECT_FALSE(ringer.nextRing()) << "there is a way already";
    ringer.restart(now.monotonic);
    ringer.hurry(now.monotonic);
    EXPECT_EQ(*ringer.nextRing(), now.monotonic + Ringer::kHeadStart);
    advance(Ringer::kHeadStart);
    (void)ringer.ring(now, kWays);
    ringer.hurry(now.monotonic);
    EXPECT_EQ(*ringer.nextRing(), now.monotonic + Ringer::kFirstPause);
    (void)follow(10s, kWays);
    advance(10s);
    ringer.hurry(now.monotonic);
    EXPECT_TRUE(ringer.isDue(now.monotonic));
}

TEST_F(RingerTest, anotherAddressIsAnotherTry) {
    ringer.restart(now.monotonic);
    (void)follow(3s, kWays);
    const auto next = ringer.nextRing();
    ringer.handleChange(now.monotonic, kWays);
    EXPECT_EQ(ringer.nextRing(), next) << "nothing changed";
    ringer.handleChange(now.monotonic, {{kWays[0].server, kNewCaller, kCallee}});
    EXPECT_TRUE(ringer.isDue(now.monotonic));
}

} // namespace
} // namespace culvert
