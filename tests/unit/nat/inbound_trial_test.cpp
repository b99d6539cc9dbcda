// Questions to a contact whether its packet comes in: what ends them, and what changes nothing.
#include "core/nat/inbound_trial.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct Trial : testing::Test {
    test::SeededRandom random{1};
    InboundTrial trial{random};
    const ContactId bob{{1}}, eve{{2}};
    const SocketAddress target4{Ipv4Address::of(45, 0, 0, 1), 4000};
    const SocketAddress target6 = *SocketAddress::fromText("[2a00::1]:4000");
    const Now start{Instant(10s), WallTime{5}};

    RingOutcome outcome(bool isV4 = true) const { return trial.of(isV4)->ring.outcome; }
    std::uint64_t ask() { return trial.begin(start, bob, {target4})[0].transaction; }
};

TEST_F(Trial, theFirstPacketEndsIt) {
    const std::uint64_t transaction = ask();
    EXPECT_TRUE(trial.isWaiting());
    EXPECT_EQ(trial.pollTimeout()->at, start.monotonic + InboundTrial::kWait);
    EXPECT_EQ(trial.handleRing(start.monotonic + 90ms, bob, transaction, true, false), target4);
    EXPECT_EQ(outcome(), RingOutcome::CameIn);
    EXPECT_EQ(trial.of(true)->ring.took, 90ms);
    EXPECT_FALSE(trial.of(true)->ring.fromNewAddress);
    EXPECT_TRUE(trial.takeChange());
    EXPECT_FALSE(trial.isWaiting() || trial.pollTimeout());
    EXPECT_FALSE(trial.handleRing(start.monotonic + 95ms, bob, transaction, true, true)) << "a second one is a replay";
    trial.handleAnswer(bob, {transaction, wire::RingStatus::NotYours});
    EXPECT_EQ(outcome(), RingOutcome::CameIn) << "what came in came in";
}

TEST_F(Trial, onlyWhoSaysThatItSentProvesThatNothingComes) {
    for (const bool hasSent : {true, false}) {
        const std::uint64_t transaction = ask();
        if (hasSent)
            trial.handleAnswer(bob, {transaction, wire::RingStatus::Rung});
        trial.handleTimeout(start.monotonic + InboundTrial::kWait - 1ms);
        EXPECT_EQ(outcome(), RingOutcome::Waiting);
        trial.handleTimeout(start.monotonic + InboundTrial::kWait);
        EXPECT_EQ(outcome(), hasSent ? RingOutcome::NothingCame : RingOutcome::NoAnswer);
        EXPECT_FALSE(trial.handleRing(start.monotonic + InboundTrial::kWait, bob, transaction, true, true))
            << "too late";
    }
}

TEST_F(Trial, aRefusalSaysWhy) {
    for (const auto& [status, expected] : {std::pair(wire::RingStatus::NotYours, RingOutcome::NoWay),
                                           std::pair(wire::RingStatus::CannotFromThere, RingOutcome::NoWay),
                                           std::pair(wire::RingStatus::RateLimited, RingOutcome::TooSoon)}) {
        trial.handleAnswer(bob, {ask(), status});
        EXPECT_EQ(outcome(), expected);
    }
}

TEST_F(Trial, whatNobodyAskedForChangesNothing) {
    const std::uint64_t transaction = ask();
    EXPECT_FALSE(trial.handleRing(start.monotonic, eve, transaction, true, true)) << "another contact's";
    EXPECT_FALSE(trial.handleRing(start.monotonic, bob, transaction + 1, true, true)) << "another question's";
    EXPECT_FALSE(trial.handleRing(start.monotonic, bob, transaction, false, true)) << "another family's";
    trial.handleAnswer(eve, {transaction, wire::RingStatus::NotYours});
    EXPECT_EQ(outcome(), RingOutcome::Waiting);
}

TEST_F(Trial, eachFamilyHasItsOwnAnswer) {
    const auto questions = trial.begin(start, bob, {target4, target6});
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_NE(questions[0].transaction, questions[1].transaction);
    trial.handleRing(start.monotonic + 50ms, bob, questions[1].transaction, false, true);
    EXPECT_EQ(outcome(false), RingOutcome::CameIn);
    EXPECT_TRUE(trial.isWaiting());
    trial.restart();
    EXPECT_FALSE(trial.of(true) || trial.of(false)) << "on another network nothing of it holds";
}

} // namespace
} // namespace culvert
