// What hostile people can do to a third party on the virtual internet, and to others through it.
//
// Elsewhere: cookies, sizes and each budget alone (tests/unit/engine/rendezvous_test.cpp, tests/unit/rendezvous),
// third parties that are gone (third_parties_test.cpp), and one that delivers for lying contacts
// (punch_attack_test.cpp).
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const SocketAddress kMallory(*Ipv6Address::fromText("2a0e:b666::1"), 666);
const SocketAddress kAccomplice(*Ipv6Address::fromText("2a0e:b667::1"), 667);
const SocketAddress kVictim(*Ipv6Address::fromText("2a0e:b777::1"), 777);

HostConfig home(const std::string& name) {
    HostConfig config;
    config.name = name;
    config.hasV4 = false;
    config.hasV6 = true;
    config.v6Firewalled = true;
    config.link.delay = 20ms;
    return config;
}

// A third party, two honest people who chose it, and somebody who sends it what he likes from where he likes.
struct RendezvousAttack : testing::Test {
    World world{1};
    SimHost& third = world.addThirdParty(home("third"));
    SimHost& bob = world.addHost(home("bob"));
    SimHost& alice = world.addHost(home("alice"));
    Identity mallory = Identity::generate(world.random());
    Identity accomplice = Identity::generate(world.random());
    PublicKey thirdKey = wire::decodeContactAddress(third.node()->ownAddress())->key;
    std::map<SocketAddress, std::vector<Bytes>> answers;   // the third party's, by where they go
    std::vector<std::pair<SocketAddress, Bytes>> recorded; // what came to it
    std::size_t sent = 0;                                  // octets of the attacker's
    const std::uint64_t honest = 2;

    RendezvousAttack() { third.config.v6Firewalled = false; }
    void SetUp() override {
        world.tap = [this](const SocketAddress& from, const SocketAddress& to, const Bytes& payload) {
            if (from == third.v6)
                answers[to].push_back(payload);
            if (to == third.v6)
                recorded.emplace_back(from, payload);
        };
        for (SimHost* host : {&bob, &alice}) {
            host->start();
            ASSERT_TRUE(host->engine().addThirdParty(world.now(), third.node()->ownAddress()));
            host->drain();
        }
        world.run(2s);
        ASSERT_EQ(third.node()->server().registrations(), honest);
    }
    void give(const SocketAddress& from, const Bytes& payload) {
        sent += payload.size();
        world.inject(from, third.v6, payload);
    }
    std::size_t octetsTo(const SocketAddress& where) {
        std::size_t octets = 0;
        for (const Bytes& answer : answers[where])
            octets += answer.size();
        return octets;
    }
    Bytes cookieRequest(const Identity& who) {
        return ControlSealer(who, world.random()).sealCookieRequest(thirdKey, 5);
    }
    Bytes registration(const Identity& who, const wire::Cookie& cookie) {
        return ControlSealer(who, world.random()).sealIntroduction(thirdKey, {}, cookie, wire::Register{6, 60});
    }
    Bytes handoff(const Identity& who, const PublicKey& to, std::size_t size) {
        return ControlSealer(who, world.random())
            .sealPair(*PairKeys::derive(who, thirdKey), wire::HandoffRequest{7, to, Bytes(size, 1)});
    }
    wire::Cookie cookieAt(const SocketAddress& where) {
        answers[where].clear();
        give(where, cookieRequest(mallory));
        world.run(100ms);
        return std::get<wire::CookieReply>(*wire::decodeEnvelope(answers[where].at(0))).cookie;
    }
    bool meets() {
        const std::string bobsAddress = bob.engine().ownAddress();
        bob.addContact(alice.engine().ownAddress());
        alice.addContact(bobsAddress);
        return world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 10s);
    }
};

// All that can be sent under a victim's address: cookies are asked for, and those of other places are shown.
TEST_F(RendezvousAttack, aVictimGetsNoMoreThanWasSentInItsName) {
    const wire::Cookie stolen = cookieAt(kMallory);
    sent = 0;
    for (int i = 0; i < 200; ++i) {
        give(kVictim, cookieRequest(mallory));
        give(kVictim, registration(mallory, stolen));
        give(kVictim, handoff(mallory, bob.id().octets, 400));
        world.run(10ms);
    }
    world.run(100ms);
    EXPECT_EQ(answers[kVictim].size(), 200U) << "cookies, and nothing else";
    for (const Bytes& answer : answers[kVictim])
        EXPECT_LE(answer.size(), cookieRequest(mallory).size());
    EXPECT_LE(octetsTo(kVictim), sent);
    EXPECT_EQ(third.node()->server().registrations(), honest);
}

