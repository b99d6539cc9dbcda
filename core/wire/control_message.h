// The inner form of control messages: what is sealed inside an envelope. Trailing zeros are padding.
//
//  probe            | 1 | transaction (8) | instance (8) | counter (8) | padding |
//  probe reply      | 2 | transaction (8) | instance (8) | observed address (18) |
//  register         | 3 | transaction (8) | lifetime, seconds (2) | padding to 32 |
//  registered       | 4 | transaction (8) | lifetime, seconds (2) | observed address (18) |
//  handoff request  | 5 | transaction (8) | recipient's key (32) | length (2) | sealed handoff |
//  handoff result   | 6 | transaction (8) | status (1) |
//  handoff delivery | 7 | length (2) | sealed handoff |
//
//  introduction payload | Ed25519 key (32) | token (8) | inner message |
//  handoff content      | Ed25519 key (32) | token (8) | time, ms (8) | endpoints |
#pragma once

#include "core/base/instant.h"
#include "core/wire/endpoint.h"

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

using ControlMessage =
    std::variant<Probe, ProbeReply, Register, Registered, HandoffRequest, HandoffResult, HandoffDelivery>;

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
};
Bytes encode(const HandoffContent& content);
Result<HandoffContent> decodeHandoffContent(BytesView bytes);

} // namespace culvert::wire
