// Two QUIC connections whose link does what the script says: it loses, damages, repeats, delays and invents packets,
// and tampers with what is sealed.
#include "core/quic/quic_connection.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/quic_script.h"
#include "tests/fuzz/tamper.h"

#include <map>

namespace culvert::fuzz {
namespace {

constexpr unsigned kOrdersMax = 64;
constexpr unsigned kStepsMax = 400;
constexpr unsigned kPollsMax = 2000;
constexpr std::size_t kInFlightMax = 256;
constexpr std::uint64_t kStreams = 4;

struct End {
    std::unique_ptr<QuicConnection> connection;
    std::map<std::uint64_t, std::string> written, received;
    bool closed = false;
};

class Link {
public:
    void open() {
        m_client.connection = openConnection(m_now, {&m_clientKeys, &m_random}, m_serverKeys.dh().publicKey);
    }
    void obey(QuicOrder order, Input& script);
    void run(Duration duration);
    void finish();

private:
    struct Packet {
        bool toServer = false;
        Bytes octets;
    };
    using Flying = std::multimap<Instant, Packet>;

    Flying::iterator pick(std::uint8_t which) {
        auto found = m_flying.begin();
        std::advance(found, m_flying.empty() ? 0 : static_cast<std::ptrdiff_t>(which % m_flying.size()));
        return found;
    }
    void harm(QuicOrder order, Input& script);
    void write(std::uint8_t where, BytesView data);
    void collect(End& end, bool toServer);
    void collectAll();
    void deliver(const Packet& packet);
    bool step(Instant until);
    void checkStreams(const End& from, const End& to) const;

