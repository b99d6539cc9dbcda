// The scenarios of the design, with whole engines over a virtual internet.
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const NatConfig kForwarding{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true, true};
const NatConfig kPortRestricted{NatBehaviour::EndpointIndependent, NatBehaviour::AddressAndPortDependent, 60s, true,
                                false};
const NatConfig kSymmetric{NatBehaviour::AddressAndPortDependent, NatBehaviour::AddressAndPortDependent, 60s, false,
                           false};

HostConfig home(const std::string& name, const NatConfig& nat, bool hasV6 = false) {
    HostConfig config;
    config.name = name;
    config.nat = nat;
    config.hasV6 = hasV6;
    config.link.delay = 50ms;
    return config;
}

// Bob: IPv4 behind a router that forwards his port. Alice: native IPv6, and IPv4 behind a NAT that forwards nothing.
struct Scenario : testing::Test {
    World world{1};
    SimHost& bob = world.addHost(home("bob", kForwarding));
    SimHost& alice = world.addHost(home("alice", kPortRestricted, true));

    void SetUp() override {
        bob.start();
        alice.start();
    }
    void TearDown() override {
        if (HasFailure())
            std::cerr << world.story();
    }
    void befriend() {
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        ASSERT_TRUE(world.runUntil([&] { return bothAccepted() && bothOnline(); }, 10s));
    }
    bool bothAccepted() {
        for (SimHost* host : {&bob, &alice})
            for (const Contact& contact : host->engine().contacts(world.now()))
                if (contact.state != ContactState::Accepted)
                    return false;
        return true;
    }
    bool bothOnline() { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }
    bool has(SimHost& host, const SimHost& from, const std::string& text) {
        const auto texts = host.receivedFrom(from.id());
        return std::ranges::find(texts, text) != texts.end();
    }
};

TEST_F(Scenario, bobStartsTheConversationThroughReachabilityInversion) {
    befriend();
    bob.send(alice.id(), "hello Alice");
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "hello Alice"); }, 2s));
    alice.send(bob.id(), "hello Bob");
    EXPECT_TRUE(world.runUntil([&] { return has(bob, alice, "hello Bob"); }, 2s));
}

// Whenever the second one adds the first: before they heard of each other, amid the handshake, or as a stranger.
TEST(Meeting, whoeverAddsLaterCostsNobodyASession) {
    for (int later = 0; later <= 400; ++later) {
        World world{static_cast<std::uint64_t>(later + 1)};
        HostConfig config = home("bob", kPortRestricted);
        config.link.delay = 200us;
        SimHost& bob = world.addHost(config);
        config.name = "alice";
        config.sharesRouterWith = "bob";
        SimHost& alice = world.addHost(config);
        for (SimHost* host : {&bob, &alice})
            host->start();
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        world.run(later * 50us);
        alice.addContact(bobsAddress);
        bob.send(alice.id(), "hello");
        const Instant added = world.now().monotonic;
        ASSERT_TRUE(world.runUntil([&] { return alice.receivedFrom(bob.id()).size() == 1; }, 10s)) << world.story();
        EXPECT_LE(toMilliseconds(world.now().monotonic - added), 1500) << later * 50 << " us later";
    }
}

TEST_F(Scenario, afterARestartTheFirstMessageNeedsAtMostFiveRoundTrips) {
    befriend();
    for (SimHost* host : {&bob, &alice})
        host->crash();
    world.run(120s); // All NAT bindings are gone.
    alice.start();
    bob.start();
    const Instant ready = world.now().monotonic;
    bob.send(alice.id(), "again");
    ASSERT_TRUE(world.runUntil([&] { return has(alice, bob, "again"); }, 5s));
    // One way through two links is 50 ms here.
    EXPECT_LE(toMilliseconds(world.now().monotonic - ready), 5 * 100 + 300);
}

TEST_F(Scenario, aliceReachesBobsConeAddressThroughHerOwnRelay) {
    befriend();
    world.run(1s);
    bool teredoAnswered = false;
    const auto paths = alice.engine().paths(bob.id());
    for (const PathInfo& path : *paths)
        teredoAnswered = teredoAnswered || (path.kind == PathKind::Teredo && path.answered);
    EXPECT_TRUE(teredoAnswered);
}

