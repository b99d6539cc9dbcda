// Epoch times: how a client notices that a router lost its mappings. Pure functions beside one remembered answer.
#pragma once

#include "core/base/instant.h"

#include <optional>

namespace culvert {

/// The epoch time of an answer, and when it came.
struct EpochReading {
    Instant at;
    std::uint32_t seconds = 0;
};

/// RFC 6887 §8.5: whether a server that kept its state may say `current` after `previous`.
bool isPcpEpochPlausible(const EpochReading& previous, const EpochReading& current);

/// RFC 6886 §3.6: the same for NAT-PMP, which only knows a time that ran backwards.
bool isNatPmpEpochPlausible(const EpochReading& previous, const EpochReading& current);

} // namespace culvert
