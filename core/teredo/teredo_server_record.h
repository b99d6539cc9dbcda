// TeredoServerRecord: a Teredo server as it has proven so far, and which of several is to be asked first.
#pragma once

#include "core/messenger/teredo_status.h"
#include "core/teredo/teredo_bubbles.h"

#include <bitset>
#include <deque>

namespace culvert {

/// One IPv4 address of a server, and what was measured of it.
struct TeredoServerRecord {
    static constexpr std::size_t kRemembered = 8;
    /// A server may show so many other mappings in such a time, one after the other, that nobody confirms: routers that
    /// start again, and NATs that forget sooner than they are refreshed, do no more. Who shows more than that is not
    /// asked for a while, each time for twice as long.
    static constexpr std::size_t kChangesMax = 3;
    static constexpr Duration kChangesIn = 10min;
    static constexpr Duration kDoubtMin = 10min;
    static constexpr Duration kDoubtMax = 2h;

    std::string name; ///< as the user gave it
    Ipv4Address address;
    std::optional<Ipv4Address> secondary; ///< as its answers showed; nothing: not seen yet
    std::optional<Duration> roundTrip;    ///< smoothed
    TeredoServerHealth health = TeredoServerHealth::NotAsked;
    bool hasFailed = false; ///< in the present round through all servers

    void noteAnswer(Duration took);
    void noteSilence();
    /// How many of the last kRemembered questions were answered; half of them before anything is known.
    std::size_t reliability() const;
    /// Where it also answers from: seen, or the next address, as RFC 4380's clients take it to be.
    Ipv4Address secondaryAddress() const;

    /// It showed us at `mapped`. `isConfirmed`: somebody else sees us there, too.
    void noteMapping(Instant now, const SocketAddress& mapped, bool isConfirmed);
    /// Somebody else sees us at `seen`. True when the server is in doubt no longer.
    bool confirm(Instant now, const SocketAddress& seen);
    /// Until when it is not to be asked; nothing: it may be.
    std::optional<Instant> doubtedUntil(Instant now) const;
    /// What it showed last.
    const std::optional<SocketAddress>& shown() const { return m_shown; }
    /// The network is another one: so is what it shows.
    void forgetMappings();

private:
    void remember(bool answered);

    std::optional<SocketAddress> m_shown;
    bool m_isShownCounted = false; ///< m_changes ends with m_shown
    std::deque<Instant> m_changes; ///< kChangesMax + 1 at most
    Duration m_doubt = kDoubtMin;
    std::optional<Instant> m_doubtedUntil;

    std::bitset<kRemembered> m_answered;
    std::size_t m_asked = 0;
};

/// Whether `a` is to be asked before `b`: reliability first, then round trip. Pure; equal ones keep the user's order.
bool isBetterServer(const TeredoServerRecord& a, const TeredoServerRecord& b);

} // namespace culvert
