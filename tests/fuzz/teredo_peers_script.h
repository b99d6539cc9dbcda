// Orders to the target of Teredo peers: one octet, then what it needs.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// `order % Count`. Numbers are in network byte order.
enum class PeersOrder : std::uint8_t {
    Say,        ///< to whom (1)
    Bubble,     ///< whose (1), from where (1), form (1): 1 by the server, 2 our nonce, 4 another nonce, 8 asks, 16
                ///< alternates, 32 at a random port of ours, 64 with one of its own
    Packet,     ///< whose (1), from where (1), by the server (1)
    Echo,       ///< whose (1), from where (1), with our nonce (1)
    Raw,        ///< from where (1), chunk: a datagram as it is
    Sleep,      ///< tenths of a second (2)
    Restart,    ///< everything that was learnt is void
    Local,      ///< who (1)
    Role,       ///< client or relay, kind, whether a port is forwarded, whether the NAT keeps none (1)
    Advertise,  ///< at which random port (1), form (1): 1 by the secondary address, 2 to its question, 4 another nonce,
                ///< 8 from elsewhere, 16 without an origin; the public port (2)
    Discovery,  ///< from where (1), to the group or not (1), whose (1), chunk: the datagram if it is not a bubble
    NativeEcho, ///< whose (1), of whom (1), data octets (1): an echo request to a native address
    Count
};

} // namespace culvert::fuzz
