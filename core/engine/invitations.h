// Invitations: which tokens let strangers ask. Pure functions of the profile's record.
#pragma once

#include "core/engine/records.h"
#include "core/messenger/invitation.h"

namespace culvert {

/// Whether the token is one of ours and was not revoked.
bool isInvited(const ProfileRecord& profile, const wire::Token& token);
/// Notes that `contact` asked with `token`. False when nothing changed: it is no token of ours, or that is known, or
/// kInvitationUsersMax have asked.
bool noteInvited(ProfileRecord& profile, const wire::Token& token, const ContactId& contact);
/// LimitReached when there are kInvitationsMax, InvalidArgument when the label is too long.
Result<InvitationRecord> addInvitation(ProfileRecord& profile, const std::string& label, WallTime now, Random& random);
/// Strangers who hold it cannot ask any more; who asked before is no stranger. The profile's own token gets a
/// successor. NotFound.
Result<void> revokeInvitation(ProfileRecord& profile, const InvitationId& id, WallTime now, Random& random);
/// All, the main one first, then the newest; without their address strings.
std::vector<Invitation> invitationsOf(const ProfileRecord& profile);

} // namespace culvert
