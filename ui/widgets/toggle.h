// Toggle: a check box that looks like a switch.
#pragma once

#include <QCheckBox>
#include <QVariantAnimation>

namespace culvert {

/// The knob's place says whether it is on, and so does its shape: a tick, or none. Without a text of its own; give it
/// an accessible name.
class Toggle : public QCheckBox {
    Q_OBJECT

public:
    explicit Toggle(QWidget* parent = nullptr);
    QSize sizeHint() const override { return {44, 28}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }
    void paintEvent(QPaintEvent* event) override;

private:
    void slide(bool on);

    QVariantAnimation m_slide;
    qreal m_place = 0; ///< 0: off, 1: on
};

} // namespace culvert
