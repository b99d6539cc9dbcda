// Settings: kept, applied at once, found by words and by keys; and what jumps to them.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/autostart.h"
#include "ui/models/fuzzy_match.h"
#include "ui/models/jump_model.h"
#include "ui/settings/setting_catalog.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/appearance.h"
#include "ui/style/translation.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/jump_dialog.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/setting_row.h"
#include "ui/windows/settings_dialog.h"
#include "ui/windows/share_dialog.h"
#include "ui/windows/shortcuts_dialog.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace culvert {
namespace {

class FakeAutostart : public Autostart {
public:
    bool on = false;
    bool isBroken = false;
    bool isOn() const override { return on; }
    Result<void> setOn(bool wanted) override {
        if (isBroken)
            return fail(ErrorCode::IoFailure, "The folder cannot be written.");
        on = wanted;
        return {};
    }
};

/// A window with an open profile, and its settings.
struct Scene {
    FakeMessenger core;
    UiSettings settings{QString()};
    FakeAutostart autostart;
    std::optional<MessengerBridge> bridge;
    std::optional<MainWindow> window;

    void open() {
        core.state = ProfileState::Open;
        core.put("Lena", 1, ContactState::Accepted);
        core.put("Tom", 2, ContactState::Accepted);
        bridge.emplace(core);
        window.emplace(*bridge, &FakeMessenger::check, nullptr, Desktop{&settings, &autostart, nullptr, false});
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&*window));
        QTRY_COMPARE(window->findChild<MainPage*>()->contacts().size(), std::size_t{2});
    }
    SettingsDialog* openSettings(const char* id = nullptr) {
        QTest::keyClick(&*window, Qt::Key_Comma, Qt::ControlModifier);
        auto* dialog = window->findChild<SettingsDialog*>();
        if (id)
            dialog->showSetting(QString::fromLatin1(id));
        QCoreApplication::processEvents();
        return dialog;
    }
    QStringList visibleRows(SettingsDialog* dialog) const {
        QStringList ids;
        for (const SettingRow* row : dialog->findChildren<SettingRow*>())
            if (row->isVisibleTo(dialog))
                ids << row->entry().id;
        return ids;
    }
};

void choose(QWidget* dialog, const char* name, int index) {
    auto* box = dialog->findChild<QComboBox*>(QString::fromLatin1(name));
    box->setCurrentIndex(index);
    emit box->activated(index);
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { Theme::apply(*qApp, Scheme::Light); }
    void cleanup() { installTranslations(*qApp); }
    void valuesAreKeptAndNonsenseIsTheDefault();
    void systemDecidesOnlyWhereItIsAsked();
    void textSizeAndDensityChangeAtOnce();
    void languageChangesTheOpenWindow();
    void everySettingHasItsWordsOnce();
    void searchFindsRowsOfEveryPage();
    void coreSettingsAreSetAtOnceAndTakenBackOnRefusal();
    void whatFriendsLearnIsChosenOnThePrivacyPage();
    void whatIsNotThereIsNotShown();
    void autostartTellsWhatFailed();
    void listsAddAndRemove();
    void invitationsAreMadeAndRevoked();
    void lettersFindInOrder();
    void jumpModelRanks();
    void jumpLeadsToContactSettingAndAction();
    void shortcutsSheetHoldsEveryAction();
    void noKeyStandsForTwoActions();
    void pastedAddressIsOffered();
    void linkWaitsForTheProfile();
    void everyControlOfTheSettingsHasAName();
    void closingHidesOnlyWhereAnIconBringsItBack();
    void titleCountsTheUnread();
    void nameChangesInTheSidebarToo();
    void languageMayChangeInTheLastStep();
};

void SettingsTest::valuesAreKeptAndNonsenseIsTheDefault() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.ini"));
    {
        UiSettings settings(file);
        QCOMPARE(settings.get(setting::kTheme), choice::Theme::System);
        int changes = 0;
        connect(&settings, &UiSettings::changed, &settings, [&] { ++changes; });
        settings.set(setting::kTheme, choice::Theme::HighContrast);
        settings.set(setting::kTheme, choice::Theme::HighContrast);
        settings.set(setting::kTextPercent, 150);
        settings.set(setting::kLanguage, QStringLiteral("de"));
        settings.set(setting::kNotify, false);
        QCOMPARE(changes, 4);
    }
    {
        UiSettings settings(file);
        QCOMPARE(settings.get(setting::kTheme), choice::Theme::HighContrast);
        QCOMPARE(settings.get(setting::kTextPercent), 150);
        QCOMPARE(settings.get(setting::kLanguage), QStringLiteral("de"));
        QVERIFY(!settings.get(setting::kNotify));
    }
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write("[appearance]\ntheme=Plaid\ntext_percent=9000\nmotion=7\n");
    written.close();
    UiSettings settings(file);
    QCOMPARE(settings.get(setting::kTheme), choice::Theme::System);
    QCOMPARE(settings.get(setting::kTextPercent), 200);
    QCOMPARE(settings.get(setting::kMotion), choice::Motion::System);
}

