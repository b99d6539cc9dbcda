// MessageLayout, second part: painting.
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/message_layout.h"
#include "ui/widgets/message_metrics.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionViewItem>

namespace culvert {
namespace {

using namespace message_metrics;

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

ColorRole tickInk(MessageState state) {
    if (state == MessageState::Read)
        return ColorRole::Accent;
    return state == MessageState::Failed ? ColorRole::Problem : ColorRole::Caption;
}

QColor color(ColorRole role, const QStyleOptionViewItem& option) {
    return Theme::color(role, option.palette);
}

} // namespace

void MessageLayout::paint(QPainter& painter, const QStyleOptionViewItem& option, const Selection& selection) const {
    painter.save();
    painter.translate(option.rect.topLeft());
    painter.setRenderHint(QPainter::Antialiasing);
    paintSeparators(painter, option);
    if (!m_content.note.isEmpty()) {
        painter.setFont(Theme::font(TextStyle::Caption, option.font));
        painter.setPen(color(ColorRole::Secondary, option));
        painter.drawText(m_bubble, Qt::AlignCenter | Qt::TextWordWrap, m_content.note);
    } else {
        paintBubble(painter, option);
        if (!m_quote.isEmpty())
            paintQuote(painter, option);
        paintText(painter, option, selection);
        if (m_captionWidth > 0)
            paintCaption(painter, option);
        paintReactions(painter, option);
    }
    painter.restore();
}

void MessageLayout::paintSeparators(QPainter& painter, const QStyleOptionViewItem& option) const {
    painter.setFont(Theme::font(TextStyle::Caption, option.font));
    if (m_content.dayStart) {
        painter.setPen(color(ColorRole::Secondary, option));
        painter.drawText(QRect(0, 8, m_width, dayHeight() - 12), Qt::AlignCenter,
                         Wording::day(m_content.time.date(), QDate::currentDate()));
    }
    if (!m_content.unreadStart)
        return;
    const QString words = Wording::newMessages();
    const int top = m_content.dayStart ? dayHeight() - 4 : 4;
    const int middle = top + (unreadHeight() - 8) / 2;
    const int half = QFontMetrics(painter.font()).horizontalAdvance(words) / 2 + 12;
    painter.setPen(QPen(color(ColorRole::Accent, option), 1));
    painter.drawLine(kEdge, middle, m_width / 2 - half, middle);
    painter.drawLine(m_width / 2 + half, middle, m_width - kEdge, middle);
    painter.drawText(QRect(0, top, m_width, unreadHeight() - 8), Qt::AlignCenter, words);
}

void MessageLayout::paintBubble(QPainter& painter, const QStyleOptionViewItem& option) const {
    const bool atRight = m_content.isMine == (m_direction == Qt::LeftToRight);
    const bool isFocused = option.state & QStyle::State_HasFocus;
    const QPen border(color(m_content.isMine ? ColorRole::MyBubble : ColorRole::Hairline, option), 1);
    painter.setPen(isFocused ? QPen(color(ColorRole::Accent, option), 2) : border);
    painter.setBrush(color(m_content.isMine ? ColorRole::MyBubble : ColorRole::TheirBubble, option));
    painter.drawPath(bubblePath(QRectF(m_bubble).adjusted(0.5, 0.5, -0.5, -0.5), m_content.groupEnd && atRight,
                                m_content.groupEnd && !atRight));
}

void MessageLayout::paintQuote(QPainter& painter, const QStyleOptionViewItem& option) const {
    const bool isRtl = m_direction == Qt::RightToLeft;
    QRect bar = m_quote;
    bar.setWidth(kQuoteBar);
    if (isRtl)
        bar.moveRight(m_quote.right());
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(ColorRole::Accent, option));
    painter.drawRoundedRect(bar, 1.5, 1.5);
    QRect words = m_quote.adjusted(isRtl ? 0 : kQuoteBar + kQuotePad, 0, isRtl ? -kQuoteBar - kQuotePad : 0, 0);
    const Qt::Alignment edge = (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute;
    QFont font = Theme::font(TextStyle::Secondary, option.font);
    const QFontMetrics metrics(font);
    painter.setPen(color(ColorRole::Caption, option));
    painter.setFont(font);
    painter.drawText(words.adjusted(0, quoteSize() / 2, 0, 0), edge,
                     metrics.elidedText(isolated(m_content.quote), Qt::ElideRight, words.width()));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(color(ColorRole::Text, option));
    painter.drawText(words.adjusted(0, 0, 0, -quoteSize() / 2), edge,
                     metrics.elidedText(m_content.quoteAuthor, Qt::ElideRight, words.width()));
}

QTextLayout::FormatRange MessageLayout::formatOf(const MarkupSpan& span, const QStyleOptionViewItem& option) const {
    QTextCharFormat format;
    if (span.kind == MarkupSpan::Kind::Link) {
        format.setForeground(color(m_content.isMine ? ColorRole::Text : ColorRole::Accent, option));
        format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    } else {
        format.setBackground(color(ColorRole::Tint, option));
    }
    return {static_cast<int>(span.start), static_cast<int>(span.length), format};
}

void MessageLayout::paintText(QPainter& painter, const QStyleOptionViewItem& option, const Selection& selection) const {
    const int first = std::min(selection.anchor, selection.cursor), last = std::max(selection.anchor, selection.cursor);
    for (const Block& block : m_blocks) {
        QList<QTextLayout::FormatRange> formats;
        for (const MarkupSpan& span : block.markup.spans)
            formats.append(formatOf(span, option));
        const int from = std::max(first - block.start, 0);
        const int to = std::min(last - block.start, static_cast<int>(block.markup.text.size()));
        if (from < to) {
            QTextCharFormat selected;
            selected.setBackground(color(ColorRole::Accent, option));
            selected.setForeground(color(ColorRole::OnAccent, option));
            formats.append({from, to - from, selected});
        }
        int pad = 0;
        if (block.markup.isCode) {
            pad = kCodePad;
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(ColorRole::Tint, option));
            painter.drawRoundedRect(block.rect, 6, 6);
        }
        painter.setPen(color(m_content.isDeleted ? ColorRole::Caption : ColorRole::Text, option));
        block.layout->draw(&painter, block.rect.topLeft() + QPoint(pad, pad), formats);
    }
}

