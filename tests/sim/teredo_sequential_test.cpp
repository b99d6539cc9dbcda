// RFC 6081 §5.5 where the guess goes wrong: somebody else uses the NAT, answers are lost, a server is half silent.
#include "tests/sim/teredo_pair.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

using enum NatBehaviour;

const Kind kPortRestricted{"port-restricted",
                           {EndpointIndependent, AddressAndPortDependent, 60s, false, false},
                           TeredoKind::Restricted,
                           false};
const Kind kCone{"cone", {EndpointIndependent, EndpointIndependent, 60s, false, false}, TeredoKind::Cone, false};
Kind sequential() {
    Kind out{"sequential",
             {AddressAndPortDependent, AddressAndPortDependent, 60s, false, false},
             TeredoKind::Symmetric,
             false};
    out.nat.isSequential = true;
    return out;
}

/// Each direction of calls.
struct TeredoSequentialTest : testing::TestWithParam<bool> {
    std::optional<Pair> pair;
    std::size_t guesses = 0;   ///< first questions
    std::size_t others = 0;    ///< ports that somebody else takes before the bubble of a guess
    std::size_t disturbed = 0; ///< how many guesses, of the first

    void SetUp() override { meet(kPortRestricted); }
    void meet(const Kind& other) {
        guesses = 0;
        pair.emplace(GetParam() ? sequential() : other, GetParam() ? other : sequential(), true);
        pair->beforeLeaving = [this](Client& from, const Datagram& datagram) {
            if (datagram.socket < kSocketOfPort)
                return;
            guesses += datagram.remote == kServer ? 1 : 0;
            // Right before the bubble leaves, whose port becomes another one.
            if (datagram.remote.port() == TeredoServer::kPort || guesses > disturbed)
                return;
            for (std::size_t i = 0; i < others; ++i)
                from.nat.outbound(pair->now(), SocketAddress(Ipv4Address::of(192, 168, 9, 9), ++m_port),
                                  SocketAddress(Ipv4Address::of(45, 99, 9, 9), 443));
        };
    }
    static bool isAdvertisement(const Pair::Flying& packet) {
        return packet.source.port() == TeredoServer::kPort &&
               wire::decodeTeredoPacket(packet.payload)->authentication.has_value();
    }

private:
    std::uint16_t m_port = 1000;
};
INSTANTIATE_TEST_SUITE_P(EachCalls, TeredoSequentialTest, testing::Bool(),
                         [](const auto& direction) { return direction.param ? "calling" : "called"; });

TEST_P(TeredoSequentialTest, theTwoMeetAndTalkOn) {
    EXPECT_TRUE(pair->talk());
    EXPECT_LE(guesses, 2U);
    EXPECT_EQ(pair->openPorts(), 0U);
}

// The next try takes another port and guesses anew.
TEST_P(TeredoSequentialTest, aNeighbourAtTheNatSpoilsOneGuessOnly) {
    others = 3;
    disturbed = 1;
    EXPECT_TRUE(pair->talk());
    EXPECT_GE(guesses, 2U);
    EXPECT_EQ(pair->talkOn(), 5);
    EXPECT_EQ(pair->openPorts(), 0U);
}

TEST_P(TeredoSequentialTest, aBusyNatIsGivenUpAndNothingStaysOpen) {
    for (const std::size_t busy : {3U, 30U}) { // A wrong guess, and none.
        SCOPED_TRACE(busy);
        others = busy;
        disturbed = 1000;
        meet(kPortRestricted);
        EXPECT_FALSE(pair->talk());
        EXPECT_GE(guesses, 1U);
        EXPECT_LE(guesses, TeredoPeers::kBubblesMax + TeredoPeers::kPredictionsMax);
        EXPECT_LE(pair->socketsNow(), 1U);
        EXPECT_EQ(pair->openPorts(), 0U);
    }
}

// RFC 6081 §5.5.2.2
TEST_P(TeredoSequentialTest, aLostAnswerCostsASecondTest) {
    for (const SocketAddress& silent : {kServer, kSecondary}) {
        SCOPED_TRACE(silent.text());
        meet(kPortRestricted);
        std::size_t lost = 0;
        pair->isLost = [&](const Pair::Flying& packet) {
            return isAdvertisement(packet) && packet.source == silent && lost++ == 0;
        };
        EXPECT_TRUE(pair->talk());
        EXPECT_GE(lost, 2U) << "the second one arrived";
        EXPECT_EQ(pair->openPorts(), 0U);
    }
}

// As if there were no guesses: a cone peer is met, and a port-restricted one is not.
TEST_P(TeredoSequentialTest, aSilentSecondaryAddressLeavesWhatWorksWithoutIt) {
    const auto isFromSecondary = [](const Pair::Flying& packet) { return packet.source == kSecondary; };
    pair->isLost = isFromSecondary;
    EXPECT_FALSE(pair->talk());
    EXPECT_EQ(guesses, TeredoPeers::kPredictionsMax);
    EXPECT_EQ(pair->openPorts(), 0U);
    meet(kCone);
    pair->isLost = isFromSecondary;
    EXPECT_TRUE(pair->talk());
    EXPECT_EQ(pair->talkOn(), 5);
    EXPECT_EQ(pair->openPorts(), 0U);
}

} // namespace
} // namespace culvert::sim
