// Teredo clients of one network that find each other (RFC 4380 §5.2.8).
#include "core/teredo/local_discovery.h"
#include "tests/unit/teredo/teredo_peers_fixture.h"

namespace culvert {
namespace {

const SocketAddress kGroup = LocalDiscovery::group();
const Ipv6Address kAllNodes = *Ipv6Address::fromText("ff02::1");
const Ipv6Address kNeighbour = teredo({kOwn.v4(), 50001}); // behind the same NAT
const SocketAddress kNeighbourAt(Ipv4Address::of(192, 168, 1, 9), 4000);

LocalInterface interfaceOf(std::uint32_t index, const Ipv4Address& address, unsigned prefix,
                           InterfaceKind kind = InterfaceKind::Physical) {
    return {"eth" + std::to_string(index), index, kind, {{{address, 0}, prefix}}};
}
LocalNetwork home(const Ipv4Address& own = kLan) {
    LocalNetwork out;
    out.v4 = {own};
    out.interfaces = {interfaceOf(2, own, 24)};
    return out;
}
Bytes discoveryBubble(const Ipv6Address& source, const Ipv6Address& destination = kAllNodes) {
    return makeBubble(source, destination, {});
}

struct LocalDiscoveryTest : testing::Test {
    test::SeededRandom random{3};
    LocalDiscovery discovery{random};
    Instant now{1000s};

    void SetUp() override { discovery.setOwn(now, kOwnTeredo, home()); }
    std::vector<Datagram> sent() {
        std::vector<Datagram> out;
        while (auto datagram = discovery.pollTransmit())
            out.push_back(std::move(*datagram));
        return out;
    }
    std::optional<DiscoveredPeer> hear(const Bytes& payload, const SocketAddress& from = kNeighbourAt,
                                       const SocketAddress& to = kGroup) {
        return discovery.handleDatagram(now, {to, from, payload});
    }
    // The next bubbles, and how long they took.
    std::vector<Datagram> next(Duration& waited) {
        const Instant at = discovery.pollTimeout()->at;
        discovery.handleTimeout(at - 1ms);
        EXPECT_TRUE(sent().empty());
        waited = at - now;
        now = at;
        discovery.handleTimeout(now);
        return sent();
    }
    // The first bubble has left.
    void settle() {
        Duration waited{};
        next(waited);
    }
};

TEST_F(LocalDiscoveryTest, aBubbleIsWhatTheStandardSays) {
    Duration waited{};
    const auto out = next(waited);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, *SocketAddress::fromText("224.0.0.253:3544"));
    EXPECT_EQ(out[0].local.v4(), kLan);
    EXPECT_EQ(out[0].socket, 0U);
    const auto decoded = wire::decodeTeredoPacket(out[0].payload);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(isBubble(decoded->packet));
    EXPECT_EQ(decoded->packet.source, kOwnTeredo);
    EXPECT_EQ(decoded->packet.destination, kAllNodes);
    EXPECT_EQ(decoded->packet.hopLimit, 1);
    EXPECT_EQ(out[0].payload.size(), 40U);
}

// RFC 4380 §5.2.8: random intervals, uniformly between 200 and 300 seconds.
TEST_F(LocalDiscoveryTest, bubblesGoAtRandomIntervals) {
    Duration waited{}, least = Duration::max(), most{}, sum{};
    EXPECT_EQ(next(waited).size(), 1U);
    EXPECT_LE(waited, LocalDiscovery::kSoon);
    constexpr int rounds = 1000;
    for (int i = 0; i < rounds; ++i) {
        ASSERT_EQ(next(waited).size(), 1U);
        least = std::min(least, waited);
        most = std::max(most, waited);
        sum += waited;
    }
    EXPECT_GE(least, 200s);
    EXPECT_LT(least, 202s);
    EXPECT_LE(most, 300s);
    EXPECT_GT(most, 298s);
    EXPECT_NEAR(toMilliseconds(sum / rounds), 250e3, 4e3);
}

TEST_F(LocalDiscoveryTest, aNeighbourIsFoundAndAnswered) {
    const auto found = hear(discoveryBubble(kNeighbour));
    EXPECT_EQ(found, (DiscoveredPeer{kNeighbour, kNeighbourAt}));
    const auto out = sent();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].remote, kNeighbourAt);
    EXPECT_EQ(out[0].local.v4(), kLan);
    EXPECT_EQ(out[0].payload, makeBubble(kOwnTeredo, kNeighbour, {}));
    EXPECT_EQ(out[0].payload.size(), discoveryBubble(kNeighbour).size());
}

