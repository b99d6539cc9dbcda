// Several third parties: which one is asked, and how fast another one takes over from one that is gone or no good.
#include "tests/sim/home.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kPortRestricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                                false};

const NatConfig kFullCone{NatBehaviour::EndpointIndependent, NatBehaviour::EndpointIndependent, 60s, true, false};

HostConfig thirdParty(const std::string& name, Duration delay) {
    HostConfig config;
    config.name = name;
    config.hasV6 = true;
    config.link.delay = delay;
    return config;
}

struct ThirdParties : testing::Test {
    World world{1};
    SimHost& near = world.addThirdParty(thirdParty("near", 5ms));
    SimHost& middle = world.addThirdParty(thirdParty("middle", 15ms));
    SimHost& far = world.addThirdParty(thirdParty("far", 40ms));
    SimHost& bob = world.addHost(home("bob", kPortRestricted));
    SimHost& alice = world.addHost(home("alice", kPortRestricted));

    void SetUp() override {
        for (SimHost* host : {&bob, &alice}) {
            host->start();
            for (SimHost* third : {&far, &near, &middle})
                ASSERT_TRUE(host->engine().addThirdParty(world.now(), third->node()->ownAddress()));
        }
        world.run(2s);
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(bothOnline(5s));
        world.run(30s);
    }
    bool bothOnline(Duration limit) {
        return world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, limit);
    }
    bool asksAlice(const SimHost& stranger) {
        const auto contacts = alice.engine().contacts(world.now());
        return std::ranges::any_of(contacts, [&](const Contact& contact) { return contact.id == stranger.id(); });
    }
    // Both are somewhere else at once, so that neither knows where the other is.
    void moveBoth() {
        world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, ++m_last));
        world.nat(alice).renumber(Ipv4Address::of(45, 98, 9, m_last));
        for (SimHost* host : {&bob, &alice}) {
            host->engine().handleWake(world.now());
            host->drain();
        }
    }

private:
    std::uint8_t m_last = 8;
};

// The order in which they were added is far, near, middle.
TEST_F(ThirdParties, whoIsAskedOfThoseThatAreAsNearIsTheUsersOrder) {
    const auto keys = [&] {
        std::vector<std::string> out;
        for (const ThirdPartyStatus& party : bob.engine().networkStatus(world.now().monotonic).thirdParties)
            out.push_back(party.key);
        return out;
    };
    const auto key = [](SimHost& third) { return ContactId{third.id()}.text(); };
    EXPECT_EQ(keys(), (std::vector<std::string>{key(far), key(near), key(middle)}));
    ASSERT_TRUE(bob.engine().moveThirdParty(bob.now(), key(middle), key(near)));
    bob.drain();
    EXPECT_EQ(keys(), (std::vector<std::string>{key(far), key(middle), key(near)}));
    ASSERT_TRUE(bob.engine().moveThirdParty(bob.now(), key(far), {}));
    ASSERT_TRUE(bob.engine().moveThirdParty(bob.now(), key(near), key(near))) << "where it is";
    EXPECT_FALSE(bob.engine().moveThirdParty(bob.now(), key(near), "nobody"));
    EXPECT_FALSE(bob.engine().moveThirdParty(bob.now(), "nobody", {}));
    bob.drain();
    const std::vector<std::string> moved = {key(middle), key(near), key(far)};
    EXPECT_EQ(keys(), moved);
    world.run(100ms);
    bob.crash();
    bob.start();
    EXPECT_EQ(keys(), moved) << "kept";
    ASSERT_TRUE(bothOnline(10s));
}

TEST_F(ThirdParties, oneOfThreeIsEnough) {
    for (SimHost* left : {&near, &middle, &far}) {
        for (SimHost* third : {&near, &middle, &far})
            third->isCut = third != left;
        moveBoth();
        EXPECT_TRUE(bothOnline(3s)) << left->config.name;
        world.run(20s);
    }
}

// Two of them are gone a moment before a stranger calls, who takes them for alive, and asks them first.
TEST_F(ThirdParties, anotherTakesOverAsSoonAsAnAnswerIsOverdue) {
    for (SimHost* alive : {&far, &middle, &near}) {
        for (SimHost* third : {&near, &middle, &far})
            third->isCut = false;
        SimHost& carol = world.addHost(home("carol_for_" + alive->config.name, kFullCone));
        carol.start();
        for (SimHost* third : {&far, &near, &middle})
            ASSERT_TRUE(carol.engine().addThirdParty(world.now(), third->node()->ownAddress()));
        world.run(40s);
        for (SimHost* third : {&near, &middle, &far})
            third->isCut = third != alive;
        carol.addContact(alice.engine().ownAddress());
        constexpr Duration kTrips = 200ms; // the head start of direct ways, then Carol to third to Alice to Carol
        EXPECT_TRUE(world.runUntil([&] { return asksAlice(carol); }, HandoffLog::kPatienceMin + kTrips))
            << alive->config.name;
        if (alive != &far)
            continue; // Who was first to be asked, and helped, leaves the others unknown.
        world.run(2s);
        for (const ThirdPartyStatus& status : carol.engine().networkStatus(world.now().monotonic).thirdParties)
            EXPECT_EQ(status.registered, status.address == alive->node()->ownAddress()) << "what people are told";
    }
}

} // namespace
} // namespace culvert::sim
