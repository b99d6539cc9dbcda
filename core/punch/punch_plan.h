// Punching: what two ends do at the same time, as it follows from what each says of its network. Pure functions.
//
// Both ends work it out for themselves, from the same two hints, so that nothing but the handoffs need agree on it.
#pragma once

#include "core/wire/nat_hint.h"

namespace culvert {

/// Who does what when one end is hard to meet: its NAT shows each of its sockets to each remote address at another port
/// (RFC 4787 §4.1), and the other end's filter lets in only the port that it wrote to (RFC 4787 §5).
enum class SearchRole {
    None,   ///< both easy, both hard, not allowed, or not known
    Opener, ///< we are hard: we open many sockets towards the one port of the other end
    Seeker, ///< the other end is hard: we try many of its ports from our one
};

SearchRole searchRole(const wire::NatHint& own, const wire::NatHint& theirs);

/// How long a search waits after the agreed start, because something quicker may work. Equal at both ends.
Duration searchDelay(const wire::NatHint& own, const wire::NatHint& theirs);

/// When the sender of a handoff begins, counted from when it leaves: about when the recipient, who is as far from the
/// third party as we are, holds it in hand.
Duration punchStart(Duration roundTrip);

/// When its recipient begins, counted from when it comes in. `roundTrip` is our own to the third party.
Duration punchWait(const wire::PunchPlan& plan, Duration roundTrip);

/// What a hard end can do so that its next port is foretold (RFC 6081 §3.3, §3.4).
enum class Foretelling {
    None,     ///< easy, or at random
    KeepPort, ///< a socket that has sent nothing gets its own port outside
    NextPort, ///< a socket that has sent nothing gets the one after the last
};

Foretelling foretellingOf(const wire::NatHint& own);

/// How far the first packet to a newly learnt address of theirs may go: just past our own NATs, so that ours lets
/// theirs in (RFC 5128 §3.3.1), and their NAT, which may answer or shut out whom it does not expect, hears nothing yet.
/// 0: as far as usual, because it is of no use, or nobody knows how far our NATs reach.
std::uint8_t openerHops(const wire::NatHint& own, const wire::NatHint& theirs);

/// At most this many ports are tried for one prediction.
inline constexpr int kPredictedMax = 8;

/// The ports that a prediction names, the most likely first; none below 1024.
std::vector<std::uint16_t> predictedPorts(const wire::PortPrediction& prediction);

} // namespace culvert
