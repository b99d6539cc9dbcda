// TeredoServer: tells Teredo clients how the internet sees them, and carries the first packets between them
// (RFC 4380 §5.3).
//
// It keeps nothing about clients. Each datagram passes the checks of §5.3.1 in their order, and at most one goes out:
//  - a router solicitation is answered by an advertisement with our prefix (§5.3.2): from the address that was asked
//    or, where the client sets the cone bit, from our other address, which the client's NAT has never seen;
//  - a bubble, or a small ICMPv6 message, goes to the client that its destination names, with the sender's outer
//    address before it, so that both then write to each other directly.
//  - an echo request or an error of a client's goes to the native IPv6 host that it names, where we can send with the
//    client's address: so clients find their relays (§5.2.9), and ring those who wait for them.
// UDP, TCP and anything longer are never forwarded: no conversation can be carried.
//
// With one address solicitations with the cone bit get no answer, which says what is true: nobody knows whether
// strangers reach that client. Sending with a client's address takes a raw socket; without one, packets to native
// hosts are counted and dropped.
//
// What comes out beside what came in (with IPv4 and UDP headers): an advertisement 124 to 76 octets, with a nonce
// 137 to 89, so 1.63 times as much at most; a forwarded packet 8 octets more, 76 to 68 at most, so 1.12 times; to a
// native host 28 octets less. The number of datagrams is bounded, for each source and for all.
//
// A solicitation may have a forged source, and an advertisement cannot be as small as one: clients need the 32 octets
// of its prefix, 8 more of its header and the 8 of the origin (RFC 4380 §5.2.1 takes no answer without them). So what
// exceeds the question is counted for the address that the answer goes to: kGainBurst octets at once and kGainPerSecond
// after, whoever asked. Whoever pays for an answer by a question as long (RFC 4861 §4.1 lets options follow) is not
// held up.
#pragma once

#include "core/base/datagram.h"
#include "core/base/random.h"
#include "core/base/rate_limit.h"
#include "core/crypto/secret.h"
#include "core/teredo/teredo_bubbles.h"
#include "core/wire/teredo_packet.h"

#include <map>
#include <utility>

namespace culvert {

/// Why the server threw a datagram away, in the order of its checks (RFC 4380 §5.3.1).
enum class TeredoServerDrop : std::size_t {
    Malformed,            ///< rule 1: no well-formed Teredo packet
    NotCarried,           ///< rule 2: neither a bubble nor an ICMPv6 message, or too long for a first packet
    OuterSourceNotGlobal, ///< rule 3: the IPv4 source is not global unicast, or one of ours
    SourceMismatch,       ///< rules 4 to 7: the IPv6 source is nobody who may ask this
    BadSolicitation,      ///< to all routers, but no sound router solicitation (RFC 4861 §6.1.1)
    NoOtherAddress,       ///< the cone bit is set, and we have one address
    NotOurClient,         ///< the destination is no client of ours, and none of the native internet that we serve
    NotForNative,         ///< to a native host, but damaged, or nothing that a client needs there
    TargetNotGlobal,      ///< the destination embeds an IPv4 address that is not global unicast, or one of ours
    HopLimit,             ///< RFC 8200 §3: an ICMPv6 message has travelled far enough
    RateLimited,          ///< more than a source, or all together, may have
    NoGain,               ///< who is answered got more octets than came from there, as many as may be
    Count
};

/// What a server is made with.
struct TeredoServerConfig {
    Ipv4Address primary; ///< the one in our prefix
    std::optional<Ipv4Address> secondary;
    bool allowReserved = false; ///< documentation and benchmark ranges count as global, for test networks
    bool forwardsIcmpv6 = true; ///< beside bubbles, between clients
    bool reachesNative = false; ///< ICMPv6 to native hosts, too (RFC 4380 §5.2.9): the caller sends pollNative()
};

/// Thread safety: one thread.
class TeredoServer {
public:
    /// RFC 4380 §2.7
    static constexpr std::uint16_t kPort = kTeredoPort;
    /// The longest ICMPv6 message that is forwarded; the servers that clients know take as much.
    static constexpr std::size_t kIcmpv6Max = kForwardedMax;
    /// Trailers (RFC 6081 §4) that may follow a forwarded packet. Those of the standard have 48 octets together.
    static constexpr std::size_t kTrailersMax = 64;
    /// Datagrams sent because of one IPv4 address in a second. Many clients may share one behind a provider's NAT; each
    /// asks about twice a minute.
    static constexpr unsigned kPerSourceMax = 50;
    static constexpr unsigned kPerSecondMax = 4000;
    /// Of these, to native hosts: because of one IPv4 address, and to one /64. Who finds a relay or rings asks once,
    /// and again after seconds.
    static constexpr unsigned kNativePerSourceMax = 10;
    static constexpr unsigned kNativePerTargetMax = 20;
    /// What the advertisements to one IPv4 address may exceed its solicitations by, in octets. Without options one
    /// exceeds by kGain, so that these are 16 answers at once and 4 a second. Behind one address of a provider's NAT
    /// there are some dozens of customers; a client asks once in 26 s, and eight times when it starts, so that 100 of
    /// them are kept beside each other. Who gets no answer asks again, or another server.
    static constexpr std::int64_t kGain = 48;
    static constexpr std::int64_t kGainBurst = 16 * kGain;
    static constexpr std::int64_t kGainPerSecond = 4 * kGain;
    /// Addresses share so many counts, by a secret hash: nobody knows with whom. As many as the answers of a second, so
    /// that who forges every address in turn takes one answer a second from each.
    static constexpr std::size_t kGainCells = 4096;

