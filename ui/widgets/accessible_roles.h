// What assistive programs are told of widgets whose class alone says too little, or something wrong.
#pragma once

namespace culvert {

/// Pictures with a name are images, cards are groups and no frames (which AT-SPI has for windows), a named area that
/// scrolls is a pane, and what opens and shuts is a button that says so, not a box to tick. Once for the program.
void installAccessibleRoles();

} // namespace culvert
