// Picture: what a profile picture's octets may be. They are looked at here, and decoded in the window alone.
//
// One format, in its plainest form, so that what decodes a stranger's octets has as little to do as possible: a
// baseline JPEG (ITU-T T.81) of one scan, without anything beside the picture: no places, names, thumbnails or colour
// profiles. A progressive one can have thousands of scans in these few octets, each of which costs a whole picture's
// work.
//
// Thread safety: pure.
#pragma once

#include "core/base/bytes.h"

namespace culvert {

inline constexpr std::size_t kPictureOctetsMax = 24 * 1024;
/// Pixels of a side.
inline constexpr unsigned kPictureSideMax = 512;

/// Whether contacts may be shown these octets, and we theirs: their lengths, tables and sizes are as they should be.
/// What the compressed part says is the decoder's to know.
bool isPicture(BytesView octets);

} // namespace culvert
