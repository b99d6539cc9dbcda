// The mapped unique local address: how an IPv4 end without a Teredo address looks to everything above the tunnel.
//
//  | fdc5:8a1e:7b3d::/80 (RFC 4193, fixed) | IPv4 address (32) | port (16) |
//
// It never leaves this computer except inside Teredo encapsulation between two Culverts, and the receiver puts the
// outer source in place of what the sender wrote: a sender behind a NAT does not know how it looks from outside.
#pragma once

#include "core/base/socket_address.h"

namespace culvert::wire {

/// The mapped address of an IPv4 socket address. The port stands in the address and as the port.
/// REQUIRES: v4.isV4()
SocketAddress toMapped(const SocketAddress& v4);
/// Whether `address` lies in the /80.
bool isMapped(const Ipv6Address& address);
/// The IPv4 socket address inside a mapped address; nothing for any other address.
std::optional<SocketAddress> fromMapped(const Ipv6Address& address);

} // namespace culvert::wire
