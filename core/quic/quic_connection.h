// QuicConnection: reliable streams between two identities (RFC 9000 by ngtcp2's core; handshake Noise IK, nQUIC).
//
// Sans-I/O. After each input drain pollTransmit() and pollEvent(), then read pollTimeout().
// QUIC sees one fixed pair of addresses; paths change underneath it.
// States: handshaking -> established (EstablishedEvent) -> closed (ClosedEvent, the last event). Once closed, every
// input is ignored.
// Streams are unidirectional and numbered by each side from 0 in the order of need; a lower number is written first,
// so control frames never wait for messages, nor messages for files.
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/identity.h"

#include <functional>
#include <memory>
#include <variant>

namespace culvert {

/// Connection ids of ours all have this size, so that a short header can be matched (RFC 9000 §5.1).
using QuicConnectionId = std::array<std::uint8_t, 8>;

/// Which congestion control a connection uses. BBR keeps its rate when Wi-Fi loses packets.
enum class CongestionControl { Bbr, Cubic };

/// Which of our connections a packet is for.
struct QuicPacketTarget {
    QuicConnectionId destination{};
    bool startsConnection = false; ///< an Initial packet of full size: it may be for acceptConnection()
};
/// Nothing when the packet is no QUIC packet of our version.
std::optional<QuicPacketTarget> quicPacketTarget(BytesView packet);

/// The handshake is done; the peer is alive and is who it claims to be.
struct QuicEstablishedEvent {};
/// Octets of the peer's stream, in order.
struct QuicStreamDataEvent {
    std::uint64_t stream = 0;
    Bytes data;
};
/// A connection id came into use or went out of use.
struct QuicConnectionIdEvent {
    QuicConnectionId id{};
    bool added = true;
};
/// Why a connection ended.
enum class QuicCloseReason {
    Local,    ///< we closed it
    Remote,   ///< the peer closed it
    Refused,  ///< the peer's key was not let in (CRYPTO_ERROR access_denied)
    TimedOut, ///< the handshake got no answer, or the peer was silent for too long
    Protocol, ///< the peer broke the protocol
};
/// The last event.
struct QuicClosedEvent {
    QuicCloseReason reason = QuicCloseReason::Local;
};
using QuicEvent = std::variant<QuicEstablishedEvent, QuicStreamDataEvent, QuicConnectionIdEvent, QuicClosedEvent>;

/// One or more packets for the peer, all of `segmentSize` octets but the last.
struct QuicTransmit {
    Bytes packets;
    std::size_t segmentSize = 0;
};

/// What every connection of an identity needs. The pointers must outlive the connection.
struct QuicConfig {
    const Identity* identity = nullptr;
    Random* random = nullptr;
    CongestionControl congestionControl = CongestionControl::Bbr;
    Duration initialRoundTrip = 100ms;            ///< as the path's probes measured it
    std::uint64_t streamWindow = 4 * 1024 * 1024; ///< octets the peer may send ahead of consumed(), on each stream
};

/// One connection. Thread safety: one thread.
class QuicConnection {
public:
    /// The octets of one datagram at first; it fits the tunnel's MTU of 1280.
    static constexpr std::size_t kDatagramSize = 1232;
    /// The most that setDatagramSize() can give: IPv6 and UDP in an Ethernet frame.
    static constexpr std::size_t kDatagramSizeMax = 1452;
    /// write() refuses more than this in flight on one stream.
    static constexpr std::size_t kSendBufferMax = 4 * 1024 * 1024;

    virtual ~QuicConnection() = default;

    virtual void handlePacket(Instant now, BytesView packet) = 0;
    virtual void handleTimeout(Instant now) = 0;
    virtual std::optional<QuicTransmit> pollTransmit(Instant now) = 0;
    /// The path takes datagrams of so many octets from now on: kDatagramSize to kDatagramSizeMax.
    virtual void setDatagramSize(std::size_t octets) = 0;
    virtual std::optional<QuicEvent> pollEvent() = 0;
    virtual std::optional<Deadline> pollTimeout() const = 0;

    /// Queues octets on one of our streams. LimitReached when too much waits; nothing is queued then.
    virtual Result<void> write(std::uint64_t stream, BytesView data) = 0;
    /// Gives the peer room for as many octets more: call it for what QuicStreamDataEvent brought, when it is dealt
    /// with.
    virtual void consumed(std::uint64_t stream, std::uint64_t octets) = 0;
    /// Octets of `stream` that were written and not yet acknowledged by the peer.
    virtual std::size_t unacknowledged(std::uint64_t stream) const = 0;
    /// RFC 9001 §6: new keys from now on. False while it is not possible (before confirmation, or one is under way).
    virtual bool updateKeys(Instant now) = 0;
    /// Says goodbye; a ClosedEvent follows.
    virtual void close(Instant now) = 0;
    virtual bool isEstablished() const = 0;
    virtual bool isClosed() const = 0;
};

/// The client's side, which knows the responder's key.
std::unique_ptr<QuicConnection> openConnection(Instant now, const QuicConfig& config, const DhPublicKey& responder);

/// Decides whether the initiator's static key may talk. Called while the first packet is read.
using QuicAuthorize = std::function<bool(const DhPublicKey& initiator)>;
/// The server's side, from a packet that starts a connection. Nothing when it is not acceptable. The packet is
/// consumed.
std::unique_ptr<QuicConnection> acceptConnection(Instant now, const QuicConfig& config, BytesView packet,
                                                 QuicAuthorize authorize);

} // namespace culvert
