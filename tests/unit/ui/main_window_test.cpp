// The window, driven by keys and mouse as a person drives it.
#include "tests/support/network_cases.h"
#include "ui/models/contact_list_model.h"
#include "ui/models/conversation_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/path_badge.h"
#include "ui/widgets/share_panel.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/contact_dialog.h"
#include "ui/windows/main_page.h"
#include "window_scene.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace culvert {

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void firstRunToDeliveredMessage();
    void firstRunTellsWhatIsMissing();
    void firstRunKeepsWhatWasTypedWhenItFails();
    void firstRunStoresASecretInTheKeyring();
    void whoCopiedAnOldAddressIsTold();
    void firstRunTellsThatThereIsNoKeyring();
    void wrongPassphraseIsToldAndKept();
    void keyringOpensByItself();
    void badAddressIsToldInTheCheckersWords();
    void clipboardIsOfferedNotTaken();
    void requestIsAccepted();
    void incomingMessageIsShownAndRead();
    void messageBehindAnotherWindowStaysUnread();
    void strangersNamesStayPlain();
    void messageThatIsNotSentComesBack();
    void shiftEnterBreaksTheLine();
    void waitingLineNamesTheReason();
    void removingAsksFirst();
    void actionsOfAConversationNeedOne();
    void searchAndRemovalOpenNoOtherConversation();
    void narrowWindowCollapsesTheSidebar();
    void olderMessagesComeWhenScrolledUp();
    void everyControlHasAName();
};

void MainWindowTest::whoCopiedAnOldAddressIsTold() {
    SharePanel panel;
    panel.show();
    const auto copied = [] { return QGuiApplication::clipboard()->text(); };
    auto* button = panel.findChild<QPushButton*>();
    const auto* told = panel.findChild<ErrorLabel*>();
    panel.setAddress(QStringLiteral("culvert:early"));
    panel.setAddress(QStringLiteral("culvert:first"));
    QVERIFY2(!told->isVisible(), "nobody has it yet");
    button->click();
    QCOMPARE(copied(), QStringLiteral("culvert:first"));
    panel.setAddress(QStringLiteral("culvert:first"));
    QVERIFY(!told->isVisible());
    panel.setAddress(QStringLiteral("culvert:second"));
    QVERIFY(told->isVisible());
    button->click();
    QCOMPARE(copied(), QStringLiteral("culvert:second"));
    QVERIFY(!told->isVisible());
}

