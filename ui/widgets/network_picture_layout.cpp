#include "ui/widgets/network_picture_layout.h"

#include <QTransform>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kPadding = 8;          // inside a part
constexpr int kSpacing = 8;          // between parts of a column
constexpr int kNarrowBelow = 580;    // the router stands under the computer
constexpr int kHelperWidthMax = 200; // of those below everything
constexpr qreal kCorner = 12;

/// The columns, from here to the friends.
struct Columns {
    int own = 0, ownWidth = 0;
    int router = 0;
    int band = 0, bandWidth = 0;
    int contact = 0, contactWidth = 0;
    bool isNarrow = false;
};

Columns columnsFor(int width) {
    Columns out;
    out.isNarrow = width < kNarrowBelow;
    out.ownWidth = std::clamp(width * (out.isNarrow ? 30 : 19) / 100, 88, 176);
    out.contactWidth = std::clamp(width * (out.isNarrow ? 24 : 22) / 100, 96, 220);
    const int gap = std::clamp(width * 3 / 100, 12, 48);
    // Many lanes fan out there.
    const int fan = std::clamp(width * (out.isNarrow ? 5 : 6) / 100, 16, 96);
    out.router = out.isNarrow ? 0 : out.ownWidth + gap;
    out.band = out.router + out.ownWidth + fan;
    out.contact = width - out.contactWidth;
    out.bandWidth = std::max(out.contact - fan * 2 / 3 - out.band, 80);
    // Wide windows give the lanes room, not the pills.
    constexpr int bandMax = 260;
    if (const int spare = out.bandWidth - bandMax; spare > 0) {
        out.band += spare / 2;
        out.bandWidth = bandMax;
    }
    return out;
}

int stacked(QVector<QRect>& rects, const QVector<int>& heights, int x, int width, int top) {
    int y = top;
    for (const int height : heights) {
        rects.append(QRect(x, y, width, height));
        y += height + kSpacing;
    }
    return heights.isEmpty() ? top : y - kSpacing;
}

void moveAll(QVector<QRect>& rects, int down) {
    for (QRect& rect : rects)
        rect.translate(0, down);
}

QPainterPath curve(QPointF from, QPointF to) {
    QPainterPath path(from);
    const qreal half = (to.x() - from.x()) / 2;
    path.cubicTo(from.x() + half, from.y(), to.x() - half, to.y(), to.x(), to.y());
    return path;
}

// Down and then across, with a round corner.
QPainterPath elbow(QPointF from, QPointF to, bool isAcrossFirst) {
    const QPointF corner = isAcrossFirst ? QPointF(to.x(), from.y()) : QPointF(from.x(), to.y());
    const auto towards = [](QPointF start, QPointF end, qreal distance) {
        const QLineF line(start, end);
        return line.length() <= distance ? end : line.pointAt(distance / line.length());
    };
    QPainterPath path(from);
    path.lineTo(towards(corner, from, kCorner));
    path.quadTo(corner, towards(corner, to, kCorner));
    path.lineTo(to);
    return path;
}

QPointF rightOf(const QRect& rect) {
    return {rect.x() + rect.width() + 0.0, rect.center().y() + 0.5};
}
QPointF leftOf(const QRect& rect) {
    return {rect.x() + 0.0, rect.center().y() + 0.5};
}

void addBandLines(const NetworkPicture& picture, const Columns& columns, int line, PictureLayout& out) {
    const auto bands = static_cast<int>(picture.bands.size());
    for (int i = 0; i < bands; ++i) {
        const PictureBand& band = picture.bands.at(i);
        const QRect& rect = out.bands.at(i);
        const auto lanes = static_cast<int>(band.lanes.size());
        for (int j = 0; j < lanes; ++j) {
            // The row of the pill that words it.
            const QPointF to(rect.x(), rect.y() + kPadding + line * (j + 1) + line / 2.0);
            const QRect& start = band.kind == BandKind::Local ? out.computer : out.router;
            const qreal spread = (i * 2 + j - bands + 0.5) * 6;
            if (band.kind == BandKind::Local && !columns.isNarrow && to.y() < out.computer.top())
                out.lines.append(
                    {elbow(QPointF(start.center().x(), start.top()), to, false), &band.lanes.at(j), false});
            else
                out.lines.append({curve(rightOf(start) + QPointF(0, spread), to), &band.lanes.at(j), j == 1});
            // Near the words, where the lanes do not lie close to each other.
            constexpr qreal nearTheEnd = 0.75;
            out.lines.last().markAt = nearTheEnd;
        }
    }
}

