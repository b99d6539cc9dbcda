// NatHint: what an end says of its own network in two octets, so that the other end knows which way of meeting can
// work.
//
//  | mapping (2) | filtering (2) | keeps ports (1) | sequential (1) | UDP blocked (1) | searches (1) |
//  | IPv4 (2)    | nested (2)    | IPv6 (2)        | takes TCP (1)  | zero (1), ignored             |
//
// Zero is "not known" in each field, so that a hint of zeros says nothing; who sends none says the same.
// It stands among the additions of handoffs and endpoint updates: what may follow their fields.
//
//  | tag (1) | length (1) | value (length) | ...       unknown tags are skipped; a known tag counts once, the first
//   1 NAT hint (2)
//   2 punch plan        answer (1), start, ms (2), round trip, ms (2)
//   3 port prediction   port (2), step (1)                                             of a handoff alone
#pragma once

#include "core/base/byte_io.h"
#include "core/base/instant.h"
#include "core/base/nat_behaviour.h"
#include "core/base/result.h"

namespace culvert::wire {

/// How an end is connected to the IPv4 internet.
enum class HintIpv4 : std::uint8_t { Unknown = 0, None = 1, Public = 2, Translated = 3 };

/// Whether another NAT stands beyond an end's own router.
enum class HintNesting : std::uint8_t { Unknown = 0, None = 1, Nested = 2, Carrier = 3 };

/// How an end is connected to the IPv6 internet. Open: strangers' packets come in.
enum class HintIpv6 : std::uint8_t { Unknown = 0, None = 1, Open = 2, Firewalled = 3 };

/// What an end says of its own network. A peer's word: it guides what is tried, and proves nothing.
struct NatHint {
    std::optional<NatMapping> mapping;     ///< RFC 4787 §4.1
    std::optional<NatFiltering> filtering; ///< RFC 4787 §5
    bool keepsPorts = false;               ///< the outer port equals the inner one as far as it was seen
    bool isSequential = false;             ///< each new mapping has the port that follows the one before
    bool isUdpBlocked = false;             ///< no UDP leaves this network
    bool searchesPorts = false;            ///< ready to look for the other end among many ports
    bool takesTcp = false;                 ///< its program takes TCP connections that come in
    HintIpv4 ipv4 = HintIpv4::Unknown;
    HintNesting nesting = HintNesting::Unknown;
    HintIpv6 ipv6 = HintIpv6::Unknown;
    bool operator==(const NatHint&) const = default;
};

inline constexpr std::size_t kNatHintSize = 2;

/// Two octets.
std::array<std::uint8_t, kNatHintSize> encode(const NatHint& hint);
/// Every pair of octets is some hint.
NatHint decodeNatHint(const std::array<std::uint8_t, kNatHintSize>& octets);

/// When the sender of a handoff begins to send to its recipient. There are no common clocks: times count from when the
/// handoff left.
struct PunchPlan {
    bool isAnswer = false; ///< it answers a handoff; nobody answers it
    Duration start{};      ///< whole milliseconds, at most kPunchTimeMax
    Duration roundTrip{};  ///< of the sender to the third party; the same bounds
    bool operator==(const PunchPlan&) const = default;
};
inline constexpr Duration kPunchTimeMax = 65'535ms;

/// Where a NAT without endpoint-independent mapping most likely lets the sender out next (RFC 6081 §3.3, §3.4).
struct PortPrediction {
    std::uint16_t port = 0; ///< the outer port: the last one that was seen where `step` is not 0, else the very one
    std::int8_t step = 0;   ///< from one new mapping to the next; 0: exactly `port`
    bool operator==(const PortPrediction&) const = default;
};

/// All additions together have at most this many octets.
inline constexpr std::size_t kAdditionsMax = 64;

/// What may follow the fields of a handoff or an endpoint update.
struct Additions {
    std::optional<NatHint> hint;
    std::optional<PunchPlan> plan = std::nullopt;
    std::optional<PortPrediction> prediction = std::nullopt;
    bool operator==(const Additions&) const = default;
};

/// Writes what there is; nothing where there is nothing.
void writeAdditions(ByteWriter& writer, const Additions& additions);
/// Takes the rest of `reader`, which may be empty. Refuses what is cut off, too long, or a known tag with another
/// length.
Result<Additions> readAdditions(ByteReader& reader);

} // namespace culvert::wire
