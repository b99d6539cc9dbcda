// Two on one switch, and nothing else: no internet, no router, no address that is still true. And what neighbours can
// do.
#include "core/lan/beacon.h"
#include "tests/sim/world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

bool isBeacon(const SocketAddress& destination) {
    return destination.port() == kLanPort;
}

struct LanWorld : testing::Test {
    World world{1};
    SimHost* bob = nullptr;
    SimHost* alice = nullptr;

    static HostConfig onSwitch(const std::string& name) {
        HostConfig config;
        config.name = name;
        config.lan = "switch";
        config.isOnInternet = false;
        return config;
    }
    void add(const HostConfig& bobs, const HostConfig& alices) {
        bob = &world.addHost(bobs);
        alice = &world.addHost(alices);
    }
    bool areOnline(Duration within) {
        return world.runUntil([&] { return bob->isOnlineWith(alice->id()) && alice->isOnlineWith(bob->id()); }, within);
    }
    /// They are contacts, and both programs ended.
    void befriend() {
        bob->start();
        alice->start();
        const std::string bobs = bob->engine().ownAddress();
        bob->addContact(alice->engine().ownAddress());
        alice->addContact(bobs);
        ASSERT_TRUE(areOnline(5s)) << world.story();
        bob->stop();
        alice->stop();
        world.run(1s);
    }
    bool delivered(const std::string& text, Duration within) {
        bob->send(alice->id(), text);
        return world.runUntil(
            [&] {
                const auto texts = alice->receivedFrom(bob->id());
                return !texts.empty() && texts.back() == text;
            },
            within);
    }
};

TEST_F(LanWorld, twoOnASwitchWithoutAnyAddressMeet) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    bob->start();
    world.run(10s);
    alice->start();
    EXPECT_TRUE(delivered("hello", 500ms)) << world.story();
    EXPECT_EQ(bob->pathTo(alice->id()), PathKind::Lan);
    const auto paths = bob->engine().paths(alice->id());
    ASSERT_TRUE(paths);
    EXPECT_TRUE(std::ranges::any_of(*paths, [](const PathInfo& path) {
        return path.active && path.remote.starts_with("[fe80") && path.remote.find('%') != std::string::npos;
    }));
    EXPECT_EQ(alice->pathTo(bob->id()), PathKind::Lan);
    bob->stop();
    const auto stored = bob->archive().snapshot();
    ASSERT_EQ(stored.contacts.size(), 1U);
    EXPECT_TRUE(decodeContact(stored.contacts[0].blob)->lastRemotes.empty()) << "a zone means nothing tomorrow";
}

// The cable goes into another socket of the computer: other link-local addresses, and not one way out more or less.
TEST_F(LanWorld, anotherLinkIsAnotherNetwork) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    bob->start();
    alice->start();
    ASSERT_TRUE(areOnline(1s));
    world.run(10s);
    alice->isCut = true; // Nobody notices: nothing is said.
    for (SimHost* each : {bob, alice})
        each->moveOnLink();
    alice->isCut = false;
    EXPECT_TRUE(delivered("from elsewhere", 500ms)) << world.story();
}

// Either one's beacon is enough: the other's get lost.
TEST_F(LanWorld, oneSidesBeaconsSuffice) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    for (SimHost* mute : {bob, alice}) {
        mute->config.losesGroups = true;
        bob->start();
        alice->start();
        EXPECT_TRUE(areOnline(500ms)) << mute->config.name << "\n" << world.story();
        mute->config.losesGroups = false;
        bob->stop();
        alice->stop();
        world.run(1s);
    }
    bob->config.losesGroups = alice->config.losesGroups = true;
    bob->start();
    alice->start();
    EXPECT_FALSE(areOnline(20s)) << "and without any there is no way";
}

