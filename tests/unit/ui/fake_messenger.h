// FakeMessenger: a Messenger without network or disk that behaves as core promises, and that a test scripts.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <map>

namespace culvert {

/// Replies and tells events at once, on the calling thread. The `they…` and `set…` functions play the other side.
class FakeMessenger : public Messenger {
public:
    static constexpr const char* kPassphrase = "correct horse";

    FakeMessenger() { storage.keySource = KeySource::Passphrase; }

    ProfileState state = ProfileState::None;
    NetworkStatus network;
    Settings chosen;
    ConnectionInfo known;                 ///< of every contact
    int asked = 0;                        ///< for it
    int watched = 0;                      ///< how often somebody asked for it who looks on
    int triedAnew = 0;                    ///< contacts
    std::optional<ContactId> askedToRing; ///< last
    std::optional<Error> nextError;       ///< the answer to the next command that can fail
    std::optional<ProfileRequest> created;
    AddContactRequest added;
    int markedRead = 0;
    Bytes picture;           ///< our own
    int picturesAsked = 0;   ///< of contacts
    std::vector<bool> typed; ///< what setTyping() was told
    int retried = 0;
    StorageInfo storage; ///< messages and contacts are counted
    StoreCheck checked;  ///< the answer of verifyStore()
    std::optional<ExportRequest> exported;
    int compacted = 0;
    std::vector<Invitation> knownInvitations{{{{1, 2, 3}}, "", {}, {}, true, addressOf(key(0))}};

    /// A key that differs for each `number`.
    static ContactId key(int number);
    /// The address string that the checker accepts for `id`.
    static std::string addressOf(const ContactId& id);
    static AddressCheck check(const std::string& text);

    void emitEvent(const MessengerEvent& event);
    /// Puts a contact there without an event, as it was stored before.
    Contact& put(const std::string& name, int number, ContactState contactState, const Presence& presence = {});
    Message& putMessage(const ContactId& contact, MessageFrom from, const std::string& text, std::int64_t sentAt,
                        MessageState messageState = MessageState::Delivered);
    void theyAsk(const std::string& name, int number, const std::string& greeting);
    void theyAccept(const ContactId& contact);
    void theyWrite(const ContactId& contact, const std::string& text);
    void theyAmend(const ContactId& contact, const MessageRef& target, AmendmentKind kind, const std::string& text);
    void theyType(const ContactId& contact, bool isTyping) { emitEvent(TypingEvent{contact, isTyping}); }
    /// Their picture is another one; empty octets: there is none any more.
    void theyShow(const ContactId& contact, const Bytes& octets);
    const Contact& contactNow(const ContactId& contact) { return m_contacts[contact]; }
    void setPresence(const ContactId& contact, const Presence& presence);
    void setMessageState(const MessageId& id, MessageState messageState);
    const std::vector<Message>& conversation(const ContactId& contact) { return m_messages[contact]; }

