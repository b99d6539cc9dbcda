#include "ui/settings/core_settings.h"

#include "ui/bridge/messenger_bridge.h"

namespace culvert {

CoreSettings::CoreSettings(MessengerBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    load();
}

void CoreSettings::load() {
    m_bridge.settings(this, [this](const Result<Settings>& settings) {
        if (!settings)
            return;
        m_value = *settings;
        m_isKnown = true;
        emit changed();
    });
}

void CoreSettings::change(const std::function<void(Settings&)>& edit) {
    if (!m_isKnown) {
        emit changed();
        return;
    }
    const Settings before = m_value;
    edit(m_value);
    if (m_value == before)
        return;
    emit changed();
    m_bridge.setSettings(m_value, this, [this](const Result<void>& done) {
        if (done)
            return;
        emit failed(QString::fromStdString(done.error().detail));
        load();
    });
}

} // namespace culvert