    test::SeededRandom m_random{7};
    Identity m_clientKeys = person(kFirstPerson), m_serverKeys = person(kSecondPerson);
    End m_client, m_server;
    Flying m_flying;
    Instant m_now{1s};
    bool m_isHonest = true; // nothing was tampered with before it was sealed
};

void Link::collect(End& end, bool toServer) {
    if (!end.connection)
        return;
    unsigned polls = 0;
    while (auto transmit = end.connection->pollTransmit(m_now)) {
        require(++polls < kPollsMax, "a connection runs dry");
        Input packets(transmit->packets);
        while (!packets.empty()) {
            const BytesView packet = packets.take(std::max<std::size_t>(transmit->segmentSize, 1));
            require(packet.size() <= QuicConnection::kDatagramSize, "packets fit the tunnel");
            require(packet[0] >= 0x40, "every packet has the fixed bit");
            if (m_flying.size() < kInFlightMax)
                m_flying.emplace(m_now + 20ms, Packet{toServer, toBytes(packet)});
        }
    }
    while (auto event = end.connection->pollEvent()) {
        require(!end.closed, "the end is the last event");
        if (const auto* data = std::get_if<QuicStreamDataEvent>(&*event))
            end.received[data->stream] += asText(data->data);
        end.closed = std::holds_alternative<QuicClosedEvent>(*event);
    }
}

void Link::collectAll() {
    collect(m_client, true);
    collect(m_server, false);
    m_isHonest = m_isHonest && !wasTampered();
}

void Link::deliver(const Packet& packet) {
    End& end = packet.toServer ? m_server : m_client;
    if (packet.octets.empty())
        return;
    const auto target = quicPacketTarget(packet.octets);
    if (!target)
        return;
    if (end.connection)
        end.connection->handlePacket(m_now, packet.octets);
    else if (packet.toServer && target->startsConnection)
        end.connection =
            acceptConnection(m_now, {&m_serverKeys, &m_random}, packet.octets, [this](const DhPublicKey& key) {
                require(key == m_clientKeys.dh().publicKey || !m_isHonest, "the handshake proves who it is");
                return true;
            });
}

bool Link::step(Instant until) {
    collectAll();
    Instant next = m_flying.empty() ? until : m_flying.begin()->first;
    for (const End* end : {&m_client, &m_server})
        if (const auto deadline = end->connection ? end->connection->pollTimeout() : std::nullopt)
            next = std::min(next, deadline->at);
    if (next >= until)
        return false;
    m_now = std::max(m_now, next);
    while (!m_flying.empty() && m_flying.begin()->first <= m_now)
        deliver(m_flying.extract(m_flying.begin()).mapped());
    for (const End* end : {&m_client, &m_server})
        if (end->connection)
            end->connection->handleTimeout(m_now);
    return true;
}

void Link::run(Duration duration) {
    const Instant until = m_now + duration;
    for (unsigned steps = 0; step(until); ++steps)
        if (steps >= kStepsMax)
            return;
    m_now = until;
}

void Link::harm(QuicOrder order, Input& script) {
    const auto packet = pick(script.u8());
    const std::uint16_t where = order == QuicOrder::Delay || order == QuicOrder::Duplicate ? 0 : script.u16();
    if (packet == m_flying.end())
        return;
    Bytes& octets = packet->second.octets;
    if (order == QuicOrder::Corrupt)
        octets = damaged(octets, where, script.u8());
    else if (order == QuicOrder::Truncate)
        octets.resize(std::min<std::size_t>(where, octets.size()));
    else if (order == QuicOrder::Duplicate)
        m_flying.emplace(packet->first, packet->second);
    else if (order == QuicOrder::Delay) {
        const Instant later = packet->first + std::chrono::milliseconds(script.u8());
        m_flying.emplace(later, m_flying.extract(packet).mapped());
    } else if (order == QuicOrder::Overwrite)
        for (std::size_t at = where; const std::uint8_t octet : script.chunk())
            if (at < octets.size())
                octets[at++] = octet;
}

void Link::write(std::uint8_t where, BytesView data) {
    End& end = (where & 1) != 0 ? m_server : m_client;
    const std::uint64_t stream = (where >> 1) % kStreams;
    if (end.connection && end.connection->write(stream, data))
        end.written[stream] += asText(data);
}

void Link::obey(QuicOrder order, Input& script) {
    if (order == QuicOrder::Run)
        return run(std::chrono::milliseconds(script.u8()));
    if (order == QuicOrder::Tamper) {
        const unsigned skip = script.u8() % 16;
        const std::uint16_t where = script.u16();
        armTamper(skip, where, script.chunk());
    } else if (order == QuicOrder::Inject) {
        const bool toServer = (script.u8() & 1) != 0;
        m_flying.emplace(m_now, Packet{toServer, toBytes(script.chunk())});
    } else if (order == QuicOrder::Write) {
        const std::uint8_t where = script.u8();
        write(where, script.chunk());
    } else if (order == QuicOrder::Update || order == QuicOrder::Close) {
        QuicConnection* connection = ((script.u8() & 1) != 0 ? m_server : m_client).connection.get();
        if (connection != nullptr && order == QuicOrder::Update)
            connection->updateKeys(m_now);
        else if (connection != nullptr)
            connection->close(m_now);
    } else if (order == QuicOrder::Sleep) {
        m_now += std::chrono::milliseconds(script.u16());
    } else if (order == QuicOrder::Drop) {
        if (const auto packet = pick(script.u8()); packet != m_flying.end())
            m_flying.erase(packet);
    } else {
        harm(order, script);
    }
    collectAll();
}

void Link::checkStreams(const End& from, const End& to) const {
    for (const auto& [stream, text] : to.received) {
        const auto written = from.written.find(stream);
        require(written != from.written.end() && written->second.starts_with(text),
                "streams arrive as they were written");
    }
}

void Link::finish() {
    run(2s);
    for (End* end : {&m_client, &m_server})
        if (end->connection)
            end->connection->close(m_now);
    run(1s);
    disarmTamper();
    if (!m_isHonest)
        return;
    checkStreams(m_client, m_server);
    checkStreams(m_server, m_client);
}

} // namespace

void run(BytesView input) {
    armTamper(0, 0, {});
    Input script(input);
    Link link;
    link.open();
    for (unsigned orders = 0; orders < kOrdersMax && !script.empty(); ++orders) {
        const auto order = static_cast<QuicOrder>(script.u8() % static_cast<std::uint8_t>(QuicOrder::Count));
        link.obey(order, script);
    }
    link.finish();
}

} // namespace culvert::fuzz
