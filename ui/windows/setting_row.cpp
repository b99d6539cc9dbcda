#include "ui/windows/setting_row.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QLabel>
#include <QStyle>

namespace culvert {

SettingRow::SettingRow(const SettingEntry& entry, SettingControls& controls, QWidget* parent)
    : QFrame(parent), m_entry(entry), m_control(controls.make(entry.id, this)),
      m_line(new QBoxLayout(QBoxLayout::LeftToRight)), m_error(new ErrorLabel(this)),
      m_result(makeLabel({}, QStringLiteral("secondary"), this)) {
    setProperty("kind", QStringLiteral("setting"));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    QLabel* title = makeLabel(entry.title, QStringLiteral("strong"), this);
    QLabel* meaning = makeLabel(entry.meaning, QStringLiteral("secondary"), this);
    title->setBuddy(m_control.focus);
    words->addWidget(title);
    words->addWidget(meaning);
    m_line->setSpacing(16);
    m_line->addLayout(words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addLayout(m_line);
    QWidget* control = m_control.widget;
    if (m_control.isWide)
        column->addWidget(control);
    else
        m_line->addWidget(control, 0, Qt::AlignVCenter);
    column->addWidget(m_error);
    column->addWidget(m_result);
    m_result->setTextFormat(Qt::PlainText);
    m_result->hide();
    control->setObjectName(entry.id);
    if (qobject_cast<QLabel*>(m_control.focus) == nullptr) // A label's words are its name.
        m_control.focus->setAccessibleName(entry.title);
    m_control.focus->setAccessibleDescription(entry.meaning);
}

void SettingRow::showError(const QString& sentence) {
    m_error->showError(sentence);
    if (!sentence.isEmpty())
        m_result->hide();
}

void SettingRow::showResult(const QString& sentence) {
    m_error->clear();
    m_result->setText(sentence);
    m_result->setVisible(!sentence.isEmpty());
}

void SettingRow::setMarked(bool marked) {
    setProperty("marked", marked);
    style()->unpolish(this);
    style()->polish(this);
}

void SettingRow::focusControl() {
    if (auto* list = qobject_cast<ListEditor*>(m_control.widget))
        return list->focusField();
    m_control.focus->setFocus(Qt::ShortcutFocusReason);
}

void SettingRow::setNarrow(bool narrow) {
    if (auto* list = qobject_cast<ListEditor*>(m_control.widget))
        list->setNarrow(narrow);
    // A button is small enough to stay beside the words.
    const bool below = narrow && !qobject_cast<QAbstractButton*>(m_control.widget);
    m_line->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_line->setAlignment(m_control.widget, below ? Qt::AlignLeading : Qt::AlignVCenter);
}

} // namespace culvert
