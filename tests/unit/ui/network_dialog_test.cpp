// The network panel: what it shows of a report, and what stays while the network changes under the reader.
#include "fake_messenger.h"
#include "tests/support/network_cases.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/event_list.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/network_picture_view.h"
#include "ui/widgets/report_card.h"
#include "ui/windows/network_dialog.h"
#include "ui/windows/sidebar.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include <set>

namespace culvert {
namespace {

/// The panel before a scripted core.
struct Panel {
    FakeMessenger core;
    std::optional<MessengerBridge> bridge;
    QPointer<NetworkDialog> dialog;

    explicit Panel(const NetworkStatus& network, QSize size = {600, 720}) {
        core.state = ProfileState::Open;
        core.network = network;
        bridge.emplace(core);
        dialog = new NetworkDialog(*bridge);
        dialog->resize(size);
        dialog->show();
        dialog->activateWindow();
    }
    ~Panel() { delete dialog; }
    Panel(const Panel&) = delete;
    Panel& operator=(const Panel&) = delete;

    bool isReady() const {
        return QTest::qWaitForWindowActive(dialog) && QTest::qWaitFor([&] { return view() != nullptr; });
    }
    QString sentence() const { return dialog->findChild<QLabel*>(QStringLiteral("networkSentence"))->text(); }
    FindingView* view(const char* key = nullptr) const {
        for (FindingView* one : dialog->findChildren<FindingView*>())
            if (key == nullptr || one->key() == QLatin1String(key))
                return one;
        return nullptr;
    }
    static QPushButton* disclosure(const FindingView* view) {
        return view->findChild<QPushButton*>(QStringLiteral("disclosure"));
    }
    QScrollArea* scroll() const { return dialog->findChild<QScrollArea*>(QStringLiteral("networkCards")); }
    bool says(const QWidget* in, const QString& words) const {
        for (const QLabel* label : in->findChildren<QLabel*>())
            if (label->isVisibleTo(dialog) && label->text().remove(QChar(0x200B)).contains(words))
                return true;
        return false;
    }
    void change(const NetworkStatus& network) { core.emitEvent(NetworkChangedEvent{network}); }
};

} // namespace

class NetworkDialogTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void showsTheSentenceAndTheCards();
    void saysEverythingInWords();
    void evidenceOpensByKey();
    void changesKeepThePlaceAndWhatIsOpen();
    void aFindingThatIsGoneGoes();
    void copyIsMaskedUnlessAsked();
    void checksAgain();
    void nobodyIsAskedToRingWhoCannot();
    void aContactIsAskedToRingByKeys();
    void whatCameOfARingStandsWhereItWasAskedFor();
    void aForeignRelayIsOffUntilChosen();
    void theLocalNetworkIsOnUntilSwitchedOff();
    void tcpIsOnUntilSwitchedOff();
    void tabGoesFromAboveToBelow();
    void fitsASmallWindow();
    void partsOfThePictureOpenTheirCard();
    void theHelpOpens();
    void aButtonDoesWhatItSays();
    void theRouterIsAskedAgainWhenSwitchedOn();
    void thirdPartiesAreAddedAndRemoved();
    void whatHappenedStandsNewestFirst();
    void namesAreHiddenToo();
    void aLargeWindowHasTwoColumns();
    void sideBarSaysItInShort();
};

void NetworkDialogTest::showsTheSentenceAndTheCards() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    QCOMPARE(panel.sentence(), QStringLiteral("Friends can reach you"));
    QStringList cards;
    for (const ReportCard* card : panel.dialog->findChildren<ReportCard*>())
        cards.append(card->key());
    QCOMPARE(cards.join(u' '), QStringLiteral("families port_mapping nat firewall teredo third_parties ways"));
    const FindingView* shut = panel.view("ipv6.none");
    QVERIFY(shut != nullptr);
    QTRY_VERIFY(panel.says(shut, QStringLiteral("What helps: Switch on IPv6 in your router")));
}

// State is never colour alone.
void NetworkDialogTest::saysEverythingInWords() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    QTRY_VERIFY(panel.says(panel.view("nat.carrier"), QStringLiteral("Problem")));
    QTRY_VERIFY(panel.says(panel.view("nat.symmetric"), QStringLiteral("Warning")));
    QTRY_VERIFY(panel.says(panel.view("culvert_tunnel"), QStringLiteral("Usable")));
    QTRY_VERIFY(panel.says(panel.view("6to4"), QStringLiteral("Not usable")));
    for (const FindingView* view : panel.dialog->findChildren<FindingView*>()) {
        QVERIFY(!view->accessibleName().isEmpty());
        QVERIFY(Panel::disclosure(view)->accessibleName().startsWith(QStringLiteral("Show evidence: ")));
    }
}

