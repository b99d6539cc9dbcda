// A conversation, driven by keys and mouse as a person drives it.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/conversation_model.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/emoji_picker.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_delegate.h"
#include "ui/widgets/message_list.h"
#include "ui/windows/conversation_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace culvert {
namespace {

const Presence kOnline{true, PathKind::Native6, 24ms, Verdict::None};
constexpr std::int64_t kNoon = 1'760'000'000'000;

/// A conversation with Lena before a scripted core.
struct Talk {
    FakeMessenger core;
    ContactId lena = FakeMessenger::key(1);
    std::optional<MessengerBridge> bridge;
    std::optional<ConversationView> view;

    Talk() { core.put("Lena", 1, ContactState::Accepted, kOnline); }
    MessageRef put(MessageFrom from, const std::string& text) {
        const auto& all = core.conversation(lena);
        const std::int64_t at = all.empty() ? kNoon : all.back().sentAt.milliseconds + 1000;
        return {from, core.putMessage(lena, from, text, at).id};
    }
    void open(int width = 600) {
        bridge.emplace(core);
        view.emplace(*bridge);
        view->resize(width, 500);
        view->show();
        view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&*view));
        QSignalSpy loaded(model(), &ConversationModel::loaded);
        view->setContact(core.contactNow(lena));
        QVERIFY(loaded.wait());
        QObject::connect(&*bridge, &MessengerBridge::contactChanged, &*view,
                         [this](const Contact& contact) { view->setContact(contact); });
    }
    MessageList* list() const { return static_cast<MessageList*>(view->list()); }
    ConversationModel* model() const { return static_cast<ConversationModel*>(view->list()->model()); }
    ComposerEdit* edit() const { return view->composer()->edit(); }
    QVariant at(int row, int role) const { return model()->index(row).data(role); }
    void type(const QString& text) const {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
    }
    void key(Qt::Key which, int row) const {
        list()->setFocus();
        list()->setCurrentIndex(model()->index(row));
        QTest::keyClick(list(), which);
    }
    const Message& last() { return core.conversation(lena).back(); }
    QAction* actionOf(const char* menu, const QString& words) const {
        for (const QMenu* one : view->findChildren<QMenu*>(QString::fromLatin1(menu)))
            for (QAction* action : one->actions())
                if (action->text() == words)
                    return action;
        return nullptr;
    }
    /// Where the middle of the row's bubble is.
    QPoint inBubble(int row) const {
        const QModelIndex index = model()->index(row);
        const auto* delegate = static_cast<const MessageDelegate*>(list()->itemDelegate());
        const QRect place = list()->visualRect(index);
        const MessageLayout& layout =
            delegate->layoutOf(index, list()->font(), list()->layoutDirection(), place.width());
        return place.topLeft() + layout.bubble().topLeft() + QPoint(16, 16);
    }
};

/// Takes the links that would be opened.
class Browser : public QObject {
    Q_OBJECT

public:
    QUrl opened;
    Browser() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }

public slots:
    void open(const QUrl& url) { opened = url; }
};

} // namespace

class ConversationTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("culvert-test"));
        QSettings().clear();
        Icons::initialize();
        Theme::apply(*qApp, Scheme::Light);
    }
    void aReplyNamesWhatItRepliesTo();
    void upEditsTheLastMessageAndCancelBringsTheDraftBack();
    void deletingAsksAndLeavesAMark();
    void reactionsAreAKeyAway();
    void whatTheOtherEndDoesNotKnowIsNotOffered();
    void aLinkIsOpenedAsItIsWritten();
    void aContactsAddressIsOfferedNotOpened();
    void aQuoteLeadsToItsMessage();
    void textCanBeSelectedAndCopied();
    void aHundredThousandMessagesTakeNoMoreThanAFewPages();
    void whatOneReadsStaysInItsPlace();
    void theJumpButtonCountsWhatArrived();
    void newMessagesStandBelowALine();
    void typingIsTellingAndTold();
    void draftsAreKeptAndComeBack();
    void mutingAndTimersAreInTheMenu();
    void screenReadersHearEverything();
    void theEmojiPickerFindsAndRemembers();
    void itWorksFromRightToLeft();
    void rowsFollowTheWidth();
    void largeTextHasRoom();
    void everyActionOfTheWindowDoesIt();
};