    void addListener(Listener listener) override { m_listeners.push_back(std::move(listener)); }
    ProfileState profileState() const override { return state; }
    void createProfile(ProfileRequest request, Reply<std::string> reply) override;
    void unlockProfile(std::string secret, Reply<std::string> reply) override;
    void ownAddress(Reply<std::string> reply) override { reply(addressOf(key(0))); }
    void ownName(Reply<std::string> reply) override { reply(m_name); }
    void setOwnName(std::string name, Reply<void> reply) override;
    void ownPicture(Reply<Bytes> reply) override { reply(picture); }
    void setOwnPicture(Bytes octets, Reply<void> reply) override;
    void contactPicture(ContactId contact, Reply<Bytes> reply) override;
    void addContact(AddContactRequest request, Reply<ContactId> reply) override;
    void contacts(Reply<std::vector<Contact>> reply) override;
    void acceptContact(ContactId contact, Reply<void> reply) override;
    void removeContact(ContactId contact, Reply<void> reply) override;
    void blockContact(ContactId contact, Reply<void> reply) override;
    void verifyContact(ContactId contact, Reply<void> reply) override;
    void sendMessage(ContactId contact, OutgoingMessage message, Reply<MessageId> reply) override;
    void editMessage(ContactId contact, MessageId id, std::string text, Reply<void> reply) override;
    void deleteMessage(ContactId contact, MessageRef target, DeleteFrom from, Reply<void> reply) override;
    void react(ContactId contact, MessageRef target, std::string reaction, Reply<void> reply) override;
    void setTyping(ContactId contact, bool isTyping, Reply<void> reply) override;
    void muteContact(ContactId contact, std::optional<WallTime> until, Reply<void> reply) override;
    void setDraft(ContactId contact, std::string text, Reply<void> reply) override;
    void setDisappearing(ContactId contact, std::uint32_t seconds, Reply<void> reply) override;
    void messagesAfter(ContactId contact, std::uint64_t after, std::size_t limit,
                       Reply<std::vector<Message>> reply) override;
    void findMessage(ContactId contact, MessageRef ref, Reply<Message> reply) override;
    void messages(ContactId contact, std::uint64_t before, std::size_t limit,
                  Reply<std::vector<Message>> reply) override;
    void markRead(ContactId contact, Reply<void> reply) override;
    void search(SearchRequest request, Reply<SearchPage> reply) override;
    void storageInfo(Reply<StorageInfo> reply) override;
    void verifyStore(Reply<StoreCheck> reply) override;
    void compactStore(Reply<void> reply) override;
    void protectProfile(ProtectRequest request, Reply<void> reply) override;
    void exportProfile(ExportRequest request, Reply<void> reply) override;
    void importProfile(ImportRequest request, Reply<std::string> reply) override;
    void deleteProfile(std::string secret, Reply<void> reply) override;
    void connection(ContactId contact, Watch watch, Reply<ConnectionInfo> reply) override;
    void retryContact(ContactId contact, Reply<void> reply) override;
    void askToRing(ContactId contact, Reply<void> reply) override;
    void networkStatus(Reply<NetworkStatus> reply) override { reply(network); }
    void retryConnections(Reply<void> reply) override;
    void settings(Reply<Settings> reply) override { reply(chosen); }
    void setSettings(Settings settings, Reply<void> reply) override;
    void changePort(Reply<std::uint16_t> reply) override;
    void invitations(Reply<std::vector<Invitation>> reply) override { reply(knownInvitations); }
    void createInvitation(std::string label, Reply<Invitation> reply) override;
    void revokeInvitation(InvitationId invitation, Reply<void> reply) override;
    void addThirdParty(std::string address, Reply<void> reply) override;
    void removeThirdParty(std::string key, Reply<void> reply) override;
    void moveThirdParty(std::string key, std::string before, Reply<void> reply) override;
    void addTeredoServer(std::string host, Reply<void> reply) override;
    void removeTeredoServer(std::string host, Reply<void> reply) override;
    void teredoServers(Reply<std::vector<TeredoServerStatus>> reply) override { reply(network.teredo.servers); }
    void thirdParties(Reply<std::vector<ThirdPartyStatus>> reply) override { reply(network.thirdParties); }

private:
    /// Whether `given` opens the profile: what it was made or protected with last, kPassphrase before.
    bool opens(const std::string& given) const;
    /// The error that a test asked for, once.
    std::optional<Error> takeError();
    Message* find(const ContactId& contact, const MessageRef& ref);
    void amend(const ContactId& contact, Amendment amendment, const Reply<void>& reply);
    void change(const ContactId& contact, const std::function<void(Contact&)>& edit, const Reply<void>& reply = {});

    std::vector<Listener> m_listeners;
    std::string m_name = "Ida Marlow";
    std::string m_secret = kPassphrase;
    std::map<ContactId, Contact> m_contacts;
    std::map<ContactId, Bytes> m_pictures;
    std::map<ContactId, std::vector<Message>> m_messages;
    int m_nextMessage = 1;
    int m_nextPicture = 0;
};

/// A keyring that answers at once.
class FakeKeyring : public Keyring {
public:
    bool available = true;
    std::optional<std::string> held;

    void probe(std::function<void(bool)> reply) override { reply(available); }
    void store(std::string secret, std::function<void(Result<void>)> reply) override {
        held = std::move(secret);
        reply({});
    }
    void fetch(std::function<void(Result<std::string>)> reply) override {
        if (held)
            reply(*held);
        else
            reply(fail(ErrorCode::NotFound, "The keyring holds no key of Culvert."));
    }
};

} // namespace culvert
