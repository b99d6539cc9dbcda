// The orders of a doorbell script, for the target and for its corpus.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// What happens next; its arguments follow it.
enum class DoorbellOrder : std::uint8_t {
    Expect,  ///< contact (1)
    Forget,  ///< contact (1)
    Clock,   ///< seconds (2) forward; from 0x8000 on backward
    Genuine, ///< contact (1), epochs from now (1, less 2), index (1), caller (1)
    Forged,  ///< the same, then the octet to change (1)
    Raw,     ///< an ICMPv6 packet as a server forwards it (chunk)
    Payload, ///< what an error quotes (chunk), to the dead place
    Restart, ///< the program starts again with what it stored
    Sleep,   ///< seconds (2) of monotonic time
    Count
};

} // namespace culvert::fuzz