void ConversationTest::aReplyNamesWhatItRepliesTo() {
    Talk talk;
    const MessageRef question = talk.put(MessageFrom::Them, "When do we meet?");
    talk.open();
    talk.key(Qt::Key_R, 0);
    QVERIFY(talk.view->composer()->hasPurpose());
    QVERIFY(talk.edit()->hasFocus());
    talk.type(QStringLiteral("At eight"));
    QTest::keyClick(talk.edit(), Qt::Key_Return);
    QTRY_COMPARE(talk.model()->rowCount(), 2);
    QVERIFY(talk.last().replyTo == question);
    QVERIFY(!talk.view->composer()->hasPurpose());
    QCOMPARE(talk.at(1, ConversationModel::QuoteRole).toString(), QStringLiteral("When do we meet?"));
    QCOMPARE(talk.at(1, ConversationModel::QuoteAuthorRole).toString(), QStringLiteral("Lena"));
    talk.core.theyAmend(talk.lena, question, AmendmentKind::Edit, "Where do we meet?");
    QTRY_COMPARE(talk.at(1, ConversationModel::QuoteRole).toString(), QStringLiteral("Where do we meet?"));
}

void ConversationTest::upEditsTheLastMessageAndCancelBringsTheDraftBack() {
    Talk talk;
    talk.put(MessageFrom::Me, "helo");
    talk.put(MessageFrom::Them, "hi");
    talk.open();
    talk.edit()->setFocus();
    QTest::keyClick(talk.edit(), Qt::Key_Up);
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("helo"));
    talk.edit()->selectAll();
    talk.type(QStringLiteral("hello"));
    QTest::keyClick(talk.edit(), Qt::Key_Return);
    QTRY_COMPARE(talk.at(0, ConversationModel::TextRole).toString(), QStringLiteral("hello"));
    QVERIFY(talk.at(0, ConversationModel::EditedRole).toDateTime().isValid());
    QVERIFY(talk.edit()->toPlainText().isEmpty());
    talk.type(QStringLiteral("half a sentence"));
    talk.key(Qt::Key_E, 1);
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("half a sentence")); // Theirs is not ours to edit.
    talk.key(Qt::Key_E, 0);
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("hello"));
    QTest::mouseClick(talk.view->findChild<QAbstractButton*>(QStringLiteral("cancelPurpose")), Qt::LeftButton);
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("half a sentence"));
    QCOMPARE(talk.core.conversation(talk.lena).size(), std::size_t{2});
}

void ConversationTest::deletingAsksAndLeavesAMark() {
    Talk talk;
    talk.put(MessageFrom::Me, "mine");
    talk.put(MessageFrom::Them, "theirs");
    talk.open();
    const auto answer = [&](const char* words) {
        QTRY_VERIFY(talk.view->findChild<QMessageBox*>(QStringLiteral("deleteMessage")));
        auto* box = talk.view->findChild<QMessageBox*>(QStringLiteral("deleteMessage"));
        QAbstractButton* chosen = nullptr;
        for (QAbstractButton* button : box->buttons())
            if (button->text() == QLatin1String(words))
                chosen = button;
        QVERIFY(chosen);
        QTest::mouseClick(chosen, Qt::LeftButton);
        QTRY_VERIFY(!talk.view->findChild<QMessageBox*>(QStringLiteral("deleteMessage")));
    };
    talk.key(Qt::Key_Delete, 0);
    answer("Cancel");
    QVERIFY(!talk.at(0, ConversationModel::DeletedRole).toBool());
    talk.key(Qt::Key_Delete, 0);
    answer("Delete for both");
    QTRY_VERIFY(talk.at(0, ConversationModel::DeletedRole).toBool());
    QVERIFY(talk.at(0, ConversationModel::TextRole).toString().isEmpty());
    talk.key(Qt::Key_Delete, 1);
    QTRY_VERIFY(talk.view->findChild<QMessageBox*>(QStringLiteral("deleteMessage")));
    for (const QAbstractButton* button : talk.view->findChild<QMessageBox*>()->buttons())
        QVERIFY(button->text() != QLatin1String("Delete for both"));
    answer("Delete for me");
    QTRY_COMPARE(talk.model()->rowCount(), 1);
}

