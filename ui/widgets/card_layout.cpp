#include "ui/widgets/card_layout.h"

#include <QWidget>

#include <algorithm>
#include <array>

namespace culvert {
namespace {

constexpr int kGap = 12;
constexpr int kColumnsMax = 2;
// A line of text longer than this is hard to read.
constexpr int kColumnMax = 720;

int heightOf(const QLayoutItem* item, int width) {
    return item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
}

} // namespace

CardLayout::~CardLayout() {
    qDeleteAll(m_items);
}

void CardLayout::addItem(QLayoutItem* item) {
    m_items.append(item);
}

QLayoutItem* CardLayout::itemAt(int index) const {
    return m_items.value(index, nullptr);
}

QLayoutItem* CardLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

void CardLayout::setOrder(const QVector<QWidget*>& widgets) {
    std::ranges::stable_sort(m_items, {}, [&](const QLayoutItem* item) {
        const auto index = widgets.indexOf(item->widget());
        return index < 0 ? widgets.size() : index;
    });
    invalidate();
}

QSize CardLayout::sizeHint() const {
    return minimumSize();
}

QSize CardLayout::minimumSize() const {
    QSize out;
    for (const QLayoutItem* item : m_items)
        out = out.expandedTo(item->minimumSize());
    return out;
}

void CardLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

// The shortest column takes the next card.
void CardLayout::assign(int columns, int width) const {
    if (m_columns == columns && m_columnOf.size() == m_items.size())
        return;
    m_columns = columns;
    m_columnOf.clear();
    std::array<int, kColumnsMax> heights{};
    for (const QLayoutItem* item : m_items) {
        const auto shortest = std::ranges::min_element(heights.begin(), heights.begin() + columns);
        m_columnOf.append(static_cast<int>(shortest - heights.begin()));
        *shortest += item->isEmpty() ? 0 : heightOf(item, width) + kGap;
    }
}

int CardLayout::arrange(const QRect& rect, bool apply) const {
    const int columns = rect.width() >= kTwoColumnsFrom ? 2 : 1;
    const int width = std::min((rect.width() - (columns - 1) * kGap) / columns, kColumnMax);
    const int left = (rect.width() - columns * width - (columns - 1) * kGap) / 2;
    assign(columns, width);
    std::array<int, kColumnsMax> heights{};
    const bool isMirrored = parentWidget() != nullptr && parentWidget()->layoutDirection() == Qt::RightToLeft;
    for (int i = 0; i < m_items.size(); ++i) {
        QLayoutItem* item = m_items.at(i);
        if (item->isEmpty())
            continue;
        const int column = m_columnOf.at(i);
        int& top = heights.at(static_cast<std::size_t>(column));
        const int height = heightOf(item, width);
        const int place = isMirrored ? columns - 1 - column : column;
        if (apply)
            item->setGeometry(QRect(rect.x() + left + place * (width + kGap), rect.y() + top, width, height));
        top += height + kGap;
    }
    return std::max(*std::ranges::max_element(heights) - kGap, 0);
}

} // namespace culvert
