// ListEditor: a short list that one adds to and takes from.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QFrame>
#include <QVector>

class QBoxLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;

/// One entry.
struct ListEntry {
    QString id; ///< nobody sees it
    QString title;
    QString detail;
    std::optional<IconId> icon = {};
    ColorRole ink = ColorRole::Secondary;
    bool mayCopy = false;
};

/// What its buttons say; each says the entry's title to screen readers as well.
struct ListWords {
    QString placeholder;
    QString add;
    QString remove;
    QString empty;     ///< shown while there is no entry
    QString copy = {}; ///< of entries that may be copied
};

/// What was typed stays until the owner of the list says that it was added.
class ListEditor : public QFrame {
    Q_OBJECT

public:
    explicit ListEditor(const ListWords& words, QWidget* parent = nullptr);
    void setEntries(const QVector<ListEntry>& entries);
    void showError(const QString& sentence);
    /// The button below the field instead of beside it.
    void setNarrow(bool narrow);
    /// What was typed is in the list.
    void clearField();

signals:
    void addRequested(const QString& text);
    void removeRequested(const QString& id);
    void copyRequested(const QString& id);

private:
    QWidget* makeEntry(const ListEntry& entry);

    ListWords m_words;
    QVBoxLayout* m_list;
    QBoxLayout* m_addRow;
    QLineEdit* m_field;
    QPushButton* m_add;
    ErrorLabel* m_error;
};

} // namespace culvert