TEST_F(LocalDiscoveryTest, whatMustBeDiscarded) {
    const Ipv6Address elsewhere = teredo({kPeer.v4(), 50001});
    struct Case {
        const char* section;
        SocketAddress to, from;
        Bytes payload;
        DiscoveryDiscard reason;
    };
    const Bytes good = discoveryBubble(kNeighbour);
    Bytes withOrigin = wire::encodeOriginIndication(kPeer);
    append(withOrigin, good);
    Bytes cut = good;
    cut.pop_back();
    const SocketAddress unicast(kLan, 3544);
    const Case cases[] = {
        {"5.2.8: over a unicast address", unicast, kNeighbourAt, good, DiscoveryDiscard::Unicast},
        {"5.2.8: another group", {Ipv4Address::of(224, 0, 0, 1), 3544}, kNeighbourAt, good, DiscoveryDiscard::Unicast},
        {"5.2.8: to one client", kGroup, kNeighbourAt, discoveryBubble(kNeighbour, kOwnTeredo),
         DiscoveryDiscard::NoBubble},
        {"5.2.8: data", kGroup, kNeighbourAt,
         wire::encode(wire::UdpInIpv6{kNeighbour, kAllNodes, 9, 9, asBytes("hello")}), DiscoveryDiscard::NoBubble},
        {"5.2.8: a server's word", kGroup, kNeighbourAt, withOrigin, DiscoveryDiscard::NoBubble},
        {"5.1.1: cut off", kGroup, kNeighbourAt, cut, DiscoveryDiscard::NoBubble},
        {"5.1.1: nothing", kGroup, kNeighbourAt, Bytes(50, 1), DiscoveryDiscard::NoBubble},
        {"5.2.8: a native source", kGroup, kNeighbourAt, discoveryBubble(kNative), DiscoveryDiscard::NoTeredoAddress},
        {"5.2.8: a mapped port of 0", kGroup, kNeighbourAt, discoveryBubble(teredo({kOwn.v4(), 0})),
         DiscoveryDiscard::NoTeredoAddress},
        {"5.2.8: our own", kGroup, kNeighbourAt, discoveryBubble(kOwnTeredo), DiscoveryDiscard::Own},
        {"5.2.8: beyond our subnet",
         kGroup,
         {Ipv4Address::of(192, 168, 2, 9), 4000},
         good,
         DiscoveryDiscard::OtherNetwork},
        {"5.2.8: from the internet", kGroup, kElsewhere, good, DiscoveryDiscard::OtherNetwork},
        {"5.2.8: from no port", kGroup, {kNeighbourAt.v4(), 0}, good, DiscoveryDiscard::OtherNetwork},
        {"5.2.8: another mapped address", kGroup, kNeighbourAt, discoveryBubble(elsewhere), DiscoveryDiscard::OtherNat},
    };
    for (const Case& one : cases) {
        const auto before = discovery.discarded(one.reason);
        EXPECT_FALSE(hear(one.payload, one.from, one.to)) << one.section;
        EXPECT_EQ(discovery.discarded(one.reason), before + 1) << one.section;
        EXPECT_TRUE(sent().empty()) << one.section;
    }
    EXPECT_TRUE(hear(good)) << "it was none of the rest";
}

