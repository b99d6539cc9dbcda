#include "ui/widgets/sparkline.h"

#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kMargin = 4;
// Seconds without a probe: the line breaks, because nobody knows what was between.
constexpr std::int64_t kGapMs = 40'000;

} // namespace

SampleSummary summaryOf(const std::vector<PathSample>& samples) {
    SampleSummary out;
    for (const PathSample& sample : samples) {
        out.answered += sample.answered;
        out.lost += sample.lost;
        if (sample.answered == 0)
            continue;
        out.shortest = out.last == Duration::zero() ? sample.roundTrip : std::min(out.shortest, sample.roundTrip);
        out.longest = std::max(out.longest, sample.roundTrip);
        out.last = sample.roundTrip;
    }
    if (!samples.empty())
        out.spanMs = samples.back().at.milliseconds - samples.front().at.milliseconds;
    return out;
}

Sparkline::Sparkline(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Round trip over time"));
}

QString Sparkline::describe() const {
    if (m_summary.answered == 0)
        return tr("Nothing was measured yet.");
    const QString lost =
        m_summary.lost == 0
            ? tr("nothing was lost")
            : tr("%1 of %2 probes were lost").arg(m_summary.lost).arg(m_summary.answered + m_summary.lost);
    const int minutes = static_cast<int>(m_summary.spanMs / 60'000);
    const QString span = minutes > 0
                             ? tr("Last %n minutes", "length of time", minutes)
                             : tr("Last %n seconds", "length of time", static_cast<int>(m_summary.spanMs / 1000));
    return tr("%1: round trips of %2 to %3, %4.", "span, shortest, longest, what was lost")
        .arg(span, Wording::milliseconds(m_summary.shortest), Wording::milliseconds(m_summary.longest), lost);
}

void Sparkline::setSamples(std::vector<PathSample> samples) {
    m_samples = std::move(samples);
    m_summary = summaryOf(m_samples);
    m_sentence = describe();
    setPlainToolTip(this, m_sentence);
    update();
}

void Sparkline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto color = [this](ColorRole role) { return Theme::color(role, palette()); };
    painter.setPen(color(ColorRole::Hairline));
    painter.setBrush(color(ColorRole::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    if (m_samples.empty())
        return;
    const QRectF inside = QRectF(rect()).adjusted(kMargin * 2, kMargin * 2, -kMargin * 2, -kMargin * 2);
    const std::int64_t begin = m_samples.front().at.milliseconds;
    const auto span = static_cast<double>(std::max<std::int64_t>(m_summary.spanMs, 1000));
    const double top = std::max(toMilliseconds(m_summary.longest) * 1.15, 1.0);
    const auto xOf = [&](const PathSample& sample) {
        const double share = static_cast<double>(sample.at.milliseconds - begin) / span;
        return inside.left() + inside.width() * (layoutDirection() == Qt::RightToLeft ? 1 - share : share);
    };
    QPainterPath line;
    std::int64_t before = 0;
    for (const PathSample& sample : m_samples) {
        if (sample.lost > 0) {
            painter.setPen(QPen(color(ColorRole::Problem), 2));
            painter.drawLine(QPointF(xOf(sample), inside.bottom()), QPointF(xOf(sample), inside.bottom() - 8));
        }
        if (sample.answered == 0)
            continue;
        const QPointF at(xOf(sample), inside.bottom() - inside.height() * toMilliseconds(sample.roundTrip) / top);
        if (line.elementCount() == 0 || sample.at.milliseconds - before > kGapMs)
            line.moveTo(at);
        else
            line.lineTo(at);
        before = sample.at.milliseconds;
        if (m_samples.size() <= 60) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(ColorRole::Accent));
            painter.drawEllipse(at, 1.75, 1.75);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(ColorRole::Accent), 1.5));
    painter.drawPath(line);
}

} // namespace culvert
