// NAT behaviour in the words of RFC 4787: mapping and filtering are told apart, and what was not tested has no value.
#pragma once

#include "core/base/instant.h"

#include <optional>

namespace culvert {

/// Whether one local port looks the same to everybody outside (RFC 4787 §4.1).
enum class NatMapping { EndpointIndependent, AddressDependent, AddressAndPortDependent };

/// Whose packets may come in through a mapping (RFC 4787 §5).
enum class NatFiltering { EndpointIndependent, AddressDependent, AddressAndPortDependent };

/// What was observed of the way between us and the IPv4 internet. Nothing: not tested, or not to be told apart.
struct NatBehaviour {
    std::optional<bool> isTranslated; ///< others see another address than this computer has
    std::optional<bool> varies;       ///< two destinations see different ports (mapping says more, where it is known)
    std::optional<NatMapping> mapping;
    std::optional<NatFiltering> filtering;
    std::optional<bool> preservesPort;       ///< the outer port equals the inner one
    std::optional<int> portStep;             ///< from one new mapping to the next, where that is always the same
    std::optional<bool> hairpins;            ///< two sockets behind it reach each other by their outer addresses
    std::optional<bool> isNested;            ///< more than one NAT in a row (a second router, or a carrier's)
    std::optional<Duration> lifetimeAtLeast; ///< the longest silence that a mapping survived
    std::optional<Duration> lifetimeBelow;   ///< the shortest silence that it did not
    bool operator==(const NatBehaviour&) const = default;
};

} // namespace culvert