void SettingsTest::systemDecidesOnlyWhereItIsAsked() {
    UiSettings settings{QString()};
    QCOMPARE(lookOf(settings, {Scheme::Dark, false}), (Look{Scheme::Dark, 100, false, false}));
    settings.set(setting::kTheme, choice::Theme::Light);
    settings.set(setting::kMotion, choice::Motion::On);
    QCOMPARE(lookOf(settings, {Scheme::Dark, false}), (Look{Scheme::Light, 100, false, true}));
}

void SettingsTest::textSizeAndDensityChangeAtOnce() {
    Scene scene;
    Appearance appearance(*qApp, scene.settings);
    scene.open();
    auto* list = scene.window->findChild<QListView*>(QStringLiteral("contacts"));
    const int before = list->visualRect(list->model()->index(0, 0)).height();
    SettingsDialog* dialog = scene.openSettings("textSize");
    QVERIFY(dialog->findChild<QComboBox*>(QStringLiteral("textSize"))->hasFocus());
    choose(dialog, "textSize", 7);
    QCOMPARE(Theme::look().textPercent, 200);
    QCOMPARE(qApp->font().pixelSize(), 26);
    QTRY_COMPARE(list->visualRect(list->model()->index(0, 0)).height(), 2 * before);
    choose(dialog, "theme", 3);
    QCOMPARE(Theme::schemeOf(dialog->palette()), Scheme::HighContrast);
    choose(dialog, "density", 1);
    QTRY_VERIFY(list->visualRect(list->model()->index(0, 0)).height() < 2 * before);
    choose(dialog, "motion", 2);
    QCOMPARE(Theme::duration(150), 0);
}

void SettingsTest::languageChangesTheOpenWindow() {
    QVERIFY(languages().size() >= 2);
    Scene scene;
    Appearance appearance(*qApp, scene.settings);
    scene.open();
    scene.window->findChild<MainPage*>()->choose(FakeMessenger::key(2));
    SettingsDialog* dialog = scene.openSettings("language");
    QStringList names;
    auto* box = dialog->findChild<QComboBox*>(QStringLiteral("language"));
    for (int i = 0; i < box->count(); ++i)
        names << box->itemText(i);
    QVERIFY(names.contains(QStringLiteral("Deutsch")));
    choose(dialog, "language", static_cast<int>(names.indexOf(QStringLiteral("Deutsch"))));
    const auto menu = [&] { return scene.window->menuBar()->actions().at(3)->text(); };
    QTRY_COMPARE(menu(), QStringLiteral("&Ansicht"));
    QTRY_COMPARE(scene.window->findChild<SettingsDialog*>()->windowTitle(), QStringLiteral("Einstellungen"));
    QTRY_VERIFY(scene.window->findChild<MainPage*>()->current());
    QCOMPARE(scene.window->findChild<MainPage*>()->current()->name, std::string("Tom"));
    choose(scene.window->findChild<SettingsDialog*>(), "language", 0);
    QTRY_COMPARE(menu(), QStringLiteral("&View"));
}

void SettingsTest::everySettingHasItsWordsOnce() {
    QStringList ids;
    for (const SettingEntry& entry : SettingCatalog::entries()) {
        QVERIFY(!ids.contains(entry.id));
        ids << entry.id;
        QVERIFY2(!entry.title.isEmpty() && entry.meaning.endsWith(QLatin1Char('.')), qPrintable(entry.id));
        QVERIFY2(entry.title.size() < 48, qPrintable(entry.title));
    }
}

