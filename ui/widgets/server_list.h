// ServerList: third parties or Teredo servers: how each does, with a button that takes it out, and a line to add one.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QFrame>
#include <QVector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;

/// One of them.
struct ServerRow {
    QString key; ///< nobody sees it
    QString name;
    QString state;
    IconId icon = IconId::Info;
    ColorRole ink = ColorRole::Secondary;
    bool operator==(const ServerRow&) const = default;
};

/// The words of one list.
struct ServerListWords {
    QString title;
    QString explanation;
    QString placeholder;
};

/// A card. What was typed stays until clearInput().
class ServerList : public QFrame {
    Q_OBJECT

public:
    ServerList(const ServerListWords& words, QWidget* parent);
    /// What stays the same keeps its widgets, and with them the focus.
    void setRows(const QVector<ServerRow>& rows);
    void showError(const QString& sentence);
    void clearInput();
    void focusInput();
    /// What takes the focus, from above to below.
    QVector<QWidget*> stops() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void addWanted(const QString& text);
    void removeWanted(const QString& key);

private:
    void fill();

    QVector<ServerRow> m_rows;
    QVBoxLayout* m_list;
    QLineEdit* m_input;
    QPushButton* m_add;
    ErrorLabel* m_error;
};

} // namespace culvert
