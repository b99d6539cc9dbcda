#include "ui/widgets/message_list.h"

#include "ui/models/conversation_model.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_delegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <utility>

namespace culvert {
namespace {

constexpr int kFetchDistance = 800; ///< pages are asked for before their place is in sight
constexpr int kFollowDistance = 24; ///< so near to the end one still reads the newest
constexpr int kJumpMargin = 12;

} // namespace

MessageList::MessageList(ConversationModel& model, QWidget* parent)
    : QListView(parent), m_model(model), m_delegate(new MessageDelegate(this)),
      m_jump(new IconButton(IconId::ChevronDown, tr("Jump to the newest message"), this)) {
    setModel(&model);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Messages"));
    setObjectName(QStringLiteral("messages"));
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    verticalScrollBar()->setSingleStep(18);
    m_jump->setProperty("kind", QStringLiteral("jump"));
    m_jump->setObjectName(QStringLiteral("jump"));
    m_jump->setFocusPolicy(Qt::NoFocus); // The End key does the same.
    m_jump->hide();
    connect(m_jump, &QToolButton::clicked, this, &MessageList::follow);
    connect(&model, &ConversationModel::arrived, this, &MessageList::noteArrival);
    watchScrolling();
}

void MessageList::watchScrolling() {
    QScrollBar* bar = verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        m_follow = value >= bar->maximum() - kFollowDistance && !m_model.hasNewer();
        if (value < kFetchDistance)
            m_model.fetchOlder();
        fetchNewerIfNear();
        updateJump();
    });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
        if (m_follow)
            bar->setValue(maximum);
        fetchNewerIfNear(); // Who stands at the end already moves nothing.
        updateJump();
    });
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, &MessageList::saveAnchor);
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &MessageList::saveAnchor);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &MessageList::restoreAnchor);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &MessageList::restoreAnchor);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { select({}, {}); });
}

void MessageList::fetchNewerIfNear() {
    if (verticalScrollBar()->value() > verticalScrollBar()->maximum() - kFetchDistance)
        m_model.fetchNewer();
}

void MessageList::saveAnchor() {
    m_anchor = QModelIndex();
    if (m_follow)
        return;
    for (int y = 1; y < viewport()->height() && !m_anchor.isValid(); y += 8)
        m_anchor = indexAt(QPoint(viewport()->width() / 2, y));
    if (m_anchor.isValid())
        m_anchorTop = visualRect(m_anchor).top();
}

void MessageList::restoreAnchor() {
    if (!m_anchor.isValid())
        return;
    doItemsLayout();
    QScrollBar* bar = verticalScrollBar();
    bar->setValue(bar->value() + visualRect(m_anchor).top() - m_anchorTop);
    fetchNewerIfNear();
}

void MessageList::follow() {
    m_follow = true;
    m_arrived = 0;
    if (m_model.hasNewer())
        m_model.fetchNewest();
    scrollToBottom();
    updateJump();
}

void MessageList::reveal(int row) {
    m_follow = false;
    const QModelIndex index = m_model.index(row);
    doItemsLayout();
    scrollTo(index, QAbstractItemView::PositionAtCenter);
    setCurrentIndex(index);
    setFocus(Qt::OtherFocusReason);
}

void MessageList::noteArrival(const Message& message) {
    if (m_follow || message.from == MessageFrom::Me)
        return;
    ++m_arrived;
    updateJump();
}

void MessageList::updateJump() {
    if (m_follow)
        m_arrived = 0;
    m_jump->setVisible(!m_follow && m_model.rowCount() > 0);
    m_jump->setText(m_arrived > 0 ? locale().toString(m_arrived) : QString());
    m_jump->setToolButtonStyle(m_arrived > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_jump->setAccessibleName(m_arrived > 0 ? tr("Jump to the newest message, %n new", nullptr, m_arrived)
                                            : tr("Jump to the newest message"));
    const QSize size = m_jump->sizeHint();
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const int x = isRtl ? kJumpMargin : viewport()->width() - size.width() - kJumpMargin;
    m_jump->setGeometry(QRect(QPoint(x, viewport()->height() - size.height() - kJumpMargin), size));
}

// Sizes of type come with a style, or with a font.
void MessageList::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange)
        return;
    m_delegate->forget();
    scheduleDelayedItemsLayout();
}

void MessageList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    updateJump();
    // Qt lays the rows of such a list out anew when its height changes, but theirs depend on the width.
    if (event->size().width() == event->oldSize().width() || std::exchange(m_isWidthNew, true))
        return;
    saveAnchor();
    QMetaObject::invokeMethod(this, &MessageList::layOutForWidth, Qt::QueuedConnection);
}

void MessageList::layOutForWidth() {
    m_isWidthNew = false;
    doItemsLayout();
    restoreAnchor();
}

