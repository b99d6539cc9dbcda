#include "ui/windows/server_lists.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/report_wording.h"
#include "ui/widgets/wording.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

namespace culvert {
namespace {

constexpr auto kRefreshInterval = std::chrono::seconds(2);
constexpr int kShownOfKey = 16;

/// Whose words these are.
struct ServerLists {
    Q_DECLARE_TR_FUNCTIONS(culvert::ServerLists)
};

ListEntry entryOf(const ThirdPartyStatus& party) {
    const QString key = QString::fromStdString(party.key);
    ListEntry entry{key, ServerLists::tr("Key %1 …", "the beginning of a third party's key").arg(key.left(kShownOfKey)),
                    ServerLists::tr("no answer", "a third party"), IconId::Warning, ColorRole::Waiting};
    if (party.registered) {
        entry.detail =
            ServerLists::tr("answers, %1", "a third party; a round trip").arg(Wording::milliseconds(party.roundTrip));
        entry.icon = IconId::Good;
        entry.ink = ColorRole::Good;
    }
    return entry;
}

ListEntry entryOf(const TeredoServerStatus& server) {
    const QString name = QString::fromStdString(server.server);
    ListEntry entry{name, name, ReportWording::teredoHealth(server.health), IconId::Warning, ColorRole::Waiting};
    if (server.roundTrip)
        entry.detail = ServerLists::tr("%1, %2", "state of a server; a round trip")
                           .arg(entry.detail, Wording::milliseconds(*server.roundTrip));
    switch (server.health) {
    case TeredoServerHealth::Answers:
    case TeredoServerHealth::Qualified:
        entry.icon = IconId::Good;
        entry.ink = ColorRole::Good;
        break;
    case TeredoServerHealth::NotUsed:
    case TeredoServerHealth::NotAsked:
    case TeredoServerHealth::Asking:
        entry.icon = IconId::Info;
        entry.ink = ColorRole::Secondary;
        break;
    default:
        break;
    }
    return entry;
}

template<typename Status> Reply<std::vector<Status>> showing(ListEditor* list) {
    return [list](const Result<std::vector<Status>>& all) {
        if (!all)
            return;
        QVector<ListEntry> entries;
        for (const Status& one : *all)
            entries.append(entryOf(one));
        list->setEntries(entries);
    };
}

// Answers a command of `list`: an error stands in it, and all else is asked for anew.
Reply<void> answer(ListEditor* list, const std::function<void()>& refresh, bool isAdded = false) {
    return [list, refresh, isAdded](const Result<void>& done) {
        if (!done)
            return list->showError(QString::fromStdString(done.error().detail));
        if (isAdded)
            list->clearField();
        refresh();
        emit list->settled();
    };
}

// Whatever is true in this moment may be another thing in the next.
void keepFresh(ListEditor* list, const std::function<void()>& refresh) {
    auto* timer = new QTimer(list);
    QObject::connect(timer, &QTimer::timeout, list, [list, refresh] {
        if (list->isVisible())
            refresh();
    });
    timer->start(kRefreshInterval);
    refresh();
}

ListWords wordsFor(ListPlace place, ListWords words) {
    if (place == ListPlace::Setting)
        words.title = words.explanation = QString();
    return words;
}

} // namespace

ListEditor* makeThirdPartyList(MessengerBridge& bridge, ListPlace place, QWidget* parent) {
    const ListWords words{
        ServerLists::tr("Address string of a third party"),
        ServerLists::tr("Add"),
        ServerLists::tr("Remove"),
        ServerLists::tr("There is none. You can still be reached where your network lets friends in."),
        {},
        ServerLists::tr("Your third parties"),
        ServerLists::tr("A friend or a server of your own that both of you can reach. It hands over "
                        "how to start a call, and never a message. Of those that answer as quickly, "
                        "the upper ones are asked first.")};
    auto* list = new ListEditor(wordsFor(place, words), {.isOrdered = true}, parent);
    list->setObjectName(QStringLiteral("thirdParties"));
    const auto refresh = [&bridge, list] { bridge.thirdParties(list, showing<ThirdPartyStatus>(list)); };
    QObject::connect(list, &ListEditor::addRequested, list, [&bridge, list, refresh](const QString& address) {
        bridge.addThirdParty(address, list, answer(list, refresh, true));
    });
    QObject::connect(list, &ListEditor::removeRequested, list, [&bridge, list, refresh](const QString& key) {
        bridge.removeThirdParty(key, list, answer(list, refresh));
    });
    QObject::connect(list, &ListEditor::moveRequested, list,
                     [&bridge, list, refresh](const QString& key, const QString& before) {
                         bridge.moveThirdParty(key, before, list, answer(list, refresh));
                     });
    keepFresh(list, refresh);
    return list;
}

ListEditor* makeTeredoServerList(MessengerBridge& bridge, ListPlace place, QWidget* parent) {
    const ListWords words{ServerLists::tr("Host name or IPv4 address"),
                          ServerLists::tr("Add"),
                          ServerLists::tr("Remove"),
                          ServerLists::tr("There is none."),
                          {},
                          ServerLists::tr("Your Teredo servers"),
                          ServerLists::tr("They tell how your router treats packets, and let friends ring you. Culvert "
                                          "asks the one first that has answered best.")};
    auto* list = new ListEditor(wordsFor(place, words), {}, parent);
    list->setObjectName(QStringLiteral("teredoServers"));
    const auto refresh = [&bridge, list] { bridge.teredoServers(list, showing<TeredoServerStatus>(list)); };
    QObject::connect(list, &ListEditor::addRequested, list, [&bridge, list, refresh](const QString& host) {
        bridge.addTeredoServer(host, list, answer(list, refresh, true));
    });
    QObject::connect(list, &ListEditor::removeRequested, list, [&bridge, list, refresh](const QString& host) {
        bridge.removeTeredoServer(host, list, answer(list, refresh));
    });
    keepFresh(list, refresh);
    return list;
}

} // namespace culvert
