#include "ui/widgets/list_editor.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

const QString kDragged = QStringLiteral("application/x-culvert-list-entry");

} // namespace

ListEditor::ListEditor(const ListWords& words, const ListManners& manners, QWidget* parent)
    : QFrame(parent), m_words(words), m_manners(manners), m_list(new QVBoxLayout),
      m_addRow(new QBoxLayout(QBoxLayout::LeftToRight)), m_field(new QLineEdit(this)),
      m_add(makeButton(words.add, {}, this)), m_error(new ErrorLabel(this)) {
    setAcceptDrops(manners.isOrdered);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(8);
    if (!words.title.isEmpty())
        buildHead(column);
    m_list->setSpacing(4);
    column->addLayout(m_list);
    m_addRow->setSpacing(8);
    m_field->setObjectName(QStringLiteral("field"));
    m_field->setPlaceholderText(words.placeholder);
    m_field->setAccessibleName(words.placeholder);
    m_field->installEventFilter(this);
    m_add->setObjectName(QStringLiteral("add"));
    m_add->setAccessibleName(
        QStringLiteral("%1: %2").arg(words.add, words.title.isEmpty() ? words.placeholder : words.title));
    m_add->setEnabled(manners.mayBeEmpty);
    m_addRow->addWidget(m_field, 1);
    m_addRow->addWidget(m_add);
    column->addLayout(m_addRow);
    column->addWidget(m_error);
    connect(m_add, &QPushButton::clicked, this, &ListEditor::submit);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_add->setEnabled(m_manners.mayBeEmpty || !text.trimmed().isEmpty());
        m_error->clear();
    });
    fill();
}

void ListEditor::buildHead(QVBoxLayout* column) {
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(m_words.title);
    column->setContentsMargins(16, 12, 16, 16);
    column->addWidget(makeLabel(m_words.title, QStringLiteral("heading"), this));
    column->addWidget(makeLabel(m_words.explanation, QStringLiteral("secondary"), this));
}

void ListEditor::submit() {
    m_error->clear();
    if (m_add->isEnabled())
        emit addRequested(m_field->text().trimmed());
}

void ListEditor::setEntries(const QVector<ListEntry>& entries) {
    if (entries == m_entries || m_isDragging) // What is dragged must not go away below the pointer.
        return;
    m_entries = entries;
    fill();
}

void ListEditor::fill() {
    // Which button of which entry has the focus.
    QWidget* focus = QApplication::focusWidget();
    const auto frame = std::ranges::find_if(m_frames, [focus](QWidget* one) { return one->isAncestorOf(focus); });
    const QString id = frame == m_frames.end() ? QString() : (*frame)->objectName();
    const QString button = id.isEmpty() ? QString() : focus->objectName();
    if (!id.isEmpty())
        m_field->setFocus(); // Until what takes its place is there.
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->setParent(nullptr); // What is asked of this one's children is not asked of the old ones.
        item->widget()->deleteLater();
        delete item;
    }
    m_frames.clear();
    if (m_entries.isEmpty())
        m_list->addWidget(makeLabel(m_words.empty, QStringLiteral("secondary"), this));
    // New widgets come after all others of the window: they go behind our own, and then ours behind them.
    QWidget* last = m_add;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        m_frames.append(makeEntry(i));
        m_list->addWidget(m_frames.last());
        for (QToolButton* stop : m_frames.last()->findChildren<QToolButton*>())
            setTabOrder(std::exchange(last, stop), stop);
        if (m_entries[i].id != id)
            continue;
        auto* same = m_frames.last()->findChild<QToolButton*>(button);
        if (same != nullptr && !same->isEnabled()) // It is at the end that it was moved to.
            same = m_frames.last()->findChild<QToolButton*>(button == QLatin1String("up") ? QStringLiteral("down")
                                                                                          : QStringLiteral("up"));
        if (same != nullptr)
            same->setFocus();
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

void ListEditor::focusField() {
    m_field->setFocus(Qt::OtherFocusReason);
}

QVector<QWidget*> ListEditor::stops() const {
    QVector<QWidget*> out;
    for (const QWidget* frame : m_frames)
        for (QToolButton* button : frame->findChildren<QToolButton*>())
            if (button->isEnabled())
                out.append(button);
    return out + QVector<QWidget*>{m_field, m_add};
}

QWidget* ListEditor::makeEntry(qsizetype index) {
    const ListEntry& entry = m_entries[index];
    auto* frame = new QFrame(this);
    frame->setObjectName(entry.id);
    frame->setProperty("kind", QStringLiteral("entry"));
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(readingMargins(12, 6, 6, 6));
    row->setSpacing(4);
    if (entry.icon)
        row->addWidget(new IconLabel(*entry.icon, 20, entry.ink, frame));
    auto* words = new QVBoxLayout;
    words->setContentsMargins(4, 0, 4, 0);
    words->setSpacing(0);
    auto* title = new ElidedLabel({}, frame);
    title->setWholeText(entry.title);
    words->addWidget(title);
    if (!entry.detail.isEmpty())
        words->addWidget(makeLabel(entry.detail, QStringLiteral("caption"), frame));
    row->addLayout(words, 1);
    if (m_manners.isOrdered && m_entries.size() > 1) {
        frame->installEventFilter(this); // It can be dragged.
        frame->setCursor(Qt::OpenHandCursor);
        addButton(frame, index, IconId::ChevronUp, tr("Move up"), "up", [this, index] { move(index, index - 1); });
        addButton(frame, index, IconId::ChevronDown, tr("Move down"), "down",
                  [this, index] { move(index, index + 1); });
    }
    if (entry.mayCopy)
        addButton(frame, index, IconId::Copy, m_words.copy, "copy", [this, id = entry.id] { emit copyRequested(id); });
    addButton(frame, index, IconId::Remove, m_words.remove, "remove",
              [this, id = entry.id] { emit removeRequested(id); });
    return frame;
}

