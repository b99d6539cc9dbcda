// TeredoPeers: which peers may be written to straight, and how the way to the others is found (RFC 4380 §5.2.3, §5.2.4,
// §5.2.6, §5.2.9, §5.4; RFC 6081 §5.2 to §5.6). Sans-I/O.
//
//   peer                            what is done before packets leave for it
//   straight packets < 30 s ago     nothing
//   cone, by its address            nothing
//   another Teredo client           bubbles: one to its mapped address, one through its server; 2 s, 4 times
//   the same, in our own network    a bubble to its local address
//   the same, in a network like     bubbles to other addresses that it told through its server (RFC 6081 §5.6): local
//     ours or with a second port    ones where its public address is ours, or another port of its public one
//   the same, and our NAT is        the same from a port of ours for this peer alone, which the bubbles through
//     symmetric and keeps ports     servers tell (RFC 6081 §5.4)
//   the same, and our NAT is        the same, where what is told is a guess between two ports that our server saw
//     symmetric and keeps none      (RFC 6081 §5.5); the server is asked first, 1 s and then 2 s at most
//   a native host                   an echo request through our server; 2 s, 4 times
//
// Packets wait meanwhile, kQueuedMax of them in all. A peer's mapping changes by proof alone (teredo_peer_table.h).
//
// What strangers can make us do: for each datagram at most one leaves to others that was not waiting already, not
// larger; our own server is asked for strangers kStrangersPredictionsMax times a minute. Bubbles that answer others
// count apart from those that we start (§5.2.6): 4 for a peer in 300 s unless it shows that it hears us, and
// kAnswersPerSecondMax in all. Whom we write to ourselves do not wait behind strangers.
// Echo requests that came to our native address are answered to those alone whom we write to, once at first and
// then in kEchoLate.
#pragma once

#include "core/base/datagram.h"
#include "core/base/drop_reason.h"
#include "core/base/random.h"
#include "core/base/rate_limit.h"
#include "core/teredo/teredo_bubbles.h"
#include "core/teredo/teredo_peer_table.h"
#include "core/teredo/tunnel_addresses.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

#include <map>
#include <set>

namespace culvert {

/// Where a packet goes, and from which of our sockets (Datagram::socket).
struct TeredoWay {
    SocketAddress remote;
    std::uint32_t socket = 0;
};

/// What a packet that came in is to the layers above.
enum class TeredoArrival {
    Direct,   ///< its sender's own tunnel sent it
    Ordinary, ///< a native host's, by the relay that its echo came through
    Handled,  ///< a bubble, an echo reply: nothing is left to do
};

/// The peers of one tunnel. Thread safety: one thread. Contract: after each input drain pollTransmit().
class TeredoPeers {
public:
    /// RFC 4380 §5.2.4: how long a peer that was heard may be written to straight.
    static constexpr Duration kFresh = 30s;
    /// RFC 4380 §5.2.4, §5.2.6: between bubbles, and between echo requests.
    static constexpr Duration kRetry = 2s;
    /// RFC 4380 §5.2.6: bubbles without an answer in kMemory; §5.2.4: one and three repetitions.
    static constexpr std::size_t kBubblesMax = 4;
    static constexpr Duration kMemory = 300s;
    /// RFC 4380 §5.2.8: how long a peer that was discovered counts as local.
    static constexpr Duration kLocalFor = 600s;
    /// Echo requests to a host that does not answer rest for this long.
    static constexpr Duration kEchoRest = 30s;
    static constexpr std::size_t kQueuedPerPeerMax = 8;
    static constexpr std::size_t kQueuedMax = 64;
    static constexpr unsigned kAnswersPerSecondMax = 100;
    /// RFC 6081 §5.5.2.2: how often a port is guessed without an answer, and how long the first guess may take; the
    /// second one twice that.
    static constexpr unsigned kPredictionsMax = 2;
    static constexpr Duration kPredictionWait = 1s;
    /// Guesses because of strangers, of all together. Each asks our server two questions.
    static constexpr std::size_t kStrangersPredictionsMax = 4;
    static constexpr Duration kPredictionMemory = 60s;
    static constexpr unsigned kEchoAnswersPerSecondMax = 32;
    /// Who asks again so soon was told something else meanwhile: the system's answer came through somebody's relay,
    /// later than ours. miredo believes whoever answers last, so the next answers leave so much later.
    static constexpr Duration kEchoAgain = 60s;
    static constexpr Duration kEchoLate = 300ms;
    /// Meanwhile packets wait behind it, or each would make the client ask once more. Who forges such questions must
    /// not hold us up, so only so often.
    static constexpr Duration kEchoHoldEvery = 5s;
    /// Random ports (RFC 6081 §5.4.4.2) at a time. One is closed when its peer was neither heard nor called for so
    /// long.
    static constexpr std::size_t kPortsMax = 8;
    static constexpr Duration kPortIdle = 60s;
    /// The first of the ports that are chosen from (RFC 6335 §6: dynamic ports).
    static constexpr std::uint16_t kPortMin = 49152;
    /// Bubbles and echo requests that we start, of one host; what is beyond it waits. Contacts choose where they go,
    /// and may name a server that is none.
    static constexpr unsigned kTestsPerSecondMax = 8;
    /// A peer repeats every 2 s: what comes sooner is a copy.
    static constexpr Duration kAnswerEvery = 1s;

