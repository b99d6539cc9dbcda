// Beacons: datagrams by which contacts on one local network find each other, and what tells strangers nothing in them.
//
//  | "Cvl" | kind (1) | tag (16) | tag (16) | ...        8, 16, ... or 64 tags
//
// A tag is BLAKE2b(key, "culvert lan tag 1" | epoch | round), 16 octets. The key is the pair's, of the sender's
// direction, or one that follows from an address string (the invitation and the public key in it). Who is told of
// somebody works out beforehand every tag that may be used in the present epoch and its neighbours, so that a
// stranger's tag costs one look-up. To everybody else tags are random octets, and what fills a beacon up to a multiple
// of eight is. They are sorted, so that the place of a tag tells nothing.
//
// It goes from the program's main socket, so that its source is where the sender is reached, to a group of the link at
// a port of our own. No router forwards it: ff12::/16 is the link's and nobody's in particular (RFC 4291 §2.7), and
// what goes to 239.255.0.0/16 (RFC 2365 §6.1) leaves with a TTL of 1.
#pragma once

#include "core/base/instant.h"
#include "core/crypto/sealing.h"
#include "core/wire/control_message.h"

namespace culvert {

using LanTag = std::array<std::uint8_t, 16>;

/// Of a pair's key: PairKeys::sendingKeyFor(), and the listener's receivingKeyFor().
inline constexpr std::string_view kLanKeyPurpose = "culvert lan 1";
/// How long a tag is good for, in milliseconds of wall-clock time; listeners accept the epochs before and after as
/// well. A network without internet has nobody to set clocks: they may differ by one epoch at least, and by two at
/// most.
inline constexpr std::int64_t kLanEpochMs = 600'000;
/// Beacons of one epoch that share no tag.
inline constexpr unsigned kLanRoundsPerEpoch = 8;
inline constexpr std::size_t kLanTagsStep = 8;
inline constexpr std::size_t kLanTagsMax = 64;
inline constexpr std::size_t kLanBeaconMax = 4 + kLanTagsMax * 16;

/// Our own group of each family, and our own port.
inline constexpr std::uint16_t kLanPort = 48619;
inline const SocketAddress kLanGroup4 = {Ipv4Address::of(239, 255, 189, 235), kLanPort};
inline const SocketAddress kLanGroup6 = {
    Ipv6Address{{0xff, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0x17, 0xbd, 0xeb}}, kLanPort};

/// Why a beacon was sent.
enum class LanBeaconKind : std::uint8_t {
    Seek,   ///< out of the sender's own will; who knows it answers
    Answer, ///< to another one; nobody answers that
};

/// What a beacon says.
struct LanBeacon {
    LanBeaconKind kind = LanBeaconKind::Seek;
    std::vector<LanTag> tags; ///< with what fills it up
};

/// What who holds an address string has in common with who gave it out.
struct LanInvitationKeys {
    Secret<32> call;   ///< of those who hold it
    Secret<32> answer; ///< of its owner
};

std::int64_t lanEpoch(WallTime now);
LanTag lanTag(const Secret<32>& key, std::int64_t epoch, unsigned round);
LanInvitationKeys lanInvitationKeys(const PublicKey& owner, const wire::Token& token);

/// Fills up and sorts. REQUIRES: at most kLanTagsMax tags
Bytes encodeLanBeacon(LanBeaconKind kind, std::vector<LanTag> tags, Random& random);
std::optional<LanBeacon> decodeLanBeacon(BytesView octets);

} // namespace culvert
