// ContactDialog: one contact's connection, safety number, and what one can do about them.
#pragma once

#include "core/messenger/connection_info.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;
class QVBoxLayout;

namespace culvert {

class Avatar;
class ElidedLabel;
class ErrorLabel;
class EventList;
class MessengerBridge;
class Sparkline;

/// Follows the contact while it is open, and closes when the contact is removed.
class ContactDialog : public QDialog {
    Q_OBJECT

public:
    ContactDialog(MessengerBridge& bridge, const Contact& contact, QWidget* parent = nullptr);

    const Contact& contact() const { return m_contact; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHead(QVBoxLayout* column);
    void buildConnection(QVBoxLayout* column);
    void buildPaths(QVBoxLayout* column);
    void buildSafety(QVBoxLayout* column);
    void buildButtons(QVBoxLayout* column);
    void showContact(const Contact& contact);
    void refresh();
    void showConnection(const ConnectionInfo& connection);
    void fillPaths(const std::vector<PathInfo>& paths);
    void tryAgain();
    void verify();

    MessengerBridge& m_bridge;
    Contact m_contact;
    Avatar* m_avatar = nullptr;
    ElidedLabel* m_name = nullptr;
    QLabel* m_presence = nullptr;
    QLabel* m_connection = nullptr;
    QLabel* m_why = nullptr;
    QLabel* m_graphText = nullptr;
    Sparkline* m_graph = nullptr;
    EventList* m_history = nullptr;
    QPushButton* m_again = nullptr;
    QTableWidget* m_paths = nullptr;
    QLabel* m_noPaths = nullptr;
    QLabel* m_safetyNumber = nullptr;
    QLabel* m_verified = nullptr;
    QPushButton* m_verify = nullptr;
    QPushButton* m_block = nullptr;
    ErrorLabel* m_error = nullptr;
};

} // namespace culvert
