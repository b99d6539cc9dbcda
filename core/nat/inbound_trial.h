// InboundTrial: a contact sends us one packet from a port that we never wrote to, because the user asked for it;
// whether that comes in is whether strangers' packets do. Sans-I/O: the engine carries questions, answers and packets.
//
// One contact is asked at a time, for at most one packet of each address family. A question is over when its packet
// came in, when the contact refused, or after kWait. "Nothing came" needs the contact's word that it sent; where that
// is missing, nothing is known.
#pragma once

#include "core/base/random.h"
#include "core/messenger/ids.h"
#include "core/messenger/network_status.h"
#include "core/wire/session_frame.h"

#include <array>

namespace culvert {

/// Thread safety: one thread.
class InboundTrial {
public:
    /// From the question until its packet has come in, or does not come.
    static constexpr Duration kWait = 3s;

    /// One question. The name in `ring` is empty.
    struct Asked {
        ContactId by;
        std::uint64_t transaction = 0;
        Instant since{};
        bool hasSent = false; ///< as the contact says
        ContactRing ring;
    };

    explicit InboundTrial(Random& random) : m_random(random) {}

    /// Forgets what was found before. REQUIRES: !isWaiting(), at most one target of each family
    std::vector<wire::RingWantedFrame> begin(const Now& now, const ContactId& by,
                                             const std::vector<SocketAddress>& targets);
    void handleAnswer(const ContactId& by, const wire::RingAnswerFrame& answer);
    /// An authenticated ring of this contact came in, from a port that we do not know. Our address that was rung;
    /// nothing when nobody asked for it.
    std::optional<SocketAddress> handleRing(Instant now, const ContactId& by, std::uint64_t transaction, bool isV4,
                                            bool fromNewAddress);
    void handleTimeout(Instant now);
    /// The network is another one: nothing that was found holds.
    void restart();

    bool isWaiting() const { return isWaiting(m_asked[0]) || isWaiting(m_asked[1]); }
    const std::optional<Asked>& of(bool isV4) const { return m_asked[isV4 ? 1 : 0]; }
    /// Whether anything is known that was not at the last call.
    bool takeChange() { return std::exchange(m_hasChanged, false); }
    std::optional<Deadline> pollTimeout() const;

private:
    static bool isWaiting(const std::optional<Asked>& asked) {
        return asked && asked->ring.outcome == RingOutcome::Waiting;
    }
    Asked* find(const ContactId& by, std::uint64_t transaction);
    void end(Asked& asked, RingOutcome outcome);

    Random& m_random;
    std::array<std::optional<Asked>, 2> m_asked; // IPv6, IPv4
    bool m_hasChanged = false;
};

} // namespace culvert
