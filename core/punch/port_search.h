// PortSearch: meets an end whose NAT shows it at another random port to everybody, by the birthday paradox.
//
// The opener, behind that NAT, sends one probe from each of kSocketsMax sockets to the one port of the other end: so
// many ports of its public address now let the other end in. The seeker, whose own port is always the same one, tries
// random ports of that address. With 256 open ports of 64,512 half of all searches end within 174 probes, 95 in a
// hundred within 752, and one in sixty not within kProbesMax.
//
// Nothing here is a protocol of its own: each packet is an authenticated probe of the path layer. The first that gets
// through makes a path like any other, through the opener's socket that it came to; succeed() keeps that one and
// closes the others. What it never does: send more than its bounds, whatever anybody says, or begin twice.
#pragma once

#include "core/base/datagram.h"
#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/punch/punch_plan.h"

#include <deque>
#include <set>

namespace culvert {

/// A probe that should go out now.
struct SearchProbe {
    SocketAddress remote;     ///< outer
    std::uint32_t socket = 0; ///< Datagram::socket
};

/// One search. Thread safety: one thread. Contract: after each input drain pollProbe() and pollClosedSocket().
class PortSearch {
public:
    static constexpr unsigned kSocketsMax = 256;
    static constexpr unsigned kProbesMax = 1024;
    static constexpr unsigned kProbesPerSecondMax = 100;
    /// Between two of the opener's probes: a slow line takes 150 octets in that time.
    static constexpr Duration kOpenerPause = 1ms;
    /// Until all are open: what the seeker sends before is lost on the others, and no port is tried twice.
    static constexpr Duration kOpeningTime = kOpenerPause * kSocketsMax;
    /// The seeker sends what it may send in a second at the second's beginning: half a second is won on average.
    static constexpr Duration kSeekerPause = 2ms;
    /// How long the opener's sockets stay, open from when the first is: the seeker may begin a little later and needs
    /// kProbesMax / kProbesPerSecondMax.
    static constexpr Duration kOpenFor = 13s;

    /// `remote`: the opener's target, or the seeker's address, of which the port does not matter. `firstSocket`: the
    /// number of the opener's first socket, as searchSocket() takes it. REQUIRES: role is not None, remote is IPv4
    PortSearch(Random& random, SearchRole role, const SocketAddress& remote, Instant start, std::uint32_t firstSocket)
        : m_random(random), m_role(role), m_remote(remote), m_start(start), m_next(start), m_firstSocket(firstSocket) {}

    std::optional<SearchProbe> pollProbe(Instant now);
    void handleTimeout(Instant now);
    /// The other end answered through `socket`: no more probes, and the other sockets close.
    void succeed(std::uint32_t socket);
    /// Ends it and closes every socket, also the one that succeeded.
    void close();
    std::optional<std::uint32_t> pollClosedSocket();
    std::optional<Deadline> pollTimeout() const;

    /// Whether it sends, or waits for the other end's probes.
    bool isRunning() const { return m_isRunning; }
    SearchRole role() const { return m_role; }
    unsigned sent() const { return m_sent; }
    /// Of ours that are open.
    std::size_t sockets() const { return m_open.size(); }

private:
    SearchProbe nextOpener(Instant now);
    SearchProbe nextSeeker(Instant now);
    unsigned probesMax() const { return m_role == SearchRole::Opener ? kSocketsMax : kProbesMax; }
    Instant end() const;
    void closeBut(std::uint32_t kept);

    Random& m_random;
    SearchRole m_role;
    SocketAddress m_remote;
    Instant m_start, m_next;
    std::deque<Instant> m_lastSecond; // of the seeker: when the last ones went out
    std::uint32_t m_firstSocket;
    unsigned m_sent = 0;
    bool m_isRunning = true;
    std::set<std::uint16_t> m_tried;
    std::set<std::uint32_t> m_open;
    std::deque<std::uint32_t> m_closed;
};

} // namespace culvert
