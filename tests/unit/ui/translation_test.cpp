// Each language that we ship reaches the words that people see.
#include "core/messenger/contact.h"
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/appearance.h"
#include "ui/style/translation.h"
#include "ui/widgets/report_wording.h"
#include "ui/widgets/wording.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/network_dialog.h"
#include "ui/windows/window_actions.h"

#include <QAction>
#include <QLocale>
#include <QMap>
#include <QMessageBox>
#include <QTest>

namespace culvert {

class TranslationTest : public QObject {
    Q_OBJECT

private slots:
    void englishHasPlurals();
    void germanIsSpoken();
    void clockHasNoSeconds();
    void openDialogsChangeTheirLanguage();
    void eachKeyOfAMenuStandsForOneAction();
};

namespace {

QString describeUnread(std::uint32_t unread) {
    Contact contact;
    contact.name = "Lena";
    contact.state = ContactState::Accepted;
    contact.unread = unread;
    return Wording::describe(contact, {});
}

} // namespace

void TranslationTest::englishHasPlurals() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    installTranslations(*qApp);
    QVERIFY(describeUnread(1).endsWith(QStringLiteral("1 unread message")));
    QVERIFY(describeUnread(2).endsWith(QStringLiteral("2 unread messages")));
}

void TranslationTest::germanIsSpoken() {
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Austria));
    installTranslations(*qApp);
    QVERIFY(describeUnread(2).endsWith(QStringLiteral("2 ungelesene Nachrichten")));
    QCOMPARE(ReportWording::sentence("Friends can reach you"), QStringLiteral("Freunde erreichen dich"));
    QCOMPARE(Wording::badgeWord(BadgeState::CannotConnect), QStringLiteral("Keine Verbindung"));
}

void TranslationTest::clockHasNoSeconds() {
    QLocale::setDefault(QLocale::c());
    QCOMPARE(Wording::clock(QTime(9, 5, 30)), QStringLiteral("09:05"));
}

// They come back with what was typed; what only asks a question is gone.
void TranslationTest::openDialogsChangeTheirLanguage() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    core.put("Lena", 1, ContactState::Accepted);
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    settings.set(setting::kLanguage, QStringLiteral("en"));
    const Appearance appearance(*qApp, settings);
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&settings, nullptr, nullptr, false});
    window.show();
    QTRY_VERIFY(window.findChild<MainPage*>());
    for (const char* name : {"showNetwork", "addContact", "about"})
        window.findChild<QAction*>(QString::fromLatin1(name))->trigger();
    QVERIFY(window.findChild<QMessageBox*>());
    window.findChild<AddContactDialog*>()->setText(QStringLiteral("culvert:abc"));
    settings.set(setting::kLanguage, QStringLiteral("de"));
    const auto title = [](const QDialog* dialog) { return dialog == nullptr ? QString() : dialog->windowTitle(); };
    QTRY_COMPARE(title(window.findChild<NetworkDialog*>()), QStringLiteral("Netz"));
    QCOMPARE(title(window.findChild<AddContactDialog*>()), QStringLiteral("Kontakt hinzufügen"));
    QCOMPARE(window.findChild<AddContactDialog*>()->text(), QStringLiteral("culvert:abc"));
    QVERIFY(!window.findChild<QMessageBox*>());
    settings.set(setting::kLanguage, QString());
}

void TranslationTest::eachKeyOfAMenuStandsForOneAction() {
    const auto keyOf = [](const QString& text) { return text.mid(text.indexOf(QLatin1Char('&')) + 1, 1).toLower(); };
    for (const Language& language : languages()) {
        installTranslations(*qApp, language.code);
        QMap<ActionMenu, QStringList> keys;
        QStringList menus;
        for (const ActionEntry& entry : WindowActions::entries()) {
            QVERIFY2(!keys[entry.menu].contains(keyOf(entry.text)), qPrintable(entry.text));
            keys[entry.menu] << keyOf(entry.text);
        }
        for (const ActionMenu menu : WindowActions::menus()) {
            QVERIFY2(!menus.contains(keyOf(WindowActions::title(menu))), qPrintable(WindowActions::title(menu)));
            menus << keyOf(WindowActions::title(menu));
        }
    }
    installTranslations(*qApp);
}

} // namespace culvert

QTEST_MAIN(culvert::TranslationTest)
#include "translation_test.moc"
