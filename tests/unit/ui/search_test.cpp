// Search over all history: its line of text, its model, and the window that is driven by keys.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/conversation_model.h"
#include "ui/models/search_model.h"
#include "ui/style/theme.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTest>

namespace culvert {
namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
const Presence kOnline{true, PathKind::Native6, 24ms, Verdict::None};

/// What the snippet marks, between brackets.
QString marked(const char* text, const char* searched) {
    const SearchSnippet snippet = SearchSnippet::of(QString::fromUtf8(text), QString::fromUtf8(searched));
    QString out = snippet.line;
    for (auto span = snippet.spans.crbegin(); span != snippet.spans.crend(); ++span)
        out.insert(span->start + span->length, QLatin1Char(']')).insert(span->start, QLatin1Char('['));
    return out;
}

QStringList linesOf(const QAbstractItemModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines << model.index(row, 0).data(SearchModel::LineRole).toString();
    return lines;
}

/// A core that keeps the answers to searches back until a test lets them go.
class SlowSearch : public FakeMessenger {
public:
    std::vector<std::function<void()>> kept;

    void search(SearchRequest request, Reply<SearchPage> reply) override {
        kept.push_back([this, request, reply] { FakeMessenger::search(request, reply); });
    }
};

/// A window on two conversations.
struct Scene {
    FakeMessenger core;
    std::optional<MessengerBridge> bridge;
    std::optional<MainWindow> window;
    ContactId lena = FakeMessenger::key(1);
    ContactId tom = FakeMessenger::key(2);

    void open() {
        core.state = ProfileState::Open;
        core.put("Lena", 1, ContactState::Accepted, kOnline);
        core.put("Tom", 2, ContactState::Accepted, kOnline);
        core.putMessage(lena, MessageFrom::Them, "The tent is <b>wet</b>", 1000);
        for (int i = 0; i < 300; ++i)
            core.putMessage(lena, MessageFrom::Them, "and so on", 2000 + i);
        core.putMessage(tom, MessageFrom::Me, "Which tent?", 9000);
        bridge.emplace(core);
        window.emplace(*bridge, &FakeMessenger::check, nullptr);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&*window));
        QTRY_COMPARE(list("contacts")->model()->rowCount(), 2);
    }
    QListView* list(const char* name) const { return window->findChild<QListView*>(QString::fromLatin1(name)); }
    QLineEdit* field() const { return window->findChild<QLineEdit*>(QStringLiteral("search")); }
    QLabel* status() const { return window->findChild<QLabel*>(QStringLiteral("searchStatus")); }
    QString current() const {
        const auto contact = window->findChild<MainPage*>()->current();
        return contact ? QString::fromStdString(contact->name) : QString();
    }
    QString markedMessage() const {
        return list("messages")->currentIndex().data(ConversationModel::TextRole).toString();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(field(), key, modifiers); }
    void searchFor(const char* text) {
        QTest::keyClick(&*window, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(field(), QString::fromLatin1(text));
    }
};

} // namespace

class SearchTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void lineShowsWhatWasFound();
    void pagesComeWhenTheyAreAskedFor();
    void hitsAreBounded();
    void staleAnswersAreDropped();
    void hitsFollowWhatBecomesOfMessages();
    void errorsAreToldInWords();
    void keysGoThroughContactsAndMessages();
    void emptyResultIsToldInWords();
    void oneConversationAlone();
    void narrowWindowShowsTheMessage();
};

void SearchTest::lineShowsWhatWasFound() {
    QCOMPARE(marked("Bring the tent", "TEN"), QStringLiteral("Bring the [ten]t"));
    QCOMPARE(marked("content, tent", "tent"), QStringLiteral("content, [tent]"));
    QCOMPARE(marked("Über  Nacht\nim Café", "uber cafe"), QStringLiteral("[Über] Nacht im [Café]"));
    QCOMPARE(marked("<b>bold</b>", "bold"), QStringLiteral("<b>[bold]</b>"));
    QCOMPARE(marked("我们在东京见面", "东京"), QStringLiteral("我们在[东京]见面"));
    QCOMPARE(marked("one two three four five six seven", "seven"), QStringLiteral("…four five six [seven]"));
    QCOMPARE(marked("😀😀😀😀😀😀😀😀😀😀 word", "word"), QStringLiteral("…[word]"));
    QCOMPARE(marked("text", ""), QStringLiteral("text"));
    QCOMPARE(marked("", "word"), QString());
    const QString longText = QStringLiteral("find ") + QString(5000, QLatin1Char('x'));
    QCOMPARE(SearchSnippet::of(longText, QStringLiteral("find")).line.size(), SearchSnippet::kLineMax);
}

