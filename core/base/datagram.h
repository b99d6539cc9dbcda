// Datagram: what goes between the sans-I/O core and the sockets.
#pragma once

#include "core/base/socket_address.h"

namespace culvert {

/// Numbers of sockets (Datagram::socket) from here on hold the port of the socket in their lowest 16 bits.
inline constexpr std::uint32_t kSocketOfPort = 0x8000'0000;

/// Numbers from here on, too, and sockets that are opened by the hundred (core/punch). Lowest 16 bits of 0: any port.
inline constexpr std::uint32_t kSearchSocket = 0xa000'0000;
/// How many different ones there are of each port.
inline constexpr std::uint32_t kSearchSocketsMax = 0x4000;
/// The `number`th of them, modulo kSearchSocketsMax, on `port`.
constexpr std::uint32_t searchSocket(std::uint32_t number, std::uint16_t port) {
    return kSearchSocket + (number % kSearchSocketsMax << 16U) + port;
}
constexpr bool isSearchSocket(std::uint32_t socket) {
    return socket >= kSearchSocket;
}

/// One UDP datagram. `local` may be unspecified in what is sent: the system then chooses the source address.
/// With `segmentSize` > 0 the payload is several datagrams of that size (the last may be shorter) for the same
/// remote, so that the adapter can hand them to the kernel in one call (UDP GSO).
struct Datagram {
    SocketAddress local;
    SocketAddress remote;
    Bytes payload;
    std::size_t segmentSize = 0;
    /// Which of our sockets. 0 is the main one, of which there is one for each family. Others are opened by the first
    /// datagram that is sent from them, on a port that the system chooses (but see kSocketOfPort), and have no meaning
    /// after they are closed (DatagramMachine::pollClosedSocket()).
    std::uint32_t socket = 0;
    /// No router may cut it up: it is larger than what every path carries, and either arrives whole or not at all
    /// (RFC 8899 §3). Others may be fragmented inside IPv4 (RFC 4380 §5.1.2).
    bool dontFragment = false;
    /// How many routers may pass it on; 0: as many as usual. Where the system cannot say so for one datagram, the
    /// usual.
    std::uint8_t hopLimit = 0;
};

} // namespace culvert
