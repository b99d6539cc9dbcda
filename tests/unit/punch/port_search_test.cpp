#include "core/punch/port_search.h"

#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <algorithm>
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
    EXPECT_LE(sent[173].at - kStart, 1200ms);
    EXPECT_GE(mostInASecond(sent), PortSearch::kProbesPerSecondMax);
}

TEST(PortSearch, theOpenerUsesEachSocketOnceAndClosesThemAll) {
    test::SeededRandom random(3);
    PortSearch search(random, SearchRole::Opener, kTheirs, kStart, kSearchSocketsMax - 10);
    std::set<std::uint32_t> sockets, gone;
    std::vector<Sent> sent;
    for (Instant now = kStart; search.isRunning(); now = search.pollTimeout()->at) {
        while (const auto probe = search.pollProbe(now)) {
            sent.push_back({now, *probe});
            EXPECT_EQ(probe->remote, kTheirs);
            EXPECT_TRUE(isSearchSocket(probe->socket));
            EXPECT_EQ(probe->socket & 0xffffU, 0U) << "on a port that the system chooses";
            EXPECT_TRUE(sockets.insert(probe->socket).second) << "also where the numbers begin anew";
        }
        gone.merge(closed(search));
        EXPECT_LE(sockets.size() - gone.size(), PortSearch::kSocketsMax);
        search.handleTimeout(now);
        if (!search.isRunning())
            break;
    }
    EXPECT_EQ(sent.size(), PortSearch::kProbesMax);
    EXPECT_EQ(sent[PortSearch::kSocketsMax - 1].at - kStart, PortSearch::kOpenerPause * (PortSearch::kSocketsMax - 1));
    sent.erase(sent.begin(), sent.begin() + PortSearch::kSocketsMax);
    EXPECT_LE(mostInASecond(sent), PortSearch::kProbesPerSecondMax) << "once all are open";
    gone.merge(closed(search));
    EXPECT_EQ(gone, sockets);
    EXPECT_EQ(search.sockets(), 0U);
}

// What came in makes a path through this socket, which takes a round trip; the probes go on until it is there.
TEST(PortSearch, theOpenerKeepsWhatSomethingCameInThrough) {
    test::SeededRandom random(7);
    PortSearch search(random, SearchRole::Opener, kTheirs, kStart, 0);
    search.hear(searchSocket(0, 0)); // not open yet
    while (search.sent() < PortSearch::kSocketsMax)
        (void)search.pollProbe(search.pollTimeout()->at);
    for (unsigned number = 0; number < 2 * PortSearch::kHeardMax; ++number)
        search.hear(searchSocket(number, 0));
    search.hear(0);
    while (search.sent() < PortSearch::kProbesMax)
        (void)search.pollProbe(search.pollTimeout()->at);
    const auto gone = closed(search);
    EXPECT_EQ(gone.size(), PortSearch::kProbesMax - PortSearch::kSocketsMax);
    EXPECT_FALSE(gone.contains(searchSocket(PortSearch::kHeardMax - 1, 0)));
    EXPECT_TRUE(gone.contains(searchSocket(PortSearch::kHeardMax, 0))) << "a contact that answers everywhere is no use";
    search.close();
    EXPECT_EQ(closed(search).size(), PortSearch::kSocketsMax);
}

TEST(PortSearch, theOpenersSocketsStayForAsLongAsTheSeekerSeeks) {
    test::SeededRandom random(4);
    PortSearch seeker(random, SearchRole::Seeker, kTheirs, kStart, 0);
    const auto sent = drive(seeker, kStart);
    PortSearch opener(random, SearchRole::Opener, kTheirs, kStart, 0);
    while (opener.sent() < PortSearch::kProbesMax)
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

// When the two meet behind a NAT that puts no order into its ports (RFC 4787 §4.1), if packets take no time.
std::optional<Duration> meet(std::uint64_t seed) {
    test::SeededRandom random(seed);
    PortSearch opener(random, SearchRole::Opener, kTheirs, kStart, 0);
    PortSearch seeker(random, SearchRole::Seeker, kTheirs, kStart, 0);
    std::map<std::uint32_t, std::uint16_t> open; // by socket
    std::set<std::uint16_t> tried;
    while (seeker.isRunning()) {
        const Instant now = std::min(opener.pollTimeout()->at, seeker.pollTimeout()->at);
        while (const auto probe = opener.pollProbe(now)) {
            const auto port = static_cast<std::uint16_t>(1024 + random.below(64512));
            open[probe->socket] = port;
            if (tried.contains(port))
                return now - kStart;
        }
        while (const auto socket = opener.pollClosedSocket())
            open.erase(*socket);
        while (const auto probe = seeker.pollProbe(now)) {
            tried.insert(probe->remote.port());
            if (std::ranges::any_of(open, [&](const auto& one) { return one.second == probe->remote.port(); }))
                return now - kStart;
        }
        opener.handleTimeout(now);
        seeker.handleTimeout(now);
    }
    return std::nullopt;
}

TEST(PortSearch, isAsLuckyAsArithmeticSays) {
    constexpr std::size_t kRuns = 1000;
    std::vector<Duration> took;
    for (std::size_t run = 0; run < kRuns; ++run)
        took.push_back(meet(run + 1).value_or(1h));
    std::ranges::sort(took);
    EXPECT_NEAR(toMilliseconds(took[kRuns / 2]), 1150, 150);
    EXPECT_NEAR(toMilliseconds(took[kRuns * 95 / 100]), 4000, 400);
    EXPECT_LT(took[kRuns * 998 / 1000], 10s) << "almost none is in vain";
}

} // namespace
} // namespace culvert
