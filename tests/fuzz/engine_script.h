// What scripts for an engine may order.
#pragma once

#include <cstdint>

namespace culvert::fuzz {

/// One order of the engine target: this octet, then what stands beside it. "whence" is a place and an inner source.
enum class EngineOrder : std::uint8_t {
    Raw,          ///< whence (1), chunk: the outer payload
    Inner,        ///< whence (1), chunk: the inner payload
    Pair,         ///< whence (1), chunk: plaintext from the contact
    ThirdParty,   ///< chunk: plaintext from the third party
    Introduction, ///< whence (1), who (1), chunk: control message
    Payload,      ///< whence (1), who (1), chunk: the whole payload of an introduction
    Handoff,      ///< who (1), chunk: endpoints
    Content,      ///< who (1), chunk: the whole content of a handoff
    Answer,       ///< third party and contact answer what they were sent
    Pass,         ///< ms (2)
    Commit,
    Command, ///< which (1), chunk
    Count
};

/// Commands of the user and news from the system.
enum class Command : std::uint8_t {
    Send,
    Accept,
    Read,
    Retry,
    Block,
    Remove,
    Verify,
    Network,
    Mapping,
    Add,
    Edit,
    React,
    Delete,
    Typing,
    Disappear,
    Picture,
    AskToRing,
    Count
};

/// One order of the session target.
enum class SessionOrder : std::uint8_t {
    Octets, ///< stream (1), chunk
    Frame,  ///< stream (1), type (1), chunk: body
    Run,    ///< steps (1)
    Pass,   ///< ms (2): nothing arrives
    Commit,
    Command, ///< which (1), chunk
    Tamper,  ///< skip (1), where (2), chunk: what the contact encrypts next
    Close,
    Reopen,
    Count
};

} // namespace culvert::fuzz
