// OracleScenario: one random pair from first contact to the last message, judged by predict().
//
// Where the oracle says "yes" the two connect, and everything they write arrives exactly once and in order, also after
// the accidents of computers and lines. Where it says "no" they do not, and each who tries is told so within 15 s, with
// a remedy that the oracle confirms for the true homes. Nobody is told "no" where it is "yes". No payload goes through
// a third party, and packets stay within a budget.
#pragma once

#include "tests/sim/random_homes.h"

namespace culvert::sim {

/// What a run was, for counting.
struct OracleResult {
    std::string complaint; ///< empty when all is well
    Answer predicted = Answer::Unknown;
    Duration connectedAfter{};
    bool wasUnsure = false; ///< at least one end was told "no answer" where it is impossible
    std::uint64_t packets = 0;
    Duration duration{}; ///< virtual
};

/// Runs one seed.
OracleResult runOracleScenario(std::uint64_t seed);
/// The same with these homes; the seed is for everything else.
OracleResult runOracleScenario(std::uint64_t seed, const RandomHomes& homes);

} // namespace culvert::sim
