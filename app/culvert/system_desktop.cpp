#include "app/culvert/system_desktop.h"

#include "ui/desktop/autostart.h"

#ifdef CULVERT_XDG
#include "app/culvert/xdg_autostart.h"

#include <QStandardPaths>
#endif
#ifdef CULVERT_DBUS
#include "app/culvert/dbus_notifier.h"
#include "app/culvert/portal_look.h"
#endif

#include <QSystemTrayIcon>

namespace culvert {

SystemDesktop::SystemDesktop(UiSettings& settings, const QStringList& command) {
#ifdef CULVERT_XDG
    m_autostart = std::make_unique<XdgAutostart>(
        command, QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
#else
    (void)command;    // Start at login is not built for this system.
#endif
#ifdef CULVERT_DBUS
    if (DbusNotifier::isThere(QDBusConnection::sessionBus()))
        m_notifier = std::make_unique<DbusNotifier>(QDBusConnection::sessionBus());
#endif
    m_parts = {&settings, m_autostart.get(), m_notifier.get(), QSystemTrayIcon::isSystemTrayAvailable()};
}

SystemDesktop::~SystemDesktop() = default;

void SystemDesktop::followLook(Appearance& appearance) {
#ifdef CULVERT_DBUS
    auto look = std::make_unique<PortalLook>(QDBusConnection::sessionBus(), appearance.system());
    QObject::connect(look.get(), &PortalLook::changed, &appearance, &Appearance::setSystem);
    m_look = std::move(look);
#else
    (void)appearance; // What Qt saw at the start stays.
#endif
}

} // namespace culvert
