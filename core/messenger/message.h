// Message: one text between two people, its fate, and what became of it since.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace culvert {

/// The longest text in octets of UTF-8. A longer one is refused when it is sent.
inline constexpr std::size_t kMessageTextMax = 32 * 1024;

/// Who wrote it.
enum class MessageFrom { Me, Them };

/// How far a message has come. Messages of theirs are Delivered until they are Read.
enum class MessageState {
    Queued,    ///< durable here, not yet handed to a session
    Sent,      ///< handed to a session, not yet confirmed
    Delivered, ///< committed by the receiver's store
    Read,      ///< shown to the receiver, who lets us know
    Failed,    ///< it will not be delivered; the reason says why
};

/// Why a message failed.
enum class FailReason {
    None,
    ContactRemoved, ///< the contact was removed or blocked while it waited
    NotUnderstood,  ///< the contact's program is too old for it
};

/// What stands in a message's place in the conversation.
enum class MessageKind {
    Text,
    TimerChange, ///< the sender changed how long messages stay: `lifetime`, and no text
};

/// Names a message within a conversation. Ids are chosen by senders, so that only origin and id together are unique: no
/// peer can name a message of ours as its own.
struct MessageRef {
    MessageFrom from = MessageFrom::Me;
    MessageId id;
    auto operator<=>(const MessageRef&) const = default;
};

/// The longest time that messages stay after they were read, when they are to disappear: four weeks.
inline constexpr std::uint32_t kLifetimeSecondsMax = 4 * 7 * 24 * 3600;

/// One message of a conversation.
struct Message {
    MessageId id;
    ContactId contact; ///< the conversation
    MessageFrom from = MessageFrom::Me;
    std::uint64_t position = 0; ///< increases along the conversation, in the order of display
    MessageKind kind = MessageKind::Text;
    std::string text; ///< UTF-8, at most kMessageTextMax octets; none when it was deleted
    WallTime sentAt;  ///< by the sender's clock
    MessageState state = MessageState::Queued;
    FailReason reason = FailReason::None;
    std::optional<MessageRef> replyTo = std::nullopt;
    std::optional<WallTime> editedAt = std::nullopt;  ///< of the last change, by the sender's clock
    bool isDeleted = false;                           ///< for both, by its author
    std::string myReaction, theirReaction;            ///< none: empty
    std::uint32_t lifetimeSeconds = 0;                ///< 0: it stays
    std::optional<WallTime> expiresAt = std::nullopt; ///< by our clock; set when its lifetime began
};

/// What somebody did to a message that is there.
enum class AmendmentKind {
    Edit,     ///< by its author: another text
    Deletion, ///< by its author: no text any more
    Reaction, ///< by anybody: one each; an empty one takes it back
};

/// A change of a message.
struct Amendment {
    MessageRef target;
    AmendmentKind kind = AmendmentKind::Edit;
    MessageFrom by = MessageFrom::Me;
    std::string text; ///< the new text, or the reaction
    WallTime at;      ///< by the clock of whoever did it
};

/// Whether somebody may do this at all: nobody changes or deletes what another wrote, and a reaction is one.
bool isAllowed(const Amendment& amendment);
/// Changes `message`, which it names; false when it makes no difference: what is deleted stays deleted.
/// REQUIRES: isAllowed(amendment)
bool apply(const Amendment& amendment, Message& message);

/// The longest reaction in octets.
inline constexpr std::size_t kReactionOctetsMax = 32;
/// Whether `text` is one sign as people see it (about a grapheme cluster of UAX #29), and not longer than that.
bool isReaction(std::string_view text);

/// Starts the lifetime of a message that is to disappear; false when there is nothing to start.
bool startLifetime(Message& message, WallTime now);

} // namespace culvert
