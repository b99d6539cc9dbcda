// Two roads to one peer in virtual time: how soon payload leaves a road that turns bad, and when it comes back.
#include "core/path/path_manager.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <map>

namespace culvert {
namespace {

constexpr int kSeeds = 500;

InnerAddress ordinary(SocketAddress address) {
    InnerAddress out = address;
    out.ordinary = true;
    return out;
}
const SocketAddress kTeredo(*Ipv6Address::fromText("2001:0:4136:e378:8000:63bf:3fff:fdd2"), 40000);
const InnerAddress kOwnRelay = kTeredo, kOrdinary = ordinary(kTeredo);

/// What a road does to packets, in each direction.
struct Road {
    Duration delay{};
    unsigned lossPercent = 0;
};

/// One end, which sends payload, and two roads to a peer that answers every probe.
struct TwoRoads {
    explicit TwoRoads(std::uint64_t seed) : random(seed) {
        paths.setAllowOrdinary(now, true);
        paths.setAnnounced(now, {{PathKind::Teredo, kOwnRelay, CandidateOrigin::Announced},
                                 {PathKind::Ordinary, kOrdinary, CandidateOrigin::Announced}});
    }

    test::SeededRandom random;
    PathManager paths{random, 7};
    Instant now{1s};
    std::map<InnerAddress, Road> roads{{kOwnRelay, {30ms, 0}}, {kOrdinary, {15ms, 0}}};
    std::multimap<Instant, std::pair<InnerAddress, wire::ProbeReply>> replies;
    std::map<InnerAddress, int> probes;
    bool hasPayload = true;
    Instant nextPayload{1s};
    int switches = 0;
    InnerAddress last;

    bool passes(const InnerAddress& road) { return random.below(100) >= roads[road].lossPercent; }
    void drain() {
        while (const auto out = paths.pollProbe(now)) {
            ++probes[out->remote];
            if (passes(out->remote) && passes(out->remote))
                replies.emplace(now + roads[out->remote].delay * 2,
                                std::pair{out->remote, wire::ProbeReply{out->probe.transaction, 99, {}}});
        }
        while (paths.pollEvent()) {
        }
        const InnerAddress active = paths.activeRemote().value_or(last);
        switches += active != last ? 1 : 0;
        last = active;
    }
    void step(Instant end) {
        Instant next = end;
        if (!replies.empty())
            next = std::min(next, replies.begin()->first);
        if (hasPayload)
            next = std::min(next, nextPayload);
        if (const auto deadline = paths.pollTimeout())
            next = std::min(next, deadline->at);
        now = std::max(now, next);
        while (!replies.empty() && replies.begin()->first <= now) {
            const auto [remote, reply] = replies.begin()->second;
            replies.erase(replies.begin());
            paths.handleReply(now, remote, reply);
        }
        if (hasPayload && nextPayload <= now) {
            nextPayload = now + 20ms;
            paths.noteSent(now);
            if (const auto road = paths.route(1200); road && passes(*road) && passes(*road))
                paths.noteReceived(now, *road, 40);
        }
        paths.handleTimeout(now);
        drain();
    }
    void run(Duration duration) {
        drain();
        for (const Instant end = now + duration; now < end;)
            step(end);
    }
    /// What is on its way, and what is sent meanwhile, arrives when `duration` is over.
    void standStill(Duration duration) {
        const Instant over = now + duration;
        while (now < over) {
            step(over);
            std::multimap<Instant, std::pair<InnerAddress, wire::ProbeReply>> later;
            for (auto& [due, reply] : replies)
                later.emplace(std::max(due, over), reply);
            replies = std::move(later);
        }
    }
    /// How long it takes until payload goes by `road`; `limit` when it does not.
    Duration timeUntil(const InnerAddress& road, Duration limit) {
        const Instant start = now;
        while (paths.activeRemote() != road && now < start + limit)
            step(start + limit);
        return now - start;
    }
};

std::string distribution(std::vector<Duration> times) {
    std::ranges::sort(times);
    const auto at = [&](std::size_t percent) {
        return std::to_string(times[std::min(times.size() - 1, times.size() * percent / 100)] / 1ms) + " ms";
    };
    return "p50 " + at(50) + ", p90 " + at(90) + ", p99 " + at(99) + ", most " + at(100);
}

double shareWithin(const std::vector<Duration>& times, Duration limit) {
    return static_cast<double>(std::ranges::count_if(times, [&](Duration time) { return time <= limit; })) /
           static_cast<double>(times.size());
}

TEST(TwoRoads, theBetterOneIsTaken) {
    TwoRoads world(1);
    world.run(5s);
    EXPECT_EQ(world.paths.activeRemote(), kOrdinary);
    EXPECT_EQ(world.paths.activeKind(), PathKind::Ordinary);
}

TEST(TwoRoads, aFifthOfThePacketsLostMovesPayloadWithinTwoSeconds) {
    std::vector<Duration> times;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        TwoRoads world(seed);
        world.run(Duration(5s) + seed * 1ms);
        ASSERT_EQ(world.paths.activeRemote(), kOrdinary);
        world.roads[kOrdinary].lossPercent = 20;
        times.push_back(world.timeUntil(kOwnRelay, 10s));
    }
    std::cout << "20 % lost each way, until payload goes by the other road: " << distribution(times) << "\n";
    EXPECT_GE(shareWithin(times, 2s), 0.995) << distribution(times);
}

// Loss in one direction only: a probe and its answer are lost half as often.
TEST(TwoRoads, aTenthEachWayToo) {
    std::vector<Duration> times;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        TwoRoads world(seed);
        world.run(Duration(5s) + seed * 1ms);
        world.roads[kOrdinary].lossPercent = 10;
        times.push_back(world.timeUntil(kOwnRelay, 10s));
    }
    std::cout << "10 % lost each way (19 % of the probes): " << distribution(times) << "\n";
    EXPECT_GE(shareWithin(times, 2s), 0.98) << distribution(times);
}

