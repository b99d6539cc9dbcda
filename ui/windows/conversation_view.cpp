#include "ui/windows/conversation_view.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_delegate.h"
#include "ui/widgets/path_badge.h"
#include "ui/widgets/wording.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kBadgeWordWidth = 480; ///< a narrower view shows the badge's glyph only
constexpr int kFetchDistance = 400;  ///< older messages are asked for before the top is in sight
constexpr int kFollowDistance = 24;  ///< so near to the end one still reads the newest

} // namespace

ConversationView::ConversationView(MessengerBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_model(bridge) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildList();
    column->addWidget(m_list, 1);
    column->addWidget(buildFoot());
    m_emptyHint = makeLabel({}, QStringLiteral("secondary"), m_list);
    m_emptyHint->setAlignment(Qt::AlignCenter);
    m_emptyHint->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_model.setDescriber([](const Message& message) { return Wording::describe(message); });
    connect(&m_model, &ConversationModel::queuedChanged, this, &ConversationView::updateWaiting);
    connect(&m_model, &ConversationModel::queuedChanged, this, &ConversationView::updateEmptyHint);
    connect(&m_model, &ConversationModel::loaded, this, [this] {
        m_list->scrollToBottom();
        updateEmptyHint();
    });
    connect(&bridge, &MessengerBridge::messageReceived, this, [this](const Message& message) {
        if (m_contact && message.contact == m_contact->id)
            markRead();
    });
    connect(m_composer, &Composer::submitted, this, &ConversationView::send);
    setFocusProxy(m_composer);
}

void ConversationView::setContact(const Contact& contact) {
    if (!m_contact || m_contact->id != contact.id)
        open(contact);
    const bool unread = contact.unread > 0;
    m_contact = contact;
    const QString name = ContactListModel::displayName(contact);
    m_avatar->setPerson(name, ContactListModel::colorSeed(contact.id));
    m_name->setWholeText(name);
    m_presence->setWholeText(Wording::presence(contact.presence));
    m_verified->setVisible(contact.verified);
    m_badge->setPresence(contact.presence);
    m_emptyHint->setText(tr("Nothing written yet. Say hello to %1.").arg(name));
    updateWaiting();
    if (unread)
        markRead();
}

void ConversationView::clear() {
    if (!m_contact)
        return;
    m_drafts[QString::fromStdString(m_contact->id.text())] = m_composer->text();
    m_contact.reset();
    m_model.setContact(std::nullopt);
}

void ConversationView::open(const Contact& contact) {
    clear();
    m_error->clear();
    m_follow = true;
    m_contact = contact;
    m_composer->setText(m_drafts.value(QString::fromStdString(contact.id.text())));
    m_model.setContact(contact.id);
}

QWidget* ConversationView::buildHead() {
    auto* head = new QFrame(this);
    head->setProperty("kind", QStringLiteral("bar"));
    m_avatar = new Avatar(36, head);
    m_name = new ElidedLabel(QStringLiteral("heading"), head);
    m_presence = new ElidedLabel(QStringLiteral("secondary"), head);
    m_verified = new IconLabel(IconId::Verified, 16, ColorRole::Good, head);
    m_verified->setToolTip(tr("You compared the safety numbers."));
    m_verified->setAccessibleName(tr("verified"));
    m_badge = new PathBadge(head);
    m_badge->setObjectName(QStringLiteral("badge"));
    m_details = new IconButton(IconId::Info, tr("Contact details"), head, ColorRole::Secondary);
    auto* nameRow = new QHBoxLayout;
    nameRow->setSpacing(4);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    nameRow->addWidget(m_name);
    nameRow->addWidget(m_verified);
    nameRow->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addLayout(nameRow);
    words->addWidget(m_presence);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(16, 10, 12, 10);
    row->setSpacing(8);
    row->addWidget(m_avatar);
    row->addSpacing(4);
    row->addLayout(words, 1);
    row->addWidget(m_badge);
    row->addWidget(m_details);
    connect(m_badge, &QAbstractButton::clicked, this, &ConversationView::detailsRequested);
    connect(m_details, &QAbstractButton::clicked, this, &ConversationView::detailsRequested);
    return head;
}

void ConversationView::buildList() {
    m_list = new QListView(this);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new MessageDelegate(m_list));
    m_list->setAccessibleName(tr("Messages"));
    m_list->setObjectName(QStringLiteral("messages"));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->verticalScrollBar()->setSingleStep(18);
    watchScrolling();
    auto* copy = new QShortcut(QKeySequence::Copy, m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &ConversationView::copyCurrent);
}

