// HitDelegate: one message that a search found, as a row of the sidebar.
#pragma once

#include <QStyledItemDelegate>

namespace culvert {

/// Paints avatar, name and time, and below them a line of the text in which the words that were found stand out. The
/// text is painted as it is: nothing in it is markup.
class HitDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace culvert
