// ConversationView: the messages with one contact, and the field for the next one.
#pragma once

#include "core/messenger/messenger.h"
#include "ui/models/conversation_model.h"
#include "ui/windows/window_actions.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QFrame;
class QHBoxLayout;
class QLabel;
class QListView;
class QMenu;
class QToolButton;

namespace culvert {

class Avatar;
class Composer;
class ElidedLabel;
class ErrorLabel;
class IconLabel;
class MessageList;
class MessengerBridge;
class PathBadge;

/// Shows accepted contacts only. It keeps what was typed for each contact, and marks as read what was in sight. What
/// can be done with a message has a key (MessageList) and an entry of the message's menu; what is of the conversation
/// is in the head's menu.
class ConversationView : public QWidget {
    Q_OBJECT

public:
    explicit ConversationView(MessengerBridge& bridge, QWidget* parent = nullptr);

    /// Shows `contact`, or what changed about them.
    void setContact(const Contact& contact);
    /// Shows nobody; nothing is marked as read then.
    void clear();
    /// Leaves an answer or a correction that is being written, if there is one; false if not.
    bool leaveTop();
    /// To the field. No focus proxy, for the reason of MainPage::takeFocus().
    void takeFocus();
    Composer* composer() const { return m_composer; }
    QListView* list() const;
    /// Loads what is around a message of this conversation, and marks it.
    void showMessage(const MessageRef& message) { m_model.locate(message); }
    /// What is about a message is done to the chosen one, or to the newest where none is chosen.
    void perform(WindowAction action);

signals:
    void detailsRequested();
    /// Core took note; its count of unread messages changed.
    void markedRead();
    /// A contact's address was clicked, and is in the clipboard: one may be added with it.
    void addRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    /// What the composer's text becomes.
    struct Purpose {
        enum class Kind { New, Reply, Edit };
        Kind kind = Kind::New;
        MessageRef target;
        QString draft; ///< what was typed before an edit began
    };

    QWidget* buildHead();
    QHBoxLayout* buildHeadIcons();
    void buildList();
    QWidget* buildFoot();
    void open(const Contact& contact);
    void updateWaiting();
    void updateEmptyHint();
    void updatePresence();
    void showAvatar();
    void watchModel();
    void watchTyping();
    /// A conversation that was closed, and what was written there and is not kept yet.
    struct Left {
        ContactId id;
        std::optional<QString> draft;
    };
    std::optional<QString> takeDraft();
    void keepDraft();
    std::optional<Left> forget();
    void tellLeft(const std::optional<Left>& left);
    void markRead();
    void copyCurrent();
    void submit(const QString& text);
    bool isTooLong(const QString& text);
    void send(const QString& text);
    void edit(const QString& text);

    // conversation_actions.cpp: what is done with a message, and with the conversation.
    void watchList();
    QMenu* messageMenu(const QModelIndex& index);
    void addReactions(QMenu* menu, const QModelIndex& index);
    void openMenu(const QModelIndex& index, const QPoint& globalPosition, bool byKey);
    void startReply(const QModelIndex& index);
    void startEdit(const QModelIndex& index);
    void leavePurpose();
    void askDelete(const QModelIndex& index);
    void remove(const MessageRef& target, DeleteFrom from);
    void openReactions(const QModelIndex& index, const QPoint& globalPosition);
    void pickReaction(const MessageRef& target, const QPoint& globalPosition);
    void react(const MessageRef& target, const QString& sign);
    void openLink(const QString& link);
    void fillHeadMenu();
    void addMuting(QMenu* menu);
    void addMuteTimes(QMenu* menu);
    void addLifetimes(QMenu* menu);
    QModelIndex chosenMessage() const;
    void popUp(const QString& name, void (ConversationView::*fill)(QMenu*));
    bool knowsAmendments() const;
    bool mayBeAnswered(const QModelIndex& index) const;
    bool isMineToChange(const QModelIndex& index) const;
    Reply<void> orError();
    void keepUnsent(const ContactId& contact, const QString& text, const QString& why);

    MessengerBridge& m_bridge;
    ConversationModel m_model;
    std::optional<Contact> m_contact;
    QHash<QString, QString> m_drafts; ///< by the contact's key in text
    Purpose m_purpose;
    bool m_isTyping = false; ///< they are
    QTimer m_keepDraft;
    Avatar* m_avatar = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_presence = nullptr;
    QWidget* m_verified = nullptr;
    PathBadge* m_badge = nullptr;
    QToolButton* m_details = nullptr;
    IconLabel* m_muted = nullptr;
    IconLabel* m_timer = nullptr;
    QToolButton* m_more = nullptr;
    QMenu* m_headMenu = nullptr;
    MessageList* m_list = nullptr;
    QLabel* m_emptyHint = nullptr;
    QWidget* m_waiting = nullptr;
    QLabel* m_waitingText = nullptr;
    ErrorLabel* m_error = nullptr;
    Composer* m_composer = nullptr;
};

} // namespace culvert
