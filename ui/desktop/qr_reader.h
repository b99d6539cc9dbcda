// QrReader: the texts of QR codes in pictures (ISO/IEC 18004), where the program was built with a library for that.
//
// Thread safety: GUI thread.
// Invariants: pictures come from strangers. A file is looked at only as far as kFileMax, its size is known before it is
// decoded, only formats that need no interpreter are read, and a code's text is at most kTextMax octets.
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QString>
#include <QStringList>
#include <QVector>

namespace culvert {

/// Pure but for the reading of files and of the screen.
class QrReader {
public:
    static constexpr qint64 kFileMax = 32 * 1024 * 1024;
    static constexpr int kSideMax = 8192;   ///< larger pictures are refused
    static constexpr int kSearchMax = 2560; ///< larger ones are made smaller before they are searched
    static constexpr qsizetype kTextMax = 4096;
    static constexpr int kCodesMax = 8;

    /// Whether codes can be read at all.
    static bool isThere();
    /// The texts of the codes in `picture`, none when there is none.
    static QStringList read(const QImage& picture);
    /// A picture of a file. The error says what is wrong with it.
    static Result<QImage> load(const QString& file);
    /// What file dialogs offer: "*.png" and the like.
    static QStringList filePatterns();
    /// Whether programs may look at the screen here.
    static bool maySeeScreen();
    /// One picture for each screen.
    static QVector<QImage> screens();
};

} // namespace culvert
