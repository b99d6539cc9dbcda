// MeasuredPath: one way to a peer and what its probes tell: whether it works, how far it is, what it loses.
#pragma once

#include "core/base/inner_address.h"
#include "core/path/path_choice.h"
#include "core/path/path_mtu.h"
#include "core/path/probe_timeline.h"

#include <deque>

namespace culvert {

/// How we learnt a candidate (RFC 8445 §5.1.1 words where they fit).
enum class CandidateOrigin {
    Announced,     ///< from the peer's address string, endpoint update or handoff
    PeerReflexive, ///< the source of an authenticated packet
    Lan,           ///< the source of a beacon on the local network; anybody there may have sent it again
    Linked,        ///< a TCP connection that we opened to an announced address
};

/// An address that may lead to the peer.
struct Candidate {
    PathKind kind = PathKind::None;
    InnerAddress remote;
    CandidateOrigin origin = CandidateOrigin::Announced;
    PathSource source = PathSource::Stored;
};

/// PathManager's record of one path. It measures; PathManager decides. Thread safety: one thread.
struct MeasuredPath {
    /// Probes that may still be answered, of which later ones count as lost for now.
    static constexpr std::size_t kOutstandingMax = 64;

    Candidate candidate;
    bool alive = false;
    bool isOnTrial = false; ///< alive, but the next probe decides
    bool validated = false; ///< a reply came at some time: the address is the peer's
    bool everAnswered = false;
    std::size_t octetsIn = 0, octetsOut = 0; ///< the budget while not validated
    unsigned padded = 0;                     ///< whole datagrams sent while not validated; never reset
    std::uint8_t openerHops = 0;             ///< the first probe may go no farther, where it is not 0
    Instant beginAt = Instant::min();        ///< when the others may go
    unsigned attempts = 0;                   ///< probes since the last reply or kick
    bool wasTriggered = false;               ///< a packet of theirs had us probe it before its turn
    unsigned unanswered = 0;                 ///< probes lost in a row
    Instant nextProbe{};
    Instant lastProbe = Instant::min() + 1h; ///< long ago
    Instant lastReply{};
    Duration roundTrip{}; ///< smoothed
    ProbeHistory history;
    ProbeTimeline timeline;
    bool wasTried = false;
    PathMtu mtu;
    Instant lastHeard{}; ///< any authenticated packet

    // What holds a path back after it was left for another one.
    std::optional<Instant> leftAt;
    bool wasLeftForLoss = false;
    unsigned timesLeft = 0; ///< in short succession
    Instant activeSince{};
    /// It is in use while there is another one, or it may be the next: while payload flows it is measured closely.
    bool isInQuestion = false;

    void sent(Instant now, std::uint64_t transaction);
    /// True when `transaction` waits for its answer.
    bool waitsFor(std::uint64_t transaction) const;
    /// REQUIRES: waitsFor(transaction)
    void answered(Instant now, std::uint64_t transaction);
    /// Counts what is overdue as lost; how many that were.
    unsigned expire(Instant now);
    /// When the next probe is overdue.
    std::optional<Instant> nextExpiry() const;
    /// The path is tried anew, as if it had never worked.
    void forget();
    /// A packet that is no measured probe came back after this time.
    void noteRoundTrip(Instant now, Duration sample);
    /// How long the answer to a probe may take before it counts as lost.
    Duration timeout() const;
    bool isWaiting() const { return !m_outstanding.empty() && !m_outstanding.back().counted; }

private:
    void countLost(Instant sentAt);

    struct Outstanding {
        std::uint64_t transaction = 0;
        Instant sentAt;
        std::optional<std::uint64_t> counted; ///< as lost: its number in the history
    };
    Duration m_variation{}; // RFC 6298 §2, RTTVAR
    Instant m_lastSample{};
    unsigned m_samples = 0; ///< after the first
    std::deque<Outstanding> m_outstanding;
};

} // namespace culvert
