#include "ui/widgets/hit_delegate.h"

#include "ui/models/search_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kAvatar = 32;
constexpr int kMargin = 12;

int rowHeight() {
    return std::max(kAvatar + 12, Theme::rowHeight(56, 48));
}

int lineHeight() {
    return Theme::scaled(20);
}

void paintGround(QPainter& painter, const QStyleOptionViewItem& option) {
    const bool isChosen = option.state & QStyle::State_Selected;
    if (!isChosen && !(option.state & QStyle::State_MouseOver))
        return;
    const QRectF ground = QRectF(option.rect).adjusted(4, 1, -4, -1);
    const auto color = [&](ColorRole role) { return Theme::color(role, option.palette); };
    painter.setPen(isChosen ? QPen(color(ColorRole::Accent), 1.5) : QPen(Qt::NoPen));
    painter.setBrush(color(isChosen ? ColorRole::MyBubble : ColorRole::Tint));
    painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 9, 9);
}

void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QRect& place, const QString& words,
               const QFont& font, const QColor& ink) {
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(place,
                     static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) |
                         directionFlag(words, option.direction),
                     QFontMetrics(font).elidedText(words, Qt::ElideRight, place.width()));
}

// Cut off at the end of the row, not elided: eliding would move what the spans count.
void paintLine(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& place) {
    const QString lead =
        index.data(SearchModel::FromMeRole).toBool() ? HitDelegate::tr("You: %1").arg(QString()) : QString();
    const QString words = lead + index.data(SearchModel::LineRole).toString();
    QVector<QTextLayout::FormatRange> strong; // known before the words are shaped
    QVector<QTextLayout::FormatRange> marks;  // painted over them
    for (const TextSpan& span : index.data(SearchModel::SpansRole).value<QVector<TextSpan>>()) {
        QTextLayout::FormatRange mark;
        mark.start = static_cast<int>(span.start + lead.size());
        mark.length = static_cast<int>(span.length);
        mark.format.setForeground(Theme::color(ColorRole::Text, option.palette));
        mark.format.setFontUnderline(true);
        marks.append(mark);
        // A part of an Arabic word in another type would not be joined with the rest of the word.
        if (words.mid(mark.start, mark.length).isRightToLeft())
            continue;
        mark.format.setFontWeight(QFont::Bold);
        strong.append(mark);
    }
    QTextLayout layout(words, Theme::font(TextStyle::Secondary, option.font));
    QTextOption how(option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    how.setTextDirection(Qt::LayoutDirectionAuto); // as the words are written, not as the window
    how.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(how);
    layout.setFormats(strong);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(place.width());
    layout.endLayout();
    painter.setPen(Theme::color(ColorRole::Caption, option.palette));
    layout.draw(&painter, QPointF(place.left(), place.top() + (place.height() - line.height()) / 2), marks,
                QRectF(place));
}

} // namespace

void HitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto visual = [&](const QRect& logical) {
        return QStyle::visualRect(option.direction, option.rect, logical.translated(option.rect.topLeft()));
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option);
    painter->setFont(option.font);
    paintAvatar(*painter, visual(QRect(kMargin, (rowHeight() - kAvatar) / 2, kAvatar, kAvatar)),
                index.data(SearchModel::FaceRole).value<Face>(), option.palette);
    const int start = kMargin + kAvatar + kMargin;
    const int top = (rowHeight() - 2 * lineHeight()) / 2;
    QRect first(start, top, option.rect.width() - start - kMargin, lineHeight());
    const QRect second = first.translated(0, lineHeight());
    const QFont small = Theme::font(TextStyle::Caption, option.font);
    const QString time = Wording::relativeTime(
        QDateTime::fromMSecsSinceEpoch(index.data(SearchModel::TimeRole).toLongLong()), QDateTime::currentDateTime());
    const int timeWidth = QFontMetrics(small).horizontalAdvance(time) + 1;
    paintText(*painter, option, visual(QRect(first.right() - timeWidth + 1, top, timeWidth, lineHeight())), time, small,
              Theme::color(ColorRole::Caption, option.palette));
    first.setWidth(first.width() - timeWidth - 8);
    QFont strong = Theme::font(TextStyle::Body, option.font);
    strong.setWeight(QFont::DemiBold);
    paintText(*painter, option, visual(first), index.data(SearchModel::NameRole).toString(), strong,
              Theme::color(ColorRole::Text, option.palette));
    paintLine(*painter, option, index, visual(second));
    painter->restore();
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {kAvatar * 2, rowHeight()};
}

} // namespace culvert
