#include "ui/widgets/reachability_line.h"

#include "core/messenger/network_report.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/report_wording.h"

#include <QVBoxLayout>

namespace culvert {

ReachabilityLine::ReachabilityLine(QWidget* parent)
    : QWidget(parent), m_icon(new IconLabel(IconId::Info, 20, ColorRole::Secondary, this)),
      m_sentence(makeLabel(tr("Looking at your network …"), QStringLiteral("strong"), this)),
      m_progress(makeLabel({}, QStringLiteral("secondary"), this)) {
    m_sentence->setObjectName(QStringLiteral("reachability"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_sentence);
    words->addWidget(m_progress);
    row->addLayout(words, 1);
}

void ReachabilityLine::setStatus(const NetworkStatus& status) {
    const NetworkReport report = makeReport(status);
    m_icon->setIcon(ReportWording::icon(report.severity), ReportWording::ink(report.severity));
    m_sentence->setText(ReportWording::sentence(report.summary));
    m_progress->setText(report.isComplete ? QString() : tr("Some tests are still running."));
    m_progress->setVisible(!report.isComplete);
    setAccessibleName(m_sentence->text());
}

} // namespace culvert
