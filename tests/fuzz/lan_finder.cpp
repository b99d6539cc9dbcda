// LanFinder beside a model of it: contacts alone are told of, in time and from our links, and what leaves is bounded.
#include "core/lan/lan_finder.h"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/lan_script.h"
#include "tests/support/seeded_random.h"

namespace culvert::fuzz {
namespace {

constexpr std::uint8_t kContacts = 3;
constexpr std::uint16_t kPort = 40000;
constexpr wire::Token kToken = {1, 2, 3};
constexpr PublicKey kOwn = {9};
constexpr std::size_t kAnswerSize = 132;

LocalNetwork networkOf(std::uint8_t which) {
    LocalNetwork network;
    network.port = kPort;
    for (std::uint8_t i = 0; i < which % 8; ++i) {
        LocalInterface link{"eth", i + 2U, i == 5 ? InterfaceKind::Vpn : InterfaceKind::Physical, {}};
        link.addresses.push_back({{Ipv4Address::of(10, i, 0, 1), 0}, 24});
        if (i % 2 == 0)
            link.addresses.push_back({{*Ipv6Address::fromText("fe80::1"), 0}, 64});
        network.interfaces.push_back(link);
    }
    return network;
}

// Neighbours of the first two links, ourselves, and places that are nowhere near.
SocketAddress sourceOf(std::uint8_t which) {
    switch (which % 6) {
    case 0:
        return {Ipv4Address::of(10, 0, 0, which), 5000};
    case 1:
        return SocketAddress(*Ipv6Address::fromText("fe80::99"), which).inZone(2);
    case 2:
        return {Ipv4Address::of(10, 0, 0, 1), kPort};
    case 3:
        return SocketAddress(*Ipv6Address::fromText("fe80::99"), 7);
    case 4:
        return {Ipv4Address::of(192, 0, 2, which), 5000};
    default:
        return {Ipv4Address::of(10, 1, 0, which), 0};
    }
}

bool isNear(const SocketAddress& source) {
    return source.port() != 0 &&
           (source.isV6() ? source.zone() == 2 : source.v4().octets[0] == 10 && source.v4().octets[3] != 1);
}

class Target {
public:
    void run(Input& script) {
        constexpr int kOrdersMax = 600;
        for (int i = 0; i < kOrdersMax && !script.empty(); ++i) {
            order(script);
            check();
        }
    }

private:
    static PublicKey contactOf(std::uint8_t which) { return {static_cast<std::uint8_t>(which % kContacts + 1)}; }
    static wire::Token tokenOf(const PublicKey& contact) { return {contact[0], 7}; }
    static Secret<32> keyOf(const PublicKey& contact, std::uint8_t direction) {
        Secret<32> key;
        key.data()[0] = contact[0];
        key.data()[1] = direction;
        return key;
    }

    void order(Input& script) {
        switch (static_cast<LanOrder>(script.u8() % static_cast<unsigned>(LanOrder::Count))) {
        case LanOrder::Expect:
            return expect(contactOf(script.u8()), script.u8() % 2 == 1);
        case LanOrder::Forget:
            return forget(contactOf(script.u8()));
        case LanOrder::Seek: {
            const PublicKey contact = contactOf(script.u8());
            return m_finder.seek(m_now, contact, script.u8() % 2 == 1);
        }
        case LanOrder::Clock:
            m_now.wall.milliseconds += 1000 * static_cast<std::int16_t>(script.u16());
            return;
        case LanOrder::Sleep:
            m_now.monotonic += script.u16() * 1ms;
            return;
        case LanOrder::Beacon: {
            const PublicKey contact = contactOf(script.u8());
            return hear(script, keyOf(contact, 2), contact, m_expected.contains(contact));
        }
        case LanOrder::Answer: {
            const PublicKey contact = contactOf(script.u8());
            const auto known = m_expected.find(contact);
            return hear(script, lanInvitationKeys(contact, tokenOf(contact)).answer, contact,
                        known != m_expected.end() && known->second);
        }
        case LanOrder::Call:
            return hear(script, lanInvitationKeys(kOwn, kToken).call, {}, false);
        case LanOrder::Raw: {
            const SocketAddress source = sourceOf(script.u8());
            const Bytes octets = toBytes(script.chunk());
            require(m_finder.handleDatagram(m_now, {kLanGroup4, source, octets}).empty(), "no input holds a key");
            if (const auto beacon = decodeLanBeacon(octets))
                require(encodeLanBeacon(beacon->kind, beacon->tags, m_random).size() == octets.size(),
                        "a beacon survives");
            return;
        }
        case LanOrder::Network:
            m_finder.setNetwork(m_now, networkOf(script.u8()));
            return;
        case LanOrder::Switch:
            return m_finder.setOn(m_now, script.u8() % 2 == 1);
        case LanOrder::Restart:
            return m_finder.restart(m_now);
        case LanOrder::Count:
            return;
        }
    }

