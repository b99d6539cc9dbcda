// ChoiceBox: a combo box in our own look.
#pragma once

#include <QComboBox>

namespace culvert {

/// The wheel moves the page, not a choice that happens to pass under the pointer.
class ChoiceBox : public QComboBox {
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace culvert
