#include "app/culvert/meter.h"

#ifdef CULVERT_DBUS
#include "app/culvert/network_manager_meter.h"
#else
#include <QNetworkInformation>
#endif

namespace culvert {

void watchMeter(QObject& context, const std::function<void(bool isMetered)>& listener) {
#ifdef CULVERT_DBUS
    auto* meter = new NetworkManagerMeter(QDBusConnection::systemBus(), &context);
    QObject::connect(meter, &NetworkManagerMeter::told, &context, listener);
#else
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Metered))
        return;
    const QNetworkInformation* information = QNetworkInformation::instance();
    QObject::connect(information, &QNetworkInformation::isMeteredChanged, &context, listener);
    listener(information->isMetered());
#endif
}

} // namespace culvert
