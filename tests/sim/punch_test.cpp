// Two ends that a third party introduces, behind NATs and firewalls of every kind.
#include "tests/sim/punch_world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

TEST(Hint, crossesInEverySession) {
    PunchWorld punch(1, kPortRestrictedNat, kFullConeNat);
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

} // namespace
} // namespace culvert::sim
