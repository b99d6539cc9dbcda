#include "ui/widgets/disclosure.h"

namespace culvert {

Disclosure::Disclosure(QWidget* parent) : QPushButton(parent) {
    setProperty("kind", QStringLiteral("disclosure"));
    setCheckable(true);
    setAutoDefault(true); // Enter presses it where it has the focus.
}

} // namespace culvert
