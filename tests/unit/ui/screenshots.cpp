// Saves a picture of each screen and state: culvert_screenshots OUTDIR. It needs no display.
#include "core/messenger/network_report.h"
#include "screenshot_scene.h"
#include "tests/support/connection_cases.h"
#include "tests/support/network_cases.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/autostart.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/theme.h"
#include "ui/style/translation.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/picture_chooser.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/settings_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>

#include <array>
#include <cstdio>

using namespace culvert;

namespace {

/// The other direction of writing, for as long as this lives.
class Direction {
public:
    explicit Direction(Qt::LayoutDirection direction) { QGuiApplication::setLayoutDirection(direction); }
    ~Direction() { QGuiApplication::setLayoutDirection(m_before); }

private:
    Qt::LayoutDirection m_before = QGuiApplication::layoutDirection();
};

void saveConversations(const QString& prefix) {
    Scene scene;
    save(&*scene.window, prefix + QStringLiteral("nobody-chosen"));
    for (const auto& [number, name] : {std::pair{1, "conversation"},
                                       {3, "waiting"},
                                       {4, "empty-conversation"},
                                       {6, "requested"},
                                       {7, "request"},
                                       {8, "blocked"}}) {
        scene.choose(number);
        save(&*scene.window, prefix + QLatin1String(name));
    }
    scene.choose(1);
    scene.window->findChild<Composer*>()->setText(
        QString::fromUtf8(words("A draft of\nseveral\nlines that\ngrows", "مسودة من\nseveral lines\nتكبر")));
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk is full. Make room and send again."};
    scene.window->findChild<ComposerEdit*>()->submitted();
    save(&*scene.window, prefix + QStringLiteral("send-error"));
}

void saveTalk(const QString& prefix, QSize size) {
    Scene scene(fillTalk, size);
    scene.choose(1);
    settle();
    save(&*scene.window, prefix + QStringLiteral("talk"));
    auto* list = scene.window->findChild<QListView*>(QStringLiteral("messages"));
    list->setFocus();
    list->setCurrentIndex(list->model()->index(2, 0));
    QKeyEvent press(QEvent::KeyPress, Qt::Key_R, Qt::NoModifier, QStringLiteral("r"));
    QCoreApplication::sendEvent(list, &press);
    scene.core.theyType(FakeMessenger::key(1), true);
    save(&*scene.window, prefix + QStringLiteral("talk-reply"));
    list->setFocus();
    QContextMenuEvent context(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(list->parentWidget(), &context);
    settle();
    if (auto* menu = scene.window->findChild<QWidget*>(QStringLiteral("messageMenu")))
        save(menu, prefix + QStringLiteral("talk-menu"));
    QKeyEvent remove(QEvent::KeyPress, Qt::Key_Delete, Qt::NoModifier);
    list->setCurrentIndex(list->model()->index(3, 0));
    QCoreApplication::sendEvent(list, &remove);
    settle();
    if (QWidget* dialog = scene.dialog())
        save(dialog, prefix + QStringLiteral("talk-delete"));
    scene.window->findChild<QAbstractButton*>(QStringLiteral("emoji"))->click();
    settle();
    if (auto* picker = scene.window->findChild<QWidget*>(QStringLiteral("emojiPicker")))
        save(picker, prefix + QStringLiteral("talk-emoji"));
}

/// A search that finds contacts and messages, one that finds nothing, and one within a conversation.
void saveSearch(const QString& prefix, QSize size) {
    Scene scene(fillContacts, size);
    for (int i = 0; i < 12; ++i)
        scene.core.putMessage(FakeMessenger::key(2), i % 2 ? MessageFrom::Me : MessageFrom::Them,
                              words("A line of <b>words</b> before the tomato comes, and שלום after it",
                                    "سطر من <b>كلمات</b> قبل أن يأتي توما، and English after it"),
                              minutesAgo(60 * 24 * (12 - i)));
    scene.choose(1);
    for (const auto& [action, text, name] :
         {std::array{"search", words("tom", "توم"), "search"}, std::array{"search", "zebra", "search-nothing"},
          std::array{"searchInConversation", words("t", "ال"), "search-conversation"}}) {
        scene.trigger(QLatin1String(action));
        auto* field = scene.window->findChild<QLineEdit*>(QStringLiteral("search"));
        field->setText(QString::fromUtf8(text));
        for (int i = 0; i < 4; ++i) // longer than the search waits for the next key
            settle();
        QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
        for (int i = 0; i < 3; ++i)
            QCoreApplication::sendEvent(field, &down);
        save(&*scene.window, prefix + QLatin1String(name));
    }
}

/// The page "Storage", its dialogs, and the bar that tells of damage.
void saveStorage(const QString& prefix, QSize size) {
    Scene scene(fillContacts, size);
    scene.core.storage.databaseOctets = 18'400'000;
    scene.core.storage.asideOctets = 2'100'000;
    scene.core.checked.damagedMessages = 2;
    scene.choose(1);
    scene.core.emitEvent(
        StoreProblemEvent{{StoreProblem::Kind::Salvaged, 0, 3, 7, 18'402, "culvert.db.damaged-2026-11-28"}});
    save(&*scene.window, prefix + QStringLiteral("storage-problem"));
    scene.trigger(QStringLiteral("showSettings"));
    auto* settings = scene.window->findChild<SettingsDialog*>();
    settings->showSetting(QStringLiteral("storageCheck"));
    settings->findChild<QPushButton*>(QStringLiteral("storageCheck"))->click();
    save(settings, prefix + QStringLiteral("storage"));
    for (const char* id : {"storageExport", "storageProtect", "storageDelete"}) {
        settings->findChild<QPushButton*>(QLatin1String(id))->click();
        settle();
        auto* dialog = settings->findChild<QDialog*>();
        dialog->findChild<QPushButton*>(QStringLiteral("go"))->click();
        save(dialog, prefix + QLatin1String(id));
        delete dialog;
    }
}

void saveDialogs(const QString& prefix) {
    const auto open = [&](const QString& action, const QString& name, const std::function<void(Scene&)>& then = {}) {
        Scene scene;
        scene.choose(1);
        scene.trigger(action);
        if (then)
            then(scene);
        if (QWidget* dialog = scene.dialog())
            save(dialog, prefix + name);
        else
            ++failures;
    };
    open(QStringLiteral("addContact"), QStringLiteral("add-contact"));
    open(QStringLiteral("addContact"), QStringLiteral("add-contact-bad"), [](Scene& scene) {
        scene.dialog()->findChild<QPlainTextEdit*>()->setPlainText(
            QStringLiteral("my address is culvert:abc, see you"));
    });
    open(QStringLiteral("addContact"), QStringLiteral("add-contact-good"), [](Scene& scene) {
        scene.dialog()->findChild<QPlainTextEdit*>()->setPlainText(
            QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(9))));
    });
    open(QStringLiteral("shareAddress"), QStringLiteral("share"));
    open(QStringLiteral("showDetails"), QStringLiteral("contact"));
    open(QStringLiteral("removeCurrent"), QStringLiteral("remove"));
}

NetworkStatus healthyNetwork() {
    NetworkStatus good = cases::openPort();
    cases::addIpv6(good);
    good.local.port = 41641;
    good.inbound6.isOpen = good.inbound6.fromNewAddress = true;
    good.lan = {true, true, true, 3, 12};
    good.mayChangePort = good.mayMapPort = true;
    good.checkedAt = cases::at(95);
    good.events = {{cases::at(300), NetworkEventKind::NetworkBack, {}, false},
                   {cases::at(300), NetworkEventKind::AddressCame, "192.168.178.24", true},
                   {cases::at(298), NetworkEventKind::MappingMade, "84.115.20.7:41641", true},
                   {cases::at(297), NetworkEventKind::ThirdPartyAnswers, "q7kvrxe4h3nd", true},
                   {cases::at(297), NetworkEventKind::SeenAs, "84.115.20.7", true},
                   {cases::at(296), NetworkEventKind::MappingProven, "84.115.20.7:41641", true},
                   {cases::at(296), NetworkEventKind::InboundOpen, "IPv4", false},
                   {cases::at(95), NetworkEventKind::TestsDone, {}, false}};
    for (const ReportItem& item : makeReport(good).items)
        good.since.push_back({item.code, cases::at(296)});
    return good;
}

// Behind two NATs, without IPv6.
NetworkStatus doubleNat() {
    NetworkStatus status = cases::carrier();
    status.local.native6.clear();
    status.gateway.pinholes.clear();
    status.inbound6 = {};
    status.mayChangePort = status.mayMapPort = true;
    return status;
}

// Through the open port, and not through the firewall of IPv6.
NetworkStatus rungNetwork() {
    NetworkStatus status = healthyNetwork();
    status.inbound6 = {};
    status.rung4 = {RingOutcome::CameIn, "Lena", cases::socket("84.115.20.7:41641"), cases::at(20), 87ms, true};
    status.rung6 = {RingOutcome::NothingCame, "Lena", cases::socket("[2a02:8388:1a2b:3c00::24]:41641"), cases::at(20)};
    return status;
}

NetworkStatus runningTest() {
    NetworkStatus status = cases::behindRouter();
    cases::addIpv6(status);
    status.testsAreRunning = true;
    status.gateway.isSettled = false;
    status.gateway.udp = {};
    status.gateway.udp.state = PortMappingState::Trying;
    status.teredo.state = TeredoState::Probing;
    status.teredo.servers = {{"teredo.example", TeredoServerHealth::Asking, std::nullopt}};
    status.thirdParties = cases::carrier().thirdParties;
    return status;
}

// The diagnostics panel on a network where all is well, on some where little is, and on none; evidence shut and open.
void saveNetworks(const QString& prefix) {
    const auto open = [&](const QString& name, const NetworkStatus& network, QSize size, int disclosures) {
        Scene scene(
            [&](FakeMessenger& core) {
                fillContacts(core);
                core.network = network;
                if (network.local.v4.empty())
                    for (int contact = 1; contact <= 5; ++contact)
                        core.put("Friend " + std::to_string(contact), contact, ContactState::Accepted,
                                 {false, PathKind::None, {}, Verdict::NoNetwork, {}});
            },
            size);
        scene.trigger(QStringLiteral("showNetwork"));
        scene.dialog()->resize(size);
        for (QPushButton* button : scene.dialog()->findChildren<QPushButton*>()) {
            if (button->isCheckable() && button->isVisible() && disclosures-- > 0)
                button->setChecked(true);
        }
        save(scene.dialog(), prefix + name);
        if (name == QStringLiteral("network")) {
            scene.dialog()->findChild<QPushButton*>(QStringLiteral("askToRing"))->click();
            save(QApplication::activePopupWidget(), prefix + name + QStringLiteral("-ring-menu"));
            QApplication::activePopupWidget()->close();
        }
    };
    const NetworkStatus good = healthyNetwork();
    const QSize normal(920, 760), tall(920, 2400), narrow(600, 760), tallNarrow(600, 2600), wide(1600, 900),
        small(420, 560);
    open(QStringLiteral("network"), good, normal, 0);
    open(QStringLiteral("network-all"), good, tall, 0);
    open(QStringLiteral("network-narrow"), good, narrow, 0);
    open(QStringLiteral("network-wide"), good, wide, 0);
    open(QStringLiteral("network-double-nat"), doubleNat(), normal, 0);
    open(QStringLiteral("network-ipv6-shut"), cases::carrier(), normal, 0);
    open(QStringLiteral("network-problems-evidence"), cases::carrier(), tallNarrow, 99);
    open(QStringLiteral("network-running"), runningTest(), normal, 0);
    open(QStringLiteral("network-small"), cases::carrier(), small, 1);
    open(QStringLiteral("network-rung"), rungNetwork(), tall, 0);
    open(QStringLiteral("network-rung-small"), rungNetwork(), QSize(420, 900), 0);
    open(QStringLiteral("network-empty"), {}, normal, 0);
    const Direction direction(Qt::RightToLeft);
    open(QStringLiteral("network-right-to-left"), good, normal, 0);
}

// A contact's page, connected and not, where there is room and where there is little.
void saveConnections(const QString& prefix) {
    const auto open = [&](const QString& name, int contact, const ConnectionInfo& known, QSize size) {
        Scene scene([&](FakeMessenger& core) {
            fillContacts(core);
            core.known = known;
        });
        scene.choose(contact);
        scene.trigger(QStringLiteral("showDetails"));
        scene.dialog()->resize(size);
        save(scene.dialog(), prefix + name);
    };
    open(QStringLiteral("connection"), 1, cases::connected(), {760, 900});
    open(QStringLiteral("connection-none"), 3, cases::unreachable(), {760, 900});
    open(QStringLiteral("connection-small"), 1, cases::connected(), {440, 560});
}

void saveStart(const QString& prefix) {
    FakeKeyring keyring;
    {
        Scene scene([](FakeMessenger&) {}, {960, 680}, &keyring);
        save(&*scene.window, prefix + QStringLiteral("first-run"));
        scene.window->findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Ida"));
        emit scene.window->findChild<PictureChooser*>()->chosen(portrait(200));
        save(&*scene.window, prefix + QStringLiteral("first-run-picture"));
        scene.window->findChild<QPushButton*>(QStringLiteral("next"))->click();
        save(&*scene.window, prefix + QStringLiteral("first-run-protection"));
        scene.core.network = cases::openPort();
        scene.window->findChild<QLineEdit*>(QStringLiteral("passphrase"))->setText(QStringLiteral("x"));
        scene.window->findChild<QLineEdit*>(QStringLiteral("repeat"))->setText(QStringLiteral("x"));
        scene.window->findChild<QPushButton*>(QStringLiteral("create"))->click();
        save(&*scene.window, prefix + QStringLiteral("first-run-address"));
    }
    {
        Scene scene([](FakeMessenger&) {}, {380, 560});
        scene.window->findChild<QPushButton*>(QStringLiteral("next"))->click();
        save(&*scene.window, prefix + QStringLiteral("first-run-small-error"));
    }
    {
        Scene scene([](FakeMessenger& core) { core.state = ProfileState::NeedsPassphrase; });
        scene.window->findChild<QLineEdit*>(QStringLiteral("unlockPassphrase"))->setText(QStringLiteral("wrong"));
        scene.window->findChild<QPushButton*>(QStringLiteral("unlock"))->click();
        save(&*scene.window, prefix + QStringLiteral("unlock-wrong"));
    }
    {
        Scene scene([](FakeMessenger& core) {
            core.state = ProfileState::Open;
            core.network.local.v4 = {Ipv4Address::of(192, 168, 1, 24)};
        });
        save(&*scene.window, prefix + QStringLiteral("no-contacts"));
    }
}

/// The settings: each page, narrow, searched; and what opens over the window.
void saveShell(const QString& prefix) {
    struct NoAutostart : Autostart {
        bool isOn() const override { return true; }
        Result<void> setOn(bool) override { return {}; }
    } autostart;
    UiSettings settings{QString()};
    const auto prepare = [](FakeMessenger& core) {
        fillContacts(core);
        core.knownInvitations.front().usedBy = {FakeMessenger::key(1), FakeMessenger::key(2)};
        core.knownInvitations.push_back(
            {{{9}}, "The choir of St. Aldhelm", {minutesAgo(60 * 24 * 9)}, {}, false, "culvert:x"});
        core.network.teredo.servers = {{"teredo.example.org", TeredoServerHealth::Qualified, 18ms},
                                       {"192.0.2.7", TeredoServerHealth::NoAnswer, {}}};
        core.network.thirdParties.push_back({"culvert:y", "q3v7znb5gl2m4x6k8t9c", false, {}, {}});
    };
    const Desktop desktop{&settings, &autostart, nullptr, true};
    for (const auto& [id, name] : {std::pair{"invitations", "profile"},
                                   {"findOnLan", "privacy"},
                                   {"tcp", "network"},
                                   {"closeToTray", "notifications"},
                                   {"theme", "appearance"},
                                   {"version", "about"}}) {
        Scene scene(prepare, {960, 760}, nullptr, desktop);
        scene.trigger(QStringLiteral("showSettings"));
        auto* dialog = scene.window->findChild<SettingsDialog*>();
        dialog->showSetting(QLatin1String(id));
        settle();
        save(dialog, prefix + QStringLiteral("settings-") + QLatin1String(name));
    }
    {
        Scene scene(prepare, {380, 640}, nullptr, desktop);
        scene.choose(1);
        save(&*scene.window, prefix + QStringLiteral("narrow"));
        scene.trigger(QStringLiteral("showSettings"));
        auto* dialog = scene.window->findChild<SettingsDialog*>();
        dialog->resize(380, 1400);
        save(dialog, prefix + QStringLiteral("settings-narrow"));
        dialog->findChild<QLineEdit*>(QStringLiteral("settingsSearch"))
            ->setText(QString::fromUtf8(words("router", "موجه")));
        dialog->resize(380, 640);
        save(dialog, prefix + QStringLiteral("settings-narrow-search"));
    }
    Scene scene(prepare, {960, 680}, nullptr, desktop);
    scene.trigger(QStringLiteral("jump"));
    save(scene.dialog(), prefix + QStringLiteral("jump"));
    scene.dialog()->findChild<QLineEdit*>()->setText(QString::fromUtf8(words("ne", "شب")));
    save(scene.dialog(), prefix + QStringLiteral("jump-typed"));
    scene.dialog()->close();
    settle();
    scene.trigger(QStringLiteral("showShortcuts"));
    save(scene.dialog(), prefix + QStringLiteral("shortcuts"));
}

void saveSmall(const QString& prefix) {
    Scene scene(fillContacts, {480, 560});
    scene.choose(1);
    save(&*scene.window, prefix + QStringLiteral("small"));
    scene.choose(7);
    save(&*scene.window, prefix + QStringLiteral("small-request"));
    scene.trigger(QStringLiteral("search"));
    save(&*scene.window, prefix + QStringLiteral("small-search"));
}

void saveLongTexts(const QString& prefix) {
    const auto prepare = [](FakeMessenger& core) {
        fillContacts(core);
        core.theyAsk(std::string(64, 'W'), 21, std::string(256, 'x'));
        const ContactId lena = FakeMessenger::key(1);
        core.putMessage(lena, MessageFrom::Them, std::string(400, 'a'), minutesAgo(5));
        Message& failed =
            core.putMessage(lena, MessageFrom::Me, "This one failed", minutesAgo(4), MessageState::Failed);
        failed.reason = FailReason::ContactRemoved;
        core.putMessage(lena, MessageFrom::Me, "Queued, after a failed one", minutesAgo(3), MessageState::Queued);
    };
    Scene scene(prepare, {640, 680});
    scene.choose(21);
    save(&*scene.window, prefix + QStringLiteral("long-request"));
    scene.choose(1);
    scene.window->findChild<Composer*>()->setText(QStringLiteral("words that wrap ").repeated(60));
    save(&*scene.window, prefix + QStringLiteral("long-message"));
}

void saveRightToLeft(const QString& prefix) {
    const Direction direction(Qt::RightToLeft);
    Scene scene([](FakeMessenger& core) {
        fillContacts(core);
        const ContactId lena = FakeMessenger::key(1);
        core.putMessage(lena, MessageFrom::Them, "שלום, מה שלומך? נפגש ביום שבת ליד הנהר.", minutesAgo(3));
        core.putMessage(lena, MessageFrom::Me, "مرحبا، أراك يوم السبت", minutesAgo(2), MessageState::Delivered);
    });
    scene.choose(1);
    save(&*scene.window, prefix + QStringLiteral("right-to-left"));
}

/// Every screen that has room enough in a usual window, and some that have not.
void saveAll(const QString& prefix) {
    saveStart(prefix);
    saveConversations(prefix);
    saveDialogs(prefix);
    saveSearch(prefix, {960, 680});
    saveStorage(prefix, {960, 680});
    saveStorage(prefix + QStringLiteral("small-"), {420, 600});
    saveSearch(prefix + QStringLiteral("small-"), {420, 600});
    saveNetworks(prefix);
    saveConnections(prefix);
    saveSmall(prefix);
    saveShell(prefix);
    saveLongTexts(prefix);
    saveRightToLeft(prefix);
    saveTalk(prefix, {960, 900});
    saveTalk(prefix + QStringLiteral("small-"), {480, 640});
    savePictures(prefix, {960, 680});
    savePictures(prefix + QStringLiteral("small-"), {420, 600});
    saveServerLists(prefix, {960, 680});
}

/// With type that needs more room.
void saveLarge(const QString& prefix) {
    saveStart(prefix);
    saveConversations(prefix);
    saveTalk(prefix, {960, 900});
    saveDialogs(prefix);
    saveSearch(prefix, {960, 900});
    saveStorage(prefix, {960, 900});
    savePictures(prefix, {960, 900});
    saveServerLists(prefix, {960, 900});
    saveShell(prefix);
}

/// High contrast, little room for each contact, and the other direction of writing with English words.
void saveOtherLooks(QApplication& application) {
    Theme::apply(application, Scheme::HighContrast);
    saveAll(QStringLiteral("contrast-"));
    Theme::apply(application, Look{Scheme::Light, 100, true, false});
    saveShell(QStringLiteral("compact-"));
    const Direction direction(Qt::RightToLeft);
    Theme::apply(application, Scheme::Dark);
    saveStart(QStringLiteral("mirrored-"));
    saveDialogs(QStringLiteral("mirrored-"));
    saveSearch(QStringLiteral("mirrored-"), {960, 680});
    saveStorage(QStringLiteral("mirrored-"), {960, 680});
    saveShell(QStringLiteral("mirrored-"));
    saveTalk(QStringLiteral("mirrored-"), {960, 900});
    savePictures(QStringLiteral("mirrored-"), {960, 680});
    saveServerLists(QStringLiteral("mirrored-"), {960, 680});
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2 || argc > 4) {
        std::fprintf(stderr, "usage: %s OUTDIR [WORD-IN-THE-NAME [LANGUAGE]]\n", argv[0]);
        return 2;
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); // the same pictures everywhere
    outDir = QDir(QString::fromLocal8Bit(argv[1]));
    wanted = QString::fromLocal8Bit(argc > 2 ? argv[2] : "");
    const QString only = QString::fromLocal8Bit(argc > 3 ? argv[3] : "");
    outDir.mkpath(QStringLiteral("."));
    for (const Language& language : languages()) {
        if (!only.isEmpty() && language.code != only)
            continue;
        installTranslations(application, language.code);
        const QString name = language.code == QStringLiteral("en") ? QString() : language.code + QLatin1Char('-');
        for (const auto& [scheme, prefix] : {std::pair{Scheme::Light, "light-"}, {Scheme::Dark, "dark-"}}) {
            Theme::apply(application, scheme);
            saveAll(name + QLatin1String(prefix));
        }
        Theme::apply(application, Look{Scheme::Light, 200});
        saveLarge(name + QStringLiteral("large-"));
        if (name.isEmpty())
            saveOtherLooks(application);
    }
    return failures == 0 ? 0 : 1;
}