void ConversationTest::reactionsAreAKeyAway() {
    Talk talk;
    talk.put(MessageFrom::Them, "It works!");
    talk.open();
    talk.key(Qt::Key_Plus, 0);
    QTRY_VERIFY(talk.view->findChild<QMenu*>(QStringLiteral("reactions")));
    QTest::keyClick(talk.view->findChild<QMenu*>(QStringLiteral("reactions")), Qt::Key_Return);
    QTRY_COMPARE(talk.at(0, ConversationModel::MyReactionRole).toString(), QStringLiteral("👍"));
    talk.core.theyAmend(talk.lena, talk.model()->refAt(0), AmendmentKind::Reaction, "😂");
    QTRY_COMPARE(talk.at(0, ConversationModel::TheirReactionRole).toString(), QStringLiteral("😂"));
    // A click on a pill takes ours back.
    const QRect row = talk.list()->visualRect(talk.model()->index(0));
    QTest::mouseClick(talk.list()->viewport(), Qt::LeftButton, {}, row.bottomLeft() + QPoint(16 + 8 + 8, -8));
    QTRY_VERIFY(talk.at(0, ConversationModel::MyReactionRole).toString().isEmpty());
    QCOMPARE(talk.at(0, ConversationModel::TheirReactionRole).toString(), QStringLiteral("😂"));
}

void ConversationTest::whatTheOtherEndDoesNotKnowIsNotOffered() {
    Talk talk;
    talk.put(MessageFrom::Me, "mine");
    talk.core.put("Lena", 1, ContactState::Accepted, kOnline).knowsAmendments = false;
    talk.open();
    talk.key(Qt::Key_R, 0);
    talk.key(Qt::Key_E, 0);
    talk.key(Qt::Key_Plus, 0);
    QVERIFY(!talk.view->composer()->hasPurpose());
    QVERIFY(!talk.view->findChild<QMenu*>(QStringLiteral("reactions")));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(&*talk.view, &event);
    QTRY_VERIFY(talk.view->findChild<QMenu*>(QStringLiteral("messageMenu")));
    QVERIFY2(talk.view->findChild<QMenu*>(QStringLiteral("messageMenu"))->activeAction(),
             "nobody hears of it otherwise");
    QVERIFY(!talk.actionOf("messageMenu", QStringLiteral("Reply")));
    QVERIFY(!talk.actionOf("messageMenu", QStringLiteral("Delete for both")));
    QVERIFY(talk.actionOf("messageMenu", QStringLiteral("Delete for me")));
    QVERIFY(talk.actionOf("messageMenu", QStringLiteral("Copy text")));
}

void ConversationTest::aLinkIsOpenedAsItIsWritten() {
    Talk talk;
    Browser browser;
    talk.put(MessageFrom::Them, "https://example.org/a?b=%20c");
    talk.open();
    QTest::mouseClick(talk.list()->viewport(), Qt::LeftButton, {}, talk.inBubble(0));
    QTRY_COMPARE(browser.opened, QUrl(QStringLiteral("https://example.org/a?b=%20c")));
}

void ConversationTest::aContactsAddressIsOfferedNotOpened() {
    Talk talk;
    talk.put(MessageFrom::Them, "culvert:abcdefgh");
    talk.open();
    QSignalSpy asked(&*talk.view, &ConversationView::addRequested);
    QTest::mouseClick(talk.list()->viewport(), Qt::LeftButton, {}, talk.inBubble(0));
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("culvert:abcdefgh"));
}

void ConversationTest::aQuoteLeadsToItsMessage() {
    Talk talk;
    const MessageRef first = talk.put(MessageFrom::Them, "the first of all");
    for (int i = 0; i < 2000; ++i)
        talk.put(MessageFrom::Me, std::to_string(i));
    talk.core.conversation(talk.lena);
    talk.put(MessageFrom::Me, "as you said");
    const_cast<Message&>(talk.last()).replyTo = first; // NOLINT: as it was stored before
    talk.open();
    QTRY_COMPARE(talk.at(talk.model()->rowCount() - 1, ConversationModel::QuoteRole).toString(),
                 QStringLiteral("the first of all"));
    QTest::mouseClick(talk.list()->viewport(), Qt::LeftButton, {}, talk.inBubble(talk.model()->rowCount() - 1));
    QTRY_VERIFY(talk.model()->rowOf(first) >= 0);
    QTRY_COMPARE(talk.list()->currentIndex().row(), talk.model()->rowOf(first));
    QVERIFY(talk.list()->viewport()->rect().intersects(talk.list()->visualRect(talk.list()->currentIndex())));
    QVERIFY(talk.model()->hasNewer());
    QTest::keyClick(talk.list(), Qt::Key_End);
    QTRY_VERIFY(!talk.model()->hasNewer());
    QTRY_VERIFY(talk.list()->isFollowing());
}

