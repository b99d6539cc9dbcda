// ConversationView: the messages with one contact, and the field for the next one.
#pragma once

#include "core/messenger/contact.h"
#include "ui/models/conversation_model.h"

#include <QHash>
#include <QWidget>

class QFrame;
class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace culvert {

class Avatar;
class Composer;
class ElidedLabel;
class ErrorLabel;
class MessengerBridge;
class PathBadge;

/// Shows accepted contacts only. It keeps what was typed for each contact, and marks as read what was in sight.
class ConversationView : public QWidget {
    Q_OBJECT

public:
    explicit ConversationView(MessengerBridge& bridge, QWidget* parent = nullptr);

    /// Shows `contact`, or what changed about them.
    void setContact(const Contact& contact);
    /// Shows nobody; nothing is marked as read then.
    void clear();
    Composer* composer() const { return m_composer; }
    QListView* list() const { return m_list; }

signals:
    void detailsRequested();
    /// Core took note; its count of unread messages changed.
    void markedRead();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QWidget* buildHead();
    void buildList();
    QWidget* buildFoot();
    void open(const Contact& contact);
    void updateWaiting();
    void updateEmptyHint();
    void watchScrolling();
    void markRead();
    void copyCurrent();
    void send(const QString& text);
    void keepUnsent(const ContactId& contact, const QString& text, const QString& why);

    MessengerBridge& m_bridge;
    ConversationModel m_model;
    std::optional<Contact> m_contact;
    QHash<QString, QString> m_drafts; ///< by the contact's key in text
    bool m_follow = true;             ///< the end is in sight, so new messages scroll into sight
    int m_fromBottom = 0;             ///< keeps the place while older messages come in above it
    Avatar* m_avatar = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_presence = nullptr;
    QWidget* m_verified = nullptr;
    PathBadge* m_badge = nullptr;
    QToolButton* m_details = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_emptyHint = nullptr;
    QWidget* m_waiting = nullptr;
    QLabel* m_waitingText = nullptr;
    ErrorLabel* m_error = nullptr;
    Composer* m_composer = nullptr;
};

} // namespace culvert
