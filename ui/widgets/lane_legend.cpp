#include "ui/widgets/lane_legend.h"

#include "ui/widgets/network_picture_view.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <array>

namespace culvert {
namespace {

constexpr std::array kStates{LaneState::Works, LaneState::Claimed, LaneState::Broken, LaneState::NotTested};
constexpr int kSample = 32, kGap = 8;

} // namespace

LaneLegend::LaneLegend(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    QString words;
    for (const LaneState state : kStates)
        words += (words.isEmpty() ? QString() : QStringLiteral(", ")) + PictureMaker::word(state);
    setAccessibleName(tr("What the lines mean: %1").arg(words));
}

int LaneLegend::itemWidth() const {
    const QFontMetrics metrics(Theme::font(TextStyle::Caption, font()));
    int widest = 0;
    for (const LaneState state : kStates)
        widest = std::max(widest, metrics.horizontalAdvance(PictureMaker::word(state)));
    return kSample + kGap + widest + 2 * kGap;
}

int LaneLegend::perRow(int width) const {
    return std::clamp(width / itemWidth(), 1, static_cast<int>(kStates.size()));
}

int LaneLegend::heightForWidth(int width) const {
    const int rows = (static_cast<int>(kStates.size()) + perRow(width) - 1) / perRow(width);
    return rows * (QFontMetrics(font()).height() + 4);
}

QSize LaneLegend::sizeHint() const {
    return {itemWidth(), heightForWidth(std::max(width(), itemWidth()))};
}

void LaneLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextStyle::Caption, font()));
    const int row = QFontMetrics(font()).height() + 4, columns = perRow(width());
    for (int i = 0; i < static_cast<int>(kStates.size()); ++i) {
        const QRect cell(i % columns * itemWidth(), i / columns * row, itemWidth(), row);
        const QRect sample(cell.left(), cell.top(), kSample, row);
        const QRect text(sample.right() + kGap, cell.top(), cell.right() - sample.right() - kGap, row);
        const LaneState state = kStates.at(static_cast<std::size_t>(i));
        paintLaneSample(painter, QStyle::visualRect(layoutDirection(), rect(), sample), state, palette());
        painter.setPen(Theme::color(ColorRole::Secondary, palette()));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), text),
                         static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                         PictureMaker::word(state));
    }
}

} // namespace culvert