    TeredoPeers(Random& random, bool allowReserved) : m_random(random), m_allowReserved(allowReserved) {}

    /// Peers are forgotten when anything of ours is another than before.
    void setAddresses(const TunnelAddresses& addresses);
    void clear();

    /// Whether packets can be sent to `peer` at all, now or after a test. REQUIRES: a Teredo or native address
    bool mayReach(const Ipv6Address& peer) const;
    /// Where a packet for `peer` goes now; nothing when it must be tested first: see queue().
    std::optional<TeredoWay> way(Instant now, const Ipv6Address& peer);
    /// Keeps an encapsulated packet until the test that it begins ends well.
    void queue(Instant now, const Ipv6Address& peer, Bytes packet);
    /// `peer` is in our own network, at this address and port (RFC 4380 §5.2.8).
    void setLocal(Instant now, const Ipv6Address& peer, const SocketAddress& local);

    /// The rules for what comes in. Nothing: the packet is to be dropped. REQUIRES: the packet is for us
    std::optional<TeredoArrival> receive(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo,
                                         DropReason& reason);
    /// What our server answers at a random port of ours (RFC 6081 §5.5.4.4). False: nothing that was asked.
    bool receiveAdvertisement(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo);
    /// A peer asked our native address, by the ordinary route, for an echo: it believes where the answer comes from
    /// (RFC 4380 §5.2.9). False, and `reason`, where nothing leaves.
    bool answerEcho(Instant now, const wire::Ipv6Packet& request, DropReason& reason);
    void handleTimeout(Instant now);
    std::optional<Datagram> pollTransmit();
    /// A random port of ours (RFC 6081 §5.4) that is not listened to any more. Poll after pollTransmit().
    std::optional<std::uint32_t> pollClosedSocket();
    std::optional<Deadline> pollTimeout() const;

    const TeredoPeerTable& table() const { return m_table; }

private:
    bool isClient() const { return !m_own.native && m_own.teredo; }
    bool hasOwnAddress() const { return m_own.native || m_own.teredo; }
    const Ipv6Address& ownAddress() const { return m_own.native ? *m_own.native : *m_own.teredo; }
    std::optional<SocketAddress> ownServer() const;
    bool maySendTo(const SocketAddress& v4) const;
    bool isFresh(Instant now, const TeredoPeer& peer) const;
    bool isLocal(Instant now, const TeredoPeer& peer) const;

