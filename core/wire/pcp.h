// PCP messages (RFC 6887): MAP and ANNOUNCE, from a client to the port 5351 of a router and back. All numbers are in
// network byte order; an IPv4 address stands as ::ffff:a.b.c.d (§5).
//
//  request (§7.1)                                         response (§7.2)
//  +-----------+---+--------+----------------------+      +-----------+---+--------+----------+--------+
//  | version 2 | 0 | opcode | reserved (2)         |      | version 2 | 1 | opcode | reserved | result |
//  +-----------+---+--------+----------------------+      +-----------+---+--------+----------+--------+
//  | lifetime in seconds (4); 0 deletes            |      | lifetime in seconds (4): of the mapping or the error |
//  | the client's address (16)                     |      | the server's epoch time in seconds (4)    |
//  +-----------------------------------------------+      | reserved (12)                             |
//  | MAP: fields as below; ANNOUNCE: nothing       |      +-------------------------------------------+
//  | options: none of ours                         |      | the same fields, then options: skipped    |
//  +-----------------------------------------------+      +-------------------------------------------+
//
//  MAP's fields (§11.1): | nonce (12) | protocol | reserved (3) | internal port (2) | external port (2) |
//                        | external address (16) |      suggested in a request, assigned in a response
//
// A server that does not know the version of a request answers UNSUPP_VERSION with its own version (§9). One of
// NAT-PMP answers in its format, see unsupportedVersionAnswer().
#pragma once

#include "core/base/result.h"
#include "core/base/socket_address.h"

#include <optional>

namespace culvert::wire {

inline constexpr std::uint8_t kPcpVersion = 2;
/// Where PCP and NAT-PMP servers listen.
inline constexpr std::uint16_t kPcpServerPort = 5351;
/// RFC 6887 §7: nothing is longer.
inline constexpr std::size_t kPcpSizeMax = 1100;

using PcpNonce = std::array<std::uint8_t, 12>;

/// RFC 6887 §7.3 and IANA's registry.
enum class PcpOpcode : std::uint8_t { Announce = 0, Map = 1 };

/// IANA's protocol numbers of what is mapped.
enum class PcpProtocol : std::uint8_t { Tcp = 6, Udp = 17 };

/// RFC 6887 §7.4. Others may come; they are failures too.
enum class PcpResult : std::uint8_t {
    Success = 0,
    UnsuppVersion = 1,
    NotAuthorized = 2,
    MalformedRequest = 3,
    UnsuppOpcode = 4,
    UnsuppOption = 5,
    MalformedOption = 6,
    NetworkFailure = 7,
    NoResources = 8,
    UnsuppProtocol = 9,
    UserExQuota = 10,
    CannotProvideExternal = 11,
    AddressMismatch = 12,
    ExcessiveRemotePeers = 13,
};

/// The code's name as the RFC writes it, `UNKNOWN` when it has none.
std::string_view pcpResultName(std::uint8_t result);

/// What both MAP requests and MAP responses hold.
struct PcpMapFields {
    PcpNonce nonce{};
    std::uint8_t protocol = 0;
    std::uint16_t internalPort = 0;
    SocketAddress external; ///< suggested or assigned; IPv4 when the octets are a mapped IPv4 address
    bool operator==(const PcpMapFields&) const = default;
};

/// RFC 6887 §11.1. A lifetime of 0 deletes the mapping.
struct PcpMapRequest {
    std::uint32_t lifetime = 0; ///< in seconds
    SocketAddress client;       ///< our address, as the router sees it; its port is not sent
    PcpMapFields map;
};

/// A response to MAP or ANNOUNCE.
struct PcpResponse {
    PcpOpcode opcode = PcpOpcode::Announce;
    std::uint8_t result = 0;    ///< a PcpResult, or a number that is none
    std::uint32_t lifetime = 0; ///< in seconds
    std::uint32_t epoch = 0;    ///< in seconds
    PcpMapFields map;           ///< of a MAP response
};

Bytes encode(const PcpMapRequest& request);
/// RFC 6887 §14.1.2: asks for the server's epoch and changes nothing.
Bytes encodePcpAnnounceRequest(const SocketAddress& client);

/// Parses a response of version 2. Refuses requests, lengths that RFC 6887 §8.3 calls invalid, other opcodes, and
/// options that reach past the end.
Result<PcpResponse> decodePcpResponse(BytesView payload);

/// RFC 6887 §9, RFC 6886 §3.5: the version that the sender speaks, when `payload` is an UNSUPP_VERSION answer of any
/// version. 0 is NAT-PMP refusing PCP; 2 is PCP refusing NAT-PMP.
std::optional<std::uint8_t> unsupportedVersionAnswer(BytesView payload);

} // namespace culvert::wire
