// EmojiPicker: a small searchable grid of emoji that opens beside what asks for one.
#pragma once

#include "ui/models/emoji_model.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace culvert {

/// A pop-up. Typing searches, the arrows choose, Enter takes, Escape closes. It remembers what was used, in the
/// settings of this computer alone.
class EmojiPicker : public QFrame {
    Q_OBJECT

public:
    explicit EmojiPicker(QWidget* parent);

    /// Opens with its lower edge at `globalPosition`, where the screen has room.
    void openAt(const QPoint& globalPosition);

signals:
    void picked(const QString& sign);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void pick(const QModelIndex& index);

    EmojiModel m_model;
    QLineEdit* m_search;
    QListView* m_grid;
    QLabel* m_nothing;
};

} // namespace culvert