    // Tests that we begin
    void startTest(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    void continueTest(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    bool spendTest(Instant now, const Ipv6Address& address);
    void endTest(const Ipv6Address& address, TeredoPeer& peer);
    void sendBubbles(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    void sendEcho(const Ipv6Address& address, TeredoPeer& peer);
    Bytes directBubble(const Ipv6Address& address, const TeredoPeer& peer) const;
    Bytes indirectBubble(const Ipv6Address& address, TeredoPeer& peer, std::size_t sizeMax);
    void send(const TeredoWay& way, Bytes payload);

    // Other places where peers are found (teredo_peers_ways.cpp)
    bool isSymmetric() const { return isClient() && m_own.kind == TeredoKind::Symmetric; }
    bool sharesAddress(const wire::TeredoAddress& peer) const;
    bool isOfOwnSite(const SocketAddress& v4) const;
    bool mayHairpin(const SocketAddress& v4) const;
    bool mayTry(const wire::TeredoAddress& peer, const SocketAddress& alternate) const;
    bool isForwardedElsewhere() const;
    bool preservesPort() const;
    std::vector<SocketAddress> ownAlternates(const wire::TeredoAddress& peer) const;
    std::vector<TeredoWay> waysTo(const wire::TeredoAddress& teredo, const TeredoPeer& peer, bool isAnswer) const;
    std::optional<SocketAddress> betterTarget(const wire::TeredoAddress& sender, const TeredoPeer& peer) const;
    void noteWays(const wire::TeredoAddress& sender, const wire::TeredoTrailers& trailers, TeredoPeer& peer) const;
    void openPort(const Ipv6Address& address, TeredoPeer& peer);
    static void closePort(TeredoPeer& peer);
    bool makeRoomForPort(const TeredoPeer& peer);
    void expirePorts(Instant now);
    std::optional<Deadline> portTimeout() const;

    // Ports that are guessed (teredo_peers_predict.cpp)
    struct Arrived;
    bool predictsPort(const TeredoPeer& peer) const;
    Ipv4Address ownPublic() const;
    std::optional<PortPrediction::Servers> predictionServers() const;
    std::optional<SocketAddress> predictionPlace(const wire::TeredoAddress& teredo, const TeredoPeer& peer) const;
    std::uint16_t portToTell(const wire::TeredoAddress& teredo, const TeredoPeer& peer) const;
    bool beginPrediction(const Ipv6Address& address, TeredoPeer& peer, const SocketAddress& place);
    bool predict(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    void predictionIsLate(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    void endPrediction(Instant now, const Ipv6Address& address, TeredoPeer& peer);
    bool answerByPrediction(Instant now, const Arrived& in, TeredoPeer& peer);
    bool spendPrediction(Instant now, bool isSought);

    // What comes in (teredo_peers_receive.cpp)
    std::optional<TeredoArrival> fromServer(Instant now, const Arrived& in);
    std::optional<TeredoArrival> fromNative(Instant now, const Arrived& in);
    std::optional<TeredoArrival> fromTeredo(Instant now, const Arrived& in);
    TeredoArrival accept(Instant now, const Arrived& in, TeredoPeer& peer);
    void trust(const Arrived& in, TeredoPeer& peer, bool byNonce);
    bool hasOurNonce(const Arrived& in, const TeredoPeer& peer) const;
    void answerIndirect(Instant now, const Arrived& in, TeredoPeer& peer);
    void answer(Instant now, TeredoPeer& peer, const TeredoWay& way, Bytes bubble);
    void answerDirect(Instant now, const Arrived& in, TeredoPeer& peer);
    bool spendAnswer(Instant now, bool isSought);

    // Clients that ask who we are (teredo_peers_echo.cpp)
    struct EchoAnswer {
        Instant at{};
        Bytes packet;
        bool holds = false; ///< packets wait behind it
    };
    bool isHeld(const Ipv6Address& address) const;
    bool spendEcho(Instant now);
    static bool spendHold(Instant now, TeredoPeer& peer);
    void sendEchoAnswer(Instant now, const Ipv6Address& address, Bytes packet);
    void sendLateEchoAnswers(Instant now);

    Random& m_random;
    const bool m_allowReserved;
    TunnelAddresses m_own;
    TeredoPeerTable m_table;
    std::set<Ipv6Address> m_testing;              ///< peers with a retryAt
    std::map<std::uint16_t, Ipv6Address> m_ports; ///< random ports that were opened, and for whom
    std::deque<Datagram> m_out;
    EachSecond m_testsSecond;
    std::map<Ipv6Address, unsigned> m_tests; ///< of each host, in this second
    std::deque<Instant> m_predictions;       ///< because of strangers, in the last kPredictionMemory
    RatePerSecond m_answersToStrangers, m_answersToSought;
    std::map<Ipv6Address, EchoAnswer> m_echoAnswersLate; ///< kEchoAnswersPerSecondMax at most
    RatePerSecond m_echoAnswers;
};

} // namespace culvert
