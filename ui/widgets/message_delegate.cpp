#include "ui/widgets/message_delegate.h"

#include "ui/models/conversation_model.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/wording.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <QToolTip>

#include <cmath>

namespace culvert {
namespace {

constexpr int kEdge = 16; ///< between window edge and bubble
constexpr int kPadX = 12;
constexpr int kPadY = 7;
constexpr int kWidthMax = 520; ///< of the text; longer lines are hard to read
constexpr int kLine = 18;      ///< 13 px type at a line height of 1.4
constexpr int kDay = 40;
constexpr int kTick = 16;
constexpr int kCorner = 14;
constexpr int kTail = 4;
constexpr int kHeightsMax = 4096; ///< entries of the cache of heights

/// Where the parts of one message are, in item coordinates of a left-to-right row.
struct BubbleLayout {
    QTextLayout text;
    QString caption;
    QRect bubble;
    QPoint captionAt;
    int captionWidth = 0;
    int height = 0;
    bool mine = false;
    bool showsCaption = false;
    bool crossing = false; ///< the text reads against the row, so its last line ends where the caption begins
};

int layoutLines(QTextLayout& layout, int width, int* lastLineWidth) {
    qreal widest = 0;
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y + (kLine - line.height()) / 2});
        y += kLine;
        widest = std::max(widest, line.naturalTextWidth());
        *lastLineWidth = static_cast<int>(std::ceil(line.naturalTextWidth()));
    }
    layout.endLayout();
    return static_cast<int>(std::ceil(widest));
}

QString captionOf(const QModelIndex& index) {
    return Wording::clock(index.data(ConversationModel::TimeRole).toDateTime().time());
}

int topGap(const QModelIndex& index) {
    if (index.data(ConversationModel::DayStartRole).toBool())
        return kDay;
    return index.data(ConversationModel::GroupStartRole).toBool() ? 12 : 3;
}

/// Narrows the text to its widest line, so that lines of either direction keep inside a snug bubble.
void placeParts(BubbleLayout& parts, int rowWidth, int top) {
    const int textWidthMax = std::min(kWidthMax, (rowWidth - 2 * kEdge) * 4 / 5 - 2 * kPadX);
    int lastLine = 0;
    int width = layoutLines(parts.text, textWidthMax, &lastLine);
    const bool oneMoreLine =
        parts.showsCaption && (parts.crossing || lastLine + 12 + parts.captionWidth > textWidthMax);
    if (parts.showsCaption)
        width = std::max(width, oneMoreLine ? parts.captionWidth : lastLine + 12 + parts.captionWidth);
    layoutLines(parts.text, width, &lastLine);
    const int lines = parts.text.lineCount() + (oneMoreLine ? 1 : 0);
    const QSize size(width + 2 * kPadX, lines * kLine + 2 * kPadY);
    parts.bubble = QRect(QPoint(parts.mine ? rowWidth - kEdge - size.width() : kEdge, top), size);
    parts.captionAt = {parts.bubble.right() + 1 - kPadX - parts.captionWidth,
                       parts.bubble.bottom() + 1 - kPadY - kLine};
    parts.height = top + size.height();
}

void prepare(BubbleLayout& parts, const QStyleOptionViewItem& option, const QModelIndex& index, int rowWidth) {
    QString words = index.data(ConversationModel::TextRole).toString();
    words.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QTextOption textOption;
    textOption.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    textOption.setTextDirection(words.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    parts.crossing = words.isRightToLeft() != (option.direction == Qt::RightToLeft);
    textOption.setAlignment(words.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
    parts.text.setText(words);
    parts.text.setFont(Theme::font(TextStyle::Body, option.font));
    parts.text.setTextOption(textOption);
    parts.mine = index.data(ConversationModel::FromRole).value<MessageFrom>() == MessageFrom::Me;
    parts.showsCaption = index.data(ConversationModel::GroupEndRole).toBool() ||
                         index.data(ConversationModel::StateRole).value<MessageState>() == MessageState::Failed;
    parts.caption = captionOf(index);
    parts.captionWidth = QFontMetrics(Theme::font(TextStyle::Caption, option.font)).horizontalAdvance(parts.caption) +
                         (parts.mine ? 4 + kTick : 0);
    placeParts(parts, rowWidth, topGap(index));
}

QPainterPath bubblePath(const QRectF& rect, bool tailRight, bool tailLeft) {
    const qreal right = tailRight ? kTail : kCorner;
    const qreal left = tailLeft ? kTail : kCorner;
    const qreal r = kCorner;
    QPainterPath path;
    path.moveTo(rect.left() + r, rect.top());
    path.arcTo(QRectF(rect.right() - 2 * r, rect.top(), 2 * r, 2 * r), 90, -90);
    path.arcTo(QRectF(rect.right() - 2 * right, rect.bottom() - 2 * right, 2 * right, 2 * right), 0, -90);
    path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * left, 2 * left, 2 * left), 270, -90);
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * r, 2 * r), 180, -90);
    path.closeSubpath();
    return path;
}

