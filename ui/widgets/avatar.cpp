#include "ui/widgets/avatar.h"

#include "ui/style/theme.h"

#include <QPainter>
#include <QPixmapCache>

namespace culvert {

namespace {

// Scaled once for each size: painted row after row, an image is scaled in an instant that is worth saving.
QPixmap disc(const QImage& picture, int side) {
    const QString key = QStringLiteral("picture %1 %2").arg(picture.cacheKey()).arg(side);
    QPixmap out;
    if (QPixmapCache::find(key, &out))
        return out;
    out = QPixmap(side, side);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(picture.scaled(side, side, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
    painter.drawEllipse(0, 0, side, side);
    painter.end();
    QPixmapCache::insert(key, out);
    return out;
}

void paintPicture(QPainter& painter, const QRect& rect, const QImage& picture, const QPalette& palette) {
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(rect, disc(picture, qRound(rect.height() * ratio)));
    // A white picture has an edge, too.
    painter.setPen(QPen(Theme::color(ColorRole::Hairline, palette), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace

void paintAvatar(QPainter& painter, const QRect& rect, const Face& face, const QPalette& palette) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!face.picture.isNull()) {
        paintPicture(painter, rect, face.picture, palette);
        painter.restore();
        return;
    }
    const AvatarColors colors = Theme::avatarColors(face.colorSeed, Theme::schemeOf(palette));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.background);
    painter.drawEllipse(rect);
    QFont font = Theme::font(TextStyle::Heading, painter.font());
    font.setPixelSize(rect.height() * 36 / 100);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(rect, Qt::AlignCenter, face.initials);
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

void Avatar::setFace(const Face& face) {
    m_face = face;
    update();
}

void Avatar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintAvatar(painter, rect(), m_face, palette());
}

} // namespace culvert
