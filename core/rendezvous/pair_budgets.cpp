#include "core/rendezvous/pair_budgets.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr TokenBucket::Rate kHandoffs{PairBudgets::kBurst, PairBudgets::kRefill};
constexpr TokenBucket::Rate kRecipients{PairBudgets::kRecipientsMax,
                                        PairBudgets::kRefill* PairBudgets::kBurst / PairBudgets::kRecipientsMax};

} // namespace

PairBudgets::PairBudgets(Random& random) : m_places(kPlacesMin) {
    random.fillSecret(m_key.span());
}

std::uint64_t PairBudgets::hashOf(const PublicKey& from, const PublicKey& to) const {
    std::array<std::uint8_t, 64> both{};
    std::ranges::copy(from, both.begin());
    std::ranges::copy(to, both.begin() + from.size());
    const auto hash = keyedHash(m_key, both);
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < sizeof(out); ++i)
        out = out << 8 | hash.at(i);
    return out;
}

PairBudgets::Place* PairBudgets::find(Instant now, std::uint64_t pair) {
    Place* first = &m_places[pair % (m_places.size() / kNeighbours) * kNeighbours];
    Place* found = std::find_if(first, first + kNeighbours,
                                [&](const Place& place) { return place.pair == pair && !place.budget.isFull(now); });
    return found == first + kNeighbours ? nullptr : found;
}

PairBudgets::Place* PairBudgets::freePlace(Instant now, std::uint64_t pair) {
    Place* first = &m_places[pair % (m_places.size() / kNeighbours) * kNeighbours];
    Place* found =
        std::find_if(first, first + kNeighbours, [&](const Place& place) { return place.budget.isFull(now); });
    return found == first + kNeighbours ? nullptr : found;
}

bool PairBudgets::spend(Instant now, const PublicKey& from, const PublicKey& to, TokenBucket& recipients) {
    const std::uint64_t pair = hashOf(from, to);
    if (Place* place = find(now, pair))
        return place->budget.spend(now, kHandoffs);
    if (!recipients.spend(now, kRecipients))
        return false;
    Place* place = freePlace(now, pair);
    while (place == nullptr && m_places.size() < kPlacesMax) {
        grow(now);
        place = freePlace(now, pair);
    }
    if (place == nullptr)
        return false;
    *place = {pair, {}};
    return place->budget.spend(now, kHandoffs);
}

// Twice as many sets: each old one is spread over two, so that all of them have room.
void PairBudgets::grow(Instant now) {
    std::vector<Place> before(m_places.size() * 2);
    before.swap(m_places);
    for (const Place& place : before)
        if (!place.budget.isFull(now))
            *freePlace(now, place.pair) = place;
}

} // namespace culvert
