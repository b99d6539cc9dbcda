// A home whose router lets no UDP through: who is met by TCP, how fast, and what happens when UDP comes back.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

struct Tcp : testing::Test {
    World world{11};
    SimHost& blocked = world.addHost([] {
        HostConfig config;
        config.name = "blocked";
        config.nat = NatConfig{};
        config.hasV6 = true;
        config.v6Firewalled = true;
        return config;
    }());
    Instant startedAt{};

    SimHost& open(const std::string& name = "open") {
        HostConfig config;
        config.name = name;
        config.link.delay = 20ms;
        return world.addHost(config);
    }
    SimHost& mapped() {
        HostConfig config;
        config.name = "mapped";
        config.nat = NatConfig{};
        config.nat->forwardsOnRequest = true;
        config.link.delay = 20ms;
        return world.addHost(config);
    }
    SimHost& native() {
        HostConfig config;
        config.name = "native";
        config.hasV4 = false;
        config.hasV6 = true;
        return world.addHost(config);
    }
    SimHost& third() {
        HostConfig config;
        config.name = "third";
        config.hasV6 = true;
        config.link.delay = 30ms;
        return world.addThirdParty(config);
    }
    void start(SimHost& other) {
        blocked.config.blocksUdp = true;
        blocked.start();
        other.start();
        world.run(2s);
    }
    bool has(SimHost& at, SimHost& from, const std::string& text) {
        return std::ranges::count(at.receivedFrom(from.id()), text) == 1;
    }
    /// From the moment when `who` adds the other to when both are connected.
    Duration befriend(SimHost& who, SimHost& other, Duration limit = 30s) {
        const Instant begun = world.now().monotonic;
        who.addContact(other.engine().ownAddress());
        const auto hasAsked = [&] {
            return std::ranges::count(other.engine().contacts(world.now()), who.id(), &Contact::id) > 0;
        };
        EXPECT_TRUE(world.runUntil(hasAsked, limit)) << world.story();
        other.accept(who.id());
        EXPECT_TRUE(world.runUntil(
            [&] {
                return other.isOnlineWith(who.id()) && who.isOnlineWith(other.id()) &&
                       who.engine().contacts(world.now())[0].state == ContactState::Accepted;
            },
            limit))
            << world.story();
        return world.now().monotonic - begun;
    }
    void talk(SimHost& a, SimHost& b) {
        a.send(b.id(), "ping");
        b.send(a.id(), "pong");
        EXPECT_TRUE(world.runUntil([&] { return has(b, a, "ping") && has(a, b, "pong"); }, 5s)) << world.story();
    }
};

TEST_F(Tcp, meetsAHostThatIsOpen) {
    SimHost& other = open();
    start(other);
    EXPECT_LT(befriend(blocked, other), 2500ms);
    EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
    EXPECT_EQ(other.pathTo(blocked.id()), PathKind::Tcp);
    talk(blocked, other);
}

TEST_F(Tcp, meetsAForwardedPort) {
    SimHost& other = mapped();
    start(other);
    EXPECT_LT(befriend(blocked, other), 2500ms);
    EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
    talk(blocked, other);
}

TEST_F(Tcp, meetsNativeIpv6) {
    SimHost& other = native();
    start(other);
    EXPECT_LT(befriend(blocked, other), 2500ms);
    EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
    talk(blocked, other);
}

// The one who is blocked cannot be called; a third party tells them to call.
TEST_F(Tcp, isCalledThroughAThirdParty) {
    SimHost& party = third();
    SimHost& other = open();
    blocked.config.blocksUdp = true;
    blocked.start();
    other.start();
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    world.run(5s);
    ASSERT_EQ(party.node()->server().registrations(), 1U);
    EXPECT_LT(befriend(other, blocked), 3s);
    EXPECT_EQ(other.pathTo(blocked.id()), PathKind::Tcp);
    talk(other, blocked);
}

// It learnt that nobody was there; who calls is there.
TEST_F(Tcp, aCallEndsTheRestOfAPlaceThatFailed) {
    SimHost& party = third();
    SimHost& other = open();
    blocked.config.blocksUdp = true;
    blocked.start();
    other.start();
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    world.run(5s);
    befriend(other, blocked);
    other.crash();
    world.run(9min + 20s); // It tries once a minute, and not in the seconds that follow.
    other.start();
    other.send(blocked.id(), "here again");
    EXPECT_TRUE(world.runUntil([&] { return has(blocked, other, "here again"); }, 2s)) << world.story();
}

