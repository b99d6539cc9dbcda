// What Esc leaves, one thing after the other.
#include "ui/style/theme.h"
#include "ui/widgets/composer.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/main_page.h"
#include "window_scene.h"

#include <QApplication>
#include <QPushButton>

namespace culvert {

class EscapeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void escapeClosesTheTopThing();
    void escapeRightAfterTypingKeepsTheDraft();
    void escapeLeavesACorrectionBeforeTheConversation();
    void escapeLeavesTheSearchThenTheRequest();
};

void EscapeTest::escapeClosesTheTopThing() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Lena", 1, ContactState::Accepted, kOnline);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    QTRY_VERIFY(scene.find<ComposerEdit>() && scene.find<ComposerEdit>()->hasFocus());
    QTest::keyClick(&*scene.window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(scene.find<AddContactDialog>());
    QTest::keyClick(scene.find<AddContactDialog>(), Qt::Key_Escape);
    QTRY_VERIFY(!scene.find<AddContactDialog>());
    QVERIFY(scene.find<ComposerEdit>()->isVisible());
    scene.window->activateWindow(); // a window manager does that when the dialog is gone
    QTRY_VERIFY(scene.find<ComposerEdit>()->hasFocus());
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(!scene.find<ComposerEdit>()->isVisible());
}

// Before the timer that keeps drafts: whoever hears of the draft looks at what is open then.
void EscapeTest::escapeRightAfterTypingKeepsTheDraft() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Abe", 1, ContactState::Accepted, kOnline);
    scene.core.put("Mia", 2, ContactState::Accepted, kOnline);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 2);
    scene.clickContact(0);
    QTRY_VERIFY(scene.find<ComposerEdit>() && scene.find<ComposerEdit>()->hasFocus());
    const ContactId first = scene.find<MainPage>()->current()->id;
    QTest::keyClicks(scene.find<ComposerEdit>(), QStringLiteral("hello"));
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(!scene.find<ComposerEdit>()->isVisible());
    QTRY_COMPARE(scene.core.contactNow(first).draft, std::string("hello"));
    scene.clickContact(0);
    QTRY_COMPARE(scene.find<ComposerEdit>()->toPlainText(), QStringLiteral("hello"));
    QTest::keyClicks(scene.find<ComposerEdit>(), QStringLiteral("!"));
    scene.clickContact(1);
    QTRY_COMPARE(scene.core.contactNow(first).draft, std::string("hello!"));
    QVERIFY(scene.find<ComposerEdit>()->toPlainText().isEmpty());
}

void EscapeTest::escapeLeavesACorrectionBeforeTheConversation() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    const ContactId lena = scene.core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    scene.core.putMessage(lena, MessageFrom::Me, "helo", 1000);
    scene.open();
    QTRY_COMPARE(scene.find<QListView>("contacts")->model()->rowCount(), 1);
    scene.clickContact(0);
    QTRY_VERIFY(scene.find<ComposerEdit>() && scene.find<ComposerEdit>()->hasFocus());
    QTRY_COMPARE(scene.messageCount(), 1);
    QTest::keyClick(scene.find<ComposerEdit>(), Qt::Key_Up);
    QVERIFY(scene.find<Composer>()->hasPurpose());
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(scene.find<ComposerEdit>()->isVisible());
    QVERIFY(!scene.find<Composer>()->hasPurpose());
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(!scene.find<ComposerEdit>()->isVisible());
}

void EscapeTest::escapeLeavesTheSearchThenTheRequest() {
    Scene scene;
    scene.core.state = ProfileState::Open;
    scene.core.put("Sam", 2, ContactState::Pending);
    scene.open();
    auto* list = scene.find<QListView>("contacts");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    scene.clickContact(0);
    QTRY_VERIFY(scene.find<QPushButton>("accept")->isVisible());
    QTest::keyClick(&*scene.window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(scene.window->focusWidget(), QStringLiteral("nobody"));
    QCOMPARE(list->model()->rowCount(), 0);
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(scene.find<QPushButton>("accept")->isVisible());
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(!scene.find<QPushButton>("accept")->isVisible());
}

} // namespace culvert

QTEST_MAIN(culvert::EscapeTest)
#include "escape_test.moc"