TEST(TwoRoads, aBlackoutMovesPayloadInHalfASecond) {
    std::vector<Duration> times;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        TwoRoads world(seed);
        world.run(Duration(5s) + seed * 1ms);
        world.roads[kOrdinary].lossPercent = 100;
        times.push_back(world.timeUntil(kOwnRelay, 10s));
    }
    std::cout << "black-out: " << distribution(times) << "\n";
    EXPECT_EQ(shareWithin(times, 500ms), 1.0) << distribution(times);
}

TEST(TwoRoads, oneMoveInAMinuteOfLossAndOneBackAfterIt) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        TwoRoads world(seed);
        world.run(5s);
        world.roads[kOrdinary].lossPercent = 20;
        world.switches = 0;
        world.run(60s);
        ASSERT_EQ(world.switches, 1) << seed;
        ASSERT_EQ(world.paths.activeRemote(), kOwnRelay) << seed;
        world.roads[kOrdinary].lossPercent = 0;
        world.run(1s);
        ASSERT_EQ(world.paths.activeRemote(), kOwnRelay) << "not at once, seed " << seed;
        world.run(PathManager::kReturnAfter);
        ASSERT_EQ(world.paths.activeRemote(), kOrdinary) << seed;
        ASSERT_EQ(world.switches, 2) << seed;
    }
}

// The network stands still for a moment, on every road alike: that says nothing about any of them.
TEST(TwoRoads, aStandstillOfBothMovesNothing) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        TwoRoads world(seed);
        world.roads[kOrdinary].delay = world.roads[kOwnRelay].delay = 40ms;
        world.run(Duration(5s) + seed * 7ms);
        world.switches = 0;
        for (const Duration standstill : {60ms, 100ms, 150ms}) {
            world.standStill(standstill);
            world.run(3s);
        }
        ASSERT_EQ(world.switches, 0) << seed;
    }
}

TEST(TwoRoads, whatIsNotBetterDoesNotComeBack) {
    TwoRoads world(1);
    world.run(5s);
    world.roads[kOrdinary].lossPercent = 20;
    world.run(10s);
    world.roads[kOrdinary] = {29ms, 0};
    world.run(120s);
    EXPECT_EQ(world.paths.activeRemote(), kOwnRelay);
}

// A road that is good for half a minute and bad for ten seconds, again and again: it is trusted less each time.
TEST(TwoRoads, whoIsLeftAgainAndAgainWaitsLonger) {
    TwoRoads world(1);
    world.run(5s);
    world.switches = 0;
    for (int i = 0; i < 20; ++i) {
        world.roads[kOrdinary].lossPercent = 40;
        world.run(10s);
        world.roads[kOrdinary].lossPercent = 0;
        world.run(30s);
    }
    EXPECT_LE(world.switches, 14) << "of 40";
}

TEST(TwoRoads, twoEquallyBadOnesHardlyTakeTurns) {
    int most = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        TwoRoads world(seed);
        world.run(5s);
        world.roads[kOrdinary].lossPercent = world.roads[kOwnRelay].lossPercent = 15;
        world.switches = 0;
        world.run(60s);
        most = std::max(most, world.switches);
        all += world.switches;
    }
    std::cout << "both lose 15 % each way: " << all << " changes in 50 minutes, at most " << most << " in one\n";
    EXPECT_LE(most, 6);
    EXPECT_LE(all, 150);
}

