#include "ui/windows/conversation_view.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_list.h"
#include "ui/widgets/path_badge.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kBadgeWordWidth = 480;    ///< a narrower view shows the badge's glyph only
constexpr int kKeepDraftAfterMs = 1000; ///< without a key

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
    watchModel();
    watchList();
    watchTyping();
    connect(&bridge.pictures(), &Pictures::changed, this, [this](const ContactId& changed) {
        if (m_contact && m_contact->id == changed)
            showAvatar();
    });
    connect(m_composer, &Composer::submitted, this, &ConversationView::submit);
    connect(m_composer, &Composer::purposeCancelled, this, &ConversationView::leavePurpose);
    connect(m_composer, &Composer::upInEmpty, this, [this] { startEdit(m_model.index(m_model.lastEditable())); });
}

void ConversationView::takeFocus() {
    m_composer->setFocus();
}

QListView* ConversationView::list() const {
    return m_list;
}

void ConversationView::watchModel() {
    const auto name = [this] { return m_contact ? ContactListModel::displayName(*m_contact) : QString(); };
    m_model.setDescriber([name](const Message& message) { return Wording::describe(message, name()); });
    m_model.setNoter([name](const Message& message) { return Wording::note(message, name()); });
    connect(&m_model, &ConversationModel::queuedChanged, this, &ConversationView::updateWaiting);
    connect(&m_model, &ConversationModel::queuedChanged, this, &ConversationView::updateEmptyHint);
    connect(&m_model, &ConversationModel::loaded, this, [this] {
        m_list->follow();
        updateEmptyHint();
    });
    connect(&m_model, &ConversationModel::located, m_list, &MessageList::reveal);
    connect(&m_model, &ConversationModel::notFound, this, [this] {
        m_error->showError(tr("That message is not here any more."));
        if (m_model.rowCount() == 0) // It was looked for before anything else was loaded.
            m_model.fetchNewest();
    });
    connect(&m_bridge, &MessengerBridge::messageReceived, this, [this](const Message& message) {
        if (m_contact && message.contact == m_contact->id)
            markRead();
    });
}

void ConversationView::watchTyping() {
    connect(&m_bridge, &MessengerBridge::typingChanged, this, [this](const TypingEvent& event) {
        if (!m_contact || event.contact != m_contact->id)
            return;
        m_isTyping = event.isTyping;
        updatePresence();
    });
    m_keepDraft.setSingleShot(true);
    m_keepDraft.setInterval(kKeepDraftAfterMs);
    connect(&m_keepDraft, &QTimer::timeout, this, &ConversationView::keepDraft);
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &ConversationView::keepDraft);
    connect(m_composer->edit(), &QPlainTextEdit::textChanged, this, [this] {
        if (!m_contact || m_purpose.kind == Purpose::Kind::Edit || !m_composer->edit()->hasFocus())
            return;
        m_keepDraft.start();
        m_bridge.setTyping(m_contact->id, !m_composer->text().isEmpty());
    });
}

// What is in the field and not in the store.
std::optional<QString> ConversationView::takeDraft() {
    m_keepDraft.stop();
    if (!m_contact)
        return std::nullopt;
    const bool isEditing = m_purpose.kind == Purpose::Kind::Edit;
    const QString text = isEditing ? m_purpose.draft : m_composer->text();
    const auto known = m_drafts.constFind(QString::fromStdString(m_contact->id.text()));
    if (known == m_drafts.constEnd() ? text.isEmpty() : *known == text)
        return std::nullopt;
    m_drafts[QString::fromStdString(m_contact->id.text())] = text;
    return text;
}

void ConversationView::keepDraft() {
    if (const auto text = takeDraft())
        m_bridge.setDraft(ContactId(m_contact->id), *text); // Whoever hears of it may leave the conversation.
}

void ConversationView::setContact(const Contact& contact) {
    if (!m_contact || m_contact->id != contact.id)
        open(contact);
    const bool unread = contact.unread > 0;
    m_contact = contact;
    const QString name = ContactListModel::displayName(contact);
    showAvatar();
    m_name->setWholeText(name);
    m_model.setTheirName(name);
    updatePresence();
    m_verified->setVisible(contact.verified);
    m_muted->setVisible(isMuted(contact, {QDateTime::currentMSecsSinceEpoch()}));
    m_timer->setVisible(contact.lifetimeSeconds > 0);
    m_timer->setToolTip(
        contact.lifetimeSeconds > 0
            ? tr("New messages disappear %1 after reading.").arg(Wording::lifetime(contact.lifetimeSeconds))
            : QString());
    m_badge->setPresence(contact.presence);
    m_emptyHint->setText(tr("Nothing written yet. Say hello to %1.").arg(name));
    updateWaiting();
    if (unread)
        markRead();
}

void ConversationView::showAvatar() {
    m_avatar->setFace(ContactListModel::face(m_contact->id, ContactListModel::displayName(*m_contact),
                                             m_bridge.pictures().of(*m_contact)));
}

void ConversationView::clear() {
    tellLeft(forget());
}

std::optional<ConversationView::Left> ConversationView::forget() {
    if (!m_contact)
        return std::nullopt;
    const Left left{m_contact->id, takeDraft()};
    m_purpose = {};
    m_composer->clearPurpose();
    m_isTyping = false;
    m_contact.reset();
    m_model.setContact(std::nullopt);
    return left;
}

// Last of all: whoever hears of it looks at which conversation is open.
void ConversationView::tellLeft(const std::optional<Left>& left) {
    if (!left)
        return;
    m_bridge.setTyping(left->id, false);
    if (left->draft)
        m_bridge.setDraft(left->id, *left->draft);
}

