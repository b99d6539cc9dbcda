// Meter: whether the network is paid for by what goes through it, where the system knows.
#pragma once

#include <QObject>
#include <functional>

namespace culvert {

/// Tells `listener` soon and after each change, for as long as `context` lives; never where the system cannot tell.
/// Thread: the window's.
void watchMeter(QObject& context, const std::function<void(bool isMetered)>& listener);

} // namespace culvert
