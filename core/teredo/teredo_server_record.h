// TeredoServerRecord: a Teredo server as it has proven so far, and which of several is to be asked first.
#pragma once

#include "core/messenger/teredo_status.h"
#include "core/teredo/teredo_bubbles.h"

#include <bitset>

namespace culvert {

/// One IPv4 address of a server, and what was measured of it.
struct TeredoServerRecord {
    static constexpr std::size_t kRemembered = 8;

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

private:
    void remember(bool answered);

    std::bitset<kRemembered> m_answered;
    std::size_t m_asked = 0;
};

/// Whether `a` is to be asked before `b`: reliability first, then round trip. Pure; equal ones keep the user's order.
bool isBetterServer(const TeredoServerRecord& a, const TeredoServerRecord& b);

} // namespace culvert
