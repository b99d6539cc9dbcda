// Notifier: how the user is told of something while they look elsewhere.
#pragma once

#include "core/messenger/ids.h"

#include <QImage>
#include <QObject>
#include <QString>

namespace culvert {

/// What is told. A later one of the same contact takes the place of the one before.
struct Notification {
    ContactId contact;
    QString title; ///< plain text, from strangers
    QString text;  ///< plain text, from strangers
    bool mayReply = false;
    QImage picture = {}; ///< of the contact; null where there is none, or it is not to be shown
};

/// GUI thread.
class Notifier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void show(const Notification& notification) = 0;
    /// What was told of the contact was seen elsewhere.
    virtual void withdraw(const ContactId& contact) = 0;

signals:
    /// The user wants to see the conversation.
    void activated(const culvert::ContactId& contact);
    /// The user wrote an answer where the notification stood.
    void replied(const culvert::ContactId& contact, const QString& text);
};

} // namespace culvert
