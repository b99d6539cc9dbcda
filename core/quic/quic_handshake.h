// QuicHandshake: Noise IK carried in CRYPTO frames (the construction known as nQUIC).
//
//  initiator                                              responder
//  Initial:   length (2) | message 1: version, parameters  ->
//                 <- Initial: length (2) | message 2: version, parameters
//  Handshake: finished (32)                                ->
//
// The responder takes its receiving application key only after "finished": message 1 can be a replay.
#pragma once

#include "core/quic/packet_protection.h"
#include "core/quic/quic_connection.h"

namespace culvert::quic {

/// Drives the keys of one ngtcp2 connection. Functions return 0 or an ngtcp2 error, as ngtcp2's callbacks do.
class QuicHandshake {
public:
    static QuicHandshake initiator(const QuicConfig& config, const DhPublicKey& responder);
    static QuicHandshake responder(const QuicConfig& config, QuicAuthorize authorize);

    /// ngtcp2's client_initial: Initial keys, message 1.
    int begin(ngtcp2_conn* conn);
    /// ngtcp2's recv_client_initial: Initial keys from the client's first destination id.
    int receivedInitial(ngtcp2_conn* conn, const ngtcp2_cid& destination);
    /// ngtcp2's recv_crypto_data. Data comes in order, in pieces of any size.
    int receivedCrypto(ngtcp2_conn* conn, ngtcp2::Level level, BytesView data);
    /// The alert to close with after an error (RFC 9001 §4.8), when there is one.
    std::uint8_t alert() const { return m_alert; }

private:
    QuicHandshake(HandshakeState noise, bool isInitiator, const DhPublicKey& responder, QuicAuthorize authorize,
                  Random* random);

    int installInitialKeys(ngtcp2_conn* conn, const ngtcp2_cid& destination);
    int readMessage1(ngtcp2_conn* conn, BytesView message);
    int readMessage2(ngtcp2_conn* conn, BytesView message);
    int readFinished(ngtcp2_conn* conn, BytesView finished);
    void deriveSecrets();
    int installHandshakeKeys(ngtcp2_conn* conn);
    int installSendingKey(ngtcp2_conn* conn);
    int installReceivingKey(ngtcp2_conn* conn);
    std::array<std::uint8_t, 32> finishedValue() const;
    int refuse(std::uint8_t alert);

    HandshakeState m_noise;
    bool m_isInitiator;
    DhPublicKey m_responder;
    QuicAuthorize m_authorize;
    Random* m_random;
    LevelSecrets m_handshakeSecrets, m_applicationSecrets;
    Bytes m_received;            // CRYPTO data of the present level, not yet a whole message
    Bytes m_message, m_finished; // what we sent: ngtcp2 borrows it until it is acknowledged
    bool m_messageRead = false;
    bool m_finishedRead = false;
    std::uint8_t m_alert = 0;
};

} // namespace culvert::quic
