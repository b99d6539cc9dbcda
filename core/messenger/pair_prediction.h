// Pair prediction: whether two ends can meet, from what is known of each. Pure: no state, no clock.
//
// What is not known stays unknown: an answer is "yes" or "no" only where every completion of the facts gives the same.
// (Conditions are joined as the least of Answers, roads as the greatest; so some certain answers are missed, and none
// is claimed wrongly.) The roads, and what opens each:
//
//   LAN    both are on one network
//   IPv6   both have it; one can be called by the other, or both call at once
//   IPv4   both have it; one can be called by the other, or both NATs let in what both send at once (RFC 4787 §4, §5)
//   TCP    where UDP is blocked: one listens, and the other calls; or both call at once, through IPv6 firewalls
//
// "Both at once" needs that each knows where the other is: from its address string for IPv6, from a third party or from
// a Teredo server for an address that only a NAT knows.
#pragma once

#include "core/base/nat_behaviour.h"
#include "core/messenger/contact.h"
#include "core/messenger/pair_outlook.h"

namespace culvert {

/// IPv6 of one end.
enum class Ipv6Reach {
    Unknown,
    None,
    Present,    ///< whether a firewall stands before it is not known
    Firewalled, ///< strangers' packets are dropped
    Open,       ///< they come in: no firewall, or a pinhole
};

/// IPv4 of one end.
enum class Ipv4Reach {
    Unknown,
    None,
    Public,     ///< no NAT, no filter
    Mapped,     ///< a router forwards our port
    Nat,        ///< a router that could, and does not
    CarrierNat, ///< a second NAT that its user cannot open
};

/// A Teredo address, as a server qualified it (RFC 4380 §5.2.1).
enum class TeredoReach {
    Unknown,
    None,
    Qualified, ///< restricted or symmetric: `mapping` and `filtering` say what that is worth
    Cone,      ///< anybody can send to it
};

/// What is known of one end.
struct EndFacts {
    Ipv6Reach ipv6 = Ipv6Reach::Unknown;
    Ipv4Reach ipv4 = Ipv4Reach::Unknown;
    std::optional<NatMapping> mapping;      ///< of Nat and CarrierNat
    std::optional<NatFiltering> filtering;  ///< of the same
    Answer preservesPort = Answer::Unknown; ///< the first peer of a new port sees that very port
    Answer isSequential = Answer::Unknown;  ///< each new mapping has the next port
    Answer udpPasses = Answer::Unknown;
    Answer takesTcp = Answer::Unknown; ///< its program takes TCP connections, if they come in
    TeredoReach teredo = TeredoReach::Unknown;
    Answer hasDoorbell = Answer::Unknown; ///< who is a contact can ring it
    Answer knowsOther = Answer::Unknown;  ///< it tries the addresses at which the other end is now
    bool operator==(const EndFacts&) const = default;
};

/// Who could help the two to meet.
struct Help {
    Answer thirdParty = Answer::Unknown;   ///< one that both reach hands over set-up messages
    Answer teredoServer = Answer::Unknown; ///< one that whoever rings can reach
    Answer sameLan = Answer::Unknown;
};

/// What this program can do; all of it both ends' program.
struct Abilities {
    bool tcp = false;             ///< connects by TCP where UDP is blocked
    bool birthday = false;        ///< guesses the port of one hard NAT by trying many
    bool lanBeacons = false;      ///< finds contacts on the same network without an address of theirs
    bool answersHandoffs = false; ///< who is called tells the caller where it is
    bool nextPort = false;        ///< guesses the port of a sequential NAT (RFC 6081 §5.5)
};
inline constexpr Abilities kAbilities{
    .tcp = true, .birthday = true, .lanBeacons = true, .answersHandoffs = true, .nextPort = true};

PairOutlook predict(const EndFacts& ours, const EndFacts& theirs, const Help& help,
                    const Abilities& abilities = kAbilities);

/// Facts as they would be with the remedy; the tests' proof that it is one.
struct PairFacts {
    EndFacts ours, theirs;
    Help help;
};
PairFacts withRemedy(PairFacts facts, Remedy remedy, Side side);

} // namespace culvert
