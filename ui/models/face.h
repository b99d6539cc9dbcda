// Face: what shows at a glance who somebody is.
#pragma once

#include <QImage>
#include <QString>

namespace culvert {

/// Of an avatar.
struct Face {
    QString initials;
    unsigned colorSeed = 0; ///< the same for everyone who sees this person
    QImage picture = {};    ///< null: initials
    bool operator==(const Face&) const = default;
};

} // namespace culvert
