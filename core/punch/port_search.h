// PortSearch: meets an end whose NAT shows it at another random port to everybody, by the birthday paradox.
//
// The opener, behind that NAT, sends one probe from each of kSocketsMax sockets to the one port of the other end: so
// many ports of its public address now let the other end in. The seeker, whose own port is always the same one, tries
// random ports of that address. Each try also opens the seeker's filter for that port (RFC 4787 §5), for as long as the
// search lasts and longer; so the opener goes on with new sockets in the place of the oldest, each of which may get a
// port that the seeker has tried. It does not matter which of the two packets is the first. Of all searches half end
// within about 1.2 s, 95 in a hundred within about 4 s, and one in thousands does not end with success.
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
    /// Whoever answers at more of the sockets does not want to be met.
    static constexpr std::size_t kHeardMax = 16;
    static constexpr unsigned kProbesPerSecondMax = 100;
    /// Between two of the opener's probes until all its sockets are open: a slow line takes 150 octets in that time.
    static constexpr Duration kOpenerPause = 1ms;
    /// After that: kProbesPerSecondMax.
    static constexpr Duration kReopenPause = Duration(1s) / kProbesPerSecondMax;
    /// The seeker sends what it may send in a second at the second's beginning: half a second is won on average.
    static constexpr Duration kSeekerPause = 2ms;
    /// How long the opener's sockets stay, from when it begins: the seeker may begin a little later and needs
    /// kProbesMax / kProbesPerSecondMax.
    static constexpr Duration kOpenFor = 13s;

    /// `remote`: the opener's target, or the seeker's address, of which the port does not matter. `firstSocket`: the
    /// number of the opener's first socket, as searchSocket() takes it. REQUIRES: role is not None, remote is IPv4
    PortSearch(Random& random, SearchRole role, const SocketAddress& remote, Instant start, std::uint32_t firstSocket)
        : m_random(random), m_role(role), m_remote(remote), m_start(start), m_next(start), m_firstSocket(firstSocket) {}

    std::optional<SearchProbe> pollProbe(Instant now);
    void handleTimeout(Instant now);
    /// Something of the other end came in through `socket`: it is not closed for another one, if few are heard.
    void hear(std::uint32_t socket);
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
    std::size_t sockets() const { return m_open.size() + m_heard.size(); }

private:
    SearchProbe nextOpener(Instant now);
    SearchProbe nextSeeker(Instant now);
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
    std::deque<std::uint32_t> m_open, m_heard; // the first of the open ones is the next to be closed
    std::deque<std::uint32_t> m_closed;
};

} // namespace culvert
