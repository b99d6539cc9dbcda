// What assistive programs are told of our widgets beside their names, and where the Tab key goes.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/theme.h"
#include "ui/widgets/accessible_roles.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/disclosure.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/search_field.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/first_run_page.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/request_card.h"
#include "ui/windows/settings_dialog.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

namespace culvert {

class AccessibilityTest : public QObject {
    Q_OBJECT

    static QAccessibleInterface* of(QObject* object) { return QAccessible::queryAccessibleInterface(object); }

private slots:
    void initTestCase() { installAccessibleRoles(); }
    void picturesWithANameAreImages();
    void cardsAreGroups();
    void whatOpensAndShutsSaysSo();
    void emptyingASearchHasAName();
    void toolTipsAreReadWithoutMarkup();
    void pagesOfTheSettingsStandBelowEachOther();
    void whatIsOnlyToldKeepsItsWordsForEverybody();
    void tabReachesAllOfTheWindow();
    void tabReachesTheChoiceOfProtection();
    void tabGoesThroughTheNewContactAsItIsRead();
    void tabGoesThroughAListAsItIsRead();
    void theFocusDoesNotFallOnWhatRemoves();
};

/// What Tab comes to in the active window, from where the focus is until it is there again.
QVector<QWidget*> tabStops() {
    constexpr int kStopsMax = 100;
    QVector<QWidget*> stops;
    while (stops.size() < kStopsMax && !stops.contains(QApplication::focusWidget())) {
        stops.append(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    return stops;
}

/// Names of what Tab should come to, and does not. Of radio buttons one is a stop, and arrows do the rest.
QStringList unreached(const QWidget* window, const QVector<QWidget*>& stops) {
    QStringList names;
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        const auto* radio = qobject_cast<const QRadioButton*>(widget);
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() && widget->isEnabled() &&
            widget->window() == window && widget->focusProxy() == nullptr && (radio == nullptr || radio->isChecked()) &&
            !stops.contains(widget))
            names << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->accessibleName();
    }
    return names;
}

/// The settings of an open profile, not shown yet.
struct OpenSettings {
    FakeMessenger core;
    MessengerBridge bridge{core};
    UiSettings kept{QString()};
    SettingsDialog dialog{bridge, kept, Desktop{&kept, nullptr, nullptr, false}, nullptr, true};
};

void AccessibilityTest::picturesWithANameAreImages() {
    QrView code;
    QCOMPARE(of(&code)->role(), QAccessible::Graphic);
    QVERIFY(!of(&code)->text(QAccessible::Name).isEmpty());
    IconLabel icon(IconId::Mute, 16, ColorRole::Secondary);
    QCOMPARE(of(&icon)->role(), QAccessible::Client);
    icon.setAccessibleName(QStringLiteral("muted"));
    QCOMPARE(of(&icon)->role(), QAccessible::Graphic);
}

void AccessibilityTest::cardsAreGroups() {
    QFrame card;
    QCOMPARE(of(&card)->role(), QAccessible::Grouping);
    QLabel label(QStringLiteral("words")); // A frame, too, in Qt's eyes.
    QCOMPARE(of(&label)->role(), QAccessible::StaticText);
    QScrollArea area;
    area.setAccessibleName(QStringLiteral("What was found out"));
    area.setWidget(new QPushButton(QStringLiteral("inside")));
    QCOMPARE(of(&area)->role(), QAccessible::Pane);
    QVERIFY(of(&area)->childCount() > 0);
}

void AccessibilityTest::whatOpensAndShutsSaysSo() {
    Disclosure button;
    button.setText(QStringLiteral("Show"));
    QAccessibleInterface* told = of(&button);
    QCOMPARE(told->role(), QAccessible::Button);
    QCOMPARE(told->text(QAccessible::Name), QStringLiteral("Show"));
    QVERIFY(told->state().expandable && told->state().collapsed);
    told->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(button.isChecked());
    QVERIFY(told->state().expanded && !told->state().collapsed);
}

void AccessibilityTest::toolTipsAreReadWithoutMarkup() {
    ElidedLabel label(QStringLiteral("strong"));
    label.setWholeText(QStringLiteral("Ann <3 & Ben"));
    QCOMPARE(of(&label)->text(QAccessible::Description), QStringLiteral("Ann <3 & Ben"));
}

void AccessibilityTest::emptyingASearchHasAName() {
    SearchField field;
    const auto buttons = field.findChildren<QToolButton*>();
    QCOMPARE(buttons.size(), 1);
    QVERIFY(!of(buttons.first())->text(QAccessible::Name).isEmpty());
}

// A screen reader asks where a page stands as soon as there is one, before the dialog shows and has its style.
void AccessibilityTest::pagesOfTheSettingsStandBelowEachOther() {
    Theme::apply(*qApp, Scheme::Light);
    OpenSettings settings;
    const auto* pages = settings.dialog.findChild<QListWidget*>(QStringLiteral("settingsPages"));
    QVERIFY(pages->visualItemRect(pages->item(1)).isValid());
    settings.dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&settings.dialog));
    for (int row = 1; row < pages->count(); ++row) {
        const QRect above = pages->visualItemRect(pages->item(row - 1));
        QVERIFY2(pages->visualItemRect(pages->item(row)).top() > above.bottom(), "the rows stand in each other");
    }
}

