#include "ui/style/icons.h"

#include "ui/style/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

// Q_INIT_RESOURCE declares a function, which must not land in a namespace.
static void registerResources() {
    Q_INIT_RESOURCE(culvert);
}

namespace culvert {
namespace {

// In the order of IconId.
constexpr std::array kFiles{
    "mark",         "add-contact",
    "share",        "search",
    "send",         "network",
    "lock",         "copy",
    "info",         "good",
    "warning",      "problem",
    "verified",     "block",
    "remove",       "refresh",
    "chevron-down", "close",
    "computer",     "router",
    "server",       "path-direct6",
    "path-direct4", "path-tunnel",
    "path-lan",     "path-connecting",
    "path-none",    "tick-queued",
    "tick-sent",    "tick-delivered",
    "tick-read",    "tick-failed",
    "person",       "settings",
    "action",       "scan",
    "timer",        "mute",
    "emoji",        "reply",
    "edit",         "more",
    "chevron-up",
};
static_assert(kFiles.size() == static_cast<std::size_t>(IconId::ChevronUp) + 1);

void draw(const QByteArray& svg, QPixmap& onto) {
    onto.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&onto);
    renderer.render(&painter);
}

QByteArray recoloured(IconId id, const QColor& ink, const QColor& hollow) {
    const auto name = QLatin1String(kFiles.at(static_cast<std::size_t>(id)));
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("#FFFFFF", hollow.name().toLatin1());
    svg.replace("#000000", ink.name().toLatin1());
    return svg;
}

/// Arrows along the line of reading; "up" and "down" are the same for everybody.
bool pointsAlongTheLine(IconId id) {
    return id == IconId::Reply || id == IconId::Action;
}

/// Draws an icon in the size, the colour and for the screen that are asked for, when they are: made in advance for
/// every case, the icons of one window take longer than the rest of it.
class FamilyIconEngine : public QIconEngine {
public:
    FamilyIconEngine(IconId id, ColorRole ink) : m_id(id), m_ink(ink) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        const ColorRole role = mode == QIcon::Disabled ? ColorRole::Secondary : m_ink;
        const int side = qRound(std::min(size.width(), size.height()) / scale);
        return Icons::pixmap(m_id, side, Theme::color(role, Theme::look().scheme), scale);
    }
    QIconEngine* clone() const override { return new FamilyIconEngine(*this); }

private:
    IconId m_id;
    ColorRole m_ink;
};

/// The program's own icon. A QIcon of the file would load every plugin for pictures that the system has, to find the
/// one that reads it.
class ApplicationIconEngine : public QIconEngine {
public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        painter->drawPixmap(rect, pixmap(rect.size() * painter->device()->devicePixelRatioF(), mode, state));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode, QIcon::State) override {
        QFile file(QStringLiteral(":/icons/culvert.svg"));
        QPixmap drawn(size);
        if (file.open(QIODevice::ReadOnly))
            draw(file.readAll(), drawn);
        return drawn;
    }
    QIconEngine* clone() const override { return new ApplicationIconEngine(*this); }
};

} // namespace

void Icons::initialize() {
    registerResources();
}

QPixmap Icons::pixmap(IconId id, int size, const QColor& ink, qreal ratio, const QColor& hollow) {
    const bool isMirrored = pointsAlongTheLine(id) && QGuiApplication::layoutDirection() == Qt::RightToLeft;
    const QString key = QStringLiteral("culvert-%1-%2-%3-%4-%5-%6")
                            .arg(static_cast<int>(id))
                            .arg(size)
                            .arg(ink.name(), hollow.name())
                            .arg(ratio)
                            .arg(isMirrored);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSize(size, size) * ratio);
    draw(recoloured(id, ink, hollow), pixmap);
    if (isMirrored)
        pixmap = pixmap.transformed(QTransform::fromScale(-1, 1));
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon Icons::icon(IconId id, ColorRole ink) {
    return QIcon(new FamilyIconEngine(id, ink));
}

QIcon Icons::application() {
    return QIcon(new ApplicationIconEngine);
}

} // namespace culvert
