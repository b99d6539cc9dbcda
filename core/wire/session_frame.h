// Frames on the streams of a session: what two contacts say to each other once they are connected.
//
//  | type (1) | length (4) | body (length) |            unknown types are skipped: old versions understand new ones
//
//  1 hello            instance (8) | name                                      of which nothing may be added: see 11
//  2 contact request  token (8) | name | greeting
//  3 contact accepted name
//  4 endpoints        sequence (8) | endpoints | third parties | additions (core/wire/nat_hint)
//  5 message          epoch (8) | sequence (8) | id (16) | sent at, ms (8) | text
//  6 acknowledgement  epoch (8) | sequence (8)
//  7 read             epoch (8) | sequence (8)
//  8 larger message   epoch (8) | sequence (8) | id (16) | sent at, ms (8) | length (2) | additions | text
//  9 amendment        epoch (8) | sequence (8) | target's author (1) | id (16) | kind (1) | at, ms (8) | text
// 10 typing           state (1): 1 writes, 0 stopped
// 11 features         features (4) | ignored            before the hello; who sends none has none
// 16 courier offer    takes part (1) | tags (8 each)    core/courier
// 17 courier request  recipient's key (32) | sealed handoff
// 18 courier delivery sealed handoff
// 19 picture told     nothing, or the picture's name (16)
// 20 picture wanted   name (16)
// 21 picture          octets (1 to 24 KiB)
// 22 ring wanted      transaction (8) | target (18)
// 23 ring answer      transaction (8) | status (1)      as of a ring result (core/wire/control_message)
//
//  Frames 19 to 21 are for those whose features have kPictures, 22 and 23 for those who have kRings.
//
//  Texts inside a body: length (2), UTF-8; the last text of a message fills the body.
//
//  Additions of a message: | tag (1) | length (1) | value (length) | ...  (unknown tags are skipped)
//   1 replies to        author (1) | id (16)
//   2 lifetime          seconds (4)
//   3 timer change      no value: there is no text, and the lifetime is that of the messages that follow
//   4 withdrawn         no value: the text was deleted before it was delivered
//
//  Messages and amendments are one sequence. Frames 8 to 10 are for those whose features have kAmendments: others would
//  skip them, and acknowledge them with what follows. Authors: 0 the sender of the frame, 1 its receiver. Amendments: 1
//  edit, 2 deletion, 3 reaction; others are acknowledged and ignored.
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
inline constexpr std::size_t kMessageAdditionsMax = 1024;

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
/// Who wrote a message, seen from the frame's sender.
enum class Author : std::uint8_t { Sender = 0, Receiver = 1 };
/// A message by its author and id.
struct MessageName {
    Author author = Author::Sender;
    std::array<std::uint8_t, 16> id{};
};
/// What may stand beside a message's text.
struct MessageAdditions {
    std::optional<MessageName> replyTo = std::nullopt;
    std::uint32_t lifetimeSeconds = 0;
    bool isTimerChange = false;
    bool isWithdrawn = false;
    bool isEmpty() const { return !replyTo && lifetimeSeconds == 0 && !isTimerChange && !isWithdrawn; }
};
/// One message. Sequences count from 1 within an epoch, which the sender chooses when the contact is made.
struct MessageFrame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    std::array<std::uint8_t, 16> id{};
    WallTime sentAt;
    std::string text;
    MessageAdditions additions = {}; ///< none: written as type 5, which every version knows
};
/// A change of a message, with a sequence as a message has it.
struct AmendmentFrame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    MessageName target;
    std::uint8_t kind = 0; ///< as above; an unknown one is no error
    WallTime at;
    std::string text;
};
/// The sender writes, or stopped.
struct TypingFrame {
    bool isTyping = false;
};
/// What the sender's program knows.
struct FeaturesFrame {
    std::uint32_t features = 0;
};
inline constexpr std::uint32_t kAmendments = 1; ///< frames 8 to 10
inline constexpr std::uint32_t kPictures = 2;   ///< frames 19 to 21
inline constexpr std::uint32_t kRings = 4;      ///< frames 22 and 23
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

/// What names a picture: a hash of its octets.
using PictureName = std::array<std::uint8_t, 16>;
inline constexpr std::size_t kPictureMax = 24 * 1024;
/// Which picture the sender has; nothing: none.
struct PictureToldFrame {
    std::optional<PictureName> name = std::nullopt;
};
/// Asks for the picture that was told.
struct PictureWantedFrame {
    PictureName name{};
};
/// The sender's picture. Nothing decodes it on the way to the window.
struct PictureFrame {
    Bytes octets;
};

/// Asks for one Ring (core/wire/control_message), in a pair message from a socket that was never used, at `target`: an
/// address of the sender's at which the receiver already has a way to it.
struct RingWantedFrame {
    std::uint64_t transaction = 0;
    SocketAddress target;
};
/// What became of that.
struct RingAnswerFrame {
    std::uint64_t transaction = 0;
    RingStatus status = RingStatus::Rung;
};

using SessionFrame = std::variant<HelloFrame, ContactRequestFrame, ContactAcceptedFrame, EndpointsFrame, MessageFrame,
                                  AckFrame, ReadFrame, AmendmentFrame, TypingFrame, FeaturesFrame, CourierOfferFrame,
                                  CourierRequestFrame, CourierDeliveryFrame, PictureToldFrame, PictureWantedFrame,
                                  PictureFrame, RingWantedFrame, RingAnswerFrame>;

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