IconId tickIcon(MessageState state) {
    switch (state) {
    case MessageState::Queued:
        return IconId::TickQueued;
    case MessageState::Sent:
        return IconId::TickSent;
    case MessageState::Delivered:
        return IconId::TickDelivered;
    case MessageState::Read:
        return IconId::TickRead;
    case MessageState::Failed:
        break;
    }
    return IconId::TickFailed;
}

void paintDay(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const QDate date = index.data(ConversationModel::TimeRole).toDateTime().date();
    painter.setFont(Theme::font(TextStyle::Caption, option.font));
    painter.setPen(Theme::color(ColorRole::Secondary, option.palette));
    painter.drawText(QRect(option.rect.left(), option.rect.top() + 8, option.rect.width(), kDay - 12), Qt::AlignCenter,
                     Wording::day(date, QDate::currentDate()));
}

void paintCaption(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                  const BubbleLayout& parts, const QRect& bubble) {
    const auto color = [&](ColorRole role) { return Theme::color(role, option.palette); };
    QRect line = parts.bubble.adjusted(kPadX, 0, -kPadX, -kPadY);
    line.setTop(parts.captionAt.y() + 1);
    line.setLeft(parts.captionAt.x());
    const auto inBubble = [&](const QRect& part) {
        return QStyle::visualRect(option.direction, bubble, part.translated(bubble.topLeft() - parts.bubble.topLeft()));
    };
    painter.setFont(Theme::font(TextStyle::Caption, option.font));
    painter.setPen(color(ColorRole::Caption));
    const QRect words = inBubble(line.adjusted(0, 0, parts.mine ? -kTick - 4 : 0, 0));
    painter.drawText(words, Qt::AlignCenter, parts.caption);
    if (!parts.mine)
        return;
    const auto state = index.data(ConversationModel::StateRole).value<MessageState>();
    ColorRole ink = ColorRole::Caption;
    if (state == MessageState::Read)
        ink = ColorRole::Accent;
    else if (state == MessageState::Failed)
        ink = ColorRole::Problem;
    const QRect place(line.right() - kTick + 1, line.top(), kTick, kTick);
    painter.drawPixmap(inBubble(place),
                       Icons::pixmap(tickIcon(state), kTick, color(ink), painter.device()->devicePixelRatioF(),
                                     color(ColorRole::MyBubble)));
}

} // namespace

void MessageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    BubbleLayout parts;
    prepare(parts, option, index, option.rect.width());
    const auto color = [&](ColorRole role) { return Theme::color(role, option.palette); };
    const QRect bubble =
        QStyle::visualRect(option.direction, option.rect, parts.bubble.translated(option.rect.topLeft()));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(ConversationModel::DayStartRole).toBool())
        paintDay(*painter, option, index);

    const bool groupEnd = index.data(ConversationModel::GroupEndRole).toBool();
    const bool atRight = parts.mine == (option.direction == Qt::LeftToRight);
    const bool focused = option.state & QStyle::State_HasFocus;
    const QPen border(color(parts.mine ? ColorRole::MyBubble : ColorRole::Hairline), 1);
    painter->setPen(focused ? QPen(color(ColorRole::Accent), 2) : border);
    painter->setBrush(color(parts.mine ? ColorRole::MyBubble : ColorRole::TheirBubble));
    painter->drawPath(
        bubblePath(QRectF(bubble).adjusted(0.5, 0.5, -0.5, -0.5), groupEnd && atRight, groupEnd && !atRight));
    painter->setPen(color(ColorRole::Text));
    parts.text.draw(painter, bubble.topLeft() + QPoint(kPadX, kPadY));
    if (parts.showsCaption)
        paintCaption(*painter, option, index, parts, bubble);
    painter->restore();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const auto id = index.data(ConversationModel::IdRole).value<MessageId>();
    QByteArray key(reinterpret_cast<const char*>(id.octets.data()), static_cast<int>(id.octets.size()));
    key += QByteArray::number(width) + '/' + QByteArray::number(topGap(index)) + '/' +
           (index.data(ConversationModel::GroupEndRole).toBool() ? 'e' : '-') +
           QByteArray::number(static_cast<int>(index.data(ConversationModel::StateRole).value<MessageState>()));
    if (const auto known = m_heights.constFind(key); known != m_heights.constEnd())
        return {width, *known};
    BubbleLayout parts;
    prepare(parts, option, index, width);
    if (m_heights.size() >= kHeightsMax)
        m_heights.clear();
    m_heights.insert(key, parts.height);
    return {width, parts.height};
}

bool MessageDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString words = QLocale().toString(index.data(ConversationModel::TimeRole).toDateTime(), QLocale::LongFormat);
    if (index.data(ConversationModel::FromRole).value<MessageFrom>() == MessageFrom::Me)
        words +=
            QLatin1Char('\n') + Wording::messageState(index.data(ConversationModel::StateRole).value<MessageState>(),
                                                      index.data(ConversationModel::ReasonRole).value<FailReason>());
    QToolTip::showText(event->globalPos(), words, view);
    return true;
}

} // namespace culvert
