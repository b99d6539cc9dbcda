// What a script for a pair of QUIC connections may order.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// One order: this octet, then what stands beside it.
enum class QuicOrder : std::uint8_t {
    Run,       ///< ms (1)
    Drop,      ///< which packet in flight (1)
    Corrupt,   ///< which (1), where (2), how (1)
    Duplicate, ///< which (1)
    Delay,     ///< which (1), ms (1)
    Inject,    ///< to whom (1), chunk
    Overwrite, ///< which (1), where (2), chunk
    Truncate,  ///< which (1), size (2)
    Write,     ///< who and where (1): bit 0 the server, then the stream; chunk
    Update,    ///< who (1)
    Close,     ///< who (1)
    Tamper,    ///< skip (1), where (2), chunk: what is encrypted next
    Sleep,     ///< ms (2): nothing arrives
    Count
};

} // namespace culvert::fuzz
