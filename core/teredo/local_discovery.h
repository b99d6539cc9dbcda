// LocalDiscovery: Teredo clients of one network find each other there (RFC 4380 §5.2.8). Sans-I/O.
//
// A bubble to a group of this link says that we are here, and those of others say where they are: at an address that
// they have in our network, which serves where our NAT does not lead packets for its own outside back in. What is said
// counts when it came to the group, from our network, and from behind our NAT (the same mapped address): then the
// tunnel tries that place, and believes it when it answers.
//
// A neighbour can send what it likes here: kHeardPerSecondMax bubbles are looked at closer, each costs one of the same
// size in return, and each neighbour that is new brings our own next bubble forward, but never under kAnnounceEvery.
#pragma once

#include "core/base/datagram.h"
#include "core/base/local_network.h"
#include "core/base/random.h"
#include "core/base/rate_limit.h"
#include "core/teredo/teredo_bubbles.h"

#include <deque>
#include <map>
#include <optional>

namespace culvert {

/// A Teredo client in our own network.
struct DiscoveredPeer {
    Ipv6Address address;
    SocketAddress local; ///< where its packets come from in that network
    bool operator==(const DiscoveredPeer&) const = default;
};

/// Why a datagram of the discovery socket was thrown away.
enum class DiscoveryDiscard : std::size_t {
    Unicast,         ///< it did not come to the group
    NoBubble,        ///< anything but a bubble to all nodes of the link
    NoTeredoAddress, ///< who sent it is no Teredo client
    Own,             ///< ours, which came back
    OtherNetwork,    ///< its IPv4 source is not in a network of ours
    OtherNat,        ///< its mapped address is not ours
    RateLimited,     ///< more than kHeardPerSecondMax
    Count
};

/// Thread safety: one thread. Contract: after each input drain pollTransmit().
class LocalDiscovery {
public:
    /// RFC 4380 §2.17: the Teredo IPv4 discovery address, at the Teredo port.
    static SocketAddress group() { return {Ipv4Address::of(224, 0, 0, 253), kTeredoPort}; }
    /// RFC 4380 §5.2.8: between two bubbles, at random.
    static constexpr Duration kIntervalMin = 200s;
    static constexpr Duration kIntervalMax = 300s;
    /// The first one, and one for a new neighbour, come at random within this time.
    static constexpr Duration kSoon = 3s;
    /// No new neighbour hastens a bubble that comes so soon after another.
    static constexpr Duration kAnnounceEvery = 10s;
    /// RFC 4380 §5.2.4: how long a neighbour counts as one.
    static constexpr Duration kKnownFor = 600s;
    /// Addresses of ours that are announced; what is beyond them is left out.
    static constexpr std::size_t kNetworksMax = 4;
    /// Neighbours that are told from new ones.
    static constexpr std::size_t kKnownMax = 64;
    static constexpr unsigned kHeardPerSecondMax = 16;

    explicit LocalDiscovery(Random& random) : m_random(random) {}

    /// Who and where we are. Nothing is sent or heard without a Teredo address, or without a private IPv4 address on
    /// a physical interface.
    void setOwn(Instant now, const std::optional<Ipv6Address>& teredo, const LocalNetwork& network);
    bool isOn() const { return m_teredo && !m_networks.empty(); }
    /// The system's numbers of the interfaces on which the group is to be heard; none while it is off.
    std::vector<std::uint32_t> interfaces() const;

    /// A datagram of the discovery socket; `datagram.local` is where it was sent to. Whom it tells of, if anybody.
    std::optional<DiscoveredPeer> handleDatagram(Instant now, const Datagram& datagram);
    void handleTimeout(Instant now);
    std::optional<Datagram> pollTransmit();
    std::optional<Deadline> pollTimeout() const;

    std::uint64_t discarded(DiscoveryDiscard reason) const { return m_discarded[static_cast<std::size_t>(reason)]; }

private:
    struct Network {
        Ipv4Address own;
        unsigned prefixLength = 0;
        std::uint32_t interfaceIndex = 0;
        bool operator==(const Network&) const = default;
    };
    struct Heard;

    static std::vector<Network> networksOf(const LocalNetwork& network);
    std::optional<DiscoveryDiscard> judge(const Datagram& datagram, Heard& out) const;
    const Network* networkOf(const SocketAddress& v4) const;
    void note(Instant now, const Ipv6Address& peer);
    Duration within(Duration time);

    Random& m_random;
    std::optional<Ipv6Address> m_teredo;
    std::vector<Network> m_networks;
    std::optional<Instant> m_announcedAt;
    std::optional<Instant> m_announceAt;
    std::map<Ipv6Address, Instant> m_known; ///< when each was heard last
    std::deque<Datagram> m_out;
    RatePerSecond m_heard;
    std::array<std::uint64_t, static_cast<std::size_t>(DiscoveryDiscard::Count)> m_discarded{};
};

} // namespace culvert
