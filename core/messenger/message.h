// Message: one text between two people, and its fate.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/ids.h"

#include <string>

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
};

/// One text message of a conversation.
struct Message {
    MessageId id;
    ContactId contact; ///< the conversation
    MessageFrom from = MessageFrom::Me;
    std::uint64_t position = 0; ///< increases along the conversation, in the order of display
    std::string text;           ///< UTF-8, at most kMessageTextMax octets
    WallTime sentAt;            ///< by the sender's clock
    MessageState state = MessageState::Queued;
    FailReason reason = FailReason::None;
};

} // namespace culvert