void ListEditor::addButton(QWidget* frame, qsizetype index, IconId icon, const QString& words, const char* name,
                           const std::function<void()>& act) {
    auto* button = new IconButton(icon, words, frame, ColorRole::Secondary);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(QStringLiteral("%1: %2").arg(words, m_entries[index].title));
    button->setCursor(Qt::ArrowCursor);
    button->installEventFilter(this);
    // What leads nowhere leaves its place free, so that the others stay in their columns.
    const bool isFirst = index == 0, isLast = index == m_entries.size() - 1;
    QSizePolicy policy = button->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    button->setSizePolicy(policy);
    if ((isFirst && icon == IconId::ChevronUp) || (isLast && icon == IconId::ChevronDown)) {
        button->setEnabled(false);
        button->hide();
    }
    frame->layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, act);
}

// `to` counts without the one that is moved.
void ListEditor::move(qsizetype from, qsizetype to) {
    if (to < 0 || to >= m_entries.size() || to == from)
        return;
    m_error->clear();
    const qsizetype next = to > from ? to + 1 : to;
    emit moveRequested(m_entries[from].id, next < m_entries.size() ? m_entries[next].id : QString());
}

bool ListEditor::eventFilter(QObject* watched, QEvent* event) {
    // Enter adds what was typed; a dialog around it would take it for its own default button.
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (watched == m_field && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            submit();
            return true;
        }
        const int step = key->key() == Qt::Key_Up ? -1 : key->key() == Qt::Key_Down ? 1 : 0;
        const qsizetype index = m_frames.indexOf(qobject_cast<QWidget*>(watched->parent()));
        if (m_manners.isOrdered && index >= 0 && step != 0 && key->modifiers() == Qt::AltModifier) {
            move(index, index + step);
            return true;
        }
    }
    const qsizetype index = m_frames.indexOf(qobject_cast<QWidget*>(watched));
    if (index >= 0 && event->type() == QEvent::MouseButtonPress)
        m_pressedAt = static_cast<QMouseEvent*>(event)->pos();
    if (index >= 0 && event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->buttons() == Qt::LeftButton &&
            (mouse->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance())
            drag(index);
    }
    return QFrame::eventFilter(watched, event);
}

void ListEditor::drag(qsizetype index) {
    auto* carried = new QMimeData;
    carried->setData(kDragged, m_entries[index].id.toUtf8());
    auto* drag = new QDrag(this);
    drag->setMimeData(carried);
    drag->setPixmap(m_frames[index]->grab());
    drag->setHotSpot(m_pressedAt);
    const QPointer<ListEditor> self(this);
    m_isDragging = true;
    drag->exec(Qt::MoveAction);
    if (self)
        m_isDragging = false;
}

qsizetype ListEditor::indexOf(const QByteArray& id) const {
    const auto found = std::ranges::find(m_entries, QString::fromUtf8(id), &ListEntry::id);
    return found == m_entries.end() ? -1 : found - m_entries.begin();
}

qsizetype ListEditor::placeAt(const QPoint& point) const {
    const auto below = std::ranges::find_if(
        m_frames, [&](const QWidget* frame) { return frame->geometry().center().y() > point.y(); });
    return below - m_frames.begin();
}

void ListEditor::dragEnterEvent(QDragEnterEvent* event) {
    if (indexOf(event->mimeData()->data(kDragged)) >= 0)
        event->acceptProposedAction();
}

void ListEditor::dragMoveEvent(QDragMoveEvent* event) {
    m_dropAt = placeAt(event->position().toPoint());
    event->acceptProposedAction();
    update();
}

void ListEditor::dragLeaveEvent(QDragLeaveEvent*) {
    m_dropAt.reset();
    update();
}

void ListEditor::dropEvent(QDropEvent* event) {
    m_dropAt.reset();
    update();
    const qsizetype from = indexOf(event->mimeData()->data(kDragged));
    const qsizetype place = placeAt(event->position().toPoint());
    if (from >= 0)
        move(from, place > from ? place - 1 : place);
}

void ListEditor::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (!m_dropAt || m_frames.isEmpty())
        return;
    const bool isEnd = *m_dropAt >= m_frames.size();
    const QRect beside = m_frames[isEnd ? m_frames.size() - 1 : *m_dropAt]->geometry();
    const int y = isEnd ? beside.bottom() + 2 : beside.top() - 3;
    QPainter painter(this);
    painter.fillRect(QRect(beside.left(), y, beside.width(), 3), Theme::color(ColorRole::Accent, palette()));
}

} // namespace culvert
