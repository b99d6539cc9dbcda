// SettingControls, second part: the lists.
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

QString health(const TeredoServerStatus& server) {
    switch (server.health) {
    case TeredoServerHealth::NotUsed:
        return SettingControls::tr("not needed at the moment");
    case TeredoServerHealth::Unresolved:
        return SettingControls::tr("its name leads to no usable address");
    case TeredoServerHealth::NotAsked:
        return SettingControls::tr("not asked yet");
    case TeredoServerHealth::Asking:
        return SettingControls::tr("being asked");
    case TeredoServerHealth::Answers:
        return SettingControls::tr("answers");
    case TeredoServerHealth::Qualified:
        return SettingControls::tr("in use");
    case TeredoServerHealth::NoAnswer:
        return SettingControls::tr("no answer");
    case TeredoServerHealth::NoOrigin:
        return SettingControls::tr("does not say where it sees you");
    case TeredoServerHealth::NoSecondary:
        return SettingControls::tr("its second address is silent");
    case TeredoServerHealth::Unsteady:
        return SettingControls::tr("says another thing each time");
    }
    return {};
}

bool isWell(TeredoServerHealth health) {
    return health == TeredoServerHealth::Answers || health == TeredoServerHealth::Qualified;
}

/// Whatever is true in this moment may be another thing in the next.
void keepFresh(ListEditor* list, const std::function<void()>& refresh) {
    auto* timer = new QTimer(list);
    QObject::connect(timer, &QTimer::timeout, list, [list, refresh] {
        // Buttons under the keyboard's focus stay.
        if (list->isVisible() && !list->isAncestorOf(QApplication::focusWidget()))
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
            list->clearField();
            refresh();
        } else {
            list->showError(QString::fromStdString(done.error().detail));
        }
    };
}

QWidget* SettingControls::makeThirdParties(QWidget* parent) {
    auto* list = new ListEditor({tr("Address string of a third party"), tr("Add"), tr("Remove"),
                                 tr("There is none. You can still be reached where your network lets friends in.")},
                                parent);
    const auto refresh = [this, list] { refreshThirdParties(list); };
    connect(list, &ListEditor::addRequested, this, [this, list, refresh](const QString& address) {
        m_bridge.addThirdParty(address, this, refreshing(list, refresh));
    });
    connect(list, &ListEditor::removeRequested, this, [this, list, refresh](const QString& key) {
        m_bridge.removeThirdParty(key, this, refreshing(list, refresh));
    });
    keepFresh(list, refresh);
    return list;
}

void SettingControls::refreshThirdParties(ListEditor* list) {
    m_bridge.thirdParties(list, [list](const Result<std::vector<ThirdPartyStatus>>& parties) {
        if (!parties)
            return;
        QVector<ListEntry> entries;
        for (const ThirdPartyStatus& party : *parties) {
            const QString key = QString::fromStdString(party.key);
            const QString state =
                party.registered
                    ? tr("answers, %1", "a third party; a round trip").arg(Wording::milliseconds(party.roundTrip))
                    : tr("no answer");
            entries.append({key, tr("Key %1 …", "the beginning of a third party's key").arg(key.left(16)), state,
                            party.registered ? IconId::Good : IconId::Warning,
                            party.registered ? ColorRole::Good : ColorRole::Waiting});
        }
        list->setEntries(entries);
    });
}

QWidget* SettingControls::makeTeredoServers(QWidget* parent) {
    auto* list =
        new ListEditor({tr("Host name or IPv4 address"), tr("Add"), tr("Remove"), tr("There is none.")}, parent);
    const auto refresh = [this, list] { refreshTeredoServers(list); };
    connect(list, &ListEditor::addRequested, this, [this, list, refresh](const QString& host) {
        m_bridge.addTeredoServer(host, this, refreshing(list, refresh));
    });
    connect(list, &ListEditor::removeRequested, this, [this, list, refresh](const QString& host) {
        m_bridge.removeTeredoServer(host, this, refreshing(list, refresh));
    });
    keepFresh(list, refresh);
    return list;
}

void SettingControls::refreshTeredoServers(ListEditor* list) {
    m_bridge.teredoServers(list, [list](const Result<std::vector<TeredoServerStatus>>& servers) {
        if (!servers)
            return;
        QVector<ListEntry> entries;
        for (const TeredoServerStatus& server : *servers) {
            const QString name = QString::fromStdString(server.server);
            QString state = health(server);
            if (server.roundTrip)
                state = tr("%1, %2", "state of a server; a round trip")
                            .arg(state, Wording::milliseconds(*server.roundTrip));
            const bool isIdle = server.health == TeredoServerHealth::NotUsed ||
                                server.health == TeredoServerHealth::NotAsked ||
                                server.health == TeredoServerHealth::Asking;
            const IconId icon = isWell(server.health) ? IconId::Good : isIdle ? IconId::Info : IconId::Warning;
            const ColorRole ink = isWell(server.health) ? ColorRole::Good
                                  : isIdle              ? ColorRole::Secondary
                                                        : ColorRole::Waiting;
            entries.append({name, name, state, icon, ink});
        }
        list->setEntries(entries);
    });
}

QWidget* SettingControls::makeInvitations(QWidget* parent) {
    auto* list = new ListEditor({tr("Whom or what it is for"), tr("New invitation"), tr("Revoke"), tr("There is none."),
                                 tr("Copy its address")},
                                parent);
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
