// Teredo addresses (RFC 4380 §4, flags as in RFC 5991 §3.1).
//
//  +-------------+-------------+-------+-----------------+-----------------+
//  | 2001:0 (32) | server (32) | flags | port, inverted  | client, inverted|
//  |             |  IPv4       | (16)  | (16)            | IPv4 (32)       |
//  +-------------+-------------+-------+-----------------+-----------------+
//  flags: C z R1 (4 bits) U G R2 (8 bits); C: the client believed itself to be behind a cone NAT.
#pragma once

#include "core/base/socket_address.h"

namespace culvert::wire {

/// What a Teredo address says.
struct TeredoAddress {
    Ipv4Address server;
    bool cone = false;        ///< RFC 4380 §4: the C bit
    std::uint16_t random = 0; ///< RFC 5991 §3.1: 12 random bits, Random1 before Random2
    Ipv4Address client;       ///< the mapped IPv4 address, as the internet sees it
    std::uint16_t port = 0;   ///< the mapped UDP port

    auto operator<=>(const TeredoAddress&) const = default;
    SocketAddress mapped() const { return {client, port}; }
};

/// REQUIRES: random < 4096
Ipv6Address encode(const TeredoAddress& address);
/// Nothing when it is not in 2001:0::/32.
std::optional<TeredoAddress> decodeTeredoAddress(const Ipv6Address& address);

/// fe80::/64 and the node identifier of §4: flags, then port and address inverted. A server's holds its own address,
/// port 3544 and the cone bit (RFC 4380 §5.3.2); a client's may hold anything behind the cone bit (§5.2.1).
Ipv6Address teredoLinkLocal(bool cone, const SocketAddress& v4);
/// RFC 4380 §4: the C bit of any address with a Teredo node identifier, link-local ones too.
bool hasConeBit(const Ipv6Address& address);

} // namespace culvert::wire
