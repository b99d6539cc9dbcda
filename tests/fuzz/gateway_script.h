// Orders to the port mapper's target: one octet, then what it needs.
#pragma once

#include "core/base/bytes.h"

namespace culvert::fuzz {

/// `order % Count`. Numbers are in network byte order.
enum class GatewayOrder : std::uint8_t {
    Network,   ///< shape (1): which routers and addresses there are
    Raw,       ///< router (1), chunk: a datagram as it is
    AnswerPcp, ///< which of the latest requests (1), result (1), lifetime (4), epoch (4), address (1), port (2)
    AnswerPmp, ///< router (1), opcode (1), result (1), lifetime (4), epoch (4), address (1), port (2)
    Announce,  ///< router (1), chunk
    Epoch,     ///< router (1), by NAT-PMP or PCP (1), epoch (4), address (1): a well-formed announcement
    Upnp,      ///< shape (2), error (1)
    Sleep,     ///< tenths of a second (2)
    Refresh,
    Shutdown,
    Count
};

} // namespace culvert::fuzz
