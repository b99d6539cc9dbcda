#include "ui/widgets/toggle.h"

#include "ui/style/theme.h"

#include <QPainter>

namespace culvert {

Toggle::Toggle(QWidget* parent) : QCheckBox(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QCheckBox::toggled, this, &Toggle::slide);
    connect(&m_slide, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_place = value.toReal();
        update();
    });
    m_slide.setEasingCurve(QEasingCurve::OutCubic);
}

void Toggle::slide(bool on) {
    const int duration = isVisible() ? Theme::duration(120) : 0;
    m_slide.stop();
    if (duration == 0) {
        m_place = on ? 1 : 0;
        update();
        return;
    }
    m_slide.setStartValue(m_place);
    m_slide.setEndValue(on ? 1.0 : 0.0);
    m_slide.setDuration(duration);
    m_slide.start();
}

void Toggle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto color = [this](ColorRole role) { return Theme::color(role, palette()); };
    const QRectF track = QRectF(rect()).adjusted(4, 4, -4, -4);
    const qreal radius = track.height() / 2;
    if (hasFocus()) {
        painter.setPen(QPen(color(ColorRole::Accent), 2));
        painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), radius + 3, radius + 3);
    }
    const bool on = isChecked();
    painter.setPen(QPen(color(on && isEnabled() ? ColorRole::Accent : ColorRole::Secondary), 1.5));
    painter.setBrush(color(on && isEnabled() ? ColorRole::Accent : ColorRole::Raised));
    painter.drawRoundedRect(track.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const qreal way = (leftToRight ? m_place : 1 - m_place) * (track.width() - track.height());
    const QRectF knob(track.left() + way + 3, track.top() + 3, track.height() - 6, track.height() - 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(on ? (isEnabled() ? ColorRole::OnAccent : ColorRole::Secondary) : ColorRole::Secondary));
    painter.drawEllipse(knob);
    if (!on || m_place < 1)
        return;
    painter.setPen(QPen(color(isEnabled() ? ColorRole::Accent : ColorRole::Raised), 1.8, Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF middle = knob.center();
    painter.drawPolyline(
        QPolygonF{middle + QPointF(-3, 0.2), middle + QPointF(-0.8, 2.4), middle + QPointF(3.2, -2.2)});
}

} // namespace culvert
