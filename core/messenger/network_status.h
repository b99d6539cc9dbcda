// NetworkStatus: what this computer's network was seen to do; facts and their evidence, not verdicts.
#pragma once

#include "core/base/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace culvert {

/// What became of asking the router to forward our port.
enum class PortMappingState {
    Off,     ///< the user switched it off
    Trying,  ///< being asked for
    Claimed, ///< the router says yes; no peer has proven it yet
    Proven,  ///< a peer reached us through it
    Failed,  ///< see reason
};

/// Why there is no port mapping.
enum class PortMappingFailure {
    None,
    NoRouter,        ///< no UPnP device answered
    Refused,         ///< the router said no; detail holds its code
    PrivateExternal, ///< the router itself has a private address (nested NAT, or a carrier's)
    PortDiffers,     ///< the router gave another external port than ours
};

/// The port mapping at this moment.
struct PortMappingStatus {
    PortMappingState state = PortMappingState::Off;
    PortMappingFailure failure = PortMappingFailure::None;
    std::string external; ///< socket address in text, when the state is Claimed or Proven
    std::string detail;   ///< the router's words
    bool operator==(const PortMappingStatus&) const = default;
};

/// A third party that hands over set-up messages, and how it does.
struct ThirdPartyStatus {
    std::string address; ///< its contact address string
    std::string key;     ///< text form of its public key
    bool registered = false;
    Duration roundTrip{};
    std::string observed; ///< the socket address that it sees us at
    bool operator==(const ThirdPartyStatus&) const = default;
};

/// Everything that is known of the network now.
struct NetworkStatus {
    std::uint16_t port = 0;           ///< the UDP port of both families
    std::vector<std::string> native6; ///< global IPv6 addresses of this computer
    std::vector<std::string> local4;  ///< IPv4 addresses of this computer
    PortMappingStatus mapping;
    std::string teredoAddress; ///< our Teredo address, when the forwarded port justifies one
    std::vector<ThirdPartyStatus> thirdParties;
    std::optional<bool> mappingVariesByDestination; ///< nothing while fewer than two peers told what they see
    std::vector<std::string> observed;              ///< the socket addresses that peers and third parties see us at
    std::uint64_t bytesThroughThirdParties = 0;     ///< set-up messages only; payload never goes there
    bool operator==(const NetworkStatus&) const = default;
};

} // namespace culvert
