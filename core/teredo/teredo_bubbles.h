// The packets that Teredo peers find each other with: bubbles (RFC 4380 §2.8) and echoes (§5.2.9). Pure functions.
#pragma once

#include "core/wire/ip_packet.h"
#include "core/wire/teredo_trailer.h"

#include <optional>

namespace culvert {

/// The UDP port of every Teredo server (RFC 4380 §2.7).
inline constexpr std::uint16_t kTeredoPort = 3544;

/// Octets of the longest ICMPv6 message that servers forward: the limit of those that clients know, and ours.
inline constexpr std::size_t kForwardedMax = 88;

/// RFC 4380 §5.2.9 recommends at least 64 bits.
using EchoNonce = std::array<std::uint8_t, 16>;

/// An IPv6 header without payload, and `trailers` after it.
Bytes makeBubble(const Ipv6Address& source, const Ipv6Address& destination, const wire::TeredoTrailers& trailers);
/// Whether a packet is a bubble.
bool isBubble(const wire::Ipv6Packet& packet);
/// Whether it is an address of the IPv6 internet that is not Teredo's: a native host's, or a relay's.
bool isNativeHost(const Ipv6Address& address);

/// An ICMPv6 echo request with `nonce` as its data.
Bytes makeEchoRequest(const Ipv6Address& source, const Ipv6Address& destination, const EchoNonce& nonce);
/// The answer to an ICMPv6 echo request, of the same size, from where it went to (RFC 4443 §4.2); nothing when the
/// packet is none, its checksum is wrong, or its message is longer than any that a Teredo server forwards
/// (kForwardedMax).
std::optional<Bytes> makeEchoReply(const wire::Ipv6Packet& request);
/// The nonce that an ICMPv6 echo reply brings back; nothing when the packet is none of ours.
std::optional<EchoNonce> echoedNonce(const wire::Ipv6Packet& packet);

} // namespace culvert
