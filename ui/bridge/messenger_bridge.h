// MessengerBridge: core's events and replies on the GUI thread.
//
// Thread safety: GUI thread. Core calls back on its own thread; every call goes through a GuiQueue, and only
// there, on the GUI thread, is it decided whether the bridge and the receiver still live.
// REQUIRES: the Messenger is destroyed before the QApplication, so that no call comes after it.
// Invariants:
//  1. A reply never runs after its receiver was destroyed.
//  2. Replies and signals arrive in the order in which core gave them.
#pragma once

#include "core/messenger/messenger.h"

#include <QObject>
#include <QString>

#include <memory>

namespace culvert {

class GuiQueue;
class Pictures;

/// Passes commands to a Messenger, and its events on as signals that carry values.
class MessengerBridge : public QObject {
    Q_OBJECT

public:
    /// REQUIRES: the core behind `messenger` is not started yet, and outlives the bridge.
    explicit MessengerBridge(Messenger& messenger, QObject* parent = nullptr);

    ProfileState profileState() const;
    void createProfile(ProfileRequest request, QObject* receiver, Reply<std::string> reply);
    void unlockProfile(std::string secret, QObject* receiver, Reply<std::string> reply);
    void ownAddress(QObject* receiver, Reply<std::string> reply);
    void ownName(QObject* receiver, Reply<std::string> reply);
    void setOwnName(const QString& name, QObject* receiver, Reply<void> reply);

    void ownPicture(QObject* receiver, Reply<Bytes> reply);
    void setOwnPicture(Bytes octets, QObject* receiver, Reply<void> reply);
    void contactPicture(const ContactId& contact, QObject* receiver, Reply<Bytes> reply);
    /// The same as images.
    Pictures& pictures() const { return *m_pictures; }

    void invitations(QObject* receiver, Reply<std::vector<Invitation>> reply);
    void createInvitation(const QString& label, QObject* receiver, Reply<Invitation> reply);
    void revokeInvitation(const InvitationId& invitation, QObject* receiver, Reply<void> reply);

    void addContact(AddContactRequest request, QObject* receiver, Reply<ContactId> reply);
    void contacts(QObject* receiver, Reply<std::vector<Contact>> reply);
    void acceptContact(const ContactId& contact, QObject* receiver, Reply<void> reply);
    void removeContact(const ContactId& contact, QObject* receiver, Reply<void> reply);
    void blockContact(const ContactId& contact, QObject* receiver, Reply<void> reply);
    void verifyContact(const ContactId& contact, QObject* receiver, Reply<void> reply);

    void sendMessage(const ContactId& contact, OutgoingMessage message, QObject* receiver, Reply<MessageId> reply);
    void editMessage(const ContactId& contact, const MessageId& id, const QString& text, QObject* receiver,
                     Reply<void> reply);
    void deleteMessage(const ContactId& contact, const MessageRef& target, DeleteFrom from, QObject* receiver,
                       Reply<void> reply);
    void react(const ContactId& contact, const MessageRef& target, const QString& reaction, QObject* receiver,
               Reply<void> reply);
    void setTyping(const ContactId& contact, bool isTyping);
    void muteContact(const ContactId& contact, std::optional<WallTime> until, QObject* receiver, Reply<void> reply);
    void setDraft(const ContactId& contact, const QString& text);
    void setDisappearing(const ContactId& contact, std::uint32_t seconds, QObject* receiver, Reply<void> reply);
    void messagesAfter(const ContactId& contact, std::uint64_t after, std::size_t limit, QObject* receiver,
                       Reply<std::vector<Message>> reply);
    void findMessage(const ContactId& contact, const MessageRef& ref, QObject* receiver, Reply<Message> reply);
    void messages(const ContactId& contact, std::uint64_t before, std::size_t limit, QObject* receiver,
                  Reply<std::vector<Message>> reply);
    void markRead(const ContactId& contact, QObject* receiver, Reply<void> reply);

    void search(SearchRequest request, QObject* receiver, Reply<SearchPage> reply);
    void storageInfo(QObject* receiver, Reply<StorageInfo> reply);
    void verifyStore(QObject* receiver, Reply<StoreCheck> reply);
    void compactStore(QObject* receiver, Reply<void> reply);
    void protectProfile(ProtectRequest request, QObject* receiver, Reply<void> reply);
    void exportProfile(ExportRequest request, QObject* receiver, Reply<void> reply);
    void importProfile(ImportRequest request, QObject* receiver, Reply<std::string> reply);
    void deleteProfile(std::string secret, QObject* receiver, Reply<void> reply);

    void connection(const ContactId& contact, Watch watch, QObject* receiver, Reply<ConnectionInfo> reply);
    void retryContact(const ContactId& contact, QObject* receiver, Reply<void> reply);
    void askToRing(const ContactId& contact, QObject* receiver, Reply<void> reply);
    void changePort(QObject* receiver, Reply<std::uint16_t> reply);
    void addThirdParty(const QString& address, QObject* receiver, Reply<void> reply);
    void removeThirdParty(const QString& key, QObject* receiver, Reply<void> reply);
    void moveThirdParty(const QString& key, const QString& before, QObject* receiver, Reply<void> reply);
    void addTeredoServer(const QString& host, QObject* receiver, Reply<void> reply);
    void removeTeredoServer(const QString& host, QObject* receiver, Reply<void> reply);
    void networkStatus(QObject* receiver, Reply<NetworkStatus> reply);
    void retryConnections(QObject* receiver, Reply<void> reply);
    void settings(QObject* receiver, Reply<Settings> reply);
    void setSettings(const Settings& settings, QObject* receiver, Reply<void> reply);
    void thirdParties(QObject* receiver, Reply<std::vector<ThirdPartyStatus>> reply);
    void teredoServers(QObject* receiver, Reply<std::vector<TeredoServerStatus>> reply);

signals:
    /// By setOwnName().
    void ownNameChanged(const QString& name);
    /// By setOwnPicture().
    void ownPictureChanged(const culvert::Bytes& octets);
    /// Here, by setDraft().
    void draftChanged(const culvert::ContactId& contact, const QString& text);
    void ready(const QString& address);
    void contactRequested(const culvert::Contact& contact);
    void contactChanged(const culvert::Contact& contact);
    void contactRemoved(const culvert::ContactId& contact);
    void messageReceived(const culvert::Message& message);
    void messageQueued(const culvert::Message& message);
    void messageStateChanged(const culvert::MessageStateEvent& change);
    void messageAmended(const culvert::MessageAmendedEvent& change);
    void messageErased(const culvert::MessageErasedEvent& erased);
    void typingChanged(const culvert::TypingEvent& typing);
    void addressChanged(const QString& address);
    void networkChanged(const culvert::NetworkStatus& status);
    void storeProblem(const culvert::StoreProblem& problem);
    void logged(const QString& line);

private:
    void dispatch(const MessengerEvent& event);

    Messenger& m_messenger;
    std::shared_ptr<GuiQueue> m_queue;
    Pictures* m_pictures;
};

} // namespace culvert