void ConversationTest::textCanBeSelectedAndCopied() {
    Talk talk;
    talk.put(MessageFrom::Them, "select some words here");
    talk.open();
    QWidget* viewport = talk.list()->viewport();
    const QPoint start = talk.inBubble(0) - QPoint(6, 0);
    QTest::mouseDClick(viewport, Qt::LeftButton, {}, start + QPoint(4, 0));
    QCOMPARE(talk.list()->selectedText(), QStringLiteral("select"));
    talk.list()->setFocus();
    QTest::keySequence(talk.list(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("select"));
    QTest::mousePress(viewport, Qt::LeftButton, {}, start);
    for (int x = 0; x <= 400; x += 40) {
        QMouseEvent move(QEvent::MouseMove, start + QPoint(x, 0), viewport->mapToGlobal(start + QPoint(x, 0)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(viewport, &move);
    }
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, start + QPoint(400, 0));
    QCOMPARE(talk.list()->selectedText(), QStringLiteral("select some words here"));
    QTest::keyClick(talk.list(), Qt::Key_Escape);
    QVERIFY(talk.list()->selectedText().isEmpty());
    QTest::keySequence(talk.list(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("select some words here"));
}

void ConversationTest::aHundredThousandMessagesTakeNoMoreThanAFewPages() {
    Talk talk;
    for (int i = 0; i < 100'000; ++i)
        talk.put(i % 3 == 0 ? MessageFrom::Them : MessageFrom::Me, std::to_string(i));
    talk.open();
    const QAbstractItemModelTester tester(talk.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QScrollBar* bar = talk.list()->verticalScrollBar();
    const auto number = [&](int row) { return talk.at(row, ConversationModel::TextRole).toString().toInt(); };
    for (int pages = 0; pages < 20; ++pages) {
        const int before = number(0);
        bar->setValue(0);
        QTRY_VERIFY(number(0) < before);
        QVERIFY(talk.model()->rowCount() <= static_cast<int>(ConversationModel::kRowsMax));
    }
    QVERIFY(talk.model()->hasNewer());
    for (int row = 1; row < talk.model()->rowCount(); ++row)
        QCOMPARE(number(row), number(row - 1) + 1);
    for (int pages = 0; pages < 40 && talk.model()->hasNewer(); ++pages) {
        const int before = number(talk.model()->rowCount() - 1);
        bar->setValue(bar->maximum());
        QTRY_VERIFY(!talk.model()->hasNewer() || number(talk.model()->rowCount() - 1) > before);
        QVERIFY(talk.model()->rowCount() <= static_cast<int>(ConversationModel::kRowsMax));
    }
    QCOMPARE(number(talk.model()->rowCount() - 1), 99'999);
}

void ConversationTest::whatOneReadsStaysInItsPlace() {
    Talk talk;
    for (int i = 0; i < 3000; ++i)
        talk.put(MessageFrom::Me, std::to_string(i) + (i % 5 == 0 ? " and\nmore\nlines" : ""));
    talk.open();
    QScrollBar* bar = talk.list()->verticalScrollBar();
    for (int pages = 0; pages < 10; ++pages) {
        bar->setValue(300);
        const QPersistentModelIndex seen = talk.list()->indexAt(QPoint(300, 10));
        QVERIFY(seen.isValid());
        const int top = talk.list()->visualRect(seen).top();
        const int rows = talk.model()->rowCount();
        const auto first = talk.model()->refAt(0);
        QTRY_VERIFY(talk.model()->rowOf(first) != 0);
        QTRY_VERIFY(rows == talk.model()->rowCount() || rows < talk.model()->rowCount());
        QCOMPARE(talk.list()->visualRect(seen).top(), top);
    }
}

void ConversationTest::theJumpButtonCountsWhatArrived() {
    Talk talk;
    for (int i = 0; i < 200; ++i)
        talk.put(MessageFrom::Me, std::to_string(i));
    talk.open();
    QVERIFY(!talk.list()->jumpButton()->isVisible());
    talk.list()->verticalScrollBar()->setValue(0);
    QVERIFY(talk.list()->jumpButton()->isVisible());
    talk.core.theyWrite(talk.lena, "one");
    talk.core.theyWrite(talk.lena, "two");
    QTRY_COMPARE(talk.list()->jumpButton()->text(), QStringLiteral("2"));
    QVERIFY(talk.list()->jumpButton()->accessibleName().contains(QStringLiteral("2")));
    QTest::mouseClick(talk.list()->jumpButton(), Qt::LeftButton);
    QTRY_VERIFY(!talk.list()->jumpButton()->isVisible());
    QVERIFY(talk.list()->isFollowing());
}

void ConversationTest::newMessagesStandBelowALine() {
    Talk talk;
    talk.put(MessageFrom::Them, "old");
    talk.put(MessageFrom::Them, "new");
    talk.put(MessageFrom::Them, "newer");
    talk.core.put("Lena", 1, ContactState::Accepted, kOnline).unread = 2;
    talk.open();
    QVERIFY(!talk.at(0, ConversationModel::UnreadStartRole).toBool());
    QVERIFY(talk.at(1, ConversationModel::UnreadStartRole).toBool());
    QVERIFY(talk.at(0, ConversationModel::GroupEndRole).toBool()); // The line parts groups.
    QVERIFY(!talk.at(2, ConversationModel::UnreadStartRole).toBool());
}

void ConversationTest::typingIsTellingAndTold() {
    Talk talk;
    talk.open();
    talk.type(QStringLiteral("hi"));
    QCOMPARE(talk.core.typed, (std::vector<bool>{true, true}));
    talk.core.theyType(talk.lena, true);
    const auto shows = [&](const QString& words) {
        const auto labels = talk.view->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text() == words; });
    };
    QTRY_VERIFY(shows(QStringLiteral("writes …")));
    talk.core.theyType(talk.lena, false);
    QTRY_VERIFY(!shows(QStringLiteral("writes …")));
}

void ConversationTest::draftsAreKeptAndComeBack() {
    Talk talk;
    talk.core.put("Lena", 1, ContactState::Accepted, kOnline).draft = "from before";
    talk.core.put("Tom", 2, ContactState::Accepted, kOnline);
    talk.open();
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("from before"));
    talk.type(QStringLiteral(" and now"));
    QTRY_COMPARE(talk.core.contactNow(talk.lena).draft, std::string("from before and now"));
    talk.type(QStringLiteral("!"));
    talk.view->setContact(talk.core.contactNow(FakeMessenger::key(2)));
    QCOMPARE(talk.core.contactNow(talk.lena).draft, std::string("from before and now!"));
    QVERIFY(talk.edit()->toPlainText().isEmpty());
    talk.view->setContact(talk.core.contactNow(talk.lena));
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("from before and now!"));
    QTest::keyClick(talk.edit(), Qt::Key_Return);
    QTRY_VERIFY(talk.core.contactNow(talk.lena).draft.empty());
}

void ConversationTest::mutingAndTimersAreInTheMenu() {
    Talk talk;
    talk.open();
    auto* menu = talk.view->findChild<QToolButton*>(QStringLiteral("more"))->menu();
    const auto choose = [&](const QStringList& path) {
        emit menu->aboutToShow();
        const QMenu* at = menu;
        QAction* found = nullptr;
        for (const QString& words : path) {
            found = nullptr;
            for (QAction* action : at->actions())
                if (action->text() == words)
                    found = action;
            if (found == nullptr)
                return false;
            at = found->menu() ? found->menu() : at;
        }
        found->trigger();
        return true;
    };
    QVERIFY(!talk.view->findChild<QWidget*>(QStringLiteral("muted"))->isVisible());
    QVERIFY(choose({QStringLiteral("Mute"), QStringLiteral("Until I turn it off")}));
    QTRY_VERIFY(talk.view->findChild<QWidget*>(QStringLiteral("muted"))->isVisible());
    QVERIFY(choose({QStringLiteral("Unmute")}));
    QTRY_VERIFY(!talk.view->findChild<QWidget*>(QStringLiteral("muted"))->isVisible());
    QVERIFY(choose({QStringLiteral("Disappearing messages"), QStringLiteral("1 day(s)")}));
    QTRY_VERIFY(talk.view->findChild<QWidget*>(QStringLiteral("timer"))->isVisible());
    QCOMPARE(talk.core.contactNow(talk.lena).lifetimeSeconds, 24U * 3600);
    QTRY_COMPARE(talk.model()->rowCount(), 1);
    QVERIFY(talk.at(0, ConversationModel::NoteRole).toString().startsWith(QStringLiteral("You set new messages")));
    talk.type(QStringLiteral("soon gone"));
    QTest::keyClick(talk.edit(), Qt::Key_Return);
    QTRY_COMPARE(talk.at(1, ConversationModel::LifetimeRole).toUInt(), 24U * 3600);
}

void ConversationTest::screenReadersHearEverything() {
    Talk talk;
    const MessageRef first = talk.put(MessageFrom::Them, "text");
    talk.put(MessageFrom::Me, "answer");
    const_cast<Message&>(talk.last()).replyTo = first; // NOLINT: as it was stored before
    talk.open();
    talk.core.theyAmend(talk.lena, first, AmendmentKind::Edit, "another text");
    talk.core.theyAmend(talk.lena, talk.model()->refAt(1), AmendmentKind::Reaction, "👍");
    const auto heard = [&](int row) { return talk.at(row, Qt::AccessibleTextRole).toString(); };
    QTRY_VERIFY(heard(1).contains(QStringLiteral("👍")));
    QVERIFY(heard(0).startsWith(QStringLiteral("Lena: another text")));
    QVERIFY(heard(0).contains(QStringLiteral("edited")));
    QVERIFY(heard(1).startsWith(QStringLiteral("You: answer")));
    QVERIFY(heard(1).contains(QStringLiteral("in reply to Lena")));
    QVERIFY(heard(1).contains(QStringLiteral("delivered")));
}

void ConversationTest::theEmojiPickerFindsAndRemembers() {
    Talk talk;
    talk.open();
    const auto pick = [&](const QString& words) {
        QTest::mouseClick(talk.view->findChild<QAbstractButton*>(QStringLiteral("emoji")), Qt::LeftButton);
        QTRY_VERIFY(talk.view->findChild<EmojiPicker*>());
        auto* search = talk.view->findChild<EmojiPicker*>()->findChild<QLineEdit*>();
        QTest::keyClicks(search, words);
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(!talk.view->findChild<EmojiPicker*>());
    };
    pick(QStringLiteral("thumbs up"));
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("👍"));
    pick(QStringLiteral("octop"));
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("👍🐙"));
    pick({}); // The one that was used last is the first.
    QCOMPARE(talk.edit()->toPlainText(), QStringLiteral("👍🐙🐙"));
    EmojiModel model;
    QAbstractItemModelTester tester(&model);
    model.setRecent({QStringLiteral("🐙"), QStringLiteral("no emoji"), QStringLiteral("🐙")});
    QCOMPARE(model.recent(), QStringList{QStringLiteral("🐙")});
    model.setFilter(QStringLiteral("no such thing"));
    QCOMPARE(model.rowCount(), 0);
    for (EmojiModel all; const int row : {0, 100, 300})
        QVERIFY(isReaction(all.index(row).data().toString().toStdString()));
}

