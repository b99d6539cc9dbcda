#include "ui/widgets/path_badge.h"

#include <QPainter>
#include <QStyle>

namespace culvert {
namespace {

constexpr int kHeight = 28;
constexpr int kGlyph = 20;
constexpr int kPadding = 8;

} // namespace

IconId badgeIcon(BadgeState state) {
    switch (state) {
    case BadgeState::Direct6:
        return IconId::PathDirect6;
    case BadgeState::Direct4:
        return IconId::PathDirect4;
    case BadgeState::Tunnel:
        return IconId::PathTunnel;
    case BadgeState::Lan:
        return IconId::PathLan;
    case BadgeState::Connecting:
        return IconId::PathConnecting;
    case BadgeState::CannotConnect:
        break;
    }
    return IconId::PathNone;
}

ColorRole badgeColor(BadgeState state) {
    if (state == BadgeState::Connecting)
        return ColorRole::Waiting;
    return state == BadgeState::CannotConnect ? ColorRole::Problem : ColorRole::Good;
}

PathBadge::PathBadge(QWidget* parent) : QAbstractButton(parent) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setPresence({});
}

void PathBadge::setPresence(const Presence& presence) {
    m_state = Wording::badge(presence);
    setText(Wording::badgeWord(m_state));
    setToolTip(Wording::badgeSentence(presence));
    setAccessibleName(tr("Connection: %1").arg(text()));
    setAccessibleDescription(toolTip());
    updateGeometry();
    update();
}

void PathBadge::setCompact(bool compact) {
    m_compact = compact;
    updateGeometry();
    update();
}

QSize PathBadge::sizeHint() const {
    const int word = QFontMetrics(Theme::font(TextStyle::Secondary, font())).horizontalAdvance(text());
    return {m_compact ? kGlyph + 2 * kPadding : kGlyph + word + 2 * kPadding + 8, kHeight};
}

void PathBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto color = [this](ColorRole role) { return Theme::color(role, palette()); };
    painter.setPen(hasFocus() ? QPen(color(ColorRole::Accent), 2) : QPen(color(ColorRole::Hairline), 1));
    painter.setBrush(color(underMouse() ? ColorRole::Tint : ColorRole::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kHeight / 2.0 - 1, kHeight / 2.0 - 1);

    const QRect glyph =
        QStyle::visualRect(layoutDirection(), rect(), QRect(kPadding, (kHeight - kGlyph) / 2, kGlyph, kGlyph));
    painter.drawPixmap(glyph,
                       Icons::pixmap(badgeIcon(m_state), kGlyph, color(badgeColor(m_state)), devicePixelRatioF()));
    if (m_compact)
        return;
    const int start = kPadding + kGlyph + 4;
    const QRect word =
        QStyle::visualRect(layoutDirection(), rect(), QRect(start, 0, width() - start - kPadding, kHeight));
    painter.setFont(Theme::font(TextStyle::Secondary, font()));
    painter.setPen(color(ColorRole::Text));
    painter.drawText(word, QStyle::visualAlignment(layoutDirection(), Qt::AlignVCenter | Qt::AlignLeft), text());
}

} // namespace culvert