void NetworkDialogTest::evidenceOpensByKey() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    FindingView* view = panel.view("port_mapping.proven");
    const QString address = QStringLiteral("84.115.20.7:41641");
    QVERIFY(!panel.says(view, address));
    QPushButton* disclosure = Panel::disclosure(view);
    disclosure->setFocus();
    QTest::keyClick(disclosure, Qt::Key_Space);
    QTRY_VERIFY(panel.says(view, address));
    QVERIFY(disclosure->accessibleName().startsWith(QStringLiteral("Hide evidence: ")));
    QTest::keyClick(disclosure, Qt::Key_Return);
    QVERIFY(!panel.says(view, address));
    QVERIFY(panel.dialog->isVisible());
}

void NetworkDialogTest::changesKeepThePlaceAndWhatIsOpen() {
    Panel panel(cases::openPort(), {480, 400});
    QVERIFY(panel.isReady());
    const QPointer<FindingView> view = panel.view("nat.behaviour");
    Panel::disclosure(view)->setFocus();
    Panel::disclosure(view)->setChecked(true);
    QScrollBar* bar = panel.scroll()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 300);
    bar->setValue(280);
    NetworkStatus changed = cases::openPort();
    changed.nat.lifetimeAtLeast = std::chrono::minutes(7);
    cases::addIpv6(changed);
    changed.local.native6.clear(); // an address that came and went: more evidence, the same findings
    panel.change(changed);
    QTRY_VERIFY(panel.says(panel.view("nat.behaviour"), QStringLiteral("7 min")));
    QVERIFY2(panel.view("nat.behaviour") == view, "another widget took its place");
    QVERIFY(view->isOpen());
    QVERIFY(Panel::disclosure(view)->hasFocus());
    QCOMPARE(bar->value(), 280);
}

void NetworkDialogTest::aFindingThatIsGoneGoes() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    panel.change(cases::openPort());
    QTRY_COMPARE(panel.sentence(), QStringLiteral("Friends can reach you"));
    QVERIFY(panel.view("nat.carrier") == nullptr);
    QVERIFY(panel.view("port_mapping.proven") != nullptr);
    panel.change(cases::nothing());
    QTRY_COMPARE(panel.sentence(), QStringLiteral("This computer has no network"));
    QCOMPARE(panel.dialog->findChildren<ReportCard*>().size(), 4);
}

void NetworkDialogTest::copyIsMaskedUnlessAsked() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    auto* copy = panel.dialog->findChild<QPushButton*>(QStringLiteral("copyReport"));
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("100.83.x.x")));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(QStringLiteral("100.83.17.5")));
    panel.dialog->findChild<QCheckBox*>(QStringLiteral("withAddresses"))->setChecked(true);
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("100.83.17.5")));
}

void NetworkDialogTest::checksAgain() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    panel.core.network = cases::openPort();
    QTest::mouseClick(panel.dialog->findChild<QPushButton*>(QStringLiteral("checkAgain")), Qt::LeftButton);
    QTRY_COMPARE(panel.sentence(), QStringLiteral("Friends can reach you"));
    QCOMPARE(panel.core.retried, 1);
}

void NetworkDialogTest::nobodyIsAskedToRingWhoCannot() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    auto* button = panel.dialog->findChild<QPushButton*>(QStringLiteral("askToRing"));
    auto* words = panel.dialog->findChild<QLabel*>(QStringLiteral("ringWords"));
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(QStringLiteral("No contact is connected")));
    QVERIFY(words->text().contains(QStringLiteral("No contact is connected")));
    Contact& old = panel.core.put("Mara", 1, ContactState::Accepted, {true, PathKind::Mapped4, 20ms});
    old.canRing = false;
    panel.core.emitEvent(ContactChangedEvent{old});
    QTRY_VERIFY(words->text().contains(QStringLiteral("new enough to ring")));
    QVERIFY(!button->isEnabled());
    old.canRing = true;
    panel.core.emitEvent(ContactChangedEvent{old});
    QTRY_VERIFY(button->isEnabled());
    QVERIFY(!words->text().contains(QStringLiteral("connected")));
    NetworkStatus asked = panel.core.network;
    asked.rung4 = ContactRing{RingOutcome::Waiting, "Mara", cases::socket("84.115.20.7:41641")};
    panel.change(asked);
    QTRY_VERIFY(!button->isEnabled());
}

