// NetworkStatus: what this computer's network was seen to do; facts and their evidence, not verdicts.
// network_report.h draws the conclusions.
#pragma once

#include "core/base/instant.h"
#include "core/base/local_network.h"
#include "core/base/nat_behaviour.h"
#include "core/messenger/port_mapping.h"
#include "core/messenger/teredo_status.h"

#include <optional>
#include <string>
#include <vector>

namespace culvert {

/// A third party that hands over set-up messages, and how it does.
struct ThirdPartyStatus {
    std::string address; ///< its contact address string
    std::string key;     ///< text form of its public key
    bool registered = false;
    Duration roundTrip{};
    std::string observed; ///< the socket address that it sees us at
    bool operator==(const ThirdPartyStatus&) const = default;
};

/// Who told something of our network.
enum class WitnessKind { Contact, ThirdParty, Router, TeredoServer };

/// How we look from outside.
struct Observation {
    SocketAddress address; ///< ours, as the witness sees it
    WitnessKind witness = WitnessKind::Contact;
    bool operator==(const Observation&) const = default;
};

/// Whether a packet that nobody had been asked for comes in to our port, for one address family.
struct InboundStatus {
    /// Nothing: not tested. False: a witness sent, nothing came.
    std::optional<bool> isOpen;
    std::optional<WitnessKind> witness; ///< who tried
    /// True when the witness sent from an address to which we had sent nothing: then no filter of any kind is left.
    /// False when only its port was another one.
    bool fromNewAddress = false;
    std::optional<SocketAddress> target; ///< our address that was tried
    bool operator==(const InboundStatus&) const = default;
};

/// What became of asking a contact to ring.
enum class RingOutcome {
    Waiting,     ///< for the packet, or for the contact's word
    CameIn,      ///< the packet did
    NothingCame, ///< although the contact says that it sent
    TooSoon,     ///< the contact had rung a moment before
    NoWay,       ///< the contact has no direct way to that address, so that its packet would prove nothing
    NoAnswer,    ///< the contact did not say whether it sent
};

/// One packet that a contact was asked for, to one address of ours, from a port that we never wrote to.
struct ContactRing {
    RingOutcome outcome = RingOutcome::Waiting;
    std::string by; ///< the contact's name; empty when it is none any more
    SocketAddress target;
    WallTime at{};               ///< when it was asked
    Duration took{};             ///< of CameIn: since then
    bool fromNewAddress = false; ///< of CameIn: as in InboundStatus
    bool operator==(const ContactRing&) const = default;
};

/// Whether contacts who cannot send to this computer can ring it through a Teredo server.
struct DoorbellStatus {
    bool hearsErrors = false;            ///< the system tells of ICMPv6 errors about what our IPv6 socket sent
    bool hasContacts = false;            ///< there is somebody who may ring
    bool isKept = false;                 ///< something is sent now and then, so that a firewall lets such errors in
    std::optional<Ipv6Address> byServer; ///< a Teredo address: rings come in through its server, over IPv4
    std::uint64_t heard = 0;             ///< rings of contacts that counted
    std::uint64_t sent = 0;              ///< rings of ours
    bool operator==(const DoorbellStatus&) const = default;
};

/// Whether contacts on the local network are found there.
struct LanStatus {
    bool isPossible = false; ///< this program may listen there at all
    bool isOn = false;       ///< the user wants it, and there is a link to listen on
    bool isWanted = true;    ///< the user wants it
    std::uint64_t heard = 0; ///< beacons of contacts
    std::uint64_t sent = 0;  ///< datagrams of ours
    bool operator==(const LanStatus&) const = default;
};

/// Whether UDP gets through, and what TCP does where it does not.
struct TcpStatus {
    bool isAllowed = true;    ///< by the user
    bool isListening = false; ///< connections can be taken, as far as this computer is concerned
    /// Since the network changed last somebody beyond it answered: to UDP packets, over a TCP connection.
    bool answeredByUdp = false, answeredByTcp = false;
    /// Nothing: not known. True: answers come over TCP and not by UDP, where both were asked for.
    std::optional<bool> isUdpBlocked;
    bool operator==(const TcpStatus&) const = default;
};

/// What happened to the network.
enum class NetworkEventKind {
    NetworkGone,
    NetworkBack,
    AddressCame, ///< of this computer
    AddressWent,
    PortChanged,
    MappingMade,
    MappingProven,
    MappingLost,
    MappingFailed,
    PinholeMade,
    PinholeLost,
    SeenAs, ///< an address that we look like from outside
    InboundOpen,
    InboundShut,
    ThirdPartyAnswers,
    ThirdPartySilent,
    TeredoQualified,
    TeredoLost,
    UdpBlocked,
    UdpPasses,
    TestsDone,
};

/// One of these.
struct NetworkEvent {
    WallTime at;
    NetworkEventKind kind = NetworkEventKind::TestsDone;
    std::string detail{};   ///< data: an address, a server's name; empty where there is nothing to add
    bool isAddress = false; ///< `detail` is masked in a report for others
    bool operator==(const NetworkEvent&) const = default;
};

/// Since when a finding of the report holds.
struct FindingSince {
    std::string code; ///< ReportItem::code
    WallTime since;
    bool operator==(const FindingSince&) const = default;
};

/// Everything that is known of the network now.
struct NetworkStatus {
    LocalNetwork local;
    GatewayReport gateway;
    std::optional<Ipv6Address> teredoAddress; ///< our own, when a server or the forwarded port justifies one
    TeredoStatus teredo;                      ///< what Teredo servers told
    NatBehaviour nat;
    DoorbellStatus doorbell;
    LanStatus lan;
    TcpStatus tcp;
    InboundStatus inbound4, inbound6;
    std::optional<ContactRing> rung4{}, rung6{}; ///< since the network changed last
    std::vector<Observation> observed;
    std::vector<ThirdPartyStatus> thirdParties;
    std::uint64_t bytesThroughThirdParties = 0; ///< set-up messages only; payload never goes there
    std::optional<bool> isMetered; ///< what goes through this network is paid for; nothing where the system cannot tell
    bool allowReserved = false;    ///< documentation addresses count as public
    bool testsAreRunning = false;  ///< more will be known soon
    bool mayChangePort = false;    ///< nobody chose it on the command line
    bool mayMapPort = false;       ///< Settings::mapPort decides; otherwise the command line forbids it
    std::vector<NetworkEvent> events{}; ///< oldest first, at most NetworkHistory::kEventsMax
    std::vector<FindingSince> since{};
    std::optional<WallTime> checkedAt{}; ///< when the tests were over last
    bool operator==(const NetworkStatus&) const = default;
};

} // namespace culvert
