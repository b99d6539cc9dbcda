// Invitations over a virtual internet: what lets strangers in, and what does not any more.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

struct Invitations : testing::Test {
    World world{1};
    SimHost& bob = add("bob");
    SimHost& carol = add("carol");
    SimHost& dave = add("dave");

    SimHost& add(const std::string& name) {
        HostConfig config;
        config.name = name;
        config.hasV6 = true;
        return world.addHost(config);
    }
    void SetUp() override {
        for (SimHost* host : {&bob, &carol, &dave})
            host->start();
        world.run(2s);
    }
    std::size_t contacts() { return bob.engine().contacts(world.now()).size(); }
    Result<void> revoke(const InvitationId& id) {
        const auto done = bob.engine().revokeInvitation(world.now(), id);
        bob.drain();
        return done;
    }
};

TEST_F(Invitations, onesOwnLetsInUntilItIsRevoked) {
    const auto made = bob.engine().createInvitation(world.now(), "the choir");
    ASSERT_TRUE(made);
    EXPECT_NE(made->address, bob.engine().ownAddress());
    carol.addContact(made->address);
    ASSERT_TRUE(world.runUntil([&] { return contacts() == 1; }, 10s));
    const auto listed = bob.engine().invitations();
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_TRUE(listed[0].isMain);
    EXPECT_EQ(listed[1].label, "the choir");
    EXPECT_EQ(listed[1].usedBy, std::vector{carol.id()});

    ASSERT_TRUE(revoke(made->id));
    EXPECT_EQ(revoke(made->id).error().code, ErrorCode::NotFound);
    dave.addContact(made->address);
    world.run(20s);
    EXPECT_EQ(contacts(), 1U);
    // Who asked before is no stranger.
    ASSERT_TRUE(bob.engine().acceptContact(world.now(), carol.id()));
    EXPECT_TRUE(world.runUntil([&] { return bob.isOnlineWith(carol.id()) && carol.isOnlineWith(bob.id()); }, 10s));
}

TEST_F(Invitations, theMainOneGetsASuccessorThatSurvivesARestart) {
    const std::string before = bob.engine().ownAddress();
    ASSERT_TRUE(revoke(bob.engine().invitations().front().id));
    const std::string after = bob.engine().ownAddress();
    EXPECT_NE(before, after);
    world.run(1s);
    bob.crash();
    bob.start();
    world.run(2s);
    ASSERT_EQ(bob.engine().invitations().size(), 1U);
    carol.addContact(before);
    world.run(20s);
    EXPECT_EQ(contacts(), 0U);
    dave.addContact(after);
    EXPECT_TRUE(world.runUntil([&] { return contacts() == 1; }, 10s));
}

TEST_F(Invitations, aNewNameIsSeenByWhoComesLater) {
    bob.engine().setOwnName(world.now(), "Robert");
    bob.drain();
    const ContactId id = carol.addContact(bob.engine().ownAddress());
    ASSERT_TRUE(world.runUntil([&] { return contacts() == 1; }, 10s));
    ASSERT_TRUE(bob.engine().acceptContact(world.now(), carol.id()));
    bob.drain();
    EXPECT_EQ(id, bob.id());
    EXPECT_TRUE(world.runUntil([&] { return carol.engine().contacts(world.now()).front().name == "Robert"; }, 10s));
}

} // namespace
} // namespace culvert::sim
