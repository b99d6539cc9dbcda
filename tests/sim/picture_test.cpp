// Profile pictures between whole engines over a virtual internet.
#include "tests/sim/home.h"
#include "tests/support/picture_octets.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

struct Pictures : testing::Test {
    World world{5};
    SimHost& bob = world.addHost(home("bob", {}, true));
    SimHost& alice = world.addHost(home("alice", {}, true));
    const Bytes first = test::pictureOctets(1, 20'000), second = test::pictureOctets(2, 24'000);

    void SetUp() override {
        bob.start();
        alice.start();
    }
    void TearDown() override {
        if (HasFailure())
            std::cerr << world.story();
    }
    void setPicture(SimHost& host, const Bytes& octets) {
        ASSERT_TRUE(host.engine().setOwnPicture(host.now(), octets));
        host.drain();
    }
    void befriend() {
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bothOnline(); }, 10s));
    }
    bool bothOnline() { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }
    // The other's picture as `host` would show it.
    static Bytes seen(SimHost& host, const SimHost& other) {
        const auto stored = host.archive().pictures().find(other.id());
        for (const Contact& contact : host.engine().contacts(host.now()))
            if (contact.id == other.id() && contact.picture && stored != host.archive().pictures().end() &&
                pictureIdOf(stored->second) == *contact.picture)
                return stored->second;
        return {};
    }
    bool sees(SimHost& host, const SimHost& other, const Bytes& picture) {
        return world.runUntil([&] { return seen(host, other) == picture; }, 10s);
    }
    // Octets that leave `from` while `work` is done.
    std::size_t sent(const SimHost& from, const std::function<void()>& work) {
        std::size_t octets = 0;
        world.tap = [&](const SocketAddress& source, const SocketAddress&, const Bytes& payload) {
            octets += source.withoutPort() == from.v6.withoutPort() ? payload.size() : 0;
        };
        work();
        world.tap = {};
        return octets;
    }
};

TEST_F(Pictures, contactsSeeThemChangeThemAndTakeThemBack) {
    setPicture(bob, first);
    befriend();
    EXPECT_TRUE(sees(alice, bob, first));
    EXPECT_TRUE(seen(bob, alice).empty());
    setPicture(bob, second);
    EXPECT_TRUE(sees(alice, bob, second));
    setPicture(alice, first);
    EXPECT_TRUE(sees(bob, alice, first));
    setPicture(bob, {});
    EXPECT_TRUE(sees(alice, bob, {}));
    world.run(100ms);
    EXPECT_FALSE(alice.archive().pictures().contains(bob.id())) << "nothing stays";
    EXPECT_EQ(seen(bob, alice), first);
}

TEST_F(Pictures, oneCrossesOnceWhateverRestartsThereAre) {
    setPicture(bob, first);
    befriend();
    ASSERT_TRUE(sees(alice, bob, first));
    world.run(2s);
    for (SimHost* victim : {&alice, &bob}) {
        const std::size_t octets = sent(bob, [&] {
            victim->crash();
            world.run(1s);
            victim->start();
            ASSERT_TRUE(world.runUntil([&] { return bothOnline(); }, 60s));
            world.run(3s);
        });
        EXPECT_LT(octets, first.size()) << victim->config.name;
        EXPECT_EQ(seen(alice, bob), first);
        EXPECT_EQ(victim->engine().ownPicture(), victim == &bob ? first : Bytes{});
    }
}

TEST_F(Pictures, whatChangedWhileTheOtherWasAwayComesWithTheNextSession) {
    setPicture(bob, first);
    befriend();
    ASSERT_TRUE(sees(alice, bob, first));
    alice.stop();
    world.run(1s);
    setPicture(bob, second);
    world.run(30ms);
    bob.crash();
    bob.start();
    alice.start();
    EXPECT_EQ(seen(alice, bob), first) << "the old one until then";
    EXPECT_TRUE(world.runUntil([&] { return seen(alice, bob) == second; }, 60s));
    alice.stop();
    world.run(1s);
    setPicture(bob, {});
    alice.start();
    EXPECT_TRUE(world.runUntil([&] { return seen(alice, bob).empty(); }, 60s));
}

TEST_F(Pictures, aSenderThatIsKilledHalfwayBeginsAgain) {
    befriend();
    world.run(1s);
    for (SimHost* host : {&bob, &alice})
        host->config.link.lossPercent = 25;
    setPicture(bob, second);
    world.run(30ms);
    bob.crash();
    world.run(1s);
    bob.start();
    ASSERT_EQ(bob.engine().ownPicture(), second);
    EXPECT_TRUE(world.runUntil([&] { return seen(alice, bob) == second; }, 120s));
}

// Neither who asks nor who is asked shows anything before both have agreed, and the blocked see no change.
TEST_F(Pictures, strangersAndTheBlockedGetNone) {
    setPicture(bob, first);
    setPicture(alice, second);
    alice.addContact(bob.engine().ownAddress());
    ASSERT_TRUE(world.runUntil([&] { return bob.engine().contacts(bob.now()).size() == 1; }, 10s));
    const std::size_t octets = sent(bob, [&] { world.run(10s); }) + sent(alice, [&] { world.run(10s); });
    EXPECT_LT(octets, 10'000U);
    EXPECT_EQ(bob.archive().pictures().size(), 1U) << "his own";
    bob.accept(alice.id());
    EXPECT_TRUE(sees(bob, alice, second));
    EXPECT_TRUE(sees(alice, bob, first));
    ASSERT_TRUE(bob.engine().blockContact(bob.now(), alice.id()));
    bob.drain();
    EXPECT_TRUE(sees(bob, alice, {}));
    world.run(100ms);
    EXPECT_EQ(bob.archive().pictures().size(), 1U);
    setPicture(bob, second);
    world.run(20s);
    EXPECT_EQ(seen(alice, bob), first);
    bob.accept(alice.id());
    EXPECT_TRUE(world.runUntil([&] { return seen(bob, alice) == second && seen(alice, bob) == second; }, 60s));
}

} // namespace
} // namespace culvert::sim