void SettingsTest::searchFindsRowsOfEveryPage() {
    Scene scene;
    scene.open();
    SettingsDialog* dialog = scene.openSettings();
    QVERIFY(scene.visibleRows(dialog).contains(QStringLiteral("address")));
    QVERIFY(!scene.visibleRows(dialog).contains(QStringLiteral("theme")));
    auto* search = dialog->findChild<QLineEdit*>(QStringLiteral("settingsSearch"));
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("relay"));
    QCOMPARE(scene.visibleRows(dialog), QStringList{QStringLiteral("allowOrdinary")});
    search->setText(QStringLiteral("night"));
    QCOMPARE(scene.visibleRows(dialog), QStringList{QStringLiteral("theme")});
    search->setText(QStringLiteral("zzz"));
    QVERIFY(scene.visibleRows(dialog).isEmpty());
    search->clear();
    dialog->resize(380, 560); // no list of pages: everything is below each other
    QTRY_VERIFY(scene.visibleRows(dialog).contains(QStringLiteral("theme")));
    QVERIFY(!dialog->findChild<QListWidget*>()->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!scene.window->findChild<SettingsDialog*>());
}

void SettingsTest::coreSettingsAreSetAtOnceAndTakenBackOnRefusal() {
    Scene scene;
    scene.open();
    SettingsDialog* dialog = scene.openSettings("tcp");
    auto* tcp = dialog->findChild<QCheckBox*>(QStringLiteral("tcp"));
    QTRY_VERIFY(tcp->isChecked());
    QTest::qWait(10); // The answer of core is posted.
    QVERIFY(tcp->hasFocus());
    QTest::keyClick(tcp, Qt::Key_Space);
    QVERIFY(!scene.core.chosen.tcp);
    choose(dialog, "hardPunching", 2);
    QCOMPARE(scene.core.chosen.hardPunching, HardPunching::Off);
    QVERIFY(!scene.core.chosen.tcp);
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    QTest::keyClick(tcp, Qt::Key_Space);
    QTRY_VERIFY(!tcp->isChecked());
    QVERIFY(!scene.core.chosen.tcp);
}

void SettingsTest::whatFriendsLearnIsChosenOnThePrivacyPage() {
    Scene scene;
    scene.open();
    const std::pair<const char*, bool Settings::*> rows[] = {{"readReceipts", &Settings::readReceipts},
                                                             {"typingHints", &Settings::typingHints},
                                                             {"couriers", &Settings::couriers}};
    for (const auto& [id, field] : rows) {
        SettingsDialog* dialog = scene.openSettings(id);
        auto* box = dialog->findChild<QCheckBox*>(QString::fromLatin1(id));
        QVERIFY2(box != nullptr && box->isVisible(), id); // Pages other than the entry's are out of sight.
        const bool before = scene.core.chosen.*field;
        QTRY_COMPARE(box->isChecked(), before);
        QTest::qWait(10); // The answer of core is posted.
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(scene.core.chosen.*field, !before);
        QCOMPARE(box->isChecked(), !before);
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(scene.core.chosen.*field, before);
    }
}

void SettingsTest::whatIsNotThereIsNotShown() {
    FakeMessenger core; // no profile yet
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    SettingsDialog bare(bridge, settings, Desktop{&settings, nullptr, nullptr, false}, nullptr, false);
    for (const char* id : {"tcp", "address", "notify", "trayIcon", "closeToTray", "autostart"})
        QVERIFY2(!bare.findChild<QWidget*>(QString::fromLatin1(id)), id);
    for (const char* id : {"theme", "textSize", "language", "motion", "density"})
        QVERIFY2(bare.findChild<QWidget*>(QString::fromLatin1(id)), id);
}

void SettingsTest::autostartTellsWhatFailed() {
    Scene scene;
    scene.open();
    SettingsDialog* dialog = scene.openSettings("autostart");
    auto* toggle = dialog->findChild<QCheckBox*>(QStringLiteral("autostart"));
    QTest::keyClick(toggle, Qt::Key_Space);
    QVERIFY(scene.autostart.on);
    scene.autostart.isBroken = true;
    QTest::keyClick(toggle, Qt::Key_Space);
    QVERIFY(toggle->isChecked());
    bool isTold = false;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        isTold = isTold || (label->isVisible() && label->text().contains(QStringLiteral("cannot be written")));
    QVERIFY(isTold);
}

