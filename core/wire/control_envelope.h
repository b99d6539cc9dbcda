// The outer form of control messages: the first octet is below 0x40, so that they share a port with QUIC (RFC 9000
// §17: its fixed bit makes the first octet at least 0x40).
//
//  pair message    | 1 | key id (8) | nonce (24) | ciphertext and tag |       between two who know each other's keys
//  introduction    | 2 | mac (16) | cookie (16) | Noise X message     |       from someone the receiver may not know
//  cookie request  | 3 | mac (16) | transaction (8) | zeros (23)      |       asks a third party for a cookie
//  cookie reply    | 4 | transaction (8) | cookie (16)                |       shorter than its question
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <variant>

namespace culvert::wire {

using KeyId = std::array<std::uint8_t, 8>;
using Mac = std::array<std::uint8_t, 16>;
using Cookie = std::array<std::uint8_t, 16>;
using PairNonce = std::array<std::uint8_t, 24>;

/// First octets of control messages.
enum class EnvelopeType : std::uint8_t { Pair = 1, Introduction = 2, CookieRequest = 3, CookieReply = 4 };

/// QUIC packets have the fixed bit; everything below is ours.
inline constexpr std::uint8_t kFirstQuicOctet = 0x40;
inline constexpr std::size_t kPairOverhead = 1 + 8 + 24 + 16;
inline constexpr std::size_t kIntroductionHeader = 1 + 16 + 16;
inline constexpr std::size_t kCookieRequestSize = 48;
inline constexpr std::size_t kCookieReplySize = 25;

/// Sealed with the key of two identities. Views borrow from what was decoded.
struct PairEnvelope {
    KeyId keyId{};
    PairNonce nonce{};
    BytesView ciphertext;
};
/// Sealed to the receiver's public key. `authenticated` is what the mac covers: all octets after it.
struct IntroductionEnvelope {
    Mac mac{};
    Cookie cookie{};
    BytesView noise;
    BytesView authenticated;
};
/// Asks for a cookie, so that a third party keeps no state for addresses that are not the sender's.
struct CookieRequest {
    Mac mac{};
    std::uint64_t transaction = 0;
    BytesView authenticated;
};
/// The answer to a CookieRequest.
struct CookieReply {
    std::uint64_t transaction = 0;
    Cookie cookie{};
};

using ControlEnvelope = std::variant<PairEnvelope, IntroductionEnvelope, CookieRequest, CookieReply>;

/// Parses the outer form; sizes are exact where the layout says so.
Result<ControlEnvelope> decodeEnvelope(BytesView bytes);

Bytes encode(const PairEnvelope& envelope);
Bytes encode(const IntroductionEnvelope& envelope);
Bytes encode(const CookieRequest& request);
Bytes encode(const CookieReply& reply);

} // namespace culvert::wire
