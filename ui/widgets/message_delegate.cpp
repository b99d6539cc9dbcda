#include "ui/widgets/message_delegate.h"

#include "ui/models/conversation_model.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

namespace culvert {

void MessageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const MessageLayout& layout = layoutOf(index, option.font, option.direction, option.rect.width());
    layout.paint(*painter, option, m_selected == index ? m_selection : MessageLayout::Selection{});
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const Key key = keyOf(index, option.font, option.direction, width);
    if (const auto known = m_heights.constFind(key); known != m_heights.constEnd())
        return {width, *known};
    const int height = layoutOf(index, option.font, option.direction, width).height();
    if (m_heights.size() >= kHeightsMax)
        m_heights.clear();
    m_heights.insert(key, height);
    return {width, height};
}

MessageDelegate::Key MessageDelegate::keyOf(const QModelIndex& index, const QFont& font, Qt::LayoutDirection direction,
                                            int width) {
    return {index.data(ConversationModel::LayoutKeyRole).toULongLong(),
            qHashMulti(0, font, static_cast<int>(direction), width)};
}

const MessageLayout& MessageDelegate::layoutOf(const QModelIndex& index, const QFont& font,
                                               Qt::LayoutDirection direction, int width) const {
    const Key key = keyOf(index, font, direction, width);
    if (const MessageLayout* known = m_layouts.object(key))
        return *known;
    auto* layout = new MessageLayout(MessageContent::of(index), font, direction, width);
    m_layouts.insert(key, layout); // It takes the object, and costs one of kLayoutsMax, so that it stays.
    return *layout;
}

void MessageDelegate::forget() {
    m_layouts.clear();
    m_heights.clear();
}

bool MessageDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid() ||
        !index.data(ConversationModel::NoteRole).toString().isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QRect row = view->visualRect(index);
    const auto hit = layoutOf(index, option.font, option.direction, row.width()).hitAt(event->pos() - row.topLeft());
    QStringList lines;
    if (hit.kind == MessageLayout::Hit::Kind::Link)
        lines << hit.link;
    lines << QLocale().toString(index.data(ConversationModel::TimeRole).toDateTime(), QLocale::LongFormat);
    if (const QDateTime edited = index.data(ConversationModel::EditedRole).toDateTime(); edited.isValid())
        lines << Wording::editedAt(QLocale().toString(edited, QLocale::ShortFormat));
    if (index.data(ConversationModel::FromRole).value<MessageFrom>() == MessageFrom::Me)
        lines << Wording::messageState(index.data(ConversationModel::StateRole).value<MessageState>(),
                                       index.data(ConversationModel::ReasonRole).value<FailReason>());
    if (const auto seconds = index.data(ConversationModel::LifetimeRole).toUInt(); seconds > 0)
        lines << Wording::disappears(seconds);
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), view);
    return true;
}

} // namespace culvert