TEST_F(Scenario, nobodyStandsBetween) {
    befriend();
    const Ipv4Address bobs = world.nat(bob).address(), alices = world.nat(alice).address();
    std::size_t others = 0;
    world.tap = [&](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        const bool direct = source.isV4() && destination.isV4() &&
                            ((source.v4() == bobs && destination.v4() == alices) ||
                             (source.v4() == alices && destination.v4() == bobs));
        others += direct ? 0 : 1;
        EXPECT_EQ(asText(payload).find("secret words"), std::string_view::npos);
    };
    bob.send(alice.id(), "secret words");
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "secret words"); }, 2s));
    EXPECT_EQ(others, 0U);
}

TEST_F(Scenario, aPeerThatLostItsStateIsTalkingAgainWithinTwoSeconds) {
    befriend();
    for (SimHost* lost : {&bob, &alice}) {
        SimHost& other = lost == &bob ? alice : bob;
        lost->crash();
        world.run(300ms);
        lost->start();
        const Instant started = world.now().monotonic;
        const std::string text = "from " + other.config.name;
        other.send(lost->id(), text);
        ASSERT_TRUE(world.runUntil([&] { return has(*lost, other, text); }, 10s)) << lost->config.name;
        EXPECT_LE(toMilliseconds(world.now().monotonic - started), 2000) << lost->config.name;
    }
}

TEST_F(Scenario, aMinuteWithoutALinkLosesNothing) {
    befriend();
    bob.send(alice.id(), "before");
    world.run(20ms);
    bob.isCut = true;
    bob.send(alice.id(), "during");
    alice.send(bob.id(), "during too");
    world.run(60s);
    EXPECT_FALSE(bothOnline()) << "silence for a minute is noticed";
    bob.isCut = false;
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "during") && has(bob, alice, "during too"); }, 20s));
    EXPECT_EQ(alice.receivedFrom(bob.id()), (std::vector<std::string>{"before", "during"}));
}

// Found by seed 1742: a contact saved for another reason, between a message's arrival and its commit, took back the
// sequence, and the message came twice after a crash.
TEST_F(Scenario, aContactSavedWhileAMessageCommitsDoesNotDoubleIt) {
    befriend();
    world.run(1s);
    bob.send(alice.id(), "once");
    world.run(2ms + 50ms + 1ms); // Bob's commit, the way, and half of Alice's commit
    ASSERT_TRUE(alice.receivedFrom(bob.id()).empty());
    ASSERT_TRUE(alice.engine().verifyContact(world.now(), bob.id()));
    alice.isCut = true; // The acknowledgement never leaves.
    world.run(20ms);
    ASSERT_EQ(alice.receivedFrom(bob.id()).size(), 1U);
    alice.crash();
    alice.isCut = false;
    alice.start();
    EXPECT_TRUE(world.runUntil([&] { return bob.archive().undelivered() == 0; }, 20s));
    EXPECT_EQ(alice.receivedFrom(bob.id()).size(), 1U);
}

TEST_F(Scenario, aContactRequestWaitsForAnAnswer) {
    alice.addContact(bob.engine().ownAddress());
    const auto asked = [&] {
        const auto contacts = bob.engine().contacts(world.now());
        return contacts.size() == 1 && contacts[0].state == ContactState::Pending && contacts[0].greeting == "hello" &&
               contacts[0].name == "alice";
    };
    ASSERT_TRUE(world.runUntil(asked, 5s));
    alice.send(bob.id(), "early"); // queued: he has not accepted
    world.run(5s);
    EXPECT_TRUE(bob.receivedFrom(alice.id()).empty());
    ASSERT_TRUE(bob.engine().acceptContact(world.now(), alice.id()));
    EXPECT_TRUE(world.runUntil([&] { return has(bob, alice, "early"); }, 5s));
    EXPECT_TRUE(bothAccepted());
}

// Bob's acceptance reaches Alice, and a crash takes it from his own disk: what she writes then must not be lost.
TEST_F(Scenario, anAcceptanceLostInACrashLosesNoMessage) {
    alice.addContact(bob.engine().ownAddress());
    const auto asked = [&] { return bob.engine().contacts(world.now()).size() == 1; };
    ASSERT_TRUE(world.runUntil(asked, 5s));
    world.run(100ms);
    bob.accept(alice.id());
    bob.crash();
    world.run(300ms);
    bob.start();
    ASSERT_EQ(bob.engine().contacts(world.now())[0].state, ContactState::Pending);
    ASSERT_EQ(alice.engine().contacts(world.now())[0].state, ContactState::Accepted);
    alice.send(bob.id(), "one");
    world.run(5s);
    bob.accept(alice.id());
    alice.send(bob.id(), "two");
    EXPECT_TRUE(world.runUntil([&] { return has(bob, alice, "two"); }, 10s));
    EXPECT_EQ(bob.receivedFrom(alice.id()), (std::vector<std::string>{"one", "two"}));
    EXPECT_TRUE(world.runUntil([&] { return alice.archive().undelivered() == 0; }, 1s));
}

