// QuotedError: somebody on the way says that a datagram of ours did not arrive, and quotes it.
#pragma once

#include "core/base/socket_address.h"

namespace culvert {

/// An ICMPv6 error (RFC 4443 §3) about a datagram of our main socket. Anybody can forge one. `payload` is what it
/// quotes of ours, at most the first 64 octets; it borrows.
struct QuotedError {
    Ipv6Address sender;        ///< who sent the error
    SocketAddress destination; ///< where our datagram was going
    BytesView payload;
};

} // namespace culvert
