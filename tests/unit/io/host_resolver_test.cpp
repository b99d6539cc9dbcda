// Names of servers: looked up on another thread, again when that is due, and never waited for.
#include "core/io/host_resolver.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace culvert {
namespace {

const Ipv4Address kFirst = Ipv4Address::of(83, 170, 6, 76);
const Ipv4Address kSecond = Ipv4Address::of(83, 170, 6, 80);

/// A system that answers when the test says so, and counts.
struct SlowSystem {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Ipv4Address> answer{kFirst};
    bool mayAnswer = true;
    int asked = 0, answered = 0, wakes = 0;

    std::vector<Ipv4Address> lookUp() {
        std::unique_lock lock(mutex);
        ++asked;
        changed.notify_all();
        changed.wait(lock, [&] { return mayAnswer; });
        ++answered;
        changed.notify_all();
        return answer;
    }
    void woken() {
        const std::lock_guard lock(mutex);
        ++wakes;
        changed.notify_all();
    }
    bool waitFor(const int& counter, int count) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20), [&] { return counter >= count; });
    }
};

struct HostResolverTest : testing::Test {
    Instant now{1s};
    std::shared_ptr<SlowSystem> system = std::make_shared<SlowSystem>();
    std::unique_ptr<HostResolver> resolver = std::make_unique<HostResolver>(
        [system = system] { system->woken(); }, [system = system](const std::string&) { return system->lookUp(); });

    std::optional<std::vector<TeredoServerName>> next(int wake) {
        resolver->drive(now);
        return system->waitFor(system->wakes, wake) ? resolver->poll(now) : std::nullopt;
    }
};

TEST_F(HostResolverTest, anAddressIsItsOwnAnswer) {
    resolver->setNames(now, {"83.170.6.76"});
    resolver->drive(now);
    const auto found = resolver->poll(now);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->at(0), (TeredoServerName{"83.170.6.76", {kFirst}}));
    EXPECT_EQ(system->asked, 0);
    EXPECT_FALSE(resolver->pollTimeout());
}

TEST_F(HostResolverTest, aNameIsAskedAgainAfterAnHourAndWhatItLedToCountsUntilThen) {
    resolver->setNames(now, {"teredo.example"});
    const auto first = resolver->poll(now);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->at(0).addresses.empty());
    const auto found = next(1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->at(0).addresses, std::vector{kFirst});
    EXPECT_EQ(resolver->pollTimeout(), now + HostResolver::kAgainEvery);
    now += HostResolver::kAgainEvery;
    system->answer.clear();
    EXPECT_FALSE(next(2)) << "no answer is no news";
    EXPECT_EQ(resolver->pollTimeout(), now + HostResolver::kAgainAfterFailure);
    now += HostResolver::kAgainAfterFailure;
    system->answer = {kSecond, kFirst};
    const auto other = next(3);
    ASSERT_TRUE(other);
    EXPECT_EQ(other->at(0).addresses, (std::vector{kFirst, kSecond}));
}

TEST_F(HostResolverTest, aChangeOfTheNetworkWhileItAsksIsNotForgotten) {
    system->mayAnswer = false;
    resolver->setNames(now, {"teredo.example"});
    resolver->drive(now);
    ASSERT_TRUE(system->waitFor(system->asked, 1));
    EXPECT_FALSE(resolver->pollTimeout()) << "nothing is due while it waits for the system";
    resolver->refresh(now);
    {
        const std::lock_guard lock(system->mutex);
        system->mayAnswer = true;
        system->changed.notify_all();
    }
    ASSERT_TRUE(system->waitFor(system->wakes, 1));
    resolver->poll(now);
    EXPECT_EQ(resolver->pollTimeout(), now);
    EXPECT_FALSE(next(2)) << "asked again, and the answer is the same";
    EXPECT_EQ(system->asked, 2);
}

TEST_F(HostResolverTest, leavingDoesNotWaitForTheSystem) {
    system->mayAnswer = false;
    resolver->setNames(now, {"teredo.example"});
    resolver->drive(now);
    ASSERT_TRUE(system->waitFor(system->asked, 1));
    resolver.reset();
    {
        const std::lock_guard lock(system->mutex);
        system->mayAnswer = true;
        system->changed.notify_all();
    }
    ASSERT_TRUE(system->waitFor(system->answered, 1));
    EXPECT_EQ(system->wakes, 0) << "nobody is there to be woken";
}

TEST(HostResolver, theSystemKnowsThisComputer) {
    const auto found = HostResolver::askSystem("localhost");
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(found.front().isLoopback());
}

} // namespace
} // namespace culvert