// Bob answers Alice's first probe and loses his memory before her request is stored.
TEST_F(Scenario, aRequestSurvivesThatTheOtherSideForgetsIt) {
    alice.addContact(bob.engine().ownAddress());
    world.run(120ms); // Bob has answered; nothing is on his disk.
    ASSERT_TRUE(bob.engine().contacts(world.now()).empty());
    bob.crash();
    bob.start();
    EXPECT_TRUE(world.runUntil([&] { return bob.engine().contacts(world.now()).size() == 1; }, 30s));
}

TEST_F(Scenario, whatWasReadWhileTheSenderWasAwayIsToldLater) {
    befriend();
    bob.send(alice.id(), "read me");
    ASSERT_TRUE(world.runUntil([&] { return has(alice, bob, "read me"); }, 2s));
    world.run(1s);
    bob.isCut = true;
    world.run(30s);
    ASSERT_TRUE(alice.engine().markRead(world.now(), bob.id()));
    bob.isCut = false;
    const auto isRead = [&] {
        return std::ranges::any_of(bob.events(), [](const MessengerEvent& event) {
            const auto* state = std::get_if<MessageStateEvent>(&event);
            return state != nullptr && state->state == MessageState::Read;
        });
    };
    EXPECT_TRUE(world.runUntil(isRead, 30s));
}

TEST_F(Scenario, aStrangerWithoutOurInvitationIsNotHeard) {
    SimHost& eve = world.addHost(home("eve", kPortRestricted));
    eve.start();
    auto address = *wire::decodeContactAddress(bob.engine().ownAddress());
    address.token = {};
    eve.addContact(wire::encodeContactAddress(address));
    world.run(20s);
    EXPECT_TRUE(bob.engine().contacts(world.now()).empty());
    EXPECT_FALSE(eve.isOnlineWith(bob.id()));
    EXPECT_GT(bob.engine().drops().of(DropReason::UnknownPeer), 0U);
}

TEST_F(Scenario, aBlockedContactGetsNoAnswer) {
    befriend();
    ASSERT_TRUE(bob.engine().blockContact(world.now(), alice.id()));
    world.run(1s);
    alice.send(bob.id(), "please");
    world.run(40s);
    EXPECT_TRUE(bob.receivedFrom(alice.id()).empty());
    EXPECT_FALSE(alice.isOnlineWith(bob.id()));
}

TEST_F(Scenario, theVerdictComesWithinFifteenSeconds) {
    befriend();
    bob.crash();
    alice.send(bob.id(), "are you there?");
    world.run(5s);
    const auto verdict = [&] { return alice.engine().contacts(world.now())[0].presence.verdict; };
    EXPECT_EQ(verdict(), Verdict::Connecting);
    EXPECT_TRUE(world.runUntil([&] { return verdict() == Verdict::NoAnswer; }, 20s));
}

struct Handoff : Scenario {
    SimHost& third = world.addThirdParty([] {
        HostConfig config;
        config.name = "third";
        config.hasV6 = true;
        config.link.delay = 50ms;
        return config;
    }());

    void useThirdParty() {
        for (SimHost* host : {&bob, &alice})
            ASSERT_TRUE(host->engine().addThirdParty(world.now(), third.node()->ownAddress()));
    }
};

TEST_F(Handoff, aNewPublicAddressDuringASessionIsToldAtOnce) {
    befriend();
    useThirdParty();
    world.run(60s);
    world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, 9));
    GatewayReport report;
    report.udp.state = PortMappingState::Claimed;
    report.udp.external = SocketAddress(world.nat(bob).address(), bob.v4.port());
    report.isSettled = true;
    bob.engine().handleGateway(world.now(), report);
    bob.drain();
    bob.send(alice.id(), "from my new address");
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "from my new address"); }, 3s));
}

