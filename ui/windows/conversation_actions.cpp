// ConversationView, second part: what can be done with a message, and with the conversation.
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/emoji_picker.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_list.h"
#include "ui/widgets/wording.h"
#include "ui/windows/conversation_view.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>

#include <array>

namespace culvert {
namespace {

// One press away; the rest is in the picker.
constexpr std::array kQuickReactions{"👍", "❤️", "😂", "😮", "😢", "🙏"};

constexpr std::array<std::uint32_t, 4> kLifetimes{3600, 24 * 3600, 7 * 24 * 3600, 4 * 7 * 24 * 3600};

} // namespace

void ConversationView::watchList() {
    connect(m_list, &MessageList::replyRequested, this, &ConversationView::startReply);
    connect(m_list, &MessageList::editRequested, this, &ConversationView::startEdit);
    connect(m_list, &MessageList::deleteRequested, this, &ConversationView::askDelete);
    connect(m_list, &MessageList::reactRequested, this, &ConversationView::openReactions);
    connect(m_list, &MessageList::linkActivated, this, &ConversationView::openLink);
    connect(m_list, &MessageList::quoteActivated, this, [this](const QModelIndex& index) {
        if (const auto target = m_model.messageAt(index.row()).replyTo)
            m_model.locate(*target);
    });
    // A click on the signs takes ours back, or joins theirs.
    connect(m_list, &MessageList::reactionActivated, this, [this](const QModelIndex& index) {
        const QString mine = index.data(ConversationModel::MyReactionRole).toString();
        react(m_model.refAt(index.row()),
              mine.isEmpty() ? index.data(ConversationModel::TheirReactionRole).toString() : QString());
    });
}

bool ConversationView::knowsAmendments() const {
    return m_contact && m_contact->knowsAmendments.value_or(true);
}

bool ConversationView::isMineToChange(const QModelIndex& index) const {
    const Message& message = m_model.messageAt(index.row());
    return knowsAmendments() && message.from == MessageFrom::Me && message.kind == MessageKind::Text &&
           !message.isDeleted && message.state != MessageState::Failed;
}

bool ConversationView::mayBeAnswered(const QModelIndex& index) const {
    const Message& message = m_model.messageAt(index.row());
    return knowsAmendments() && message.kind == MessageKind::Text && !message.isDeleted;
}

Reply<void> ConversationView::orError() {
    return [this](const Result<void>& done) {
        if (!done)
            m_error->showError(QString::fromStdString(done.error().detail));
    };
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint at = m_list->viewport()->mapFromGlobal(event->globalPos());
    const QModelIndex index = byKey ? m_list->currentIndex() : m_list->indexAt(at);
    if (!index.isValid() || (!byKey && !m_list->viewport()->rect().contains(at)) || (byKey && !m_list->hasFocus()))
        return;
    openMenu(index, byKey ? m_list->viewport()->mapToGlobal(m_list->visualRect(index).center()) : event->globalPos(),
             byKey);
}

void ConversationView::openMenu(const QModelIndex& index, const QPoint& globalPosition, bool byKey) {
    m_list->setCurrentIndex(index);
    QMenu* menu = messageMenu(index);
    menu->popup(globalPosition);
    if (byKey) // Until something in it is chosen a screen reader hears nothing of a menu.
        menu->setActiveAction(menu->actions().constFirst());
}

QMenu* ConversationView::messageMenu(const QModelIndex& index) {
    const Message& message = m_model.messageAt(index.row());
    const MessageRef ref = m_model.refAt(index.row());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAccessibleName(tr("Message menu"));
    const auto add = [&](const QString& words, const QKeySequence& key, const auto& handler) {
        QAction* action = menu->addAction(words);
        action->setShortcut(key); // Shown; the list has the key itself.
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, handler);
    };
    const QPersistentModelIndex stays(index);
    const bool isWhole = message.kind == MessageKind::Text && !message.isDeleted;
    if (isWhole && knowsAmendments()) {
        add(tr("Reply"), Qt::Key_R, [this, stays] { startReply(stays); });
        addReactions(menu->addMenu(tr("React")), index);
    }
    if (isMineToChange(index))
        add(tr("Edit"), Qt::Key_E, [this, stays] { startEdit(stays); });
    if (isWhole)
        add(m_list->selectedText().isEmpty() ? tr("Copy text") : tr("Copy selected text"), QKeySequence::Copy,
            [this] { copyCurrent(); });
    menu->addSeparator();
    if (isMineToChange(index))
        add(tr("Delete for both"), {}, [this, ref] { remove(ref, DeleteFrom::Both); });
    add(tr("Delete for me"), {}, [this, ref] { remove(ref, DeleteFrom::Here); });
    return menu;
}

