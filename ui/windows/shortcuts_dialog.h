// ShortcutsDialog: every key, from the table of actions.
#pragma once

#include <QDialog>

namespace culvert {

/// A sheet to read. It lists what WindowActions lists, so that it cannot be wrong.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget* parent = nullptr);
};

} // namespace culvert
