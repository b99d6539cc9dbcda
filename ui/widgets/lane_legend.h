// LaneLegend: what the styles of lines in the picture of the network mean, each with its word.
#pragma once

#include <QWidget>

namespace culvert {

/// One line, or more where there is little room.
class LaneLegend : public QWidget {
    Q_OBJECT

public:
    explicit LaneLegend(QWidget* parent = nullptr);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int perRow(int width) const;
    int itemWidth() const;
};

} // namespace culvert
