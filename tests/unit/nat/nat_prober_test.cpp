#include "core/nat/nat_prober.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using View = std::optional<SocketAddress>;

View at(std::uint16_t port) {
    return SocketAddress(Ipv4Address::of(203, 0, 113, 7), port);
}

struct MappingCase {
    const char* name;
    View main, port, address;
    std::optional<NatMapping> expected;
};

// RFC 6081 §3.4.
TEST(PortStep, isWhatAllNewMappingsHaveInCommon) {
    const auto view = [](std::uint16_t port) {
        return std::optional(SocketAddress(Ipv4Address::of(45, 0, 0, 1), port));
    };
    EXPECT_EQ(classifyPortStep({view(20000), view(20001), view(20002)}), 1);
    EXPECT_EQ(classifyPortStep({view(20000), {}, view(19998), view(19996)}), -2);
    EXPECT_FALSE(classifyPortStep({view(20000), view(20001), view(20003)})) << "somebody else was there, or chance";
    EXPECT_FALSE(classifyPortStep({view(20000), view(20000)})) << "no new mapping";
    EXPECT_FALSE(classifyPortStep({view(20000), view(20009)}));
    EXPECT_FALSE(classifyPortStep({view(20000), {}, {}}));
    EXPECT_FALSE(classifyPortStep({}));
}

TEST(NatClassification, mappingFollowsFromThreeViewsAndIsNeverGuessed) {
    const MappingCase cases[] = {
        {"all the same", at(1), at(1), at(1), NatMapping::EndpointIndependent},
        {"another address sees another port", at(1), at(1), at(2), NatMapping::AddressDependent},
        {"another port sees another port", at(1), at(2), at(3), NatMapping::AddressAndPortDependent},
        {"another port alone tells the strictest", at(1), at(2), {}, NatMapping::AddressAndPortDependent},
        {"without another address a same port tells nothing", at(1), at(1), {}, std::nullopt},
        {"without another port a difference tells half", at(1), {}, at(2), std::nullopt},
        {"another address that sees the same is enough", at(1), {}, at(1), NatMapping::EndpointIndependent},
        {"nothing seen", {}, at(1), at(1), std::nullopt},
    };
    for (const MappingCase& one : cases)
        EXPECT_EQ(classifyMapping(one.main, one.port, one.address), one.expected) << one.name;
}

TEST(NatClassification, filteringFollowsFromTwoRingsAndIsNeverGuessed) {
    struct Case {
        std::optional<bool> port, address;
        std::optional<NatFiltering> expected;
    };
    const Case cases[] = {
        {true, true, NatFiltering::EndpointIndependent},
        {std::nullopt, true, NatFiltering::EndpointIndependent},
        {false, true, NatFiltering::EndpointIndependent}, // one was lost
        {true, false, NatFiltering::AddressDependent},
        {false, false, NatFiltering::AddressAndPortDependent},
        {false, std::nullopt, NatFiltering::AddressAndPortDependent},
        {true, std::nullopt, std::nullopt},
        {std::nullopt, false, std::nullopt},
        {std::nullopt, std::nullopt, std::nullopt},
    };
    for (const Case& one : cases)
        EXPECT_EQ(classifyFiltering(one.port, one.address), one.expected);
}

// One witness that answers what a test tells it to.
struct Prober : testing::Test {
    Instant now{1s};
    test::SeededRandom random{7};
    NatProber prober{random};
    NatWitness witness{{1}, SocketAddress(Ipv4Address::of(192, 0, 2, 1), 4100), {}, 4101, {}, {}};
    std::vector<NatProberRequest> sent;
    bool answersViews = true, answersRings = true;
    std::uint32_t lifetimeSocket = 0;

