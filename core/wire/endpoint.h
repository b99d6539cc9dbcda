// Endpoint records: where an identity says that it can be reached, as they stand in address strings, sessions and
// handoffs.
//
//  | kind (1) | fields by kind                                                  |
//   1 native6   IPv6 address (16), port (2)
//   2 mapped4   IPv4 address (4), port (2)
//   3 lan4      IPv4 address (4), port (2)
//   4 lan6      IPv6 address (16), port (2)     unique local addresses, RFC 4193
//   5 teredo    server (4), flags (2), client (4), port (2)
//   6 teredo    flags (2), client (4), port (2)  self-served: the server field holds the client's own IPv4 address
//   7 native6   as 1, of somebody whose doorbell can be rung (core/doorbell)
#pragma once

#include "core/base/byte_io.h"
#include "core/base/result.h"
#include "core/base/socket_address.h"

namespace culvert::wire {

/// What sort of address an endpoint record holds.
enum class EndpointKind : std::uint8_t { Native6 = 1, Mapped4 = 2, Lan4 = 3, Lan6 = 4, Teredo = 5 };

/// One address that its owner claims. A Teredo endpoint's address is the Teredo address with its mapped port.
struct EndpointRecord {
    EndpointKind kind = EndpointKind::Native6;
    SocketAddress address;
    bool hasDoorbell = false; ///< of Native6 alone: its owner hears ICMPv6 errors
    auto operator<=>(const EndpointRecord&) const = default;
};

/// A third party that hands over set-up messages for an identity.
struct ThirdPartyRecord {
    std::array<std::uint8_t, 32> key{};    ///< its Ed25519 public key
    std::vector<EndpointRecord> endpoints; ///< 1 to kThirdPartyEndpointsMax
    bool operator==(const ThirdPartyRecord&) const = default;
};

inline constexpr std::size_t kEndpointsMax = 8;
inline constexpr std::size_t kThirdPartiesMax = 3;
inline constexpr std::size_t kThirdPartyEndpointsMax = 2;

/// Count (1), then the records. Of more than kEndpointsMax the first ones are written.
void writeEndpoints(ByteWriter& writer, const std::vector<EndpointRecord>& endpoints,
                    std::size_t maximum = kEndpointsMax);
/// Refuses an unknown kind, port 0 and more than `maximum` records.
Result<std::vector<EndpointRecord>> readEndpoints(ByteReader& reader, std::size_t maximum = kEndpointsMax);

/// Count (1), then key (32) and endpoints of each.
void writeThirdParties(ByteWriter& writer, const std::vector<ThirdPartyRecord>& thirdParties);
Result<std::vector<ThirdPartyRecord>> readThirdParties(ByteReader& reader);

/// An IPv6 socket address as 18 octets; an IPv4 one in its mapped form.
void writeSocketAddress(ByteWriter& writer, const SocketAddress& address);
SocketAddress readSocketAddress(ByteReader& reader);

} // namespace culvert::wire
