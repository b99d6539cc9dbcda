// PathMtu: how large a datagram one path takes (RFC 8899, datagram packetization layer path MTU discovery).
//
// Base (RFC 8899 §5.1.2 BASE_PLPMTU): 1232 octets, which fit an IPv6 packet of 1280, the tunnel's MTU (RFC 4380
// §5.1.2). Every path carries that, or it is none.
// Search: the largest size first, because most paths take it; then the rest of the table by halves. A size that got no
// answer to kProbesMax probes does not fit. After the search it is tried again every kRaiseAfter.
// Confirmation: while datagrams above the base are sent, one of the present size is confirmed every kConfirmEvery. When
// kProbesMax in a row get no answer though the path answered something smaller meanwhile, the large ones disappear: the
// size is the base from then on, and what is below the size that failed is searched.
// Probes are packets of their own, so that nothing of the session is ever lost by the search. Sizes are those of the
// inner UDP payload.
#pragma once

#include "core/base/instant.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace culvert {

/// Of one path. Thread safety: one thread. Nothing here sends: wanted() says what should be.
class PathMtu {
public:
    static constexpr std::size_t kBase = 1232;
    /// What an Ethernet frame carries: as IPv6, and in the tunnel (IPv4 and UDP headers around an IPv6 packet).
    static constexpr std::size_t kMaxNative = 1500 - 40 - 8;
    static constexpr std::size_t kMaxTunnelled = 1500 - 20 - 8 - 40 - 8;
    static constexpr unsigned kProbesMax = 3;        ///< RFC 8899 §5.1.2 MAX_PROBES
    static constexpr Duration kRaiseAfter = 600s;    ///< RFC 8899 §5.1.1 PMTU_RAISE_TIMER
    static constexpr Duration kConfirmEvery = 200ms; ///< RFC 8899 §5.1.1 CONFIRMATION_TIMER, while it is used
    static constexpr std::size_t kHeaders = 40 + 8;  ///< an IPv6 packet has as many octets more

    /// No size above `limit` is tried.
    explicit PathMtu(std::size_t limit = kBase) : m_limit(limit) {}

    /// What a datagram may have now.
    std::size_t size() const { return m_size; }
    /// A datagram of the session went out.
    void used(Instant now, std::size_t datagramSize);
    /// The size of a probe that should go out now; sent() must follow.
    std::optional<std::size_t> wanted(Instant now);
    /// `timeout`: how long its answer may take.
    void sent(Instant now, std::uint64_t transaction, Duration timeout);
    /// When `transaction` was one of its probes, the size fits; how long the answer took.
    std::optional<Duration> answered(Instant now, std::uint64_t transaction);
    /// `lastHeard`: when the path carried anything to us last. True when a probe got no answer, so that it is worth
    /// knowing whether small ones do.
    bool handleTimeout(Instant now, Instant lastHeard);
    std::optional<Instant> pollTimeout() const;
    /// Everything is forgotten: the path may be another one.
    void reset() { *this = PathMtu(m_limit); }

private:
    void next(Instant now);
    void probe(Instant now, std::size_t size);
    void failed(Instant now, Instant lastHeard);

    std::size_t m_limit;
    std::size_t m_size = kBase;
    std::size_t m_tooLarge = 0;  // the smallest that failed in this search; 0: none yet
    std::size_t m_candidate = 0; // what is being probed; 0: nothing
    unsigned m_failures = 0;     // of the candidate, in a row
    Instant m_firstSent{};       // the first of those
    Instant m_wantedAt{};        // since when the next probe of it should go out
    // Of the candidate's probes: an answer that comes late is an answer. A round trip may have grown under load.
    std::array<std::optional<std::uint64_t>, kProbesMax> m_transactions;
    std::array<Instant, kProbesMax> m_sentAt{};
    bool m_isWaiting = false; // for the answer to the last one
    bool m_isHeard = false;   // something smaller passed between the first and the last
    Instant m_deadline{};
    std::optional<Instant> m_raiseAt; // the next search
    bool m_isStarted = false;
    std::optional<Instant> m_confirmAt; // while larger datagrams are sent
    Instant m_confirmed{};
};

} // namespace culvert
