// Reading direction: in which direction words run that need not run as the window does.
//
// Pure functions; GUI thread, where they ask for the direction of the window.
#pragma once

#include <QMargins>
#include <QString>

#include <optional>

namespace culvert {

/// The direction of the first letter that has one (UAX #9, P2); none where there is none, as in a number.
std::optional<Qt::LayoutDirection> firstStrong(QStringView text);

/// The direction of a text in a window of direction `layout`: as the window, when the text has any letter that runs so,
/// wherever it stands; a sentence in Arabic may begin with "TCP". Otherwise as its own letters, and from left to right
/// when it has none: an address, a number.
Qt::LayoutDirection readingDirection(QStringView text, Qt::LayoutDirection layout);

/// readingDirection() as a flag of QPainter::drawText() and QStyle::drawItemText().
int directionFlag(QStringView text, Qt::LayoutDirection layout);

/// Words of others within a sentence of ours: where they run against the window, they are isolated (UAX #9, FSI).
QString isolated(const QString& text);

/// An address, a key, a path: from left to right also within a sentence that is not (UAX #9, LRI).
QString leftToRight(const QString& text);

/// Margins whose first is at the reading edge; a layout's own stay where they are in every direction of writing.
QMargins readingMargins(int start, int top, int end, int bottom);

} // namespace culvert