TEST_F(Handoff, aThirdPartyThatSeesANewAddressSetsItOffToo) {
    befriend();
    useThirdParty();
    world.run(60s);
    world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, 9));
    const auto isSeen = [&] {
        const NetworkStatus status = bob.engine().networkStatus(world.now().monotonic);
        return std::ranges::any_of(status.thirdParties, [&](const ThirdPartyStatus& party) {
            return party.observed.starts_with(world.nat(bob).address().text());
        });
    };
    ASSERT_TRUE(world.runUntil(isSeen, RendezvousClient::kRefresh));
    EXPECT_TRUE(bob.engine().networkStatus(world.now().monotonic).testsAreRunning) << "what was learnt is void";
    EXPECT_TRUE(world.runUntil([&] { return bothOnline(); }, 5s));
}

// A contact names it: it may hand over to that contact, and not unsettle everything else.
TEST_F(Handoff, aContactsThirdPartyThatSeesANewAddressSetsNothingOff) {
    ASSERT_TRUE(alice.engine().addThirdParty(world.now(), third.node()->ownAddress()));
    world.run(1s);
    befriend();
    world.run(60s);
    alice.crash();
    bob.send(alice.id(), "are you there?");
    const auto observed = [&] { return bob.engine().networkStatus(world.now().monotonic).observed; };
    ASSERT_TRUE(world.runUntil([&] { return observed().size() == 2; }, 60s)) << "Alice before she went, and the third";
    world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, 9));
    const auto isSeen = [&] {
        return std::ranges::any_of(
            observed(), [&](const Observation& seen) { return seen.address.v4() == world.nat(bob).address(); });
    };
    ASSERT_TRUE(world.runUntil(isSeen, 60s));
    EXPECT_EQ(observed().size(), 2U) << "what contacts saw still stands";
}

TEST_F(Handoff, reachesAnAliceWhoDoesNotKnowWhereBobIs) {
    befriend();
    useThirdParty();
    world.run(1s);
    bob.crash();
    alice.crash();
    world.run(120s);
    world.nat(bob).renumber(Ipv4Address::of(45, 99, 9, 9));

    std::size_t payloadAtThird = 0, atThird = 0;
    world.tap = [&](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        const auto isThird = [&](const SocketAddress& a) { return a == third.v4 || a == third.v6; };
        if (!isThird(source) && !isThird(destination))
            return;
        ++atThird;
        // IPv4 carries Teredo encapsulation: the inner UDP payload is what counts.
        const std::uint8_t first = source.isV4() ? payload[48] : payload[0];
        payloadAtThird += first >= wire::kFirstQuicOctet ? 1 : 0;
    };
    alice.start();
    bob.start();
    const Instant ready = world.now().monotonic;
    bob.send(alice.id(), "I have moved");
    ASSERT_TRUE(world.runUntil([&] { return has(alice, bob, "I have moved"); }, 10s));
    EXPECT_LE(toMilliseconds(world.now().monotonic - ready), 5 * 100 + 300);
    alice.send(bob.id(), "I see");
    EXPECT_TRUE(world.runUntil([&] { return has(bob, alice, "I see"); }, 5s));
    EXPECT_GT(atThird, 0U);
    EXPECT_EQ(payloadAtThird, 0U);
    EXPECT_GT(third.node()->server().forwarded(), 0U);
}

TEST_F(Handoff, aDeadThirdPartyCostsNothingElse) {
    befriend();
    useThirdParty();
    third.isCut = true;
    world.run(90s);
    bob.send(alice.id(), "still here");
    EXPECT_TRUE(world.runUntil([&] { return has(alice, bob, "still here"); }, 2s));
}

TEST_F(Handoff, theBudgetOfAPairKeepsConversationsOut) {
    befriend();
    useThirdParty();
    alice.crash();
    world.run(10s);
    const auto before = third.node()->server().forwarded();
    // Alice's registration lives on for a while; Bob keeps asking.
    for (int i = 0; i < 200; ++i) {
        bob.engine().retryConnections(world.now());
        world.run(200ms);
    }
    EXPECT_LE(third.node()->server().forwarded() - before, PairBudgets::kBurst + 40s / PairBudgets::kRefill + 1);
}

// Found by the oracle: with IPv6 Alice registered over that, so that nobody saw what her NAT makes of her over IPv4.
TEST(Homes, twoPunchAlsoWhereOneHasIpv6BesidesANat) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        World world(seed);
        SimHost& bob = world.addHost(home("bob", kPortRestricted));
        SimHost& alice = world.addHost(home("alice", kPortRestricted, true));
        HostConfig config = home("third", kPortRestricted, true);
        config.nat.reset();
        SimHost& third = world.addThirdParty(config);
        for (SimHost* host : {&bob, &alice}) {
            host->start();
            ASSERT_TRUE(host->engine().addThirdParty(world.now(), third.node()->ownAddress()));
            host->drain();
        }
        world.run(5s);
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        EXPECT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()); }, 10s)) << world.story();
    }
}

