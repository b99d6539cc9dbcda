// NotificationCenter: decides of what the user is notified, and in which words.
#pragma once

#include "core/messenger/contact.h"
#include "core/messenger/message.h"
#include "ui/desktop/notifier.h"
#include "ui/settings/ui_settings.h"

#include <functional>
#include <map>

namespace culvert {

class MessengerBridge;

/// What is shown of a message, or of a request where there is none. Pure.
Notification notificationOf(const Contact& contact, const Message* message, choice::Preview preview);

/// Messages and requests while the user looks elsewhere, but those of whom the user muted. An answer is sent as if it
/// had been written in the window. GUI thread.
class NotificationCenter : public QObject {
    Q_OBJECT

public:
    /// Whether the user sees the contact's conversation at this moment.
    using IsSeen = std::function<bool(const ContactId& contact)>;

    /// Everything outlives this.
    NotificationCenter(MessengerBridge& bridge, const UiSettings& settings, Notifier& notifier, IsSeen isSeen,
                       QObject* parent = nullptr);

signals:
    /// The user wants to see the contact's conversation.
    void opened(const culvert::ContactId& contact);

private:
    void tellMessage(const Message& message);
    void tell(const Contact& contact, const Message* message);
    void seen(const Contact& contact);
    void withdraw(const ContactId& contact);
    void forget(const ContactId& contact, const MessageRef& message);
    void reply(const ContactId& contact, const QString& text);

    MessengerBridge& m_bridge;
    const UiSettings& m_settings;
    Notifier& m_notifier;
    IsSeen m_isSeen;
    std::map<ContactId, MessageId> m_told; ///< and the message that is shown; at most as many as there are contacts
};

} // namespace culvert
