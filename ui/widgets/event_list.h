// EventList: what happened, the newest first, with the time of each.
#pragma once

#include <QFrame>
#include <QVector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace culvert {

/// One line.
struct EventRow {
    QString time;
    QString text;
    bool operator==(const EventRow&) const = default;
};

/// A card. It shows kFewMax lines until it is asked for all.
class EventList : public QFrame {
    Q_OBJECT

public:
    static constexpr int kFewMax = 6;

    EventList(const QString& title, const QString& whenEmpty, QWidget* parent);
    /// Newest first.
    void setRows(const QVector<EventRow>& rows);
    QPushButton* disclosure() const { return m_all; }

private:
    void fill();

    QVector<EventRow> m_rows;
    QLabel* m_empty;
    QGridLayout* m_grid;
    QPushButton* m_all;
};

} // namespace culvert
