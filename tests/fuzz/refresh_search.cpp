// The search for the refresh interval, among servers that say anything. Some answers carry the nonce of a real
// question, and some bubbles are its own. What it sends goes to the server alone, and is bounded whatever comes in.
#include "core/teredo/refresh_search.h"

#include "core/teredo/teredo_bubbles.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/refresh_search_script.h"
#include "tests/fuzz/sleep.h"
#include "tests/support/seeded_random.h"
#include "tests/support/teredo_server_double.h"

#include <set>

namespace culvert::fuzz {
namespace {

constexpr std::size_t kQuestionsKept = 8;
const SocketAddress kServer(Ipv4Address::of(83, 170, 6, 76), kTeredoPort);
const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 2);

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
        switch (static_cast<SearchOrder>(script.u8() % static_cast<unsigned>(SearchOrder::Count))) {
        case SearchOrder::Target:
            return m_search.setTarget(m_now, target(script.u8() % 4));
        case SearchOrder::Raw: {
            const std::uint8_t whence = script.u8();
            const SocketAddress from = whence % 4 == 3 ? SocketAddress(kPublic, kTeredoPort) : kServer;
            return handle(from, toBytes(script.chunk()), whence / 4 % 3);
        }
        case SearchOrder::Answer:
            return answer(script);
        case SearchOrder::Bubble:
            return passOn(script.u8());
        case SearchOrder::Sleep:
            return sleepUntil(m_now, m_now + 100ms * script.u16(), m_search, [this] { drain(); });
        case SearchOrder::Restart:
            return m_search.restart();
        case SearchOrder::Count:
            return;
        }
    }

    static std::optional<RefreshSearchTarget> target(int which) {
        if (which == 0)
            return std::nullopt;
        const Ipv4Address mapped = which == 3 ? Ipv4Address::of(45, 83, 1, 3) : kPublic;
        const auto port = static_cast<std::uint16_t>(which == 2 ? 40001 : 40000);
        return RefreshSearchTarget{kServer.v4(),
                                   wire::encode(wire::TeredoAddress{kServer.v4(), false, 5, mapped, port}), mapped};
    }

    // At the search's own port, at one that it has closed or never had.
    void handle(const SocketAddress& from, Bytes payload, unsigned whichSocket = 0) {
        const std::uint32_t socket = RefreshSearch::kFirstSocket + whichSocket * 1000;
        const bool isOpen = whichSocket == 0 && !m_open.empty();
        m_search.handleDatagram(m_now, Datagram{{}, from, std::move(payload), 0, isOpen ? *m_open.begin() : socket});
    }

    void answer(Input& script) {
        const std::uint8_t which = script.u8(), fault = script.u8(), port = script.u8();
        if (m_questions.empty())
            return;
        test::TeredoServerDouble server{kServer.v4(), Ipv4Address::of(83, 170, 6, 77)};
        server.fault =
            static_cast<test::ServerFault>(fault % (static_cast<unsigned>(test::ServerFault::NoAdvertisement) + 1));
        const SocketAddress seen(kPublic, static_cast<std::uint16_t>(50000 + port % 3));
        if (auto sent = server.answer(seen, kServer.v4(), m_questions[which % m_questions.size()]))
            handle(sent->local, std::move(sent->payload));
    }

    void passOn(std::uint8_t fault) {
        if (m_bubble.empty())
            return;
        Bytes payload = m_bubble;
        if (fault >= 128)
            payload[fault % payload.size()] ^= 1;
        handle(fault == 127 ? SocketAddress(kServer.v4(), 5) : kServer, std::move(payload), fault == 126 ? 1 : 0);
    }

    void drain() {
        while (auto datagram = m_search.pollTransmit()) {
            require(datagram->remote == kServer, "nothing goes elsewhere than to the server");
            require(datagram->payload.size() <= 61, "questions and bubbles are small");
            noteSent();
            if (datagram->socket != 0) {
                require(RefreshSearch::isOwnSocket(datagram->socket), "its sockets are its own");
                m_open.insert(datagram->socket);
                m_questions.insert(m_questions.begin(), std::move(datagram->payload));
            } else {
                m_bubble = std::move(datagram->payload);
            }
            m_questions.resize(std::min(m_questions.size(), kQuestionsKept));
        }
        while (const auto closed = m_search.pollClosedSocket())
            m_open.erase(*closed);
        require(m_open.size() <= 1, "one port at a time");
        require(!m_search.isOver() || m_open.empty(), "none when all is found");
        const Duration interval = m_search.interval();
        require(interval >= RefreshSearch::kShortest && interval <= RefreshSearch::kLongest, "the interval has bounds");
    }

    void noteSent() {
        m_sent.push_back(m_now);
        while (m_sent.front() + 1h <= m_now)
            m_sent.pop_front();
        require(m_sent.size() <= RefreshSearch::kPacketsPerHour, "an hour's packets are bounded");
    }

    Instant m_now = Instant(1h);
    test::SeededRandom m_random{1};
    RefreshSearch m_search{m_random};
    std::set<std::uint32_t> m_open;
    std::vector<Bytes> m_questions; // The latest first.
    Bytes m_bubble;                 // the latest
    std::deque<Instant> m_sent;
};

} // namespace

void run(BytesView input) {
    Input script(input);
    Target target;
    target.run(script);
}

} // namespace culvert::fuzz
