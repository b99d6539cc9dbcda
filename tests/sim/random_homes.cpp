#include "tests/sim/random_homes.h"

#include "tests/sim/known_homes.h"

namespace culvert::sim {

namespace {

bool oneIn(test::SeededRandom& random, std::uint64_t count) {
    return random.below(count) == 0;
}

Duration between(test::SeededRandom& random, Duration least, Duration most) {
    const auto range = static_cast<std::uint64_t>((most - least) / 1ms);
    return least + Duration(1ms) * static_cast<std::int64_t>(random.below(range + 1));
}

LinkConfig randomLink(test::SeededRandom& random) {
    LinkConfig link;
    link.delay = between(random, 5ms, 150ms);
    link.jitter = oneIn(random, 2) ? between(random, 0ms, 30ms) : Duration(0ms);
    link.lossPercent = oneIn(random, 3) ? static_cast<unsigned>(random.below(6)) : 0;
    link.duplicatePercent = oneIn(random, 4) ? static_cast<unsigned>(random.below(5)) : 0;
    // 1320 still carries the tunnel's 1280 octets inside IPv4 and UDP.
    link.mtu = oneIn(random, 4) ? 1330 : 1500;
    return link;
}

NatConfig randomNat(test::SeededRandom& random) {
    NatConfig nat;
    nat.mapping = static_cast<NatBehaviour>(random.below(3));
    nat.filtering = static_cast<NatBehaviour>(random.below(3));
    nat.timeout = between(random, 35s, 135s);
    nat.preservesPort = oneIn(random, 2);
    nat.isSequential = nat.mapping != NatBehaviour::EndpointIndependent && oneIn(random, 4);
    return nat;
}

HostConfig randomHome(const char* name, test::SeededRandom& random) {
    HostConfig home;
    home.name = name;
    home.link = randomLink(random);
    home.hasV4 = !oneIn(random, 12);
    home.hasV6 = !home.hasV4 || oneIn(random, 3);
    home.v6Firewalled = oneIn(random, 2);
    if (home.hasV4 && !oneIn(random, 10)) {
        home.nat = randomNat(random);
        home.nat->forwardsOnRequest = oneIn(random, 5);
        if (oneIn(random, 8))
            home.carrierNat = randomNat(random);
    }
    home.blocksUdp = oneIn(random, 25);
    return home;
}

// RFC 4380 §5.5: only who has no native IPv6 is a client.
TeredoReach teredoOf(const HostConfig& home, const EndFacts& truth) {
    if (!home.hasV4 || home.hasV6 || home.blocksUdp)
        return TeredoReach::None;
    const bool isOpen =
        truth.ipv4 == Ipv4Reach::Public || truth.ipv4 == Ipv4Reach::Mapped ||
        (truth.mapping == NatMapping::EndpointIndependent && truth.filtering == NatFiltering::EndpointIndependent);
    return isOpen ? TeredoReach::Cone : TeredoReach::Qualified;
}

std::string textOf(const NatConfig& nat) {
    static constexpr const char* words[] = {"EI", "AD", "APD"};
    return std::string(words[static_cast<int>(nat.mapping)]) + "/" + words[static_cast<int>(nat.filtering)] +
           (nat.isSequential    ? " sequential"
            : nat.preservesPort ? " preserving"
                                : "") +
           (nat.forwardsOnRequest ? " UPnP" : "");
}

std::string textOf(const HostConfig& home) {
    std::string out = home.name + ":";
    if (home.hasV4)
        out += home.nat ? " NAT " + textOf(*home.nat) : std::string(" public IPv4");
    if (home.carrierNat)
        out += " behind " + textOf(*home.carrierNat);
    if (home.hasV6)
        out += home.v6Firewalled ? " firewalled IPv6" : " open IPv6";
    return out + (home.blocksUdp ? " no UDP" : "") + ", " + std::to_string(home.link.delay / 1ms) + "+" +
           std::to_string(home.link.jitter / 1ms) + " ms, " + std::to_string(home.link.lossPercent) + " % lost; ";
}

} // namespace

std::string RandomHomes::text() const {
    static constexpr const char* contacts[] = {"both add each other", "bob adds alice", "alice adds bob"};
    return textOf(bob) + textOf(alice) + contacts[static_cast<int>(contact)] +
           (alice.sharesRouterWith.empty() ? "" : "; one network") + (hasTeredoServer ? "; Teredo server" : "") +
           (hasThirdParty ? "; third party of" : "") + (bobNamesIt ? " bob" : "") + (aliceNamesIt ? " alice" : "");
}

HostConfig thirdPartyHome() {
    HostConfig config;
    config.name = "third";
    config.hasV6 = config.hasOtherAddresses = true;
    config.link.delay = 20ms;
    return config;
}

RandomHomes randomHomes(test::SeededRandom& random) {
    RandomHomes out;
    out.bob = randomHome("bob", random);
    out.alice = randomHome("alice", random);
    if (out.bob.nat && out.alice.nat && oneIn(random, 15)) {
        out.alice.sharesRouterWith = out.bob.name;
        out.alice.nat = out.bob.nat;
        out.alice.carrierNat = out.bob.carrierNat;
    }
    out.hasTeredoServer = oneIn(random, 3);
    out.hasThirdParty = !oneIn(random, 4);
    const std::uint64_t named = random.below(4);
    out.bobNamesIt = out.hasThirdParty && named != 0;
    out.aliceNamesIt = out.hasThirdParty && named != 1;
    out.contact = static_cast<FirstContact>(std::max<std::uint64_t>(random.below(4), 1) - 1);
    out.truth.ours = factsOf(out.bob);
    out.truth.theirs = factsOf(out.alice);
    if (out.hasTeredoServer) {
        out.truth.ours.teredo = teredoOf(out.bob, out.truth.ours);
        out.truth.theirs.teredo = teredoOf(out.alice, out.truth.theirs);
    }
    out.truth.ours.knowsOther = out.contact == FirstContact::AliceAlone ? Answer::No : Answer::Yes;
    out.truth.theirs.knowsOther = out.contact == FirstContact::BobAlone ? Answer::No : Answer::Yes;
    const auto answer = [](bool isSo) { return isSo ? Answer::Yes : Answer::No; };
    // Who is called must be registered there; who calls learns of it from the address string.
    const bool isHandedOver = out.contact == FirstContact::BobAlone     ? out.aliceNamesIt
                              : out.contact == FirstContact::AliceAlone ? out.bobNamesIt
                                                                        : out.hasThirdParty;
    out.truth.help = {answer(isHandedOver), answer(out.hasTeredoServer), answer(!out.alice.sharesRouterWith.empty())};
    return out;
}

} // namespace culvert::sim
