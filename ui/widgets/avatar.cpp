#include "ui/widgets/avatar.h"

#include "ui/models/contact_list_model.h"
#include "ui/style/theme.h"

#include <QPainter>

namespace culvert {

void paintAvatar(QPainter& painter, const QRect& rect, const QString& initials, unsigned colorSeed,
                 const QPalette& palette) {
    const AvatarColors colors = Theme::avatarColors(colorSeed, Theme::schemeOf(palette));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.background);
    painter.drawEllipse(rect);
    QFont font = Theme::font(TextStyle::Heading, painter.font());
    font.setPixelSize(rect.height() * 36 / 100);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(rect, Qt::AlignCenter, initials);
    painter.restore();
}

void paintOnlineDot(QPainter& painter, const QRect& avatar, Qt::LayoutDirection direction, const QPalette& palette,
                    const QColor& ground) {
    constexpr int kDot = 10;
    QRect dot(avatar.right() - kDot + 2, avatar.bottom() - kDot + 2, kDot, kDot);
    if (direction == Qt::RightToLeft)
        dot.moveLeft(avatar.left() - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ground, 2));
    painter.setBrush(Theme::color(ColorRole::Good, palette));
    painter.drawEllipse(dot);
    painter.restore();
}

Avatar::Avatar(int size, QWidget* parent) : QWidget(parent) {
    setFixedSize(size, size);
}

void Avatar::setPerson(const QString& name, unsigned colorSeed) {
    m_initials = ContactListModel::initials(name);
    m_colorSeed = colorSeed;
    update();
}

void Avatar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintAvatar(painter, rect(), m_initials, m_colorSeed, palette());
}

} // namespace culvert