void ConversationTest::itWorksFromRightToLeft() {
    Talk talk;
    Browser browser;
    talk.put(MessageFrom::Them, "https://example.org/a");
    talk.open();
    talk.view->setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY(talk.inBubble(0).x() > 300); // Theirs stand at the reading edge.
    QTest::mouseClick(talk.list()->viewport(), Qt::LeftButton, {}, talk.inBubble(0));
    QTRY_COMPARE(browser.opened, QUrl(QStringLiteral("https://example.org/a")));
}

// The scroll bar comes, lines break otherwise, and rows grow: the next ones must not stay where they were.
void ConversationTest::rowsFollowTheWidth() {
    Talk talk;
    const QString words = QStringLiteral("Just as much as fits where there is no scroll bar yet");
    for (int i = 0; i < 30; ++i)
        talk.put(MessageFrom::Them, words.toStdString());
    const int advance = QFontMetrics(Theme::font(TextStyle::Body, qApp->font())).horizontalAdvance(words);
    talk.open((advance + 24) * 5 / 4 + 36);
    QTRY_VERIFY(talk.list()->verticalScrollBar()->isVisible());
    const auto place = [&](int row) { return talk.list()->visualRect(talk.model()->index(row)); };
    QTRY_COMPARE(place(11).top(), place(10).bottom() + 1);
    talk.view->resize(420, 500);
    QTRY_COMPARE(place(11).top(), place(10).bottom() + 1);
}

