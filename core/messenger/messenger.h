// Messenger: the face of core. The window and JSON-RPC see this and nothing behind it.
//
// Thread safety: every function may be called from any thread and returns at once. Replies and events come on the
// core's own thread, in order; a receiver that lives elsewhere passes them on (MessengerBridge does so for Qt).
// Invariants:
//  1. Every Reply is called exactly once, unless the Messenger is destroyed first.
//  2. A message that was given an id by sendMessage() is durable; it survives kill -9.
#pragma once

#include "core/base/result.h"
#include "core/messenger/connection_info.h"
#include "core/messenger/events.h"
#include "core/messenger/invitation.h"
#include "core/messenger/settings.h"
#include "core/messenger/storage.h"

#include <functional>

namespace culvert {

/// The answer to a command, later.
template<typename T> using Reply = std::function<void(Result<T>)>;

/// Whether a profile exists in the data folder, and what it takes to open it.
enum class ProfileState {
    None,            ///< nothing there: createProfile()
    NeedsPassphrase, ///< unlockProfile(passphrase)
    NeedsKeyring,    ///< unlockProfile(secret that the system keyring holds)
    Opening,         ///< its key lies beside the store: it opens by itself
    Open,            ///< ready
};

/// What createProfile() needs.
struct ProfileRequest {
    std::string name; ///< how contacts see us at first, UTF-8, 1 to 64 characters
    KeySource keySource = KeySource::BesideStore;
    std::string secret; ///< the passphrase, or what the keyring holds
};

/// What one adds a contact with.
struct AddContactRequest {
    std::string address;  ///< a contact address string, anywhere in a text
    std::string name;     ///< empty: theirs, when they accept
    std::string greeting; ///< at most 256 octets, shown with the request
};

/// Whether somebody looks on.
enum class Watch { No, Yes };

/// What sendMessage() sends.
struct OutgoingMessage {
    std::string text;
    std::optional<MessageRef> replyTo = std::nullopt;
};

/// From where deleteMessage() deletes.
enum class DeleteFrom {
    Here, ///< this profile alone: it is gone without a trace
    Both, ///< a message of ours: both sides keep a mark without text
};

/// Everything one can ask of Culvert.
class Messenger {
public:
    using Listener = std::function<void(const MessengerEvent&)>;

    virtual ~Messenger() = default;

    /// Adds a receiver of all events from now on. REQUIRES: before the core is started.
    virtual void addListener(Listener listener) = 0;

    virtual ProfileState profileState() const = 0;
    /// The reply holds the own contact address string.
    virtual void createProfile(ProfileRequest request, Reply<std::string> reply) = 0;
    /// WrongPassphrase leaves everything as it was.
    virtual void unlockProfile(std::string secret, Reply<std::string> reply) = 0;
    /// The own contact address string with the endpoints of this moment.
    virtual void ownAddress(Reply<std::string> reply) = 0;
    virtual void ownName(Reply<std::string> reply) = 0;
    /// How who becomes a contact from now on sees us at first, as in ProfileRequest.
    virtual void setOwnName(std::string name, Reply<void> reply) = 0;
    /// Our picture, which accepted contacts see; empty: there is none.
    virtual void ownPicture(Reply<Bytes> reply) = 0;
    /// What is no picture as picture.h says is refused; empty octets take it back, at the contacts as well.
    virtual void setOwnPicture(Bytes octets, Reply<void> reply) = 0;
    /// The octets that Contact::picture names, which somebody else made: decode them with care. NotFound when there are
    /// none.
    virtual void contactPicture(ContactId contact, Reply<Bytes> reply) = 0;
    /// Every invitation that is valid, the main one first.
    virtual void invitations(Reply<std::vector<Invitation>> reply) = 0;
    /// An address string of its own for one person or place, which can be revoked alone.
    virtual void createInvitation(std::string label, Reply<Invitation> reply) = 0;
    /// Strangers who hold it cannot ask any more. The main one gets a successor, and ownAddress() another answer.
    virtual void revokeInvitation(InvitationId invitation, Reply<void> reply) = 0;

    virtual void addContact(AddContactRequest request, Reply<ContactId> reply) = 0;
    virtual void contacts(Reply<std::vector<Contact>> reply) = 0;
    virtual void acceptContact(ContactId contact, Reply<void> reply) = 0;
    virtual void removeContact(ContactId contact, Reply<void> reply) = 0;
    virtual void blockContact(ContactId contact, Reply<void> reply) = 0;
    virtual void verifyContact(ContactId contact, Reply<void> reply) = 0;

