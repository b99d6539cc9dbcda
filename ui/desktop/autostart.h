// Autostart: whether the program starts when the user logs in.
#pragma once

#include "core/base/result.h"

namespace culvert {

/// The system's own place for that is the truth; nothing is kept beside it. GUI thread.
class Autostart {
public:
    virtual ~Autostart() = default;
    virtual bool isOn() const = 0;
    /// IoFailure says what could not be written.
    virtual Result<void> setOn(bool on) = 0;
};

} // namespace culvert
