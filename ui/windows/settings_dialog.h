// SettingsDialog: every setting in pages that one can search.
#pragma once

#include "ui/settings/setting_catalog.h"
#include "ui/windows/setting_controls.h"

#include <QDialog>
#include <QMap>

class QLabel;
class QLineEdit;
class QListWidget;
class QScrollArea;
class QVBoxLayout;

namespace culvert {

class SettingRow;
class Toast;

/// Pages at the left, their rows at the right; where it is narrow, all pages below each other. Whatever is typed into
/// the search leaves the rows of all pages that match. Every change takes effect at once, so that there is nothing to
/// confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    static constexpr int kNarrow = 600; ///< below this width there is no list of pages

    SettingsDialog(MessengerBridge& bridge, UiSettings& ui, const Desktop& desktop, Keyring* keyring, bool isOpen,
                   QWidget* parent = nullptr);

    /// Shows the row with this id, marked, with the keyboard's focus on its control. An unknown id shows the beginning.
    void showSetting(const QString& id);
    /// The page that is shown, as the id of its first row.
    QString place() const;
    SettingControls& controls() { return *m_controls; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    /// Enter belongs to the field it is pressed in; there is no button for all.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildSide(QLayout* row);
    void buildRows();
    void filter();
    void arrange();

    /// The heading of a page and its rows.
    struct Page {
        SettingsPage page;
        QLabel* heading = nullptr;
        QVector<SettingRow*> rows;
    };

    SettingControls* m_controls;
    QWidget* m_side = nullptr;
    QLineEdit* m_search = nullptr;
    QListWidget* m_pageList = nullptr;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_nothingFound = nullptr;
    QVector<Page> m_pages;
    Toast* m_toast = nullptr;
};

} // namespace culvert
