// ListEditor: a short list that one adds to and takes from, and, where the order counts, puts in order.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QFrame>
#include <QPoint>
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
    bool operator==(const ListEntry&) const = default;
};

/// What it says; each button says the entry's title to screen readers as well.
struct ListWords {
    QString placeholder;
    QString add;
    QString remove;
    QString empty;            ///< shown while there is no entry
    QString copy = {};        ///< of entries that may be copied
    QString title = {};       ///< with one it is a card with a heading
    QString explanation = {}; ///< below the title
};

/// How it behaves.
struct ListManners {
    bool isOrdered = false;  ///< entries can be moved: by buttons, by Alt with an arrow, and by dragging
    bool mayBeEmpty = false; ///< what is added
};

/// What was typed stays until the owner of the list says that it was added. Entries that stay as they are keep their
/// widgets; those that moved or changed give the focus to the ones that take their place.
class ListEditor : public QFrame {
    Q_OBJECT

public:
    explicit ListEditor(const ListWords& words, const ListManners& manners = {}, QWidget* parent = nullptr);
    void setEntries(const QVector<ListEntry>& entries);
    void showError(const QString& sentence);
    /// The button below the field instead of beside it.
    void setNarrow(bool narrow);
    /// What was typed is in the list.
    void clearField();
    void focusField();
    /// What takes the focus, from above to below.
    QVector<QWidget*> stops() const;

signals:
    void addRequested(const QString& text);
    void removeRequested(const QString& id);
    void copyRequested(const QString& id);
    /// In front of `before`; empty: to the end.
    void moveRequested(const QString& id, const QString& before);
    /// Something that was asked for was done.
    void settled();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildHead(QVBoxLayout* column);
    void fill();
    void submit();
    QWidget* makeEntry(qsizetype index);
    void addButton(QWidget* frame, qsizetype index, IconId icon, const QString& words, const char* name,
                   const std::function<void()>& act);
    void move(qsizetype from, qsizetype to);
    void drag(qsizetype index);
    qsizetype indexOf(const QByteArray& id) const;
    qsizetype placeAt(const QPoint& point) const;

    ListWords m_words;
    ListManners m_manners;
    QVector<ListEntry> m_entries;
    QVector<QWidget*> m_frames; ///< of the entries
    QVBoxLayout* m_list;
    QBoxLayout* m_addRow;
    QLineEdit* m_field;
    QPushButton* m_add;
    ErrorLabel* m_error;
    QPoint m_pressedAt;
    bool m_isDragging = false;
    std::optional<qsizetype> m_dropAt; ///< where what is dragged would go
};

} // namespace culvert
