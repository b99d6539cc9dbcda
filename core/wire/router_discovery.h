// Router solicitations and advertisements (RFC 4861 §4.1, §4.2), as Teredo qualifies by them (RFC 4380 §5.2.1, §5.3.2).
//
//  solicitation:  133 | 0 | checksum (2) | reserved (4) | options
//  advertisement: 134 | 0 | checksum (2) | hop limit | M O (flags) | router lifetime in seconds (2) |
//                 reachable time in ms (4) | retransmission timer in ms (4) | options
//  option:        type | length in units of 8 octets | value
//    prefix (§4.6.2): 3 | 4 | prefix length | L A (flags) | valid (4) | preferred (4), in seconds | reserved (4) |
//                     prefix (16)
//    MTU (§4.6.4):    5 | 1 | reserved (2) | MTU (4)
#pragma once

#include "core/wire/ip_packet.h"

#include <vector>

namespace culvert::wire {

inline constexpr std::uint8_t kIcmpv6RouterSolicitation = 133;
inline constexpr std::uint8_t kIcmpv6RouterAdvertisement = 134;
/// RFC 4861 §6.1: nobody outside the link can send with it, because routers count it down.
inline constexpr std::uint8_t kNeighbourDiscoveryHopLimit = 255;
/// RFC 4861 §4.6.2: a lifetime without end.
inline constexpr std::uint32_t kInfiniteLifetime = 0xffffffff;
/// Advertisements with more prefixes are refused. A Teredo server sends one (RFC 4380 §5.2.1).
inline constexpr std::size_t kAdvertisedPrefixesMax = 16;
/// ff02::2
inline constexpr Ipv6Address kAllRouters = {{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};

/// RFC 4861 §4.6.2.
struct PrefixInformation {
    Ipv6Address prefix;
    std::uint8_t length = 64;            ///< in bits
    bool isOnLink = false;               ///< L
    bool isAutonomous = false;           ///< A: addresses may be made from it
    std::uint32_t validLifetime = 0;     ///< in seconds
    std::uint32_t preferredLifetime = 0; ///< in seconds

    auto operator<=>(const PrefixInformation&) const = default;
};

/// RFC 4861 §4.2. Options of other kinds are skipped, as §6.1.2 tells.
struct RouterAdvertisement {
    std::uint8_t hopLimit = 0;        ///< what to send with; 0: unspecified
    bool isManaged = false;           ///< M
    bool hasOtherConfig = false;      ///< O
    std::uint16_t routerLifetime = 0; ///< in seconds; 0: no default router
    std::uint32_t reachableTime = 0;  ///< in ms; 0: unspecified
    std::uint32_t retransTimer = 0;   ///< in ms; 0: unspecified
    std::vector<PrefixInformation> prefixes;
    std::optional<std::uint32_t> mtu;

    bool operator==(const RouterAdvertisement&) const = default;
};

/// A whole IPv6 packet: a solicitation without options, to all routers.
Bytes encodeRouterSolicitation(const Ipv6Address& source);
/// Checks what RFC 4861 §6.1.1 asks for: hop limit, checksum, code and the form of the options.
Result<void> decodeRouterSolicitation(const Ipv6Packet& packet);

/// A whole IPv6 packet. REQUIRES: at most kAdvertisedPrefixesMax prefixes
Bytes encode(const Ipv6Address& source, const Ipv6Address& destination, const RouterAdvertisement& advertisement);
/// Checks what RFC 4861 §6.1.2 asks for: link-local source, hop limit, checksum, code and the form of the options.
/// Whether the prefix is a Teredo server's is for the caller to see.
Result<RouterAdvertisement> decodeRouterAdvertisement(const Ipv6Packet& packet);

} // namespace culvert::wire
