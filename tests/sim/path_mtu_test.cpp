// Path MTU with whole engines: what a link takes is found, and a link that begins to swallow large packets costs a
// second.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

HostConfig native(const std::string& name) {
    HostConfig config;
    config.name = name;
    config.hasV4 = false;
    config.hasV6 = true;
    config.link.delay = 20ms;
    return config;
}

struct Mtu : testing::TestWithParam<std::uint64_t> {
    World world{GetParam()};
    SimHost& bob = world.addHost(native("bob"));
    SimHost& alice = world.addHost(native("alice"));
    std::size_t sent = 0;

    void start() {
        bob.start();
        alice.start();
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 10s))
            << world.story();
    }
    std::size_t mtuOf(SimHost& host) {
        const auto paths = host.engine().paths(host.id() == bob.id() ? alice.id() : bob.id());
        for (const PathInfo& path : *paths)
            if (path.active)
                return path.mtu;
        return 0;
    }
    // Long messages, so that packets are full.
    void talkFor(Duration duration) {
        for (const Instant end = world.now().monotonic + duration; world.now().monotonic < end;) {
            alice.send(bob.id(), std::to_string(++sent) + std::string(4000, '.'));
            world.run(50ms);
        }
    }
    std::size_t delivered() { return bob.receivedFrom(alice.id()).size(); }
};

TEST_P(Mtu, isFound) {
    for (SimHost* host : {&bob, &alice})
        host->config.link.mtu = 1500;
    start();
    talkFor(2s);
    EXPECT_EQ(mtuOf(alice), 1500U);
    EXPECT_EQ(mtuOf(bob), 1500U) << "his acknowledgements are payload too";
    world.run(1s);
    EXPECT_EQ(delivered(), sent);
}

TEST_P(Mtu, isFoundBehindANarrowLink) {
    bob.config.link.mtu = 1400;
    start();
    talkFor(3s);
    EXPECT_EQ(mtuOf(alice), 1400U);
    bob.config.link.mtu = 1280;
    talkFor(2s);
    EXPECT_EQ(mtuOf(alice), 1280U);
    world.run(1s);
    EXPECT_EQ(delivered(), sent);
}

TEST_P(Mtu, aLinkThatShrinksEndsNoSession) {
    start();
    talkFor(2s);
    ASSERT_EQ(mtuOf(alice), 1500U);
    std::size_t instances = 0;
    for (const MessengerEvent& event : alice.events())
        instances += std::holds_alternative<ContactChangedEvent>(event) ? 1 : 0;
    bob.config.link.mtu = 1400;
    const std::size_t before = delivered();
    talkFor(1500ms);
    EXPECT_GT(delivered(), before) << "messages arrive again";
    talkFor(2s);
    EXPECT_EQ(mtuOf(alice), 1400U);
    world.run(1s);
    EXPECT_EQ(delivered(), sent);
    std::size_t after = 0;
    for (const MessengerEvent& event : alice.events())
        after += std::holds_alternative<ContactChangedEvent>(event) ? 1 : 0;
    EXPECT_EQ(after, instances) << "nobody went offline";
}

INSTANTIATE_TEST_SUITE_P(Seeds, Mtu, testing::Range<std::uint64_t>(1, 11));

} // namespace
} // namespace culvert::sim