TEST_F(LocalDiscoveryTest, aFloodIsBounded) {
    std::size_t found = 0;
    for (std::uint16_t i = 0; i < 1000; ++i)
        found += hear(discoveryBubble(teredo({kOwn.v4(), static_cast<std::uint16_t>(i + 1)}))) ? 1 : 0;
    EXPECT_EQ(found, LocalDiscovery::kHeardPerSecondMax);
    EXPECT_EQ(sent().size(), found);
    EXPECT_EQ(discovery.discarded(DiscoveryDiscard::RateLimited), 1000 - found);
    now += 1s;
    EXPECT_TRUE(hear(discoveryBubble(kNeighbour)));
}

// Who is new must hear of us before it takes packets from our local address (RFC 4380 §5.2.4 case 3).
TEST_F(LocalDiscoveryTest, aNewNeighbourHearsOfUsSoon) {
    Duration waited{};
    settle();
    now += 50s;
    EXPECT_TRUE(hear(discoveryBubble(kNeighbour)));
    sent();
    EXPECT_EQ(next(waited).size(), 1U);
    EXPECT_LE(waited, LocalDiscovery::kSoon);
    EXPECT_TRUE(hear(discoveryBubble(kNeighbour)));
    sent();
    EXPECT_GE(discovery.pollTimeout()->at, now + 200s) << "it is known";
}

TEST_F(LocalDiscoveryTest, neighboursThatAreAlwaysNewDoNotMakeUsShout) {
    settle();
    std::size_t bubbles = 0;
    for (std::uint16_t i = 1; i <= LocalDiscovery::kKnownMax; ++i) {
        now += 1s;
        hear(discoveryBubble(teredo({kOwn.v4(), i})));
        discovery.handleTimeout(now);
        for (const Datagram& datagram : sent())
            bubbles += datagram.remote == kGroup ? 1 : 0;
    }
    EXPECT_GE(bubbles, 3U);
    EXPECT_LE(bubbles, 7U) << "in 64 s";
}

TEST_F(LocalDiscoveryTest, itIsOffWhereItHasNoUse) {
    LocalNetwork other = home();
    const auto isOff = [&](const std::optional<Ipv6Address>& teredo, const LocalNetwork& network) {
        LocalDiscovery one(random);
        one.setOwn(now, teredo, network);
        one.handleTimeout(now + 1h);
        return !one.isOn() && !one.pollTimeout() && !one.pollTransmit() && one.interfaces().empty() &&
               !one.handleDatagram(now, {kGroup, kNeighbourAt, discoveryBubble(kNeighbour)});
    };
    EXPECT_FALSE(isOff(kOwnTeredo, other));
    EXPECT_TRUE(isOff(std::nullopt, other));
    EXPECT_TRUE(isOff(kOwnTeredo, {}));
    for (const InterfaceKind kind : {InterfaceKind::Container, InterfaceKind::Vpn, InterfaceKind::Loopback}) {
        other.interfaces = {interfaceOf(2, kLan, 24, kind)};
        EXPECT_TRUE(isOff(kOwnTeredo, other));
    }
    for (const unsigned prefix : {0U, 7U, 31U, 32U, 33U}) {
        other.interfaces = {interfaceOf(2, kLan, prefix)};
        EXPECT_TRUE(isOff(kOwnTeredo, other)) << prefix;
    }
    for (const char* address : {"100.64.0.9", "169.254.1.1", "45.83.1.2"}) {
        other.interfaces = {interfaceOf(2, *Ipv4Address::fromText(address), 24)};
        EXPECT_TRUE(isOff(kOwnTeredo, other)) << address;
    }
    discovery.setOwn(now, std::nullopt, home());
    EXPECT_FALSE(discovery.pollTimeout()) << "switched off again";
}