TEST_F(Tcp, isKeptWhileThereIsNothingElse) {
    SimHost& other = open();
    start(other);
    befriend(blocked, other);
    const std::uint64_t connects = world.tcpConnects();
    world.run(10min);
    EXPECT_EQ(world.tcpConnects(), connects);
    EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
    talk(blocked, other);
}

// Both connect, each from the port that the other one connects to.
TEST_F(Tcp, whoCallEachOtherShareOneConnectionAndKeepIt) {
    SimHost& other = mapped();
    HostConfig config;
    config.name = "first";
    SimHost& first = world.addHost(config);
    first.config.blocksUdp = true;
    first.start();
    other.start();
    world.run(2s);
    const std::string address = first.engine().ownAddress();
    first.addContact(other.engine().ownAddress());
    other.addContact(address);
    ASSERT_TRUE(world.runUntil([&] { return first.isOnlineWith(other.id()) && other.isOnlineWith(first.id()); }, 5s));
    world.run(5s);
    EXPECT_EQ(world.tcpOpen(), 1U);
    const std::uint64_t connects = world.tcpConnects();
    for (int i = 0; i < 100; ++i) {
        world.run(5s);
        ASSERT_TRUE(first.isOnlineWith(other.id()) && other.isOnlineWith(first.id()));
    }
    EXPECT_EQ(world.tcpConnects(), connects);
}

TEST_F(Tcp, aThirdPartyIsReachedSoonAndKept) {
    SimHost& party = third();
    blocked.config.blocksUdp = true;
    blocked.start();
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    const auto isRegistered = [&] {
        return blocked.engine().networkStatus(world.now().monotonic).thirdParties.at(0).registered;
    };
    EXPECT_TRUE(world.runUntil(isRegistered, 1500ms)) << world.story();
    for (int i = 0; i < 60; ++i) {
        world.run(5s);
        EXPECT_TRUE(isRegistered());
    }
    EXPECT_EQ(world.tcpConnects(), 1U);
    blocked.config.blocksUdp = false;
    EXPECT_TRUE(world.runUntil([&] { return world.tcpOpen() == 0; }, 90s)) << "datagrams are preferred again";
    EXPECT_TRUE(isRegistered());
    world.run(5min);
    EXPECT_TRUE(isRegistered());
    EXPECT_EQ(world.tcpConnects(), 1U);
}

// Who knows that UDP is shut does not wait for it.
TEST_F(Tcp, isTriedAtOnceWhereUdpIsKnownToBeShut) {
    SimHost& party = third();
    SimHost& other = open();
    start(other);
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    world.run(5s);
    const TcpStatus status = blocked.engine().networkStatus(world.now().monotonic).tcp;
    EXPECT_EQ(status.isUdpBlocked, std::optional(true));
    EXPECT_TRUE(status.answeredByTcp);
    EXPECT_FALSE(status.answeredByUdp);
    EXPECT_LT(befriend(blocked, other), 1s);
    blocked.config.blocksUdp = false;
    EXPECT_TRUE(world.runUntil(
        [&] { return blocked.engine().networkStatus(world.now().monotonic).tcp.isUdpBlocked == std::optional(false); },
        60s));
}

// It worked once: after three rounds of silence nobody believes in it.
TEST_F(Tcp, knowsThatUdpWasShutLater) {
    SimHost& party = third();
    blocked.start();
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    world.run(30s);
    const auto status = [&] { return blocked.engine().networkStatus(world.now().monotonic).tcp.isUdpBlocked; };
    EXPECT_EQ(status(), std::optional(false));
    blocked.config.blocksUdp = true;
    EXPECT_TRUE(world.runUntil([&] { return status() == std::optional(true); }, 4min));
}

