// TeredoPeerTable: the list of recent peers (RFC 4380 §5.2), bounded.
//
// Whoever is written to by us is sought. Of those who only wrote to us there are kUnsoughtMax at most, and they push
// out each other alone, so that no stranger pushes out anybody whom we talk to. Where there is no room, the oldest one
// goes of the first kind that exists: unsought and not trusted, unsought, sought and not trusted, sought.
// One host may have any number of addresses, and answer at each. Of one host (IPv4 address, or IPv6 site) there are
// kPerHostMax at most, and they push out each other alone, so that no contact pushes out others.
#pragma once

#include "core/base/instant.h"
#include "core/base/socket_address.h"
#include "core/teredo/port_prediction.h"

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace culvert {

/// One peer. Its mapping becomes another by proof alone: the address that it has inside and outside agree (§5.2.3 rule
/// 3), or it returns the nonce of an echo (rule 2) or of a bubble (RFC 6081 §5.2.4.4).
struct TeredoPeer {
    bool isSought = false;
    bool isTrusted = false;
    bool isProven = false;           ///< by a nonce, and not by its address
    SocketAddress mapped;            ///< where its packets come from, when trusted
    SocketAddress target;            ///< where packets for it go, when trusted
    std::uint32_t socket = 0;        ///< from which (Datagram::socket), when trusted
    Instant used{};                  ///< when anything was sent or received last
    std::optional<Instant> received; ///< §5.2: the last packet that came straight
    std::deque<Bytes> queue;         ///< whole packets that wait for the test

    // What we start: bubbles or echo requests
    std::deque<Instant> sent; ///< without an answer, in the last TeredoPeers::kMemory
    unsigned tries = 0;       ///< of the present test
    std::optional<Instant> retryAt;
    std::uint32_t nonceSent = 0; ///< RFC 6081 §5.2.1; 0: none
    std::array<std::uint8_t, 16> echoNonce{};
    bool hasEcho = false;

    // What we answer to
    std::deque<Instant> answers;     ///< bubbles without a straight packet, in the last TeredoPeers::kMemory
    std::uint32_t nonceReceived = 0; ///< RFC 6081 §5.2.1; 0: none
    std::optional<Instant> answered; ///< the last question of a straight bubble (RFC 6081 §5.7)

    std::optional<Instant> echoAnswered; ///< the last answer to an echo request of its
    std::optional<Instant> echoHeld;     ///< when its packets began to wait behind one

    // Where else its straight packets may come from (RFC 6081 §5.4.1, §5.6.1)
    std::uint16_t randomPort = 0;          ///< ours for this peer alone; 0: none
    PortPrediction prediction;             ///< how the NAT shows it (RFC 6081 §5.5.1)
    bool isPredicting = false;             ///< our own test waits for it, until retryAt
    bool isPredictionTold = false;         ///< the peer was told it
    unsigned predictionsLost = 0;          ///< without answers, or without sense, since the test began
    std::uint16_t peerRandomPort = 0;      ///< its for us alone; 0: none
    std::vector<SocketAddress> alternates; ///< that may be tried, at most wire::kAlternateAddressesMax

    // In our own network
    std::optional<SocketAddress> local;
    std::optional<Instant> localHeard;
};

/// Thread safety: one thread. Pointers hold until the next seek(), note() or clear().
class TeredoPeerTable {
public:
    static constexpr std::size_t kPeersMax = 256;
    static constexpr std::size_t kUnsoughtMax = 64;
    static constexpr std::size_t kPerHostMax = 32;

    /// What all addresses of one host have in common, the rest zero.
    static Ipv6Address hostOf(const Ipv6Address& address);
    TeredoPeer* find(const Ipv6Address& address);
    const TeredoPeer* find(const Ipv6Address& address) const;
    /// The entry of somebody whom we write to; it may push out anybody who is older.
    TeredoPeer& seek(Instant now, const Ipv6Address& address);
    /// The entry of somebody who wrote to us; nothing when there is no room left for strangers.
    TeredoPeer* note(Instant now, const Ipv6Address& address);
    void clear() { m_peers.clear(); }
    std::size_t size() const { return m_peers.size(); }
    /// Packets that wait, of all peers.
    std::size_t queued() const;
    /// The oldest packet goes of the peer that has the most, so that none takes the room of all. REQUIRES: queued() > 0
    void dropQueued();

private:
    using Peers = std::map<Ipv6Address, TeredoPeer>;
    bool makeRoom(const Ipv6Address& address, bool forSought);
    bool makeRoomAtHost(const Ipv6Address& address, bool forSought);

    Peers m_peers;
};

} // namespace culvert
