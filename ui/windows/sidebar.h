// Sidebar: who I am, who can reach me, and my conversations.
#pragma once

#include "core/messenger/messenger.h"
#include "ui/models/contact_filter_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace culvert {

class Avatar;
class ContactListModel;
class ElidedLabel;
class MessengerBridge;

/// Wide, or as narrow as an avatar. The list's current contact is the conversation that is shown.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 280;
    static constexpr int kWidthMax = 400; ///< with large text
    static constexpr int kCollapsedWidth = 72;

    Sidebar(MessengerBridge& bridge, ContactListModel& contacts, AddressChecker checker, QWidget* parent = nullptr);

    /// As wide as the size of text needs it.
    static int wideWidth();
    void setCollapsed(bool collapsed);
    /// Over the conversation instead of beside it.
    void setFloating(bool floating);
    void focusSearch();
    /// Empties the search; false when there was nothing to leave.
    bool leaveSearch();
    void choose(const std::optional<ContactId>& contact);
    /// The contact above or below the current one.
    void step(int rows);
    QListView* list() const { return m_list; }
    /// As they are listed: sorted and filtered.
    const QAbstractItemModel* contacts() const { return &m_filter; }

signals:
    void chosen(const culvert::ContactId& contact);
    void addRequested();
    void networkRequested();
    void searchLeft();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHead();
    void buildList();
    void loadOwn();
    void showOwn(const QString& name, const QString& address);
    void showName(const QString& name);
    void showStatus(const NetworkStatus& status);
    void updateNothingFound();
    void restoreSelection();

    MessengerBridge& m_bridge;
    ContactListModel& m_contacts;
    AddressChecker m_checker;
    ContactFilterModel m_filter;
    std::optional<ContactId> m_chosen;
    unsigned m_ownColor = 0;
    bool m_restoring = false; ///< the selection moves because rows come and go; nobody chose anything
    Avatar* m_avatar = nullptr;
    QWidget* m_words = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_reachability = nullptr;
    QToolButton* m_network = nullptr;
    QToolButton* m_add = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_nothingFound = nullptr;
    QListView* m_list = nullptr;
};

} // namespace culvert
