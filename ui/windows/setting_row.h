// SettingRow: a setting's name, what it means, and its control.
#pragma once

#include "ui/settings/setting_catalog.h"
#include "ui/windows/setting_controls.h"

#include <QFrame>

class QBoxLayout;
class QLabel;

namespace culvert {

class ErrorLabel;

/// The control is beside the words, or below them where it needs the room.
class SettingRow : public QFrame {
    Q_OBJECT

public:
    SettingRow(const SettingEntry& entry, SettingControls& controls, QWidget* parent = nullptr);

    const SettingEntry& entry() const { return m_entry; }
    /// Takes the place of a result.
    void showError(const QString& sentence);
    /// What came of it; takes the place of an error.
    void showResult(const QString& sentence);
    /// Marks it, until another one is.
    void setMarked(bool marked);
    void focusControl();
    void setNarrow(bool narrow);

private:
    SettingEntry m_entry;
    SettingControl m_control;
    QBoxLayout* m_line;
    ErrorLabel* m_error;
    QLabel* m_result;
};

} // namespace culvert
