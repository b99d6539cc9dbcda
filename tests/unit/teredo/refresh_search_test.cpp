// The search for the refresh interval in virtual time, with a NAT and the program's own Teredo server.
#include "core/teredo/refresh_search.h"
#include "core/teredo/teredo_client.h"
#include "core/teredo/teredo_server.h"
#include "core/wire/teredo_address.h"
#include "tests/sim/sim_nat.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace culvert {
namespace {

const Ipv4Address kServer = Ipv4Address::of(83, 170, 6, 76);
const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 2);
const Ipv4Address kPrivate = Ipv4Address::of(192, 168, 0, 2);
constexpr std::uint16_t kMainPort = 41000;
constexpr Duration kWay = 10ms;

struct RefreshSearchTest : testing::Test {
    Instant now{1s};
    test::SeededRandom random{5};
    RefreshSearch search{random};
    TeredoServer server{{kServer, std::nullopt}, random};
    std::optional<sim::SimNat> nat;
    std::multimap<Instant, Datagram> flying; ///< to us
    std::vector<Instant> sent;
    std::vector<Bytes> bubbles; ///< as they leave
    std::set<std::uint32_t> open;
    std::size_t opened = 0;
    unsigned lossPercent = 0;   ///< each way
    std::set<std::size_t> lost; ///< which of what is sent, from 1
    bool serverIsGone = false, dropsBubbles = false;

    void build(Duration life, sim::NatBehaviour mapping = sim::NatBehaviour::EndpointIndependent) {
        sim::NatConfig config;
        config.timeout = life;
        config.mapping = mapping;
        nat.emplace(config, kPublic, random);
    }
    RefreshSearchTarget target(const Ipv4Address& mapped = kPublic) {
        return {kServer, wire::encode(wire::TeredoAddress{kServer, false, 77, kPublic, kMainPort}), mapped};
    }
    static SocketAddress inside(std::uint32_t socket) {
        return {kPrivate, socket == 0 ? kMainPort : static_cast<std::uint16_t>(50000 + (socket & 1023))};
    }
    bool isLost() { return random.below(100) < lossPercent; }

    void transmit(const Datagram& datagram) {
        EXPECT_EQ(datagram.remote, SocketAddress(kServer, kTeredoPort));
        sent.push_back(now);
        if (datagram.socket != 0 && open.insert(datagram.socket).second)
            ++opened;
        const SocketAddress outer = nat->outbound(now, inside(datagram.socket), datagram.remote);
        const bool isBubble = datagram.socket == 0;
        if (isBubble)
            bubbles.push_back(datagram.payload);
        if (serverIsGone || isLost() || lost.contains(sent.size()) || (isBubble && dropsBubbles))
            return;
        Datagram arrived = datagram;
        arrived.local = datagram.remote;
        arrived.remote = outer;
        if (const auto answer = server.handleDatagram(now, arrived); answer && !isLost())
            flying.emplace(now + kWay, *answer);
    }
    void arrive(const Datagram& answer) {
        const auto to = nat->inbound(now, answer.remote.port(), answer.local);
        for (const std::uint32_t socket : open)
            if (to == inside(socket))
                search.handleDatagram(now, {{}, answer.local, answer.payload, 0, socket});
    }
    void drain() {
        while (const auto datagram = search.pollTransmit())
            transmit(*datagram);
        while (const auto closed = search.pollClosedSocket())
            open.erase(*closed);
        EXPECT_LE(open.size(), 1U);
    }
    void run(Duration duration) {
        const Instant end = now + duration;
        for (drain();; drain()) {
            const auto deadline = search.pollTimeout();
            const bool isArrival = !flying.empty() && (!deadline || flying.begin()->first <= deadline->at);
            const Instant next = isArrival ? flying.begin()->first : deadline ? deadline->at : end + 1s;
            if (next > end)
                break;
            now = std::max(now, next);
            if (isArrival) {
                const Datagram answer = flying.begin()->second;
                flying.erase(flying.begin());
                arrive(answer);
            } else {
                search.handleTimeout(now);
            }
        }
        now = end;
    }
    std::size_t mostInAnHour() const {
        std::size_t most = 0;
        for (auto first = sent.begin(); first != sent.end(); ++first)
            most = std::max(most, static_cast<std::size_t>(
                                      std::count_if(first, sent.end(), [&](Instant at) { return at < *first + 1h; })));
        return most;
    }
};

// RFC 4380 §5.2.7
TEST_F(RefreshSearchTest, theIntervalIsShorterThanTheLifeOfAMappingAndNotMuch) {
    const std::map<Duration, Duration> found{{10s, 9375ms}, {20s, 18750ms}, {45s, 37500ms},
                                             {70s, 60s},    {120s, 90s},    {300s, 90s}};
    for (const auto mapping : {sim::NatBehaviour::EndpointIndependent, sim::NatBehaviour::AddressAndPortDependent})
        for (const auto& [life, interval] : found) {
            SCOPED_TRACE(std::chrono::duration_cast<std::chrono::seconds>(life).count());
            build(life, mapping);
            search.restart();
            search.setTarget(now, target());
            run(3h);
            EXPECT_TRUE(search.isOver());
            EXPECT_EQ(search.interval(), interval);
            EXPECT_TRUE(open.empty()) << "RFC 4380 §5.2.7: it should be closed when the procedure ends";
            EXPECT_FALSE(search.pollTimeout());
        }
    EXPECT_LE(mostInAnHour(), RefreshSearch::kPacketsPerHour);
}

