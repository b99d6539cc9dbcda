#include "app/culvert/portal_look.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace culvert {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
const QString kColorScheme = QStringLiteral("color-scheme"); // 1: prefers dark
const QString kContrast = QStringLiteral("contrast");        // 1: prefers more
const QString kAnimations = QStringLiteral("enable-animations");

/// Read() wraps its answer twice, SettingChanged once.
QVariant unwrapped(QVariant value) {
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

PortalLook::PortalLook(const QDBusConnection& bus, const SystemLook& begin, QObject* parent)
    : QObject(parent), m_bus(bus), m_look(begin), m_prefersDark(begin.scheme == Scheme::Dark),
      m_prefersContrast(begin.scheme == Scheme::HighContrast) {
    if (!m_bus.isConnected())
        return;
    m_bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                  SLOT(take(QString, QString, QDBusVariant)));
    ask(kAppearance, kColorScheme);
    ask(kAppearance, kContrast);
    ask(kGnome, kAnimations);
}

void PortalLook::ask(const QString& group, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    auto* asked = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isValid())
            take(group, key, reply.value());
        done->deleteLater();
    });
}

void PortalLook::take(const QString& group, const QString& key, const QDBusVariant& value) {
    const QVariant told = unwrapped(QVariant::fromValue(value));
    if (group == kAppearance && key == kColorScheme)
        m_prefersDark = told.toUInt() == 1;
    else if (group == kAppearance && key == kContrast)
        m_prefersContrast = told.toUInt() == 1;
    else if (group == kGnome && key == kAnimations)
        m_look.hasMotion = told.toBool();
    else
        return;
    m_look.scheme = scheme();
    emit changed(m_look);
}

Scheme PortalLook::scheme() const {
    if (m_prefersContrast)
        return Scheme::HighContrast;
    return m_prefersDark ? Scheme::Dark : Scheme::Light;
}

} // namespace culvert