void MainWindowTest::firstRunToDeliveredMessage() {
    Scene scene;
    scene.open();
    scene.type("name", "Ida");
    scene.click("next");
    scene.type("passphrase", "correct horse");
    scene.type("repeat", "correct horse");
    scene.click("create");
    QTRY_VERIFY(scene.find<QAbstractButton>("finish"));
    QVERIFY(!scene.find<MainPage>());
    QTRY_COMPARE(scene.find<QPlainTextEdit>("ownAddress")->toPlainText(),
                 QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(0))));
    scene.core.network = cases::openPort();
    scene.core.emitEvent(NetworkChangedEvent{scene.core.network});
    QTRY_COMPARE(scene.find<QLabel>("reachability")->text(), QStringLiteral("Friends can reach you"));
    scene.click("finish");
    QTRY_VERIFY(scene.find<MainPage>());
    QCOMPARE(scene.core.created->name, std::string("Ida"));
    QCOMPARE(scene.core.created->keySource, KeySource::Passphrase);
    QCOMPARE(scene.core.created->secret, std::string("correct horse"));

    QTest::keyClick(&*scene.window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(scene.find<AddContactDialog>());
    const ContactId lena = FakeMessenger::key(1);
    QGuiApplication::clipboard()->setText(
        QStringLiteral("Hi, mine is %1 see you").arg(QString::fromStdString(FakeMessenger::addressOf(lena))));
    QTest::keyClick(scene.find<QPlainTextEdit>("address"), Qt::Key_V, Qt::ControlModifier);
    scene.type("greeting", "It is Ida");
    QTRY_VERIFY(scene.find<QPushButton>("sendRequest")->isEnabled());
    scene.click("sendRequest");
    QTRY_COMPARE(scene.contact(0, ContactListModel::StateRole).value<ContactState>(), ContactState::Requested);
    QCOMPARE(scene.core.added.greeting, std::string("It is Ida"));

    scene.core.theyAccept(lena);
    QTRY_VERIFY(scene.find<ComposerEdit>());
    auto* edit = scene.find<ComposerEdit>();
    QTRY_VERIFY(edit->isVisible());
    edit->setFocus();
    QTest::keyClicks(edit, QStringLiteral("Hello Lena"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(scene.messageCount(), 1);
    QTRY_COMPARE(scene.message(0, ConversationModel::StateRole).value<MessageState>(), MessageState::Sent);
    QVERIFY(edit->toPlainText().isEmpty());
    scene.core.setMessageState(scene.core.conversation(lena).front().id, MessageState::Delivered);
    QTRY_COMPARE(scene.message(0, ConversationModel::StateRole).value<MessageState>(), MessageState::Delivered);
    QVERIFY(scene.message(0, Qt::AccessibleTextRole).toString().contains(QStringLiteral("delivered")));
}

void MainWindowTest::firstRunTellsWhatIsMissing() {
    Scene scene;
    scene.open();
    scene.click("next");
    QVERIFY(scene.errorShown("name"));
    scene.type("name", "Ida");
    QVERIFY(!scene.errorShown("name"));
    QTest::keyClick(scene.find<QLineEdit>("name"), Qt::Key_Return);
    QVERIFY(scene.find<QLineEdit>("passphrase")->hasFocus());
    scene.type("passphrase", "one");
    scene.type("repeat", "two");
    scene.click("create");
    QVERIFY(scene.errorShown("differ"));
    QVERIFY(!scene.core.created);
    // Enter goes on from everywhere, a choice included.
    auto* nothing = scene.find<QRadioButton>("useNothing");
    nothing->setChecked(true);
    nothing->setFocus();
    QTest::keyClick(nothing, Qt::Key_Return);
    QTRY_VERIFY(scene.core.created);
}

void MainWindowTest::firstRunKeepsWhatWasTypedWhenItFails() {
    Scene scene;
    scene.core.nextError = Error{ErrorCode::IoFailure, "The folder cannot be written."};
    scene.open();
    scene.type("name", "Ida");
    scene.click("next");
    scene.find<QRadioButton>("useNothing")->setChecked(true);
    scene.click("create");
    QTRY_VERIFY(scene.errorShown("The folder cannot be written."));
    scene.click("back");
    QVERIFY(!scene.errorShown("cannot be written"));
    QCOMPARE(scene.find<QLineEdit>("name")->text(), QStringLiteral("Ida"));
    scene.click("next");
    scene.click("create");
    QTRY_VERIFY(scene.find<QAbstractButton>("finish"));
    scene.click("finish");
    QTRY_VERIFY(scene.find<MainPage>());
    QCOMPARE(scene.core.created->keySource, KeySource::BesideStore);
}

void MainWindowTest::firstRunStoresASecretInTheKeyring() {
    Scene scene;
    scene.open();
    scene.type("name", "Ida");
    scene.click("next");
    QTRY_VERIFY(scene.find<QRadioButton>("useKeyring")->isEnabled());
    scene.find<QRadioButton>("useKeyring")->setChecked(true);
    scene.click("create");
    QTRY_VERIFY(scene.find<QAbstractButton>("finish"));
    QCOMPARE(scene.core.created->keySource, KeySource::Keyring);
    QCOMPARE(scene.core.created->secret, *scene.keyring.held);
    QCOMPARE(scene.keyring.held->size(), std::size_t{64});
}

void MainWindowTest::firstRunTellsThatThereIsNoKeyring() {
    Scene scene;
    scene.keyring.available = false;
    scene.open();
    QVERIFY(!scene.find<QRadioButton>("useKeyring")->isEnabled());
}

void MainWindowTest::wrongPassphraseIsToldAndKept() {
    Scene scene;
    scene.core.state = ProfileState::NeedsPassphrase;
    scene.open();
    scene.type("unlockPassphrase", "correct hose");
    QTest::keyClick(scene.find<QLineEdit>("unlockPassphrase"), Qt::Key_Return);
    QTRY_VERIFY(scene.errorShown("does not open"));
    QCOMPARE(scene.find<QLineEdit>("unlockPassphrase")->text(), QStringLiteral("correct hose"));
    scene.find<QLineEdit>("unlockPassphrase")->setText(QString::fromLatin1(FakeMessenger::kPassphrase));
    scene.click("unlock");
    QTRY_VERIFY(scene.find<MainPage>());
}

void MainWindowTest::keyringOpensByItself() {
    Scene scene;
    scene.core.state = ProfileState::NeedsKeyring;
    scene.keyring.held = FakeMessenger::kPassphrase;
    scene.open();
    QTRY_VERIFY(scene.find<MainPage>());
}

void MainWindowTest::badAddressIsToldInTheCheckersWords() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.open();
    QTest::keyClick(&*scene.window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(scene.find<QPlainTextEdit>("address"));
    auto* address = scene.find<QPlainTextEdit>("address");
    QTest::keyClicks(address, QStringLiteral("culvert:abc"));
    QVERIFY(scene.errorShown("The address is cut off."));
    QCOMPARE(address->toPlainText(), QStringLiteral("culvert:abc"));
    QVERIFY(!scene.find<QPushButton>("sendRequest")->isEnabled());

    address->setPlainText(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(3))));
    QVERIFY(!scene.errorShown("cut off"));
    scene.core.nextError = Error{ErrorCode::AlreadyExists, "You know this contact."};
    scene.click("sendRequest");
    QTRY_VERIFY(scene.errorShown("You know this contact."));
    QVERIFY(!address->toPlainText().isEmpty());
}

