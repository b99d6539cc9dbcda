// SearchResults: the section "Messages" of the sidebar, while one searches.
#pragma once

#include "ui/models/search_model.h"

#include <QWidget>

class QLabel;
class QListView;

namespace culvert {

class ContactListModel;

/// The focus stays in the field above, which moves the choice here by step() and opens it by open().
class SearchResults : public QWidget {
    Q_OBJECT

public:
    SearchResults(MessengerBridge& bridge, const ContactListModel& contacts, QWidget* parent = nullptr);

    void setSearch(const QString& text, const std::optional<ContactId>& contact);
    /// Moves the choice; false when there is no row to move to, and upwards from the first: then nothing is chosen.
    bool step(int rows);
    bool hasChoice() const;
    void clearChoice();
    /// Opens what is chosen, or else the newest; false when there is nothing.
    bool open();
    /// What is chosen, in words for who does not see it.
    QString choiceInWords() const;

signals:
    void opened(const culvert::ContactId& contact, const culvert::MessageRef& message);

private:
    void buildList();
    void updateStatus();
    void openRow(const QModelIndex& index);
    void fetchNearTheEnd();

    SearchModel m_model;
    QLabel* m_status = nullptr;
    QListView* m_list = nullptr;
};

} // namespace culvert