TEST_F(Tcp, movesToUdpWhenItComesBackAndNothingIsLost) {
    SimHost& other = open();
    start(other);
    befriend(blocked, other);
    world.run(30s);
    blocked.config.blocksUdp = false;
    std::vector<std::string> sent;
    for (int i = 0; i < 300; ++i) {
        sent.push_back(std::to_string(i));
        other.send(blocked.id(), sent.back());
        world.run(100ms);
    }
    EXPECT_NE(other.pathTo(blocked.id()), PathKind::Tcp);
    EXPECT_NE(blocked.pathTo(other.id()), PathKind::Tcp);
    world.run(2s);
    EXPECT_EQ(blocked.receivedFrom(other.id()), sent);
    EXPECT_TRUE(world.runUntil([&] { return world.tcpOpen() == 0; }, 90s)) << "nobody needs it any more";
    talk(blocked, other);
}

TEST_F(Tcp, takesOverWhenUdpIsShutDuringAConversation) {
    SimHost& other = open();
    blocked.start();
    other.start();
    world.run(2s);
    befriend(blocked, other);
    ASSERT_NE(blocked.pathTo(other.id()), PathKind::Tcp);
    EXPECT_EQ(world.tcpConnects(), 0U);
    blocked.config.blocksUdp = true;
    blocked.send(other.id(), "still there?");
    EXPECT_TRUE(world.runUntil([&] { return has(other, blocked, "still there?"); }, 10s)) << world.story();
    EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
}

TEST_F(Tcp, isNotUsedWhereItIsSwitchedOff) {
    SimHost& other = open();
    start(other);
    Settings settings;
    settings.tcp = false;
    other.setSettings(settings);
    blocked.addContact(other.engine().ownAddress());
    world.run(20s);
    EXPECT_TRUE(other.engine().contacts(world.now()).empty());
    EXPECT_EQ(world.tcpOpen(), 0U);
    settings.tcp = true;
    other.setSettings(settings);
    EXPECT_TRUE(world.runUntil([&] { return !other.engine().contacts(world.now()).empty(); }, 70s));
    other.accept(blocked.id());
    ASSERT_TRUE(world.runUntil([&] { return blocked.isOnlineWith(other.id()); }, 10s));
    settings.tcp = false;
    blocked.setSettings(settings);
    world.run(1s);
    EXPECT_FALSE(blocked.isOnlineWith(other.id()));
    EXPECT_EQ(world.tcpOpen(), 0U);
}

TEST_F(Tcp, triesSeldomWhatNobodyAnswers) {
    SimHost& other = open();
    start(other);
    befriend(blocked, other);
    other.isCut = true;
    world.run(10min);
    EXPECT_LT(world.tcpConnects(), 20U);
    other.isCut = false;
    EXPECT_TRUE(world.runUntil([&] { return blocked.isOnlineWith(other.id()); }, 90s));
}

TEST_F(Tcp, survivesARestartOfEitherEnd) {
    SimHost& other = open();
    start(other);
    befriend(blocked, other);
    other.crash();
    world.run(5s);
    other.start();
    blocked.send(other.id(), "after theirs");
    EXPECT_TRUE(world.runUntil([&] { return has(other, blocked, "after theirs"); }, 30s)) << world.story();
    blocked.crash();
    world.run(1s);
    blocked.start();
    other.send(blocked.id(), "after ours");
    EXPECT_TRUE(world.runUntil([&] { return has(blocked, other, "after ours"); }, 10s)) << world.story();
}

struct TcpCrossing : Tcp {
    SimHost& firewalled() {
        HostConfig config;
        config.name = "firewalled";
        config.hasV4 = false;
        config.hasV6 = config.v6Firewalled = true;
        config.link.delay = 20ms;
        return world.addHost(config);
    }
    SimHost& translated(const NatConfig& nat) {
        HostConfig config;
        config.name = "translated";
        config.nat = nat;
        config.link.delay = 20ms;
        return world.addHost(config);
    }
    /// Both know a third party, so that either can be called through it.
    void startWithThirdParty(SimHost& other) {
        SimHost& party = third();
        start(other);
        for (SimHost* host : {&blocked, &other}) {
            ASSERT_TRUE(host->engine().addThirdParty(world.now(), party.node()->ownAddress()));
            host->drain();
        }
        world.run(5s);
        ASSERT_EQ(party.node()->server().registrations(), 2U);
    }
    void expectTcp(SimHost& other) {
        EXPECT_EQ(blocked.pathTo(other.id()), PathKind::Tcp);
        EXPECT_EQ(other.pathTo(blocked.id()), PathKind::Tcp);
        talk(blocked, other);
        const std::uint64_t connects = world.tcpConnects();
        world.run(5min);
        EXPECT_EQ(world.tcpConnects(), connects) << "nobody looks for another one";
        EXPECT_TRUE(blocked.isOnlineWith(other.id()) && other.isOnlineWith(blocked.id()));
    }
};

