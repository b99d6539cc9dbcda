// Which tokens let strangers ask, as functions of the profile's record.
#include "core/engine/invitations.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert {
namespace {

struct InvitationsTest : testing::Test {
    test::SeededRandom random{1};
    ProfileRecord profile;
    ContactId carol{{7}};

    void SetUp() override { random.fillSecret(profile.token); }
};

TEST_F(InvitationsTest, aProfileOfBeforeHasOne) {
    const auto all = invitationsOf(profile);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_TRUE(all[0].isMain);
    EXPECT_EQ(all[0].id.octets, profile.token);
    EXPECT_TRUE(isInvited(profile, profile.token));
    EXPECT_FALSE(isInvited(profile, wire::Token{}));
}

TEST_F(InvitationsTest, usersAreNotedOnceAndBounded) {
    EXPECT_TRUE(noteInvited(profile, profile.token, carol));
    EXPECT_FALSE(noteInvited(profile, profile.token, carol));
    EXPECT_FALSE(noteInvited(profile, wire::Token{1}, carol));
    for (std::uint8_t i = 100; i < 200; ++i)
        noteInvited(profile, profile.token, ContactId{{i}});
    EXPECT_EQ(invitationsOf(profile).front().usedBy.size(), kInvitationUsersMax);
}

TEST_F(InvitationsTest, thereAreNotEndlesslyMany) {
    for (std::size_t i = 0; i < kInvitationsMax; ++i)
        ASSERT_TRUE(addInvitation(profile, "one", WallTime{1}, random));
    EXPECT_EQ(addInvitation(profile, "more", WallTime{1}, random).error().code, ErrorCode::LimitReached);
    EXPECT_EQ(addInvitation(profile, std::string(999, 'x'), WallTime{1}, random).error().code,
              ErrorCode::InvalidArgument);
}

TEST_F(InvitationsTest, theyAreStored) {
    ASSERT_TRUE(addInvitation(profile, "the choir", WallTime{1234}, random));
    noteInvited(profile, profile.invitations[0].token, carol);
    const auto again = decodeProfile(encode(profile));
    ASSERT_TRUE(again);
    ASSERT_EQ(again->invitations.size(), 1U);
    EXPECT_EQ(again->invitations[0].token, profile.invitations[0].token);
    EXPECT_EQ(again->invitations[0].label, "the choir");
    EXPECT_EQ(again->invitations[0].createdAt, WallTime{1234});
    EXPECT_EQ(again->invitations[0].usedBy, std::vector{carol});
    // Cut off anywhere within them it is damaged, and says so.
    const Bytes blob = encode(profile);
    const auto end = static_cast<std::size_t>(std::ranges::search(blob, carol.octets).end() - blob.begin());
    for (std::size_t length = end - 40; length < end; ++length)
        EXPECT_FALSE(decodeProfile(BytesView(blob).first(length))) << length;
}

} // namespace
} // namespace culvert
