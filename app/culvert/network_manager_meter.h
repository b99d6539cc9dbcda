// NetworkManagerMeter: whether NetworkManager takes the network for one that is paid for by what goes through it.
//
// Qt's QNetworkInformation asks the same, and loads GLib's I/O library, which takes a megabyte, to do so.
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QVariantMap>

namespace culvert {

/// Tells once at the start and whenever it changes; never where there is no NetworkManager. GUI thread; nothing waits
/// for the bus.
class NetworkManagerMeter : public QObject {
    Q_OBJECT

public:
    explicit NetworkManagerMeter(const QDBusConnection& bus, QObject* parent = nullptr);

signals:
    void told(bool isMetered);

private slots:
    void take(const QString& interface, const QVariantMap& changes, const QStringList& invalidated);

private:
    void tell(const QVariant& metered);

    QDBusConnection m_bus;
};

} // namespace culvert
