// NAT-PMP messages (RFC 6886): version 0 of what PCP grew out of, on the same ports. All numbers are in network byte
// order.
//
//  requests:  external address (§3.2)  | 0 | 0 |
//             mapping (§3.3)           | 0 | 1 UDP, 2 TCP | reserved (2) | internal port (2) | external port (2) |
//                                      | lifetime in seconds (4); 0 deletes |
//  responses: external address         | 0 | 128     | result (2) | epoch in seconds (4) | IPv4 address (4) |
//             mapping                  | 0 | 129/130 | result (2) | epoch in seconds (4) | internal port (2) |
//                                      | external port (2) | lifetime in seconds (4) |
//             unsupported version      | 0 | 0 | 1 (2) | epoch in seconds (4) |     see wire/pcp.h
//
// The external address response is also what a router announces to 224.0.0.1:5350 (§3.2.1).
#pragma once

#include "core/base/result.h"
#include "core/base/socket_address.h"

namespace culvert::wire {

inline constexpr std::uint8_t kNatPmpVersion = 0;

/// RFC 6886 §3.2, §3.3.
enum class NatPmpOpcode : std::uint8_t { ExternalAddress = 0, MapUdp = 1, MapTcp = 2 };

/// RFC 6886 §3.5. Others may come; they are failures too.
enum class NatPmpResult : std::uint16_t {
    Success = 0,
    UnsupportedVersion = 1,
    NotAuthorized = 2,
    NetworkFailure = 3,
    OutOfResources = 4,
    UnsupportedOpcode = 5,
};

/// The code's name as the RFC writes it, `unknown` when it has none.
std::string_view natPmpResultName(std::uint16_t result);

/// RFC 6886 §3.3, §3.4.
struct NatPmpMapRequest {
    NatPmpOpcode opcode = NatPmpOpcode::MapUdp;
    std::uint16_t internalPort = 0;
    std::uint16_t externalPort = 0; ///< suggested
    std::uint32_t lifetime = 0;     ///< in seconds
};

/// A response of any kind. Fields that its kind does not have are zero.
struct NatPmpResponse {
    NatPmpOpcode opcode = NatPmpOpcode::ExternalAddress;
    std::uint16_t result = 0; ///< a NatPmpResult, or a number that is none
    std::uint32_t epoch = 0;  ///< in seconds
    Ipv4Address externalAddress;
    std::uint16_t internalPort = 0;
    std::uint16_t externalPort = 0;
    std::uint32_t lifetime = 0; ///< in seconds
};

Bytes encodeNatPmpAddressRequest();
/// REQUIRES: the opcode is MapUdp or MapTcp
Bytes encode(const NatPmpMapRequest& request);

/// Parses a response of version 0. Octets behind its end are ignored: some routers send more. A failure may be cut
/// off after the epoch: what follows says nothing then.
Result<NatPmpResponse> decodeNatPmpResponse(BytesView payload);

} // namespace culvert::wire
