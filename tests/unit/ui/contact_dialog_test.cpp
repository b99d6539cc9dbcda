// A contact's page: the ways, why one is in use, what happened, what is to be expected, and trying again.
#include "fake_messenger.h"
#include "tests/support/connection_cases.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/style/theme.h"
#include "ui/widgets/event_list.h"
#include "ui/widgets/path_wording.h"
#include "ui/widgets/sparkline.h"
#include "ui/windows/contact_dialog.h"

#include <QApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

namespace culvert {
namespace {

/// The page of one contact before a scripted core.
struct Page {
    FakeMessenger core;
    std::optional<MessengerBridge> bridge;
    QPointer<ContactDialog> dialog;

    Page(const ConnectionInfo& connection, const Presence& presence) {
        core.state = ProfileState::Open;
        core.known = connection;
        const Contact& lena = core.put("Lena", 1, ContactState::Accepted, presence);
        bridge.emplace(core);
        dialog = new ContactDialog(*bridge, lena);
        dialog->show();
    }
    ~Page() { delete dialog; }
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    QTableWidget* table() const { return dialog->findChild<QTableWidget*>(); }
    QString cell(int row, int column) const { return table()->item(row, column)->text(); }
    QString why() const { return dialog->findChild<QLabel*>(QStringLiteral("why"))->text(); }
    bool says(const QString& words) const {
        const auto labels = dialog->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisible() && label->text().remove(QChar(0x200B)).contains(words);
        });
    }
};

const Presence kOnline{true, PathKind::Native6, 24ms, Verdict::None, {}};

} // namespace

class ContactDialogTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void showsEveryWayAndWhatCameOfIt();
    void saysWhyTheWayInUseWasChosen();
    void showsTheGraphInWordsAsWell();
    void foretellsWhereThereIsNoConnection();
    void showsWhatHappenedNewestFirst();
    void looksOnOnceASecond();
    void triesAgain();
    void everyReasonAndMomentHasWords();
};

void ContactDialogTest::showsEveryWayAndWhatCameOfIt() {
    Page page(cases::connected(), kOnline);
    QTRY_COMPARE(page.table()->rowCount(), 5);
    QCOMPARE(page.cell(0, 0), QStringLiteral("IPv6\n[2001:db8:77:2::10]:50112"));
    QCOMPARE(page.cell(0, 1), QStringLiteral("in use"));
    QVERIFY(page.cell(0, 2).endsWith(QStringLiteral("s ago")));
    QCOMPARE(page.cell(0, 3), QStringLiteral("24 ms"));
    QCOMPARE(page.cell(0, 5), QStringLiteral("told while connected"));
    QCOMPARE(page.cell(1, 1), QStringLiteral("works"));
    QCOMPARE(page.cell(2, 1), QStringLiteral("only measured"));
    QCOMPARE(page.cell(3, 1), QStringLiteral("no answer"));
    QCOMPARE(page.cell(3, 4), QStringLiteral("–"));
    QCOMPARE(page.cell(4, 1), QStringLiteral("no way there"));
}

void ContactDialogTest::saysWhyTheWayInUseWasChosen() {
    Page page(cases::connected(), kOnline);
    QTRY_COMPARE(page.why(), QStringLiteral("This way is faster than the next best one."));
}

void ContactDialogTest::showsTheGraphInWordsAsWell() {
    Page page(cases::connected(), kOnline);
    const auto* graph = page.dialog->findChild<Sparkline*>();
    QTRY_VERIFY(graph->isVisible());
    QTRY_VERIFY2(graph->sentence().contains(QStringLiteral("2 of 60 probes were lost")), qPrintable(graph->sentence()));
    QCOMPARE(graph->accessibleDescription(), graph->sentence());
    QVERIFY(page.says(graph->sentence()));
    QCOMPARE(summaryOf({}).answered, 0U);
}

void ContactDialogTest::foretellsWhereThereIsNoConnection() {
    Page page(cases::unreachable(), {false, PathKind::None, {}, Verdict::Connecting, {}});
    QTRY_VERIFY2(page.why().contains(QStringLiteral("switches on UPnP")), qPrintable(page.why()));
    QVERIFY2(page.why().startsWith(QStringLiteral("By all that is known of both networks you cannot meet.")),
             qPrintable(page.why()));
    QVERIFY(!page.dialog->findChild<Sparkline*>()->isVisible());
    page.core.known.outlook = PairOutlook{
        Answer::Yes, PathKind::Punched4, Helper::ThirdParty, Obstacle::None, Remedy::None, Side::Either, false};
    QTRY_VERIFY2(page.why().contains(QStringLiteral("A third party has to tell")), qPrintable(page.why()));
}

void ContactDialogTest::showsWhatHappenedNewestFirst() {
    Page page(cases::connected(), kOnline);
    QTRY_VERIFY(page.says(QStringLiteral("Another way took over: IPv6, [2001:db8:77:2::10]:50112.")));
    QVERIFY(page.says(QStringLiteral("(3 times)")));
    page.core.known.history.clear();
    QTRY_VERIFY(page.says(QStringLiteral("Nothing has happened since the start.")));
}

void ContactDialogTest::looksOnOnceASecond() {
    Page page(cases::connected(), kOnline);
    QTRY_VERIFY(page.core.watched >= 2);
    page.dialog->hide();
    page.core.watched = page.core.asked = 0;
    QTRY_VERIFY(page.core.asked > 0);
    QCOMPARE(page.core.watched, 0);
}

void ContactDialogTest::triesAgain() {
    Page page(cases::unreachable(), {false, PathKind::None, {}, Verdict::NoAnswer, {}});
    QTest::mouseClick(page.dialog->findChild<QPushButton*>(QStringLiteral("tryAgain")), Qt::LeftButton);
    QTRY_COMPARE(page.core.triedAnew, 1);
}

void ContactDialogTest::everyReasonAndMomentHasWords() {
    for (int i = 1; i <= static_cast<int>(PathReason::OtherSilent); ++i)
        QVERIFY(!PathWording::reason(static_cast<PathReason>(i)).isEmpty());
    for (int i = 0; i <= static_cast<int>(MomentKind::TriedAnew); ++i)
        QVERIFY(!PathWording::moment({static_cast<MomentKind>(i), {1}}).isEmpty());
    for (int i = 0; i <= static_cast<int>(PathSource::Link); ++i)
        QVERIFY(!PathWording::source(static_cast<PathSource>(i)).isEmpty());
}

} // namespace culvert

QTEST_MAIN(culvert::ContactDialogTest)
#include "contact_dialog_test.moc"
