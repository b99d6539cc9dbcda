// Sparkline: round trip and loss of one path over time, as a small graph and in one sentence.
#pragma once

#include "core/messenger/connection_info.h"

#include <QWidget>

namespace culvert {

/// What a graph says in numbers.
struct SampleSummary {
    Duration shortest{}, longest{}, last{}; ///< of the answers; zero where there is none
    unsigned answered = 0, lost = 0;
    std::int64_t spanMs = 0; ///< from the first second to the last
};
SampleSummary summaryOf(const std::vector<PathSample>& samples);

/// A line for round trips, a mark at the bottom for each second in which something was lost. Its accessible text and
/// tool tip say the same.
class Sparkline : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(QWidget* parent = nullptr);
    void setSamples(std::vector<PathSample> samples);
    QString sentence() const { return m_sentence; }
    QSize sizeHint() const override { return {320, 72}; }
    QSize minimumSizeHint() const override { return {160, 72}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString describe() const;

    std::vector<PathSample> m_samples;
    SampleSummary m_summary;
    QString m_sentence;
};

} // namespace culvert
