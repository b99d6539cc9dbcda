#include "core/path/path_manager.h"

#include "core/base/datagram.h"
#include "core/wire/mapped_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <map>

namespace culvert {
namespace {

const InnerAddress kFirst(SocketAddress(*Ipv6Address::fromText("2001:db8::1"), 1000));
const InnerAddress kSecond(SocketAddress(*Ipv6Address::fromText("2001:db8::2"), 1000));

// Drives a PathManager by hand: addresses answer after their round trip, or not at all.
struct PathManagerTest : testing::Test {
    test::SeededRandom random{1};
    PathManager paths{random, 7};
    Instant now{1s};
    std::map<InnerAddress, Duration> answers;
    std::uint64_t peerInstance = 99;
    std::multimap<Instant, std::pair<InnerAddress, wire::ProbeReply>> replies;
    int probes = 0;
    std::vector<bool> ups;
    int restarts = 0;

    void announce(std::initializer_list<InnerAddress> remotes) {
        std::vector<Candidate> candidates;
        for (const InnerAddress& remote : remotes)
            candidates.push_back({PathKind::Native6, remote, CandidateOrigin::Announced});
        paths.setAnnounced(now, candidates);
    }
    void drain() {
        while (const auto probe = paths.pollProbe(now)) {
            ++probes;
            if (const auto answer = answers.find(probe->remote); answer != answers.end())
                replies.emplace(now + answer->second,
                                std::pair{probe->remote, wire::ProbeReply{probe->probe.transaction, peerInstance, {}}});
        }
        while (const auto event = paths.pollEvent()) {
            if (const auto* changed = std::get_if<PathChangedEvent>(&*event))
                ups.push_back(changed->up);
            else
                ++restarts;
        }
    }
    void run(Duration duration) {
        const Instant end = now + duration;
        drain();
        for (;;) {
            Instant next = end;
            if (!replies.empty())
                next = std::min(next, replies.begin()->first);
            if (const auto deadline = paths.pollTimeout())
                next = std::min(next, deadline->at);
            now = std::max(now, next);
            if (next >= end)
                break;
            while (!replies.empty() && replies.begin()->first <= now) {
                const auto [remote, reply] = replies.begin()->second;
                replies.erase(replies.begin());
                paths.handleReply(now, remote, reply);
            }
            paths.handleTimeout(now);
            drain();
        }
    }
};

TEST_F(PathManagerTest, twoProbesGoOutAtOnceAndTheFirstAnswerWins) {
    announce({kFirst});
    answers[kFirst] = 40ms;
    run(25ms);
    EXPECT_EQ(probes, 2);
    EXPECT_FALSE(paths.isUp());
    run(20ms);
    EXPECT_TRUE(paths.isUp());
    EXPECT_EQ(paths.route(1200), kFirst);
    EXPECT_EQ(paths.activeRoundTrip(), Duration(40ms));
    EXPECT_EQ(ups, std::vector<bool>{true});
}

TEST_F(PathManagerTest, aSilentAddressIsAskedLessAndLess) {
    announce({kFirst});
    run(2s);
    const int early = probes;
    EXPECT_GE(early, 5);
    run(60s);
    const int middle = probes - early;
    EXPECT_LE(middle, 12);
    run(600s);
    probes = 0;
    run(150s);
    EXPECT_LE(probes, 13) << "every 12 to 15 seconds";
}

// RFC 4787 REQ-5: many NATs forget after 30 s; both ends must send.
TEST_F(PathManagerTest, aLivePathIsKeptOpen) {
    announce({kFirst});
    answers[kFirst] = 10ms;
    run(1s);
    probes = 0;
    run(250s);
    EXPECT_GE(probes, 10);
    EXPECT_LE(probes, 13);
    EXPECT_TRUE(paths.isUp());
}

TEST_F(PathManagerTest, silenceUnderTrafficFindsADeadPathInSeconds) {
    announce({kFirst, kSecond});
    answers[kFirst] = 10ms;
    answers[kSecond] = 40ms;
    run(1s);
    ASSERT_EQ(paths.route(100), kFirst);
    answers.erase(kFirst);
    paths.noteSent(now);
    run(3s);
    EXPECT_EQ(paths.route(100), kSecond);
    EXPECT_EQ(ups.back(), true) << "moved, never down";
}

TEST_F(PathManagerTest, whenNothingAnswersItIsDownAndComesBack) {
    announce({kFirst});
    answers[kFirst] = 10ms;
    run(1s);
    answers.clear();
    run(40s);
    EXPECT_FALSE(paths.isUp());
    EXPECT_FALSE(paths.route(100));
    EXPECT_TRUE(paths.tryingSince());
    answers[kFirst] = 10ms;
    run(20s);
    EXPECT_TRUE(paths.isUp());
    EXPECT_EQ(ups, (std::vector<bool>{true, false, true}));
}

TEST_F(PathManagerTest, onlyAReplyShowsARestart) {
    announce({kFirst});
    answers[kFirst] = 10ms;
    run(1s);
    paths.handleProbe(now, kFirst, PathKind::Native6, 100); // could be a replay
    run(1s);
    EXPECT_EQ(restarts, 0);
    peerInstance = 100;
    run(60s);
    EXPECT_EQ(restarts, 1);
}

TEST_F(PathManagerTest, aReplyToNothingIsIgnored) {
    announce({kFirst});
    run(100ms);
    paths.handleReply(now, kFirst, {12345, 99, {}});
    paths.handleReply(now, kSecond, {12345, 99, {}});
    EXPECT_FALSE(paths.isUp());
}

// RFC 9000 §8.1, stricter: to an address that has not answered no more goes than came from it.
TEST_F(PathManagerTest, anUnprovenAddressGetsNoMoreThanItSent) {
    ASSERT_TRUE(paths.handleProbe(now, kFirst, PathKind::Punched4, 1232));
    EXPECT_FALSE(paths.mayRoute(1233));
    EXPECT_TRUE(paths.mayRoute(1232));
    ASSERT_EQ(paths.route(1232), kFirst);
    EXPECT_FALSE(paths.mayRoute(1));
    paths.noteReceived(now, kFirst, 100);
    EXPECT_TRUE(paths.mayRoute(100));
    EXPECT_FALSE(paths.mayRoute(101));
}

TEST_F(PathManagerTest, strangersAddressesAreBounded) {
    for (std::uint16_t port = 1; port < 2000; ++port)
        paths.handleProbe(now, SocketAddress(kFirst.address.v6(), port), PathKind::Punched4, 100);
    EXPECT_LE(paths.describe().size(), PathManager::kPeerReflexiveMax);
    std::vector<Candidate> many;
    for (std::uint16_t port = 1; port < 2000; ++port)
        many.push_back({PathKind::Native6, SocketAddress(kSecond.address.v6(), port), CandidateOrigin::Announced});
    paths.add(now, many);
    EXPECT_LE(paths.describe().size(), PathManager::kCandidatesMax);
}

TEST_F(PathManagerTest, aFreshAnnouncementReplacesWhatNeverAnswered) {
    announce({kFirst});
    announce({kSecond});
    ASSERT_EQ(paths.describe().size(), 1U);
    EXPECT_EQ(paths.describe()[0].remote, kSecond.address.text());
    answers[kSecond] = 10ms;
    run(1s);
    announce({kFirst});
    EXPECT_EQ(paths.describe().size(), 2U) << "what works stays";
}

// Found by the oracle: a stranger wrote, a handoff named the same address, the answer to the first probe was lost, and
// the acceptance forgot the only address there was.
TEST_F(PathManagerTest, whoHasWrittenIsNotForgottenBeforeItHasAnswered) {
    paths.handleProbe(now, kFirst, PathKind::Native6, 1200);
    paths.add(now, {{PathKind::Native6, kFirst, CandidateOrigin::Announced}});
    paths.setAnnounced(now, {});
    EXPECT_TRUE(paths.knows(kFirst));
    answers[kFirst] = 20ms;
    run(1s);
    EXPECT_TRUE(paths.isUp());
}

TEST_F(PathManagerTest, handoffsPutOffNoVerdict) {
    announce({kFirst});
    run(5s);
    const auto since = paths.tryingSince();
    ASSERT_TRUE(since);
    paths.kick(now);
    EXPECT_EQ(paths.tryingSince(), since);
    paths.tryAnew(now);
    EXPECT_EQ(paths.tryingSince(), now);
}

// Two ends that trigger each other's probes must not go round as fast as the path carries them.
TEST_F(PathManagerTest, triggeredProbesKeepAPause) {
    announce({kFirst});
    run(100ms);
    probes = 0;
    for (int i = 0; i < 1000; ++i) {
        paths.handleProbe(now, kFirst, PathKind::Native6, 1232);
        run(1ms);
    }
    EXPECT_LE(probes, 12) << "in one second";
}

// Two NATs that give each destination a port of its own: each of their packets comes from another one.
TEST_F(PathManagerTest, aChaseOfPortsIsLeft) {
    int taken = 0;
    for (std::uint16_t i = 0; i < 10'000; ++i) {
        taken +=
            paths.handleProbe(now, InnerAddress(SocketAddress(kFirst.address.v6(), 1000 + i)), PathKind::Punched4, 1232)
                ? 1
                : 0;
        run(1ms);
    }
    EXPECT_GE(taken, 64);
    EXPECT_LE(taken, 64 + 80) << "in ten seconds";
}

// Our first probes found their filter shut; theirs is here now, and so theirs is open.
TEST_F(PathManagerTest, theFirstPacketOfTheirsIsAnsweredByAProbeAtOnce) {
    announce({kFirst});
    run(30ms); // The second of ours has just left.
    probes = 0;
    paths.handleProbe(now, kFirst, PathKind::Native6, 1232);
    run(5ms);
    EXPECT_EQ(probes, 1);
    paths.handleProbe(now, kFirst, PathKind::Native6, 1232);
    run(90ms);
    EXPECT_EQ(probes, 1) << "only the first";
    run(20ms);
    EXPECT_EQ(probes, 2);
}

// A session that comes up over a path of theirs begins with a kick of all paths.
TEST_F(PathManagerTest, aKickPutsOffNoProbeThatTheirPacketSetOff) {
    announce({kFirst});
    run(1ms);
    probes = 0;
    paths.handleProbe(now, kFirst, PathKind::Native6, 1232);
    run(1ms);
    paths.kick(now);
    run(15ms);
    EXPECT_EQ(probes, 1);
}

// The other end says that nothing works any more (a ring): what was silent is dead at once, what just answered is not.
TEST_F(PathManagerTest, doubtEndsWhatWasSilentAndNothingElse) {
    announce({kFirst, kSecond});
    answers[kFirst] = answers[kSecond] = 10ms;
    run(1s);
    ASSERT_TRUE(paths.isUp());
    paths.doubt(now, 5s);
    EXPECT_TRUE(paths.isUp()) << "it answered a moment ago";
    answers.clear();
    run(6s);
    ASSERT_TRUE(paths.isUp()) << "nobody has missed anything";
    paths.doubt(now, 5s);
    EXPECT_FALSE(paths.isUp());
    answers[kSecond] = 10ms;
    run(100ms);
    EXPECT_TRUE(paths.isUp()) << "it was asked again at once";
    EXPECT_EQ(paths.activeRemote(), kSecond);
}

TEST_F(PathManagerTest, aPathOnTrialIsUpUntilOneProbeStaysUnanswered) {
    announce({kFirst});
    answers[kFirst] = 10ms;
    run(10s);
    probes = 0;
    paths.doubt(now, 1s, PathDoubt::OnTrial);
    EXPECT_TRUE(paths.isUp());
    run(100ms);
    EXPECT_TRUE(paths.isUp());
    EXPECT_EQ(probes, 1) << "it was asked at once";
    run(10s);
    EXPECT_TRUE(paths.isUp()) << "and acquitted";
    answers.clear();
    paths.doubt(now, 1s, PathDoubt::OnTrial);
    run(1s);
    EXPECT_FALSE(paths.isUp());
}

TEST_F(PathManagerTest, aProbeOutOfTurnPutsOffNoVerdict) {
    announce({kFirst});
    run(1min);
    const auto since = paths.tryingSince();
    probes = 0;
    paths.probeOnce(now);
    run(1ms);
    EXPECT_EQ(probes, 1);
    EXPECT_EQ(paths.tryingSince(), since);
    run(1s);
    EXPECT_EQ(probes, 1) << "it does not begin from the beginning";
}

// A relay that must find its client first keeps 1280 octets at most, and drops what comes behind them.
TEST(PathManagerRelayTest, theFirstProbeByAnOrdinaryRouteLeavesRoomForAnEcho) {
    test::SeededRandom random{1};
    const Instant start{1s};
    PathManager paths(random, 7);
    InnerAddress straight{SocketAddress(*Ipv6Address::fromText("2001:0:4136:e378:8000:63bf:3fff:fdd2"), 40000)};
    InnerAddress ordinary = straight;
    ordinary.ordinary = true;
    paths.setAnnounced(start, {{PathKind::Teredo, straight, CandidateOrigin::Announced},
                               {PathKind::Ordinary, ordinary, CandidateOrigin::Announced}});
    std::map<InnerAddress, std::vector<std::size_t>> sizes;
    for (const Duration later : {0ms, 20ms})
        while (const auto out = paths.pollProbe(start + later))
            sizes[out->remote].push_back(out->size);
    const std::size_t whole = PathMtu::kBase;
    EXPECT_EQ(sizes[straight], (std::vector<std::size_t>{whole, whole}));
    EXPECT_EQ(sizes[ordinary], (std::vector<std::size_t>{0, whole}));
}

// A beacon may be somebody else's words: few small probes go there, and then it is forgotten.
TEST_F(PathManagerTest, aHeardAddressThatIsSilentIsForgotten) {
    paths.hear(now, kFirst);
    const auto probe = paths.pollProbe(now);
    ASSERT_TRUE(probe);
    EXPECT_EQ(probe->size, 0U) << "small";
    EXPECT_EQ(paths.describe().front().kind, PathKind::Lan);
    run(1min);
    EXPECT_EQ(probes + 1, PathManager::kLanProbesMax + 0);
    EXPECT_FALSE(paths.hasCandidates());
    EXPECT_FALSE(paths.pollTimeout());
}

TEST_F(PathManagerTest, aHeardAddressThatAnswersIsAPathLikeOthers) {
    answers[kFirst] = 1ms;
    paths.hear(now, kFirst);
    run(10ms);
    EXPECT_TRUE(paths.isUp());
    EXPECT_EQ(paths.activeKind(), PathKind::Lan);
    answers.clear();
    run(10min);
    answers[kFirst] = 1ms;
    run(20s);
    EXPECT_TRUE(paths.isUp()) << "it is tried for good";
}

TEST_F(PathManagerTest, fewHeardAddressesAreTriedAtATime) {
    announce({kSecond});
    run(1min);
    for (std::uint16_t port = 1; port < 50; ++port)
        paths.hear(now, InnerAddress(SocketAddress(*Ipv6Address::fromText("fe80::1"), port)));
    EXPECT_EQ(paths.describe().size(), 1 + PathManager::kLanMax);
    paths.networkChanged(now);
    EXPECT_EQ(paths.describe().size(), 1U) << "neighbours of before";
    EXPECT_TRUE(paths.knows(kSecond));
}

// An announced address that was silent for long is asked at once when it is heard, however often that is repeated.
TEST_F(PathManagerTest, aKnownAddressThatIsHeardIsAskedAtOnce) {
    announce({kFirst});
    run(10min);
    probes = 0;
    paths.hear(now, kFirst);
    run(1ms);
    EXPECT_EQ(probes, 1);
    for (int i = 0; i < 50; ++i) {
        paths.hear(now, kFirst);
        run(100ms);
    }
    EXPECT_LE(probes, 55);
}

TEST(PathPacing, candidatesStartAFewMillisecondsApartAndTheBestTwoAtOnce) {
    test::SeededRandom random(1);
    PathManager paths(random, 7);
    std::vector<Candidate> candidates;
    for (std::uint16_t port = 1; port <= 6; ++port)
        candidates.push_back({PathKind::Native6, SocketAddress(kFirst.address.v6(), port), CandidateOrigin::Announced});
    const auto firstProbes = [&](Instant now) {
        std::vector<Duration> out;
        for (const Instant begun = now; out.size() < candidates.size() && now < begun + 15ms; now += 1ms)
            while (paths.pollProbe(now))
                out.push_back(now - begun);
        return out;
    };
    const std::vector<Duration> wanted = {0ms, 0ms, 2ms, 4ms, 6ms, 8ms};
    paths.setAnnounced(Instant{1s}, candidates);
    EXPECT_EQ(firstProbes(Instant{1s}), wanted);
    paths.kick(Instant{9s});
    EXPECT_EQ(firstProbes(Instant{9s}), wanted);
}

TEST(PathOpening, oneProbeGoesNotFarAndTheOthersWait) {
    test::SeededRandom random(1);
    PathManager paths(random, 7);
    const Instant now{1s};
    const Candidate candidate{PathKind::Mapped4, kFirst, CandidateOrigin::Announced};
    paths.open(now, candidate, 2, now + 50ms);
    paths.kick(now);
    const auto opener = paths.pollProbe(now);
    ASSERT_TRUE(opener);
    EXPECT_EQ(opener->hopLimit, 2);
    EXPECT_EQ(opener->size, 0U) << "a small one";
    paths.kick(now + 1ms); // What was agreed on stands.
    EXPECT_FALSE(paths.pollProbe(now + 49ms));
    const auto whole = paths.pollProbe(now + 50ms);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->hopLimit, 0);
    paths.open(now + 60ms, candidate, 2, now + 200ms);
    while (const auto probe = paths.pollProbe(now + 80ms))
        EXPECT_EQ(probe->hopLimit, 0) << "what is known already is past that";
    EXPECT_EQ(paths.describe().size(), 1U);
}

TEST(PathOpening, withoutAnOpenerTheFirstProbeWaits) {
    test::SeededRandom random(1);
    PathManager paths(random, 7);
    const Instant now{1s};
    paths.open(now, {PathKind::Mapped4, kFirst, CandidateOrigin::Announced}, 0, now + 50ms);
    EXPECT_FALSE(paths.pollProbe(now + 49ms));
    EXPECT_TRUE(paths.pollProbe(now + 50ms));
}

TEST(SearchSockets, thatAreClosedTakeTheirPathsWithThem) {
    test::SeededRandom random(1);
    PathManager paths(random, 7);
    const Instant now{1s};
    InnerAddress won = kFirst, lost = kFirst;
    won.socket = searchSocket(1, 0);
    lost.socket = searchSocket(2, 0);
    paths.add(now, {{PathKind::Punched4, kFirst}, {PathKind::Punched4, lost}, {PathKind::Punched4, won}});
    for (Instant at = now; at < now + 10ms; at += 1ms)
        while (const auto probe = paths.pollProbe(at)) {
            const bool answers = probe->remote.socket != 0;
            EXPECT_EQ(answers && paths.handleReply(at + 1ms, probe->remote, {probe->probe.transaction, 99, {}}),
                      answers);
        }
    ASSERT_TRUE(paths.isUp());
    paths.keepSearchSocket(now + 20ms, won.socket);
    EXPECT_FALSE(paths.knows(lost));
    EXPECT_TRUE(paths.knows(kFirst));
    ASSERT_TRUE(paths.activeRemote());
    EXPECT_EQ(*paths.activeRemote(), won);
    while (paths.pollEvent())
        continue;
    paths.keepSearchSocket(now + 30ms, 0);
    EXPECT_FALSE(paths.isUp());
    const auto event = paths.pollEvent();
    ASSERT_TRUE(event && std::holds_alternative<PathChangedEvent>(*event)) << "that nothing is left is told";
}

InnerAddress linkTo(const InnerAddress& remote) {
    InnerAddress out = remote;
    out.tcp = true;
    return out;
}

TEST_F(PathManagerTest, aTcpConnectionIsAPathUntilItIsGone) {
    announce({kFirst, kSecond});
    const InnerAddress link = linkTo(kFirst);
    answers[link] = 30ms;
    paths.add(now, {{PathKind::Tcp, link, CandidateOrigin::Linked}});
    run(1s);
    EXPECT_EQ(paths.activeRemote(), link);
    EXPECT_EQ(paths.activeKind(), PathKind::Tcp);
    announce({kSecond});
    EXPECT_TRUE(paths.knows(link)) << "announcements say nothing of connections";
    answers[kSecond] = 90ms;
    run(20s);
    EXPECT_EQ(paths.activeRemote(), kSecond) << "datagrams are preferred";
    paths.remove(now, link);
    EXPECT_FALSE(paths.knows(link));
    EXPECT_EQ(paths.activeRemote(), kSecond);
    paths.remove(now, kSecond);
    drain();
    EXPECT_FALSE(paths.isUp());
    ASSERT_FALSE(ups.empty());
    EXPECT_FALSE(ups.back());
    paths.remove(now, kSecond);
}

TEST_F(PathManagerTest, aTcpConnectionIsNeededUntilAnotherPathHasLasted) {
    const InnerAddress link = linkTo(kFirst);
    EXPECT_TRUE(paths.needsTcp(now));
    answers[link] = 30ms;
    paths.add(now, {{PathKind::Tcp, link, CandidateOrigin::Linked}});
    run(1s);
    EXPECT_TRUE(paths.needsTcp(now));
    answers[kSecond] = 30ms;
    announce({kSecond});
    run(1s);
    ASSERT_EQ(paths.activeRemote(), kSecond);
    EXPECT_TRUE(paths.needsTcp(now));
    run(18s);
    EXPECT_TRUE(paths.needsTcp(now));
    run(2s);
    EXPECT_FALSE(paths.needsTcp(now));
}

TEST_F(PathManagerTest, tcpIsTriedWhereSomebodyMayListen) {
    const SocketAddress v4(Ipv4Address::of(203, 0, 113, 7), 40000);
    const InnerAddress mapped(wire::toMapped(v4)), relayed(kFirst.address, v4);
    InnerAddress ordinary = kFirst;
    ordinary.ordinary = true;
    paths.setAnnounced(now, {{PathKind::Native6, kFirst, CandidateOrigin::Announced},
                             {PathKind::Mapped4, mapped, CandidateOrigin::Announced},
                             {PathKind::Teredo, relayed, CandidateOrigin::Announced},
                             {PathKind::Ordinary, ordinary, CandidateOrigin::Announced},
                             {PathKind::Punched4, kSecond, CandidateOrigin::Announced}});
    paths.add(now, {{PathKind::Tcp, linkTo(kFirst), CandidateOrigin::Linked}});
    paths.handleProbe(now, SocketAddress(kFirst.address.v6(), 7), PathKind::Native6, 100);
    EXPECT_EQ(paths.tcpPlaces(), (std::vector<SocketAddress>{kFirst.address, v4}));
}

TEST_F(PathManagerTest, straightHostsAreThoseThatAnswerByUdpWithoutARelay) {
    const SocketAddress v4(Ipv4Address::of(203, 0, 113, 1), 4000);
    const InnerAddress mapped(wire::toMapped(v4)), silent(SocketAddress(*Ipv6Address::fromText("2001:db8::3"), 1000));
    const InnerAddress teredo(SocketAddress(*Ipv6Address::fromText("2001:0:102:304::1"), 1000));
    const InnerAddress relayed(kSecond.address, v4);
    InnerAddress ordinary = kSecond, link = silent;
    ordinary.ordinary = true;
    link.tcp = true;
    announce({kFirst, mapped, silent, teredo, relayed, ordinary, link});
    for (const InnerAddress& remote : {kFirst, mapped, teredo, relayed, ordinary, link})
        answers[remote] = 40ms;
    EXPECT_TRUE(paths.straightHosts().empty());
    run(2s);
    EXPECT_EQ(paths.straightHosts(), (std::vector{kFirst.address.withoutPort(), v4.withoutPort()}));
    paths.networkChanged(now);
    EXPECT_TRUE(paths.straightHosts().empty()) << "as long as nothing has answered anew";
}

} // namespace
} // namespace culvert