// Both keep trying, and each handoff that comes in has the other's addresses tried anew: that is no reason to go on
// saying "connecting".
TEST(Homes, handoffsDoNotPutOffTheVerdict) {
    World world(5);
    SimHost& bob = world.addHost(home("bob", kSymmetric));
    SimHost& alice = world.addHost(home("alice", kSymmetric));
    HostConfig config = home("third", kSymmetric, true);
    config.nat.reset();
    config.hasOtherAddresses = true;
    SimHost& third = world.addThirdParty(config);
    for (SimHost* host : {&bob, &alice}) {
        host->start();
        ASSERT_TRUE(host->engine().addThirdParty(world.now(), third.node()->ownAddress()));
        host->drain();
    }
    world.run(5s);
    const std::string bobsAddress = bob.engine().ownAddress();
    bob.addContact(alice.engine().ownAddress());
    alice.addContact(bobsAddress);
    world.run(15s);
    for (SimHost* host : {&bob, &alice}) {
        for (int second = 0; second < 60; ++second) {
            const Presence told = host->engine().contacts(world.now())[0].presence;
            EXPECT_EQ(told.verdict, Verdict::CannotConnect) << second << " s after the verdict";
            EXPECT_EQ(told.outlook.obstacle, Obstacle::BothHard);
            EXPECT_EQ(told.outlook.remedy, Remedy::MapPort);
            EXPECT_EQ(told.outlook.side, Side::Either);
            world.run(1s);
        }
    }
}

// The lower key dials, whoever asks: both orders of the keys must work for a first contact.
TEST(Homes, aStrangersRequestArrivesWhoeverDials) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        World world(seed);
        SimHost& bob = world.addHost(home("bob", kForwarding));
        SimHost& alice = world.addHost(home("alice", kPortRestricted));
        bob.start();
        alice.start();
        alice.addContact(bob.engine().ownAddress());
        EXPECT_TRUE(world.runUntil([&] { return bob.engine().contacts(world.now()).size() == 1; }, 2s))
            << world.story();
    }
}

// Whom he has just accepted, and never seen go offline: his next start knows where she answered. (An IPv4-only asker
// behind a NAT cannot tell him where she is; and her own probes of a path that was shut with a goodbye are seldom.)
TEST(Homes, aNewContactIsFoundAfterTheFirstRestart) {
    World world(11);
    SimHost& bob = world.addHost(home("bob", kForwarding));
    SimHost& alice = world.addHost(home("alice", kPortRestricted));
    bob.start();
    alice.start();
    alice.addContact(bob.engine().ownAddress());
    ASSERT_TRUE(world.runUntil([&] { return bob.engine().contacts(world.now()).size() == 1; }, 5s));
    bob.accept(alice.id());
    ASSERT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 5s));
    world.run(5s);
    bob.stop();
    world.run(2s);
    bob.start();
    EXPECT_TRUE(world.runUntil([&] { return bob.isOnlineWith(alice.id()); }, 2s)) << world.story();
}

TEST(Homes, twoOnOneNetworkTalkOverIt) {
    World world(3);
    SimHost& bob = world.addHost(home("bob", kSymmetric));
    HostConfig config = home("alice", kSymmetric);
    config.sharesRouterWith = "bob";
    SimHost& alice = world.addHost(config);
    bob.start();
    alice.start();
    bob.addContact(alice.engine().ownAddress());
    alice.addContact(bob.engine().ownAddress());
    EXPECT_TRUE(world.runUntil([&] { return bob.pathTo(alice.id()) == PathKind::Lan; }, 2s)) << world.story();
}

TEST(Homes, nativeIpv6BehindFirewallsOpensFromBothSides) {
    World world(4);
    HostConfig config = home("bob", kSymmetric, true);
    config.v6Firewalled = true;
    SimHost& bob = world.addHost(config);
    config.name = "alice";
    SimHost& alice = world.addHost(config);
    bob.start();
    alice.start();
    bob.addContact(alice.engine().ownAddress());
    alice.addContact(bob.engine().ownAddress());
    EXPECT_TRUE(world.runUntil([&] { return bob.pathTo(alice.id()) == PathKind::Native6; }, 5s)) << world.story();
}

} // namespace
} // namespace culvert::sim