// A pasted address string is enough, though all that stands in it is wrong by now, and its owner is in want of nobody.
TEST_F(LanWorld, whoPastesAnAddressFindsItsOwnerNextDoor) {
    add(onSwitch("bob"), onSwitch("alice"));
    bob->start();
    alice->start();
    world.run(30s);
    const ContactId contact = bob->addContact(alice->engine().ownAddress());
    EXPECT_TRUE(world.runUntil([&] { return alice->engine().contacts(alice->now()).size() == 1; }, 1s))
        << world.story();
    alice->accept(bob->id());
    EXPECT_TRUE(areOnline(1s));
    EXPECT_EQ(contact, alice->id());
}

TEST_F(LanWorld, nobodyWakesWhenAllAreConnected) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    bob->start();
    alice->start();
    ASSERT_TRUE(areOnline(1s));
    world.run(3s); // greetings
    int beacons = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes&) {
        beacons += isBeacon(destination) ? 1 : 0;
    };
    world.run(20min);
    EXPECT_EQ(beacons, 0);
    ASSERT_TRUE(areOnline(0s));
    alice->isCut = true;
    world.run(60s);
    EXPECT_GE(beacons, 5) << "and who is missing is sought";
    EXPECT_LE(beacons, 30);
    alice->isCut = false;
    EXPECT_TRUE(delivered("again", 1min));
}

// What was heard comes back from everywhere on the link: few probes answer it, and nobody logs or keeps a thing.
TEST_F(LanWorld, repeatedBeaconsCostAFewProbes) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    Bytes heard;
    world.tap = [&](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        if (isBeacon(destination) && source == bob->linkLocal())
            heard = payload;
    };
    bob->start();
    world.run(100ms);
    ASSERT_FALSE(heard.empty());
    bob->stop();
    alice->start();
    world.run(30s);
    std::map<SocketAddress, std::size_t> probes, octets;
    world.tap = [&](const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        if (source == alice->linkLocal() && !isBeacon(destination)) {
            ++probes[destination];
            octets[destination] += payload.size();
        }
    };
    const SocketAddress group = kLanGroup6.inZone(alice->linkLocal().zone());
    for (int second = 0; second < 60; ++second) {
        for (std::uint8_t victim = 1; victim < 200; ++victim) {
            Ipv6Address address = *Ipv6Address::fromText("fe80::bad:0");
            address.octets[15] = victim;
            world.injectOnLink(*alice, SocketAddress(address, 5000).inZone(alice->linkLocal().zone()), group, heard);
        }
        world.run(1s);
    }
    ASSERT_FALSE(probes.empty()) << "a contact's beacon is a reason to look";
    EXPECT_LE(probes.size(), 28U) << "four places in ten seconds";
    for (const auto& [victim, count] : probes) {
        EXPECT_LE(count, 40U) << victim.text();
        EXPECT_LE(octets[victim], 40U * 200) << victim.text() << ": small ones";
    }
    const NetworkStatus status = alice->engine().networkStatus(alice->now().monotonic);
    EXPECT_GT(status.lan.heard, 0U);
    bob->start();
    EXPECT_TRUE(delivered("through the noise", 20s));
}

TEST_F(LanWorld, offMeansOff) {
    add(onSwitch("bob"), onSwitch("alice"));
    befriend();
    bob->start();
    alice->start();
    int beacons = 0;
    world.tap = [&](const SocketAddress&, const SocketAddress& destination, const Bytes&) {
        beacons += isBeacon(destination) ? 1 : 0;
    };
    for (SimHost* each : {bob, alice}) {
        each->engine().setSettings(each->now(), {false, false});
        each->drain();
        EXPECT_FALSE(each->engine().networkStatus(each->now().monotonic).lan.isOn);
    }
    bob->stop();
    alice->stop();
    world.run(1s);
    bob->start();
    alice->start();
    beacons = 0;
    EXPECT_FALSE(areOnline(1min)) << "the choice is stored";
    EXPECT_EQ(beacons, 0);
}

} // namespace
} // namespace culvert::sim