void MessageLayout::paintCaption(QPainter& painter, const QStyleOptionViewItem& option) const {
    // As if the row ran from left to right; mirrored within the bubble where it does not.
    const int bottom = m_bubble.bottom() + 1 - kPadY;
    const QRect line(m_bubble.right() + 1 - kPadX - m_captionWidth, bottom - lineHeight() + 1, m_captionWidth,
                     lineHeight() - 1);
    const auto place = [&](const QRect& part) { return QStyle::visualRect(m_direction, m_bubble, part); };
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QColor paper = color(m_content.isMine ? ColorRole::MyBubble : ColorRole::TheirBubble, option);
    int left = line.left();
    if (m_content.disappears) {
        painter.drawPixmap(place(QRect(left, line.top() + (line.height() - timerSize()) / 2, timerSize(), timerSize())),
                           Icons::pixmap(IconId::Timer, timerSize(), color(ColorRole::Caption, option), ratio, paper));
        left += timerSize() + 4;
    }
    painter.setFont(Theme::font(TextStyle::Caption, option.font));
    painter.setPen(color(ColorRole::Caption, option));
    const int right = m_content.isMine ? line.right() - tickSize() - 4 : line.right();
    painter.drawText(place(QRect(left, line.top(), right - left + 1, line.height())), Qt::AlignCenter, m_caption);
    if (m_content.isMine)
        painter.drawPixmap(place(QRect(line.right() - tickSize() + 1, line.top(), tickSize(), tickSize())),
                           Icons::pixmap(tickIcon(m_content.state), tickSize(), color(tickInk(m_content.state), option),
                                         ratio, paper));
}

void MessageLayout::paintReactions(QPainter& painter, const QStyleOptionViewItem& option) const {
    painter.setFont(Theme::font(TextStyle::Body, option.font));
    for (const auto& [words, rect] : m_reactions) {
        painter.setPen(QPen(color(ColorRole::Hairline, option), 1));
        painter.setBrush(color(ColorRole::Raised, option));
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), pillHeight() / 2.0, pillHeight() / 2.0);
        painter.setPen(color(ColorRole::Text, option));
        painter.drawText(rect, Qt::AlignCenter, words);
    }
}

} // namespace culvert