void SettingsTest::listsAddAndRemove() {
    Scene scene;
    scene.open();
    SettingsDialog* dialog = scene.openSettings("thirdParties");
    auto* list = dialog->findChild<ListEditor*>(QStringLiteral("thirdParties"));
    auto* field = list->findChild<QLineEdit*>();
    field->setText(QStringLiteral("nonsense"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(field->text(), QStringLiteral("nonsense")); // kept, with the reason below it
    field->setText(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(7))));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(scene.core.network.thirdParties.size(), std::size_t{1});
    QTRY_VERIFY(field->text().isEmpty());
    QTRY_VERIFY(list->findChild<QToolButton*>());
    QTest::mouseClick(list->findChild<QToolButton*>(), Qt::LeftButton);
    QTRY_VERIFY(scene.core.network.thirdParties.empty());

    auto* servers = dialog->findChild<ListEditor*>(QStringLiteral("teredoServers"));
    servers->findChild<QLineEdit*>()->setText(QStringLiteral("teredo.example.org"));
    QTest::keyClick(servers->findChild<QLineEdit*>(), Qt::Key_Return);
    QTRY_COMPARE(scene.core.network.teredo.servers.size(), std::size_t{1});
}

void SettingsTest::invitationsAreMadeAndRevoked() {
    Scene scene;
    scene.core.knownInvitations.front().usedBy = {FakeMessenger::key(1)};
    scene.open();
    SettingsDialog* dialog = scene.openSettings("invitations");
    auto* list = dialog->findChild<ListEditor*>(QStringLiteral("invitations"));
    const auto says = [&](const char* words) {
        const auto labels = list->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisibleTo(list) && label->text().contains(QString::fromLatin1(words));
        });
    };
    QTRY_VERIFY(says("used by Lena"));
    list->findChild<QLineEdit*>()->setText(QStringLiteral("the choir"));
    QTest::keyClick(list->findChild<QLineEdit*>(), Qt::Key_Return);
    QTRY_VERIFY(says("the choir"));
    QVERIFY(says("nobody used it"));
    QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), scene.core.knownInvitations.back().address);
    QToolButton* revoke = nullptr;
    for (auto* button : list->findChildren<QToolButton*>())
        if (button->accessibleName() == QStringLiteral("Revoke: the choir"))
            revoke = button;
    QVERIFY(revoke);
    QTest::mouseClick(revoke, Qt::LeftButton);
    QTRY_COMPARE(scene.core.knownInvitations.size(), std::size_t{1});
    QTRY_VERIFY(!says("the choir"));
    QGuiApplication::clipboard()->clear();
}

void SettingsTest::lettersFindInOrder() {
    const auto score = [](const char* typed, const char* name) {
        return fuzzyScore(QString::fromUtf8(typed), QString::fromUtf8(name));
    };
    QVERIFY(score("", "anything"));
    QVERIFY(score("lo", "Lena Ostrow"));
    QVERIFY(!score("ol", "Lena"));
    QVERIFY(score("ole", "Olé"));
    QVERIFY(score("LENA", "lena"));
    QVERIFY(*score("tom", "Tom") > *score("tom", "Theo Morgan"));
    QVERIFY(*score("th", "Theme") > *score("th", "Size of the text"));
    QVERIFY(*score("lo", "Lena Ostrow") > *score("lo", "Elmo"));
    QVERIFY(score("a b", "Alma Berg"));
}