// One network with as many identities as it likes.
TEST_F(RendezvousAttack, aFloodOfRegistrationsLeavesRoomForOthers) {
    const wire::Cookie cookie = cookieAt(kMallory);
    for (int i = 0; i < 600; ++i) {
        give(kMallory, registration(Identity::generate(world.random()), cookie));
        world.run(25ms);
    }
    EXPECT_EQ(third.node()->server().registrations(), honest + RendezvousServer::kRegistrationsPerSourceMax);
    EXPECT_TRUE(meets());
    world.run(80s);
    EXPECT_EQ(third.node()->server().registrations(), honest) << "the flood is forgotten";
}

// An onlooker sends everything again that came to the third party: from elsewhere, and under the true addresses.
TEST_F(RendezvousAttack, whatAnOnlookerSendsAgainMovesNobody) {
    ASSERT_TRUE(meets());
    const auto copies = recorded;
    ASSERT_GT(third.node()->server().forwarded(), 0U) << "handoffs are among what was heard";
    const std::uint64_t before = third.node()->server().forwarded();
    const std::size_t answersBefore = answers[kMallory].size();
    std::size_t fromMallory = 0, largest = 0;
    for (int round = 0; round < 20; ++round)
        for (const auto& [from, payload] : copies) {
            give(kMallory, payload);
            fromMallory += payload.size();
            largest = std::max(largest, payload.size());
            give(from, payload);
            world.run(5ms);
        }
    world.run(1s);
    const auto more = third.node()->server().forwarded() - before;
    EXPECT_LE(more, 2 * (PairBudgets::kBurst + copies.size() * 20 * 5ms / PairBudgets::kRefill + 1));
    EXPECT_EQ(third.node()->server().registrations(), honest);
    // Cookies, and how a socket looks to who sends a test again (two a second): never more than was sent from there.
    EXPECT_LE(octetsTo(kMallory), fromMallory);
    for (std::size_t i = answersBefore; i < answers[kMallory].size(); ++i)
        EXPECT_LE(answers[kMallory][i].size(), largest);
    bob.send(alice.id(), "still here");
    EXPECT_TRUE(world.runUntil([&] { return alice.receivedFrom(bob.id()).size() == 1; }, 5s));
}

// Two who want to talk through the third party all the time, for an hour.
TEST_F(RendezvousAttack, noConversationIsCarriedThroughHandoffs) {
    give(kMallory, registration(mallory, cookieAt(kMallory)));
    give(kAccomplice, registration(accomplice, cookieAt(kAccomplice)));
    const wire::Cookie here = cookieAt(kMallory), there = cookieAt(kAccomplice);
    const std::uint64_t before = third.node()->server().forwarded();
    for (int tick = 0; tick < 3600 * 2; ++tick) {
        if (tick % 60 == 0) { // Cookies age; new ones are asked for now and then.
            give(kMallory, registration(mallory, tick % 120 == 0 ? cookieAt(kMallory) : here));
            give(kAccomplice, registration(accomplice, tick % 120 == 0 ? cookieAt(kAccomplice) : there));
        }
        give(kMallory, handoff(mallory, accomplice.publicKey(), 400));
        world.run(500ms);
    }
    const std::uint64_t carried = third.node()->server().forwarded() - before;
    RecordProperty("octets_in_an_hour", static_cast<int>(carried * wire::kHandoffSealedMax)); // at most
    EXPECT_GE(carried, 600U) << "the attack is one that works";
    EXPECT_LE(carried, PairBudgets::kBurst + 3640s / PairBudgets::kRefill);
}

// Mallory says that he is Bob: with Bob's key id over his own seal, and with Bob's place as the source.
TEST_F(RendezvousAttack, nobodySpeaksForSomebodyElse) {
    give(kMallory, registration(mallory, cookieAt(kMallory)));
    world.run(100ms);
    const std::uint64_t before = third.node()->server().forwarded();
    for (const auto& [from, payload] : std::vector(recorded)) {
        Bytes forged = handoff(mallory, alice.id().octets, 200);
        std::copy_n(payload.begin(), std::min<std::size_t>(1 + sizeof(KeyIdOctets), payload.size()), forged.begin());
        give(from, forged);
        give(kMallory, forged);
        give(from, handoff(mallory, alice.id().octets, 200));
    }
    world.run(1s);
    EXPECT_EQ(third.node()->server().forwarded(), before);
    EXPECT_TRUE(meets());
}

} // namespace
} // namespace culvert::sim
