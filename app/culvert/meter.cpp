#include "app/culvert/meter.h"

#include <QNetworkInformation>

namespace culvert {

void watchMeter(QObject& context, const std::function<void(bool isMetered)>& listener) {
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Metered))
        return;
    const QNetworkInformation* information = QNetworkInformation::instance();
    QObject::connect(information, &QNetworkInformation::isMeteredChanged, &context, listener);
    listener(information->isMetered());
}

} // namespace culvert
