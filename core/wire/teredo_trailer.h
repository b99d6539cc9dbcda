// Teredo trailers (RFC 6081 §4.1 to §4.5): what may follow the IPv6 packet inside a Teredo datagram.
//
//  | type | length | value |, any number of them
//   1 nonce              4 octets
//   3 alternate address  reserved (2), then address (4) and port (2), 1 to 4 times
//   4 discovery          0 solicitation or 1 advertisement, reserved (3)
//   5 random port        2 octets
#pragma once

#include "core/base/result.h"
#include "core/base/socket_address.h"

#include <optional>

namespace culvert::wire {

/// RFC 6081 §4.3: more addresses would let a bubble cause more bubbles.
inline constexpr std::size_t kAlternateAddressesMax = 4;

/// RFC 6081 §4.4: a direct bubble may ask for another one.
enum class TeredoDiscovery : std::uint8_t { Solicitation = 0, Advertisement = 1 };

/// The trailers that this program knows.
struct TeredoTrailers {
    std::optional<std::uint32_t> nonce;    ///< §4.2
    std::vector<SocketAddress> alternates; ///< §4.3: IPv4, where else the sender may be found
    std::optional<TeredoDiscovery> discovery;
    std::optional<std::uint16_t> randomPort; ///< §4.5: the sender's outer port for this peer, as it guesses

    bool operator==(const TeredoTrailers&) const = default;
};

/// In the order of their types. REQUIRES: at most kAlternateAddressesMax alternates, all IPv4
Bytes encode(const TeredoTrailers& trailers);

/// RFC 6081 §5.1.2: reads until a trailer is cut off, and passes over unknown ones; of two of a kind the first counts.
/// Refuses alternate addresses that are not formed as §4.3 says (§5.6.4.2). Types that discard the packet were seen to
/// by decodeTeredoPacket().
Result<TeredoTrailers> decodeTeredoTrailers(BytesView trailers);

} // namespace culvert::wire
