// SearchField: a line to type in, with a button that empties it.
#pragma once

#include <QLineEdit>

namespace culvert {

/// The button shows while there is something to empty. Qt leaves it without a name.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);
};

} // namespace culvert
