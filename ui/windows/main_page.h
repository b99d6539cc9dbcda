// MainPage: sidebar and conversation, once the profile is open.
#pragma once

#include "core/messenger/messenger.h"
#include "ui/models/contact_list_model.h"
#include "ui/windows/window_actions.h"

#include <QWidget>

class QStackedWidget;

namespace culvert {

class ConversationView;
class MessengerBridge;
class ProblemBar;
class RequestCard;
class Sidebar;

/// Shows on the right what fits the chosen contact's state, and the own address where there is no contact yet.
class MainPage : public QWidget {
    Q_OBJECT

public:
    static constexpr int kNarrow = 640; ///< below this width the sidebar shows avatars only

    MainPage(MessengerBridge& bridge, AddressChecker checker, QWidget* parent = nullptr);

    std::optional<Contact> current() const;
    /// In the order of the sidebar.
    std::vector<Contact> contacts() const;
    /// To the list of conversations. No focus proxy: Tab would go to it past all that stands before it.
    void takeFocus();
    void choose(const ContactId& contact);
    void step(int rows);
    void search();
    /// REQUIRES: current()
    void searchInConversation();
    /// REQUIRES: current() is an accepted contact, and the action needs a conversation
    void performInConversation(WindowAction action);
    /// What could not be read, in a bar above the conversation.
    void showProblems(const std::vector<StoreProblem>& problems);
    /// Esc: leaves the search, or the conversation. False when there was nothing to leave.
    bool leave();

signals:
    void addRequested();
    void networkRequested();
    void detailsRequested();
    void currentChanged();
    void problemsDismissed();
    /// Messages of theirs that were not read, of everybody.
    void unreadChanged(int unread);
    /// Something like an address was pasted where no text is typed.
    void addressPasted(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildNobody();
    // What is not shown at the start is made when it is.
    QWidget* share();
    ConversationView* conversation();
    RequestCard* card();
    void showCurrent();
    bool isNarrow() const;
    void placeSidebar();
    void openMessage(const ContactId& contact, const MessageRef& message);
    void countUnread();

    MessengerBridge& m_bridge;
    AddressChecker m_checker;
    ContactListModel m_contacts;
    std::optional<ContactId> m_current;
    std::optional<ContactId> m_chooseWhenKnown; ///< added just now; core's event is still to come
    bool m_searching = false;
    int m_unread = 0;
    Sidebar* m_sidebar;
    QStackedWidget* m_stack;
    ProblemBar* m_problems;
    QWidget* m_nobody;
    QWidget* m_share = nullptr;
    ConversationView* m_conversation = nullptr;
    RequestCard* m_card = nullptr;
};

} // namespace culvert
