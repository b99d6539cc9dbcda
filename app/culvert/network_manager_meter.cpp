#include "app/culvert/network_manager_meter.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace culvert {
namespace {

const QString kService = QStringLiteral("org.freedesktop.NetworkManager");
const QString kPath = QStringLiteral("/org/freedesktop/NetworkManager");
const QString kProperties = QStringLiteral("org.freedesktop.DBus.Properties");
const QString kMetered = QStringLiteral("Metered");
constexpr uint kYes = 1, kGuessYes = 3; // NMMetered

} // namespace

NetworkManagerMeter::NetworkManagerMeter(const QDBusConnection& bus, QObject* parent) : QObject(parent), m_bus(bus) {
    if (!m_bus.isConnected())
        return;
    m_bus.connect(kService, kPath, kProperties, QStringLiteral("PropertiesChanged"), this,
                  SLOT(take(QString, QVariantMap, QStringList)));
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kProperties, QStringLiteral("Get"));
    call << kService << kMetered;
    auto* asked = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isValid())
            tell(reply.value().variant());
        done->deleteLater();
    });
}

void NetworkManagerMeter::take(const QString& interface, const QVariantMap& changes, const QStringList&) {
    if (interface == kService && changes.contains(kMetered))
        tell(changes.value(kMetered));
}

void NetworkManagerMeter::tell(const QVariant& metered) {
    emit told(metered.toUInt() == kYes || metered.toUInt() == kGuessYes);
}

} // namespace culvert
