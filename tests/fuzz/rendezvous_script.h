// What scripts for a third party may order.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// One order: this octet, then what stands beside it. "whence" is a place and an inner source.
enum class RendezvousOrder : std::uint8_t {
    Raw,          ///< whence (1), chunk: the outer payload
    Inner,        ///< whence (1), chunk: the inner payload
    Cookie,       ///< whence (1), chunk: what follows the mac of a cookie request
    Introduction, ///< whence (1), who (1), chunk: control message; with the cookie that was asked for there
    Payload,      ///< whence (1), who (1), chunk: the whole payload of an introduction
    Register,     ///< whence (1), who (1): all of a registration
    Pair,         ///< whence (1), who (1), chunk: plaintext
    Handoff,      ///< whence (1), who (1), chunk: sealed handoff to the other one
    Pass,         ///< ms (2)
    Count
};

} // namespace culvert::fuzz
