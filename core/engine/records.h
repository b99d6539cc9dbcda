// Records: what the engine keeps of the profile and of each contact, as opaque blobs for the archive.
//
// A blob is a version octet and fields in the order of the struct; a newer version adds fields at the end.
#pragma once

#include "core/crypto/identity.h"
#include "core/doorbell/doorbell.h"
#include "core/messenger/contact.h"
#include "core/messenger/message.h"
#include "core/messenger/settings.h"
#include "core/wire/contact_address.h"

namespace culvert {

/// A token of ours, and what is known of it.
struct InvitationRecord {
    wire::Token token{};
    std::string label;
    WallTime createdAt;
    std::vector<ContactId> usedBy; ///< at most kInvitationUsersMax
};

inline constexpr std::size_t kInvitationUsersMax = 16;

/// The profile: who we are and what we chose.
struct ProfileRecord {
    Secret<32> seed; ///< of the identity
    std::string name;
    wire::Token token{}; ///< the main invitation, the one in our address string
    std::vector<wire::ThirdPartyRecord> thirdParties;
    std::uint16_t port = 0;                   ///< the UDP port we listen on; it stays, because address strings hold it
    std::optional<SocketAddress> lastMapping; ///< what the router forwarded last: believed until it answers again
    std::vector<std::string> teredoServers;   ///< host names, kept for the Teredo client
    std::array<std::uint8_t, 12> mappingNonce{}; ///< RFC 6887 §11.2: a renewal after a restart needs the same one
    Settings settings;
    std::vector<InvitationRecord> invitations; ///< the main one may be missing; see invitations.h
};

/// A contact and where the conversation stands.
struct ContactRecord {
    ContactId id;
    std::string name;
    bool nameIsOurs = false; ///< chosen by the user: theirs does not replace it
    std::string greeting;    ///< ours while Requested, theirs while Pending
    ContactState state = ContactState::Requested;
    bool verified = false;
    wire::Token token{}; ///< the invitation that we hold
    std::vector<wire::EndpointRecord> endpoints;
    std::vector<wire::ThirdPartyRecord> thirdParties;
    std::vector<SocketAddress> lastRemotes; ///< where they answered last (inner addresses), newest first
    std::uint64_t endpointsSequence = 0;    ///< of their last endpoint update
    std::uint64_t sendEpoch = 0;            ///< chosen when the contact was made
    std::uint64_t sendSequence = 0;         ///< of our last message
    std::uint64_t receiveEpoch = 0;
    std::uint64_t receiveSequence = 0;     ///< of their last committed message
    std::uint64_t readSequence = 0;        ///< of their last message that was read here
    std::vector<SpentRing> spentRings;     ///< rings of theirs that must not count again
    std::optional<std::uint32_t> features; ///< of their program (FeaturesFrame); nothing: never heard
    std::optional<WallTime> mutedUntil;
    std::uint32_t lifetimeSeconds = 0; ///< of new messages
    std::string draft;                 ///< at most kMessageTextMax octets
    std::optional<PictureId> picture;  ///< theirs, as the archive holds it
};

inline constexpr std::size_t kLastRemotesMax = 3;

Bytes encode(const ProfileRecord& record);
Result<ProfileRecord> decodeProfile(BytesView blob);
Bytes encode(const ContactRecord& record);
Result<ContactRecord> decodeContact(BytesView blob);

} // namespace culvert
