// Random homes: two computers, their routers and lines, and who could help them, from a seed; and the facts that the
// oracle is told of them, which are the true ones: nothing of it was learnt by the engines.
#pragma once

#include "core/messenger/pair_prediction.h"
#include "tests/sim/world.h"

namespace culvert::sim {

/// Who adds whom.
enum class FirstContact { Both, BobAlone, AliceAlone };

/// A pair of homes and what stands around them.
struct RandomHomes {
    HostConfig bob, alice;
    bool hasThirdParty = false;
    bool bobNamesIt = false, aliceNamesIt = false; ///< who has the third party in the settings
    bool hasTeredoServer = false;
    FirstContact contact = FirstContact::Both;
    PairFacts truth; ///< "ours" is Bob

    /// In one line, for a failure's report.
    std::string text() const;
};

/// The homes of a seed.
RandomHomes randomHomes(test::SeededRandom& random);

/// A third party with two addresses of each family, so that it can tell every behaviour of a NAT.
HostConfig thirdPartyHome();

} // namespace culvert::sim
