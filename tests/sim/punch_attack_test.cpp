// What contacts that lie about their network can make us send.
#include "core/wire/ip_packet.h"
#include "core/wire/mapped_address.h"
#include "tests/sim/punch_world.h"

#include <gtest/gtest.h>

namespace culvert::sim {
namespace {

const SocketAddress kFalseParty(Ipv4Address::of(45, 66, 6, 6), 3544);

// A contact of Bob's who hands over whatever he likes, through a third party that is his accomplice.
struct Liar {
    Liar(PunchWorld& punch, std::uint8_t number)
        : identity(Identity::generate(punch.world.random())), sealer(identity, punch.world.random()),
          victim(Ipv4Address::of(45, 77, number, 1), 40000) {
        wire::ContactAddress address;
        address.key = identity.publicKey();
        punch.bob->addContact(wire::encodeContactAddress(address));
    }
    Bytes handoff(PunchWorld& punch, const wire::NatHint& hint) {
        wire::HandoffContent content{identity.publicKey(), {}, punch.world.now().wall, {}, {}};
        content.endpoints = {{wire::EndpointKind::Mapped4, victim}};
        content.additions.hint = hint;
        content.additions.plan = wire::PunchPlan{false, 0ms, 0ms};
        return sealer.sealHandoff(punch.bob->id().octets, content);
    }
    Identity identity;
    ControlSealer sealer;
    SocketAddress victim;
};

wire::NatHint hintOf(NatMapping mapping) {
    wire::NatHint hint;
    hint.ipv4 = wire::HintIpv4::Translated;
    hint.mapping = mapping;
    hint.filtering = NatFiltering::AddressAndPortDependent;
    hint.searchesPorts = true;
    return hint;
}

struct Liars : testing::Test {
    PunchWorld punch;
    Identity party = Identity::generate(punch.world.random());
    ControlSealer partySealer{party, punch.world.random()};
    std::map<SocketAddress, std::set<std::uint16_t>> ports; // victim -> ports that something came to
    std::map<SocketAddress, std::size_t> packets;
    std::map<SocketAddress, std::set<SocketAddress>> sources; // victim -> ours that sent there
    std::multiset<Instant> searchPackets;
    std::size_t mostOpen = 0;
    SocketAddress bobsOuter; // as the false party sees him

    explicit Liars(const NatConfig& bobs = kPortRestrictedNat) : punch(1, bobs, kPortRestrictedNat) {}

    void SetUp() override {
        punch.choose();
        ASSERT_TRUE(punch.learns());
        wire::ContactAddress address;
        address.key = party.publicKey();
        address.endpoints = {{wire::EndpointKind::Mapped4, kFalseParty}};
        const Ipv4Address bobs = punch.world.nat(*punch.bob).address();
        punch.world.tap = [this, bobs](const SocketAddress& from, const SocketAddress& to, const Bytes&) {
            if (!from.isV4() || from.v4() != bobs)
                return;
            if (to == kFalseParty)
                bobsOuter = from;
            if (to.v4().octets[1] != 77)
                return;
            sources[to].insert(from);
            ports[to.withoutPort()].insert(to.port());
            ++packets[to.withoutPort()];
            if (to.port() != 40000)
                searchPackets.insert(punch.world.now().monotonic);
        };
        ASSERT_TRUE(punch.bob->engine().addThirdParty(punch.world.now(), wire::encodeContactAddress(address)));
        punch.bob->drain();
        punch.world.run(100ms);
    }
    void deliver(const Bytes& sealed) {
        const auto keys = PairKeys::derive(party, punch.bob->id().octets);
        const Bytes message = partySealer.sealPair(*keys, wire::HandoffDelivery{sealed});
        const SocketAddress source = wire::toMapped(kFalseParty);
        const SocketAddress target = wire::toMapped(bobsOuter);
        punch.world.inject(
            kFalseParty, bobsOuter,
            wire::encode(wire::UdpInIpv6{source.v6(), target.v6(), source.port(), target.port(), message}));
    }
    void flood(std::deque<Liar>& liars, const wire::NatHint& hint, Duration time) {
        for (Duration passed{}; passed < time; passed += 200ms) {
            for (Liar& liar : liars)
                deliver(liar.handoff(punch, hint));
            punch.world.run(200ms);
            mostOpen = std::max(mostOpen, punch.bob->openSockets());
        }
    }
    std::deque<Liar> liars(std::uint8_t count) {
        std::deque<Liar> out;
        for (std::uint8_t i = 0; i < count; ++i)
            out.emplace_back(punch, i);
        punch.bob->drain();
        return out;
    }
    std::size_t mostInASecond() const {
        std::size_t most = 0;
        for (auto first = searchPackets.begin(); first != searchPackets.end(); ++first)
            most =
                std::max(most, static_cast<std::size_t>(std::distance(first, searchPackets.lower_bound(*first + 1s))));
        return most;
    }
};

TEST_F(Liars, makeUsSendAThousandProbesAMinuteEachAndTwoOfThemAtOnce) {
    auto three = liars(3);
    flood(three, hintOf(NatMapping::AddressAndPortDependent), 58s);
    std::size_t searched = 0;
    for (const auto& [victim, tried] : ports) {
        searched += tried.size() > 1 ? 1 : 0;
        EXPECT_LE(tried.size(), PortSearch::kProbesMax + 1);
    }
    EXPECT_GE(searched, 2U) << "the flood is one that works";
    EXPECT_LE(mostInASecond(), 2 * PortSearch::kProbesPerSecondMax);
}

TEST_F(Liars, whoIsNotHardIsNotSearchedFor) {
    auto one = liars(1);
    for (const auto mapping : {NatMapping::EndpointIndependent})
        flood(one, hintOf(mapping), 30s);
    EXPECT_TRUE(searchPackets.empty());
    wire::NatHint unwilling = hintOf(NatMapping::AddressAndPortDependent);
    unwilling.searchesPorts = false;
    flood(one, unwilling, 30s);
    EXPECT_TRUE(searchPackets.empty());
    EXPECT_LE(packets[one[0].victim.withoutPort()], 60U * 12) << "probes of one address, as of any that is announced";
}

TEST_F(Liars, nobodyIsSearchedForWhereTheUserDoesNotWantIt) {
    Settings settings;
    settings.hardPunching = HardPunching::Off;
    punch.bob->engine().setSettings(punch.world.now(), settings);
    punch.bob->drain();
    auto one = liars(1);
    flood(one, hintOf(NatMapping::AddressAndPortDependent), 10s);
    EXPECT_TRUE(searchPackets.empty());
}

struct LiarsAtHard : Liars {
    LiarsAtHard() : Liars(kHardNat) {}
};

// The other role: 256 sockets for each of two at once, a thousand probes a minute each, and no more of anything.
TEST_F(LiarsAtHard, makeUsOpenSocketsWithinTheBounds) {
    auto three = liars(3);
    flood(three, hintOf(NatMapping::EndpointIndependent), 58s);
    std::size_t opened = 0;
    for (const auto& [victim, from] : sources) {
        opened += from.size() > 2 ? 1 : 0;
        EXPECT_LE(from.size(), PortSearch::kProbesMax + 2) << "and the main socket, whose mapping may expire";
    }
    EXPECT_GE(opened, 2U);
    EXPECT_LE(mostOpen, 2 * PortSearch::kSocketsMax);
    EXPECT_GT(mostOpen, PortSearch::kSocketsMax) << "two at once";
    EXPECT_EQ(punch.bob->openSockets(), 0U) << "all are closed when the search is over";
}

} // namespace
} // namespace culvert::sim