    void begin() {
        NatProberInputs inputs;
        inputs.local4 = {Ipv4Address::of(192, 168, 1, 2)};
        inputs.gatewayIsSettled = true;
        prober.setInputs(now, inputs);
        prober.setWitnesses(now, {witness}, true);
    }
    void drain() {
        while (const auto request = prober.pollRequest()) {
            sent.push_back(*request);
            if (const auto* view = std::get_if<ObserveRequest>(&*request); view != nullptr && answersViews)
                prober.handleReply(now, view->witness, view->socket, 50000, {view->transaction, 0, *at(50000)});
            if (const auto* call = std::get_if<RingCall>(&*request); call != nullptr && answersRings)
                prober.handleRingResult(now, {call->request.transaction, wire::RingStatus::Rung});
        }
    }
    // Until the prober rests, or `limit` is over.
    void run(Duration limit) {
        const Instant end = now + limit;
        for (drain(); now < end && prober.isRunning(); drain()) {
            const auto next = prober.pollTimeout();
            ASSERT_TRUE(next);
            ASSERT_GE(next->at, now) << next->reason;
            now = std::max(next->at, now + 1ms);
            prober.handleTimeout(now);
        }
    }
};

TEST_F(Prober, aRingThatIsReportedAndNeverComesIsANo) {
    begin();
    run(10s);
    EXPECT_FALSE(prober.isRunning());
    EXPECT_EQ(prober.findings().nat.filtering, NatFiltering::AddressAndPortDependent);
    EXPECT_EQ(prober.findings().inbound4.isOpen, std::optional(false));
    EXPECT_LE(now, Instant{1s} + 4s) << "a report within five seconds needs it";
}

TEST_F(Prober, aWitnessThatDoesNotSayThatItRangLeavesItUntested) {
    answersRings = false;
    begin();
    run(10s);
    EXPECT_FALSE(prober.isRunning());
    EXPECT_EQ(prober.findings().nat.filtering, std::nullopt);
    EXPECT_EQ(prober.findings().inbound4.isOpen, std::nullopt);
}

TEST_F(Prober, aSilentWitnessEndsTheRunWithNothing) {
    answersViews = false;
    begin();
    run(10s);
    EXPECT_FALSE(prober.isRunning());
    EXPECT_EQ(prober.findings().nat, NatBehaviour());
    EXPECT_LE(sent.size(), std::size_t{4 * NatProber::kTriesMax});
}

TEST_F(Prober, repliesOfOthersAndOnOtherSocketsAreNotBelieved) {
    answersViews = false;
    begin();
    drain();
    ASSERT_FALSE(sent.empty());
    const auto view = std::get<ObserveRequest>(sent.front());
    prober.handleReply(now, {9}, view.socket, 50000, {view.transaction, 0, *at(50000)});
    prober.handleReply(now, view.witness, view.socket + 1, 50000, {view.transaction, 0, *at(50000)});
    prober.handleReply(now, view.witness, view.socket, 50000, {view.transaction + 1, 0, *at(50000)});
    // We would send to what it names.
    const SocketAddress router(Ipv4Address::of(192, 168, 1, 1), 53);
    prober.handleReply(now, view.witness, view.socket, 50000, {view.transaction, 0, router});
    run(10s);
    EXPECT_EQ(prober.findings().outer4, std::nullopt);
}

TEST_F(Prober, everySocketOfARunIsClosedAtItsEnd) {
    begin();
    run(10s);
    std::set<std::uint32_t> opened, closed;
    for (const NatProberRequest& request : sent)
        if (const auto* view = std::get_if<ObserveRequest>(&request); view != nullptr && view->socket != 0)
            opened.insert(view->socket);
    while (const auto socket = prober.pollClosedSocket())
        closed.insert(*socket);
    // The newest one belongs to the slow test of the lifetime.
    ASSERT_EQ(opened.size(), 3U);
    EXPECT_EQ(closed, std::set<std::uint32_t>(opened.begin(), std::prev(opened.end())));
}

TEST_F(Prober, aMappingThatComesLaterIsTestedToo) {
    begin();
    run(10s);
    sent.clear();
    NatProberInputs inputs;
    inputs.local4 = {Ipv4Address::of(192, 168, 1, 2)};
    inputs.gatewayIsSettled = true;
    inputs.mapped4 = at(4000);
    prober.setInputs(now, inputs);
    drain();
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(std::get<RingCall>(sent.front()).request.target, at(4000));
}

