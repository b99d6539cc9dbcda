// Invitation: what lets strangers who hold an address string of ours ask to become contacts.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/ids.h"

#include <string>
#include <vector>

namespace culvert {

/// The token of an address string names the invitation.
using InvitationId = StrongId<struct InvitationTag, 8>;

/// One invitation that is still valid.
struct Invitation {
    InvitationId id;
    std::string label;             ///< whom it is for, as the user wrote it; may be empty
    WallTime createdAt;            ///< zero when it is as old as the profile
    std::vector<ContactId> usedBy; ///< who asked with it, the first of them at least
    bool isMain = false;           ///< the one in the address string that ownAddress() tells
    std::string address;           ///< the address string with it, with the endpoints of this moment
};

inline constexpr std::size_t kInvitationsMax = 64;
inline constexpr std::size_t kInvitationLabelMax = 64; ///< characters

} // namespace culvert