TEST(TwoRoads, withoutPayloadBothAreOnlyKeptOpen) {
    TwoRoads world(1);
    world.hasPayload = false;
    world.run(5s);
    world.probes.clear();
    world.run(250s);
    EXPECT_GE(world.probes[kOrdinary], 10);
    EXPECT_LE(world.probes[kOrdinary], 13);
    EXPECT_LE(world.probes[kOwnRelay], 13);
}

TEST(TwoRoads, oneRoadAloneIsNotMeasuredClosely) {
    TwoRoads world(1);
    world.roads[kOwnRelay].lossPercent = 100;
    world.run(20s);
    world.probes.clear();
    world.run(10s);
    EXPECT_LE(world.probes[kOrdinary], 2);
}

TEST(TwoRoads, whatTheUserForbidsIsMeasuredAndCarriesNothing) {
    TwoRoads world(1);
    world.paths.setAllowOrdinary(world.now, false);
    world.run(60s);
    EXPECT_EQ(world.paths.activeRemote(), kOwnRelay);
    for (const PathInfo& path : world.paths.describe()) {
        EXPECT_TRUE(path.answered);
        EXPECT_EQ(path.mayCarry, path.kind != PathKind::Ordinary);
    }
    world.roads[kOwnRelay].lossPercent = 100;
    world.run(30s);
    EXPECT_FALSE(world.paths.isUp()) << "it works, and yet it is not used";
    EXPECT_FALSE(world.paths.route(100));
    world.paths.setAllowOrdinary(world.now, true);
    EXPECT_EQ(world.paths.activeRemote(), kOrdinary) << "at once";
    world.paths.setAllowOrdinary(world.now, false);
    EXPECT_FALSE(world.paths.isUp());
}

// A stranger's address by the ordinary route gets nothing of the session either.
TEST(TwoRoads, anUnprovenOrdinaryRoadCarriesNothing) {
    test::SeededRandom random{1};
    PathManager paths{random, 7};
    const InnerAddress relayed(SocketAddress(*Ipv6Address::fromText("2a00::1"), 5),
                               SocketAddress(Ipv4Address::of(9, 9, 9, 9), 5));
    ASSERT_TRUE(paths.handleProbe(Instant(1s), relayed, PathKind::Ordinary, 1232));
    EXPECT_FALSE(paths.mayRoute(100));
    EXPECT_FALSE(paths.route(100));
    paths.handleProbe(Instant(1s), relayed, PathKind::Teredo, 1232); // its owner says that the relay is its own
    EXPECT_TRUE(paths.mayRoute(100));
}

// RFC 4380 §5.4: the answer to what a client left to the ordinary route comes through a relay that it did not choose.
TEST(TwoRoads, anAnswerThroughAnyRelayCountsForTheOrdinaryRoad) {
    test::SeededRandom random{1};
    PathManager paths{random, 7};
    const SocketAddress native(*Ipv6Address::fromText("2a00::1"), 5);
    paths.setAnnounced(Instant(1s), {{PathKind::Ordinary, ordinary(native), CandidateOrigin::Announced}});
    const auto probe = paths.pollProbe(Instant(1s));
    ASSERT_TRUE(probe);
    EXPECT_TRUE(probe->probe.byOrdinaryRoute);
    const InnerAddress relayed(native, SocketAddress(Ipv4Address::of(9, 9, 9, 9), 5));
    const InnerAddress another(SocketAddress(*Ipv6Address::fromText("2a00::2"), 5), relayed.via);
    EXPECT_FALSE(paths.handleReply(Instant(1100ms), another, {probe->probe.transaction, 9, {}}));
    EXPECT_TRUE(paths.handleReply(Instant(1100ms), relayed, {probe->probe.transaction, 9, {}}));
    EXPECT_TRUE(paths.describe().at(0).answered);
}

// What is lost is noticed after as long as an answer may take: one late answer at first must not make that long.
TEST(MeasuredPath, aFirstAnswerThatWasLateIsSoonForgotten) {
    MeasuredPath path;
    Instant now{1s};
    path.noteRoundTrip(now, 203ms);
    path.everAnswered = true;
    for (int i = 0; i < 10; ++i)
        path.noteRoundTrip(now += 30ms, 100ms);
    EXPECT_LT(path.timeout(), 400ms);
}

} // namespace
} // namespace culvert
