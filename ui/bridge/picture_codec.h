// Picture codec: between the octets of profile pictures and images. The one place that decodes what contacts send.
//
// Theirs: core's form (core/messenger/picture.h), one decoder, a size that is known before; anything wrong is no
// picture. Ours: whatever Qt reads, cut to a square and made anew from its pixels alone, so that nothing else of the
// file, such as where a photograph was taken, is in it.
//
// Thread safety: pure; any thread.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QImage>
#include <QStringList>

class QIODevice;

namespace culvert {

/// Null where the octets are no picture. At most kPictureSideMax a side, which takes a few milliseconds.
QImage decodePicture(const Bytes& octets);

/// The middle of `image` as contacts get it. REQUIRES: not null
Bytes encodePicture(const QImage& image);

/// What the user chose, upright, and not much larger than a picture needs. The error is a sentence for the user.
Result<QImage> readImage(QIODevice& device);
/// Of the files that it reads: "*.jpg" and so on.
QStringList pictureFilePatterns();

} // namespace culvert
