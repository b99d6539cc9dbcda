// SettingControls, second part: the list of invitations.
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/wording.h"
#include "ui/windows/setting_controls.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QLocale>
#include <QTimer>

namespace culvert {
namespace {

constexpr auto kRefreshInterval = std::chrono::seconds(2);

/// Whatever is true in this moment may be another thing in the next.
void keepFresh(ListEditor* list, const std::function<void()>& refresh) {
    auto* timer = new QTimer(list);
    QObject::connect(timer, &QTimer::timeout, list, [list, refresh] {
        if (list->isVisible())
            refresh();
    });
    timer->start(kRefreshInterval);
    refresh();
}

} // namespace

// Answers a command of `list`: an error stands in it, and all else is asked for anew.
Reply<void> SettingControls::refreshing(ListEditor* list, std::function<void()> refresh) {
    return [list = QPointer<ListEditor>(list), refresh = std::move(refresh)](const Result<void>& done) {
        if (!list)
            return;
        if (done) {
            refresh();
        } else {
            list->showError(QString::fromStdString(done.error().detail));
        }
    };
}

QWidget* SettingControls::makeInvitations(QWidget* parent) {
    auto* list = new ListEditor({tr("Whom or what it is for"), tr("New invitation"), tr("Revoke"), tr("There is none."),
                                 tr("Copy its address")},
                                {.mayBeEmpty = true}, parent);
    const auto refresh = [this, list] { refreshInvitations(list); };
    connect(list, &ListEditor::addRequested, this, [this, list, refresh](const QString& label) {
        m_bridge.createInvitation(label, list, [this, list, refresh](const Result<Invitation>& made) {
            if (!made)
                return list->showError(QString::fromStdString(made.error().detail));
            list->clearField();
            QApplication::clipboard()->setText(QString::fromStdString(made->address));
            emit told(tr("The new address is copied"));
            refresh();
        });
    });
    connect(list, &ListEditor::removeRequested, this, [this, list, refresh](const QString& id) {
        if (const auto invitation = InvitationId::fromText(id.toStdString()))
            m_bridge.revokeInvitation(*invitation, this, refreshing(list, refresh));
    });
    connect(list, &ListEditor::copyRequested, this, [this, list](const QString& id) {
        m_bridge.invitations(list, [this, id](const Result<std::vector<Invitation>>& all) {
            for (const Invitation& invitation : all ? *all : std::vector<Invitation>()) {
                if (QString::fromStdString(invitation.id.text()) != id)
                    continue;
                QApplication::clipboard()->setText(QString::fromStdString(invitation.address));
                emit told(tr("The address is copied"));
            }
        });
    });
    keepFresh(list, refresh);
    return list;
}

void SettingControls::refreshInvitations(ListEditor* list) {
    m_bridge.contacts(list, [this, list](const Result<std::vector<Contact>>& contacts) {
        QMap<QByteArray, QString> names;
        for (const Contact& contact : contacts ? *contacts : std::vector<Contact>())
            names[QByteArray::fromStdString(contact.id.text())] = ContactListModel::displayName(contact);
        m_bridge.invitations(list, [list, names](const Result<std::vector<Invitation>>& invitations) {
            if (!invitations)
                return;
            QVector<ListEntry> entries;
            for (const Invitation& invitation : *invitations) {
                QStringList users;
                for (const ContactId& user : invitation.usedBy)
                    users << names.value(QByteArray::fromStdString(user.text()), tr("somebody who is no contact"));
                const QString label = QString::fromStdString(invitation.label).simplified();
                const QString title = invitation.isMain ? tr("My address")
                                      : label.isEmpty() ? tr("Without a label", "an invitation")
                                                        : label;
                QStringList detail;
                if (invitation.createdAt.milliseconds > 0) {
                    const auto made = QDateTime::fromMSecsSinceEpoch(invitation.createdAt.milliseconds);
                    detail << tr("made on %1", "a date").arg(QLocale().toString(made.date(), QLocale::ShortFormat));
                }
                detail << (users.isEmpty() ? tr("nobody used it")
                                           : tr("used by %1").arg(QLocale().createSeparatedList(users)));
                entries.append({QString::fromStdString(invitation.id.text()), title, detail.join(QStringLiteral(" · ")),
                                std::nullopt, ColorRole::Secondary, true});
            }
            list->setEntries(entries);
        });
    });
}

} // namespace culvert
