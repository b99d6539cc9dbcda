#include "ui/desktop/notification_center.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/wording.h"

#include <QDateTime>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kTextMax = 200;

QString shortened(const std::string& text) {
    const QString line = QString::fromStdString(text).simplified();
    return line.size() <= kTextMax ? line : line.left(kTextMax) + QStringLiteral("…");
}

} // namespace

Notification notificationOf(const Contact& contact, const Message* message, choice::Preview preview) {
    const QString name = ContactListModel::displayName(contact);
    Notification out{contact.id, name, {}, false};
    if (preview == choice::Preview::Nothing)
        out.title = QStringLiteral("Culvert");
    if (message == nullptr) {
        out.text = NotificationCenter::tr("Somebody asks to become a contact");
        if (preview == choice::Preview::NameAndText && !contact.greeting.empty())
            out.text = shortened(contact.greeting);
        return out;
    }
    const QString note = Wording::note(*message, name);
    out.text = preview != choice::Preview::NameAndText ? NotificationCenter::tr("New message")
               : note.isEmpty()                        ? shortened(message->text)
                                                       : note;
    // An answer to what one cannot read would be one to nobody.
    out.mayReply = preview == choice::Preview::NameAndText && contact.state == ContactState::Accepted;
    return out;
}

NotificationCenter::NotificationCenter(MessengerBridge& bridge, const UiSettings& settings, Notifier& notifier,
                                       IsSeen isSeen, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_settings(settings), m_notifier(notifier), m_isSeen(std::move(isSeen)) {
    connect(&bridge, &MessengerBridge::messageReceived, this, &NotificationCenter::tellMessage);
    connect(&bridge, &MessengerBridge::contactRequested, this,
            [this](const Contact& contact) { tell(contact, nullptr); });
    connect(&bridge, &MessengerBridge::contactChanged, this, &NotificationCenter::seen);
    connect(&bridge, &MessengerBridge::contactRemoved, this, &NotificationCenter::withdraw);
    connect(&bridge, &MessengerBridge::messageErased, this,
            [this](const MessageErasedEvent& erased) { forget(erased.contact, erased.target); });
    connect(&bridge, &MessengerBridge::messageAmended, this, [this](const MessageAmendedEvent& change) {
        if (change.amendment.kind != AmendmentKind::Reaction)
            forget(change.contact, change.amendment.target);
    });
    connect(&notifier, &Notifier::activated, this, &NotificationCenter::opened);
    connect(&notifier, &Notifier::replied, this, &NotificationCenter::reply);
}

void NotificationCenter::tellMessage(const Message& message) {
    if (!m_settings.get(setting::kNotify) || m_isSeen(message.contact))
        return;
    m_bridge.contacts(this, [this, message](const Result<std::vector<Contact>>& contacts) {
        if (!contacts)
            return;
        const auto from = std::ranges::find(*contacts, message.contact, &Contact::id);
        // It may have been read before the answer came.
        if (from != contacts->end() && from->state != ContactState::Blocked && from->unread > 0 &&
            !isMuted(*from, {QDateTime::currentMSecsSinceEpoch()}))
            tell(*from, &message);
    });
}

void NotificationCenter::tell(const Contact& contact, const Message* message) {
    if (!m_settings.get(setting::kNotify) || m_isSeen(contact.id))
        return;
    m_told[contact.id] = message != nullptr ? message->id : MessageId{};
    const auto preview = m_settings.get(setting::kPreview);
    Notification notification = notificationOf(contact, message, preview);
    if (preview != choice::Preview::Nothing)
        notification.picture = m_bridge.pictures().of(contact);
    m_notifier.show(notification);
}

void NotificationCenter::seen(const Contact& contact) {
    const bool waits = contact.unread > 0 || contact.state == ContactState::Pending;
    if (!waits)
        withdraw(contact.id);
}

void NotificationCenter::withdraw(const ContactId& contact) {
    if (m_told.erase(contact) > 0)
        m_notifier.withdraw(contact);
}

// What was deleted or put in other words does not stay on the screen.
void NotificationCenter::forget(const ContactId& contact, const MessageRef& message) {
    const auto told = m_told.find(contact);
    if (told != m_told.end() && message.from == MessageFrom::Them && told->second == message.id)
        withdraw(contact);
}

void NotificationCenter::reply(const ContactId& contact, const QString& text) {
    const QString written = text.trimmed();
    if (written.isEmpty())
        return;
    m_bridge.sendMessage(contact, {written.toStdString()}, this, [this, contact](const Result<MessageId>& sent) {
        if (sent)
            m_bridge.markRead(contact, this, [](const Result<void>&) {});
        else
            emit opened(contact); // The window can say more.
    });
}

} // namespace culvert
