#include "core/quic/quic_handshake.h"

namespace culvert::quic {

namespace {

constexpr std::string_view kPrologue = "culvert session 1";
constexpr std::uint8_t kPayloadVersion = 1;
constexpr std::size_t kMessageMax = 1024;
constexpr std::size_t kFinishedSize = 32;
// RFC 8446 §6.2, as QUIC's CRYPTO_ERROR carries them.
constexpr std::uint8_t kAlertAccessDenied = 49;
constexpr std::uint8_t kAlertHandshakeFailure = 40;

HandshakeState::Setup noiseSetup(const QuicConfig& config) {
    return {NoisePattern::IK, NoiseHash::Blake2b, asBytes(kPrologue), config.identity->dh(), config.random};
}

// RFC 9000 §16: the length is in the two top bits of the first octet.
std::uint64_t readVarint(BytesView& rest) {
    std::uint64_t value = 0;
    if (rest.empty())
        return value;
    const std::size_t size = std::min<std::size_t>(std::size_t{1} << (rest[0] >> 6), rest.size());
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (i == 0 ? rest[0] & 0x3f : rest[i]);
    rest = rest.subspan(size);
    return value;
}

// ngtcp2 always offers to receive packets without the fixed bit (RFC 9287). Ours need it: it tells QUIC from control
// messages, which share the port. So the offer is taken out of the encoded parameters (RFC 9000 §18).
Bytes withoutGreaseOffer(BytesView parameters) {
    constexpr std::uint64_t greaseQuicBit = 0x2ab2;
    Bytes out;
    while (!parameters.empty()) {
        BytesView rest = parameters;
        const std::uint64_t id = readVarint(rest);
        const auto size = static_cast<std::size_t>(readVarint(rest));
        rest = rest.subspan(std::min(size, rest.size()));
        if (id != greaseQuicBit)
            append(out, parameters.first(parameters.size() - rest.size()));
        parameters = rest;
    }
    return out;
}

// Our version, then our transport parameters.
Bytes localParameters(ngtcp2_conn* conn) {
    std::array<std::uint8_t, 512> encoded{};
    const ngtcp2_ssize size = ngtcp2_conn_encode_local_transport_params(conn, encoded.data(), encoded.size());
    if (size < 0)
        return {};
    Bytes payload = {kPayloadVersion};
    append(payload, withoutGreaseOffer(BytesView(encoded).first(static_cast<std::size_t>(size))));
    return payload;
}

Bytes withLength(const Bytes& message) {
    Bytes out = {static_cast<std::uint8_t>(message.size() >> 8), static_cast<std::uint8_t>(message.size() & 255)};
    append(out, message);
    return out;
}

int decodeParameters(ngtcp2_conn* conn, const Bytes& payload) {
    if (payload.empty() || payload[0] != kPayloadVersion)
        return NGTCP2_ERR_PROTO;
    return ngtcp2::decodeRemoteParameters(conn, payload.data() + 1, payload.size() - 1);
}

} // namespace

QuicHandshake::QuicHandshake(HandshakeState noise, bool isInitiator, const DhPublicKey& responder,
                             QuicAuthorize authorize, Random* random)
    : m_noise(std::move(noise)), m_isInitiator(isInitiator), m_responder(responder), m_authorize(std::move(authorize)),
      m_random(random) {}

QuicHandshake QuicHandshake::initiator(const QuicConfig& config, const DhPublicKey& responder) {
    return {HandshakeState::initiator(noiseSetup(config), responder), true, responder, {}, config.random};
}

QuicHandshake QuicHandshake::responder(const QuicConfig& config, QuicAuthorize authorize) {
    return {HandshakeState::responder(noiseSetup(config)), false, config.identity->dh().publicKey, std::move(authorize),
            config.random};
}

int QuicHandshake::begin(ngtcp2_conn* conn) {
    if (const int error = installInitialKeys(conn, *ngtcp2_conn_get_dcid(conn)); error != 0)
        return error;
    // No Retry of ours exists, so the key of its integrity tag is one that nobody knows: a forged Retry never fits.
    const ngtcp2_crypto_ctx ctx = cryptoContext();
    TrafficSecret nobodyKnows;
    m_random->fillSecret(nobodyKnows.span());
    DirectionKeys unknown = DirectionKeys::from(nobodyKnows);
    ngtcp2_conn_set_retry_aead(conn, &ctx.aead, &unknown.aead);
    unknown.aead.native_handle = nullptr;
    unknown.release();

    const Bytes payload = localParameters(conn);
    auto message = m_noise.writeFirst(payload);
    if (payload.empty() || !message)
        return NGTCP2_ERR_CALLBACK_FAILURE;
    m_message = withLength(*message);
    return ngtcp2_conn_submit_crypto_data(conn, ngtcp2::kInitial, m_message.data(), m_message.size());
}

int QuicHandshake::receivedInitial(ngtcp2_conn* conn, const ngtcp2_cid& destination) {
    return installInitialKeys(conn, destination);
}

int QuicHandshake::installInitialKeys(ngtcp2_conn* conn, const ngtcp2_cid& destination) {
    const LevelSecrets secrets = initialSecrets(BytesView(destination.data, destination.datalen), m_responder);
    const ngtcp2_crypto_ctx ctx = cryptoContext();
    ngtcp2_conn_set_initial_crypto_ctx(conn, &ctx);
    DirectionKeys receiving = DirectionKeys::from(m_isInitiator ? secrets.server : secrets.client);
    DirectionKeys sending = DirectionKeys::from(m_isInitiator ? secrets.client : secrets.server);
    const int error =
        ngtcp2_conn_install_initial_key(conn, &receiving.aead, receiving.iv.data(), &receiving.headerProtection,
                                        &sending.aead, sending.iv.data(), &sending.headerProtection, kIvSize);
    if (error != 0) {
        receiving.release();
        sending.release();
    }
    return error;
}

int QuicHandshake::receivedCrypto(ngtcp2_conn* conn, ngtcp2::Level level, BytesView data) {
    if (m_received.size() + data.size() > kMessageMax)
        return NGTCP2_ERR_CRYPTO_BUFFER_EXCEEDED;
    append(m_received, data);
    if (level == ngtcp2::kHandshake) {
        // ngtcp2 aborts when a key is installed twice, so there is one "finished", whatever a peer sends.
        if (m_isInitiator || m_finishedRead)
            return NGTCP2_ERR_PROTO;
        if (m_received.size() < kFinishedSize)
            return 0;
        m_finishedRead = true;
        const Bytes finished = std::exchange(m_received, {});
        return readFinished(conn, finished);
    }
    if (level != ngtcp2::kInitial || m_messageRead)
        return NGTCP2_ERR_PROTO;
    if (m_received.size() < 2)
        return 0;
    const std::size_t size = static_cast<std::size_t>(m_received[0] << 8 | m_received[1]);
    if (m_received.size() < 2 + size)
        return 0;
    if (m_received.size() > 2 + size)
        return refuse(kAlertHandshakeFailure);
    const Bytes whole = std::exchange(m_received, {});
    m_messageRead = true;
    const BytesView message = BytesView(whole).subspan(2);
    return m_isInitiator ? readMessage2(conn, message) : readMessage1(conn, message);
}

int QuicHandshake::readMessage1(ngtcp2_conn* conn, BytesView message) {
    const auto payload = m_noise.readFirst(message);
    if (!payload)
        return refuse(kAlertHandshakeFailure);
    if (!m_authorize(m_noise.remoteStatic()))
        return refuse(kAlertAccessDenied);
    // The order matters to ngtcp2: remote parameters settle the version, handshake keys commit our source id, and
    // only then are our own parameters final.
    if (const int error = decodeParameters(conn, *payload); error != 0)
        return error;
    auto reply = m_noise.writeSecondTokens();
    if (!reply)
        return refuse(kAlertHandshakeFailure);
    deriveSecrets();
    if (const int error = installHandshakeKeys(conn); error != 0)
        return error;
    append(*reply, m_noise.writeSecondPayload(localParameters(conn)));
    m_message = withLength(*reply);
    if (const int error = ngtcp2_conn_submit_crypto_data(conn, ngtcp2::kInitial, m_message.data(), m_message.size());
        error != 0)
        return error;
    return installSendingKey(conn);
}

int QuicHandshake::readMessage2(ngtcp2_conn* conn, BytesView message) {
    const auto payload = m_noise.readSecond(message);
    if (!payload)
        return refuse(kAlertHandshakeFailure);
    if (const int error = decodeParameters(conn, *payload); error != 0)
        return error;
    deriveSecrets();
    if (const int error = installHandshakeKeys(conn); error != 0)
        return error;
    if (const int error = installReceivingKey(conn); error != 0)
        return error;
    if (const int error = installSendingKey(conn); error != 0)
        return error;
    m_finished = toBytes(finishedValue());
    if (const int error =
            ngtcp2_conn_submit_crypto_data(conn, ngtcp2::kHandshake, m_finished.data(), m_finished.size());
        error != 0)
        return error;
    ngtcp2::handshakeCompleted(conn);
    return 0;
}

int QuicHandshake::readFinished(ngtcp2_conn* conn, BytesView finished) {
    const auto expected = finishedValue();
    if (finished.size() != expected.size() || sodium_memcmp(finished.data(), expected.data(), expected.size()) != 0)
        return refuse(kAlertHandshakeFailure);
    if (const int error = installReceivingKey(conn); error != 0)
        return error;
    ngtcp2::handshakeCompleted(conn);
    return 0;
}

void QuicHandshake::deriveSecrets() {
    const auto [client, server] = m_noise.split();
    m_handshakeSecrets = {levelSecret(client, "quic handshake"), levelSecret(server, "quic handshake")};
    m_applicationSecrets = {levelSecret(client, "quic application"), levelSecret(server, "quic application")};
}

// Keyed by the transport secret that only the two ends have after `se`.
std::array<std::uint8_t, 32> QuicHandshake::finishedValue() const {
    return keyedHash(deriveKey(m_handshakeSecrets.client, "finished"), asBytes(kPrologue));
}

int QuicHandshake::installHandshakeKeys(ngtcp2_conn* conn) {
    const ngtcp2_crypto_ctx ctx = cryptoContext();
    ngtcp2_conn_set_crypto_ctx(conn, &ctx);
    DirectionKeys receiving =
        DirectionKeys::from(m_isInitiator ? m_handshakeSecrets.server : m_handshakeSecrets.client);
    DirectionKeys sending = DirectionKeys::from(m_isInitiator ? m_handshakeSecrets.client : m_handshakeSecrets.server);
    int error = ngtcp2_conn_install_rx_handshake_key(conn, &receiving.aead, receiving.iv.data(), kIvSize,
                                                     &receiving.headerProtection);
    if (error != 0) {
        receiving.release();
        sending.release();
        return error;
    }
    error = ngtcp2_conn_install_tx_handshake_key(conn, &sending.aead, sending.iv.data(), kIvSize,
                                                 &sending.headerProtection);
    if (error != 0)
        sending.release();
    return error;
}

int QuicHandshake::installSendingKey(ngtcp2_conn* conn) {
    const TrafficSecret& secret = m_isInitiator ? m_applicationSecrets.client : m_applicationSecrets.server;
    DirectionKeys keys = DirectionKeys::from(secret);
    const int error = ngtcp2_conn_install_tx_key(conn, secret.data(), secret.size(), &keys.aead, keys.iv.data(),
                                                 kIvSize, &keys.headerProtection);
    if (error != 0)
        keys.release();
    return error;
}

int QuicHandshake::installReceivingKey(ngtcp2_conn* conn) {
    const TrafficSecret& secret = m_isInitiator ? m_applicationSecrets.server : m_applicationSecrets.client;
    DirectionKeys keys = DirectionKeys::from(secret);
    const int error = ngtcp2_conn_install_rx_key(conn, secret.data(), secret.size(), &keys.aead, keys.iv.data(),
                                                 kIvSize, &keys.headerProtection);
    if (error != 0)
        keys.release();
    return error;
}

int QuicHandshake::refuse(std::uint8_t alert) {
    m_alert = alert;
    return NGTCP2_ERR_CRYPTO;
}

} // namespace culvert::quic