void SearchTest::pagesComeWhenTheyAreAskedFor() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    for (int i = 0; i < 70; ++i)
        core.putMessage(lena, MessageFrom::Them, "word " + std::to_string(i), i);
    MessengerBridge bridge(core);
    SearchModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setSearch(QStringLiteral("wor"), std::nullopt);
    QTRY_COMPARE(model.rowCount(), 50);
    QCOMPARE(model.index(0).data(SearchModel::LineRole).toString(), QStringLiteral("word 69"));
    model.fetchOlder();
    model.fetchOlder(); // One question at a time.
    QTRY_COMPARE(model.rowCount(), 70);
    QCOMPARE(model.index(69).data(SearchModel::LineRole).toString(), QStringLiteral("word 0"));
    QVERIFY(!model.isCutOff());
    model.setSearch({}, std::nullopt);
    QCOMPARE(model.rowCount(), 0);
}

void SearchTest::hitsAreBounded() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    for (std::size_t i = 0; i < SearchModel::kHitsMax + 60; ++i)
        core.putMessage(lena, MessageFrom::Them, "word", 1);
    MessengerBridge bridge(core);
    SearchModel model(bridge);
    model.setSearch(QStringLiteral("word"), std::nullopt);
    for (int rows = 50; rows <= static_cast<int>(SearchModel::kHitsMax); rows += 50) {
        QTRY_COMPARE(model.rowCount(), rows);
        model.fetchOlder();
    }
    QCoreApplication::processEvents();
    QCOMPARE(model.rowCount(), static_cast<int>(SearchModel::kHitsMax));
    QVERIFY(model.isCutOff());
}

void SearchTest::staleAnswersAreDropped() {
    SlowSearch core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    core.putMessage(lena, MessageFrom::Them, "apple", 1);
    core.putMessage(lena, MessageFrom::Them, "pear", 2);
    MessengerBridge bridge(core);
    SearchModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setSearch(QStringLiteral("apple"), std::nullopt);
    QTRY_COMPARE(core.kept.size(), 1U);
    model.setSearch(QStringLiteral("pear"), std::nullopt);
    QTRY_COMPARE(core.kept.size(), 2U);
    core.kept[1]();
    core.kept[0]();
    QTRY_COMPARE(linesOf(model), QStringList{QStringLiteral("pear")});
    QCoreApplication::processEvents();
    QCOMPARE(linesOf(model), QStringList{QStringLiteral("pear")});
}

void SearchTest::hitsFollowWhatBecomesOfMessages() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    const ContactId tom = core.put("Tom", 2, ContactState::Accepted).id;
    const MessageId first = core.putMessage(lena, MessageFrom::Them, "word one", 1).id;
    const MessageId second = core.putMessage(lena, MessageFrom::Them, "word two", 2).id;
    core.putMessage(tom, MessageFrom::Them, "word three", 3);
    MessengerBridge bridge(core);
    SearchModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setSearch(QStringLiteral("word"), std::nullopt);
    QTRY_COMPARE(model.rowCount(), 3);
    core.theyAmend(lena, {MessageFrom::Them, second}, AmendmentKind::Edit, "word 2");
    QTRY_COMPARE(linesOf(model)[1], QStringLiteral("word 2"));
    core.theyAmend(lena, {MessageFrom::Them, second}, AmendmentKind::Deletion, "");
    QTRY_COMPARE(model.rowCount(), 2);
    core.emitEvent(MessageErasedEvent{lena, {MessageFrom::Them, first}});
    QTRY_COMPARE(linesOf(model), QStringList{QStringLiteral("word three")});
    core.removeContact(tom, [](const Result<void>&) {});
    QTRY_COMPARE(model.rowCount(), 0);
}

