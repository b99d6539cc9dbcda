// Events: what the core tells whoever watches (the window, JSON-RPC). Each is a small value.
#pragma once

#include "core/messenger/contact.h"
#include "core/messenger/message.h"
#include "core/messenger/network_status.h"
#include "core/messenger/storage.h"

#include <variant>

namespace culvert {

/// The profile is unlocked and the network is up; `address` is the own contact address string of this moment.
struct ReadyEvent {
    std::string address;
};
/// A stranger whose invitation is valid asks to become a contact (its state is Pending).
struct ContactRequestEvent {
    Contact contact;
};
/// A contact is new, or something about it changed.
struct ContactChangedEvent {
    Contact contact;
};
/// A contact was removed.
struct ContactRemovedEvent {
    ContactId contact;
};
/// A message of theirs is committed.
struct MessageReceivedEvent {
    Message message;
};
/// A message of ours was added to the conversation (it is durable now).
struct MessageQueuedEvent {
    Message message;
};
/// The fate of a message of ours changed.
struct MessageStateEvent {
    ContactId contact;
    MessageId id;
    MessageState state;
    FailReason reason = FailReason::None;
};
/// A message was changed by either side; who does not know the message ignores it.
struct MessageAmendedEvent {
    ContactId contact;
    Amendment amendment;
};
/// A message was removed here: by the user, or because its lifetime is over.
struct MessageErasedEvent {
    ContactId contact;
    MessageRef target;
};
/// A contact writes, or stopped.
struct TypingEvent {
    ContactId contact;
    bool isTyping = false;
};
/// The own contact address string changed (an endpoint came or went).
struct AddressChangedEvent {
    std::string address;
};
/// Something that was learnt about the network changed.
struct NetworkChangedEvent {
    NetworkStatus status;
};
/// Something stored could not be read.
struct StoreProblemEvent {
    StoreProblem problem;
};
/// A line for the log: no secret, no message text.
struct LogEvent {
    std::string line;
};

using MessengerEvent =
    std::variant<ReadyEvent, ContactRequestEvent, ContactChangedEvent, ContactRemovedEvent, MessageReceivedEvent,
                 MessageQueuedEvent, MessageStateEvent, MessageAmendedEvent, MessageErasedEvent, TypingEvent,
                 AddressChangedEvent, NetworkChangedEvent, StoreProblemEvent, LogEvent>;

} // namespace culvert
