#include "ui/settings/ui_settings.h"

namespace culvert {

UiSettings::UiSettings(const QString& file, QObject* parent) : QObject(parent) {
    if (!file.isEmpty())
        m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
}

QVariant UiSettings::read(const char* key) const {
    const QString name = QLatin1String(key);
    return m_file ? m_file->value(name) : m_memory.value(name);
}

void UiSettings::write(const char* key, const QVariant& value) {
    if (read(key) == value)
        return;
    const QString name = QLatin1String(key);
    if (m_file)
        m_file->setValue(name, value);
    else
        m_memory.insert(name, value);
    emit changed();
}

} // namespace culvert
