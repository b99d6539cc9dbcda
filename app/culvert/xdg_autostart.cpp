#include "app/culvert/xdg_autostart.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace culvert {

XdgAutostart::XdgAutostart(QStringList command, const QString& configFolder)
    : m_command(std::move(command)),
      m_file(QDir(configFolder).filePath(QStringLiteral("autostart/org.culvert.Culvert.desktop"))) {}

bool XdgAutostart::isOn() const {
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    constexpr qint64 kSizeMax = 65536;
    const QByteArray text = file.read(kSizeMax);
    // Desktops switch entries off by these.
    return !text.contains("\nHidden=true") && !text.contains("\nX-GNOME-Autostart-enabled=false");
}

Result<void> XdgAutostart::setOn(bool on) {
    const auto failed = [this] {
        return fail(ErrorCode::IoFailure, "The file " + m_file.toStdString() + " cannot be changed.");
    };
    if (!on)
        return !QFile::exists(m_file) || QFile::remove(m_file) ? Result<void>() : failed();
    QStringList command;
    for (const QString& argument : m_command)
        command << quoted(argument);
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    file.write("[Desktop Entry]\nType=Application\nName=Culvert\nIcon=culvert\nTerminal=false\nExec=" +
               command.join(QLatin1Char(' ')).toUtf8() + "\nX-GNOME-Autostart-enabled=true\n");
    return file.commit() ? Result<void>() : failed();
}

// Desktop Entry Specification, "The Exec key": quoted arguments escape these four, a string escapes backslashes again,
// and a per cent sign would begin a field code.
QString XdgAutostart::quoted(const QString& argument) {
    QString out;
    for (const QChar c : argument) {
        if (c == QLatin1Char('"') || c == QLatin1Char('`') || c == QLatin1Char('$') || c == QLatin1Char('\\'))
            out += QStringLiteral("\\\\");
        if (c == QLatin1Char('\\'))
            out += QLatin1Char('\\');
        if (c == QLatin1Char('%'))
            out += QLatin1Char('%');
        out += c;
    }
    return QLatin1Char('"') + out + QLatin1Char('"');
}

} // namespace culvert
