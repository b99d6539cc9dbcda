// The page "Storage" of the settings, what it asks, the import at the first run, and what is said of damage.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/settings_dialog.h"
#include "ui/windows/storage_dialogs.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

namespace culvert {
namespace {

/// A window, and the settings on their page "Storage".
struct Scene {
    FakeMessenger core;
    FakeKeyring keyring;
    UiSettings settings{QString()};
    std::optional<MessengerBridge> bridge;
    std::optional<MainWindow> window;

    void open(ProfileState state = ProfileState::Open) {
        core.state = state;
        if (state == ProfileState::Open) {
            const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
            core.putMessage(lena, MessageFrom::Them, "Hello", 1);
            core.putMessage(lena, MessageFrom::Me, "Hi", 2);
        }
        bridge.emplace(core);
        window.emplace(*bridge, &FakeMessenger::check, &keyring, Desktop{&settings, nullptr, nullptr, false});
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&*window));
    }
    SettingsDialog* openSettings(const char* id) {
        QTest::keyClick(&*window, Qt::Key_Comma, Qt::ControlModifier);
        auto* dialog = window->findChild<SettingsDialog*>();
        dialog->showSetting(QString::fromLatin1(id));
        return dialog;
    }
    void press(const char* id) {
        SettingsDialog* dialog = openSettings(id);
        QTest::mouseClick(dialog->findChild<QPushButton*>(QString::fromLatin1(id)), Qt::LeftButton);
    }
    template<typename T> T* dialog() { return window->findChild<T*>(); }
    bool says(const char* words) const {
        const auto labels = window->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(QString::fromLatin1(words));
        });
    }
};

void type(QWidget* dialog, const char* name, const char* text) {
    auto* field = dialog->findChild<QLineEdit*>(QString::fromLatin1(name));
    field->clear();
    QTest::keyClicks(field, QString::fromLatin1(text));
}

void go(QWidget* dialog) {
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("go")), Qt::LeftButton);
}

} // namespace

class StorageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void sizeIsTold();
    void checkTellsWhatItFound();
    void compactingIsDoneOrTold();
    void exportAsksForAPassphraseTwice();
    void protectionStaysWhenThePassphraseIsWrong();
    void protectionMovesToTheKeyring();
    void keyInTheKeyringIsNeverOverwritten();
    void deletingNeedsTheWordAndThePassphrase();
    void profileIsImportedAtTheFirstRun();
    void damageIsToldUntilItIsDismissed();
};

void StorageTest::sizeIsTold() {
    Scene scene;
    scene.core.storage.databaseOctets = 2'400'000;
    scene.open();
    scene.openSettings("storageSize");
    QTRY_VERIFY(scene.says("2.4"));
    QVERIFY(scene.says("on the disk"));
}

void StorageTest::checkTellsWhatItFound() {
    Scene scene;
    scene.core.checked.messages = 2;
    scene.core.checked.contacts = 1;
    scene.open();
    scene.press("storageCheck");
    QTRY_VERIFY(scene.says("All is well"));
    QVERIFY(scene.window->findChild<QPushButton*>(QStringLiteral("storageCheck"))->hasFocus());
    scene.core.checked.damagedMessages = 1;
    scene.press("storageCheck");
    QTRY_VERIFY(scene.says("cannot be read."));
    QVERIFY(!scene.says("All is well"));
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk does not answer."};
    scene.press("storageCheck");
    QTRY_VERIFY(scene.says("The disk does not answer."));
}

void StorageTest::compactingIsDoneOrTold() {
    Scene scene;
    scene.open();
    scene.press("storageCompact");
    QTRY_VERIFY(scene.says("Done."));
    QCOMPARE(scene.core.compacted, 1);
}

void StorageTest::exportAsksForAPassphraseTwice() {
    Scene scene;
    scene.open();
    scene.press("storageExport");
    auto* dialog = scene.dialog<ExportDialog>();
    QVERIFY(dialog);
    type(dialog, "file", "/tmp/copy.culvert");
    go(dialog);
    QVERIFY(scene.says("Type a passphrase."));
    type(dialog, "passphrase", "one");
    type(dialog, "repeat", "two");
    go(dialog);
    QVERIFY(scene.says("The two passphrases differ."));
    type(dialog, "repeat", "one");
    scene.core.nextError = Error{ErrorCode::AlreadyExists, "There is a file of that name."};
    go(dialog);
    QTRY_VERIFY(scene.says("There is a file of that name."));
    QVERIFY(!scene.core.exported);
    go(dialog);
    QTRY_VERIFY(scene.says("Exported to"));
    QCOMPARE(scene.core.exported->path, std::string("/tmp/copy.culvert"));
    QCOMPARE(scene.core.exported->passphrase, std::string("one"));
}

