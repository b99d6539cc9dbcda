#include "ui/style/icons.h"

#include <QFile>
#include <QGuiApplication>
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
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(recoloured(id, ink, hollow));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    if (isMirrored)
        pixmap = pixmap.transformed(QTransform::fromScale(-1, 1));
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon Icons::icon(IconId id, const QColor& ink, const QColor& disabled) {
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0, 3.0}) {
        icon.addPixmap(pixmap(id, 20, ink, ratio));
        icon.addPixmap(pixmap(id, 20, disabled, ratio), QIcon::Disabled);
    }
    return icon;
}

QIcon Icons::application() {
    return QIcon(QStringLiteral(":/icons/culvert.svg"));
}

} // namespace culvert
