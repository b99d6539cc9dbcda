#include "ui/widgets/contact_delegate.h"

#include "ui/models/contact_list_model.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/path_badge.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace culvert {
namespace {

constexpr int kAvatar = 40;
constexpr int kMargin = 12;
constexpr int kCollapsedWidth = 96; ///< narrower than this there is room for an avatar only

int rowHeight() {
    return std::max(kAvatar + 12, Theme::rowHeight(64, 52));
}

/// The height of one of the two lines of words.
int lineHeight() {
    return Theme::scaled(20);
}

/// Everything that painting one row needs.
struct RowPainter {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const QModelIndex& index;

    QColor color(ColorRole role) const { return Theme::color(role, option.palette); }
    bool selected() const { return option.state & QStyle::State_Selected; }
    QColor ground() const {
        if (selected())
            return color(ColorRole::MyBubble);
        return color(option.state & QStyle::State_MouseOver ? ColorRole::Tint : ColorRole::Sidebar);
    }
    QColor secondary() const { return color(ColorRole::Caption); }
    /// `logical` counts from the reading edge of the row.
    QRect visual(const QRect& logical) const {
        return QStyle::visualRect(option.direction, option.rect, logical.translated(option.rect.topLeft()));
    }
    QFont font(TextStyle style) const { return Theme::font(style, option.font); }

    void text(const QRect& logical, const QFont& font, const QColor& ink, const QString& words, Qt::Alignment align) {
        painter.setFont(font);
        painter.setPen(ink);
        const QString elided = QFontMetrics(font).elidedText(words, Qt::ElideRight, logical.width());
        painter.drawText(visual(logical),
                         static_cast<int>(QStyle::visualAlignment(option.direction, align)) |
                             directionFlag(words, option.direction),
                         elided);
    }
};

void paintGround(RowPainter& row) {
    const QRectF ground = QRectF(row.option.rect).adjusted(4, 1, -4, -1);
    row.painter.setPen(Qt::NoPen);
    if (row.selected() || row.option.state & QStyle::State_MouseOver) {
        row.painter.setBrush(row.ground());
        row.painter.drawRoundedRect(ground, 10, 10);
    }
    if (row.option.state & QStyle::State_HasFocus) {
        row.painter.setBrush(Qt::NoBrush);
        row.painter.setPen(QPen(row.color(ColorRole::Accent), 2));
        row.painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 9, 9);
    }
}

/// Returns the width that was used, at the far edge of `line`.
int paintUnread(RowPainter& row, const QRect& line) {
    const auto unread = row.index.data(ContactListModel::UnreadRole).toUInt();
    if (unread == 0)
        return 0;
    const QString count = unread > 99 ? QStringLiteral("99+") : QString::number(unread);
    const QFont font = Theme::font(TextStyle::Caption, row.option.font);
    const int width = std::max(Theme::scaled(20), QFontMetrics(font).horizontalAdvance(count) + 12);
    const int height = Theme::scaled(20);
    const QRect pill(line.right() - width + 1, line.center().y() - height / 2 + 1, width, height);
    row.painter.setPen(Qt::NoPen);
    row.painter.setBrush(row.color(ColorRole::Accent));
    row.painter.drawRoundedRect(row.visual(pill), height / 2, height / 2);
    row.text(pill, font, row.color(ColorRole::OnAccent), count, Qt::AlignCenter);
    return width + 8;
}

/// Plain direct connections need no second look; everything else shows its glyph.
int paintBadge(RowPainter& row, const QRect& line) {
    if (row.index.data(ContactListModel::StateRole).value<ContactState>() != ContactState::Accepted)
        return 0;
    const BadgeState state = Wording::badge(row.index.data(ContactListModel::PresenceRole).value<Presence>());
    if (state == BadgeState::Direct6 || state == BadgeState::Direct4)
        return 0;
    constexpr int kGlyph = 16;
    const QRect place(line.right() - kGlyph + 1, line.center().y() - kGlyph / 2 + 1, kGlyph, kGlyph);
    row.painter.drawPixmap(row.visual(place), Icons::pixmap(badgeIcon(state), kGlyph, row.color(badgeColor(state)),
                                                            row.painter.device()->devicePixelRatioF()));
    return kGlyph + 8;
}

/// Right behind the name, which may be shortened for it. Returns the width that was used.
int paintMark(RowPainter& row, const QRect& line, int nameWidth, IconId icon, ColorRole ink) {
    constexpr int kGlyph = 14;
    const int left = std::min(line.left() + nameWidth + 4, line.right() - kGlyph + 1);
    const QRect place(left, line.center().y() - kGlyph / 2 + 1, kGlyph, kGlyph);
    row.painter.drawPixmap(row.visual(place),
                           Icons::pixmap(icon, kGlyph, row.color(ink), row.painter.device()->devicePixelRatioF()));
    return kGlyph + 4;
}

