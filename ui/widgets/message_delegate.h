// MessageDelegate: one message as a bubble.
#pragma once

#include <QHash>
#include <QStyledItemDelegate>

namespace culvert {

/// Paints the day before the first message of a day, the bubble, and in the last bubble of a group its time and fate.
/// Mine stand at the far edge, theirs at the reading edge, in either direction of writing.
class MessageDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    mutable QHash<QByteArray, int> m_heights; ///< by message, width and place in its group
};

} // namespace culvert
