// Sidebar: who I am, who can reach me, and my conversations.
#pragma once

#include "core/messenger/messenger.h"
#include "ui/models/contact_filter_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QToolButton;
class QVBoxLayout;

namespace culvert {

class Avatar;
class ContactListModel;
class ElidedLabel;
class MessengerBridge;
class SearchResults;

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
    /// In all conversations, or in that with one contact.
    void focusSearch(const std::optional<ContactId>& within = std::nullopt);
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
    /// A message that was found.
    void messageChosen(const culvert::ContactId& contact, const culvert::MessageRef& message);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHead();
    void buildSearch(QVBoxLayout* column);
    void buildList();
    void buildResults();
    void loadOwn();
    void showOwn(const QString& name, const QString& address);
    void showName(const QString& name);
    void showAvatar();
    void showStatus(const NetworkStatus& status);
    void updateSearch();
    void updateSections();
    void setScope(const std::optional<ContactId>& within);
    void moveChoice(int rows);
    void openChoice();
    void restoreSelection();

    MessengerBridge& m_bridge;
    ContactListModel& m_contacts;
    AddressChecker m_checker;
    ContactFilterModel m_filter;
    std::optional<ContactId> m_chosen;
    QString m_ownName;
    bool m_restoring = false; ///< the selection moves because rows come and go; nobody chose anything
    Avatar* m_avatar = nullptr;
    QWidget* m_words = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_reachability = nullptr;
    QToolButton* m_network = nullptr;
    QToolButton* m_add = nullptr;
    std::optional<ContactId> m_scope; ///< the conversation that is searched; none: all
    bool m_isOpeningHit = false;      ///< the search stays, so that one can go through what it found
    bool m_isCollapsed = false;
    QLineEdit* m_search = nullptr;
    QLabel* m_nothingFound = nullptr;
    QListView* m_list = nullptr;
    SearchResults* m_results = nullptr;
};

} // namespace culvert
