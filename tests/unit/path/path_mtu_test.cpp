// How large a datagram a path takes, in virtual time: the search, paths that shrink, and what looks like it.
#include "core/path/path_mtu.h"

#include <gtest/gtest.h>

#include <map>

namespace culvert {
namespace {

constexpr Duration kRoundTrip = 50ms, kTimeout = 130ms;

/// A path that carries datagrams of at most `carries` octets, and a session that sends the largest ones it may.
struct World {
    explicit World(std::size_t carriesNow, std::size_t limit = PathMtu::kMaxNative) : carries(carriesNow), mtu(limit) {}

    std::size_t carries;
    PathMtu mtu;
    Instant now{1s};
    bool hasPayload = true;
    bool answersSmall = true;
    std::multimap<Instant, std::uint64_t> replies;
    std::uint64_t transaction = 0;
    Duration delay = kRoundTrip;
    int probes = 0;
    std::size_t largest = 0;

    void step() {
        now += 1ms;
        while (!replies.empty() && replies.begin()->first <= now) {
            mtu.answered(now, replies.begin()->second);
            replies.erase(replies.begin());
        }
        mtu.handleTimeout(now, answersSmall ? now : Instant{});
        if (hasPayload)
            mtu.used(now, mtu.size());
        while (const auto size = mtu.wanted(now)) {
            ++probes;
            largest = std::max(largest, *size);
            mtu.sent(now, ++transaction, kTimeout);
            if (*size <= carries)
                replies.emplace(now + delay, transaction);
        }
    }
    void run(Duration duration) {
        for (const Instant end = now + duration; now < end;)
            step();
    }
    Duration timeUntilBase() {
        const Instant start = now;
        while (mtu.size() != PathMtu::kBase && now < start + 10s)
            step();
        return now - start;
    }
};

// Places of probes that were not sent yet hold no transaction, and no answer may name that.
TEST(PathMtu, whatWasNotSentIsNotAnswered) {
    PathMtu mtu(PathMtu::kMaxNative);
    const Instant now{1s};
    mtu.used(now, PathMtu::kBase);
    ASSERT_TRUE(mtu.wanted(now));
    EXPECT_FALSE(mtu.answered(now, 0)) << "before the first";
    mtu.sent(now, 5, kTimeout);
    EXPECT_FALSE(mtu.answered(now, 0));
    EXPECT_EQ(mtu.size(), PathMtu::kBase);
    EXPECT_EQ(mtu.answered(now + kRoundTrip, 5), kRoundTrip);
}

TEST(PathMtu, findsWhatThePathCarries) {
    struct Case {
        const char* name;
        std::size_t carries, limit, found;
        int probesMax;
    };
    const Case cases[] = {
        {"Ethernet", 1452, PathMtu::kMaxNative, 1452, 1},
        {"Ethernet, in the tunnel", 1424, PathMtu::kMaxTunnelled, 1424, 1},
        {"PPPoE", 1492 - 48, PathMtu::kMaxNative, 1424, 12},
        {"a VPN of 1400", 1400 - 48, PathMtu::kMaxNative, 1352, 12},
        {"the same in the tunnel", 1400 - 76, PathMtu::kMaxTunnelled, 1324, 12},
        {"the tunnel's own MTU", 1232, PathMtu::kMaxNative, 1232, 12},
    };
    for (const auto& [name, carries, limit, found, probesMax] : cases) {
        World world(carries, limit);
        world.run(5s);
        EXPECT_EQ(world.mtu.size(), found) << name;
        EXPECT_LE(world.largest, limit) << name;
        world.hasPayload = false;
        World counted(carries, limit);
        counted.step();
        counted.hasPayload = false;
        counted.run(5s);
        EXPECT_EQ(counted.mtu.size(), found) << name << ": the search ends without payload too";
        EXPECT_LE(counted.probes, probesMax) << name;
        EXPECT_FALSE(counted.mtu.pollTimeout()) << name << ": and is over then";
    }
}

TEST(PathMtu, nothingIsSearchedBeforePayloadFlows) {
    World world(1452);
    world.hasPayload = false;
    world.run(60s);
    EXPECT_EQ(world.probes, 0);
    EXPECT_EQ(world.mtu.size(), PathMtu::kBase);
}

// RFC 8899 §5.1.1 PMTU_RAISE_TIMER.
TEST(PathMtu, aPathThatGrowsIsNoticedAfterTenMinutes) {
    World world(1400 - 48);
    world.run(5s);
    world.carries = 1452;
    world.run(PathMtu::kRaiseAfter - 10s);
    EXPECT_EQ(world.mtu.size(), 1352U);
    world.run(11s);
    EXPECT_EQ(world.mtu.size(), 1452U);
}

// RFC 8899 §4.3.
TEST(PathMtu, aBlackHoleIsLeftWithinASecond) {
    Duration most{};
    for (int offset = 0; offset < 400; offset += 7) {
        World world(1452);
        world.run(Duration(2s) + Duration(1ms) * offset);
        ASSERT_EQ(world.mtu.size(), 1452U);
        world.carries = 1400 - 48;
        most = std::max(most, world.timeUntilBase());
        world.run(3s);
        EXPECT_EQ(world.mtu.size(), 1352U) << "and then what is left is found";
    }
    std::cout << "large datagrams disappear, until the base is used: at most " << most / 1ms << " ms\n";
    EXPECT_LE(most, Duration(1s));
}

TEST(PathMtu, aDeadPathSaysNothingOfSizes) {
    World world(1452);
    world.run(2s);
    world.carries = 0;
    world.answersSmall = false;
    world.run(3s);
    EXPECT_EQ(world.mtu.size(), 1452U);
    world.carries = 1452;
    world.answersSmall = true;
    world.run(3s);
    EXPECT_EQ(world.mtu.size(), 1452U);
}

TEST(PathMtu, anAnswerThatComesLateIsOne) {
    World world(1452);
    world.run(2s);
    world.delay = 300ms; // a queue has filled up
    world.run(20s);
    EXPECT_EQ(world.mtu.size(), 1452U);
}

TEST(PathMtu, aFewLostProbesDecideNothing) {
    World world(1452);
    world.run(2s);
    for (int i = 0; i < 20; ++i) {
        world.carries = 1232;
        world.run(250ms);
        world.carries = 1452;
        world.run(1s);
        ASSERT_EQ(world.mtu.size(), 1452U) << i;
    }
}

TEST(PathMtu, confirmationIsCheapAndOnlyWhileItIsUsed) {
    World world(1452);
    world.run(2s);
    world.probes = 0;
    world.run(10s);
    EXPECT_LE(world.probes, 50);
    EXPECT_GE(world.probes, 30);
    world.hasPayload = false;
    world.run(1s);
    world.probes = 0;
    world.run(60s);
    EXPECT_EQ(world.probes, 0);
}

} // namespace
} // namespace culvert
