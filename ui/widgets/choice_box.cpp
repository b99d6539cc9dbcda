#include "ui/widgets/choice_box.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace culvert {

ChoiceBox::ChoiceBox(QWidget* parent) : QComboBox(parent) {
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setItemDelegate(new QStyledItemDelegate(this)); // the default one paints a native menu
}

void ChoiceBox::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    constexpr int kGlyph = 16;
    const QRect place(width() - kGlyph - 8, (height() - kGlyph) / 2, kGlyph, kGlyph);
    QPainter painter(this);
    painter.drawPixmap(
        QStyle::visualRect(layoutDirection(), rect(), place),
        Icons::pixmap(IconId::ChevronDown, kGlyph, Theme::color(ColorRole::Secondary, palette()), devicePixelRatioF()));
}

void ChoiceBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace culvert