void ConversationTest::largeTextHasRoom() {
    Talk talk;
    const MessageRef first = talk.put(MessageFrom::Them, "text");
    talk.put(MessageFrom::Me, "several words\nin\nfour\nlines");
    const_cast<Message&>(talk.last()).replyTo = first; // NOLINT: as it was stored before
    talk.open();
    const auto heightOf = [&](int row) { return talk.list()->visualRect(talk.model()->index(row)).height(); };
    const int before = heightOf(1);
    Theme::apply(*qApp, Look{Scheme::Light, 200});
    QTRY_VERIFY(heightOf(1) >= before * 8 / 5);
    const QFontMetrics body(Theme::font(TextStyle::Body, talk.list()->font()));
    const QFontMetrics quote(Theme::font(TextStyle::Secondary, talk.list()->font()));
    QVERIFY(heightOf(1) >= 4 * body.height() + 2 * quote.height());
    Theme::apply(*qApp, Scheme::Light);
    QTRY_COMPARE(heightOf(1), before);
}

void ConversationTest::everyActionOfTheWindowDoesIt() {
    Talk talk;
    talk.put(MessageFrom::Me, "mine");
    talk.put(MessageFrom::Them, "theirs");
    talk.open();
    const auto open = [&](const char* name) { return talk.view->findChild<QWidget*>(QString::fromLatin1(name)); };
    talk.view->perform(WindowAction::ReplyToMessage); // the newest one
    talk.type(QStringLiteral("answer"));
    QTest::keyClick(talk.edit(), Qt::Key_Return);
    QTRY_COMPARE(talk.model()->rowCount(), 3);
    QVERIFY(talk.last().replyTo.has_value());
    talk.list()->setCurrentIndex(talk.model()->index(1));
    talk.view->perform(WindowAction::EditMessage); // Theirs is not ours to change: the last one that is.
    QTRY_COMPARE(talk.edit()->toPlainText(), QStringLiteral("answer"));
    talk.list()->setCurrentIndex(talk.model()->index(0));
    talk.view->perform(WindowAction::EditMessage);
    QTRY_COMPARE(talk.edit()->toPlainText(), QStringLiteral("mine"));
    talk.view->perform(WindowAction::ReactToMessage);
    QTRY_VERIFY(open("reactions"));
    open("reactions")->close();
    talk.view->perform(WindowAction::DeleteMessage);
    QTRY_VERIFY(open("deleteMessage"));
    open("deleteMessage")->close();
    talk.view->perform(WindowAction::InsertEmoji);
    QTRY_VERIFY(talk.view->findChild<EmojiPicker*>());
    talk.view->findChild<EmojiPicker*>()->close();
    talk.view->perform(WindowAction::Mute);
    QTRY_VERIFY(talk.actionOf("choices", QStringLiteral("Until I turn it off")));
    talk.actionOf("choices", QStringLiteral("Until I turn it off"))->trigger();
    QTRY_VERIFY(talk.core.contactNow(talk.lena).mutedUntil == kMutedForEver);
    open("choices")->close();
    QTRY_VERIFY(!open("choices"));
    talk.view->perform(WindowAction::Disappearing);
    QTRY_VERIFY(talk.actionOf("choices", QStringLiteral("Off")));
    open("choices")->close();
    talk.view->perform(WindowAction::JumpToNewest);
    QVERIFY(talk.list()->isFollowing());
}

} // namespace culvert

QTEST_MAIN(culvert::ConversationTest)
#include "conversation_test.moc"
