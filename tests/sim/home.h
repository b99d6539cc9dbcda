// Homes in a few words, for tests that need no more.
#pragma once

#include "tests/sim/world.h"

namespace culvert::sim {

/// A computer at home, 20 ms from the middle of the internet; without a NAT its IPv4 address is a public one.
inline HostConfig home(const std::string& name, const std::optional<NatConfig>& nat = {}, bool hasV6 = false) {
    HostConfig config;
    config.name = name;
    config.nat = nat;
    config.hasV6 = hasV6;
    config.link.delay = 20ms;
    return config;
}

} // namespace culvert::sim
