// Contact actions: removing and blocking, which cannot be undone and therefore ask first.
#pragma once

#include "core/messenger/contact.h"

#include <functional>

class QWidget;

namespace culvert {

class MessengerBridge;

/// Ask in a dialog over `parent`; `done` runs after core agreed. A refusal of core is shown in a dialog.
void confirmRemove(QWidget* parent, MessengerBridge& bridge, const Contact& contact, std::function<void()> done = {});
void confirmBlock(QWidget* parent, MessengerBridge& bridge, const Contact& contact, std::function<void()> done = {});

} // namespace culvert