    void expect(const PublicKey& contact, bool isInvited) {
        m_finder.expect(m_now, contact,
                        {keyOf(contact, 1), keyOf(contact, 2), isInvited ? tokenOf(contact) : wire::Token{}});
        m_expected[contact] = isInvited;
    }
    void forget(const PublicKey& contact) {
        m_finder.forget(contact);
        m_expected.erase(contact);
    }

    void hear(Input& script, const Secret<32>& key, const PublicKey& contact, bool mayTell) {
        const auto kind = static_cast<LanBeaconKind>(script.u8() % 2);
        const int offset = script.u8() % 5 - 2;
        const unsigned round = script.u8() % (2 * kLanRoundsPerEpoch);
        const SocketAddress source = sourceOf(script.u8());
        const LanTag tag = lanTag(key, lanEpoch(m_now.wall) + offset, round);
        const auto told = m_finder.handleDatagram(
            m_now, {source.isV4() ? kLanGroup4 : kLanGroup6, source, encodeLanBeacon(kind, {tag}, m_random)});
        std::size_t sent = 0;
        while (const auto datagram = m_finder.pollTransmit()) {
            sent += take(*datagram);
            require(datagram->payload.size() <= kAnswerSize, "an answer is small");
        }
        require(sent <= 1 && (sent == 0 || kind == LanBeaconKind::Seek), "one answer, and none to an answer");
        require(told.size() <= 1, "one sender");
        if (told.empty())
            return;
        require(mayTell && told[0] == LanFound{contact, source}, "a contact's own tag, and where it came from");
        require(m_finder.isOn() && isNear(source), "from a link of ours");
        require(offset >= -1 && offset <= 1 && round < kLanRoundsPerEpoch, "in time");
    }

    std::size_t take(const Datagram& datagram) {
        require(datagram.remote.port() == kLanPort && datagram.payload.size() <= kLanBeaconMax, "only to the groups");
        require(decodeLanBeacon(datagram.payload).has_value(), "only beacons");
        if (m_now.monotonic - m_second >= 1s) {
            m_second = m_now.monotonic;
            m_inSecond = 0;
        }
        // A second of ours may begin in the middle of one of its own.
        require(++m_inSecond <= 2 * LanFinder::kPacketsPerSecondMax, "few a second");
        return 1;
    }

    void check() {
        m_finder.handleTimeout(m_now);
        while (const auto datagram = m_finder.pollTransmit())
            take(*datagram);
        require(m_finder.tagCount() <= (2 * m_expected.size() + 1) * 3 * kLanRoundsPerEpoch, "tags are bounded");
        require(m_finder.interfaces(true).size() <= LanFinder::kLinksMax, "links are bounded");
        if (const auto deadline = m_finder.pollTimeout())
            require(deadline->at > m_now.monotonic && m_finder.isOn(), "it does not spin");
    }

    test::SeededRandom m_random{1};
    Now m_now{Instant{1h}, WallTime{1'700'000'100'000}};
    LanFinder m_finder{m_random, kOwn, kToken};
    std::map<PublicKey, bool> m_expected; ///< whether by an invitation
    Instant m_second{};
    unsigned m_inSecond = 0;
};

} // namespace

void run(BytesView input) {
    Input script(input);
    Target().run(script);
}

} // namespace culvert::fuzz
