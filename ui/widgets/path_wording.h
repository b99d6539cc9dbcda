// PathWording: what happened on the ways to a contact, why one of them is in use and what is to be expected, in the
// user's words: short first, the exact term where there is one.
#pragma once

#include "core/messenger/connection_info.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QString>

namespace culvert {

/// Pure functions from values to text.
class PathWording {
    Q_DECLARE_TR_FUNCTIONS(culvert::PathWording)

public:
    static QString source(PathSource source);
    /// "in use", "works", "no answer", …
    static QString state(const PathInfo& path);
    /// Why the path in use was chosen, as a sentence.
    static QString reason(PathReason reason);
    static QString moment(const PathMoment& moment);
    /// Whether the two ends can meet by all that is known, and how; `isWhole`: also what stands in the way, and what
    /// would change it, where nobody has said that yet.
    static QString prediction(const PairOutlook& outlook, bool isWhole);
    /// Today the time with seconds, before that the date as well.
    static QString stamp(WallTime at, const QDateTime& now);
    /// "now", "12 s ago", "5 min ago"; from a day on the date.
    static QString ago(WallTime at, const QDateTime& now);

private:
    static QString helper(Helper helper);
};

} // namespace culvert