void StorageTest::protectionStaysWhenThePassphraseIsWrong() {
    Scene scene;
    scene.open();
    scene.press("storageProtect");
    QTRY_VERIFY(scene.dialog<ProtectDialog>());
    const QPointer<ProtectDialog> dialog = scene.dialog<ProtectDialog>();
    type(dialog, "current", "wrong");
    type(dialog, "passphrase", "new one");
    type(dialog, "repeat", "new one");
    go(dialog);
    QTRY_VERIFY(scene.says("That is not the passphrase"));
    QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("passphrase"))->text(), QStringLiteral("new one"));
    type(dialog, "current", FakeMessenger::kPassphrase);
    go(dialog);
    QTRY_VERIFY(scene.says("The protection is changed"));
    QTRY_VERIFY(!dialog);
    QCOMPARE(scene.core.storage.keySource, KeySource::Passphrase);
    bool opens = false;
    scene.core.unlockProfile("new one", [&](const Result<std::string>& opened) { opens = opened.has_value(); });
    QVERIFY(opens);
}

void StorageTest::protectionMovesToTheKeyring() {
    Scene scene;
    scene.open();
    scene.press("storageProtect");
    QTRY_VERIFY(scene.dialog<ProtectDialog>());
    auto* dialog = scene.dialog<ProtectDialog>();
    type(dialog, "current", FakeMessenger::kPassphrase);
    dialog->findChild<QRadioButton*>(QStringLiteral("useKeyring"))->click();
    go(dialog);
    QTRY_COMPARE(scene.core.storage.keySource, KeySource::Keyring);
    QVERIFY(scene.keyring.held && scene.keyring.held->size() == 64);
}

void StorageTest::keyInTheKeyringIsNeverOverwritten() {
    Scene scene;
    scene.keyring.held = FakeMessenger::kPassphrase;
    scene.core.storage.keySource = KeySource::Keyring;
    scene.open();
    scene.press("storageProtect");
    QTRY_VERIFY(scene.dialog<ProtectDialog>());
    auto* dialog = scene.dialog<ProtectDialog>();
    QVERIFY(!dialog->findChild<QRadioButton*>(QStringLiteral("useKeyring"))->isEnabled());
    QVERIFY(!dialog->findChild<QLineEdit*>(QStringLiteral("current")));
    dialog->findChild<QRadioButton*>(QStringLiteral("useNothing"))->click();
    go(dialog);
    QTRY_COMPARE(scene.core.storage.keySource, KeySource::BesideStore);
    QCOMPARE(*scene.keyring.held, std::string(FakeMessenger::kPassphrase));
}

void StorageTest::deletingNeedsTheWordAndThePassphrase() {
    Scene scene;
    scene.open();
    scene.press("storageDelete");
    QTRY_VERIFY(scene.dialog<DeleteDialog>());
    auto* dialog = scene.dialog<DeleteDialog>();
    type(dialog, "current", "wrong");
    go(dialog);
    QVERIFY(scene.says("Type the word"));
    type(dialog, "word", "Delete");
    go(dialog);
    QTRY_VERIFY(scene.says("That is not the passphrase"));
    QCOMPARE(scene.core.state, ProfileState::Open);
    type(dialog, "current", FakeMessenger::kPassphrase);
    go(dialog);
    QTRY_VERIFY(scene.says("Welcome to Culvert"));
    QCOMPARE(scene.core.state, ProfileState::None);
    QVERIFY(!scene.dialog<SettingsDialog>());
    QVERIFY(!scene.dialog<MainPage>());
}

void StorageTest::profileIsImportedAtTheFirstRun() {
    Scene scene;
    scene.core.exported = ExportRequest{"/tmp/copy.culvert", "one"};
    scene.open(ProfileState::None);
    QTest::mouseClick(scene.window->findChild<QPushButton*>(QStringLiteral("import")), Qt::LeftButton);
    auto* dialog = scene.dialog<ImportDialog>();
    QVERIFY(dialog);
    go(dialog);
    QVERIFY(scene.says("Choose a file."));
    type(dialog, "file", "/tmp/copy.culvert");
    type(dialog, "filePassphrase", "wrong");
    dialog->findChild<QRadioButton*>(QStringLiteral("useNothing"))->click();
    go(dialog);
    QTRY_VERIFY(scene.says("That is not the passphrase of this file."));
    type(dialog, "filePassphrase", "one");
    go(dialog);
    QTRY_VERIFY(scene.dialog<MainPage>());
    QTRY_VERIFY(!scene.dialog<ImportDialog>());
    QCOMPARE(scene.core.storage.keySource, KeySource::BesideStore);
}

void StorageTest::damageIsToldUntilItIsDismissed() {
    Scene scene;
    scene.open();
    QWidget* bar = scene.window->findChild<QWidget*>(QStringLiteral("problemBar"));
    QVERIFY(!bar->isVisible());
    StoreProblem problem;
    problem.damagedMessages = 3;
    scene.core.emitEvent(StoreProblemEvent{problem});
    QTRY_VERIFY(bar->isVisible());
    problem.kind = StoreProblem::Kind::Salvaged;
    problem.damagedMessages = 0;
    problem.file = "culvert.db.damaged";
    scene.core.emitEvent(StoreProblemEvent{problem});
    QTRY_VERIFY(scene.says("culvert.db.damaged"));
    QVERIFY(scene.says("nothing was deleted")); // The first one stays.
    QTest::mouseClick(bar->findChild<QAbstractButton*>(QStringLiteral("dismissProblem")), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
}

} // namespace culvert

QTEST_MAIN(culvert::StorageTest)
#include "storage_test.moc"
