// What scripts for TCP connections may order.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// One order: this octet, then what stands beside it. "link" is one of those that there are, counted from the oldest.
enum class TcpLinksOrder : std::uint8_t {
    Accept,    ///< place (1)
    Want,      ///< owner (1), number of places (1), places (1 each)
    Connected, ///< link (1)
    Received,  ///< link (1), chunk
    Framed,    ///< link (1), chunk: in a frame
    Closed,    ///< link (1)
    Prove,     ///< place (1), owner (1)
    Need,      ///< place (1), whether (1)
    Send,      ///< place (1), segment (1), chunk
    Forget,    ///< owner (1)
    Retry,     ///< owner (1)
    Allow,     ///< whether (1)
    Pass,      ///< ms (2)
    Count
};

} // namespace culvert::fuzz
