// MessageDelegate: one message as a bubble.
#pragma once

#include "ui/widgets/message_layout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace culvert {

/// Paints messages by their layouts, and keeps those that were needed last.
class MessageDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// Layouts that are kept: some screens full. The rest keeps its height alone.
    static constexpr int kLayoutsMax = 200;
    static constexpr int kHeightsMax = 4096;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    /// The message's layout in a row of this width; it lives until the next call.
    const MessageLayout& layoutOf(const QModelIndex& index, const QFont& font, Qt::LayoutDirection direction,
                                  int width) const;
    /// Type or sizes changed: what was laid out is laid out anew.
    void forget();
    /// Selects text of one message; an empty selection ends it.
    void select(const QPersistentModelIndex& index, const MessageLayout::Selection& selection) {
        m_selected = index;
        m_selection = selection;
    }
    const QPersistentModelIndex& selectedIndex() const { return m_selected; }
    const MessageLayout::Selection& selection() const { return m_selection; }

private:
    /// The model's key, and a hash of what else the layout depends on.
    using Key = std::pair<quint64, quint64>;
    static Key keyOf(const QModelIndex& index, const QFont& font, Qt::LayoutDirection direction, int width);

    mutable QCache<Key, MessageLayout> m_layouts{kLayoutsMax};
    mutable QHash<Key, int> m_heights;
    QPersistentModelIndex m_selected;
    MessageLayout::Selection m_selection;
};

} // namespace culvert