void paintName(RowPainter& row, QRect line, bool isUnread) {
    QFont font = row.font(TextStyle::Body);
    font.setWeight(isUnread ? QFont::Bold : QFont::DemiBold);
    const QString name = row.index.data(ContactListModel::NameRole).toString();
    int width = QFontMetrics(font).horizontalAdvance(name);
    // The last mark has its place first, so that a long name is shortened for all of them.
    if (row.index.data(ContactListModel::MutedRole).toBool()) {
        const int before = row.index.data(ContactListModel::VerifiedRole).toBool() ? 18 : 0;
        line.setWidth(line.width() - paintMark(row, line, width + before, IconId::Mute, ColorRole::Caption));
    }
    if (row.index.data(ContactListModel::VerifiedRole).toBool())
        line.setWidth(line.width() - paintMark(row, line, width, IconId::Verified, ColorRole::Good));
    row.text(line, font, row.color(ColorRole::Text), name, Qt::AlignLeft | Qt::AlignVCenter);
}

QString secondLine(const QModelIndex& index) {
    const auto state = index.data(ContactListModel::StateRole).value<ContactState>();
    const QString last = isolated(index.data(ContactListModel::LastTextRole).toString());
    if (state != ContactState::Accepted)
        return Wording::contactState(state);
    if (last.isEmpty())
        return ContactDelegate::tr("No messages yet");
    return index.data(ContactListModel::LastFromMeRole).toBool() ? ContactDelegate::tr("You: %1").arg(last) : last;
}

void paintWords(RowPainter& row) {
    const int start = kMargin + kAvatar + kMargin;
    const int width = row.option.rect.width() - start - kMargin;
    const int top = (rowHeight() - 2 * lineHeight() - 1) / 2;
    QRect first(start, top, width, lineHeight());
    QRect second(start, top + lineHeight() + 1, width, lineHeight());

    const auto lastTime = row.index.data(ContactListModel::LastTimeRole).toLongLong();
    if (lastTime > 0) {
        const QFont font = row.font(TextStyle::Caption);
        const QString words =
            Wording::relativeTime(QDateTime::fromMSecsSinceEpoch(lastTime), QDateTime::currentDateTime());
        row.text(first, font, row.secondary(), words, Qt::AlignRight | Qt::AlignVCenter);
        first.setWidth(first.width() - QFontMetrics(font).horizontalAdvance(words) - 8);
    }
    const bool unread = row.index.data(ContactListModel::UnreadRole).toUInt() > 0;
    paintName(row, first, unread);
    second.setWidth(second.width() - paintUnread(row, second));
    second.setWidth(second.width() - paintBadge(row, second));
    // Of the conversation that is open the draft stands in its field.
    const QString draft = row.selected() ? QString() : row.index.data(ContactListModel::DraftRole).toString();
    const QColor ink = row.color(!draft.isEmpty() ? ColorRole::Accent : unread ? ColorRole::Text : ColorRole::Caption);
    row.text(second, row.font(TextStyle::Secondary), ink,
             draft.isEmpty() ? secondLine(row.index) : Wording::draft(isolated(draft)),
             Qt::AlignLeft | Qt::AlignVCenter);
}

} // namespace

void ContactDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    RowPainter row{*painter, option, index};
    paintGround(row);
    const bool collapsed = option.rect.width() < kCollapsedWidth;
    const int x = collapsed ? (option.rect.width() - kAvatar) / 2 : kMargin;
    const QRect avatar = row.visual(QRect(x, (rowHeight() - kAvatar) / 2, kAvatar, kAvatar));
    painter->setFont(option.font);
    paintAvatar(*painter, avatar, index.data(ContactListModel::FaceRole).value<Face>(), option.palette);
    if (index.data(ContactListModel::OnlineRole).toBool())
        paintOnlineDot(*painter, avatar, option.direction, option.palette, row.ground());
    if (collapsed)
        paintUnread(row, QRect(0, 6, x + kAvatar + 6, lineHeight()));
    else
        paintWords(row);
    painter->restore();
}

QSize ContactDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {kCollapsedWidth / 2, rowHeight()};
}

bool ContactDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data(ContactListModel::NameRole).toString()};
    if (index.data(ContactListModel::VerifiedRole).toBool())
        lines << tr("Verified: the safety numbers were compared.");
    if (index.data(ContactListModel::MutedRole).toBool())
        lines << tr("Muted: new messages are not announced.");
    const auto state = index.data(ContactListModel::StateRole).value<ContactState>();
    lines << (state == ContactState::Accepted
                  ? Wording::badgeSentence(index.data(ContactListModel::PresenceRole).value<Presence>())
                  : Wording::contactState(state));
    if (const auto time = index.data(ContactListModel::LastTimeRole).toLongLong(); time > 0)
        lines << QLocale().toString(QDateTime::fromMSecsSinceEpoch(time), QLocale::LongFormat);
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), view);
    return true;
}

} // namespace culvert
