// Contact: a person, what we agreed with them, and how they can be reached at this moment.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/ids.h"
#include "core/messenger/pair_outlook.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace culvert {

/// Where the two sides stand with each other.
enum class ContactState {
    Requested, ///< we asked them; they have not answered
    Pending,   ///< they asked us; we have not answered
    Accepted,  ///< both agreed: messages flow
    Blocked,   ///< nothing from them is shown or answered
};

/// The way a peer's datagrams take.
enum class PathKind {
    None,     ///< no way works at the moment
    Lan,      ///< the same network
    Native6,  ///< IPv6 from end to end
    Mapped4,  ///< IPv4, to a port that a router forwards or that needs no forwarding
    Teredo,   ///< IPv6 inside UDP/IPv4 between our relay and a Teredo address, or the reverse
    Punched4, ///< IPv4, to an address that was learnt from the peer's own packets
    Ordinary, ///< to or from a Teredo address through somebody else's relay (RFC 4380 §2.6): only if the user allows it
    Tcp,      ///< over a TCP connection, where UDP does not get through
};

/// Why a contact that we try to reach cannot be reached. The window words it.
enum class Verdict {
    None,          ///< connected, or not tried yet
    Connecting,    ///< candidates are being probed
    NoAddress,     ///< we know no address of theirs; a fresh address string would help
    NoAnswer,      ///< nothing answered: they are offline, or their address changed
    CannotConnect, ///< nothing answered, and nothing could: Presence::outlook says why
    NoNetwork,     ///< this computer has no network
};

/// How a contact can be reached at this moment.
struct Presence {
    bool online = false;            ///< a session is up
    PathKind path = PathKind::None; ///< the path in use while online
    Duration roundTrip{};           ///< smoothed, of the path in use; zero when unknown
    Verdict verdict = Verdict::None;
    PairOutlook outlook{}; ///< of NoAnswer and CannotConnect
    bool operator==(const Presence&) const = default;
};

/// What a peer has, as its endpoints tell.
struct PeerFamilies {
    bool hasNative6 = false;
    bool hasPublic4 = false; ///< a public or mapped IPv4 address
    bool hasTeredo = false;
    bool isOnOurNetwork = false;
    bool operator==(const PeerFamilies&) const = default;
};

/// What the window and scripts know of one contact.
struct Contact {
    ContactId id;
    std::string name;     ///< as we call them, UTF-8
    std::string greeting; ///< what they wrote with their request
    ContactState state = ContactState::Requested;
    bool verified = false;    ///< the safety numbers were compared
    std::string safetyNumber; ///< 60 digits in groups of five, the same on both sides
    Presence presence;
    PeerFamilies families;                             ///< what we know of their ways to the internet
    std::uint32_t unread = 0;                          ///< messages of theirs that were not marked as read
    std::optional<WallTime> mutedUntil = std::nullopt; ///< no notifications before; kMutedForEver has no end
    std::uint32_t lifetimeSeconds = 0;                 ///< of new messages; 0: they stay
    std::string draft; ///< what was typed for them and not sent; events do not tell of it
    /// Whether their program knows replies, changes, reactions and lifetimes, as it said last.
    std::optional<bool> knowsAmendments = std::nullopt;
    bool canRing = false;                            ///< connected, with a program that knows Messenger::askToRing()
    std::optional<PictureId> picture = std::nullopt; ///< which picture of theirs is stored here
};

/// No end that anybody will see.
inline constexpr WallTime kMutedForEver{INT64_MAX};

inline bool isMuted(const Contact& contact, WallTime now) {
    return contact.mutedUntil && now < *contact.mutedUntil;
}

} // namespace culvert
