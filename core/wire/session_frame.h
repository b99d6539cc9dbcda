// Frames on the streams of a session: what two contacts say to each other once they are connected.
//
//  | type (1) | length (4) | body (length) |            unknown types are skipped, so that old versions understand new
//  ones
//
//  1 hello            instance (8) | name
//  2 contact request  token (8) | name | greeting
//  3 contact accepted name
//  4 endpoints        sequence (8) | endpoints | third parties | additions (core/wire/nat_hint)
//  5 message          epoch (8) | sequence (8) | id (16) | sent at, ms (8) | text
//  6 acknowledgement  epoch (8) | sequence (8)
//  7 read             epoch (8) | sequence (8)
//  16 courier offer   takes part (1) | tags (8 each)                   core/courier
//  17 courier request recipient's key (32) | sealed handoff
//  18 courier delivery  sealed handoff
//  Texts inside a body: length (2), UTF-8; the last text of a message fills the body.
#pragma once

#include "core/base/instant.h"
#include "core/wire/control_message.h"

#include <string>
#include <variant>

namespace culvert::wire {

inline constexpr std::size_t kFrameHeaderSize = 5;
inline constexpr std::size_t kFrameBodyMax = 48 * 1024;
inline constexpr std::size_t kNameMax = 256;
inline constexpr std::size_t kGreetingMax = 256;

/// How the sender calls itself, and which run of its program this is (the same number as in its probes).
struct HelloFrame {
    std::uint64_t instance = 0;
    std::string name;
};
/// A stranger's wish to become a contact; the token proves that they hold our address string.
struct ContactRequestFrame {
    Token token{};
    std::string name;
    std::string greeting;
};
/// The request was accepted.
struct ContactAcceptedFrame {
    std::string name;
};
/// Where the sender can be reached from now on. A lower sequence than one seen before is stale.
struct EndpointsFrame {
    std::uint64_t sequence = 0;
    std::vector<EndpointRecord> endpoints;
    std::vector<ThirdPartyRecord> thirdParties;
    Additions additions = {};
};
/// One message. Sequences count from 1 within an epoch, which the sender chooses when the contact is made.
struct MessageFrame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    std::array<std::uint8_t, 16> id{};
    WallTime sentAt;
    std::string text;
};
/// Everything up to `sequence` is committed by the receiver's store.
struct AckFrame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};
/// Everything up to `sequence` was shown to the receiver.
struct ReadFrame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};

/// What stands for a contact on a courier's list.
using CourierTag = std::array<std::uint8_t, 8>;
inline constexpr std::size_t kCourierTagsMax = 4096;
/// Whether the sender hands over calls between common contacts, and may be called so; and who else may, by tags.
struct CourierOfferFrame {
    bool takesPart = false;
    std::vector<CourierTag> tags = {};
};
/// Asks a courier to pass a sealed handoff on to a common contact.
struct CourierRequestFrame {
    PublicKeyBytes recipient{};
    Bytes sealed;
};
/// A sealed handoff on its second leg.
struct CourierDeliveryFrame {
    Bytes sealed;
};

using SessionFrame = std::variant<HelloFrame, ContactRequestFrame, ContactAcceptedFrame, EndpointsFrame, MessageFrame,
                                  AckFrame, ReadFrame, CourierOfferFrame, CourierRequestFrame, CourierDeliveryFrame>;

/// Header and body. REQUIRES: texts within their limits.
Bytes encode(const SessionFrame& frame);

/// Cuts a stream into frames. After an error the stream is dead: the session must be closed.
class FrameReader {
public:
    /// Adds octets as they come off the stream.
    void feed(BytesView bytes) { append(m_buffer, bytes); }
    /// The next whole frame; nothing while it is incomplete. Skips frames of unknown type.
    Result<std::optional<SessionFrame>> next();

private:
    Bytes m_buffer;
    std::size_t m_consumed = 0;
};

} // namespace culvert::wire
