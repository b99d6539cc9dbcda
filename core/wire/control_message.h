// The inner form of control messages: what is sealed inside an envelope. Trailing zeros are padding.
//
//  probe            | 1 | transaction (8) | instance (8) | counter (8) | road (1) | padding |
//  probe reply      | 2 | transaction (8) | instance (8) | observed address (18) |
//  register         | 3 | transaction (8) | lifetime, seconds (2) | padding to 72 |
//  registered       | 4 | transaction (8) | lifetime, seconds (2) | observed address (18) | alternate port (2)
//                       | other IPv4 address (18) | other IPv6 address (18) |          an address of zeros: none
//  handoff request  | 5 | transaction (8) | recipient's key (32) | length (2) | sealed handoff |
//  handoff result   | 6 | transaction (8) | status (1) |
//  handoff delivery | 7 | length (2) | sealed handoff |
//  ring request     | 8 | transaction (8) | target (18) | from where (1) | padding to 144 |
//  ring result      | 9 | transaction (8) | status (1) |
//  ring             | 10 | transaction (8) |
//
//  introduction payload | Ed25519 key (32) | token (8) | inner message |
//  handoff content      | Ed25519 key (32) | token (8) | time, ms (8) | endpoints | additions (core/wire/nat_hint) |
#pragma once

#include "core/base/instant.h"
#include "core/wire/endpoint.h"
#include "core/wire/nat_hint.h"

#include <variant>

namespace culvert::wire {

using PublicKeyBytes = std::array<std::uint8_t, 32>;
using Token = std::array<std::uint8_t, 8>;

/// A handoff holds at most this many octets, sealed: enough to set up a connection, too little for a conversation.
inline constexpr std::size_t kHandoffSealedMax = 512;

/// Asks whether a path works. `instance` changes when the sender restarts; `counter` grows within an instance.
struct Probe {
    std::uint64_t transaction = 0;
    std::uint64_t instance = 0;
    std::uint64_t counter = 0;
    std::size_t paddedSize = 0; ///< the size of the whole inner message; at least that of a reply
    /// The sender left it to the ordinary route (road 1), so that it comes through somebody else's relay. Road 0: it
    /// comes straight from the sender, whose own relay it may be.
    bool byOrdinaryRoute = false;
};
/// The answer: the path works in both directions, and how the prober looks from here.
struct ProbeReply {
    std::uint64_t transaction = 0;
    std::uint64_t instance = 0;
    SocketAddress observed; ///< the outer source address of the probe
};
/// Asks a third party to remember where we are.
struct Register {
    std::uint64_t transaction = 0;
    std::uint16_t lifetimeSeconds = 0;
};
/// The third party remembers us until the lifetime ends.
struct Registered {
    std::uint64_t transaction = 0;
    std::uint16_t lifetimeSeconds = 0;
    SocketAddress observed;
    std::uint16_t alternatePort = 0; ///< where it listens too, on every address; 0: nowhere
    /// Another address of the third party than the one that was asked, with its main port.
    std::optional<SocketAddress> other4 = std::nullopt;
    std::optional<SocketAddress> other6 = std::nullopt;
};
/// Asks a third party to hand `sealed` to a registered recipient.
struct HandoffRequest {
    std::uint64_t transaction = 0;
    PublicKeyBytes recipient{};
    Bytes sealed;
};
/// What became of a handoff request.
enum class HandoffStatus : std::uint8_t { Forwarded = 0, UnknownRecipient = 1, RateLimited = 2 };
/// The third party's answer to a HandoffRequest.
struct HandoffResult {
    std::uint64_t transaction = 0;
    HandoffStatus status = HandoffStatus::Forwarded;
};
/// A handoff on its second leg.
struct HandoffDelivery {
    Bytes sealed;
};

/// From where a witness is to ring: it tells filters apart (RFC 4787 §5).
enum class RingFrom : std::uint8_t {
    SamePort = 0,      ///< the socket address that was asked
    AnotherPort = 1,   ///< the same address, another port
    AnotherAddress = 2 ///< an address that was not asked
};
/// Asks a witness to send a Ring to `target`, which must have the IP address that the request comes from.
struct RingRequest {
    std::uint64_t transaction = 0;
    SocketAddress target;
    RingFrom from = RingFrom::SamePort;
};
/// What became of a ring request.
enum class RingStatus : std::uint8_t { Rung = 0, CannotFromThere = 1, NotYours = 2, RateLimited = 3 };
/// The witness's answer to a RingRequest.
struct RingResult {
    std::uint64_t transaction = 0;
    RingStatus status = RingStatus::Rung;
};
/// A packet that was asked for, from where it may not have been expected.
struct Ring {
    std::uint64_t transaction = 0;
};

using ControlMessage = std::variant<Probe, ProbeReply, Register, Registered, HandoffRequest, HandoffResult,
                                    HandoffDelivery, RingRequest, RingResult, Ring>;

Bytes encode(const ControlMessage& message);
/// Refuses unknown types, impossible lengths and padding that is not zero.
Result<ControlMessage> decodeControlMessage(BytesView bytes);

/// Who introduces themselves, with which invitation, and what they want.
struct IntroductionPayload {
    PublicKeyBytes key{};
    Token token{};
    BytesView message; ///< an encoded ControlMessage
};
Bytes encode(const IntroductionPayload& payload);
Result<IntroductionPayload> decodeIntroductionPayload(BytesView bytes);

/// What one end tells another through a third party: who and where it is. Only the recipient can read it.
struct HandoffContent {
    PublicKeyBytes key{};
    Token token{};
    WallTime time;
    std::vector<EndpointRecord> endpoints;
    Additions additions = {};
};
Bytes encode(const HandoffContent& content);
Result<HandoffContent> decodeHandoffContent(BytesView bytes);

} // namespace culvert::wire
