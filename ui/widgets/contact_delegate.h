// ContactDelegate: one line of the sidebar.
#pragma once

#include <QStyledItemDelegate>

namespace culvert {

/// Paints avatar, name, last message, time, unread count, and the badge where it is worth a look.
/// In a sidebar of avatar's width it paints avatar and unread count alone.
class ContactDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

} // namespace culvert
