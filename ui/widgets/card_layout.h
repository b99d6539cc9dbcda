// CardLayout: cards below each other, in two columns where there is room for two.
#pragma once

#include <QLayout>
#include <QVector>

namespace culvert {

/// Each card stays in its column while the number of cards and of columns stays, whatever is opened in it.
class CardLayout : public QLayout {
    Q_OBJECT

public:
    static constexpr int kTwoColumnsFrom = 840;

    explicit CardLayout(QWidget* parent) : QLayout(parent) {}
    ~CardLayout() override;

    /// Puts what is there into this order; others go to the end.
    void setOrder(const QVector<QWidget*>& widgets);

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const;
    void assign(int columns, int width) const;

    QVector<QLayoutItem*> m_items;
    mutable QVector<int> m_columnOf; ///< of each item, by index
    mutable int m_columns = 0;       ///< that these were made for
};

} // namespace culvert
