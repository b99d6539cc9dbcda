// SystemDesktop: what the window may use of the system it runs on.
#pragma once

#include "ui/desktop/desktop.h"
#include "ui/desktop/notifier.h"

#include <QStringList>

#include <memory>

class QObject;

namespace culvert {

class Appearance;

/// Looks once, at the start. GUI thread.
class SystemDesktop {
public:
    /// `settings` outlives this. `command` starts the program at login.
    SystemDesktop(UiSettings& settings, const QStringList& command);
    ~SystemDesktop();

    const Desktop& parts() const { return m_parts; }
    /// Tells `appearance` what the user wishes of all programs, from now on, where the system has a way to say so.
    void followLook(Appearance& appearance);

private:
    std::unique_ptr<Autostart> m_autostart;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<QObject> m_look;
    Desktop m_parts;
};

} // namespace culvert
