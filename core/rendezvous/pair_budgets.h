// PairBudgets: how many handoffs each pair of clients has left, so that a third party cannot carry a conversation.
//
// A table of fixed-size places, found by a keyed hash of the pair: a million pairs that speak within a minute cost 32
// MB, and nobody can choose whom they share a place with. A budget that is full again says nothing, and its place is
// free.
#pragma once

#include "core/base/random.h"
#include "core/base/rate_limit.h"
#include "core/crypto/sealing.h"

#include <vector>

namespace culvert {

/// Thread safety: one thread.
class PairBudgets {
public:
    /// A pair may have this many handoffs at once, and one more every kRefill.
    static constexpr unsigned kBurst = 8;
    static constexpr Duration kRefill = 5s;
    /// One sender may ask for this many recipients at once, and for as many again in the time a budget takes to fill.
    static constexpr unsigned kRecipientsMax = 64;
    static constexpr std::size_t kPlacesMax = std::size_t{1} << 21;

    explicit PairBudgets(Random& random);

    /// Takes one handoff from `from` to `to`. `recipients` is the sender's, for those it has not asked for lately.
    bool spend(Instant now, const PublicKey& from, const PublicKey& to, TokenBucket& recipients);

    std::size_t places() const { return m_places.size(); }

private:
    struct Place {
        std::uint64_t pair = 0;
        TokenBucket budget;
    };
    static constexpr std::size_t kPlacesMin = 1024;
    static constexpr std::size_t kNeighbours = 8; // places that a pair may be in

    std::uint64_t hashOf(const PublicKey& from, const PublicKey& to) const;
    Place* find(Instant now, std::uint64_t pair);
    Place* freePlace(Instant now, std::uint64_t pair);
    void grow(Instant now);

    Secret<32> m_key;
    std::vector<Place> m_places;
};

} // namespace culvert
