// NatProber: learns what stands between us and the internet, without STUN: witnesses (third parties of the user's
// choice) say how they see us, and ring us from where we did not expect it. Sans-I/O.
//
// Three sockets take part: the main one, and two that exist for one run, so that each run finds a NAT without bindings.
//   filter socket   talks to the witness's main address alone. Then the witness rings it from another port and from
//                   another address (its own other one, or the one of a second witness): what comes in is the
//                   filtering (RFC 4787 §5).
//   mapping socket  talks to the witness's main address, to another port of it and to another address: whether it
//                   looks the same to all three is the mapping (RFC 4787 §4.1).
//   both            send to each other's outer addresses: hairpinning (RFC 4787 §6).
//   main socket     is rung at our public address, from where it has sent nothing: whether strangers reach us.
// After that, without hurry, one socket for each step stays silent for longer and longer, and is then rung: the
// lifetime of a mapping (RFC 4787 §4.3).
//
// Every question is asked up to kTriesMax times. "No" needs the witness's word that it rang, more than once; where that
// is missing the answer is "not tested". A run begins when a witness can be asked, and again when the network, the
// witnesses or our public address changed.
#pragma once

#include "core/base/nat_behaviour.h"
#include "core/base/random.h"
#include "core/messenger/network_status.h"
#include "core/wire/control_message.h"

#include <map>
#include <variant>

namespace culvert {

/// Somebody outside who answers us: a third party that we are registered with.
struct NatWitness {
    wire::PublicKeyBytes key{};
    std::optional<SocketAddress> v4, v6; ///< its outer main addresses
    std::uint16_t alternatePort = 0;     ///< another port of the same addresses; 0: none
    std::optional<SocketAddress> other4, other6;
    bool operator==(const NatWitness&) const = default;
};

/// Ask `witness` for its view of `socket` (a wire::Probe).
struct ObserveRequest {
    std::uint32_t socket = 0;
    wire::PublicKeyBytes witness{};
    SocketAddress remote;
    std::uint64_t transaction = 0;
};
/// Ask `witness` to ring (a wire::RingRequest), from the main socket.
struct RingCall {
    wire::PublicKeyBytes witness{};
    SocketAddress remote;
    wire::RingRequest request;
};
/// Send `token` as it is, from `socket`.
struct HairpinPacket {
    std::uint32_t socket = 0;
    SocketAddress remote;
    Bytes token;
};
using NatProberRequest = std::variant<ObserveRequest, RingCall, HairpinPacket>;

/// What is known so far.
struct NatFindings {
    NatBehaviour nat;
    InboundStatus inbound4, inbound6;
    std::optional<SocketAddress> outer4; ///< the main socket's, as the witness sees it
    bool operator==(const NatFindings&) const = default;
};

/// What is known of ourselves.
struct NatProberInputs {
    std::vector<Ipv4Address> local4;
    std::optional<SocketAddress> mapped4; ///< the router's mapping of our port
    std::optional<SocketAddress> native6; ///< the address that is in our contact address string
    bool hasPinhole = false;              ///< the router opened its IPv6 firewall for it
    bool gatewayIsSettled = false;        ///< no mapping will come any more
    bool operator==(const NatProberInputs&) const = default;
};

/// Thread safety: one thread. Contract: after each input drain pollRequest() and pollClosedSocket().
class NatProber {
public:
    static constexpr unsigned kTriesMax = 4;
    static constexpr Duration kTryEvery = 250ms;
    /// A ring that was sent and did not come by then does not come.
    static constexpr Duration kRingWait = 500ms;
    /// A second witness makes more known: how long the first one waits for it.
    static constexpr Duration kWitnessWait = 800ms;
    static constexpr std::size_t kWitnessesMax = 4;
    static constexpr std::size_t kHairpinTokenSize = 17;

    explicit NatProber(Random& random) : m_random(random) {}

    /// `isAll`: no more witnesses are to be expected soon.
    void setWitnesses(Instant now, std::vector<NatWitness> witnesses, bool isAll);
    void setInputs(Instant now, const NatProberInputs& inputs);
    /// Forgets everything and starts over: the network changed, or somebody wants to know.
    void restart(Instant now);

    void handleReply(Instant now, const wire::PublicKeyBytes& witness, std::uint32_t socket, std::uint16_t localPort,
                     const wire::ProbeReply& reply);
    /// `isContacted`: our main socket has sent to that address before.
    void handleRing(Instant now, std::uint32_t socket, const SocketAddress& from, bool isContacted,
                    const wire::Ring& ring);
    void handleRingResult(Instant now, const wire::RingResult& result);
    /// A packet on one of our own other sockets that is no message of anybody's.
    void handleHairpin(Instant now, std::uint32_t socket, BytesView payload);
    void handleTimeout(Instant now);

