#include "ui/widgets/list_editor.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace culvert {

ListEditor::ListEditor(const ListWords& words, QWidget* parent)
    : QFrame(parent), m_words(words), m_list(new QVBoxLayout), m_addRow(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_field(new QLineEdit(this)), m_add(makeButton(words.add, {}, this)), m_error(new ErrorLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(8);
    m_list->setSpacing(4);
    column->addLayout(m_list);
    m_addRow->setSpacing(8);
    m_field->setPlaceholderText(words.placeholder);
    m_field->setAccessibleName(words.placeholder);
    m_add->setAccessibleName(QStringLiteral("%1: %2").arg(words.add, words.placeholder));
    m_addRow->addWidget(m_field, 1);
    m_addRow->addWidget(m_add);
    column->addLayout(m_addRow);
    column->addWidget(m_error);
    const auto submit = [this] {
        m_error->clear();
        emit addRequested(m_field->text().trimmed());
    };
    connect(m_add, &QPushButton::clicked, this, submit);
    connect(m_field, &QLineEdit::returnPressed, this, submit);
    connect(m_field, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
    setEntries({});
}

void ListEditor::setEntries(const QVector<ListEntry>& entries) {
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    if (entries.isEmpty())
        m_list->addWidget(makeLabel(m_words.empty, QStringLiteral("secondary"), this));
    // New widgets come after all others of the window: they go behind our own, and then ours behind them.
    QWidget* last = m_add;
    for (const ListEntry& entry : entries) {
        QWidget* made = makeEntry(entry);
        m_list->addWidget(made);
        for (QToolButton* button : made->findChildren<QToolButton*>())
            setTabOrder(std::exchange(last, button), button);
    }
    if (last != m_add) {
        setTabOrder(last, m_field);
        setTabOrder(m_field, m_add);
    }
}

void ListEditor::showError(const QString& sentence) {
    m_error->showError(sentence);
}

void ListEditor::setNarrow(bool narrow) {
    m_addRow->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void ListEditor::clearField() {
    m_field->clear();
}

QWidget* ListEditor::makeEntry(const ListEntry& entry) {
    auto* frame = new QFrame(this);
    frame->setProperty("kind", QStringLiteral("entry"));
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(readingMargins(12, 6, 6, 6));
    row->setSpacing(8);
    if (entry.icon)
        row->addWidget(new IconLabel(*entry.icon, 20, entry.ink, frame));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* title = new ElidedLabel({}, frame);
    title->setWholeText(entry.title);
    words->addWidget(title);
    if (!entry.detail.isEmpty())
        words->addWidget(makeLabel(entry.detail, QStringLiteral("caption"), frame));
    row->addLayout(words, 1);
    if (entry.mayCopy) {
        auto* copy = new IconButton(IconId::Copy, m_words.copy, frame, ColorRole::Secondary);
        copy->setAccessibleName(QStringLiteral("%1: %2").arg(m_words.copy, entry.title));
        row->addWidget(copy);
        connect(copy, &QToolButton::clicked, this, [this, id = entry.id] { emit copyRequested(id); });
    }
    auto* remove = new IconButton(IconId::Remove, m_words.remove, frame, ColorRole::Secondary);
    remove->setAccessibleName(QStringLiteral("%1: %2").arg(m_words.remove, entry.title));
    row->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, id = entry.id] { emit removeRequested(id); });
    return frame;
}

} // namespace culvert
