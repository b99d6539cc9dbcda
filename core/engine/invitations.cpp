#include "core/engine/invitations.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kLabelOctetsMax = kInvitationLabelMax * 4; // UTF-8

auto findToken(auto& profile, const wire::Token& token) {
    return std::ranges::find(profile.invitations, token, &InvitationRecord::token);
}

} // namespace

bool isInvited(const ProfileRecord& profile, const wire::Token& token) {
    return token == profile.token || findToken(profile, token) != profile.invitations.end();
}

bool noteInvited(ProfileRecord& profile, const wire::Token& token, const ContactId& contact) {
    if (!isInvited(profile, token))
        return false;
    auto found = findToken(profile, token);
    if (found == profile.invitations.end()) // The token that the profile was made with has no record at first.
        found = profile.invitations.insert(found, InvitationRecord{token, {}, {}, {}});
    auto& users = found->usedBy;
    if (users.size() >= kInvitationUsersMax || std::ranges::find(users, contact) != users.end())
        return false;
    users.push_back(contact);
    return true;
}

Result<InvitationRecord> addInvitation(ProfileRecord& profile, const std::string& label, WallTime now, Random& random) {
    if (label.size() > kLabelOctetsMax)
        return fail(ErrorCode::InvalidArgument, "The label is too long.");
    if (profile.invitations.size() >= kInvitationsMax)
        return fail(ErrorCode::LimitReached, "There are already " + std::to_string(kInvitationsMax) +
                                                 " invitations. Revoke one that nobody needs.");
    InvitationRecord record{{}, label, now, {}};
    random.fillSecret(record.token);
    profile.invitations.push_back(record);
    return record;
}

Result<void> revokeInvitation(ProfileRecord& profile, const InvitationId& id, WallTime now, Random& random) {
    const wire::Token token = id.octets;
    if (!isInvited(profile, token))
        return fail(ErrorCode::NotFound, "There is no such invitation.");
    std::erase_if(profile.invitations, [&](const InvitationRecord& record) { return record.token == token; });
    if (token != profile.token)
        return {};
    random.fillSecret(profile.token);
    profile.invitations.push_back({profile.token, {}, now, {}});
    return {};
}

std::vector<Invitation> invitationsOf(const ProfileRecord& profile) {
    std::vector<Invitation> out;
    for (const InvitationRecord& record : profile.invitations) {
        const bool isMain = record.token == profile.token;
        out.push_back({InvitationId{record.token}, record.label, record.createdAt, record.usedBy, isMain, {}});
    }
    if (std::ranges::none_of(out, &Invitation::isMain))
        out.push_back({InvitationId{profile.token}, {}, {}, {}, true, {}});
    std::ranges::stable_sort(out, [](const Invitation& one, const Invitation& other) {
        return one.isMain != other.isMain ? one.isMain : one.createdAt > other.createdAt;
    });
    return out;
}

} // namespace culvert
