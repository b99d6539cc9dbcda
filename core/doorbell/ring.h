// Rings: 32 octets by which a contact asks to be called back, and the one packet that carries them through any Teredo
// server (RFC 4380 §5.3.1) that knows nothing of it.
//
//  | id (16)                                             | mac (16)                                    |
//  | BLAKE2b(key, "culvert ring id 1" | epoch | index)   | BLAKE2b(key, "culvert ring mac 1" | id | caller)  |
//
// The key is the pair's, of the caller's direction. The callee works out beforehand every id that a contact may use in
// the present epoch and its neighbours, so that a stranger's ring costs one look-up. To everybody else ids and macs are
// random octets: no two of them belong together. The mac binds the address that the error comes from: nobody can send
// a ring on under another one.
//
// The packet is an ICMPv6 error that quotes a datagram "from the callee's socket to kDeadPlace" with the ring as its
// payload. It reaches an IPv6 host's ordinary UDP socket through the system's error queue, and a Teredo client as it
// is. miredo-server passes no IPv6 payload of more than 88 octets: 88 - 8 (ICMPv6) - 40 (IPv6) - 8 (UDP) = 32.
#pragma once

#include "core/base/instant.h"
#include "core/base/quoted_error.h"
#include "core/crypto/sealing.h"

namespace culvert {

using RingId = std::array<std::uint8_t, 16>;
using RingMac = std::array<std::uint8_t, 16>;

/// What a ring says.
struct DoorbellRing {
    RingId id{};
    RingMac mac{};
    bool operator==(const DoorbellRing&) const = default;
};

inline constexpr std::size_t kRingSize = 32;
/// Of a caller's key from PairKeys::sendingKeyFor(), and the callee's from receivingKeyFor().
inline constexpr std::string_view kRingKeyPurpose = "culvert doorbell 1";
/// How long an id is good for, in milliseconds of wall-clock time; the callee accepts the epochs before and after as
/// well. So clocks may differ by one epoch at least, and by two at most.
inline constexpr std::int64_t kRingEpochMs = 120'000;
/// Rings that one contact can send to another within an epoch.
inline constexpr unsigned kRingsPerEpoch = 16;
/// Nobody is there (RFC 6666: the discard prefix). The port is traceroute's, because firewalls may forget flows of the
/// well-known ports sooner than others (RFC 6092 §3.2.3, REC-15).
inline const SocketAddress kDeadPlace = {Ipv6Address{{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}, 33434};

std::int64_t ringEpoch(WallTime now);
RingId ringId(const Secret<32>& key, std::int64_t epoch, unsigned index);
DoorbellRing makeRing(const Secret<32>& key, const RingId& id, const Ipv6Address& caller);
/// One keyed hash, compared in constant time.
bool isGenuine(const Secret<32>& key, const DoorbellRing& ring, const Ipv6Address& caller);

/// The ring in the payload of a quote; nothing when the quote is of another datagram or size.
std::optional<DoorbellRing> ringIn(const QuotedError& quote);
/// The IPv6 packet: from the caller's Teredo address to the callee's socket, which may be native or Teredo.
Bytes encodeRing(const Ipv6Address& caller, const SocketAddress& callee, const DoorbellRing& ring);

} // namespace culvert