void NetworkDialogTest::aContactIsAskedToRingByKeys() {
    Panel panel(cases::openPort());
    for (const auto& [name, number] : {std::pair("Zoe & Tom", 1), std::pair("Anna", 2), std::pair("Offline", 3)}) {
        const Contact& contact =
            panel.core.put(name, number, ContactState::Accepted, {number < 3, PathKind::Mapped4, 20ms});
        panel.core.emitEvent(ContactChangedEvent{contact});
    }
    QVERIFY(panel.isReady());
    auto* button = panel.dialog->findChild<QPushButton*>(QStringLiteral("askToRing"));
    QTRY_VERIFY(button->isEnabled());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QStringList names;
    for (const QAction* action : menu->actions())
        names.append(action->text());
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Return})
        QTest::keyClick(menu, key);
    QTRY_COMPARE(panel.core.askedToRing, FakeMessenger::key(1));
    QCOMPARE(names, QStringList({QStringLiteral("Anna"), QStringLiteral("Zoe && Tom")}));
    panel.core.nextError = Error{ErrorCode::LimitReached, "A contact was asked a moment ago."};
    menu->actions().first()->trigger();
    QTRY_VERIFY(panel.says(panel.dialog, QStringLiteral("A contact was asked a moment ago.")));
}

void NetworkDialogTest::whatCameOfARingStandsWhereItWasAskedFor() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    NetworkStatus rung = panel.core.network;
    rung.rung4 = ContactRing{RingOutcome::CameIn, "Mara", cases::socket("84.115.20.7:41641"), {}, 87ms};
    panel.change(rung);
    auto* words = panel.dialog->findChild<QLabel*>(QStringLiteral("ringWords"));
    QTRY_COMPARE(words->text(), QStringLiteral("A contact rang you over IPv4, and it came in."));
    FindingView* finding = panel.view("rung.ipv4_came_in");
    QVERIFY(finding != nullptr);
    Panel::disclosure(finding)->click();
    QTRY_VERIFY(panel.says(finding, QStringLiteral("87 ms")));
    QVERIFY(panel.says(finding, QStringLiteral("Mara")));
}

void NetworkDialogTest::aForeignRelayIsOffUntilChosen() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    auto* box = panel.dialog->findChild<QCheckBox*>(QStringLiteral("allowOrdinary"));
    QVERIFY(!box->isChecked());
    QVERIFY(!box->accessibleDescription().isEmpty());
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_VERIFY(panel.core.chosen.allowOrdinaryRoute);
    panel.core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_VERIFY2(box->isChecked(), "what was not kept is not shown as kept");
    QVERIFY(panel.core.chosen.allowOrdinaryRoute);
}

void NetworkDialogTest::theLocalNetworkIsOnUntilSwitchedOff() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    auto* box = panel.dialog->findChild<QCheckBox*>(QStringLiteral("findOnLan"));
    QVERIFY(box->isChecked());
    QVERIFY(!box->accessibleDescription().isEmpty());
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_VERIFY(!panel.core.chosen.lanDiscovery);
    QVERIFY(!panel.core.chosen.allowOrdinaryRoute);
    auto* other = panel.dialog->findChild<QCheckBox*>(QStringLiteral("allowOrdinary"));
    QTest::keyClick(other, Qt::Key_Space);
    QTRY_VERIFY(panel.core.chosen.allowOrdinaryRoute);
    QVERIFY2(!panel.core.chosen.lanDiscovery, "one choice leaves the other");
}

void NetworkDialogTest::tcpIsOnUntilSwitchedOff() {
    Panel panel(cases::openPort());
    QVERIFY(panel.isReady());
    auto* box = panel.dialog->findChild<QCheckBox*>(QStringLiteral("tcp"));
    QTRY_VERIFY(box->isChecked());
    QVERIFY(!box->accessibleDescription().isEmpty());
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_VERIFY(!panel.core.chosen.tcp);
    QVERIFY(!panel.core.chosen.allowOrdinaryRoute);
}

void NetworkDialogTest::tabGoesFromAboveToBelow() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    QTRY_VERIFY(panel.scroll()->verticalScrollBar()->maximum() > 300);
    panel.scroll()->setFocus();
    int lowest = -1;
    for (int steps = 0; steps < 100; ++steps) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QWidget* focused = QApplication::focusWidget();
        if (focused->objectName() == QStringLiteral("copyReport"))
            break;
        if (qobject_cast<PictureItem*>(focused) != nullptr)
            continue; // has its own test
        constexpr int oneRow = 12;
        const int y = focused->mapTo(panel.scroll()->widget(), QPoint()).y();
        QVERIFY2(y > lowest - oneRow, qPrintable(focused->accessibleName()));
        lowest = y;
    }
    QVERIFY2(lowest > 800, qPrintable(QString::number(lowest)));
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("copyReport"));
}

