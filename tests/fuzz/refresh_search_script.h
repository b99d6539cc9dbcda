// Orders to the refresh search's target: one octet, then what it needs.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// `order % Count`. Numbers are in network byte order.
enum class SearchOrder : std::uint8_t {
    Target, ///< which one (1): none, one, one with another address, one with another public address
    Raw,    ///< from where and at which socket (1), chunk: a datagram as it is
    Answer, ///< to which of the latest questions (1), with which fault (1), seen at which port (1)
    Bubble, ///< what is wrong with the one that the server passes on (1)
    Sleep,  ///< tenths of a second (2)
    Restart,
    Count
};

} // namespace culvert::fuzz
