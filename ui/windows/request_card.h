// RequestCard: a contact with whom nothing is agreed yet, or any more.
#pragma once

#include "core/messenger/contact.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class Avatar;
class ElidedLabel;
class ErrorLabel;
class MessengerBridge;

/// Takes the conversation's place: asks about a request of theirs, tells the state of ours, or that they are blocked.
class RequestCard : public QWidget {
    Q_OBJECT

public:
    explicit RequestCard(MessengerBridge& bridge, QWidget* parent = nullptr);
    void setContact(const Contact& contact);
    bool isOf(const ContactId& contact) const { return m_contact.id == contact; }

private:
    void buildButtons(QVBoxLayout* column);
    void accept();

    MessengerBridge& m_bridge;
    Contact m_contact;
    Avatar* m_avatar;
    ElidedLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_greeting;
    QLabel* m_safetyTitle;
    QLabel* m_safetyNumber;
    ErrorLabel* m_error;
    QPushButton* m_accept = nullptr;
    QPushButton* m_block = nullptr;
    QPushButton* m_remove = nullptr;
};

} // namespace culvert
