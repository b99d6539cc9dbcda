// Two ends that a third party introduces, behind NATs and firewalls of every kind.
#include "tests/sim/punch_world.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace culvert::sim {
namespace {

TEST(Hint, crossesInEverySession) {
    PunchWorld punch(1, kPortRestrictedNat, kFullConeNat);
    punch.choose();
    punch.introduce();
    ASSERT_TRUE(punch.meets(10s)) << punch.world.story();
    const auto heardOf = [](SimHost& by, const SimHost& of) {
        const auto hint = by.engine().peerHint(of.id());
        return hint ? hint->filtering : std::nullopt;
    };
    const bool isKnown = punch.world.runUntil(
        [&] { return heardOf(*punch.alice, *punch.bob) && heardOf(*punch.bob, *punch.alice); }, 10s);
    ASSERT_TRUE(isKnown) << "each knows of the other's filter what it knows itself";
    EXPECT_EQ(heardOf(*punch.alice, *punch.bob), NatFiltering::AddressAndPortDependent);
    EXPECT_EQ(heardOf(*punch.bob, *punch.alice), NatFiltering::EndpointIndependent);
}

// Between two ends that are 25 ms apart, and as far from the third party.
constexpr Duration kRoundTrip = 50ms;
constexpr Duration kHandoffMax = 6 * kRoundTrip + 100ms;

const NatConfig kMovingPort{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, false,
                            false};

// Both know each other from a session, and then one is away for so long that the other tries but seldom.
Duration comesBack(std::uint64_t seed, const NatConfig& bobs, const NatConfig& alices, bool isBobAway) {
    PunchWorld punch(seed, bobs, alices);
    punch.choose();
    punch.introduce();
    EXPECT_TRUE(punch.meets(20s)) << seed;
    punch.world.run(2s);
    SimHost& away = isBobAway ? *punch.bob : *punch.alice;
    away.crash();
    punch.world.run(400s);
    // Every address and port is another one than was known.
    punch.world.nat(*punch.bob).renumber(Ipv4Address::of(45, 99, 9, 9));
    punch.world.nat(*punch.alice).renumber(Ipv4Address::of(45, 98, 9, 9));
    punch.world.run(30s); // Who stayed is registered again.
    const Instant begun = punch.world.now().monotonic;
    punch.start(away);
    SimHost& other = isBobAway ? *punch.alice : *punch.bob;
    away.send(other.id(), "back");
    EXPECT_TRUE(punch.world.runUntil([&] { return other.receivedFrom(away.id()).size() == 1; }, 30s))
        << seed << punch.world.story();
    return punch.world.now().monotonic - begun;
}

TEST(Handovers, takeSixRoundTripsAndATenthOfASecondWhateverChanged) {
    Duration longest{};
    for (const NatConfig& bobs : {kPortRestrictedNat, kMovingPort})
        for (const NatConfig& alices : {kPortRestrictedNat, kMovingPort})
            for (std::uint64_t seed = 1; seed <= 4; ++seed)
                for (const bool isBobAway : {true, false})
                    longest = std::max(longest, comesBack(seed, bobs, alices, isBobAway));
    std::cout << "the longest took " << toMilliseconds(longest) << " ms\n";
    EXPECT_LE(longest, kHandoffMax);
}

// Nobody tells us; that nothing comes any more is all there is to see.
TEST(Handovers, takeTwoSecondsWhenAPublicAddressChangesDuringASession) {
    for (const bool isBobs : {true, false})
        for (const Duration age : {5s, 60s}) {
            PunchWorld punch(3, kPortRestrictedNat, kPortRestrictedNat);
            punch.choose();
            ASSERT_TRUE(punch.learns());
            punch.introduce();
            ASSERT_TRUE(punch.meets(10s));
            punch.world.run(age);
            auto talk = [&, count = 0](SimHost& from, const SimHost& to) mutable {
                const std::size_t before = to.receivedFrom(from.id()).size();
                from.send(to.id(), std::to_string(++count));
                punch.world.run(100ms);
                return to.receivedFrom(from.id()).size() > before;
            };
            const auto bothTalk = [&] {
                const bool isHeard = talk(*punch.bob, *punch.alice);
                return talk(*punch.alice, *punch.bob) && isHeard;
            };
            ASSERT_TRUE(bothTalk());
            punch.world.nat(isBobs ? *punch.bob : *punch.alice).renumber(Ipv4Address::of(45, 99, 9, 9));
            const Instant begun = punch.world.now().monotonic;
            while (!bothTalk())
                ASSERT_LT(punch.world.now().monotonic - begun, 2s) << isBobs << punch.world.story();
        }
}

// RFC 6092 §3.2.3: a firewall lets in what answers. Neither NAT can be passed, so that IPv6 is all there is.
TEST(Firewalls6, openFromBothSidesAfterAHandoff) {
    HostConfig common;
    common.hasV6 = true;
    common.v6Firewalled = true;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        PunchWorld punch(seed, kHardNat, kHardNat, common);
        punch.choose();
        ASSERT_TRUE(punch.learns());
        const Instant begun = punch.world.now().monotonic;
        punch.introduce();
        punch.bob->send(punch.alice->id(), "found you");
        EXPECT_TRUE(punch.world.runUntil([&] { return punch.alice->receivedFrom(punch.bob->id()).size() == 1; }, 5s));
        EXPECT_LE(punch.world.now().monotonic - begun, kHandoffMax);
        EXPECT_EQ(punch.bob->pathTo(punch.alice->id()), PathKind::Native6);
    }
}