TEST_F(RefreshSearchTest, aNatThatForgetsAtOnceGetsTheShortestInterval) {
    build(5s);
    search.setTarget(now, target());
    run(3h);
    EXPECT_TRUE(search.isOver());
    EXPECT_EQ(search.interval(), RefreshSearch::kShortest);
}

TEST_F(RefreshSearchTest, lossNeverMakesTheIntervalTooLong) {
    for (const Duration life : {Duration(10s), Duration(20s), Duration(45s), Duration(120s)})
        for (unsigned seed = 0; seed < 20; ++seed) {
            random = test::SeededRandom(seed);
            lossPercent = 10 + seed;
            build(life);
            search.restart();
            search.setTarget(now, target());
            run(12h);
            EXPECT_TRUE(search.isOver());
            EXPECT_LE(search.interval(), std::max(life, Duration(RefreshSearch::kDefault)));
            EXPECT_TRUE(open.empty());
        }
    EXPECT_LE(mostInAnHour(), RefreshSearch::kPacketsPerHour);
}

TEST_F(RefreshSearchTest, oneLostPacketDecidesNothing) {
    build(120s);
    search.setTarget(now, target());
    run(1h);
    const std::size_t all = sent.size();
    for (std::size_t i = 1; i <= all; ++i) {
        SCOPED_TRACE(i);
        sent.clear();
        lost = {i};
        search.restart();
        search.setTarget(now, target());
        run(1h);
        EXPECT_EQ(search.interval(), 90s);
        run(1h);
    }
}

TEST_F(RefreshSearchTest, withoutBubblesThereIsNothingToMeasure) {
    build(120s);
    dropsBubbles = true;
    search.setTarget(now, target());
    run(1h);
    EXPECT_TRUE(search.isOver());
    EXPECT_EQ(search.interval(), RefreshSearch::kDefault);
    EXPECT_TRUE(open.empty());
    EXPECT_LE(sent.size(), 6U);
}

TEST_F(RefreshSearchTest, aServerThatIsGoneSaysNothingOfTheNat) {
    build(120s);
    search.setTarget(now, target());
    run(RefreshSearch::kSettle + 30s);
    serverIsGone = true;
    run(5min);
    EXPECT_FALSE(search.isOver());
    EXPECT_TRUE(open.empty()) << "while it waits";
    EXPECT_EQ(search.interval(), RefreshSearch::kDefault);
    run(20h);
    EXPECT_LE(mostInAnHour(), RefreshSearch::kPacketsPerHour);
    serverIsGone = false;
    run(1h);
    EXPECT_EQ(search.interval(), 90s);
}

TEST_F(RefreshSearchTest, aNetworkThatComesAndGoesCostsNoMoreThanAnHoursBudget) {
    build(45s);
    for (unsigned i = 0; i < 200; ++i) {
        search.setTarget(now, target(Ipv4Address::of(45, 83, 1, static_cast<std::uint8_t>(i))));
        run(1min);
        search.setTarget(now, std::nullopt);
        drain();
        EXPECT_TRUE(open.empty());
        EXPECT_FALSE(search.pollTimeout());
    }
    EXPECT_GE(sent.size(), 40U);
    EXPECT_LE(mostInAnHour(), RefreshSearch::kPacketsPerHour);
}

TEST_F(RefreshSearchTest, whatWasFoundIsOfOneNetwork) {
    build(120s);
    search.setTarget(now, target());
    run(1h);
    ASSERT_EQ(search.interval(), 90s);
    const std::size_t before = sent.size();
    // The same again, after a server that was away for a while.
    search.setTarget(now, std::nullopt);
    search.setTarget(now, target());
    run(1h);
    EXPECT_EQ(search.interval(), 90s);
    EXPECT_EQ(sent.size(), before);
    build(20s);
    search.setTarget(now, target(Ipv4Address::of(45, 83, 1, 9)));
    EXPECT_EQ(search.interval(), RefreshSearch::kDefault);
    run(2h);
    EXPECT_EQ(search.interval(), 18750ms);
}

// Whoever sees the first bubble replays it, and others send what is as good from elsewhere.
TEST_F(RefreshSearchTest, replaysAndStrangersAreNotBelieved) {
    build(10s);
    search.setTarget(now, target());
    for (Duration passed{}; passed < 2h; passed += 500ms) {
        run(500ms);
        for (const std::uint32_t socket : open)
            for (const Bytes& payload : bubbles) {
                const bool isLast = payload == bubbles.back();
                const SocketAddress from(isLast ? kPublic : kServer, kTeredoPort);
                search.handleDatagram(now, {{}, from, payload, 0, socket});
            }
    }
    EXPECT_TRUE(search.isOver());
    EXPECT_EQ(search.interval(), 9375ms);
    EXPECT_GT(bubbles.size(), 4U);
}

TEST_F(RefreshSearchTest, aBubbleWithAnotherNonceOrFromElsewhereDoesNotCount) {
    for (const bool isFromElsewhere : {true, false}) {
        SCOPED_TRACE(isFromElsewhere);
        build(120s);
        dropsBubbles = true;
        search.restart();
        search.setTarget(now, target());
        for (Duration passed{}; passed < 1min; passed += 100ms) {
            run(100ms);
            if (bubbles.empty() || open.empty())
                continue;
            Datagram forged{{}, {isFromElsewhere ? kPublic : kServer, kTeredoPort}, bubbles.back(), 0, *open.begin()};
            if (!isFromElsewhere)
                forged.payload.back() ^= 1;
            search.handleDatagram(now, forged);
        }
        run(1h);
        EXPECT_TRUE(search.isOver());
        EXPECT_EQ(search.interval(), RefreshSearch::kDefault);
    }
}

} // namespace
} // namespace culvert
