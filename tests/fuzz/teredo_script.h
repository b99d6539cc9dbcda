// Orders to the Teredo client's target: one octet, then what it needs.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// `order % Count`. Numbers are in network byte order.
enum class TeredoOrder : std::uint8_t {
    Servers, ///< which addresses there are (1)
    Allow,   ///< whether (1)
    Raw,     ///< from where (1), chunk: a datagram as it is
    Answer,  ///< to which of the latest questions (1), with which fault (1), from and about where (1)
    Sleep,   ///< tenths of a second (2)
    Restart,
    Refresh,
    Mapping, ///< whether it is lost (1)
    Count
};

} // namespace culvert::fuzz
