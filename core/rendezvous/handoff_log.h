// HandoffLog: handoffs whose third party has not said yet what became of them.
//
// A third party that stops answering is noticed by the first handoff it should have answered, so that the next one goes
// through another within a few round trips, instead of when its registration would have ended.
#pragma once

#include "core/base/instant.h"
#include "core/crypto/identity.h"

#include <map>
#include <optional>

namespace culvert {

/// A handoff that left.
struct SentHandoff {
    PublicKey party{};
    PublicKey recipient{};
    Instant due; ///< when its answer should have come
};

/// Thread safety: one thread.
class HandoffLog {
public:
    /// More than these are not waited for.
    static constexpr std::size_t kMax = 256;
    /// An answer takes one round trip, and more when somebody is busy.
    static constexpr Duration kPatienceMin = 300ms;
    static constexpr unsigned kPatienceRoundTrips = 3;

    void sent(Instant now, std::uint64_t transaction, const PublicKey& party, const PublicKey& recipient,
              Duration roundTrip);
    /// What the third party answers; nothing when it is no answer to a question that still waits.
    std::optional<SentHandoff> answered(std::uint64_t transaction, const PublicKey& party);
    /// One whose time is over.
    std::optional<SentHandoff> pollOverdue(Instant now);
    std::optional<Deadline> pollTimeout() const;

private:
    std::map<std::uint64_t, SentHandoff> m_sent;
};

} // namespace culvert