QWidget* ConversationView::buildFoot() {
    auto* foot = new QWidget(this);
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(16, 8, 16, 16);
    column->setSpacing(8);
    m_waiting = new QWidget(foot);
    m_waitingText = makeLabel({}, QStringLiteral("secondary"), m_waiting);
    m_waitingText->setObjectName(QStringLiteral("waiting"));
    QPushButton* why = makeButton(tr("Details"), QStringLiteral("link"), m_waiting);
    why->setAccessibleName(tr("Why messages wait"));
    auto* row = new QHBoxLayout(m_waiting);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new IconLabel(IconId::TickQueued, 16, ColorRole::Waiting, m_waiting));
    row->addWidget(m_waitingText, 1);
    row->addWidget(why);
    m_error = new ErrorLabel(foot);
    m_composer = new Composer(foot);
    column->addWidget(m_waiting);
    column->addWidget(m_error);
    column->addWidget(m_composer);
    m_waiting->hide();
    connect(why, &QPushButton::clicked, this, &ConversationView::detailsRequested);
    connect(m_composer->edit(), &QPlainTextEdit::textChanged, m_error, &ErrorLabel::clear);
    return foot;
}

void ConversationView::watchScrolling() {
    QScrollBar* bar = m_list->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        m_follow = value >= bar->maximum() - kFollowDistance;
        m_fromBottom = bar->maximum() - value;
        if (value < kFetchDistance)
            m_model.fetchOlder();
    });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
        if (m_follow)
            bar->setValue(maximum);
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this, bar](const QModelIndex&, int first) {
        if (first > 0 || m_follow)
            return;
        const int fromBottom = m_fromBottom;
        m_list->doItemsLayout();
        bar->setValue(bar->maximum() - fromBottom);
    });
}

void ConversationView::updateWaiting() {
    const bool waits = m_contact && m_model.hasQueued();
    m_waiting->setVisible(waits);
    if (waits)
        m_waitingText->setText(tr("Waiting to deliver, because %1").arg(Wording::waitingReason(m_contact->presence)));
}

void ConversationView::updateEmptyHint() {
    m_emptyHint->setVisible(m_contact && m_model.rowCount() == 0);
    m_emptyHint->setGeometry(m_list->rect());
}

void ConversationView::markRead() {
    // What nobody could see was not read: the window must be in front.
    if (m_contact && isVisible() && isActiveWindow())
        m_bridge.markRead(m_contact->id, this, [this](const Result<void>& done) {
            if (done)
                emit markedRead();
        });
}

void ConversationView::copyCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid())
        QGuiApplication::clipboard()->setText(current.data(ConversationModel::TextRole).toString());
}

void ConversationView::send(const QString& text) {
    const qsizetype octets = text.toUtf8().size();
    if (octets > static_cast<qsizetype>(kMessageTextMax)) {
        m_error->showError(tr("This message is too long by %n octet(s). Split it in two.", nullptr,
                              static_cast<int>(octets - static_cast<qsizetype>(kMessageTextMax))));
        return;
    }
    m_follow = true;
    m_composer->setText({});
    m_bridge.sendMessage(m_contact->id, {text.toStdString()}, this,
                         [this, id = m_contact->id, text](const Result<MessageId>& sent) {
                             if (!sent)
                                 keepUnsent(id, text, QString::fromStdString(sent.error().detail));
                         });
}

void ConversationView::keepUnsent(const ContactId& contact, const QString& text, const QString& why) {
    const auto before = [&text](const QString& typed) {
        return typed.isEmpty() ? text : text + QLatin1Char('\n') + typed;
    };
    if (m_contact && m_contact->id == contact) {
        m_composer->setText(before(m_composer->text()));
        m_error->showError(why);
        return;
    }
    QString& draft = m_drafts[QString::fromStdString(contact.text())];
    draft = before(draft);
}

void ConversationView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_badge->setCompact(width() < kBadgeWordWidth);
    updateEmptyHint();
}

bool ConversationView::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate && m_contact && m_contact->unread > 0)
        markRead();
    return QWidget::event(event);
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
    const QPoint at = m_list->viewport()->mapFromGlobal(event->globalPos());
    const QModelIndex index = m_list->indexAt(at);
    if (!m_list->viewport()->rect().contains(at) || !index.isValid())
        return;
    m_list->setCurrentIndex(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy text"));
    connect(copy, &QAction::triggered, this, &ConversationView::copyCurrent);
    menu->popup(event->globalPos());
}

} // namespace culvert
