// PortalLook: what the user wishes of all programs, by the desktop portal's Settings interface
// (org.freedesktop.portal).
#pragma once

#include "ui/style/appearance.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace culvert {

/// Light or dark, more contrast, motion: told once at the start and whenever it changes. Where there is no portal
/// nothing is told, and what Qt knows stays. GUI thread; nothing waits for the bus.
class PortalLook : public QObject {
    Q_OBJECT

public:
    /// `begin` is what is known without a portal.
    PortalLook(const QDBusConnection& bus, const SystemLook& begin, QObject* parent = nullptr);

signals:
    void changed(const culvert::SystemLook& look);

private slots:
    void take(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key);
    Scheme scheme() const;

    QDBusConnection m_bus;
    SystemLook m_look;
    bool m_prefersDark = false;
    bool m_prefersContrast = false;
};

} // namespace culvert