// Some NATs shut out whom they do not expect: nothing may reach them before their own end has sent.
TEST(Openers, thatGoNowhereAreForNatsThatPunish) {
    for (NatConfig config : {kPortRestrictedNat, kMovingPort}) {
        config.punishes = true;
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            for (const bool isBobAway : {true, false})
                EXPECT_LE(comesBack(seed, config, config, isBobAway), kHandoffMax + kRoundTrip);
    }
}

// RFC 6081 §3.3, §3.4: the ports of some NATs can be foretold, so that nobody has to search.
const NatConfig kSequentialNat{
    NatBehaviour::AddressAndPortDependent, NatBehaviour::AddressAndPortDependent, 60s, false, false, false, true};
const NatConfig kKeepingNat{NatBehaviour::AddressAndPortDependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                            false};

TEST(Foretold, portsAreMetWithoutASearch) {
    for (const NatConfig& hard : {kSequentialNat, kKeepingNat}) {
        for (const bool isBobHard : {true, false}) {
            Duration longest{};
            for (std::uint64_t seed = 1; seed <= 10; ++seed) {
                PunchWorld punch(seed, isBobHard ? hard : kPortRestrictedNat, isBobHard ? kPortRestrictedNat : hard);
                punch.choose();
                ASSERT_TRUE(punch.learns());
                const Instant begun = punch.world.now().monotonic;
                std::size_t most = 0;
                punch.introduce();
                punch.bob->send(punch.alice->id(), "found you");
                EXPECT_TRUE(punch.world.runUntil(
                    [&] {
                        most = std::max(most, punch.bob->openSockets() + punch.alice->openSockets());
                        return punch.alice->receivedFrom(punch.bob->id()).size() == 1;
                    },
                    20s))
                    << seed << punch.world.story();
                longest = std::max(longest, punch.world.now().monotonic - begun);
                EXPECT_LE(most, 3U) << "no search has begun";
                punch.world.run(1s);
                EXPECT_LE(punch.bob->openSockets() + punch.alice->openSockets(), 1U) << "the one that the path needs";
            }
            std::cout << (hard.isSequential ? "sequential" : "keeping") << ": the longest took "
                      << toMilliseconds(longest) << " ms\n";
            EXPECT_LE(longest, 1s);
        }
    }
}

// How long a hard end and an easy one need, from when they hear of each other until a message has arrived.
struct Meeting {
    Duration took{};
    bool isMet = false;
};

Meeting meetHard(std::uint64_t seed, bool isBobHard) {
    PunchWorld punch(seed, isBobHard ? kHardNat : kPortRestrictedNat, isBobHard ? kPortRestrictedNat : kHardNat);
    punch.choose();
    EXPECT_TRUE(punch.learns());
    const Instant begun = punch.world.now().monotonic;
    punch.introduce();
    punch.bob->send(punch.alice->id(), "found you");
    Meeting run;
    run.isMet = punch.world.runUntil([&] { return punch.alice->receivedFrom(punch.bob->id()).size() == 1; }, 70s);
    run.took = punch.world.now().monotonic - begun;
    return run;
}

// CULVERT_PUNCH_SEEDS=500 measures; an ordinary run sees that it works.
std::size_t seeds() {
    const char* wanted = std::getenv("CULVERT_PUNCH_SEEDS");
    return wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 40;
}

TEST(PortSearches, meetWithinSecondsWhoeverIsHard) {
    for (const bool isBobHard : {true, false}) {
        std::vector<Duration> took;
        const std::size_t count = seeds();
        std::size_t missed = 0;
        for (std::uint64_t seed = 1; seed <= count; ++seed) {
            const Meeting meeting = meetHard(seed, isBobHard);
            EXPECT_TRUE(meeting.isMet) << seed << ": by a second search at the latest";
            missed += meeting.took > 12s ? 1 : 0;
            took.push_back(meeting.took);
        }
        std::ranges::sort(took);
        const Duration median = took[count / 2], late = took[count * 95 / 100];
        std::cout << count << " searches, " << (isBobHard ? "the sender" : "the receiver") << " hard: median "
                  << toMilliseconds(median) << " ms, p95 " << toMilliseconds(late) << " ms, " << missed
                  << " needed another\n";
        EXPECT_LE(median, 4s);
        EXPECT_LE(late, 8s);
    }
}

} // namespace
} // namespace culvert::sim
