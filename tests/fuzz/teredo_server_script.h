// What the Teredo server's scripts say: a shape, then datagrams until the script ends.
//
//   | shape (1) | whence (1), seconds that pass before (1), chunk: payload | ...
#pragma once

#include "core/base/socket_address.h"

namespace culvert::fuzz {

inline const Ipv4Address kServerPrimary = Ipv4Address::of(45, 83, 1, 2);
inline const Ipv4Address kServerSecondary = Ipv4Address::of(45, 83, 1, 3);
inline const Ipv6Address kServerNative = *Ipv6Address::fromText("2a0e:b107:1::2");

/// Bits of the shape.
inline constexpr std::uint8_t kHasSecondary = 1, kAllowsReserved = 2, kForwardsIcmpv6 = 4, kReachesNative = 8;
/// A bit of whence: the secondary address is asked. The others choose the source.
inline constexpr std::uint8_t kAsksSecondary = 0x80;

/// Where datagrams come from.
inline SocketAddress teredoSource(std::uint8_t whence) {
    switch (whence & 7) {
    case 0:
        return {Ipv4Address::of(1, 2, 3, 4), 337};
    case 1:
        return {Ipv4Address::of(45, 83, 2, 2), 40000};
    case 2:
        return {Ipv4Address::of(192, 168, 1, 2), 40000};
    case 3:
        return {Ipv4Address::of(192, 0, 2, 1), 40000};
    case 4:
        return {kServerSecondary, 3544};
    case 5:
        return {Ipv4Address::of(1, 2, 3, 4), 0};
    case 6:
        return {Ipv4Address::of(224, 0, 0, 253), 3544};
    default:
        return {Ipv4Address::of(1, 2, 3, 4), 338};
    }
}

} // namespace culvert::fuzz