void NetworkDialogTest::fitsASmallWindow() {
    Panel panel(cases::carrier(), {400, 400});
    QVERIFY(panel.isReady());
    for (const FindingView* view : panel.dialog->findChildren<FindingView*>())
        Panel::disclosure(view)->setChecked(true);
    QTRY_VERIFY(panel.scroll()->verticalScrollBar()->maximum() > 1000);
    QCOMPARE(panel.dialog->width(), 400);
    QVERIFY2(panel.scroll()->widget()->width() <= panel.scroll()->viewport()->width(),
             qPrintable(QString::number(panel.scroll()->widget()->width())));
    QVERIFY(panel.dialog->height() < 500);
}

void NetworkDialogTest::partsOfThePictureOpenTheirCard() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    const auto* picture = panel.dialog->findChild<NetworkPictureView*>();
    QTRY_VERIFY(picture->items().size() > 4);
    QTest::mouseClick(picture->items().at(1), Qt::LeftButton); // the router
    const auto cards = panel.dialog->findChildren<ReportCard*>();
    const auto card = std::ranges::find(cards, QStringLiteral("port_mapping"), &ReportCard::key);
    QVERIFY((*card)->isAncestorOf(QApplication::focusWidget()));
    QTRY_VERIFY(!(*card)->visibleRegion().isEmpty());
}

