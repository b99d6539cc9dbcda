#include "app/culvert/dbus_notifier.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingReply>

namespace culvert {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kDefault = QStringLiteral("default");
const QString kInlineReply = QStringLiteral("inline-reply");
constexpr int kWaitMs = 1000;

QDBusMessage method(const char* name) {
    return QDBusMessage::createMethodCall(kService, kPath, kService, QLatin1String(name));
}

/// As the servers want it: width, height, octets of a line, whether there is an alpha channel, bits, channels, pixels.
struct DbusImage {
    QImage image;
};

QDBusArgument& operator<<(QDBusArgument& out, const DbusImage& value) {
    const QImage image = value.image.convertToFormat(QImage::Format_RGB888);
    const QByteArray pixels(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
    out.beginStructure();
    out << image.width() << image.height() << static_cast<int>(image.bytesPerLine()) << false << 8 << 3 << pixels;
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, DbusImage&) {
    return in; // Nobody sends us any.
}

QByteArray keyOf(const ContactId& contact) {
    return QByteArray::fromStdString(contact.text());
}

} // namespace

bool DbusNotifier::isThere(const QDBusConnection& bus) {
    if (!bus.isConnected())
        return false;
    auto call =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("ListActivatableNames"));
    const QDBusReply<bool> runs = bus.interface()->isServiceRegistered(kService);
    if (runs.isValid() && runs.value())
        return true;
    const QDBusReply<QStringList> startable = bus.call(call, QDBus::Block, kWaitMs);
    return startable.isValid() && startable.value().contains(kService);
}

DbusNotifier::DbusNotifier(const QDBusConnection& bus, QObject* parent) : Notifier(parent), m_bus(bus) {
    qDBusRegisterMetaType<DbusImage>();
    const auto listen = [this](const char* signal, const char* slot) {
        m_bus.connect(kService, kPath, kService, QLatin1String(signal), this, slot);
    };
    listen("ActionInvoked", SLOT(handleAction(uint, QString)));
    listen("NotificationReplied", SLOT(handleReply(uint, QString)));
    listen("NotificationClosed", SLOT(handleClosed(uint, uint)));
    auto* asked = new QDBusPendingCallWatcher(m_bus.asyncCall(method("GetCapabilities")), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QStringList> reply = *done;
        m_capabilities = reply.isValid() ? reply.value() : QStringList();
        done->deleteLater();
        for (const Notification& notification : std::exchange(m_waiting, {}))
            send(notification);
    });
}

void DbusNotifier::show(const Notification& notification) {
    if (m_capabilities)
        send(notification);
    else if (m_waiting.size() < kShownMax)
        m_waiting.append(notification);
}

void DbusNotifier::send(const Notification& notification) {
    // Where the server reads markup a stranger's text must not be some.
    const bool hasMarkup = m_capabilities->contains(QStringLiteral("body-markup"));
    const QString body = hasMarkup ? notification.text.toHtmlEscaped() : notification.text;
    QStringList actions;
    if (m_capabilities->contains(QStringLiteral("actions"))) {
        actions << kDefault << tr("Open");
        if (notification.mayReply && m_capabilities->contains(kInlineReply))
            actions << kInlineReply << tr("Reply");
    }
    QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.culvert.Culvert")},
                      {QStringLiteral("category"), QStringLiteral("im.received")},
                      {QStringLiteral("x-kde-reply-placeholder-text"), tr("Write an answer")}};
    if (!notification.picture.isNull())
        hints[QStringLiteral("image-data")] = QVariant::fromValue(DbusImage{notification.picture});
    const QByteArray contact = keyOf(notification.contact);
    QDBusMessage call = method("Notify");
    call << QStringLiteral("Culvert") << m_shown.value(contact, 0U) << QStringLiteral("culvert") << notification.title
         << body << actions << hints << -1;
    auto* sent = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(sent, &QDBusPendingCallWatcher::finished, this, [this, contact](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<uint> reply = *done;
        if (reply.isValid() && (m_shown.size() < kShownMax || m_shown.contains(contact)))
            m_shown[contact] = reply.value();
        done->deleteLater();
    });
}

void DbusNotifier::withdraw(const ContactId& contact) {
    m_waiting.removeIf([&](const Notification& waiting) { return waiting.contact == contact; });
    const uint id = m_shown.take(keyOf(contact));
    if (id == 0)
        return;
    QDBusMessage call = method("CloseNotification");
    call << id;
    m_bus.asyncCall(call);
}

std::optional<ContactId> DbusNotifier::contactOf(uint id) const {
    const auto found = std::find(m_shown.begin(), m_shown.end(), id);
    return found == m_shown.end() ? std::nullopt : ContactId::fromText(found.key().toStdString());
}

void DbusNotifier::handleAction(uint id, const QString& action) {
    const auto contact = contactOf(id);
    if (contact && action == kDefault)
        emit activated(*contact);
}

void DbusNotifier::handleReply(uint id, const QString& text) {
    if (const auto contact = contactOf(id))
        emit replied(*contact, text);
}

void DbusNotifier::handleClosed(uint id, uint) {
    m_shown.removeIf([id](const auto& shown) { return shown.value() == id; });
}

} // namespace culvert
