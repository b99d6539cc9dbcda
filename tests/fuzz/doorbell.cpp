// The doorbell beside a model of it: genuine rings count once and only in time, everything else never.
#include "core/doorbell/doorbell.h"
#include "core/wire/quoted_udp.h"
#include "tests/fuzz/doorbell_script.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

#include <memory>
#include <set>

namespace culvert::fuzz {
namespace {

constexpr std::uint8_t kContacts = 3;

Ipv6Address callerOf(std::uint8_t which) {
    // The last one is no Teredo address: no tunnel leads there.
    Ipv6Address address{{0x20, 0x01, 0, static_cast<std::uint8_t>(which == 255 ? 1 : 0), 45, 90, 0, 1}};
    address.octets[15] = which;
    return address;
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
    static Secret<32> keyOf(const PublicKey& contact) {
        Secret<32> key;
        key.data()[0] = contact[0];
        return key;
    }

    void order(Input& script) {
        switch (static_cast<DoorbellOrder>(script.u8() % static_cast<unsigned>(DoorbellOrder::Count))) {
        case DoorbellOrder::Expect:
            return expect(contactOf(script.u8()));
        case DoorbellOrder::Forget:
            return forget(contactOf(script.u8()));
        case DoorbellOrder::Clock:
            return setClock(static_cast<std::int16_t>(script.u16()));
        case DoorbellOrder::Genuine:
            return ring(script, false);
        case DoorbellOrder::Forged:
            return ring(script, true);
        case DoorbellOrder::Raw:
            return raw(script.chunk());
        case DoorbellOrder::Payload:
            return mustBeRefused({callerOf(1), kDeadPlace, script.chunk()});
        case DoorbellOrder::Restart:
            return restart();
        case DoorbellOrder::Sleep:
            m_now += script.u16() * 1s;
            return m_doorbell->handleTimeout(m_now);
        case DoorbellOrder::Count:
            return;
        }
    }

    void setClock(std::int16_t seconds) {
        m_wall.milliseconds += 1000 * seconds;
        // What was forgotten because its time was over may count again when that time comes back.
        if (seconds < 0)
            m_heard.clear();
    }
    void expect(const PublicKey& contact) {
        m_doorbell->expect(contact, keyOf(contact), m_stored[contact]);
        m_expected.insert(contact);
    }
    void forget(const PublicKey& contact) {
        m_doorbell->forget(contact);
        m_expected.erase(contact);
    }
    void restart() {
        m_doorbell = std::make_unique<Doorbell>(m_random);
        m_doorbell->keepFrom(m_now, {SocketAddress(callerOf(9), 1)});
        for (const PublicKey& contact : m_expected)
            expect(contact);
    }

    void ring(Input& script, bool isForged) {
        const PublicKey contact = contactOf(script.u8());
        const std::int64_t offset = script.u8() % 5 - 2;
        const std::int64_t epoch = ringEpoch(m_wall) + offset;
        const unsigned index = script.u8();
        const Ipv6Address caller = callerOf(script.u8());
        const DoorbellRing ring = makeRing(keyOf(contact), ringId(keyOf(contact), epoch, index), caller);
        Bytes octets = toBytes(ring.id);
        append(octets, ring.mac);
        if (isForged) {
            octets[script.u8() % octets.size()] ^= 0x40;
            return mustBeRefused({caller, kDeadPlace, octets});
        }
        std::optional<DropReason> reason;
        const auto heard = m_doorbell->handleQuote(m_wall, {caller, kDeadPlace, octets}, reason);
        require(heard.has_value() != reason.has_value(), "a ring counts, or there is a reason");
        if (!heard)
            return;
        require(heard->contact == contact && heard->address == caller, "it says who rang, and from where");
        require(m_expected.contains(contact), "only contacts ring");
        require(offset >= -1 && offset <= 1 && index < kRingsPerEpoch && caller.isTeredo(), "only in time");
        require(m_heard.insert(octets).second, "a ring counts once, also after a restart");
        m_stored[contact] = m_doorbell->spent(contact);
    }

    void raw(BytesView packet) {
        const auto ipv6 = wire::decodeIpv6(packet);
        const auto quoted = ipv6 ? wire::decodeUnreachable(*ipv6) : fail(ErrorCode::Malformed);
        if (!quoted)
            return;
        const Bytes again = wire::encodePortUnreachable(ipv6->source, *quoted);
        const auto same = wire::decodeUnreachable(*wire::decodeIpv6(again));
        require(same && same->source == quoted->source && same->destination == quoted->destination &&
                    std::ranges::equal(same->payload, quoted->payload),
                "a quote survives");
        mustBeRefused({ipv6->source, quoted->destination, quoted->payload});
    }

    void mustBeRefused(const QuotedError& quote) {
        std::optional<DropReason> reason;
        const auto heard = m_doorbell->handleQuote(m_wall, quote, reason);
        // No input holds a key, but a corpus may hold a ring, and a mutation may mend a forged one.
        require(!heard || m_heard.insert(toBytes(quote.payload)).second, "nothing counts twice");
        if (heard)
            m_stored[heard->contact] = m_doorbell->spent(heard->contact);
    }

    void check() {
        require(m_doorbell->idCount() <= m_expected.size() * 3 * kRingsPerEpoch, "ids are bounded");
        for (const PublicKey& contact : m_expected)
            require(m_doorbell->spent(contact).size() <= Doorbell::kSpentMax, "spent rings are bounded");
        while (const auto sent = m_doorbell->pollTransmit())
            require(sent->remote == kDeadPlace && sent->payload.size() == 1, "it sends to nobody");
        if (const auto deadline = m_doorbell->pollTimeout())
            require(deadline->at > m_now, "it does not spin");
    }

    test::SeededRandom m_random{1};
    std::unique_ptr<Doorbell> m_doorbell = std::make_unique<Doorbell>(m_random);
    Instant m_now{1h};
    WallTime m_wall{1'700'000'000'000};
    std::set<PublicKey> m_expected;
    std::map<PublicKey, std::vector<SpentRing>> m_stored;
    std::set<Bytes> m_heard;
};

} // namespace

void run(BytesView input) {
    Input script(input);
    Target().run(script);
}

} // namespace culvert::fuzz
