#include "ui/widgets/server_list.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {

ServerList::ServerList(const ServerListWords& words, QWidget* parent)
    : QFrame(parent), m_list(new QVBoxLayout), m_input(new QLineEdit(this)), m_add(makeButton(tr("Add"), {}, this)),
      m_error(new ErrorLabel(this)) {
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(words.title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(8);
    column->addWidget(makeLabel(words.title, QStringLiteral("heading"), this));
    column->addWidget(makeLabel(words.explanation, QStringLiteral("secondary"), this));
    column->addLayout(m_list);
    m_list->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_input, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    column->addWidget(m_error);
    m_input->setObjectName(QStringLiteral("serverInput"));
    m_input->setPlaceholderText(words.placeholder);
    m_input->setAccessibleName(words.placeholder);
    m_add->setObjectName(QStringLiteral("addServer"));
    m_add->setAccessibleName(tr("Add") + QStringLiteral(": ") + words.title);
    m_add->setEnabled(false);
    connect(m_input, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_add->setEnabled(!text.trimmed().isEmpty());
        m_error->clear();
    });
    m_input->installEventFilter(this);
    connect(m_add, &QPushButton::clicked, this, [this] { emit addWanted(m_input->text().trimmed()); });
}

// Enter adds what was typed; a dialog around it would take it for its own default button.
bool ServerList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_add->click();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ServerList::setRows(const QVector<ServerRow>& rows) {
    if (rows == m_rows)
        return;
    m_rows = rows;
    fill();
}

void ServerList::fill() {
    while (QLayoutItem* item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ServerRow& row : m_rows) {
        auto* line = new QWidget(this);
        auto* parts = new QHBoxLayout(line);
        parts->setContentsMargins(0, 0, 0, 0);
        parts->setSpacing(8);
        parts->addWidget(new IconLabel(row.icon, 20, row.ink, line));
        auto* name = new ElidedLabel({}, line);
        name->setWholeText(row.name);
        name->setAccessibleName(row.name + QStringLiteral(": ") + row.state);
        parts->addWidget(name, 1);
        QLabel* state = makeLabel(row.state, QStringLiteral("secondary"), line);
        state->setWordWrap(false);
        parts->addWidget(state);
        auto* remove = new IconButton(IconId::Remove, tr("Remove %1").arg(row.name), line, ColorRole::Secondary);
        remove->setObjectName(QStringLiteral("removeServer"));
        parts->addWidget(remove);
        connect(remove, &IconButton::clicked, this, [this, key = row.key] { emit removeWanted(key); });
        m_list->addWidget(line);
    }
}

QVector<QWidget*> ServerList::stops() const {
    QVector<QWidget*> out;
    for (IconButton* remove : findChildren<IconButton*>(QStringLiteral("removeServer")))
        out.append(remove);
    return out + QVector<QWidget*>{m_input, m_add};
}

void ServerList::showError(const QString& sentence) {
    m_error->showError(sentence);
}

void ServerList::clearInput() {
    m_input->clear();
}

void ServerList::focusInput() {
    m_input->setFocus(Qt::OtherFocusReason);
}

} // namespace culvert
