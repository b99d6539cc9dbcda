// DropReason: why a datagram that came in was thrown away. Strangers' nonsense is counted, never logged in detail.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace culvert {

/// One counter for each reason; peers cannot make more of them.
enum class DropReason : std::size_t {
    Malformed,          ///< not a message that any layer knows
    EncapsulationWrong, ///< Teredo headers, lengths or checksums that do not agree
    SourceMismatch,     ///< RFC 4380 §5.4.2: the inner source does not embed the outer source
    Unauthenticated,    ///< a tag that does not verify
    Replayed,           ///< a counter that was seen before
    UnknownPeer,        ///< a key that is no contact's and brings no invitation
    RateLimited,        ///< more than the budget for strangers
    NotForUs,           ///< another inner address or port than ours
    Count
};

/// Counters of dropped datagrams, by reason.
struct DropCounters {
    std::array<std::uint64_t, static_cast<std::size_t>(DropReason::Count)> counts{};
    void add(DropReason reason) { ++counts[static_cast<std::size_t>(reason)]; }
    std::uint64_t of(DropReason reason) const { return counts[static_cast<std::size_t>(reason)]; }
};

} // namespace culvert