void ConversationView::addReactions(QMenu* menu, const QModelIndex& index) {
    const MessageRef ref = m_model.refAt(index.row());
    const QString mine = index.data(ConversationModel::MyReactionRole).toString();
    for (const char* quick : kQuickReactions) {
        const QString sign = QString::fromUtf8(quick);
        QAction* action = menu->addAction(sign);
        action->setCheckable(true);
        action->setChecked(sign == mine);
        connect(action, &QAction::triggered, this, [=, this] { react(ref, sign == mine ? QString() : sign); });
    }
    if (!mine.isEmpty())
        connect(menu->addAction(tr("Take back %1").arg(mine)), &QAction::triggered, this,
                [=, this] { react(ref, {}); });
    connect(menu->addAction(tr("Other …")), &QAction::triggered, this,
            [this, ref, at = QCursor::pos()] { pickReaction(ref, at); });
}

void ConversationView::openReactions(const QModelIndex& index, const QPoint& globalPosition) {
    if (!mayBeAnswered(index))
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("reactions"));
    menu->setAccessibleName(tr("React"));
    addReactions(menu, index);
    menu->popup(globalPosition);
    menu->setActiveAction(menu->actions().constFirst());
}

void ConversationView::pickReaction(const MessageRef& target, const QPoint& globalPosition) {
    auto* picker = new EmojiPicker(this);
    connect(picker, &EmojiPicker::picked, this, [this, target](const QString& sign) { react(target, sign); });
    picker->openAt(globalPosition);
}

void ConversationView::react(const MessageRef& target, const QString& sign) {
    if (m_contact)
        m_bridge.react(m_contact->id, target, sign, this, orError());
}

void ConversationView::startReply(const QModelIndex& index) {
    if (!index.isValid() || !mayBeAnswered(index))
        return;
    leavePurpose();
    m_purpose.kind = Purpose::Kind::Reply;
    m_purpose.target = m_model.refAt(index.row());
    const QString name = ContactListModel::displayName(*m_contact);
    m_composer->setPurpose(
        IconId::Reply, m_purpose.target.from == MessageFrom::Me ? tr("Reply to yourself") : tr("Reply to %1").arg(name),
        MessageMarkup::line(index.data(ConversationModel::TextRole).toString()));
}

void ConversationView::startEdit(const QModelIndex& index) {
    if (!index.isValid() || !isMineToChange(index))
        return;
    leavePurpose();
    const QString text = index.data(ConversationModel::TextRole).toString();
    m_purpose = {Purpose::Kind::Edit, m_model.refAt(index.row()), m_composer->text()};
    m_composer->setText(text);
    m_composer->setPurpose(IconId::Edit, tr("Edit message"), MessageMarkup::line(text));
}

// What was typed before an edit began comes back.
void ConversationView::leavePurpose() {
    const Purpose before = std::exchange(m_purpose, {});
    m_composer->clearPurpose();
    if (before.kind == Purpose::Kind::Edit)
        m_composer->setText(before.draft);
}

void ConversationView::askDelete(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const MessageRef ref = m_model.refAt(index.row());
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Delete message"), tr("Delete this message?"),
                                QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("deleteMessage"));
    // Our own button: Qt's words for its standard ones are not translated everywhere.
    QPushButton* cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    const auto add = [&](const QString& words, DeleteFrom from) {
        QPushButton* button = box->addButton(words, QMessageBox::DestructiveRole);
        button->setProperty("kind", QStringLiteral("danger"));
        button->style()->polish(button);
        connect(button, &QPushButton::clicked, this, [=, this] { remove(ref, from); });
    };
    const bool isBothPossible = isMineToChange(index);
    add(tr("Delete for me"), DeleteFrom::Here);
    if (isBothPossible)
        add(tr("Delete for both"), DeleteFrom::Both);
    box->setInformativeText(isBothPossible ? tr("For both: the text goes at both ends, and a mark stays. For me: the "
                                                "other end keeps it.")
                                           : tr("The other end keeps it."));
    box->open();
}

