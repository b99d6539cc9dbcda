// Many small worlds, each from its seed: random homes that can be connected, poor links, and accidents. Whatever
// happens, every message arrives exactly once and in order.
//
//   sim_seeds [FIRST [COUNT]]     prints each failing seed with its story; one seed reruns exactly
#include "tests/sim/world.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace culvert::sim {
namespace {

constexpr int kMessages = 6;

NatBehaviour behaviour(test::SeededRandom& random) {
    return static_cast<NatBehaviour>(random.below(3));
}

LinkConfig poorLink(test::SeededRandom& random) {
    LinkConfig link;
    link.delay = Duration(1ms) * static_cast<std::int64_t>(1 + random.below(80));
    link.jitter = Duration(1ms) * static_cast<std::int64_t>(random.below(20));
    link.lossPercent = random.below(3) == 0 ? static_cast<unsigned>(random.below(8)) : 0;
    link.duplicatePercent = random.below(4) == 0 ? static_cast<unsigned>(random.below(5)) : 0;
    // 1320 still carries the tunnel's 1280 octets inside IPv4 and UDP.
    link.mtu = random.below(4) == 0 ? 1330 : 1500;
    return link;
}

HostConfig anyHome(const char* name, test::SeededRandom& random) {
    HostConfig home;
    home.name = name;
    home.link = poorLink(random);
    NatConfig nat;
    nat.mapping = behaviour(random);
    nat.filtering = behaviour(random);
    nat.timeout = Duration(1s) * static_cast<std::int64_t>(35 + random.below(100));
    nat.preservesPort = random.below(2) == 0;
    home.nat = nat;
    home.hasV6 = random.below(3) == 0;
    return home;
}

// One end that others can reach: a forwarded port, no NAT, or open IPv6 (then both have IPv6).
void openUp(HostConfig& home, HostConfig& other, test::SeededRandom& random) {
    switch (random.below(4)) {
    case 0:
        home.nat.reset();
        return;
    case 1:
        home.hasV6 = other.hasV6 = true;
        home.v6Firewalled = other.v6Firewalled = random.below(2) == 0;
        return;
    default:
        home.nat->forwardsOnRequest = true;
        home.nat->mapping = NatBehaviour::EndpointIndependent;
        home.nat->preservesPort = true;
    }
}

// Things that happen to people's computers and lines.
void accident(World& world, SimHost& host) {
    switch (world.random().below(5)) {
    case 0:
        host.crash();
        world.run(Duration(1ms) * static_cast<std::int64_t>(world.random().below(3000)));
        host.start();
        return;
    case 1:
        host.stop();
        world.run(Duration(1ms) * static_cast<std::int64_t>(world.random().below(3000)));
        host.start();
        return;
    case 2:
        host.isCut = true;
        world.run(Duration(1s) * static_cast<std::int64_t>(world.random().below(60)));
        host.isCut = false;
        return;
    case 3:
        if (host.config.nat)
            world.nat(host).flush();
        return;
    default:
        world.run(Duration(1s) * static_cast<std::int64_t>(world.random().below(30)));
    }
}

std::vector<std::string> expectedTexts(const char* prefix) {
    std::vector<std::string> out;
    for (int i = 0; i < kMessages; ++i)
        out.push_back(prefix + std::to_string(i));
    return out;
}

std::string joined(const char* who, const std::vector<std::string>& texts) {
    std::string out = std::string("\n  ") + who + " has:";
    for (const std::string& text : texts)
        out += " " + text;
    return out;
}

// Empty when all is well; otherwise what is not.
std::string runSeed(std::uint64_t seed) {
    World world(seed);
    HostConfig bobs = anyHome("bob", world.random()), alices = anyHome("alice", world.random());
    openUp(bobs, alices, world.random());
    SimHost& bob = world.addHost(bobs);
    SimHost& alice = world.addHost(alices);
    bob.start();
    alice.start();
    const std::string bobsAddress = bob.engine().ownAddress();
    bob.addContact(alice.engine().ownAddress());
    alice.addContact(bobsAddress);
    if (!world.runUntil([&] { return bob.isOnlineWith(alice.id()) && alice.isOnlineWith(bob.id()); }, 60s))
        return "they did not connect\n" + world.story();
    for (int i = 0; i < kMessages; ++i) {
        bob.send(alice.id(), "b" + std::to_string(i));
        alice.send(bob.id(), "a" + std::to_string(i));
        // Only what sendMessage() has answered for must survive a crash; it answers after the commit.
        world.run(5ms);
        if (world.random().below(2) == 0)
            accident(world, world.random().below(2) == 0 ? bob : alice);
        else
            world.run(Duration(1ms) * static_cast<std::int64_t>(world.random().below(500)));
    }
    const auto allThere = [&] {
        return alice.receivedFrom(bob.id()).size() >= kMessages && bob.receivedFrom(alice.id()).size() >= kMessages &&
               alice.archive().undelivered() + bob.archive().undelivered() == 0;
    };
    if (!world.runUntil(allThere, 300s))
        return "not everything arrived\n" + world.story();
    if (alice.receivedFrom(bob.id()) != expectedTexts("b") || bob.receivedFrom(alice.id()) != expectedTexts("a"))
        return "lost, doubled or out of order" + joined("alice", alice.receivedFrom(bob.id())) +
               joined("bob", bob.receivedFrom(alice.id())) + "\n" + world.story();
    return {};
}

} // namespace
} // namespace culvert::sim

int main(int argc, char** argv) {
    const std::uint64_t first = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
    const std::uint64_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : argc > 1 ? 1 : 1000;
    const auto started = std::chrono::steady_clock::now();
    int failed = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const std::string complaint = culvert::sim::runSeed(seed);
        if (complaint.empty())
            continue;
        ++failed;
        std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), complaint.c_str());
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    std::printf("%llu seeds in %.1f s, %d failed\n", static_cast<unsigned long long>(count), taken.count(), failed);
    return failed == 0 ? 0 : 1;
}
