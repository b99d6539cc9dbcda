#include "ui/widgets/event_list.h"

#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {

EventList::EventList(const QString& title, const QString& whenEmpty, QWidget* parent)
    : QFrame(parent), m_empty(makeLabel(whenEmpty, QStringLiteral("secondary"), this)), m_grid(new QGridLayout),
      m_all(makeButton({}, QStringLiteral("disclosure"), this)) {
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(8);
    column->addWidget(makeLabel(title, QStringLiteral("heading"), this));
    column->addWidget(m_empty);
    column->addLayout(m_grid);
    column->addWidget(m_all, 0, Qt::AlignLeading);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_all->setCheckable(true);
    m_all->hide();
    connect(m_all, &QPushButton::toggled, this, &EventList::fill);
}

void EventList::setRows(const QVector<EventRow>& rows) {
    if (rows == m_rows)
        return;
    m_rows = rows;
    fill();
}

void EventList::fill() {
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int all = static_cast<int>(m_rows.size());
    const int shown = m_all->isChecked() ? all : std::min(all, kFewMax);
    for (int i = 0; i < shown; ++i) {
        const EventRow& row = m_rows.at(i);
        QLabel* time = makeLabel(row.time, QStringLiteral("secondary"), this);
        time->setWordWrap(false);
        QLabel* text = makeLabel(breakable(row.text), {}, this);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleName(row.time + QStringLiteral(": ") + row.text);
        m_grid->addWidget(time, i, 0, Qt::AlignTop | Qt::AlignLeading);
        m_grid->addWidget(text, i, 1, Qt::AlignTop);
    }
    m_empty->setVisible(all == 0);
    m_all->setVisible(all > kFewMax);
    m_all->setText(m_all->isChecked() ? tr("Show fewer") : tr("Show all %n", "events", all));
}

} // namespace culvert
