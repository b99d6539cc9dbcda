// Desktop: what the system around the window offers. app/ fills it in; tests and systems without leave parts out.
#pragma once

namespace culvert {

class Autostart;
class Notifier;
class UiSettings;

/// Nothing is owned. What is null is not there, and what needs it is not shown.
struct Desktop {
    UiSettings* settings = nullptr; ///< null: the window keeps its settings in memory
    Autostart* autostart = nullptr;
    Notifier* notifier = nullptr;
    bool hasTray = false; ///< the system has a place for tray icons
};

} // namespace culvert
