// Which TCP connections are opened and taken, and how long they stay: in virtual time, one step before each limit and
// at it.
#include "core/tcp/tcp_links.h"
#include "core/tcp/tcp_output.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace culvert {
namespace {

SocketAddress v4(std::uint8_t last, std::uint16_t port = 40000) {
    return {Ipv4Address::of(203, 0, 113, last), port};
}

TcpOwner owner(std::uint8_t number) {
    TcpOwner out{};
    out.back() = number;
    return out;
}

struct Node {
    explicit Node(const TcpLimits& limits = {}) : links(limits) {}

    TcpLinks links;
    Instant now{100s};
    std::vector<TcpOrder> orders;
    std::vector<TcpLinkEvent> events;
    std::vector<Datagram> datagrams;

    void drain() {
        while (auto datagram = links.pollDatagram())
            datagrams.push_back(std::move(*datagram));
        while (auto event = links.pollEvent())
            events.push_back(*event);
        while (auto order = links.pollOrder())
            orders.push_back(std::move(*order));
    }
    std::vector<TcpOrder> of(TcpOrder::What what) const {
        std::vector<TcpOrder> out;
        std::ranges::copy_if(orders, std::back_inserter(out),
                             [&](const TcpOrder& order) { return order.what == what; });
        return out;
    }
    std::size_t connects() const { return of(TcpOrder::What::Connect).size(); }
    std::size_t closes() const { return of(TcpOrder::What::Close).size(); }
    void input(TcpInput::What what, TcpLinkId link, BytesView octets = {}) {
        links.handleInput(now, {what, link, octets});
        drain();
    }
    void receive(TcpLinkId link, std::size_t size) {
        Bytes frame;
        wire::appendTcpFrame(frame, Bytes(size, 7));
        input(TcpInput::What::Received, link, frame);
    }
    std::optional<TcpLinkId> accept(const SocketAddress& remote) {
        const auto link = links.accept(now, remote);
        drain();
        return link;
    }
    void want(const TcpOwner& who, const std::vector<SocketAddress>& places) {
        links.want(now, who, places);
        drain();
    }
    /// Virtual time goes on, with every deadline on the way.
    void run(Duration duration) {
        const Instant end = now + duration;
        for (int steps = 0; steps < 100'000; ++steps) {
            const auto deadline = links.pollTimeout();
            if (!deadline || deadline->at > end)
                break;
            EXPECT_GE(deadline->at, now - 1h) << deadline->reason;
            now = std::max(now, deadline->at);
            links.handleTimeout(now);
            drain();
        }
        now = end;
    }
};

TEST(TcpLinks, ConnectsWhereItIsWantedAndTells) {
    Node node;
    node.want(owner(1), {v4(1)});
    ASSERT_EQ(node.connects(), 1U);
    EXPECT_EQ(node.orders.front().remote, v4(1));
    EXPECT_FALSE(node.links.send(v4(1), Bytes{1}));
    node.input(TcpInput::What::Connected, node.orders.front().link);
    ASSERT_EQ(node.events.size(), 1U);
    EXPECT_TRUE(node.events.front().isUp);
    EXPECT_EQ(node.events.front().owner, owner(1));
    EXPECT_TRUE(node.links.send(v4(1), Bytes{1}));
    node.drain();
    EXPECT_EQ(node.orders.back().octets, (Bytes{0, 1, 1}));
}

TEST(TcpLinks, SegmentsAreFramesOfOneOrder) {
    Node node;
    node.want(owner(1), {v4(1)});
    node.input(TcpInput::What::Connected, node.orders.front().link);
    EXPECT_TRUE(node.links.send(v4(1), Bytes{1, 2, 3}, 2));
    node.drain();
    EXPECT_EQ(node.orders.back().octets, (Bytes{0, 2, 1, 2, 0, 1, 3}));
    EXPECT_FALSE(node.links.send(v4(1), Bytes(wire::kTcpFrameMax + 1, 0)));
}

TEST(TcpLinks, OnePlaceAfterTheOtherAndFourAtMost) {
    Node node;
    std::vector<SocketAddress> places;
    for (std::uint8_t i = 1; i <= 8; ++i)
        places.push_back(v4(i));
    node.want(owner(1), places);
    EXPECT_EQ(node.connects(), 1U);
    node.run(TcpLinks::kConnectPause - 1ms);
    EXPECT_EQ(node.connects(), 1U);
    node.run(1ms);
    EXPECT_EQ(node.connects(), 2U);
    node.run(5s);
    node.links.handleTimeout(node.now); // whatever woke it
    node.drain();
    EXPECT_EQ(node.connects(), TcpLinks::kConnectsOfOwnerMax);
    node.run(TcpLinks::kConnectTimeout - 5s - TcpLinks::kConnectPause); // the first gives up
    EXPECT_EQ(node.closes(), 1U);
    EXPECT_EQ(node.connects(), TcpLinks::kConnectsOfOwnerMax + 1);
}

TEST(TcpLinks, SixteenConnectsOfAll) {
    Node node;
    for (std::uint8_t i = 1; i <= 20; ++i)
        node.want(owner(i), {v4(i)});
    EXPECT_EQ(node.connects(), TcpLinks::kConnectsMax);
}

// Nobody answers, and a try takes as long as it may: everybody gets a turn all the same.
TEST(TcpLinks, WhoWantsTakesTurns) {
    Node node;
    for (std::uint8_t i = 1; i <= 200; ++i)
        node.want(owner(i), {v4(i)});
    EXPECT_EQ(node.connects(), TcpLinks::kConnectsMax);
    node.run(TcpLinks::kConnectTimeout * (200 / TcpLinks::kConnectsMax + 1));
    std::map<SocketAddress, int> tries;
    for (const TcpOrder& order : node.of(TcpOrder::What::Connect))
        ++tries[order.remote];
    EXPECT_EQ(tries.size(), 200U);
    EXPECT_LE(node.connects(), 230U);
}

TEST(TcpLinks, WishesAndTheirPlacesAreBounded) {
    Node node;
    std::vector<SocketAddress> places;
    for (std::uint16_t i = 0; i < 50; ++i)
        places.push_back(v4(1, static_cast<std::uint16_t>(2000 + i)));
    node.want(owner(1), places);
    node.run(5min);
    std::set<SocketAddress> tried;
    for (const TcpOrder& order : node.of(TcpOrder::What::Connect))
        tried.insert(order.remote);
    EXPECT_EQ(tried.size(), TcpLinks::kPlacesMax);
}

TEST(TcpLinks, APlaceThatFailedRestsLongerEachTime) {
    Node node;
    node.want(owner(1), {v4(1)});
    Duration pause = TcpLinks::kRetryFirst;
    for (int i = 0; i < 4; ++i) {
        const std::size_t before = node.connects();
        node.input(TcpInput::What::Closed, node.of(TcpOrder::What::Connect).back().link);
        node.run(pause - 1ms);
        EXPECT_EQ(node.connects(), before);
        node.run(1ms);
        EXPECT_EQ(node.connects(), before + 1);
        pause *= 2;
    }
    node.input(TcpInput::What::Closed, node.of(TcpOrder::What::Connect).back().link);
    node.links.retry(owner(1));
    const std::size_t before = node.connects();
    node.run(TcpLinks::kConnectPause);
    EXPECT_EQ(node.connects(), before + 1);
}

TEST(TcpLinks, NobodyWantsItAnyMore) {
    Node node;
    node.want(owner(1), {v4(1)});
    node.input(TcpInput::What::Closed, node.orders.front().link);
    node.want(owner(1), {});
    node.run(1h);
    EXPECT_EQ(node.connects(), 1U);
}

TEST(TcpLinks, WhoProvesNothingGoesAfterTenSeconds) {
    Node node;
    ASSERT_TRUE(node.accept(v4(1)));
    node.run(TcpLinks::kProveWithin - 1ms);
    EXPECT_EQ(node.closes(), 0U);
    node.run(1ms);
    EXPECT_EQ(node.closes(), 1U);
    EXPECT_EQ(node.links.count(), 0U);
}

TEST(TcpLinks, WhoIsProvenStaysWhileItSpeaks) {
    Node node;
    const auto link = node.accept(v4(1));
    node.links.prove(node.now, v4(1), owner(1));
    for (int i = 0; i < 20; ++i) {
        node.run(TcpLinks::kSilentMax - 1s);
        node.receive(*link, 10);
    }
    EXPECT_EQ(node.closes(), 0U);
    node.run(TcpLinks::kSilentMax);
    EXPECT_EQ(node.closes(), 1U);
}

TEST(TcpLinks, WhoIsNotNeededGoesAfterAWhile) {
    Node node;
    const auto link = node.accept(v4(1));
    node.links.prove(node.now, v4(1), owner(1));
    node.links.setNeeded(node.now, v4(1), false);
    node.run(TcpLinks::kIdle - 1s);
    node.links.setNeeded(node.now, v4(1), true);
    node.receive(*link, 1);
    node.run(TcpLinks::kIdle + 1s);
    EXPECT_EQ(node.closes(), 0U);
    node.links.setNeeded(node.now, v4(1), false);
    node.run(1s);
    node.links.setNeeded(node.now, v4(1), false);
    node.run(TcpLinks::kIdle - 1s);
    EXPECT_EQ(node.closes(), 1U);
    ASSERT_FALSE(node.events.empty());
    EXPECT_FALSE(node.events.back().isUp);
    EXPECT_EQ(node.events.back().owner, owner(1));
}

TEST(TcpLinks, FourUnprovenOfOneAddress) {
    Node node;
    for (std::uint16_t i = 0; i < 4; ++i)
        EXPECT_TRUE(node.accept(v4(1, static_cast<std::uint16_t>(5000 + i))));
    EXPECT_FALSE(node.accept(v4(1, 6000)));
    EXPECT_TRUE(node.accept(v4(2, 6000)));
    node.links.prove(node.now, v4(1, 5000), owner(1));
    EXPECT_TRUE(node.accept(v4(1, 6000)));
    EXPECT_EQ(node.closes(), 0U);
}

TEST(TcpLinks, FourUnprovenOfOneNetworkOfIpv6) {
    Node node;
    const auto address = [](std::uint8_t network, std::uint8_t host) {
        Ipv6Address out = *Ipv6Address::fromText("2a0e:b107::");
        out.octets[7] = network;
        out.octets[15] = host;
        return SocketAddress(out, 40000);
    };
    for (std::uint8_t i = 0; i < 4; ++i)
        EXPECT_TRUE(node.accept(address(1, i)));
    EXPECT_FALSE(node.accept(address(1, 9)));
    EXPECT_TRUE(node.accept(address(2, 9)));
}

TEST(TcpLinks, AFloodOfStrangersPushesOutItsOwn) {
    Node node;
    const auto honest = node.accept(v4(250));
    ASSERT_TRUE(honest);
    for (std::uint8_t source = 1; source <= 16; ++source)
        for (std::uint16_t i = 0; i < 4; ++i)
            node.accept(v4(source, static_cast<std::uint16_t>(5000 + i)));
    EXPECT_EQ(node.links.count(), TcpLimits{}.unproven);
    EXPECT_TRUE(node.links.reaches(v4(250)));
    EXPECT_TRUE(node.accept(v4(251)));
    EXPECT_EQ(node.links.count(), TcpLimits{}.unproven);
    EXPECT_TRUE(node.links.reaches(v4(250)));
}

TEST(TcpLinks, AllThatWereTakenAreBoundedFairly) {
    TcpLimits limits;
    limits.accepted = 8;
    Node node(limits);
    std::uint8_t number = 0;
    for (std::uint16_t i = 0; i < 8; ++i) {
        const SocketAddress remote =
            i < 2 ? v4(9, static_cast<std::uint16_t>(5000 + i)) : v4(static_cast<std::uint8_t>(i));
        ASSERT_TRUE(node.accept(remote));
        node.links.prove(node.now, remote, owner(++number));
    }
    EXPECT_FALSE(node.accept(v4(9, 7000))) << "it has the most itself";
    EXPECT_TRUE(node.accept(v4(100)));
    EXPECT_FALSE(node.links.reaches(v4(9, 5000)));
    EXPECT_EQ(node.links.count(), limits.accepted);
}

TEST(TcpLinks, TwoProvenOfOneOwnerTheQuietestGoes) {
    Node node;
    std::vector<TcpLinkId> numbers;
    for (std::uint8_t i = 1; i <= 2; ++i) {
        numbers.push_back(*node.accept(v4(i)));
        node.links.prove(node.now, v4(i), owner(1));
        node.run(10ms);
    }
    node.receive(numbers[0], 10); // The older one is in use.
    node.run(10ms);
    ASSERT_TRUE(node.accept(v4(3)));
    ASSERT_TRUE(node.accept(v4(4)));
    node.links.prove(node.now, v4(4), owner(2));
    node.links.prove(node.now, v4(3), owner(1));
    node.drain();
    EXPECT_EQ(node.links.count(), 3U);
    EXPECT_TRUE(node.links.reaches(v4(1)));
    EXPECT_FALSE(node.links.reaches(v4(2)));
    EXPECT_TRUE(node.links.reaches(v4(3)));
}

TEST(TcpLinks, RoomIsMadeSoOftenInASecond) {
    Node node;
    for (int i = 0; i < 1000; ++i)
        node.accept(
            {Ipv4Address::of(198, 51, static_cast<std::uint8_t>(i / 250), static_cast<std::uint8_t>(i % 250)), 5000});
    EXPECT_EQ(node.closes(), TcpLinks::kEvictionsPerSecondMax);
    node.run(1s);
    EXPECT_TRUE(node.accept(v4(1)));
}

TEST(TcpLinks, TheUnprovenGetNoMoreThanTheySent) {
    Node node;
    const auto link = node.accept(v4(1));
    EXPECT_FALSE(node.links.send(v4(1), Bytes{1}));
    node.receive(*link, 100);
    EXPECT_TRUE(node.links.send(v4(1), Bytes(60, 1)));
    EXPECT_FALSE(node.links.send(v4(1), Bytes(39, 1))) << "with its length it would be one too many";
    EXPECT_TRUE(node.links.send(v4(1), Bytes(38, 1)));
    node.links.prove(node.now, v4(1), owner(1));
    EXPECT_TRUE(node.links.send(v4(1), Bytes(1000, 1)));
}

TEST(TcpLinks, TheUnprovenSaySoMuchAndNoMore) {
    Node node;
    const auto link = node.accept(v4(1));
    for (std::size_t sent = 0; sent + 1002 <= TcpLinks::kUnprovenOctetsMax; sent += 1002)
        node.receive(*link, 1000);
    EXPECT_EQ(node.closes(), 0U);
    node.receive(*link, 1000);
    EXPECT_EQ(node.closes(), 1U);
}

TEST(TcpLinks, NonsenseClosesAndWhatCameBeforeIsTaken) {
    Node node;
    const auto link = node.accept(v4(1));
    node.input(TcpInput::What::Received, *link, Bytes{0, 1, 5, 0xff, 0xff, 1});
    ASSERT_EQ(node.datagrams.size(), 1U);
    EXPECT_EQ(node.datagrams.front().remote, v4(1));
    EXPECT_EQ(node.datagrams.front().payload, Bytes{5});
    EXPECT_EQ(node.closes(), 1U);
    node.receive(*link, 10); // what the adapter had read already
    EXPECT_EQ(node.datagrams.size(), 1U);
}

TEST(TcpLinks, WithoutPermissionNothingIsOpenedOrTaken) {
    Node node;
    node.accept(v4(1));
    node.want(owner(2), {v4(2)});
    node.links.setAllowed(false);
    node.drain();
    EXPECT_EQ(node.links.count(), 0U);
    EXPECT_EQ(node.closes(), 2U);
    node.want(owner(2), {v4(2)});
    node.run(1h);
    EXPECT_EQ(node.connects(), 1U);
    EXPECT_FALSE(node.accept(v4(3)));
}

// Both connect from the port that they listen at. Where their SYN is here before ours can leave from there, the system
// gives us theirs: ours is not needed, from whatever port it left.
TEST(TcpLinks, TheirsTakesThePlaceOfOursToTheSameEnd) {
    Node node;
    node.want(owner(1), {v4(1)});
    ASSERT_EQ(node.connects(), 1U);
    const auto link = node.accept(v4(1));
    ASSERT_TRUE(link);
    ASSERT_EQ(node.closes(), 1U);
    EXPECT_EQ(node.of(TcpOrder::What::Close)[0].link, node.of(TcpOrder::What::Connect)[0].link);
    EXPECT_TRUE(node.links.reaches(v4(1)));
    node.links.prove(node.now, v4(1), owner(1));
    EXPECT_EQ(node.links.linksOf(owner(1)), std::vector{v4(1)});
    node.run(20s);
    EXPECT_EQ(node.connects(), 1U) << "one is enough";
    EXPECT_EQ(node.links.count(), 1U);
}

TEST(TcpLinks, OneThatIsSilentGivesWayWhereItIsWantedAnew) {
    Node node;
    node.want(owner(1), {v4(1)});
    node.input(TcpInput::What::Connected, node.orders.front().link);
    node.links.prove(node.now, v4(1), owner(1));
    node.want(owner(1), {});
    node.run(TcpLinks::kSilentWhileWanted - 1ms);
    node.want(owner(1), {v4(1)});
    EXPECT_EQ(node.connects(), 1U);
    node.run(1ms);
    node.want(owner(1), {v4(1)});
    EXPECT_EQ(node.closes(), 1U);
    EXPECT_EQ(node.connects(), 2U);
}

TEST(TcpOutput, TakesAllOrNothingUpToItsBound) {
    TcpOutput output;
    EXPECT_TRUE(output.push(Bytes(TcpOutput::kMax - 10, 1)));
    EXPECT_FALSE(output.push(Bytes(11, 2)));
    EXPECT_TRUE(output.push(Bytes(10, 3)));
    output.written(TcpOutput::kMax - 20);
    EXPECT_EQ(output.front().size(), 10U);
    EXPECT_EQ(output.front().front(), 1);
    output.written(10);
    EXPECT_EQ(output.front().front(), 3);
    EXPECT_EQ(output.size(), 10U);
    EXPECT_TRUE(output.push(Bytes(TcpOutput::kMax - 10, 4)));
    output.written(10);
    output.written(TcpOutput::kMax - 10);
    EXPECT_TRUE(output.isEmpty());
    EXPECT_EQ(output.size(), 0U);
}

} // namespace
} // namespace culvert
