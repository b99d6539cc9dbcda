// Archive: what core needs of a store. To the engine a stored value is one more output: it says what to write, and is
// told later that it was committed.
//
// Thread safety: the store's thread alone.
// Invariants:
//  1. apply() is atomic and durable: after it returns, kill -9 loses nothing of the batch.
//  2. Every value that says anything is sealed; the archive never sees the contents of a blob.
#pragma once

#include "core/base/result.h"
#include "core/messenger/messenger.h"

#include <map>
#include <variant>

namespace culvert {

/// The engine's own record of the profile (identity, name, settings), opaque to the store.
struct PutProfile {
    Bytes blob;
};
/// The engine's record of a contact, opaque to the store.
struct PutContact {
    ContactId id;
    Bytes blob;
};
/// Removes a contact, its conversation and its picture.
struct EraseContact {
    ContactId id;
};
/// A picture in place of the one before; empty octets: none.
struct PutPicture {
    ContactId id; ///< whose; ContactId{}: our own
    Bytes octets;
};
/// Adds a message, or replaces the one with the same contact, origin and id.
struct PutMessage {
    Message message;
    std::uint64_t sequence = 0; ///< the sender's sequence within the conversation
    /// Sequences of our changes (edit or deletion; reaction) that the other end has not acknowledged; 0: none.
    std::uint64_t openChange = 0, openReaction = 0;
};
/// Changes the state of a message of ours, and starts its lifetime when it was delivered.
struct PutMessageState {
    ContactId contact;
    MessageId id;
    MessageState state = MessageState::Queued;
    FailReason reason = FailReason::None;
    WallTime at = {};
};
/// Marks all messages of theirs as read, and starts their lifetimes.
struct PutReadMark {
    ContactId contact;
    WallTime at = {};
};
/// Changes a message as apply() does; nothing when it is not there.
struct AmendMessage {
    ContactId contact;
    Amendment amendment;
    std::uint64_t sequence = 0; ///< ours: kept with the message until SettleAmendment; theirs: 0
};
/// A change of ours with this sequence need not be sent any more.
struct SettleAmendment {
    ContactId contact;
    MessageRef target;
    std::uint64_t sequence = 0;
};
/// Removes a message without a trace.
struct EraseMessage {
    ContactId contact;
    MessageRef target;
};
using ArchiveWrite = std::variant<PutProfile, PutContact, EraseContact, PutMessage, PutMessageState, PutReadMark,
                                  AmendMessage, SettleAmendment, EraseMessage, PutPicture>;

/// Writes that belong together. The engine is told the ticket when they are committed.
struct ArchiveBatch {
    std::uint64_t ticket = 0;
    std::vector<ArchiveWrite> writes;
    bool isAwaited = true; ///< something waits for the commit; otherwise it may be a moment late
};

/// What the engine starts from.
struct ArchiveSnapshot {
    Bytes profile;
    std::vector<PutContact> contacts;
    std::vector<PutMessage> undelivered; ///< messages of ours in state Queued or Sent, in order of sequence
    /// Messages of ours in state Delivered, which may still be read: the last of each contact, without their texts.
    std::vector<PutMessage> delivered;
    std::vector<PutMessage> amended; ///< messages with an openChange or openReaction
    std::vector<Message> expiring;   ///< messages with a lifetime, without their texts
    std::map<ContactId, std::uint64_t> lastPosition;
    std::map<ContactId, std::uint32_t> unread;
    Bytes picture; ///< our own; empty: none
};

/// A durable store of one profile.
class Archive {
public:
    virtual ~Archive() = default;

    virtual ProfileState state() const = 0;
    /// Makes the store with the profile's blob in it and leaves it open: all of it or nothing. AlreadyExists when there
    /// is one.
    virtual Result<void> create(KeySource source, std::string_view secret, BytesView profile) = 0;
    /// WrongPassphrase leaves everything as it was.
    virtual Result<void> open(std::string_view secret) = 0;
    virtual Result<ArchiveSnapshot> load() = 0;
    virtual Result<void> apply(const std::vector<ArchiveBatch>& batches) = 0;
    /// The newest `limit` messages before position `before` (0: from the end), oldest first.
    virtual Result<std::vector<Message>> messages(const ContactId& contact, std::uint64_t before,
                                                  std::size_t limit) = 0;
    /// The oldest `limit` messages after position `after`, oldest first.
    virtual Result<std::vector<Message>> messagesAfter(const ContactId& contact, std::uint64_t after,
                                                       std::size_t limit) = 0;
    /// NotFound when it is not there.
    virtual Result<Message> message(const ContactId& contact, const MessageRef& ref) = 0;

    /// What PutPicture stored last; NotFound when it is not there or damaged.
    virtual Result<Bytes> picture(const ContactId&) { return fail(ErrorCode::NotFound, "There is no picture."); }

    // What an archive without a folder of its own does not have.

    /// Some of the page: work is bounded, so that a page may be short, even empty, and `next` not 0 all the same.
    virtual Result<SearchPage> search(const SearchRequest&) { return notKept(); }
    /// A bounded step of what can be done when nobody waits. True while there is more.
    virtual bool tidy() { return false; }
    /// What could not be read, once; to be asked for after each other call.
    virtual std::optional<StoreProblem> pollProblem() { return std::nullopt; }
    virtual Result<StorageInfo> storageInfo() { return notKept(); }
    virtual Result<StoreCheck> verify() { return notKept(); }
    virtual Result<void> compact() { return notKept(); }
    virtual Result<void> protect(const ProtectRequest&) { return notKept(); }
    virtual Result<void> exportTo(const ExportRequest&) { return notKept(); }
    /// Like create(), from a file.
    virtual Result<void> importFrom(const ImportRequest&) { return notKept(); }
    /// Whether `secret` opens the profile; WrongPassphrase if not.
    virtual Result<void> checkSecret(std::string_view) { return notKept(); }
    /// Deletes the profile.
    virtual Result<void> erase() { return notKept(); }

private:
    static Unexpected notKept() { return fail(ErrorCode::Unsupported, "This profile is not kept on a disk."); }
};

} // namespace culvert