    std::optional<NatProberRequest> pollRequest();
    std::optional<std::uint32_t> pollClosedSocket();
    std::optional<Deadline> pollTimeout() const;
    const NatFindings& findings() const { return m_findings; }
    /// Whether more will be known within seconds.
    bool isRunning() const;

private:
    enum class Stage { Idle, Gathering, Running, Resting };
    enum class View { Main, Filter, MappingMain, MappingPort, MappingAddress, Lifetime };
    enum class RingTest { FilterPort, FilterAddress, Inbound4, Inbound6, Lifetime };

    /// A question about how a socket looks.
    struct Observation {
        std::uint32_t socket = 0;
        wire::PublicKeyBytes witness{};
        SocketAddress remote;
        std::uint64_t transaction = 0;
        unsigned tries = 0;
        Instant next{};
        std::optional<SocketAddress> seen;
        std::uint16_t localPort = 0;
        bool isOver = false;
    };
    /// A question whether a ring comes in.
    struct RingWatch {
        std::uint32_t socket = 0; ///< where it is expected
        wire::PublicKeyBytes witness{};
        SocketAddress remote;
        wire::RingRequest request;
        unsigned tries = 0;
        unsigned answers = 0;
        unsigned rung = 0;
        Instant next{};
        std::optional<bool> came;
        bool isOver = false;
    };

    /// Whether questions go out. A deadline of theirs at any other time would never pass.
    bool drives() const { return m_stage == Stage::Running || m_stage == Stage::Resting; }
    void start(Instant now);
    void observe(Instant now, View view, std::uint32_t socket, const NatWitness& witness, const SocketAddress& remote);
    void watchRing(Instant now, RingTest test, std::uint32_t socket, const NatWitness& witness,
                   const SocketAddress& remote, const SocketAddress& target, wire::RingFrom from);
    bool isUnexpected(RingTest test, const SocketAddress& from, bool isContacted) const;
    void startFilterTests(Instant now);
    void startInbound4(Instant now);
    void startInbound6(Instant now);
    void advance(Instant now);
    bool isDone() const;
    void driveObservations(Instant now);
    void driveRings(Instant now);
    void driveHairpin(Instant now);
    void conclude(Instant now);
    void concludeNat();
    void concludeInbound(RingTest test, bool isOpened, InboundStatus& status) const;
    void driveLifetime(Instant now);
    void endLifetimeStep(Instant now, std::optional<bool> survived);
    std::uint32_t openSocket() { return ++m_lastSocket; }
    void closeSocket(std::uint32_t& socket);
    std::optional<SocketAddress> seenBy(View view) const;
    std::optional<bool> ringOf(RingTest test) const;
    const NatWitness* secondWitness() const;

    Random& m_random;
    Stage m_stage = Stage::Idle;
    Instant m_gatherUntil{};
    std::vector<NatWitness> m_witnesses;
    NatProberInputs m_inputs;
    NatFindings m_findings;
    std::map<View, Observation> m_observations;
    std::map<RingTest, RingWatch> m_rings;
    std::uint32_t m_lastSocket = 0;
    std::uint32_t m_filterSocket = 0, m_mappingSocket = 0, m_lifetimeSocket = 0;
    Bytes m_token;
    unsigned m_hairpinTries = 0;
    bool m_hairpinIsOver = false;
    Instant m_hairpinNext{};
    NatProberInputs m_tested4, m_tested6; ///< what the present inbound tests started from
    Instant m_startedAt{};
    Instant m_lifetimeNext{};
    std::size_t m_lifetimeStep = 0;
    std::vector<NatProberRequest> m_requests;
    std::vector<std::uint32_t> m_closed;
};

/// RFC 4787 §4.1 out of three views of one socket: by an address, by another port of it, by another address.
std::optional<NatMapping> classifyMapping(const std::optional<SocketAddress>& main,
                                          const std::optional<SocketAddress>& port,
                                          const std::optional<SocketAddress>& address);
/// How far apart the ports of new mappings are, out of views of new ones in the order in which they were made, by two
/// looks at least; nothing where that differs, or is too much to be foretold by (RFC 6081 §3.4).
std::optional<int> classifyPortStep(const std::vector<std::optional<SocketAddress>>& views);
/// RFC 4787 §5 out of what came in: from another port of a contacted address, and from an address not contacted.
std::optional<NatFiltering> classifyFiltering(std::optional<bool> fromPort, std::optional<bool> fromAddress);

} // namespace culvert
