// Appearance: keeps the application looking, and speaking, as the settings say.
//
// Thread safety: GUI thread.
#pragma once

#include "ui/style/theme.h"

#include <QObject>
#include <QString>

class QApplication;

namespace culvert {

class UiSettings;

/// What the system wishes, where the user leaves it to the system.
struct SystemLook {
    Scheme scheme = Scheme::Light;
    bool hasMotion = true;
    bool operator==(const SystemLook&) const = default;
};

/// The look that the settings and the system ask for. Pure.
Look lookOf(const UiSettings& settings, const SystemLook& system);

/// Applies every change at once.
class Appearance : public QObject {
    Q_OBJECT

public:
    /// REQUIRES: before Theme::apply(), which hides what the system looks like. `settings` outlives this.
    Appearance(QApplication& application, const UiSettings& settings, QObject* parent = nullptr);

    const SystemLook& system() const { return m_system; }
    /// The system's wishes changed.
    void setSystem(const SystemLook& system);

private:
    void update();

    QApplication& m_application;
    const UiSettings& m_settings;
    SystemLook m_system;
    std::optional<Look> m_applied;
    std::optional<QString> m_language;
};

} // namespace culvert