    TeredoServer(const TeredoServerConfig& config, Random& random);

    /// What a datagram causes to be sent, `local` being the address to send it from. REQUIRES: datagram.local is one of
    /// our addresses, with kPort, and datagram.remote its IPv4 source
    std::optional<Datagram> handleDatagram(Instant now, const Datagram& datagram);
    /// Native addresses of this computer: nobody reaches those through us.
    void setOwnNative(std::vector<Ipv6Address> addresses) { m_ownNative = std::move(addresses); }
    /// The whole IPv6 packet that the last datagram causes to be sent as it is, if any. Its source is the client's.
    std::optional<Bytes> pollNative() { return std::exchange(m_native, std::nullopt); }

    std::uint64_t dropped(TeredoServerDrop reason) const { return m_drops[static_cast<std::size_t>(reason)]; }
    std::uint64_t advertised() const { return m_advertised; }
    std::uint64_t forwarded() const { return m_forwarded; }
    std::uint64_t forwardedToNative() const { return m_forwardedToNative; }

private:
    std::optional<TeredoServerDrop> checkSource(const wire::TeredoPacket& teredo, const SocketAddress& outer) const;
    std::optional<Datagram> advertise(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo);
    std::optional<Datagram> forward(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo);
    void forwardToNative(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo);
    std::optional<Datagram> drop(TeredoServerDrop reason);
    bool isOurs(const Ipv4Address& address) const;
    bool isReachable(const SocketAddress& v4) const;
    bool isNativeTarget(const Ipv6Address& address) const;
    bool spend(Instant now, const Ipv4Address& source, const Ipv6Address* nativeTarget = nullptr);
    bool spendGain(Instant now, const Ipv4Address& target, std::size_t question, std::size_t answer);

    TeredoServerConfig m_config;
    std::vector<Ipv6Address> m_ownNative;
    std::array<std::uint64_t, static_cast<std::size_t>(TeredoServerDrop::Count)> m_drops{};
    std::uint64_t m_advertised = 0;
    std::uint64_t m_forwarded = 0;
    std::uint64_t m_forwardedToNative = 0;
    std::optional<Bytes> m_native;
    // What was sent because of them, or to them, in the present second: kPerSecondMax of each at most.
    std::map<Ipv4Address, unsigned> m_sources;
    std::map<Ipv4Address, unsigned> m_nativeSources;
    std::map<std::array<std::uint8_t, 8>, unsigned> m_nativeTargets;
    unsigned m_sent = 0;
    EachSecond m_second;
    Secret<32> m_gainsKey;
    std::vector<TokenBucket> m_gains; ///< kGainCells
};

} // namespace culvert
