// The Teredo client among servers that say anything. Some answers carry the nonce of a real question.
#include "core/teredo/teredo_client.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/sleep.h"
#include "tests/fuzz/teredo_script.h"
#include "tests/support/seeded_random.h"
#include "tests/support/teredo_server_double.h"

namespace culvert::fuzz {
namespace {

constexpr std::size_t kQuestionsKept = 16;

Ipv4Address addressOf(std::uint8_t which) {
    constexpr std::array kAddresses = {
        Ipv4Address::of(83, 170, 6, 76),  Ipv4Address::of(83, 170, 6, 77), Ipv4Address::of(94, 245, 1, 10),
        Ipv4Address::of(94, 245, 1, 11),  Ipv4Address::of(10, 0, 0, 1),    Ipv4Address::of(83, 170, 6, 75),
        Ipv4Address::of(203, 0, 113, 44), Ipv4Address::of(45, 83, 1, 2),
    };
    return kAddresses[which % kAddresses.size()];
}

class Target {
public:
    void run(Input& script) {
        constexpr int kOrdersMax = 400;
        for (int i = 0; i < kOrdersMax && !script.empty(); ++i) {
            order(script);
            drain();
        }
    }

private:
    void order(Input& script) {
        switch (static_cast<TeredoOrder>(script.u8() % static_cast<unsigned>(TeredoOrder::Count))) {
        case TeredoOrder::Servers:
            return m_client.setServers(m_now, names(script.u8()));
        case TeredoOrder::Allow:
            return m_client.setAllowed(m_now, script.u8() % 2 == 0);
        case TeredoOrder::Raw: {
            const SocketAddress from(addressOf(script.u8()), kTeredoPort);
            handle(from, script.chunk(), false);
            return;
        }
        case TeredoOrder::Answer:
            return answer(script);
        case TeredoOrder::Sleep:
            return sleepUntil(m_now, m_now + 100ms * script.u16(), m_client, [this] { drain(); });
        case TeredoOrder::Restart:
            return m_client.restart(m_now);
        case TeredoOrder::Refresh:
            return m_client.refresh(m_now);
        case TeredoOrder::Mapping:
            return m_client.handleMapping(m_now, script.u8() % 2 == 0);
        case TeredoOrder::Count:
            return;
        }
    }

    static std::vector<TeredoServerName> names(std::uint8_t shape) {
        std::vector<TeredoServerName> out;
        for (std::uint8_t i = 0; i < 8; ++i)
            if ((shape >> i & 1) != 0)
                out.push_back(
                    {"server" + std::to_string(i % 6), {addressOf(i), addressOf(static_cast<std::uint8_t>(i + 1))}});
        return out;
    }

    void answer(Input& script) {
        const std::uint8_t which = script.u8();
        const std::uint8_t fault = script.u8();
        const std::uint8_t mapped = script.u8();
        if (m_questions.empty())
            return;
        const Datagram& asked = m_questions[which % m_questions.size()];
        test::TeredoServerDouble server{asked.remote.v4(), addressOf(mapped)};
        server.fault = static_cast<test::ServerFault>(fault % (static_cast<unsigned>(kLastFault) + 1));
        const SocketAddress seen(Ipv4Address::of(45, 83, 1, 2), static_cast<std::uint16_t>(40000 + mapped % 3));
        if (const auto sent = server.answer(seen, asked.remote.v4(), asked.payload))
            handle(sent->local, sent->payload, mapped >= 128);
    }

    void handle(const SocketAddress& from, BytesView payload, bool wasContacted) {
        const bool isOff = m_client.status().state == TeredoState::Off;
        const bool isTaken = m_client.handleDatagram(m_now, Datagram{{}, from, toBytes(payload), 0}, wasContacted);
        require(!isTaken || !isOff, "who is no client takes nothing");
    }

    void drain() {
        while (auto datagram = m_client.pollTransmit()) {
            require(datagram->remote.isV4() && datagram->remote.port() == kTeredoPort, "servers have one port");
            require(datagram->remote.v4().isGlobal(), "only addresses of the internet are asked");
            require(datagram->payload.size() == 61, "a solicitation and its nonce");
            m_questions.insert(m_questions.begin(), std::move(*datagram));
            if (m_questions.size() > kQuestionsKept)
                m_questions.pop_back();
        }
        while (m_client.pollEvent()) {
        }
        const TeredoStatus status = m_client.status();
        require(status.servers.size() <= TeredoClient::kNamesMax, "names are bounded");
        require(status.state != TeredoState::Off || (!status.kind && !m_client.pollTimeout()), "off is off");
        require(status.state == TeredoState::Off || m_client.pollTimeout(), "it never waits for ever");
        require(status.state != TeredoState::Qualified || (status.kind && status.address), "qualified by an answer");
        require(status.address.has_value() == status.kind.has_value(), "who answered gave an address");
        if (status.address)
            require(wire::decodeTeredoAddress(*status.address)->mapped() == status.mapped,
                    "the address is the mapping");
    }

    static constexpr test::ServerFault kLastFault = test::ServerFault::NoAdvertisement;
    Instant m_now = Instant(1h);
    test::SeededRandom m_random{1};
    TeredoClient m_client{m_random, false};
    std::vector<Datagram> m_questions; // The latest first.
};

} // namespace

void run(BytesView input) {
    Input script(input);
    Target target;
    target.run(script);
}

} // namespace culvert::fuzz