TEST_F(LocalDiscoveryTest, everyNetworkIsToldUpToALimit) {
    LocalNetwork many;
    for (std::uint8_t i = 1; i <= 10; ++i)
        many.interfaces.push_back(interfaceOf(i, Ipv4Address::of(10, 0, i, 2), 24));
    discovery.setOwn(now, kOwnTeredo, many);
    Duration waited{};
    const auto out = next(waited);
    ASSERT_EQ(out.size(), LocalDiscovery::kNetworksMax);
    EXPECT_EQ(out[0].local.v4(), Ipv4Address::of(10, 0, 1, 2));
    EXPECT_EQ(out[3].local.v4(), Ipv4Address::of(10, 0, 4, 2));
    EXPECT_EQ(discovery.interfaces(), (std::vector<std::uint32_t>{1, 2, 3, 4}));
}

/// A Teredo client on a cable. Its NAT does not lead back in what leaves for its own outside.
struct Neighbour {
    Neighbour(std::uint64_t seed, std::uint8_t host, std::uint16_t mappedPort)
        : random(seed), local(Ipv4Address::of(192, 168, 1, host), 4000), address(teredo({kOwn.v4(), mappedPort})) {
        tunnel.setAddresses({std::nullopt, address, local.v4(), local.port(), TeredoKind::Restricted,
                             SocketAddress(kOwn.v4(), mappedPort), std::nullopt});
    }
    test::SeededRandom random;
    Tunnel tunnel{random, false};
    LocalDiscovery discovery{random};
    SocketAddress local;
    Ipv6Address address;
};

struct Cable {
    Instant now{1000s};
    std::array<Neighbour, 2> ends{Neighbour(1, 5, 50000), Neighbour(2, 9, 50001)};

    void carry(Neighbour& from, const Datagram& datagram) {
        DropReason reason = DropReason::Malformed;
        for (Neighbour& to : ends) {
            if (datagram.remote == kGroup) {
                if (const auto found = to.discovery.handleDatagram(now, {kGroup, from.local, datagram.payload}))
                    to.tunnel.setLocal(now, found->address, found->local);
            } else if (datagram.remote == to.local) {
                const Datagram arrived{to.local, from.local, datagram.payload};
                (void)to.tunnel.receive(now, arrived, reason);
            }
        }
    }
    void run(Duration time) {
        for (const Instant until = now + time; now < until; now += 100ms)
            for (Neighbour& end : ends) {
                end.discovery.handleTimeout(now);
                end.tunnel.handleTimeout(now);
                for (Neighbour& from : ends) {
                    while (const auto datagram = from.discovery.pollTransmit())
                        carry(from, *datagram);
                    while (const auto datagram = from.tunnel.pollTransmit())
                        carry(from, *datagram);
                }
            }
    }
    // Where a packet for the other one goes, after a while.
    std::optional<SocketAddress> wayFrom(std::size_t which) {
        const InnerAddress peer{SocketAddress(ends[1 - which].address, 9)};
        ends[which].tunnel.send(now, peer, asBytes("question"));
        run(5s);
        const auto sent = ends[which].tunnel.send(now, peer, asBytes("question"));
        return sent ? std::optional(sent->remote) : std::nullopt;
    }
};

TEST(LocalDiscoveryOnACable, aNeighbourIsReachedAtItsLocalAddress) {
    Cable without;
    EXPECT_FALSE(without.wayFrom(0)) << "the NAT leads nothing back in, and no server is there";
    for (const std::size_t caller : {0U, 1U}) {
        Cable cable;
        cable.ends[0].discovery.setOwn(cable.now, cable.ends[0].address, home(cable.ends[0].local.v4()));
        cable.run(60s);
        cable.ends[1].discovery.setOwn(cable.now, cable.ends[1].address, home(cable.ends[1].local.v4()));
        cable.run(20s);
        EXPECT_EQ(cable.wayFrom(caller), cable.ends[1 - caller].local);
    }
}

} // namespace
} // namespace culvert
