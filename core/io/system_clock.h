// SystemClock: the two clocks of this computer, the only place that reads them.
#pragma once

#include "core/base/instant.h"

namespace culvert {

/// Reads both clocks. The monotonic one counts while the computer sleeps, where the system has such a clock.
Now systemNow();

} // namespace culvert