TEST_F(TcpCrossing, passesTwoIpv6FirewallsWhenTheOtherCalls) {
    SimHost& other = firewalled();
    startWithThirdParty(other);
    EXPECT_LT(befriend(other, blocked), 4s);
    expectTcp(other);
}

TEST_F(TcpCrossing, passesTwoIpv6FirewallsWhenTheBlockedCalls) {
    SimHost& other = firewalled();
    startWithThirdParty(other);
    EXPECT_LT(befriend(blocked, other), 4s);
    expectTcp(other);
}

// Whose SYN finds the firewall there still shut depends on who is further away from whom.
TEST_F(TcpCrossing, passesThemHoweverFarTheyAre) {
    SimHost& party = third();
    blocked.config.blocksUdp = true;
    blocked.start();
    ASSERT_TRUE(blocked.engine().addThirdParty(world.now(), party.node()->ownAddress()));
    blocked.drain();
    world.run(5s);
    for (const Duration delay : {Duration(1ms), Duration(60ms), Duration(150ms), Duration(400ms)}) {
        SimHost& other = firewalled();
        other.config.link.delay = delay;
        other.start();
        world.run(2s);
        EXPECT_LT(befriend(other, blocked), 6s) << delay / 1ms << " ms";
        EXPECT_EQ(other.pathTo(blocked.id()), PathKind::Tcp);
    }
}

// Where the third party saw them is where they are.
TEST_F(TcpCrossing, passesTwoNatsThatKeepPorts) {
    SimHost& other = translated(NatConfig{});
    blocked.config.hasV6 = false;
    startWithThirdParty(other);
    EXPECT_LT(befriend(other, blocked), 4s);
    expectTcp(other);
}

TEST_F(TcpCrossing, doesNotPassTwoHardNats) {
    NatConfig hard;
    hard.mapping = sim::NatBehaviour::AddressAndPortDependent;
    hard.preservesPort = false;
    SimHost& other = translated(hard);
    blocked.config.hasV6 = false;
    startWithThirdParty(other);
    other.addContact(blocked.engine().ownAddress());
    world.run(60s);
    EXPECT_FALSE(other.isOnlineWith(blocked.id()));
}

TEST_F(TcpCrossing, survivesARestartOfEitherEnd) {
    SimHost& other = firewalled();
    startWithThirdParty(other);
    befriend(other, blocked);
    for (SimHost* host : {&blocked, &other}) {
        host->crash();
        world.run(5s);
        host->start();
        SimHost& peer = host == &other ? blocked : other;
        const std::string text = "after " + host->config.name;
        peer.send(host->id(), text);
        EXPECT_TRUE(world.runUntil([&] { return has(*host, peer, text); }, 30s)) << world.story();
    }
}

TEST_F(Tcp, aStrangerHearsNoMoreThanItSays) {
    SimHost& party = third();
    SimHost& other = open();
    start(other);
    Bytes nonsense;
    for (std::uint8_t first = 0; first < 200; ++first) {
        Bytes payload(48, first);
        wire::appendTcpFrame(nonsense, payload);
    }
    for (SimHost* host : {&other, &party})
        for (std::uint16_t i = 0; i < 50; ++i)
            world.connectStranger(*host, {Ipv4Address::of(45, 85, 1, static_cast<std::uint8_t>(i)), 5555}, nonsense);
    world.run(20s);
    EXPECT_LE(world.tcpHeard(), 100 * nonsense.size());
    EXPECT_EQ(world.tcpHeard(), 0U) << "nothing of it is a question";
    EXPECT_EQ(world.tcpOpen(), 0U);
    befriend(blocked, other);
}

} // namespace
} // namespace culvert::sim
