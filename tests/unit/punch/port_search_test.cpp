#include "core/punch/port_search.h"

#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <map>

namespace culvert {
namespace {

const SocketAddress kTheirs(Ipv4Address::of(203, 0, 113, 9), 41000);
const Instant kStart{10s};

struct Sent {
    Instant at{};
    SearchProbe probe;
};

// Everything that goes out until it is over, as a loop that is never late would send it.
std::vector<Sent> drive(PortSearch& search, Instant now, Duration late = 0ms) {
    std::vector<Sent> out;
    for (int steps = 0; steps < 10'000; ++steps) {
        while (const auto probe = search.pollProbe(now))
            out.push_back({now, *probe});
        const auto next = search.pollTimeout();
        if (!next)
            return out;
        now = std::max(now, next->at) + late;
        search.handleTimeout(now);
    }
    ADD_FAILURE() << "it never ends";
    return out;
}

std::size_t mostInASecond(const std::vector<Sent>& sent) {
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
        while (sent[last].at - sent[first].at >= 1s)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return most;
}

std::set<std::uint32_t> closed(PortSearch& search) {
    std::set<std::uint32_t> out;
    while (const auto socket = search.pollClosedSocket())
        EXPECT_TRUE(out.insert(*socket).second) << "closed twice";
    return out;
}

TEST(PortSearch, theSeekerTriesDistinctPortsAndNeverMoreThanItsBounds) {
    test::SeededRandom random(1);
    for (const Duration late : {0ms, 3ms, 90ms, 700ms}) {
        PortSearch search(random, SearchRole::Seeker, kTheirs, kStart, 0);
        const auto sent = drive(search, kStart - 1s, late);
        EXPECT_EQ(sent.size(), PortSearch::kProbesMax);
        EXPECT_LE(mostInASecond(sent), PortSearch::kProbesPerSecondMax) << toMilliseconds(late);
        std::set<std::uint16_t> ports;
        for (const Sent& one : sent) {
            EXPECT_EQ(one.probe.remote.v4(), kTheirs.v4());
            EXPECT_EQ(one.probe.socket, 0U) << "from our one known port";
            EXPECT_GE(one.probe.remote.port(), 1024);
            EXPECT_TRUE(ports.insert(one.probe.remote.port()).second);
        }
        EXPECT_FALSE(search.isRunning());
        EXPECT_TRUE(closed(search).empty()) << "the main socket stays";
    }
}

TEST(PortSearch, theSeekerIsAsQuickAsItMayBe) {
    test::SeededRandom random(2);
    PortSearch search(random, SearchRole::Seeker, kTheirs, kStart, 0);
    const auto sent = drive(search, kStart);
    ASSERT_EQ(sent.size(), PortSearch::kProbesMax);
    EXPECT_EQ(sent.front().at, kStart);
    EXPECT_LE(sent[173].at - kStart, 1200ms) << "half of all searches are over";
    EXPECT_LE(sent[751].at - kStart, 7150ms) << "95 in a hundred";
    EXPECT_GE(mostInASecond(sent), PortSearch::kProbesPerSecondMax);
}

TEST(PortSearch, theOpenerOpensItsSocketsOnceAndClosesThemAll) {
    test::SeededRandom random(3);
    PortSearch search(random, SearchRole::Opener, kTheirs, kStart, kSearchSocketsMax - 10);
    const auto sent = drive(search, kStart);
    EXPECT_EQ(sent.size(), PortSearch::kSocketsMax);
    std::set<std::uint32_t> sockets;
    for (const Sent& one : sent) {
        EXPECT_EQ(one.probe.remote, kTheirs);
        EXPECT_TRUE(isSearchSocket(one.probe.socket));
        EXPECT_EQ(one.probe.socket & 0xffffU, 0U) << "on a port that the system chooses";
        sockets.insert(one.probe.socket);
    }
    EXPECT_EQ(sockets.size(), PortSearch::kSocketsMax) << "each sends once, also where the numbers begin anew";
    EXPECT_FALSE(search.isRunning());
    EXPECT_EQ(closed(search), sockets);
    EXPECT_EQ(search.sockets(), 0U);
}

TEST(PortSearch, theOpenersSocketsStayForAsLongAsTheSeekerSeeks) {
    test::SeededRandom random(4);
    PortSearch seeker(random, SearchRole::Seeker, kTheirs, kStart, 0);
    const auto sent = drive(seeker, kStart);
    PortSearch opener(random, SearchRole::Opener, kTheirs, kStart, 0);
    while (opener.sent() < PortSearch::kSocketsMax)
        (void)opener.pollProbe(opener.pollTimeout()->at);
    opener.handleTimeout(sent.back().at + 1s);
    EXPECT_TRUE(opener.isRunning());
    EXPECT_EQ(opener.pollTimeout()->at, kStart + PortSearch::kOpenFor);
    opener.handleTimeout(kStart + PortSearch::kOpenFor - 1ns);
    EXPECT_EQ(opener.sockets(), PortSearch::kSocketsMax);
    opener.handleTimeout(kStart + PortSearch::kOpenFor);
    EXPECT_EQ(opener.sockets(), 0U);
}

TEST(PortSearch, theFirstSuccessEndsItAndKeepsOneSocket) {
    test::SeededRandom random(5);
    PortSearch opener(random, SearchRole::Opener, kTheirs, kStart, 7);
    Instant now = kStart;
    for (int i = 0; i < 100; ++i, now += PortSearch::kOpenerPause)
        ASSERT_TRUE(opener.pollProbe(now));
    const std::uint32_t won = searchSocket(7 + 40, 0);
    opener.succeed(won);
    EXPECT_FALSE(opener.pollProbe(now + 1s));
    EXPECT_FALSE(opener.pollTimeout());
    const auto gone = closed(opener);
    EXPECT_EQ(gone.size(), 99U);
    EXPECT_FALSE(gone.contains(won));
    opener.close();
    EXPECT_EQ(closed(opener), std::set<std::uint32_t>{won});

    PortSearch seeker(random, SearchRole::Seeker, kTheirs, kStart, 0);
    ASSERT_TRUE(seeker.pollProbe(kStart));
    seeker.succeed(0);
    EXPECT_FALSE(seeker.pollProbe(kStart + 1s));
}

TEST(PortSearch, nothingLeavesBeforeTheStart) {
    test::SeededRandom random(6);
    for (const SearchRole role : {SearchRole::Opener, SearchRole::Seeker}) {
        PortSearch search(random, role, kTheirs, kStart, 0);
        EXPECT_FALSE(search.pollProbe(kStart - 1ns));
        EXPECT_EQ(search.pollTimeout()->at, kStart);
        EXPECT_TRUE(search.pollProbe(kStart));
        EXPECT_FALSE(search.pollProbe(kStart)) << "one at a time";
    }
}

// RFC 4787 §4.1 puts no order into a NAT's ports: the share of searches that end is that of the birthday paradox.
TEST(PortSearch, isAsLuckyAsArithmeticSays) {
    unsigned within174 = 0, within752 = 0, within1024 = 0;
    constexpr unsigned kRuns = 2000;
    for (unsigned run = 0; run < kRuns; ++run) {
        test::SeededRandom random(run + 1);
        std::set<std::uint16_t> open;
        while (open.size() < PortSearch::kSocketsMax)
            open.insert(static_cast<std::uint16_t>(1024 + random.below(64512)));
        PortSearch search(random, SearchRole::Seeker, kTheirs, kStart, 0);
        Instant now = kStart;
        for (unsigned i = 1; i <= PortSearch::kProbesMax; ++i, now = std::max(now, search.pollTimeout()->at)) {
            const auto probe = search.pollProbe(now);
            ASSERT_TRUE(probe);
            if (!open.contains(probe->remote.port()))
                continue;
            within174 += i <= 174 ? 1 : 0;
            within752 += i <= 752 ? 1 : 0;
            ++within1024;
            break;
        }
    }
    EXPECT_NEAR(within174 * 1.0 / kRuns, 0.50, 0.04);
    EXPECT_NEAR(within752 * 1.0 / kRuns, 0.95, 0.02);
    EXPECT_NEAR(within1024 * 1.0 / kRuns, 0.984, 0.01);
}

} // namespace
} // namespace culvert