bool ConversationView::leaveTop() {
    if (!m_composer->hasPurpose())
        return false;
    leavePurpose();
    return true;
}

void ConversationView::open(const Contact& contact) {
    const auto left = forget();
    m_error->clear();
    m_contact = contact;
    const QString key = QString::fromStdString(contact.id.text());
    if (!m_drafts.contains(key)) // What was kept in an earlier run.
        m_drafts[key] = QString::fromStdString(contact.draft);
    m_composer->setText(m_drafts.value(key));
    m_list->follow();
    m_model.setContact(contact.id, contact.unread);
    tellLeft(left);
}

void ConversationView::updatePresence() {
    if (m_contact)
        m_presence->setWholeText(m_isTyping ? tr("writes …") : Wording::presence(m_contact->presence));
}

QWidget* ConversationView::buildHead() {
    auto* head = new QFrame(this);
    head->setProperty("kind", QStringLiteral("bar"));
    m_avatar = new Avatar(36, head);
    m_name = new ElidedLabel(QStringLiteral("heading"), head);
    m_presence = new ElidedLabel(QStringLiteral("secondary"), head);
    m_badge = new PathBadge(head);
    m_badge->setObjectName(QStringLiteral("badge"));
    m_details = new IconButton(IconId::Info, tr("Contact details"), head, ColorRole::Secondary);
    m_more = new IconButton(IconId::More, tr("Conversation menu"), head, ColorRole::Secondary);
    m_more->setObjectName(QStringLiteral("more"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_headMenu = new QMenu(m_more);
    m_headMenu->setAccessibleName(m_more->accessibleName());
    m_more->setMenu(m_headMenu);
    connect(m_headMenu, &QMenu::aboutToShow, this, &ConversationView::fillHeadMenu);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addLayout(buildHeadIcons());
    words->addWidget(m_presence);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(readingMargins(16, 10, 12, 10));
    row->setSpacing(8);
    row->addWidget(m_avatar);
    row->addSpacing(4);
    row->addLayout(words, 1);
    row->addWidget(m_badge);
    row->addWidget(m_details);
    row->addWidget(m_more);
    connect(m_badge, &QAbstractButton::clicked, this, &ConversationView::detailsRequested);
    connect(m_details, &QAbstractButton::clicked, this, &ConversationView::detailsRequested);
    return head;
}

// The name, and what is special about this contact.
QHBoxLayout* ConversationView::buildHeadIcons() {
    m_verified = new IconLabel(IconId::Verified, 16, ColorRole::Good, this);
    m_verified->setToolTip(tr("You compared the safety numbers."));
    m_verified->setAccessibleName(tr("verified"));
    m_muted = new IconLabel(IconId::Mute, 16, ColorRole::Secondary, this);
    m_muted->setToolTip(tr("Muted: new messages are not announced."));
    m_muted->setAccessibleName(tr("muted"));
    m_muted->setObjectName(QStringLiteral("muted"));
    m_timer = new IconLabel(IconId::Timer, 16, ColorRole::Secondary, this);
    m_timer->setAccessibleName(tr("disappearing messages"));
    m_timer->setObjectName(QStringLiteral("timer"));
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    row->addWidget(m_name);
    row->addWidget(m_verified);
    row->addWidget(m_muted);
    row->addWidget(m_timer);
    row->addStretch();
    return row;
}

void ConversationView::buildList() {
    m_list = new MessageList(m_model, this);
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
    const QString selected = m_list->selectedText();
    if (!selected.isEmpty())
        QGuiApplication::clipboard()->setText(selected);
    else if (current.isValid())
        QGuiApplication::clipboard()->setText(current.data(ConversationModel::TextRole).toString());
}

bool ConversationView::isTooLong(const QString& text) {
    const qsizetype octets = text.toUtf8().size();
    if (octets <= static_cast<qsizetype>(kMessageTextMax))
        return false;
    m_error->showError(tr("This message is too long by %n octet(s). Split it in two.", nullptr,
                          static_cast<int>(octets - static_cast<qsizetype>(kMessageTextMax))));
    return true;
}

void ConversationView::submit(const QString& text) {
    if (!m_contact || isTooLong(text))
        return;
    if (m_purpose.kind == Purpose::Kind::Edit)
        edit(text);
    else
        send(text);
}

void ConversationView::send(const QString& text) {
    OutgoingMessage message{text.toStdString()};
    if (m_purpose.kind == Purpose::Kind::Reply)
        message.replyTo = m_purpose.target;
    leavePurpose();
    m_list->follow();
    m_composer->setText({});
    m_bridge.sendMessage(m_contact->id, std::move(message), this,
                         [this, id = m_contact->id, text](const Result<MessageId>& sent) {
                             if (!sent)
                                 keepUnsent(id, text, QString::fromStdString(sent.error().detail));
                         });
    keepDraft();
}

void ConversationView::edit(const QString& text) {
    const MessageId id = m_purpose.target.id;
    leavePurpose();
    m_bridge.editMessage(m_contact->id, id, text, this,
                         [this, contact = m_contact->id, text](const Result<void>& done) {
                             if (!done)
                                 keepUnsent(contact, text, QString::fromStdString(done.error().detail));
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
    const QString draft = before(m_drafts.value(QString::fromStdString(contact.text())));
    m_drafts[QString::fromStdString(contact.text())] = draft;
    m_bridge.setDraft(contact, draft);
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

} // namespace culvert
