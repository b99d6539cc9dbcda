// XdgAutostart: start at login by the freedesktop.org Desktop Application Autostart Specification 0.5.
#pragma once

#include "ui/desktop/autostart.h"

#include <QString>
#include <QStringList>

namespace culvert {

/// A desktop file in the user's autostart folder; whoever deletes it there has switched it off. GUI thread.
class XdgAutostart final : public Autostart {
public:
    /// `command`: the program and its arguments. `configFolder`: $XDG_CONFIG_HOME.
    XdgAutostart(QStringList command, const QString& configFolder);

    bool isOn() const override;
    Result<void> setOn(bool on) override;

    /// One argument as the Exec key of the Desktop Entry Specification wants it.
    static QString quoted(const QString& argument);

private:
    QStringList m_command;
    QString m_file;
};

} // namespace culvert
