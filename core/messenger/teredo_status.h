// TeredoStatus: what Teredo servers (RFC 4380) told of the way between us and the IPv4 internet.
#pragma once

#include "core/base/instant.h"
#include "core/base/socket_address.h"

#include <optional>
#include <string>
#include <vector>

namespace culvert {

/// RFC 4380 §5.2.1: how far the qualification is.
enum class TeredoState {
    Off,      ///< there is no server, no IPv4, or native IPv6 (RFC 4380 §5.5)
    Offline,  ///< no server answers as it must
    Probing,  ///< servers are being asked
    Qualified ///< the address can be used, as far as its kind allows
};

/// RFC 4380 §5.2.1: the kind of NAT, as the answers of one server tell it.
enum class TeredoKind {
    Cone,       ///< an address that nothing was sent to reached us
    Restricted, ///< only those reach us whom we sent to, from one mapped port
    Symmetric   ///< each peer sees another mapped port (RFC 6081 §5.2: of use to peers that do not filter by port)
};

/// How a server that the user named does.
enum class TeredoServerHealth {
    NotUsed,    ///< Teredo is off
    Unresolved, ///< its name has no usable IPv4 address, as far as is known
    NotAsked,
    Asking,
    Answers,   ///< not the one in use
    Qualified, ///< the one in use
    NoAnswer,
    NoOrigin,    ///< it does not say from where it sees us (RFC 4380 §5.2.1 requires it)
    NoSecondary, ///< its secondary address is silent, so that a symmetric NAT cannot be told
    Unsteady     ///< it shows us at another address again and again, and nobody else does
};

/// One server, under the name that the user gave it.
struct TeredoServerStatus {
    std::string server;
    TeredoServerHealth health = TeredoServerHealth::NotUsed;
    std::optional<Duration> roundTrip;
    bool operator==(const TeredoServerStatus&) const = default;
};

/// What the qualification found.
struct TeredoStatus {
    TeredoState state = TeredoState::Off;
    std::optional<TeredoKind> kind;
    std::string server; ///< the one that told, as the user named it; empty: nobody told anything
    std::optional<Ipv4Address> serverAddress;
    std::optional<Ipv4Address> secondaryAddress; ///< where it answered, too; known behind a symmetric NAT
    std::optional<SocketAddress> mapped;         ///< our main socket, as the server sees it
    std::optional<Duration> roundTrip;
    std::optional<Duration> refreshInterval; ///< how often the server is asked at least, to keep the mapping
    std::optional<Ipv6Address> address;      ///< our Teredo address with that server
    std::optional<WallTime> since;           ///< when this was found
    std::vector<TeredoServerStatus> servers;
    bool operator==(const TeredoStatus&) const = default;
};

} // namespace culvert
