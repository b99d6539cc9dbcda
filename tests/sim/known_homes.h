// Known homes: what predict() is to be told of a home that was built, here or in the network laboratory, and homes that
// are named in words. It is the truth, not what an engine learnt.
#pragma once

#include "core/messenger/pair_prediction.h"
#include "tests/sim/world.h"

#include <string_view>

namespace culvert::sim {

/// All but who knows whom and a Teredo address. What stands in a row behaves as its strictest part.
EndFacts factsOf(const HostConfig& home);

/// A home in words with "+" between them. One of public, full_cone, address_restricted, port_restricted, symmetric and
/// double for its IPv4; upnp; ipv6_open or ipv6_firewalled; no_udp. Nothing where a word is unknown.
std::optional<HostConfig> homeInWords(std::string_view words);

} // namespace culvert::sim
