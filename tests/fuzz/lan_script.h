// The orders of a LanFinder script, for the target and for its corpus.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// What happens next; its arguments follow it.
enum class LanOrder : std::uint8_t {
    Expect,  ///< contact (1), whether by an invitation (1)
    Forget,  ///< contact (1)
    Seek,    ///< contact (1), whether a path is missing (1)
    Clock,   ///< seconds (2) forward; from 0x8000 on backward
    Sleep,   ///< milliseconds (2) of monotonic time
    Beacon,  ///< contact (1), kind (1), epochs from now (1, less 2), round (1), source (1)
    Answer,  ///< the same, by the contact's invitation
    Call,    ///< by ours: kind (1), epochs from now (1, less 2), round (1), source (1)
    Raw,     ///< source (1), chunk
    Network, ///< which (1)
    Switch,  ///< on or off (1)
    Restart,
    Count
};

} // namespace culvert::fuzz