void SettingsTest::jumpModelRanks() {
    JumpModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(
        {{JumpKind::Action, QStringLiteral("a"), QStringLiteral("Add contact"), {}, {}},
         {JumpKind::Setting, QStringLiteral("s"), QStringLiteral("Theme"), {}, QStringLiteral("dark night")},
         {JumpKind::Contact, QStringLiteral("c"), QStringLiteral("Theo"), {}, {}}});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data(JumpModel::IdRole).toString(), QStringLiteral("c"));
    model.setTyped(QStringLiteral("them"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Theme"));
    model.setTyped(QStringLiteral("night"));
    QCOMPARE(model.rowCount(), 1);
    model.setTyped(QStringLiteral("xyz"));
    QCOMPARE(model.rowCount(), 0);
    QVector<JumpEntry> many(200, {JumpKind::Contact, QStringLiteral("c"), QStringLiteral("Theo"), {}, {}});
    model.setEntries(many);
    model.setTyped({});
    QCOMPARE(model.rowCount(), static_cast<int>(JumpModel::kShownMax));
}

void SettingsTest::jumpLeadsToContactSettingAndAction() {
    Scene scene;
    scene.open();
    const auto jump = [&](const char* letters) {
        scene.window->activateWindow(); // a window manager does that when a dialog is gone
        QVERIFY(QTest::qWaitForWindowActive(&*scene.window));
        QTest::keyClick(&*scene.window, Qt::Key_K, Qt::ControlModifier);
        auto* field = scene.window->findChild<QLineEdit*>(QStringLiteral("jumpField"));
        QTest::keyClicks(field, QString::fromLatin1(letters));
        QTest::keyClick(field, Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    jump("tom");
    QCOMPARE(scene.window->findChild<MainPage*>()->current()->name, std::string("Tom"));
    QTRY_VERIFY(!scene.window->findChild<JumpDialog*>());
    jump("motion");
    auto* settings = scene.window->findChild<SettingsDialog*>();
    QVERIFY(settings);
    QTRY_VERIFY(settings->findChild<QComboBox*>(QStringLiteral("motion"))->isVisible());
    settings->close();
    QTRY_VERIFY(!scene.window->findChild<SettingsDialog*>());
    jump("about cul");
    QTRY_VERIFY(scene.window->findChild<QMessageBox*>());
    QTest::keyClick(scene.window->findChild<QMessageBox*>(), Qt::Key_Escape);
    QTRY_VERIFY(!scene.window->findChild<QMessageBox*>());
    // Esc closes it and nothing else.
    scene.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&*scene.window));
    QTest::keyClick(&*scene.window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClick(scene.window->findChild<QLineEdit*>(QStringLiteral("jumpField")), Qt::Key_Escape);
    QTRY_VERIFY(!scene.window->findChild<JumpDialog*>());
    QCOMPARE(scene.window->findChild<MainPage*>()->current()->name, std::string("Tom"));
}

void SettingsTest::shortcutsSheetHoldsEveryAction() {
    Scene scene;
    scene.open();
    QTest::keyClick(&*scene.window, Qt::Key_F1);
    auto* sheet = scene.window->findChild<ShortcutsDialog*>();
    QVERIFY(sheet);
    QStringList texts;
    for (const QLabel* label : sheet->findChildren<QLabel*>())
        texts << label->text();
    for (const ActionEntry& entry : WindowActions::entries())
        if (!entry.keys.isEmpty())
            QVERIFY2(texts.contains(WindowActions::plain(entry.text)), entry.name);
}

void SettingsTest::noKeyStandsForTwoActions() {
    QList<QKeySequence> keys;
    for (const ActionEntry& entry : WindowActions::entries())
        for (const QKeySequence& key : entry.keys) {
            QVERIFY2(!keys.contains(key), entry.name);
            keys << key;
        }
}

void SettingsTest::pastedAddressIsOffered() {
    Scene scene;
    scene.open();
    scene.window->findChild<QListView*>(QStringLiteral("contacts"))->setFocus();
    QGuiApplication::clipboard()->setText(QStringLiteral("just words"));
    QTest::keyClick(scene.window->focusWidget(), Qt::Key_V, Qt::ControlModifier);
    QVERIFY(!scene.window->findChild<QDialog*>());
    QGuiApplication::clipboard()->setText(
        QStringLiteral("it is %1 !").arg(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(9)))));
    QTest::keyClick(scene.window->focusWidget(), Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY(scene.window->findChild<QPushButton*>(QStringLiteral("sendRequest")));
    QVERIFY(scene.window->findChild<QPushButton*>(QStringLiteral("sendRequest"))->isEnabled());
    QGuiApplication::clipboard()->clear();
}

void SettingsTest::linkWaitsForTheProfile() {
    FakeMessenger core;
    core.state = ProfileState::NeedsPassphrase;
    MessengerBridge bridge(core);
    MainWindow window(bridge, &FakeMessenger::check, nullptr);
    window.openLink(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(9))));
    QVERIFY(!window.findChild<QDialog*>());
    window.findChild<QLineEdit*>(QStringLiteral("unlockPassphrase"))
        ->setText(QString::fromLatin1(FakeMessenger::kPassphrase));
    QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("unlock")), Qt::LeftButton);
    QTRY_VERIFY(window.findChild<QPushButton*>(QStringLiteral("sendRequest")));
    QVERIFY(window.findChild<QPushButton*>(QStringLiteral("sendRequest"))->isEnabled());
    window.openLink(QStringLiteral("culvert:abc")); // One dialog, however many links come.
    QCOMPARE(window.findChildren<AddContactDialog*>().size(), 1);
    QVERIFY(!window.findChild<QPushButton*>(QStringLiteral("sendRequest"))->isEnabled());
}