void AccessibilityTest::whatIsOnlyToldKeepsItsWordsForEverybody() {
    OpenSettings settings;
    auto* version = settings.dialog.findChild<QLabel*>(QStringLiteral("version"));
    QCOMPARE(of(version)->text(QAccessible::Name), version->text());
}

void AccessibilityTest::tabReachesAllOfTheWindow() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    UiSettings kept{QString()};
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&kept, nullptr, nullptr, false});
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_COMPARE(window.findChild<MainPage*>()->contacts().size(), std::size_t{1});
    QCOMPARE(unreached(&window, tabStops()), QStringList());
    window.openContact(lena);
    QTRY_VERIFY(window.findChild<ComposerEdit*>()->isVisible());
    QCOMPARE(unreached(&window, tabStops()), QStringList());
}

void AccessibilityTest::theFocusDoesNotFallOnWhatRemoves() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    const ContactId tom = core.put("Tom", 2, ContactState::Requested, {true}).id;
    MessengerBridge bridge(core);
    UiSettings kept{QString()};
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&kept, nullptr, nullptr, false});
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_COMPARE(window.findChild<MainPage*>()->contacts().size(), std::size_t{2});
    window.openContact(lena);
    window.findChild<ComposerEdit*>()->setFocus();
    window.openContact(tom);
    QVERIFY(window.findChild<RequestCard*>()->isVisible());
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("contacts"));
    bool isTold = false;
    for (const QLabel* label : window.findChild<RequestCard*>()->findChildren<QLabel*>())
        isTold = isTold || label->text().startsWith(QStringLiteral("Your request has reached them."));
    QVERIFY(isTold);
    core.theyAccept(tom);
    QTRY_VERIFY2(window.findChild<ComposerEdit*>()->hasFocus(), "one waited for this: one may write at once");
}

void AccessibilityTest::tabReachesTheChoiceOfProtection() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    FirstRunPage page(bridge, nullptr);
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Ida"));
    page.findChild<QPushButton*>(QStringLiteral("next"))->click();
    QTRY_VERIFY(page.findChild<QLineEdit*>(QStringLiteral("passphrase"))->hasFocus());
    QCOMPARE(unreached(&page, tabStops()), QStringList());
}

void AccessibilityTest::tabGoesThroughTheNewContactAsItIsRead() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    AddContactDialog dialog(bridge, &FakeMessenger::check);
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.setText(QStringLiteral("culvert:") + QString(52, QLatin1Char('a')));
    QVERIFY(dialog.findChild<QPushButton*>(QStringLiteral("sendRequest"))->isEnabled());
    dialog.findChild<QPlainTextEdit*>(QStringLiteral("address"))->setFocus();
    const QVector<QWidget*> stops = tabStops();
    QCOMPARE(unreached(&dialog, stops), QStringList());
    for (qsizetype i = 1; i < stops.size(); ++i) {
        const QPoint before = stops[i - 1]->mapTo(&dialog, QPoint());
        const QPoint after = stops[i]->mapTo(&dialog, QPoint());
        QVERIFY2(after.y() > before.y() || after.x() > before.x(), "a step back");
    }
}

void AccessibilityTest::tabGoesThroughAListAsItIsRead() {
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* before = new QPushButton(QStringLiteral("before"), &window);
    ListManners manners;
    manners.mayBeEmpty = true; // The button may be pressed at any time.
    auto* list = new ListEditor({QStringLiteral("Host"), QStringLiteral("Add"), QStringLiteral("Remove"), {}}, manners,
                                &window);
    for (QWidget* each : {static_cast<QWidget*>(before), static_cast<QWidget*>(list)})
        column->addWidget(each);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    for (const QVector<ListEntry>& entries : {QVector<ListEntry>{{QStringLiteral("1"), QStringLiteral("one"), {}}},
                                              QVector<ListEntry>{{QStringLiteral("1"), QStringLiteral("one"), {}},
                                                                 {QStringLiteral("2"), QStringLiteral("two"), {}}}}) {
        list->setEntries(entries);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        before->setFocus();
        QStringList names;
        for (const QWidget* stop : tabStops())
            names << stop->accessibleName();
        QStringList wanted{QString()};
        for (const ListEntry& entry : entries)
            wanted << QStringLiteral("Remove: ") + entry.title;
        QCOMPARE(names, wanted << QStringLiteral("Host") << QStringLiteral("Add: Host"));
    }
}

} // namespace culvert

QTEST_MAIN(culvert::AccessibilityTest)
#include "accessibility_test.moc"
