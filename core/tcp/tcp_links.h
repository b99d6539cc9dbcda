// TcpLinks: the TCP connections of one node: which are opened, which are taken, and how long they stay. Sans-I/O.
//
//   ours:    wanted -> Connecting -> Up -> proven        theirs: accepted (Up) -> proven
//   Any of them ends when it breaks, when it carries nonsense, when it is silent, or when nobody needs it.
//
// A connection carries frames (wire/tcp_frame.h), each what a UDP datagram would have carried, and proves nothing by
// itself: who is at its other end shows by an answer to a probe, or by a registration (prove()).
// Opening: want() says whose places may be tried; one is tried every kConnectPause, at most kConnectsOfOwnerMax of one
// owner and kConnectsMax of all at once. A place that failed rests, longer each time.
// Taking: who does not prove itself within kProveWithin goes; few of one source may try at a time, and when there are
// too many, the oldest of the source that has the most makes room. Until it is proven, no more octets leave on a
// connection that was taken than came in on it.
// Frames of a connection are named by the address at its other end, as datagrams are.
#pragma once

#include "core/base/datagram.h"
#include "core/base/instant.h"
#include "core/base/tcp_link.h"
#include "core/wire/tcp_frame.h"

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace culvert {

/// How many connections a node takes.
struct TcpLimits {
    std::size_t accepted = 256;       ///< all that others opened
    std::size_t unproven = 64;        ///< those of them that have not shown whose they are
    std::size_t unprovenOfSource = 4; ///< and of one IPv4 address or IPv6 /64
    std::size_t ofOwner = 2;          ///< proven to be the same one's, either way
};

/// Whose a connection is: a public key.
using TcpOwner = std::array<std::uint8_t, 32>;

/// A connection of ours is there, or any has ended.
struct TcpLinkEvent {
    bool isUp = false;
    SocketAddress remote;
    std::optional<TcpOwner> owner; ///< proven, or whose place it is
};

/// Thread safety: one thread. Contract: after each input drain pollDatagram(), pollEvent() and pollOrder().
class TcpLinks {
public:
    static constexpr std::size_t kConnectsOfOwnerMax = 4, kConnectsMax = 16;
    static constexpr std::size_t kPlacesMax = 8; ///< of one owner
    static constexpr std::size_t kWishesMax = 256;
    static constexpr Duration kConnectPause = 250ms;
    static constexpr Duration kConnectTimeout = 7s; ///< RFC 6298 §2: SYNs after 0, 1, 3 and 7 s
    static constexpr Duration kProveWithin = 10s;
    static constexpr Duration kRetryFirst = 4s, kRetryMax = 60s;
    /// A connection that nobody needs stays this long.
    static constexpr Duration kIdle = 30s;
    /// Paths and registrations speak every 25 s.
    static constexpr Duration kSilentMax = 75s;
    /// Silent this long while its owner wants another: it is broken.
    static constexpr Duration kSilentWhileWanted = 5s;
    /// Room is made this often in a second. It costs a look at every connection.
    static constexpr unsigned kEvictionsPerSecondMax = 200;
    /// Octets that one that is not proven may send: some whole datagrams.
    static constexpr std::size_t kUnprovenOctetsMax = 16 * 1024;

    explicit TcpLinks(const TcpLimits& limits = {}) : m_limits(limits) {}

    /// Without permission everything is closed, and nothing opened or taken.
    void setAllowed(bool isAllowed);
    bool isAllowed() const { return m_isAllowed; }
    /// The places of `owner` where a connection is wanted now; none: not any more.
    void want(Instant now, const TcpOwner& owner, const std::vector<SocketAddress>& places);
    /// The owner has just been heard of: its places are tried again at once.
    void retry(const TcpOwner& owner);
    /// The network is another one: nothing holds.
    void restart();

    /// Somebody connected. Nothing: close it.
    std::optional<TcpLinkId> accept(Instant now, const SocketAddress& remote);
    void handleInput(Instant now, const TcpInput& input);
    void handleTimeout(Instant now);

    /// False when there is no such connection, or it may not take so much yet.
    bool send(const SocketAddress& remote, BytesView payload, std::size_t segmentSize = 0);
    bool reaches(const SocketAddress& remote) const;
    /// The other end of the connection has shown to be `owner`. Of an owner that has too many the one goes that was not
    /// heard of for the longest time.
    void prove(Instant now, const SocketAddress& remote, const TcpOwner& owner);
    /// Whether a proven connection is of use.
    void setNeeded(Instant now, const SocketAddress& remote, bool isNeeded);
    /// Connections that belong to `owner` and are up.
    std::vector<SocketAddress> linksOf(const TcpOwner& owner) const;
    /// Ends everything of an owner.
    void forget(const TcpOwner& owner);
    std::size_t count() const { return m_links.size(); }

    /// A frame that came in: `remote` and `payload` are set.
    std::optional<Datagram> pollDatagram();
    std::optional<TcpLinkEvent> pollEvent();
    std::optional<TcpOrder> pollOrder();
    std::optional<Deadline> pollTimeout() const;

private:
    using Source = std::array<std::uint8_t, 16>;
    struct Link {
        SocketAddress remote;
        std::optional<TcpOwner> owner;
        bool isOurs = false, isUp = false, isProven = false;
        Instant since{}, heard{};
        std::size_t octetsIn = 0, octetsOut = 0; ///< while not proven
        std::optional<Instant> unneededSince;
        wire::TcpFrameReader reader;
    };
    struct Place {
        Instant nextTry{};
        unsigned failures = 0;
    };
    struct Wish {
        std::map<SocketAddress, Place> places;
        Instant nextConnect{};
    };
    using Links = std::map<TcpLinkId, Link>;

    static Source sourceOf(const SocketAddress& remote);
    Links::iterator find(const SocketAddress& remote);
    bool makeRoom(const Source& source, bool isUnproven);
    void close(Links::iterator link);
    void erase(Links::iterator link);
    void connect(Instant now);
    const std::optional<Instant>& nextConnect() const;
    std::optional<Instant> findNextConnect() const;
    bool connectOne(Instant now, const TcpOwner& owner, Wish& wish);
    void failed(Instant now, const Link& link);
    Instant endOf(const Link& link) const;
    std::size_t connecting(const TcpOwner* owner) const;

    TcpLimits m_limits;
    bool m_isAllowed = true;
    TcpLinkId m_nextId = 1;
    Instant m_evictionSecond{};
    unsigned m_evictions = 0;
    Links m_links; // the oldest first
    std::map<TcpOwner, Wish> m_wishes;
    TcpOwner m_lastOwner{}; // whose place was tried last: then it is the next one's turn
    // When a place is to be tried next, as long as nothing has changed that it depends on.
    mutable bool m_isNextKnown = false;
    mutable std::optional<Instant> m_nextConnect;
    std::deque<Datagram> m_datagrams;
    std::deque<TcpLinkEvent> m_events;
    std::deque<TcpOrder> m_orders;
};

} // namespace culvert
