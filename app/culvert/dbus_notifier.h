// DbusNotifier: the Desktop Notifications Specification 1.2 (org.freedesktop.Notifications) over the session bus.
#pragma once

#include "ui/desktop/notifier.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QMap>
#include <QStringList>

namespace culvert {

/// One notification for each contact, which a later one replaces. Where the server offers "inline-reply" (KDE, and
/// others) one can answer in it; elsewhere a click opens the conversation. GUI thread; nothing waits for the bus.
class DbusNotifier final : public Notifier {
    Q_OBJECT

public:
    static constexpr qsizetype kShownMax = 256; ///< contacts whose notification is remembered

    explicit DbusNotifier(const QDBusConnection& bus, QObject* parent = nullptr);

    /// Whether there is a server, running or to be started. Asks the bus, and waits at most a second.
    static bool isThere(const QDBusConnection& bus);

    void show(const Notification& notification) override;
    void withdraw(const ContactId& contact) override;

private slots:
    void handleAction(uint id, const QString& action);
    void handleReply(uint id, const QString& text);
    void handleClosed(uint id, uint reason);

private:
    void send(const Notification& notification);
    std::optional<ContactId> contactOf(uint id) const;

    QDBusConnection m_bus;
    std::optional<QStringList> m_capabilities; ///< once the server has answered
    QMap<QByteArray, uint> m_shown;            ///< contact -> id of its notification
    QList<Notification> m_waiting;             ///< for the capabilities
};

} // namespace culvert
