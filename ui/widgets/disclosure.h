// Disclosure: a button that opens and shuts what stands below it.
#pragma once

#include <QPushButton>

namespace culvert {

/// Checked is open. Its words say what the next press does. It begins without words, because the first ones make Qt
/// decide what assistive programs are told it is (`installAccessibleRoles`), and inside a base's constructor the
/// answer would be a box to tick.
class Disclosure : public QPushButton {
    Q_OBJECT

public:
    explicit Disclosure(QWidget* parent = nullptr);
};

} // namespace culvert
