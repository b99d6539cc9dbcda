#include "ui/widgets/search_field.h"

#include <QToolButton>

namespace culvert {

SearchField::SearchField(QWidget* parent) : QLineEdit(parent) {
    setClearButtonEnabled(true);
    for (QToolButton* clear : findChildren<QToolButton*>())
        clear->setAccessibleName(tr("Empty the search field"));
}

} // namespace culvert
