// Rings that contacts ask for, and contacts that are older, or hostile.
#include "tests/unit/engine/peer_by_hand.h"

namespace culvert {
namespace {

struct RingByHand : PeerByHand {
    using PeerByHand::PeerByHand;

    std::vector<Datagram> rung; // from sockets that were never used
    const SocketAddress contactV4 = fuzz::addressOf(fuzz::Place::ContactV4);
    std::uint64_t transaction = 0;

    void SetUp() override {
        world.onSend = [this](const Datagram& sent) {
            if (isSearchSocket(sent.socket))
                rung.push_back(sent);
        };
        PeerByHand::SetUp();
        run(60);
    }
    wire::RingStatus want(const SocketAddress& target) {
        say(wire::RingWantedFrame{++transaction, target}, PeerSession::kControlStream);
        for (const wire::SessionFrame& frame : heard)
            if (const auto* answer = std::get_if<wire::RingAnswerFrame>(&frame);
                answer != nullptr && answer->transaction == transaction)
                return answer->status;
        ADD_FAILURE() << "no answer";
        return wire::RingStatus::Rung;
    }
    // A ring as the contact seals it, from this port of its address.
    void ring(std::uint64_t number, std::uint16_t port) {
        const ControlSealer sealer(world.contact(), world.random());
        const auto keys = PairKeys::derive(world.contact(), world.own().publicKey());
        Datagram datagram = fuzz::arriving(fuzz::Place::ContactV4, fuzz::InnerSource::Mapped,
                                           sealer.sealPair(*keys, wire::Ring{number}));
        datagram.remote = SocketAddress(contactV4.v4(), port);
        world.receiveRaw(datagram);
    }
    std::optional<ContactRing> rung4() { return world.engine().networkStatus(world.now().monotonic).rung4; }
    const wire::RingWantedFrame* question() const {
        for (const wire::SessionFrame& frame : heard)
            if (const auto* wanted = std::get_if<wire::RingWantedFrame>(&frame))
                return wanted;
        return nullptr;
    }
    Result<void> ask() {
        auto done = world.engine().askToRing(world.now(), world.contactId());
        world.settle();
        run();
        return done;
    }
};

TEST_F(RingByHand, isOneSmallSealedPacketFromANewSocket) {
    const SocketAddress target(contactV4.v4(), 5555);
    EXPECT_EQ(want(target), wire::RingStatus::Rung);
    ASSERT_EQ(rung.size(), 1U);
    EXPECT_EQ(rung[0].remote, target);
    EXPECT_LE(rung[0].payload.size(), 150U);
    const auto envelope = wire::decodeEnvelope(fuzz::payloadsOf(rung[0]).at(0));
    ASSERT_TRUE(envelope);
    const ControlSealer sealer(world.contact(), world.random());
    const auto keys = PairKeys::derive(world.contact(), world.own().publicKey());
    const auto message = sealer.openPair(*keys, std::get<wire::PairEnvelope>(*envelope));
    ASSERT_TRUE(message);
    EXPECT_EQ(std::get<wire::Ring>(*message).transaction, transaction);
}

TEST_F(RingByHand, nobodyElseIsRung) {
    for (const char* foreign : {"203.0.113.200:4000", "198.51.100.8:4000", "127.0.0.1:4000", "[2001:db8:5::1]:4000",
                                "[2001::1]:4000", "[::]:4000", "198.51.100.7:53", "198.51.100.7:0"})
        EXPECT_EQ(want(*SocketAddress::fromText(foreign)), wire::RingStatus::NotYours) << foreign;
    EXPECT_TRUE(rung.empty());
}

// Announcing an address is not answering there.
TEST_F(RingByHand, anAnnouncedAddressIsNoneOfTheirs) {
    const SocketAddress victim(Ipv4Address::of(198, 51, 100, 200), 4000);
    wire::EndpointsFrame endpoints;
    endpoints.sequence = UINT64_MAX;
    endpoints.endpoints = {{wire::EndpointKind::Mapped4, victim}};
    say(endpoints, PeerSession::kControlStream);
    run(60);
    EXPECT_EQ(want(victim), wire::RingStatus::NotYours);
    EXPECT_TRUE(rung.empty());
}

TEST_F(RingByHand, whoAsksAllTheTimeIsRungOnceInAWhile) {
    const Instant began = world.now().monotonic;
    const SocketAddress contactV6 = fuzz::addressOf(fuzz::Place::ContactV6);
    for (int i = 0; i < 100; ++i) {
        want(SocketAddress(contactV4.v4(), static_cast<std::uint16_t>(2000 + i)));
        want(SocketAddress(contactV6.v6(), static_cast<std::uint16_t>(2000 + i)));
    }
    const Duration passed = world.now().monotonic - began;
    ASSERT_GT(passed, 2 * PeerSession::kRungPause);
    EXPECT_LE(rung.size(), 2U * static_cast<std::size_t>(1 + passed / PeerSession::kRungPause));
    EXPECT_GE(rung.size(), 4U);
}

// Of somebody whom we asked, and who has not accepted.
struct RingByStranger : RingByHand {
    RingByStranger() : RingByHand(ContactState::Requested) {}
};

TEST_F(RingByStranger, whoIsNoContactYetIsNotEvenAnswered) {
    say(wire::RingWantedFrame{1, SocketAddress(contactV4.v4(), 5555)}, PeerSession::kControlStream);
    EXPECT_EQ(count<wire::RingAnswerFrame>(heard), 0U);
    EXPECT_TRUE(rung.empty());
    hello(wire::kRings);
    EXPECT_FALSE(ask());
    EXPECT_EQ(question(), nullptr);
}

TEST_F(RingByHand, anOlderProgramIsNotAsked) {
    hello(wire::kAmendments | wire::kPictures);
    const auto refused = ask();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("too old"), std::string::npos);
    EXPECT_EQ(question(), nullptr);
}

TEST_F(RingByHand, whoIsSilentIsNoProof) {
    hello(wire::kRings);
    ASSERT_TRUE(ask());
    ASSERT_NE(question(), nullptr);
    EXPECT_EQ(question()->target, *SocketAddress::fromText("203.0.113.77:65535")) << "as it says that it sees us";
    EXPECT_FALSE(ask()) << "one at a time";
    run(350);
    ASSERT_TRUE(rung4());
    EXPECT_EQ(rung4()->outcome, RingOutcome::NoAnswer);
    EXPECT_EQ(rung4()->by, "Peer");
}

TEST_F(RingByHand, aRingFromAPortThatWeKnowProvesNothing) {
    hello(wire::kRings);
    ASSERT_TRUE(ask());
    ring(question()->transaction, contactV4.port());
    EXPECT_EQ(rung4()->outcome, RingOutcome::Waiting);
    ring(question()->transaction + 1, 7000);
    EXPECT_EQ(rung4()->outcome, RingOutcome::Waiting) << "not what was asked for";
    ring(question()->transaction, 7000);
    EXPECT_EQ(rung4()->outcome, RingOutcome::CameIn);
    EXPECT_FALSE(rung4()->fromNewAddress) << "its probes were answered";
}

} // namespace
} // namespace culvert
