// The people of the fuzz targets: the same identities in every run.
#pragma once

#include "core/crypto/sealing.h"
#include "tests/support/seeded_random.h"

namespace culvert::fuzz {

/// The identity that a seed gives.
inline Identity person(std::uint64_t seed) {
    test::SeededRandom random(seed);
    return Identity::generate(random);
}

inline constexpr std::uint64_t kFirstPerson = 1, kSecondPerson = 2, kStranger = 3, kThirdParty = 4;

/// `bytes` with one octet changed.
inline Bytes damaged(Bytes bytes, std::size_t at, std::uint8_t by) {
    if (!bytes.empty())
        bytes[at % bytes.size()] ^= by == 0 ? std::uint8_t{1} : by;
    return bytes;
}

} // namespace culvert::fuzz
