#include "ui/style/appearance.h"

#include "ui/settings/ui_settings.h"
#include "ui/style/translation.h"

#include <QApplication>

namespace culvert {
namespace {

Scheme schemeOf(choice::Theme chosen, Scheme system) {
    switch (chosen) {
    case choice::Theme::Light:
        return Scheme::Light;
    case choice::Theme::Dark:
        return Scheme::Dark;
    case choice::Theme::HighContrast:
        return Scheme::HighContrast;
    case choice::Theme::System:
        break;
    }
    return system;
}

} // namespace

Look lookOf(const UiSettings& settings, const SystemLook& system) {
    const choice::Motion motion = settings.get(setting::kMotion);
    return {schemeOf(settings.get(setting::kTheme), system.scheme), settings.get(setting::kTextPercent),
            settings.get(setting::kDensity) == choice::Density::Compact,
            motion == choice::Motion::System ? system.hasMotion : motion == choice::Motion::On};
}

Appearance::Appearance(QApplication& application, const UiSettings& settings, QObject* parent)
    : QObject(parent), m_application(application),
      m_settings(settings), m_system{Theme::schemeOf(QApplication::palette()),
                                     QApplication::isEffectEnabled(Qt::UI_General)} {
    connect(&settings, &UiSettings::changed, this, &Appearance::update);
    update();
}

void Appearance::setSystem(const SystemLook& system) {
    m_system = system;
    update();
}

void Appearance::update() {
    const QString language = m_settings.get(setting::kLanguage);
    if (m_language != language) {
        m_language = language;
        installTranslations(m_application, language);
    }
    const Look look = lookOf(m_settings, m_system);
    if (m_applied == look)
        return;
    m_applied = look;
    Theme::apply(m_application, look);
}

} // namespace culvert
