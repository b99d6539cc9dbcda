#include "ui/bridge/messenger_bridge.h"

#include "ui/bridge/gui_queue.h"
#include "ui/bridge/pictures.h"

#include <QPointer>

namespace culvert {
namespace {

/// A reply for core's thread that answers on the GUI thread, if `receiver` still lives there and then.
template<typename T> Reply<T> onGuiThread(const std::shared_ptr<GuiQueue>& queue, QObject* receiver, Reply<T> reply) {
    return [queue, guard = QPointer<QObject>(receiver), reply = std::move(reply)](Result<T> result) {
        queue->post([guard, reply, result = std::move(result)] {
            if (guard)
                reply(result);
        });
    };
}

template<typename... Visitors> struct Overloaded : Visitors... { using Visitors::operator()...; };
template<typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace

MessengerBridge::MessengerBridge(Messenger& messenger, QObject* parent)
    : QObject(parent), m_messenger(messenger), m_queue(std::make_shared<GuiQueue>()), m_pictures(new Pictures(*this)) {
    m_messenger.addListener([queue = m_queue, guard = QPointer<MessengerBridge>(this)](const MessengerEvent& event) {
        queue->post([guard, event] {
            if (guard)
                guard->dispatch(event);
        });
    });
}

ProfileState MessengerBridge::profileState() const {
    return m_messenger.profileState();
}

void MessengerBridge::createProfile(ProfileRequest request, QObject* receiver, Reply<std::string> reply) {
    m_messenger.createProfile(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::unlockProfile(std::string secret, QObject* receiver, Reply<std::string> reply) {
    m_messenger.unlockProfile(std::move(secret), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::ownAddress(QObject* receiver, Reply<std::string> reply) {
    m_messenger.ownAddress(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::ownName(QObject* receiver, Reply<std::string> reply) {
    m_messenger.ownName(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::setOwnName(const QString& name, QObject* receiver, Reply<void> reply) {
    m_messenger.setOwnName(name.toStdString(), onGuiThread<void>(m_queue, this,
                                                                 [this, name, receiver = QPointer<QObject>(receiver),
                                                                  reply = std::move(reply)](const Result<void>& done) {
                                                                     if (done)
                                                                         emit ownNameChanged(name);
                                                                     if (receiver)
                                                                         reply(done);
                                                                 }));
}

void MessengerBridge::ownPicture(QObject* receiver, Reply<Bytes> reply) {
    m_messenger.ownPicture(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::setOwnPicture(Bytes octets, QObject* receiver, Reply<void> reply) {
    m_messenger.setOwnPicture(octets, onGuiThread<void>(m_queue, this,
                                                        [this, octets, receiver = QPointer<QObject>(receiver),
                                                         reply = std::move(reply)](const Result<void>& done) {
                                                            if (done)
                                                                emit ownPictureChanged(octets);
                                                            if (receiver)
                                                                reply(done);
                                                        }));
}

void MessengerBridge::contactPicture(const ContactId& contact, QObject* receiver, Reply<Bytes> reply) {
    m_messenger.contactPicture(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::invitations(QObject* receiver, Reply<std::vector<Invitation>> reply) {
    m_messenger.invitations(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::createInvitation(const QString& label, QObject* receiver, Reply<Invitation> reply) {
    m_messenger.createInvitation(label.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::revokeInvitation(const InvitationId& invitation, QObject* receiver, Reply<void> reply) {
    m_messenger.revokeInvitation(invitation, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::addContact(AddContactRequest request, QObject* receiver, Reply<ContactId> reply) {
    m_messenger.addContact(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::contacts(QObject* receiver, Reply<std::vector<Contact>> reply) {
    m_messenger.contacts(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::acceptContact(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.acceptContact(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::removeContact(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.removeContact(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::blockContact(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.blockContact(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::verifyContact(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.verifyContact(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::sendMessage(const ContactId& contact, OutgoingMessage message, QObject* receiver,
                                  Reply<MessageId> reply) {
    m_messenger.sendMessage(contact, std::move(message), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::editMessage(const ContactId& contact, const MessageId& id, const QString& text, QObject* receiver,
                                  Reply<void> reply) {
    m_messenger.editMessage(contact, id, text.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::deleteMessage(const ContactId& contact, const MessageRef& target, DeleteFrom from,
                                    QObject* receiver, Reply<void> reply) {
    m_messenger.deleteMessage(contact, target, from, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::react(const ContactId& contact, const MessageRef& target, const QString& reaction,
                            QObject* receiver, Reply<void> reply) {
    m_messenger.react(contact, target, reaction.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::setTyping(const ContactId& contact, bool isTyping) {
    m_messenger.setTyping(contact, isTyping, [](const Result<void>&) {}); // A hint: nobody misses it.
}

void MessengerBridge::muteContact(const ContactId& contact, std::optional<WallTime> until, QObject* receiver,
                                  Reply<void> reply) {
    m_messenger.muteContact(contact, until, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::setDraft(const ContactId& contact, const QString& text) {
    // A draft that cannot be kept is still in its field.
    m_messenger.setDraft(contact, text.toStdString(), [](const Result<void>&) {});
    emit draftChanged(contact, text);
}

void MessengerBridge::setDisappearing(const ContactId& contact, std::uint32_t seconds, QObject* receiver,
                                      Reply<void> reply) {
    m_messenger.setDisappearing(contact, seconds, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::messagesAfter(const ContactId& contact, std::uint64_t after, std::size_t limit, QObject* receiver,
                                    Reply<std::vector<Message>> reply) {
    m_messenger.messagesAfter(contact, after, limit, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::findMessage(const ContactId& contact, const MessageRef& ref, QObject* receiver,
                                  Reply<Message> reply) {
    m_messenger.findMessage(contact, ref, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::messages(const ContactId& contact, std::uint64_t before, std::size_t limit, QObject* receiver,
                               Reply<std::vector<Message>> reply) {
    m_messenger.messages(contact, before, limit, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::markRead(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.markRead(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::search(SearchRequest request, QObject* receiver, Reply<SearchPage> reply) {
    m_messenger.search(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::storageInfo(QObject* receiver, Reply<StorageInfo> reply) {
    m_messenger.storageInfo(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::verifyStore(QObject* receiver, Reply<StoreCheck> reply) {
    m_messenger.verifyStore(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::compactStore(QObject* receiver, Reply<void> reply) {
    m_messenger.compactStore(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::protectProfile(ProtectRequest request, QObject* receiver, Reply<void> reply) {
    m_messenger.protectProfile(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::exportProfile(ExportRequest request, QObject* receiver, Reply<void> reply) {
    m_messenger.exportProfile(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::importProfile(ImportRequest request, QObject* receiver, Reply<std::string> reply) {
    m_messenger.importProfile(std::move(request), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::deleteProfile(std::string secret, QObject* receiver, Reply<void> reply) {
    m_messenger.deleteProfile(std::move(secret), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::connection(const ContactId& contact, Watch watch, QObject* receiver,
                                 Reply<ConnectionInfo> reply) {
    m_messenger.connection(contact, watch, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::retryContact(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.retryContact(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::askToRing(const ContactId& contact, QObject* receiver, Reply<void> reply) {
    m_messenger.askToRing(contact, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::changePort(QObject* receiver, Reply<std::uint16_t> reply) {
    m_messenger.changePort(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::addThirdParty(const QString& address, QObject* receiver, Reply<void> reply) {
    m_messenger.addThirdParty(address.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::removeThirdParty(const QString& key, QObject* receiver, Reply<void> reply) {
    m_messenger.removeThirdParty(key.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::moveThirdParty(const QString& key, const QString& before, QObject* receiver, Reply<void> reply) {
    m_messenger.moveThirdParty(key.toStdString(), before.toStdString(),
                               onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::addTeredoServer(const QString& host, QObject* receiver, Reply<void> reply) {
    m_messenger.addTeredoServer(host.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::removeTeredoServer(const QString& host, QObject* receiver, Reply<void> reply) {
    m_messenger.removeTeredoServer(host.toStdString(), onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::networkStatus(QObject* receiver, Reply<NetworkStatus> reply) {
    m_messenger.networkStatus(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::retryConnections(QObject* receiver, Reply<void> reply) {
    m_messenger.retryConnections(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::settings(QObject* receiver, Reply<Settings> reply) {
    m_messenger.settings(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::setSettings(const Settings& settings, QObject* receiver, Reply<void> reply) {
    m_messenger.setSettings(settings, onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::thirdParties(QObject* receiver, Reply<std::vector<ThirdPartyStatus>> reply) {
    m_messenger.thirdParties(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::teredoServers(QObject* receiver, Reply<std::vector<TeredoServerStatus>> reply) {
    m_messenger.teredoServers(onGuiThread(m_queue, receiver, std::move(reply)));
}

void MessengerBridge::dispatch(const MessengerEvent& event) {
    std::visit(Overloaded{
                   [this](const ReadyEvent& e) { emit ready(QString::fromStdString(e.address)); },
                   [this](const ContactRequestEvent& e) { emit contactRequested(e.contact); },
                   [this](const ContactChangedEvent& e) { emit contactChanged(e.contact); },
                   [this](const ContactRemovedEvent& e) { emit contactRemoved(e.contact); },
                   [this](const MessageReceivedEvent& e) { emit messageReceived(e.message); },
                   [this](const MessageQueuedEvent& e) { emit messageQueued(e.message); },
                   [this](const MessageStateEvent& e) { emit messageStateChanged(e); },
                   [this](const MessageAmendedEvent& e) { emit messageAmended(e); },
                   [this](const MessageErasedEvent& e) { emit messageErased(e); },
                   [this](const TypingEvent& e) { emit typingChanged(e); },
                   [this](const AddressChangedEvent& e) { emit addressChanged(QString::fromStdString(e.address)); },
                   [this](const NetworkChangedEvent& e) { emit networkChanged(e.status); },
                   [this](const StoreProblemEvent& e) { emit storeProblem(e.problem); },
                   [this](const LogEvent& e) { emit logged(QString::fromStdString(e.line)); },
               },
               event);
}

} // namespace culvert
