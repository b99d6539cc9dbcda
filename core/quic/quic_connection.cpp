#include "core/quic/quic_connection.h"

#include "core/quic/quic_handshake.h"
#include "core/quic/send_stream.h"

#include <deque>
#include <map>

namespace culvert {

namespace {

using quic::QuicHandshake;
using quic::SendStream;

// One call to the kernel takes at most this many packets (UDP GSO allows 64).
constexpr std::size_t kPacketsPerTransmit = 16;
// The peer's streams: control and chat. Every stream is memory that the peer can fill with data out of order.
constexpr std::uint64_t kStreamsMax = 2;
constexpr Duration kHandshakeTimeout = 10s;
// Path probes decide much sooner whether a peer is there; this only frees what they cannot see.
constexpr Duration kIdleTimeout = 180s;
// The pace of a wake-up that came late, ngtcp2 0.12 forgets it: at most this much is made up for.
constexpr Duration kLatenessMax = 2ms;

std::uint64_t toTimestamp(Instant instant) {
    return static_cast<std::uint64_t>(instant.time_since_epoch().count());
}
Instant toInstant(std::uint64_t timestamp) {
    return Instant(Duration(static_cast<std::int64_t>(timestamp)));
}

QuicConnectionId toId(const std::uint8_t* octets) {
    QuicConnectionId id{};
    std::copy_n(octets, id.size(), id.begin());
    return id;
}

/// QUIC's view of the path: two constant addresses.
struct FixedPath {
    sockaddr_in6 local{}, remote{};
    ngtcp2_path path{};
    FixedPath() {
        local.sin6_family = remote.sin6_family = AF_INET6;
        local.sin6_addr.s6_addr[15] = 1;
        remote.sin6_addr.s6_addr[15] = 2;
        path.local = {reinterpret_cast<ngtcp2_sockaddr*>(&local), sizeof(local)};
        path.remote = {reinterpret_cast<ngtcp2_sockaddr*>(&remote), sizeof(remote)};
    }
};

class Connection final : public QuicConnection {
public:
    Connection(const QuicConfig& config, QuicHandshake handshake, bool isClient)
        : m_config(config), m_handshake(std::move(handshake)), m_isClient(isClient) {}
    ~Connection() override { ngtcp2_conn_del(m_conn); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool startClient(Instant now);
    bool startServer(Instant now, BytesView packet);

    void handlePacket(Instant now, BytesView packet) override;
    void handleTimeout(Instant now) override;
    std::optional<QuicTransmit> pollTransmit(Instant now) override;
    void setDatagramSize(std::size_t octets) override {
        m_datagramSize = std::clamp(octets, kDatagramSize, kDatagramSizeMax);
    }
    std::optional<QuicEvent> pollEvent() override;
    std::optional<Deadline> pollTimeout() const override;
    Result<void> write(std::uint64_t stream, BytesView data) override;
    void consumed(std::uint64_t stream, std::uint64_t octets) override;
    std::size_t unacknowledged(std::uint64_t stream) const override;
    bool updateKeys(Instant now) override;
    void close(Instant now) override;
    bool isEstablished() const override { return m_established && !m_closed; }
    bool isClosed() const override { return m_closed; }

private:
    static ngtcp2_callbacks callbacks();
    ngtcp2_settings settings(Instant now) const;
    ngtcp2_transport_params parameters() const;
    QuicConnectionId randomId();
    void established();
    bool openStreams();
    SendStream* nextStream();
    std::size_t writePacket(MutableBytes out, Instant now);
    void endWith(int error, Instant now);
    void end(QuicCloseReason reason);
    int receivedStream(std::int64_t id, BytesView data);
    SendStream* streamOfId(std::int64_t id);

    QuicConfig m_config;
    QuicHandshake m_handshake;
    bool m_isClient;
    FixedPath m_path;
    ngtcp2_conn* m_conn = nullptr;
    std::map<std::uint64_t, SendStream> m_streams;
    std::deque<QuicEvent> m_events;
    Bytes m_farewell; // the CONNECTION_CLOSE packet, to be sent once
    Instant m_armedExpiry{};
    std::size_t m_datagramSize = kDatagramSize;
    bool m_established = false;
    bool m_closed = false;
};

Connection& self(void* user) {
    return *static_cast<Connection*>(user);
}

ngtcp2_callbacks Connection::callbacks() {
    ngtcp2_callbacks out{};
    quic::setProtectionCallbacks(out);
    out.client_initial = [](ngtcp2_conn* conn, void* user) { return self(user).m_handshake.begin(conn); };
    out.recv_client_initial = [](ngtcp2_conn* conn, const ngtcp2_cid* dcid, void* user) {
        return self(user).m_handshake.receivedInitial(conn, *dcid);
    };
    out.recv_crypto_data = [](ngtcp2_conn* conn, ngtcp2::Level level, std::uint64_t, const std::uint8_t* data,
                              std::size_t size, void* user) {
        return self(user).m_handshake.receivedCrypto(conn, level, BytesView(data, size));
    };
    out.handshake_completed = [](ngtcp2_conn*, void* user) {
        self(user).established();
        return 0;
    };
    out.recv_stream_data = [](ngtcp2_conn*, std::uint32_t, std::int64_t id, std::uint64_t, const std::uint8_t* data,
                              std::size_t size, void* user,
                              void*) { return self(user).receivedStream(id, BytesView(data, size)); };
    out.acked_stream_data_offset = [](ngtcp2_conn*, std::int64_t id, std::uint64_t offset, std::uint64_t size,
                                      void* user, void*) {
        if (SendStream* stream = self(user).streamOfId(id))
            stream->acknowledged(offset + size);
        return 0;
    };
    out.recv_retry = [](ngtcp2_conn*, const ngtcp2_pkt_hd*, void*) { return NGTCP2_ERR_CALLBACK_FAILURE; };
    out.version_negotiation = [](ngtcp2_conn*, std::uint32_t, const ngtcp2_cid*, void*) {
        return NGTCP2_ERR_CALLBACK_FAILURE;
    };
    out.rand = [](std::uint8_t* dest, std::size_t size, const ngtcp2_rand_ctx* ctx) {
        static_cast<Random*>(ctx->native_handle)->fillPublic({dest, size});
    };
    out.get_path_challenge_data = [](ngtcp2_conn*, std::uint8_t* data, void* user) {
        self(user).m_config.random->fillPublic({data, NGTCP2_PATH_CHALLENGE_DATALEN});
        return 0;
    };
    out.get_new_connection_id = [](ngtcp2_conn*, ngtcp2_cid* cid, std::uint8_t* token, std::size_t size, void* user) {
        Random& random = *self(user).m_config.random;
        cid->datalen = size;
        random.fillPublic({cid->data, size});
        random.fillSecret({token, NGTCP2_STATELESS_RESET_TOKENLEN});
        self(user).m_events.push_back(QuicConnectionIdEvent{toId(cid->data), true});
        return 0;
    };
    out.remove_connection_id = [](ngtcp2_conn*, const ngtcp2_cid* cid, void* user) {
        self(user).m_events.push_back(QuicConnectionIdEvent{toId(cid->data), false});
        return 0;
    };
    return out;
}

ngtcp2_settings Connection::settings(Instant now) const {
    ngtcp2_settings out;
    ngtcp2_settings_default(&out);
    out.cc_algo = m_config.congestionControl == CongestionControl::Bbr ? ngtcp2::kBbr : NGTCP2_CC_ALGO_CUBIC;
    out.initial_ts = toTimestamp(now);
    out.initial_rtt = static_cast<std::uint64_t>(m_config.initialRoundTrip.count());
    out.max_tx_udp_payload_size = kDatagramSizeMax; // pollTransmit() writes what the path takes
    out.no_tx_udp_payload_size_shaping = 1;
    out.no_pmtud = 1;
    out.handshake_timeout = static_cast<std::uint64_t>(kHandshakeTimeout.count());
    out.rand_ctx.native_handle = m_config.random;
    return out;
}

ngtcp2_transport_params Connection::parameters() const {
    ngtcp2_transport_params out;
    ngtcp2_transport_params_default(&out);
    out.initial_max_stream_data_uni = m_config.streamWindow;
    out.initial_max_data = m_config.streamWindow * kStreamsMax;
    out.initial_max_streams_uni = kStreamsMax;
    out.initial_max_streams_bidi = 0;
    out.max_idle_timeout = static_cast<std::uint64_t>(kIdleTimeout.count());
    out.active_connection_id_limit = 2;
    out.disable_active_migration = 1;
    return out;
}

QuicConnectionId Connection::randomId() {
    QuicConnectionId id{};
    m_config.random->fillPublic(id);
    return id;
}

bool Connection::startClient(Instant now) {
    const QuicConnectionId source = randomId(), destination = randomId();
    ngtcp2_cid scid, dcid;
    ngtcp2_cid_init(&scid, source.data(), source.size());
    ngtcp2_cid_init(&dcid, destination.data(), destination.size());
    const ngtcp2_callbacks functions = callbacks();
    const ngtcp2_settings options = settings(now);
    const ngtcp2_transport_params params = parameters();
    if (ngtcp2_conn_client_new(&m_conn, &dcid, &scid, &m_path.path, NGTCP2_PROTO_VER_V1, &functions, &options, &params,
                               nullptr, this) != 0)
        return false;
    m_events.push_back(QuicConnectionIdEvent{source, true});
    return true;
}

bool Connection::startServer(Instant now, BytesView packet) {
    ngtcp2_pkt_hd header;
    if (ngtcp2_accept(&header, packet.data(), packet.size()) != 0)
        return false;
    const QuicConnectionId source = randomId();
    ngtcp2_cid scid;
    ngtcp2_cid_init(&scid, source.data(), source.size());
    const ngtcp2_callbacks functions = callbacks();
    const ngtcp2_settings options = settings(now);
    ngtcp2_transport_params params = parameters();
    ngtcp2::setOriginalDcid(params, header.dcid);
    if (ngtcp2_conn_server_new(&m_conn, &header.scid, &scid, &m_path.path, header.version, &functions, &options,
                               &params, nullptr, this) != 0)
        return false;
    m_events.push_back(QuicConnectionIdEvent{source, true});
    // Packets that the client sends again before our answer arrives still carry its own choice of id.
    m_events.push_back(QuicConnectionIdEvent{toId(header.dcid.data), true});
    handlePacket(now, packet);
    return true;
}

void Connection::handlePacket(Instant now, BytesView packet) {
    if (m_closed || packet.empty())
        return;
    ngtcp2_pkt_info info{};
    const int error = ngtcp2_conn_read_pkt(m_conn, &m_path.path, &info, packet.data(), packet.size(), toTimestamp(now));
    for (auto& [number, stream] : m_streams)
        stream.blocked = false;
    if (error != 0)
        endWith(error, now);
}

void Connection::handleTimeout(Instant now) {
    if (m_closed)
        return;
    m_armedExpiry = toInstant(ngtcp2_conn_get_expiry(m_conn));
    if (m_armedExpiry > now)
        return;
    if (const int error = ngtcp2_conn_handle_expiry(m_conn, toTimestamp(now)); error != 0)
        endWith(error, now);
}

std::optional<QuicTransmit> Connection::pollTransmit(Instant now) {
    if (!m_farewell.empty()) {
        QuicTransmit out{std::exchange(m_farewell, {}), 0};
        out.segmentSize = out.packets.size();
        return out;
    }
    if (m_closed)
        return std::nullopt;
    const std::size_t quantum = ngtcp2_conn_get_send_quantum(m_conn) / m_datagramSize;
    const std::size_t limit = std::clamp<std::size_t>(quantum, 1, kPacketsPerTransmit);
    QuicTransmit out;
    out.packets.resize(limit * m_datagramSize);
    std::size_t used = 0;
    for (std::size_t i = 0; i < limit; ++i) {
        const std::size_t size = writePacket(MutableBytes(out.packets).subspan(used, m_datagramSize), now);
        if (size == 0)
            break;
        if (out.segmentSize == 0)
            out.segmentSize = size;
        used += size;
        // GSO wants equal sizes; only the last segment may be shorter.
        if (size != out.segmentSize || size < m_datagramSize)
            break;
    }
    const bool completed = m_established;
    if (used == 0) {
        return m_farewell.empty() ? std::nullopt : pollTransmit(now);
    }
    Instant sentAt = now;
    if (!ngtcp2::kIsVersion1 && completed && m_armedExpiry != Instant{})
        sentAt = std::min(now, std::max(m_armedExpiry, now - kLatenessMax));
    if (completed)
        ngtcp2_conn_update_pkt_tx_time(m_conn, toTimestamp(sentAt));
    m_armedExpiry = {};
    out.packets.resize(used);
    return out;
}

std::size_t Connection::writePacket(MutableBytes out, Instant now) {
    for (;;) {
        SendStream* stream = m_established && openStreams() ? nextStream() : nullptr;
        ngtcp2_vec data{};
        if (stream != nullptr) {
            const BytesView unsent = stream->unsent();
            data = {const_cast<std::uint8_t*>(unsent.data()), unsent.size()};
        }
        ngtcp2_ssize taken = -1;
        ngtcp2_pkt_info info{};
        const ngtcp2_ssize written = ngtcp2_conn_writev_stream(
            m_conn, nullptr, &info, out.data(), out.size(), &taken,
            stream != nullptr ? NGTCP2_WRITE_STREAM_FLAG_MORE : NGTCP2_WRITE_STREAM_FLAG_NONE,
            stream != nullptr ? stream->id : -1, &data, stream != nullptr ? 1 : 0, toTimestamp(now));
        if (stream != nullptr && taken > 0)
            stream->sent(static_cast<std::size_t>(taken));
        if (written == NGTCP2_ERR_WRITE_MORE)
            continue;
        if (written == NGTCP2_ERR_STREAM_DATA_BLOCKED || written == NGTCP2_ERR_STREAM_SHUT_WR ||
            written == NGTCP2_ERR_STREAM_NOT_FOUND) {
            stream->blocked = true;
            continue;
        }
        if (written < 0) {
            endWith(static_cast<int>(written), now);
            return 0;
        }
        return static_cast<std::size_t>(written);
    }
}

// Gives every stream that has something to say its QUIC id. Lower numbers first, so that both sides agree on them.
bool Connection::openStreams() {
    for (auto& [number, stream] : m_streams) {
        if (stream.id < 0 && ngtcp2_conn_open_uni_stream(m_conn, &stream.id, nullptr) != 0)
            return number > 0; // The peer's limit: the streams before this one may go on.
    }
    return true;
}

SendStream* Connection::nextStream() {
    for (auto& [number, stream] : m_streams)
        if (stream.id >= 0 && !stream.blocked && stream.hasUnsent())
            return &stream;
    return nullptr;
}

SendStream* Connection::streamOfId(std::int64_t id) {
    for (auto& [number, stream] : m_streams)
        if (stream.id == id)
            return &stream;
    return nullptr;
}

void Connection::consumed(std::uint64_t stream, std::uint64_t octets) {
    if (m_closed)
        return;
    // RFC 9000 §2.1: unidirectional streams that the peer opened.
    const auto id = static_cast<std::int64_t>(stream << 2 | (m_isClient ? 3 : 2));
    ngtcp2_conn_extend_max_stream_offset(m_conn, id, octets);
    ngtcp2_conn_extend_max_offset(m_conn, octets);
}

int Connection::receivedStream(std::int64_t id, BytesView data) {
    if (!data.empty())
        m_events.push_back(QuicStreamDataEvent{static_cast<std::uint64_t>(id) >> 2, toBytes(data)});
    return 0;
}

void Connection::established() {
    m_established = true;
    m_events.push_back(QuicEstablishedEvent{});
}

std::optional<QuicEvent> Connection::pollEvent() {
    if (m_events.empty())
        return std::nullopt;
    QuicEvent event = std::move(m_events.front());
    m_events.pop_front();
    return event;
}

std::optional<Deadline> Connection::pollTimeout() const {
    if (m_closed)
        return std::nullopt;
    const std::uint64_t expiry = ngtcp2_conn_get_expiry(m_conn);
    if (expiry == UINT64_MAX)
        return std::nullopt;
    return Deadline{toInstant(expiry), "quic"};
}

Result<void> Connection::write(std::uint64_t stream, BytesView data) {
    // Streams are opened in order, so a number brings all numbers below it into being.
    for (std::uint64_t number = 0; number <= stream; ++number)
        m_streams.try_emplace(number);
    SendStream& target = m_streams[stream];
    if (m_closed)
        return fail(ErrorCode::WrongState, "the session is closed");
    if (target.unacknowledged() + data.size() > kSendBufferMax)
        return fail(ErrorCode::LimitReached, "too much waits to be sent");
    if (!data.empty())
        target.write(data);
    return {};
}

std::size_t Connection::unacknowledged(std::uint64_t stream) const {
    const auto found = m_streams.find(stream);
    return found == m_streams.end() ? 0 : found->second.unacknowledged();
}

bool Connection::updateKeys(Instant now) {
    return isEstablished() && ngtcp2_conn_initiate_key_update(m_conn, toTimestamp(now)) == 0;
}

void Connection::close(Instant now) {
    if (m_closed)
        return;
    ngtcp2::CloseError error{};
    ngtcp2::setApplicationError(&error, 0);
    m_farewell.resize(kDatagramSize);
    const ngtcp2_ssize size = ngtcp2_conn_write_connection_close(m_conn, nullptr, nullptr, m_farewell.data(),
                                                                 m_farewell.size(), &error, toTimestamp(now));
    m_farewell.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    end(QuicCloseReason::Local);
}

void Connection::endWith(int error, Instant now) {
    switch (error) {
    case NGTCP2_ERR_DRAINING: // They said goodbye; RFC 9000 §10.2.2 wants silence.
        return end(QuicCloseReason::Remote);
    case NGTCP2_ERR_IDLE_CLOSE:
    case NGTCP2_ERR_HANDSHAKE_TIMEOUT:
        return end(QuicCloseReason::TimedOut);
    case NGTCP2_ERR_DROP_CONN:
    case NGTCP2_ERR_RETRY:
        return end(QuicCloseReason::Protocol);
    default:
        break;
    }
    ngtcp2::CloseError close{};
    if (error == NGTCP2_ERR_CRYPTO)
        ngtcp2::setAlert(&close, m_handshake.alert());
    else
        ngtcp2::setLibraryError(&close, error);
    m_farewell.resize(kDatagramSize);
    const ngtcp2_ssize size = ngtcp2_conn_write_connection_close(m_conn, nullptr, nullptr, m_farewell.data(),
                                                                 m_farewell.size(), &close, toTimestamp(now));
    m_farewell.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    end(m_handshake.alert() != 0 && !m_isClient ? QuicCloseReason::Refused : QuicCloseReason::Protocol);
}

void Connection::end(QuicCloseReason reason) {
    m_closed = true;
    m_events.push_back(QuicClosedEvent{reason});
}

} // namespace

std::optional<QuicPacketTarget> quicPacketTarget(BytesView packet) {
    ngtcp2_version_cid ids;
    if (packet.empty() ||
        ngtcp2_pkt_decode_version_cid(&ids, packet.data(), packet.size(), sizeof(QuicConnectionId)) != 0)
        return std::nullopt;
    if (ids.dcidlen != sizeof(QuicConnectionId) || (ids.version != 0 && ids.version != NGTCP2_PROTO_VER_V1))
        return std::nullopt;
    QuicPacketTarget target{toId(ids.dcid), false};
    // RFC 9000 §14.1: a datagram with a client's Initial has at least 1200 octets. §17.2.2: type 0 is Initial.
    target.startsConnection = ids.version != 0 && (packet[0] & 0x30) == 0 && packet.size() >= 1200;
    return target;
}

std::unique_ptr<QuicConnection> openConnection(Instant now, const QuicConfig& config, const DhPublicKey& responder) {
    auto connection = std::make_unique<Connection>(config, QuicHandshake::initiator(config, responder), true);
    return connection->startClient(now) ? std::move(connection) : nullptr;
}

std::unique_ptr<QuicConnection> acceptConnection(Instant now, const QuicConfig& config, BytesView packet,
                                                 QuicAuthorize authorize) {
    auto connection =
        std::make_unique<Connection>(config, QuicHandshake::responder(config, std::move(authorize)), false);
    return connection->startServer(now, packet) ? std::move(connection) : nullptr;
}

} // namespace culvert
