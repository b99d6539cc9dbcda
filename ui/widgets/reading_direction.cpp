#include "ui/widgets/reading_direction.h"

#include <QGuiApplication>

#include <algorithm>

namespace culvert {
namespace {

constexpr QChar kLeftToRightIsolate(0x2066);
constexpr QChar kFirstStrongIsolate(0x2068);
constexpr QChar kPopIsolate(0x2069);

/// Letters beyond the first plane are none that run from right to left, but for scripts that nobody types any more.
std::optional<Qt::LayoutDirection> directionOf(QChar letter) {
    switch (letter.direction()) {
    case QChar::DirL:
        return Qt::LeftToRight;
    case QChar::DirR:
    case QChar::DirAL:
        return Qt::RightToLeft;
    default:
        return std::nullopt;
    }
}

bool isMirrored() {
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

} // namespace

std::optional<Qt::LayoutDirection> firstStrong(QStringView text) {
    for (const QChar letter : text)
        if (const auto direction = directionOf(letter))
            return direction;
    return std::nullopt;
}

Qt::LayoutDirection readingDirection(QStringView text, Qt::LayoutDirection layout) {
    if (std::ranges::any_of(text, [layout](QChar letter) { return directionOf(letter) == layout; }))
        return layout;
    return firstStrong(text).value_or(Qt::LeftToRight);
}

int directionFlag(QStringView text, Qt::LayoutDirection layout) {
    return readingDirection(text, layout) == Qt::RightToLeft ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight;
}

QString isolated(const QString& text) {
    const Qt::LayoutDirection own = firstStrong(text).value_or(QGuiApplication::layoutDirection());
    return own == QGuiApplication::layoutDirection() ? text : kFirstStrongIsolate + text + kPopIsolate;
}

QString leftToRight(const QString& text) {
    return isMirrored() ? kLeftToRightIsolate + text + kPopIsolate : text;
}

QMargins readingMargins(int start, int top, int end, int bottom) {
    return isMirrored() ? QMargins(end, top, start, bottom) : QMargins(start, top, end, bottom);
}

} // namespace culvert