void addContactLines(const NetworkPicture& picture, PictureLayout& out) {
    for (int i = 0; i < picture.contacts.size(); ++i) {
        const PictureNode& contact = picture.contacts.at(i);
        const QPointF to = leftOf(out.contacts.at(i));
        if (contact.kind != NodeKind::Contact)
            continue;
        if (contact.band >= 0)
            out.lines.append({curve(rightOf(out.bands.at(contact.band)), to), &contact.lane, false});
        else // Nothing leads there yet: a piece of a lane.
            out.lines.append({curve(to - QPointF(16, 0), to), &contact.lane, false});
    }
}

// The first stands under the router, the second under the computer; where the router stands under the computer already,
// both stand below everything.
void placeHelpers(const NetworkPicture& picture, const Columns& columns, int width, int height, PictureLayout& out) {
    const auto count = static_cast<int>(picture.helpers.size());
    if (count == 0)
        return;
    if (!columns.isNarrow) {
        const int top = out.router.bottom() + 4 * kSpacing;
        for (int i = 0; i < count; ++i)
            out.helpers.append(QRect(i == 0 ? columns.router : columns.own, top, columns.ownWidth, height));
        out.height = std::max(out.height, top + height);
        return;
    }
    const int each = std::min((width - (count - 1) * kSpacing * 2) / count, kHelperWidthMax);
    out.height += 3 * kSpacing;
    for (int i = 0; i < count; ++i)
        out.helpers.append(QRect(i * (each + kSpacing * 2), out.height, each, height));
    out.height += height;
}

void addHelperLines(const NetworkPicture& picture, PictureLayout& out) {
    for (int i = 0; i < picture.helpers.size(); ++i) {
        const QRect& rect = out.helpers.at(i);
        const qreal middle = rect.x() + rect.width() / 2.0;
        const qreal bottom = out.router.y() + out.router.height();
        QPointF from(out.router.x() + out.router.width() / 2.0, bottom);
        QPainterPath path(from);
        if (i == 0) {
            path.lineTo(QPointF(from.x(), rect.top()));
        } else {
            from.rx() += middle < from.x() ? -kCorner : kCorner;
            const QPointF turn((from.x() + middle) / 2, rect.top() - 2.0 * kSpacing);
            path = elbow(from, turn, false);
            path.connectPath(elbow(turn, QPointF(middle, rect.top()), true));
        }
        out.lines.append({path, &picture.helpers.at(i).lane, false});
    }
}

} // namespace

QVector<QRect> PictureLayout::all() const {
    return QVector<QRect>{computer, router} + bands + helpers + contacts;
}

PictureLayout layOut(const NetworkPicture& picture, int width, int line) {
    const Columns columns = columnsFor(width);
    const int nodeHeight = 2 * line + 2 * kPadding;
    QVector<int> bandHeights;
    for (const PictureBand& band : picture.bands)
        bandHeights.append((1 + static_cast<int>(band.lanes.size())) * line + 2 * kPadding);
    PictureLayout out;
    const int bandsHeight = stacked(out.bands, bandHeights, columns.band, columns.bandWidth, 0);
    const QVector<int> contactHeights(picture.contacts.size(), nodeHeight);
    const int contactsHeight = stacked(out.contacts, contactHeights, columns.contact, columns.contactWidth, 0);
    const int ownHeight = columns.isNarrow ? 2 * nodeHeight + 3 * kSpacing : nodeHeight;
    const int body = std::max({bandsHeight, contactsHeight, ownHeight});
    moveAll(out.bands, (body - bandsHeight) / 2);
    moveAll(out.contacts, (body - contactsHeight) / 2);
    const int top = (body - ownHeight) / 2;
    out.computer = QRect(columns.own, top, columns.ownWidth, nodeHeight);
    out.router = columns.isNarrow ? out.computer.translated(0, nodeHeight + 3 * kSpacing)
                                  : QRect(columns.router, top, columns.ownWidth, nodeHeight);
    out.height = body;
    placeHelpers(picture, columns, width, nodeHeight, out);
    QPainterPath link(columns.isNarrow ? QPointF(out.computer.center().x() + 0.5, out.computer.bottom() + 1)
                                       : rightOf(out.computer));
    link.lineTo(columns.isNarrow ? QPointF(out.router.center().x() + 0.5, out.router.top()) : leftOf(out.router));
    out.lines.append({link, &picture.router.lane, false});
    addBandLines(picture, columns, line, out);
    addContactLines(picture, out);
    addHelperLines(picture, out);
    return out;
}

PictureLayout mirrored(PictureLayout layout, int width) {
    const auto flip = [width](QRect& rect) { rect.moveLeft(width - rect.x() - rect.width()); };
    flip(layout.computer);
    flip(layout.router);
    for (QVector<QRect>* rects : {&layout.bands, &layout.helpers, &layout.contacts})
        for (QRect& rect : *rects)
            flip(rect);
    const QTransform mirror(-1, 0, 0, 1, width, 0);
    for (LaneLine& line : layout.lines)
        line.path = mirror.map(line.path);
    return layout;
}

} // namespace culvert