// The keys need a message to mean: the newest one, when none was chosen.
void MessageList::focusInEvent(QFocusEvent* event) {
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(m_model.rowCount() - 1));
    QListView::focusInEvent(event);
}

bool MessageList::handleMessageKey(const QKeyEvent& event, const QModelIndex& index) {
    const bool isPlain = (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    if (!isPlain)
        return false;
    switch (event.key()) {
    case Qt::Key_R:
        emit replyRequested(index);
        return true;
    case Qt::Key_E:
    case Qt::Key_F2:
        emit editRequested(index);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        emit deleteRequested(index);
        return true;
    case Qt::Key_Plus:
        emit reactRequested(index, viewport()->mapToGlobal(visualRect(index).center()));
        return true;
    default:
        return false;
    }
}

void MessageList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_End) {
        follow();
        if (m_model.rowCount() > 0)
            setCurrentIndex(m_model.index(m_model.rowCount() - 1));
        return;
    }
    if (event->key() == Qt::Key_Escape && !selectedText().isEmpty())
        return select({}, {});
    const QModelIndex index = currentIndex();
    if (index.isValid() && index.data(ConversationModel::NoteRole).toString().isEmpty() &&
        handleMessageKey(*event, index))
        return;
    QListView::keyPressEvent(event);
}

const MessageLayout* MessageList::layoutOf(const QModelIndex& index) const {
    return index.isValid() ? &m_delegate->layoutOf(index, font(), layoutDirection(), visualRect(index).width())
                           : nullptr;
}

MessageLayout::Hit MessageList::hitAt(const QPoint& point, QModelIndex& index) const {
    index = indexAt(point);
    const MessageLayout* layout = layoutOf(index);
    return layout == nullptr ? MessageLayout::Hit{} : layout->hitAt(point - visualRect(index).topLeft());
}

int MessageList::cursorAt(const QModelIndex& index, const QPoint& point) const {
    const MessageLayout* layout = layoutOf(index);
    return layout == nullptr ? 0 : layout->cursorAt(point - visualRect(index).topLeft());
}

void MessageList::select(const QModelIndex& index, const MessageLayout::Selection& selection) {
    const QModelIndex before = m_delegate->selectedIndex();
    m_delegate->select(index, selection);
    for (const QModelIndex& changed : {before, index})
        if (changed.isValid())
            update(changed);
}

QString MessageList::selectedText() const {
    const MessageLayout* layout = layoutOf(m_delegate->selectedIndex());
    return layout == nullptr ? QString() : layout->textOf(m_delegate->selection());
}

void MessageList::mousePressEvent(QMouseEvent* event) {
    QListView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    select({}, {});
    QModelIndex index;
    const auto hit = hitAt(event->pos(), index);
    m_isDragging = false;
    m_pressed = hit.kind == MessageLayout::Hit::Kind::None ? QModelIndex() : index;
    m_pressedAt = event->pos();
    m_pressedCursor = cursorAt(index, event->pos());
}

void MessageList::mouseMoveEvent(QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) != 0 && m_pressed.isValid()) {
        m_isDragging =
            m_isDragging || (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
        if (m_isDragging)
            select(m_pressed, {m_pressedCursor, cursorAt(m_pressed, event->pos())});
        return;
    }
    QModelIndex index;
    switch (hitAt(event->pos(), index).kind) {
    case MessageLayout::Hit::Kind::Link:
    case MessageLayout::Hit::Kind::Quote:
    case MessageLayout::Hit::Kind::Reaction:
        viewport()->setCursor(Qt::PointingHandCursor);
        break;
    case MessageLayout::Hit::Kind::Bubble:
        viewport()->setCursor(Qt::IBeamCursor);
        break;
    case MessageLayout::Hit::Kind::None:
        viewport()->unsetCursor();
        break;
    }
}

void MessageList::mouseReleaseEvent(QMouseEvent* event) {
    QListView::mouseReleaseEvent(event);
    QModelIndex index;
    const auto hit = hitAt(event->pos(), index);
    const bool isClick = event->button() == Qt::LeftButton && !m_isDragging && m_pressed == index;
    m_pressed = QModelIndex();
    if (!isClick)
        return;
    if (hit.kind == MessageLayout::Hit::Kind::Link)
        emit linkActivated(hit.link);
    else if (hit.kind == MessageLayout::Hit::Kind::Quote)
        emit quoteActivated(index);
    else if (hit.kind == MessageLayout::Hit::Kind::Reaction)
        emit reactionActivated(index);
}

void MessageList::mouseDoubleClickEvent(QMouseEvent* event) {
    QModelIndex index;
    const auto hit = hitAt(event->pos(), index);
    if (hit.kind == MessageLayout::Hit::Kind::Bubble)
        select(index, layoutOf(index)->wordAt(cursorAt(index, event->pos())));
}

} // namespace culvert
