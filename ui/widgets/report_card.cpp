#include "ui/widgets/report_card.h"

#include "ui/widgets/disclosure.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kIconSize = 20;
constexpr int kGap = 8;

bool sameRows(const QVector<EntryRow>& one, const QVector<EntryRow>& other) {
    return std::ranges::equal(
        one, other, [](const EntryRow& a, const EntryRow& b) { return a.label == b.label && a.value == b.value; });
}

void setOrHide(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

FindingView::FindingView(const ReportEntry& entry, QWidget* parent)
    : QWidget(parent), m_icon(new IconLabel(entry.icon, kIconSize, entry.ink, this)),
      m_word(makeLabel({}, QStringLiteral("caption"), this)), m_title(makeLabel({}, QStringLiteral("strong"), this)),
      m_text(makeLabel({}, QStringLiteral("secondary"), this)), m_fix(makeLabel({}, {}, this)),
      m_action(makeButton({}, {}, this)), m_disclosure(new Disclosure(this)), m_evidence(new QWidget(this)),
      m_rows(new QGridLayout(m_evidence)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap + 4);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    row->addLayout(column, 1);
    for (QWidget* part : {static_cast<QWidget*>(m_word), static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_text),
                          static_cast<QWidget*>(m_fix)})
        column->addWidget(part);
    column->addSpacing(2);
    column->addWidget(m_action, 0, Qt::AlignLeading);
    column->addWidget(m_disclosure, 0, Qt::AlignLeading);
    column->addWidget(m_evidence);
    m_rows->setContentsMargins(0, 4, 0, 4);
    m_rows->setHorizontalSpacing(16);
    m_rows->setVerticalSpacing(4);
    m_rows->setColumnStretch(0, 2);
    m_rows->setColumnStretch(1, 3);
    m_disclosure->setObjectName(QStringLiteral("disclosure"));
    m_evidence->hide();
    m_action->setObjectName(QStringLiteral("action"));
    connect(m_action, &QPushButton::clicked, this, [this] { emit actionWanted(m_entry.action); });
    connect(m_disclosure, &QPushButton::toggled, this, [this](bool open) {
        m_evidence->setVisible(open);
        updateDisclosure();
    });
    setEntry(entry);
}

QWidget* FindingView::orderTabs(QWidget* before) {
    QWidget::setTabOrder(before, m_action);
    QWidget::setTabOrder(m_action, m_disclosure);
    return m_disclosure;
}

bool FindingView::isOpen() const {
    return m_disclosure->isChecked();
}

void FindingView::setEntry(const ReportEntry& entry) {
    const bool hasNewRows = !sameRows(m_entry.evidence, entry.evidence);
    m_entry = entry;
    m_icon->setIcon(entry.icon, entry.ink);
    m_word->setText(entry.since.isEmpty() ? entry.word
                                          : tr("%1 · since %2", "how bad, time").arg(entry.word, entry.since));
    m_title->setText(entry.title);
    setOrHide(m_text, entry.text);
    setOrHide(m_fix, entry.fix.isEmpty() ? QString() : tr("What helps: %1").arg(entry.fix));
    m_action->setText(entry.actionText);
    m_action->setAccessibleName(entry.actionText + QStringLiteral(": ") + entry.title);
    m_action->setVisible(!entry.actionText.isEmpty());
    setAccessibleName(entry.word + QStringLiteral(": ") + entry.title);
    m_disclosure->setVisible(!entry.evidence.isEmpty());
    m_evidence->setVisible(isOpen() && !entry.evidence.isEmpty());
    if (hasNewRows)
        showEvidence();
    updateDisclosure();
}

void FindingView::showEvidence() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int line = 0;
    for (const EntryRow& row : m_entry.evidence) {
        QLabel* label = makeLabel(row.label, QStringLiteral("secondary"), m_evidence);
        QLabel* value = makeLabel(breakable(row.value), QStringLiteral("data"), m_evidence);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setAccessibleName(row.label + QStringLiteral(": ") + row.value);
        m_rows->addWidget(label, line, 0, Qt::AlignTop);
        m_rows->addWidget(value, line++, 1, Qt::AlignTop);
    }
}

void FindingView::updateDisclosure() {
    m_disclosure->setText(isOpen() ? tr("Hide evidence") : tr("Show evidence"));
    m_disclosure->setAccessibleName(m_disclosure->text() + QStringLiteral(": ") + m_entry.title);
}

ReportCard::ReportCard(const ReportSection& section, QWidget* parent)
    : QFrame(parent), m_key(section.key), m_title(makeLabel({}, QStringLiteral("heading"), this)),
      m_column(new QVBoxLayout(this)) {
    setProperty("kind", QStringLiteral("card"));
    m_column->setContentsMargins(16, 12, 16, 16);
    m_column->setSpacing(12);
    m_column->addWidget(m_title);
    setSection(section);
}

void ReportCard::setSection(const ReportSection& section) {
    m_title->setText(section.title);
    setAccessibleName(section.title);
    QList<FindingView*> before = std::exchange(m_views, {});
    for (const ReportEntry& entry : section.entries) {
        const auto known =
            std::ranges::find_if(before, [&](const FindingView* view) { return view->key() == entry.key; });
        FindingView* view = known == before.end() ? new FindingView(entry, this) : *known;
        if (known != before.end()) {
            view->setEntry(entry);
            before.erase(known);
        } else {
            connect(view, &FindingView::actionWanted, this, &ReportCard::actionWanted);
        }
        m_views.append(view);
        m_column->removeWidget(view);
        m_column->addWidget(view);
    }
    qDeleteAll(before);
}

QWidget* ReportCard::orderTabs(QWidget* before) {
    for (FindingView* view : m_views)
        before = view->orderTabs(before);
    return before;
}

QWidget* ReportCard::firstStop() const {
    for (QPushButton* button : findChildren<QPushButton*>())
        if (button->isVisibleTo(this))
            return button;
    return nullptr;
}

} // namespace culvert