void MainWindowTest::clipboardIsOfferedNotTaken() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.open();
    const QString address = QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(5)));
    QGuiApplication::clipboard()->setText(address);
    QTest::keyClick(&*scene.window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(scene.find<QPushButton>("useClipboard"));
    QVERIFY(scene.find<QPlainTextEdit>("address")->toPlainText().isEmpty());
    scene.click("useClipboard");
    QCOMPARE(scene.find<QPlainTextEdit>("address")->toPlainText(), address);
    QGuiApplication::clipboard()->clear();
}

void MainWindowTest::requestIsAccepted() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.open();
    scene.core.theyAsk("Sam", 2, "From the choir");
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    QTRY_VERIFY(scene.find<QPushButton>("accept")->isVisible());
    scene.click("accept");
    QTRY_VERIFY(scene.find<ComposerEdit>() && scene.find<ComposerEdit>()->isVisible());
}

void MainWindowTest::incomingMessageIsShownAndRead() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena = scene.core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.core.theyWrite(lena, "Are you there?");
    QTRY_COMPARE(scene.contact(0, ContactListModel::UnreadRole).toUInt(), 1U);
    QCOMPARE(scene.core.markedRead, 0);
    scene.clickContact(0);
    QTRY_COMPARE(scene.messageCount(), 1);
    QTRY_COMPARE(scene.contact(0, ContactListModel::UnreadRole).toUInt(), 0U);
    scene.core.theyWrite(lena, "Hello?");
    QTRY_COMPARE(scene.messageCount(), 2);
    QTRY_COMPARE(scene.contact(0, ContactListModel::UnreadRole).toUInt(), 0U);
    QCOMPARE(scene.message(1, ConversationModel::TextRole).toString(), QStringLiteral("Hello?"));
}

void MainWindowTest::messageBehindAnotherWindowStaysUnread() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena = scene.core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    scene.core.theyWrite(lena, "Hello?");
    QTRY_COMPARE(scene.messageCount(), 1);
    QTRY_COMPARE(scene.contact(0, ContactListModel::UnreadRole).toUInt(), 1U);
    QCOMPARE(scene.core.markedRead, 0);
    scene.window->activateWindow();
    QTRY_COMPARE(scene.contact(0, ContactListModel::UnreadRole).toUInt(), 0U);
}

void MainWindowTest::strangersNamesStayPlain() {
    Contact contact;
    contact.name = "<b>Eve</b>\u202E\nsecond line";
    QCOMPARE(ContactListModel::displayName(contact), QStringLiteral("<b>Eve</b>second line"));
    QVERIFY(plainToolTip(QStringLiteral("<b>Eve</b>")).contains(QStringLiteral("&lt;b&gt;")));
    contact.name = " ";
    QVERIFY(ContactListModel::displayName(contact).startsWith(QStringLiteral("Contact ")));
    QVERIFY(breakable(QString(60, QLatin1Char('x'))).size() > 60);
}

void MainWindowTest::messageThatIsNotSentComesBack() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    auto* edit = scene.find<ComposerEdit>();
    QTest::keyClicks(edit, QStringLiteral("important"));
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(scene.errorShown("The disk is full."));
    QCOMPARE(edit->toPlainText(), QStringLiteral("important"));
}

void MainWindowTest::shiftEnterBreaksTheLine() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    auto* edit = scene.find<ComposerEdit>();
    const int oneLine = edit->height();
    for (int line = 0; line < 12; ++line)
        QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(scene.messageCount() == 0);
    QTRY_VERIFY(edit->height() > 6 * oneLine);
    QVERIFY(edit->height() < 9 * oneLine);
    QTest::keyClick(edit, Qt::Key_Return); // blanks alone are no message
    QTest::qWait(20);
    QCOMPARE(scene.messageCount(), 0);
}

void MainWindowTest::waitingLineNamesTheReason() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena =
        scene.core.put("Lena", 1, ContactState::Accepted, {false, PathKind::None, {}, Verdict::NoAnswer}).id;
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    auto* waiting = scene.find<QLabel>("waiting");
    QVERIFY(!waiting->isVisible());
    QTest::keyClicks(scene.find<ComposerEdit>(), QStringLiteral("later"));
    QTest::keyClick(scene.find<ComposerEdit>(), Qt::Key_Return);
    QTRY_VERIFY(waiting->isVisible());
    QVERIFY(waiting->text().contains(QStringLiteral("because they do not answer")));
    scene.core.setMessageState(scene.core.conversation(lena).front().id, MessageState::Sent);
    QTRY_VERIFY(!waiting->isVisible());
}

