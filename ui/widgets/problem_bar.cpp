#include "ui/widgets/problem_bar.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace culvert {

ProblemBar::ProblemBar(QWidget* parent) : QFrame(parent), m_text(makeLabel({}, QStringLiteral("secondary"), this)) {
    setProperty("kind", QStringLiteral("bar"));
    setObjectName(QStringLiteral("problemBar"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setObjectName(QStringLiteral("problemText"));
    auto* dismiss = new IconButton(IconId::Close, tr("Dismiss"), this, ColorRole::Secondary);
    dismiss->setObjectName(QStringLiteral("dismissProblem"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(readingMargins(16, 8, 8, 8));
    row->setSpacing(8);
    row->addWidget(new IconLabel(IconId::Warning, 16, ColorRole::Waiting, this), 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(dismiss, 0, Qt::AlignTop);
    connect(dismiss, &QToolButton::clicked, this, &ProblemBar::dismissed);
    hide();
}

void ProblemBar::setProblems(const std::vector<StoreProblem>& problems) {
    QStringList sentences;
    for (const StoreProblem& problem : problems)
        sentences << sentence(problem);
    m_text->setText(sentences.join(QLatin1Char('\n')));
    setVisible(!sentences.isEmpty());
}

QString ProblemBar::sentence(const StoreProblem& problem) {
    QStringList parts;
    if (problem.kind == StoreProblem::Kind::Salvaged)
        parts
            << tr("The file with your messages was damaged. What could be read was saved: %1, %2. The damaged file is "
                  "kept as %3.")
                   .arg(tr("%n message(s)", nullptr, static_cast<int>(problem.savedMessages)),
                        tr("%n contact(s)", nullptr, static_cast<int>(problem.savedContacts)),
                        QString::fromStdString(problem.file));
    if (problem.damagedMessages > 0)
        parts << tr("%n message(s) cannot be read and are not shown; nothing was deleted.", nullptr,
                    static_cast<int>(problem.damagedMessages));
    if (problem.damagedContacts > 0)
        parts << tr("%n contact(s) cannot be read and are not shown; nothing was deleted.", nullptr,
                    static_cast<int>(problem.damagedContacts));
    return parts.join(QLatin1Char(' '));
}

} // namespace culvert
