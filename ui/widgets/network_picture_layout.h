// PictureLayout: where everything of the picture of the network stands. Pure geometry, left to right; mirror() turns it
// round for those who read the other way.
#pragma once

#include "ui/widgets/network_picture.h"

#include <QPainterPath>
#include <QRect>

namespace culvert {

/// A lane as a line, from here to there; packets that come in move the other way.
struct LaneLine {
    QPainterPath path;
    const PictureLane* lane = nullptr; ///< of the picture that was laid out
    bool isInward = false;
    qreal markAt = 0.5; ///< where along the path its mark stands
};

/// Rectangles of the parts, in the order of the picture, and the lines between them.
struct PictureLayout {
    QRect computer, router;
    QVector<QRect> bands, helpers, contacts;
    QVector<LaneLine> lines;
    int height = 0;

    /// All rectangles, in the order in which they are read.
    QVector<QRect> all() const;
};

/// REQUIRES: `picture` outlives what is returned. `line`: the height of a line of text.
PictureLayout layOut(const NetworkPicture& picture, int width, int line);
/// The same in a mirror of that width.
PictureLayout mirrored(PictureLayout layout, int width);

} // namespace culvert
