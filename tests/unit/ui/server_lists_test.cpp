// The one editor of lists of servers: what it says of them, and how they are put in order.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"
#include "ui/windows/server_lists.h"

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace culvert {
namespace {

/// Three third parties, in a window of their own.
struct Scene {
    FakeMessenger core;
    std::optional<MessengerBridge> bridge;
    QWidget window;
    ListEditor* list = nullptr;

    Scene() {
        for (const char* key : {"aaa", "bbb", "ccc"})
            core.network.thirdParties.push_back({"", key, true, 20ms, ""});
        bridge.emplace(core);
        list = makeThirdPartyList(*bridge, ListPlace::Panel, &window);
        window.resize(500, 500);
        list->resize(500, 500);
        window.show();
        window.activateWindow();
    }
    QToolButton* button(const char* entry, const char* name) const {
        const auto* frame = list->findChild<QWidget*>(QLatin1String(entry));
        return frame != nullptr ? frame->findChild<QToolButton*>(QLatin1String(name)) : nullptr;
    }
};

} // namespace

class ServerListsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void thirdPartiesAreMovedByButtonsKeysAndDragging();
    void theFocusStaysWhereItIsWhileNothingChanges();
    void whatIsTypedIsAddedOnceItIsSomething();
};

void ServerListsTest::thirdPartiesAreMovedByButtonsKeysAndDragging() {
    Scene scene;
    ListEditor* list = scene.list;
    const auto order = [&] {
        std::string out;
        for (const ThirdPartyStatus& party : scene.core.network.thirdParties)
            out += party.key.front();
        return out;
    };
    const auto button = [&](const char* entry, const char* name) { return scene.button(entry, name); };
    QTRY_VERIFY(list->findChild<QWidget*>(QStringLiteral("ccc")));
    QVERIFY(!button("aaa", "up")->isEnabled() && button("aaa", "down")->isEnabled());
    QVERIFY(!button("ccc", "down")->isEnabled());
    button("aaa", "down")->setFocus();
    button("aaa", "down")->click();
    QTRY_COMPARE(order(), "bac");
    QTRY_VERIFY(button("aaa", "up")->isEnabled());
    QCOMPARE(QApplication::focusWidget(), button("aaa", "down"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE(order(), "bca");
    QTRY_VERIFY(!button("aaa", "down")->isEnabled());
    QCOMPARE(QApplication::focusWidget(), button("aaa", "up")); // down leads nowhere now
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE(order(), "bac");
    QTRY_VERIFY(button("aaa", "down")->isEnabled());
    const auto drop = [&](const char* entry, const QPoint& at) {
        QMimeData data;
        data.setData(QStringLiteral("application/x-culvert-list-entry"), entry);
        QDragEnterEvent enter(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(list, &enter);
        if (!enter.isAccepted())
            return;
        QDragMoveEvent over(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(list, &over);
        QDropEvent event(at, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(list, &event);
    };
    drop("ccc", {20, 0});
    QTRY_COMPARE(order(), "cba");
    QTRY_VERIFY(button("ccc", "down")->isEnabled() && !button("ccc", "up")->isEnabled());
    drop("ccc", {20, list->height()});
    QTRY_COMPARE(order(), "bac");
    QTRY_VERIFY(!button("ccc", "down")->isEnabled());
    drop("somebody else's", {20, 0});
    drop("bbb", {20, 0});
    QCOMPARE(order(), "bac");
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    button("aaa", "up")->click();
    QTRY_VERIFY(list->findChild<ErrorLabel*>()->text().contains(QStringLiteral("disk")));
}

void ServerListsTest::theFocusStaysWhereItIsWhileNothingChanges() {
    Scene scene;
    QTRY_VERIFY(scene.button("bbb", "remove"));
    QToolButton* remove = scene.button("bbb", "remove");
    remove->setFocus();
    QTest::qWait(2200); // it was asked for anew
    QCOMPARE(QApplication::focusWidget(), remove);
    QCOMPARE(remove->accessibleName(), QStringLiteral("Remove: Key bbb …"));
    scene.core.network.thirdParties[1].registered = false;
    QTRY_VERIFY(scene.button("bbb", "remove") != remove);
    QTRY_COMPARE(QApplication::focusWidget(), scene.button("bbb", "remove"));
    scene.list->findChild<QLineEdit*>()->setText(QStringLiteral("x")); // Now "Add" is one, too.
    const QVector<QWidget*> stops = scene.list->stops();
    QCOMPARE(stops.size(), 3 * 3 - 2 + 2); // two lead nowhere
    for (qsizetype i = 1; i < stops.size(); ++i) {
        QWidget* next = stops[i - 1]->nextInFocusChain();
        while (!(next->focusPolicy() & Qt::TabFocus) || !next->isEnabled())
            next = next->nextInFocusChain();
        QCOMPARE(next, stops[i]);
    }
}

void ServerListsTest::whatIsTypedIsAddedOnceItIsSomething() {
    Scene scene;
    QSignalSpy settled(scene.list, &ListEditor::settled);
    auto* field = scene.list->findChild<QLineEdit*>();
    auto* add = scene.list->findChild<QPushButton*>(QStringLiteral("add"));
    QVERIFY(!add->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    field->setText(QStringLiteral("nonsense"));
    QVERIFY(add->isEnabled());
    add->click();
    QTRY_VERIFY(!scene.list->findChild<ErrorLabel*>()->text().isEmpty());
    QCOMPARE(field->text(), QStringLiteral("nonsense"));
    QVERIFY(settled.isEmpty());
    field->setText(QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(9))));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(settled.size(), 1);
    QCOMPARE(scene.core.network.thirdParties.size(), std::size_t{4});
    QVERIFY(field->text().isEmpty());
}

} // namespace culvert

QTEST_MAIN(culvert::ServerListsTest)
#include "server_lists_test.moc"