void SearchTest::errorsAreToldInWords() {
    Scene scene;
    scene.open();
    scene.searchFor("ten");
    scene.core.nextError = Error{ErrorCode::IoFailure, "The disk does not answer."};
    QTRY_COMPARE(scene.status()->text(), QStringLiteral("The disk does not answer."));
    QVERIFY(scene.status()->isVisible());
}

void SearchTest::keysGoThroughContactsAndMessages() {
    Scene scene;
    scene.open();
    scene.searchFor("t"); // Tom, and both tents
    auto* hits = scene.list("hits");
    QTRY_COMPARE(hits->model()->rowCount(), 2);
    QCOMPARE(scene.list("contacts")->model()->rowCount(), 1);
    QVERIFY(scene.list("contacts")->isVisible() && hits->isVisible());
    scene.press(Qt::Key_Down);
    QCOMPARE(scene.current(), QStringLiteral("Tom"));
    QVERIFY(!hits->selectionModel()->hasSelection());
    scene.press(Qt::Key_Down);
    QCOMPARE(hits->currentIndex().row(), 0);
    QVERIFY(scene.field()->accessibleDescription().contains(QStringLiteral("Which tent?")));
    scene.press(Qt::Key_Up);
    QVERIFY(!hits->selectionModel()->hasSelection());
    scene.press(Qt::Key_Down);
    scene.press(Qt::Key_Down);
    QCOMPARE(hits->currentIndex().row(), 1);
    scene.press(Qt::Key_Return);
    QCOMPARE(scene.current(), QStringLiteral("Lena"));
    QTRY_COMPARE(scene.markedMessage(), QStringLiteral("The tent is <b>wet</b>"));
    QTRY_VERIFY(scene.list("messages")->hasFocus());
    QCOMPARE(scene.field()->text(), QStringLiteral("t")); // What was found stays.
    QCOMPARE(hits->model()->rowCount(), 2);
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QCOMPARE(scene.field()->text(), QString());
    QVERIFY(!hits->isVisible());
    QCOMPARE(scene.list("contacts")->model()->rowCount(), 2);
    QCOMPARE(scene.current(), QStringLiteral("Lena"));
}

void SearchTest::emptyResultIsToldInWords() {
    Scene scene;
    scene.open();
    scene.searchFor("zebra");
    QTRY_VERIFY(scene.status()->isVisible());
    QCOMPARE(scene.status()->text(), QStringLiteral("No message has words that begin so."));
    scene.press(Qt::Key_Down);
    scene.press(Qt::Key_Return);
    QCOMPARE(scene.current(), QString());
    QCOMPARE(scene.field()->text(), QStringLiteral("zebra"));
}

void SearchTest::oneConversationAlone() {
    Scene scene;
    scene.open();
    scene.window->findChild<MainPage*>()->choose(scene.lena);
    QTest::keyClick(&*scene.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(scene.field()->hasFocus());
    QVERIFY(scene.field()->accessibleName().contains(QStringLiteral("Lena")));
    QTest::keyClicks(scene.field(), QStringLiteral("tent"));
    QTRY_COMPARE(linesOf(*scene.list("hits")->model()), QStringList{QStringLiteral("The tent is <b>wet</b>")});
    QVERIFY(!scene.list("contacts")->isVisible());
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(scene.markedMessage(), QStringLiteral("The tent is <b>wet</b>"));
    QTest::keyClick(&*scene.window, Qt::Key_Escape);
    QVERIFY(scene.list("contacts")->isVisible());
    QVERIFY(!scene.field()->accessibleName().contains(QStringLiteral("Lena")));
}

void SearchTest::narrowWindowShowsTheMessage() {
    Scene scene;
    scene.open();
    scene.window->resize(500, 560);
    QTRY_COMPARE(scene.list("contacts")->width(), 72);
    scene.searchFor("wet");
    QTRY_COMPARE(scene.list("hits")->model()->rowCount(), 1);
    auto* hits = scene.list("hits");
    QTest::mouseClick(hits->viewport(), Qt::LeftButton, {}, hits->visualRect(hits->model()->index(0, 0)).center());
    QTRY_COMPARE(scene.markedMessage(), QStringLiteral("The tent is <b>wet</b>"));
    QVERIFY(!hits->isVisible());
    QTRY_COMPARE(scene.list("contacts")->width(), 72);
}

} // namespace culvert

QTEST_MAIN(culvert::SearchTest)
#include "search_test.moc"