void NetworkDialogTest::theHelpOpens() {
    Panel panel(cases::carrier());
    QVERIFY(panel.isReady());
    const auto* text = panel.dialog->findChild<QLabel*>(QStringLiteral("networkHelpText"));
    auto* button = panel.dialog->findChild<QPushButton*>(QStringLiteral("networkHelp"));
    QVERIFY(!text->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(text->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!text->isVisible());
    QTest::keyClick(panel.dialog, Qt::Key_F1);
    QTRY_VERIFY(text->isVisible());
    QTest::keyClick(panel.dialog, Qt::Key_F5);
    QTRY_COMPARE(panel.core.retried, 1);
}

void NetworkDialogTest::aButtonDoesWhatItSays() {
    NetworkStatus network = cases::behindRouter();
    network.mayChangePort = true;
    network.gateway.udp.failure = PortMappingFailure::AnotherHost;
    Panel panel(network);
    QVERIFY(panel.isReady());
    auto* button = panel.view("port_mapping.another_host")->findChild<QPushButton*>(QStringLiteral("action"));
    QCOMPARE(button->text(), QStringLiteral("Use another port"));
    QVERIFY(button->accessibleName().contains(QStringLiteral("leads this port to another computer")));
    button->click();
    QTRY_COMPARE(panel.core.network.local.port, std::uint16_t{50'123});
    QTRY_VERIFY(panel.says(panel.dialog, QStringLiteral("Port 50123")));
    panel.core.nextError = Error{ErrorCode::IoFailure, "No port is free."};
    panel.dialog->findChild<QPushButton*>(QStringLiteral("changePort"))->click();
    QTRY_VERIFY(panel.says(panel.dialog, QStringLiteral("No port is free.")));
}

void NetworkDialogTest::theRouterIsAskedAgainWhenSwitchedOn() {
    NetworkStatus network = cases::behindRouter();
    network.mayMapPort = true;
    network.gateway.udp = {};
    network.gateway.udp.state = PortMappingState::Off;
    Panel panel(network);
    QVERIFY(panel.isReady());
    auto* box = panel.dialog->findChild<QCheckBox*>(QStringLiteral("mapPort"));
    QTRY_VERIFY(box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_VERIFY(!panel.core.chosen.mapPort);
    panel.view("port_mapping.off")->findChild<QPushButton*>(QStringLiteral("action"))->click();
    QTRY_VERIFY(panel.core.chosen.mapPort);
    QVERIFY(box->isChecked());
}

void NetworkDialogTest::thirdPartiesAreAddedAndRemoved() {
    Panel panel(cases::behindRouter());
    QVERIFY(panel.isReady());
    auto* list = panel.dialog->findChild<ListEditor*>(QStringLiteral("thirdParties"));
    panel.view("third_party.none")->findChild<QPushButton*>(QStringLiteral("action"))->click();
    auto* input = list->findChild<QLineEdit*>();
    QTRY_VERIFY2(input->hasFocus(), "the finding's button leads there");
    auto* add = list->findChild<QPushButton*>(QStringLiteral("add"));
    QVERIFY(!add->isEnabled());
    input->setText(QStringLiteral("nonsense"));
    QTest::keyClick(input, Qt::Key_Return);
    QTRY_VERIFY(panel.says(list, QStringLiteral("holds no Culvert address")));
    QCOMPARE(input->text(), QStringLiteral("nonsense"));
    input->setText(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(9))));
    add->click();
    QTRY_VERIFY(list->findChild<IconButton*>(QStringLiteral("remove")) != nullptr);
    QTRY_VERIFY(input->text().isEmpty());
    list->findChild<IconButton*>(QStringLiteral("remove"))->click();
    QTRY_VERIFY(list->findChild<IconButton*>(QStringLiteral("remove")) == nullptr);
    QVERIFY(panel.core.network.thirdParties.empty());
    auto* servers = panel.dialog->findChild<ListEditor*>(QStringLiteral("teredoServers"));
    servers->findChild<QLineEdit*>()->setText(QStringLiteral("teredo.example"));
    servers->findChild<QPushButton*>(QStringLiteral("add"))->click();
    QTRY_COMPARE(panel.core.network.teredo.servers.size(), 1U);
    QTRY_VERIFY(panel.says(servers, QStringLiteral("being asked")));
}

void NetworkDialogTest::whatHappenedStandsNewestFirst() {
    NetworkStatus network = cases::openPort();
    for (int i = 0; i < 9; ++i)
        network.events.push_back({{1'700'000'000'000 + i}, NetworkEventKind::SeenAs, "84.115.20." + std::to_string(i)});
    Panel panel(network);
    QVERIFY(panel.isReady());
    auto* list = panel.dialog->findChild<EventList*>();
    QTRY_VERIFY(panel.says(list, QStringLiteral("From outside you look like 84.115.20.8.")));
    QVERIFY(!panel.says(list, QStringLiteral("84.115.20.0.")));
    list->disclosure()->click();
    QTRY_VERIFY(panel.says(list, QStringLiteral("84.115.20.0.")));
}

void NetworkDialogTest::namesAreHiddenToo() {
    Panel panel(cases::carrier());
    Contact lena = panel.core.put("Lena", 1, ContactState::Accepted, {true, PathKind::Native6, 24ms, Verdict::None});
    panel.core.emitEvent(ContactChangedEvent{lena});
    QVERIFY(panel.isReady());
    QTRY_VERIFY(panel.dialog->findChild<NetworkPictureView*>()->items().last()->text() == QStringLiteral("Lena"));
    auto* copy = panel.dialog->findChild<QPushButton*>(QStringLiteral("copyReport"));
    copy->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Contact 1: connected")));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(QStringLiteral("Lena")));
    panel.dialog->findChild<QCheckBox*>(QStringLiteral("withAddresses"))->setChecked(true);
    copy->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Lena: connected")));
}

void NetworkDialogTest::aLargeWindowHasTwoColumns() {
    Panel panel(cases::carrier(), {1000, 800});
    QVERIFY(panel.isReady());
    const auto columns = [&] {
        std::set<int> out;
        for (const ReportCard* card : panel.dialog->findChildren<ReportCard*>())
            out.insert(card->x());
        return out.size();
    };
    QTRY_COMPARE(columns(), std::size_t{2});
    panel.dialog->resize(700, 800);
    QTRY_COMPARE(columns(), std::size_t{1});
}

void NetworkDialogTest::sideBarSaysItInShort() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    core.network = cases::behindRouter();
    core.network.testsAreRunning = true;
    MessengerBridge bridge(core);
    ContactListModel contacts(bridge);
    Sidebar sidebar(bridge, contacts, &FakeMessenger::check);
    const auto says = [&](const char* words) {
        const auto labels = sidebar.findChildren<ElidedLabel*>();
        return std::ranges::any_of(labels,
                                   [&](const QLabel* label) { return label->text() == QString::fromUtf8(words); });
    };
    QTRY_VERIFY(says("Checking …"));
    core.emitEvent(NetworkChangedEvent{cases::behindRouter()});
    QTRY_VERIFY(says("Probably not reachable"));
}

} // namespace culvert

QTEST_MAIN(culvert::NetworkDialogTest)
#include "network_dialog_test.moc"