// A witness that stops answering in the middle of a measurement, and shows up otherwise, then not at all.
TEST_F(Prober, aWitnessThatChangesAndLeavesNeverMakesADeadlineStayInThePast) {
    begin();
    drain();
    answersViews = false; // The lifetime's view stays open.
    run(10s);
    ASSERT_FALSE(prober.isRunning());
    now += 100ms;
    NatWitness other = witness;
    other.alternatePort = 4200;
    prober.setWitnesses(now, {other}, false);
    drain();
    const auto settle = [&] {
        now += 1s;
        prober.handleTimeout(now);
        drain();
        const auto next = prober.pollTimeout();
        EXPECT_TRUE(!next || next->at > now) << next->reason;
    };
    settle(); // It waits for the next run.
    EXPECT_TRUE(prober.isRunning());
    prober.setWitnesses(now, {}, false);
    settle();
    EXPECT_FALSE(prober.isRunning());
}

TEST_F(Prober, aLifetimeThatIsKnownIsNotMeasuredAgainByTheNextRun) {
    const auto live = [&](Duration time) {
        for (const Instant end = now + time; now < end;) {
            drain();
            for (const NatProberRequest& request : std::exchange(sent, {}))
                if (const auto* call = std::get_if<RingCall>(&request);
                    call != nullptr && call->request.from == wire::RingFrom::SamePort)
                    prober.handleRing(now, lifetimeSocket, call->remote, true, {call->request.transaction});
                else if (const auto* view = std::get_if<ObserveRequest>(&request))
                    lifetimeSocket = view->socket;
            const auto next = prober.pollTimeout();
            now = next ? std::clamp(next->at, now + 1ms, end) : end;
            prober.handleTimeout(now);
        }
    };
    begin();
    live(15min);
    ASSERT_EQ(prober.findings().nat.lifetimeAtLeast, std::optional<Duration>(178s)) << "every step was taken";
    NatWitness other = witness;
    other.alternatePort = 4200;
    prober.setWitnesses(now, {other}, true);
    live(10s);
    EXPECT_FALSE(prober.isRunning());
    EXPECT_EQ(prober.pollTimeout(), std::nullopt) << prober.pollTimeout()->reason;
}

// A witness that says "from elsewhere" and rings from where it was asked, or from where we have sent to.
TEST_F(Prober, aRingThatCameTheOpenWayProvesNothing) {
    witness.other4 = SocketAddress(Ipv4Address::of(192, 0, 2, 2), 4100);
    const SocketAddress elsewhere(Ipv4Address::of(198, 51, 100, 9), 4100);
    struct Case {
        const char* name;
        SocketAddress from;
        bool isContacted;
        std::optional<bool> isOpen;
    };
    for (const Case& one : {Case{"where it was asked", *witness.v4, true, std::nullopt},
                            Case{"another port of it", {witness.v4->v4(), 9}, true, std::nullopt},
                            Case{"somebody we know", elsewhere, true, std::nullopt},
                            Case{"somewhere new", *witness.other4, false, true}}) {
        prober.restart(now);
        sent.clear();
        begin();
        drain();
        drain();
        for (const NatProberRequest& request : std::vector(sent))
            if (const auto* call = std::get_if<RingCall>(&request))
                prober.handleRing(now, 0, one.from, one.isContacted, {call->request.transaction});
        run(10s);
        EXPECT_EQ(prober.findings().inbound4.isOpen, one.isOpen) << one.name;
    }
}

TEST_F(Prober, aWitnessThatNeverStopsAnsweringDoesNotPutTheEndOff) {
    begin();
    for (int i = 0; i < 200 && prober.isRunning(); ++i) {
        drain();
        for (const NatProberRequest& request : std::vector(sent))
            if (const auto* call = std::get_if<RingCall>(&request))
                prober.handleRingResult(now, {call->request.transaction, wire::RingStatus::RateLimited});
        now += 100ms;
        prober.handleTimeout(now);
    }
    EXPECT_FALSE(prober.isRunning());
}

} // namespace
} // namespace culvert