void ConversationView::remove(const MessageRef& target, DeleteFrom from) {
    if (!m_contact)
        return;
    if (m_purpose.kind != Purpose::Kind::New && m_purpose.target == target)
        leavePurpose();
    m_bridge.deleteMessage(m_contact->id, target, from, this, orError());
}

void ConversationView::openLink(const QString& link) {
    const QUrl url = MessageMarkup::target(link);
    if (!url.isValid())
        return;
    if (url.scheme().toLower() == u"culvert") {
        QGuiApplication::clipboard()->setText(link);
        emit addRequested();
    } else if (!QDesktopServices::openUrl(url)) {
        m_error->showError(tr("No program opened this link. Copy it, and open it where you like."));
    }
}

void ConversationView::fillHeadMenu() {
    m_headMenu->clear();
    if (!m_contact)
        return;
    connect(m_headMenu->addAction(tr("Contact details")), &QAction::triggered, this,
            &ConversationView::detailsRequested);
    addMuting(m_headMenu);
    if (knowsAmendments())
        addLifetimes(m_headMenu->addMenu(tr("Disappearing messages")));
}

void ConversationView::addMuting(QMenu* menu) {
    addMuteTimes(isMuted(*m_contact, {QDateTime::currentMSecsSinceEpoch()}) ? menu : menu->addMenu(tr("Mute")));
}

void ConversationView::addMuteTimes(QMenu* menu) {
    const auto mute = [this](std::optional<WallTime> until) {
        m_bridge.muteContact(m_contact->id, until, this, orError());
    };
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (isMuted(*m_contact, {now})) {
        connect(menu->addAction(tr("Unmute")), &QAction::triggered, this, [mute] { mute(std::nullopt); });
        return;
    }
    for (const int hours : {1, 8, 24, 7 * 24}) {
        const auto seconds = static_cast<std::uint32_t>(hours) * 3600;
        connect(menu->addAction(tr("For %1", "a time").arg(Wording::lifetime(seconds))), &QAction::triggered, this,
                [=] { mute(WallTime{now + qint64{1000} * seconds}); });
    }
    connect(menu->addAction(tr("Until I turn it off")), &QAction::triggered, this, [mute] { mute(kMutedForEver); });
}

void ConversationView::addLifetimes(QMenu* menu) {
    const auto add = [&](const QString& words, std::uint32_t seconds) {
        QAction* action = menu->addAction(words);
        action->setCheckable(true);
        action->setChecked(m_contact->lifetimeSeconds == seconds);
        connect(action, &QAction::triggered, this,
                [=, this] { m_bridge.setDisappearing(m_contact->id, seconds, this, orError()); });
    };
    add(tr("Off"), 0);
    for (const std::uint32_t seconds : kLifetimes)
        add(Wording::lifetime(seconds), seconds);
}

QModelIndex ConversationView::chosenMessage() const {
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current : m_model.index(m_model.rowCount() - 1);
}

void ConversationView::popUp(const QString& name, void (ConversationView::*fill)(QMenu*)) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("choices"));
    menu->setAccessibleName(name);
    (this->*fill)(menu);
    menu->popup(m_more->mapToGlobal(m_more->rect().bottomLeft()));
    menu->setActiveAction(menu->actions().constFirst());
}

void ConversationView::perform(WindowAction action) {
    const QModelIndex index = chosenMessage();
    const bool canAmend = m_contact && knowsAmendments();
    if (action == WindowAction::Mute && m_contact)
        popUp(tr("Mute"), &ConversationView::addMuteTimes);
    else if (action == WindowAction::Disappearing && canAmend)
        popUp(tr("Disappearing messages"), &ConversationView::addLifetimes);
    else if (action == WindowAction::ReplyToMessage)
        startReply(index);
    else if (action == WindowAction::ReactToMessage && index.isValid())
        openReactions(index, m_list->viewport()->mapToGlobal(m_list->visualRect(index).center()));
    else if (action == WindowAction::EditMessage)
        startEdit(index.isValid() && isMineToChange(index) ? index : m_model.index(m_model.lastEditable()));
    else if (action == WindowAction::DeleteMessage)
        askDelete(index);
    else if (action == WindowAction::InsertEmoji)
        m_composer->openPicker();
    else if (action == WindowAction::JumpToNewest)
        m_list->follow();
}

} // namespace culvert