    virtual void sendMessage(ContactId contact, OutgoingMessage message, Reply<MessageId> reply) = 0;
    /// Gives a message of ours another text. NotFound when it is not there, WrongState when it cannot be changed.
    virtual void editMessage(ContactId contact, MessageId id, std::string text, Reply<void> reply) = 0;
    /// As editMessage().
    virtual void deleteMessage(ContactId contact, MessageRef target, DeleteFrom from, Reply<void> reply) = 0;
    /// Puts `reaction` (isReaction()) in the place of the one before; an empty one takes it back. As editMessage().
    virtual void react(ContactId contact, MessageRef target, std::string reaction, Reply<void> reply) = 0;
    /// The user writes to this contact, or stopped. Call it with each key: how much of it is told is core's affair.
    virtual void setTyping(ContactId contact, bool isTyping, Reply<void> reply) = 0;
    /// No notifications before `until`; nothing: at once again.
    virtual void muteContact(ContactId contact, std::optional<WallTime> until, Reply<void> reply) = 0;
    /// Keeps what was typed and not sent.
    virtual void setDraft(ContactId contact, std::string text, Reply<void> reply) = 0;
    /// How long new messages of both sides stay after they were read, at most kLifetimeSecondsMax; 0: for ever.
    virtual void setDisappearing(ContactId contact, std::uint32_t seconds, Reply<void> reply) = 0;
    /// The newest `limit` messages (at most 500) before position `before`, oldest first; 0 means from the end.
    virtual void messages(ContactId contact, std::uint64_t before, std::size_t limit,
                          Reply<std::vector<Message>> reply) = 0;
    /// The oldest `limit` messages (at most 500) after position `after`, oldest first.
    virtual void messagesAfter(ContactId contact, std::uint64_t after, std::size_t limit,
                               Reply<std::vector<Message>> reply) = 0;
    virtual void findMessage(ContactId contact, MessageRef ref, Reply<Message> reply) = 0;
    /// Marks everything of theirs as read and lets them know.
    virtual void markRead(ContactId contact, Reply<void> reply) = 0;

    /// Looks through all history, newest first. A page may take longer where the index is not made yet, and is as
    /// complete as ever then.
    virtual void search(SearchRequest request, Reply<SearchPage> reply) = 0;

    virtual void storageInfo(Reply<StorageInfo> reply) = 0;
    /// Reads everything that is stored, which takes some seconds for a hundred thousand messages. A damaged file is set
    /// aside and what can be read of it saved; damaged values in a sound one stay where they are.
    virtual void verifyStore(Reply<StoreCheck> reply) = 0;
    /// Gives back to the disk what removed messages took. Messages wait meanwhile.
    virtual void compactStore(Reply<void> reply) = 0;
    /// Another passphrase, or another place for the key: all at once, or not at all. WrongPassphrase leaves everything
    /// as it was. With the keyring, store the new secret there before, and remove an old one after the reply.
    virtual void protectProfile(ProtectRequest request, Reply<void> reply) = 0;
    /// Writes the profile with everything in it into one encrypted file: whole, or there is none. AlreadyExists when
    /// there is a file of that name.
    virtual void exportProfile(ExportRequest request, Reply<void> reply) = 0;
    /// Makes the profile of this folder from such a file and opens it; the reply holds the own contact address string.
    /// AlreadyExists when there is a profile. WrongPassphrase, and Corrupt for a file that is damaged or cut off, leave
    /// everything as it was. One profile must not run on two computers at a time: each would miss messages of the
    /// other.
    virtual void importProfile(ImportRequest request, Reply<std::string> reply) = 0;
    /// Says goodbye to everyone and deletes the profile with everything that Culvert keeps in its folder. `secret` is
    /// the one that opens it; WrongPassphrase leaves everything as it was. Then there is none: createProfile().
    virtual void deleteProfile(std::string secret, Reply<void> reply) = 0;

    /// `watch`: somebody looks, and the path in use is measured once a second.
    virtual void connection(ContactId contact, Watch watch, Reply<ConnectionInfo> reply) = 0;
    /// Tries everything for one contact anew, now.
    virtual void retryContact(ContactId contact, Reply<void> reply) = 0;
    /// Asks the contact to send one packet to each public address of ours at which it has a direct way to us, from a
    /// port that we never wrote to: NetworkStatus::rung4 and rung6 tell whether it came in. WrongState where it could
    /// not tell anything, with the reason; LimitReached while one is asked, and for a while after.
    virtual void askToRing(ContactId contact, Reply<void> reply) = 0;
    virtual void networkStatus(Reply<NetworkStatus> reply) = 0;
    /// Probes every contact and asks the router again, now.
    virtual void retryConnections(Reply<void> reply) = 0;

    virtual void settings(Reply<Settings> reply) = 0;
    /// Takes effect at once, and is kept.
    virtual void setSettings(Settings settings, Reply<void> reply) = 0;

    /// Moves to another port, which the reply tells. Refused where the port was chosen on the command line.
    virtual void changePort(Reply<std::uint16_t> reply) = 0;

    virtual void addThirdParty(std::string address, Reply<void> reply) = 0;
    /// `key`: ThirdPartyStatus::key.
    virtual void removeThirdParty(std::string key, Reply<void> reply) = 0;
    /// In front of the third party with the key `before`; empty: to the end. Of those that answer as quickly, the ones
    /// in front are asked first, and an address string that has no room for all of them names those.
    virtual void moveThirdParty(std::string key, std::string before, Reply<void> reply) = 0;
    /// `host`: a host name or an IPv4 address.
    virtual void addTeredoServer(std::string host, Reply<void> reply) = 0;
    virtual void removeTeredoServer(std::string host, Reply<void> reply) = 0;
    virtual void thirdParties(Reply<std::vector<ThirdPartyStatus>> reply) = 0;
    virtual void teredoServers(Reply<std::vector<TeredoServerStatus>> reply) = 0;
};

/// What a pasted text holds; ui asks before it offers to add a contact. Pure; any thread.
struct AddressCheck {
    std::optional<ContactId> contact; ///< set when the text holds a sound address string
    std::optional<Error> error;       ///< set when it does not: what is wrong, in words that help
};
/// Finds a contact address string anywhere in `text`.
using AddressChecker = std::function<AddressCheck(const std::string& text)>;

} // namespace culvert