void MainWindowTest::removingAsksFirst() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    scene.click("badge");
    QTRY_VERIFY(scene.find<ContactDialog>());
    QTest::mouseClick(scene.find<QPushButton>("remove"), Qt::LeftButton);
    QTRY_VERIFY(scene.find<QMessageBox>());
    QCOMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.click("confirm");
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 0);
    QTRY_VERIFY(!scene.find<ContactDialog>());
}

void MainWindowTest::actionsOfAConversationNeedOne() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena = scene.core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    scene.core.putMessage(lena, MessageFrom::Them, "Are you there?", 1'760'000'000'000);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    const auto reply = [&] { return scene.find<QAction>("replyToMessage"); };
    QVERIFY(!reply()->isEnabled());
    scene.clickContact(0);
    QTRY_VERIFY(reply()->isEnabled());
    auto* list = scene.find<QListView>("messages");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    reply()->trigger();
    auto* field = scene.find<ComposerEdit>();
    QTest::keyClicks(field, QStringLiteral("yes"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(scene.core.conversation(lena).back().replyTo.has_value());
    QTest::keyClick(field, Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY(scene.find<QWidget>("emojiPicker"));
    scene.find<QWidget>("emojiPicker")->close();
    scene.find<QAction>("mute")->trigger();
    QTRY_VERIFY(scene.find<QWidget>("choices"));
}

void MainWindowTest::searchAndRemovalOpenNoOtherConversation() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Abe", 1, ContactState::Accepted, kOnline);
    scene.core.put("Mia", 2, ContactState::Accepted, kOnline).unread = 2;
    scene.open();
    auto* list = scene.find<QListView>("contacts");
    QTRY_COMPARE(list->model()->rowCount(), 2);
    scene.clickContact(0);
    const auto shown = [&] { return scene.find<MainPage>()->current(); };
    QCOMPARE(shown()->name, std::string("Abe"));
    QTest::keyClick(&*scene.window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(scene.window->focusWidget(), QStringLiteral("Mi"));
    QCOMPARE(list->model()->rowCount(), 1);
    QCOMPARE(shown()->name, std::string("Abe"));
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QCOMPARE(list->model()->rowCount(), 2);
    QCOMPARE(list->selectionModel()->selectedIndexes().size(), 1);
    QCOMPARE(list->currentIndex().row(), 0);

    scene.core.removeContact(FakeMessenger::key(1), [](const Result<void>&) {});
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(!shown());
    QVERIFY(!list->selectionModel()->hasSelection());
    QCOMPARE(scene.core.markedRead, 0);
    QTest::keyClick(&*scene.window, Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(shown()->name, std::string("Mia"));
    QTRY_COMPARE(scene.core.markedRead, 1);
}

void MainWindowTest::narrowWindowCollapsesTheSidebar() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    auto* list = scene.find<QListView>("contacts");
    QTRY_COMPARE(list->width(), 280);
    scene.window->resize(600, 560);
    QTRY_COMPARE(list->width(), 72);
    QTest::keyClick(&*scene.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(list->width(), 280);
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QTRY_COMPARE(list->width(), 72);
}

void MainWindowTest::olderMessagesComeWhenScrolledUp() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena = scene.core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    for (int i = 0; i < 150; ++i)
        scene.core.putMessage(lena, MessageFrom::Them, "Message " + std::to_string(i), i * 60'000);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    QTRY_COMPARE(scene.messageCount(), 100);
    auto* list = scene.find<QListView>("messages");
    QScrollBar* bar = list->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 500 && bar->value() == bar->maximum());
    bar->setValue(100);
    const QString top = list->indexAt({40, 40}).data().toString();
    QTRY_VERIFY(scene.messageCount() > 100);
    QTest::qWait(20);
    QCOMPARE(list->indexAt({40, 40}).data().toString(), top); // the eye keeps its place
    bar->setValue(0);
    QTRY_COMPARE(scene.messageCount(), 150);
}

void MainWindowTest::everyControlHasAName() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    for (const QWidget* widget : scene.window->findChildren<QWidget*>()) {
        const bool taken = widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy() &&
                           !widget->objectName().startsWith(QStringLiteral("qt_"));
        if (!taken)
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
    }
}

} // namespace culvert

QTEST_MAIN(culvert::MainWindowTest)
#include "main_window_test.moc"
