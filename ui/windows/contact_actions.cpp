#include "ui/windows/contact_actions.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>

namespace culvert {
namespace {

struct Question {
    QString title;
    QString text;
    QString detail;
    QString action;
};

struct ContactActions {
    Q_DECLARE_TR_FUNCTIONS(culvert::ContactActions)
};

/// Our own button: Qt's words for its standard ones are not translated everywhere.
QMessageBox* makeBox(QWidget* parent, const QString& title, const QString& text, const QString& dismiss) {
    auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton* button = box->addButton(dismiss, QMessageBox::RejectRole);
    box->setDefaultButton(button);
    box->setEscapeButton(button);
    return box;
}

void ask(QWidget* parent, const Question& question, std::function<void()> yes) {
    QMessageBox* box = makeBox(parent, question.title, question.text, ContactActions::tr("Cancel"));
    box->setInformativeText(question.detail);
    QPushButton* action = box->addButton(question.action, QMessageBox::DestructiveRole);
    action->setProperty("kind", QStringLiteral("danger"));
    action->style()->polish(action);
    action->setObjectName(QStringLiteral("confirm"));
    QObject::connect(action, &QPushButton::clicked, parent, [yes = std::move(yes)] { yes(); });
    box->open();
}

Reply<void> finished(QWidget* parent, std::function<void()> done) {
    return [parent, done = std::move(done)](const Result<void>& result) {
        if (!result) {
            makeBox(parent, QCoreApplication::applicationName(), QString::fromStdString(result.error().detail),
                    ContactActions::tr("Close"))
                ->open();
        } else if (done) {
            done();
        }
    };
}

} // namespace

void confirmRemove(QWidget* parent, MessengerBridge& bridge, const Contact& contact, std::function<void()> done) {
    const QString name = ContactListModel::displayName(contact);
    const Question question{ContactActions::tr("Remove contact"), ContactActions::tr("Remove %1?").arg(name),
                            ContactActions::tr("Your conversation with them is deleted from this computer. Messages "
                                               "that still wait will not be delivered."),
                            ContactActions::tr("Remove")};
    ask(parent, question, [parent, &bridge, id = contact.id, done = std::move(done)] {
        bridge.removeContact(id, parent, finished(parent, done));
    });
}

void confirmBlock(QWidget* parent, MessengerBridge& bridge, const Contact& contact, std::function<void()> done) {
    const QString name = ContactListModel::displayName(contact);
    const Question question{ContactActions::tr("Block contact"), ContactActions::tr("Block %1?").arg(name),
                            ContactActions::tr("Nothing from them is shown or answered any more. They are not told."),
                            ContactActions::tr("Block")};
    ask(parent, question, [parent, &bridge, id = contact.id, done = std::move(done)] {
        bridge.blockContact(id, parent, finished(parent, done));
    });
}

} // namespace culvert