void SettingsTest::everyControlOfTheSettingsHasAName() {
    Scene scene;
    scene.core.network.teredo.servers = {{"teredo.example.org", TeredoServerHealth::Qualified, 18ms}};
    scene.open();
    SettingsDialog* dialog = scene.openSettings();
    QTest::qWait(20);
    int checked = 0;
    for (const QWidget* widget : dialog->findChildren<QWidget*>()) {
        const bool taken = widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy() &&
                           !widget->objectName().startsWith(QStringLiteral("qt_")) && widget->isVisibleTo(dialog);
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(!taken || named, qPrintable(QString::fromLatin1(widget->metaObject()->className())));
        checked += taken ? 1 : 0;
    }
    QVERIFY(checked > 5);
}

void SettingsTest::closingHidesOnlyWhereAnIconBringsItBack() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&settings, nullptr, nullptr, true});
    QSignalSpy quit(&window, &MainWindow::quitRequested);
    window.show();
    QVERIFY(window.hasTrayIcon());
    window.close();
    QVERIFY(!window.isVisible() && quit.isEmpty());
    window.raiseToFront();
    QVERIFY(window.isVisible());
    settings.set(setting::kTrayIcon, false);
    QVERIFY(!window.hasTrayIcon());
    window.close();
    QCOMPARE(quit.size(), 1);
    settings.set(setting::kTrayIcon, true);
    settings.set(setting::kCloseToTray, false);
    window.show();
    window.close();
    QCOMPARE(quit.size(), 2);
    settings.set(setting::kCloseToTray, true);
    window.raiseToFront();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_Q, Qt::ControlModifier); // To quit is to quit.
    QCOMPARE(quit.size(), 3);
    QVERIFY(!settings.get(setting::kGeometry).isEmpty());
}

void SettingsTest::nameChangesInTheSidebarToo() {
    Scene scene;
    scene.open();
    SettingsDialog* dialog = scene.openSettings("name");
    auto* edit = dialog->findChild<QLineEdit*>(QStringLiteral("name"));
    QTRY_COMPARE(edit->text(), QStringLiteral("Ida Marlow"));
    const auto enter = [&](const char* name) {
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(name));
        QTest::keyClick(edit, Qt::Key_Return);
    };
    enter("Ida M.");
    QTRY_VERIFY(std::ranges::any_of(scene.window->findChildren<ElidedLabel*>(), [](const ElidedLabel* label) {
        return label->text() == QStringLiteral("Ida M.");
    }));
    QVERIFY(dialog->isVisible());
    QVERIFY(!scene.window->findChild<ShareDialog*>()); // Enter is for the field alone.
    enter(" ");
    QTRY_COMPARE(edit->text(), QStringLiteral("Ida M."));
}

void SettingsTest::titleCountsTheUnread() {
    Scene scene;
    scene.open();
    QCOMPARE(scene.window->windowTitle(), QStringLiteral("Culvert"));
    scene.core.theyWrite(FakeMessenger::key(1), "One");
    scene.core.theyWrite(FakeMessenger::key(2), "Two");
    QTRY_VERIFY(scene.window->windowTitle().startsWith(QStringLiteral("(2)")));
    scene.core.markRead(FakeMessenger::key(1), [](const Result<void>&) {});
    scene.core.markRead(FakeMessenger::key(2), [](const Result<void>&) {});
    QTRY_COMPARE(scene.window->windowTitle(), QStringLiteral("Culvert"));
}

void SettingsTest::languageMayChangeInTheLastStep() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    const Appearance appearance(*qApp, settings);
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&settings, nullptr, nullptr, false});
    window.show();
    const auto press = [&](const char* name) {
        QTest::mouseClick(window.findChild<QPushButton*>(QString::fromLatin1(name)), Qt::LeftButton);
    };
    window.findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Ida"));
    press("next");
    window.findChild<QRadioButton*>(QStringLiteral("useNothing"))->setChecked(true);
    press("create");
    QTRY_VERIFY(window.findChild<QPushButton*>(QStringLiteral("finish")));
    settings.set(setting::kLanguage, QStringLiteral("de"));
    QTRY_COMPARE(window.findChild<QPushButton*>(QStringLiteral("finish"))->text(), QString::fromUtf8("Los geht’s"));
    QVERIFY(!window.findChild<MainPage*>());
    press("finish");
    QTRY_VERIFY(window.findChild<MainPage*>());
}

} // namespace culvert

QTEST_MAIN(culvert::SettingsTest)
#include "settings_test.moc"
