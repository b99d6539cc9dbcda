// What PathManager tells of its paths to whoever looks: last try, result, samples, source, reason.
#include "core/path/path_manager.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

const InnerAddress kNear(SocketAddress(*Ipv6Address::fromText("2001:db8::1"), 1000));
const InnerAddress kDeaf(SocketAddress(*Ipv6Address::fromText("2001:db8::2"), 1000));

struct PathViewTest : testing::Test {
    test::SeededRandom random{1};
    PathManager paths{random, 7};
    Now now{Instant(1s), {1'000'000}};
    int probes = 0;
    bool answers = true;
    std::vector<PathChangedEvent> changes;

    void pass(Duration duration) {
        now.monotonic += duration;
        now.wall.milliseconds += std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    }
    // In steps of 10 ms; kNear answers after one of them, while it does.
    void run(Duration duration) {
        for (Duration done{}; done < duration; done += 10ms) {
            std::vector<std::uint64_t> asked;
            while (const auto probe = paths.pollProbe(now.monotonic)) {
                ++probes;
                if (probe->remote == kNear && answers)
                    asked.push_back(probe->probe.transaction);
            }
            pass(10ms);
            for (const std::uint64_t transaction : asked)
                paths.handleReply(now.monotonic, kNear, {transaction, 99, {}});
            paths.handleTimeout(now.monotonic);
            while (const auto event = paths.pollEvent())
                if (const auto* changed = std::get_if<PathChangedEvent>(&*event))
                    changes.push_back(*changed);
        }
    }
    void announce(std::vector<InnerAddress> remotes) {
        std::vector<Candidate> candidates;
        for (const InnerAddress& remote : remotes)
            candidates.push_back({PathKind::Native6, remote, CandidateOrigin::Announced, PathSource::Session});
        paths.setAnnounced(now.monotonic, candidates);
    }
    PathInfo of(const InnerAddress& remote) {
        for (const PathInfo& info : paths.describe(now, [](const InnerAddress&) { return true; }))
            if (info.remote == remote.address.text())
                return info;
        ADD_FAILURE() << "no such path";
        return {};
    }
};

TEST_F(PathViewTest, eachWayTellsWhenItWasTriedAndWhatCameOfIt) {
    announce({kNear, kDeaf});
    EXPECT_EQ(of(kNear).result, ProbeResult::NotTried);
    EXPECT_FALSE(of(kNear).lastTry);
    run(2s);
    const PathInfo near = of(kNear), deaf = of(kDeaf);
    EXPECT_EQ(near.result, ProbeResult::Answered);
    EXPECT_TRUE(near.active && near.works);
    EXPECT_EQ(near.reason, PathReason::OnlyOne);
    EXPECT_EQ(near.source, PathSource::Session);
    ASSERT_TRUE(near.lastTry && near.lastAnswer);
    EXPECT_GE(near.lastTry->milliseconds, 1'000'000);
    EXPECT_LE(near.lastAnswer->milliseconds, now.wall.milliseconds);
    EXPECT_EQ(deaf.result, ProbeResult::Silent);
    EXPECT_TRUE(deaf.lastTry && !deaf.lastAnswer);
    EXPECT_TRUE(deaf.samples.empty()) << "there is nothing to draw of what never answered";
}

TEST_F(PathViewTest, whatNothingLeadsToSaysSo) {
    announce({kNear});
    run(100ms);
    const auto described = paths.describe(now, [](const InnerAddress&) { return false; });
    ASSERT_EQ(described.size(), 1U);
    EXPECT_EQ(described[0].result, ProbeResult::NoWay);
}

TEST_F(PathViewTest, whoLooksSeesASampleEachSecond) {
    announce({kNear});
    run(1s);
    probes = 0;
    run(10s);
    EXPECT_LE(probes, 1) << "nobody looks, and keepalives are far apart";
    for (int i = 0; i < 10; ++i) {
        paths.look(now.monotonic);
        run(1s);
    }
    EXPECT_GE(probes, 9);
    EXPECT_LE(probes, 12);
    EXPECT_GE(of(kNear).samples.size(), 9U);
}

TEST_F(PathViewTest, samplesAreBoundedAndTellWhatWasLost) {
    announce({kNear});
    run(1s);
    for (int i = 0; i < 200; ++i) {
        paths.look(now.monotonic);
        run(1s);
    }
    EXPECT_EQ(of(kNear).samples.size(), ProbeTimeline::kSecondsMax);
    answers = false;
    run(3s);
    for (int i = 0; i < 3; ++i) {
        paths.look(now.monotonic);
        run(1s);
    }
    const auto samples = of(kNear).samples;
    EXPECT_GT(samples.back().lost, 0U);
    EXPECT_EQ(samples.size(), ProbeTimeline::kSecondsMax);
    EXPECT_TRUE(std::ranges::is_sorted(samples, {}, &PathSample::at));
}

TEST_F(PathViewTest, aChangeTellsTheWayAndTheReason) {
    announce({kNear});
    run(1s);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_TRUE(changes[0].up);
    EXPECT_FALSE(changes[0].isSwitch);
    EXPECT_EQ(changes[0].path.remote, kNear.address.text());
    EXPECT_EQ(changes[0].reason, PathReason::OnlyOne);
    answers = false;
    run(40s);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_FALSE(changes[1].up);
    EXPECT_EQ(changes[1].reason, PathReason::None);
}

TEST(ProbeTimeline, aLateAnswerTakesItsLossBack) {
    ProbeTimeline timeline;
    const Instant at(10s);
    timeline.lost(at + 100ms);
    timeline.answered(at + 100ms, 700ms, true);
    ASSERT_EQ(timeline.seconds().size(), 1U);
    EXPECT_EQ(timeline.seconds()[0].lost, 0U);
    EXPECT_EQ(timeline.seconds()[0].answered, 1U);
    timeline.lost(at - 5s); // older than what is there: it goes before it
    EXPECT_EQ(timeline.seconds().front().lost, 1U);
}

} // namespace
} // namespace culvert
