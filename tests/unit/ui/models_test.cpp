// The models tell every change of core, in pairs that views can rely on.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_filter_model.h"
#include "ui/models/contact_list_model.h"
#include "ui/models/conversation_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <thread>

namespace culvert {
namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
const Presence kOnline{true, PathKind::Native6, 24ms, Verdict::None};

QVariant at(const QAbstractItemModel& model, int row, int role) {
    return model.index(row, 0).data(role);
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT

private slots:
    void repliesReachNoDeadReceiver();
    void eventsOfAnotherThreadArriveOnThisOne();
    void contactsComeChangeAndGo();
    void manyContactsComeAtOnce();
    void lastMessageFollowsTheConversation();
    void draftsAndMutingAreKnown();
    void requestsStandFirstAndBlockedLast();
    void searchKeepsMatchingNames();
    void initialsAreLettersOfFirstAndLastWord();
    void conversationLoadsPagesUpwards();
    void conversationGroupsBySenderAndTime();
    void conversationFollowsStates();
    void aStateThatOvertakesThePageIsNotLost();
    void conversationIgnoresAnswersToEarlierQuestions();
};

void ModelsTest::repliesReachNoDeadReceiver() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    bool called = false;
    auto receiver = std::make_unique<QObject>();
    bridge.ownName(receiver.get(), [&](const Result<std::string>&) { called = true; });
    receiver.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void ModelsTest::eventsOfAnotherThreadArriveOnThisOne() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    QThread* seenOn = nullptr;
    connect(&bridge, &MessengerBridge::addressChanged, this, [&] { seenOn = QThread::currentThread(); });
    std::thread([&] { core.emitEvent(AddressChangedEvent{"culvert:x"}); }).join();
    QTRY_COMPARE(seenOn, QThread::currentThread());
}

void ModelsTest::contactsComeChangeAndGo() {
    FakeMessenger core;
    core.put("Lena", 1, ContactState::Accepted, kOnline);
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.reload();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(at(model, 0, ContactListModel::OnlineRole).toBool(), true);
    QCOMPARE(at(model, 0, ContactListModel::PathRole).value<PathKind>(), PathKind::Native6);

    core.theyAsk("Sam", 2, "Hello");
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(at(model, 1, ContactListModel::StateRole).value<ContactState>(), ContactState::Pending);
    core.setPresence(FakeMessenger::key(1), {false, PathKind::None, {}, Verdict::NoAnswer});
    QTRY_COMPARE(at(model, 0, ContactListModel::VerdictRole).value<Verdict>(), Verdict::NoAnswer);
    core.removeContact(FakeMessenger::key(1), [](const Result<void>&) {});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(at(model, 0, ContactListModel::NameRole).toString(), QStringLiteral("Sam"));
}

// Whoever listens looks at all of them after each change.
void ModelsTest::manyContactsComeAtOnce() {
    FakeMessenger core;
    for (int i = 1; i <= 50; ++i)
        core.put("Lena", i, i == 50 ? ContactState::Blocked : ContactState::Accepted).unread = 2;
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    int inserted = 0;
    connect(&model, &QAbstractItemModel::rowsInserted, this, [&] { ++inserted; });
    model.reload();
    QTRY_COMPARE(model.rowCount(), 50);
    QCOMPARE(inserted, 1);
    QCOMPARE(model.unread(), 98);
}

void ModelsTest::lastMessageFollowsTheConversation() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted, kOnline).id;
    core.putMessage(lena, MessageFrom::Them, "first", 1000);
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.reload();
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(at(model, 0, ContactListModel::LastTextRole).toString(), QStringLiteral("first"));
    core.theyWrite(lena, "second\nline");
    QTRY_COMPARE(at(model, 0, ContactListModel::LastTextRole).toString(), QStringLiteral("second line"));
    QTRY_COMPARE(at(model, 0, ContactListModel::UnreadRole).toUInt(), 1U);
}

void ModelsTest::draftsAndMutingAreKnown() {
    FakeMessenger core;
    Contact& lena = core.put("Lena", 1, ContactState::Accepted, kOnline);
    lena.draft = "begun\nand left";
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.reload();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(at(model, 0, ContactListModel::DraftRole).toString(), QStringLiteral("begun and left"));
    bridge.setDraft(lena.id, QStringLiteral("more"));
    QCOMPARE(at(model, 0, ContactListModel::DraftRole).toString(), QStringLiteral("more"));
    bridge.setDraft(lena.id, {});
    QVERIFY(at(model, 0, ContactListModel::DraftRole).toString().isEmpty());
    QVERIFY(!at(model, 0, ContactListModel::MutedRole).toBool());
    bridge.muteContact(lena.id, kMutedForEver, this, [](const Result<void>&) {});
    QTRY_VERIFY(at(model, 0, ContactListModel::MutedRole).toBool());
}

void ModelsTest::requestsStandFirstAndBlockedLast() {
    FakeMessenger core;
    core.put("Zoe", 1, ContactState::Accepted);
    core.put("Abe", 2, ContactState::Blocked);
    core.put("Mia", 3, ContactState::Accepted);
    core.put("Sam", 4, ContactState::Pending);
    core.putMessage(FakeMessenger::key(1), MessageFrom::Them, "newest", 5000);
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    ContactFilterModel sorted;
    sorted.setSourceModel(&model);
    const QAbstractItemModelTester tester(&sorted, kFatal);
    model.reload();
    const auto names = [&] {
        QStringList list;
        for (int row = 0; row < sorted.rowCount(); ++row)
            list << at(sorted, row, ContactListModel::NameRole).toString();
        return list.join(QLatin1Char(' '));
    };
    QTRY_COMPARE(names(), QStringLiteral("Sam Zoe Mia Abe"));
}

void ModelsTest::searchKeepsMatchingNames() {
    FakeMessenger core;
    core.put("Lena", 1, ContactState::Accepted);
    core.put("Tom", 2, ContactState::Accepted);
    MessengerBridge bridge(core);
    ContactListModel model(bridge);
    ContactFilterModel found;
    found.setSourceModel(&model);
    model.reload();
    QTRY_COMPARE(found.rowCount(), 2);
    found.setSearch(QStringLiteral(" LEN"));
    QCOMPARE(found.rowCount(), 1);
    found.setSearch({});
    QCOMPARE(found.rowCount(), 2);
}

void ModelsTest::initialsAreLettersOfFirstAndLastWord() {
    QCOMPARE(ContactListModel::initials(QStringLiteral("lena maria ostrow")), QStringLiteral("LO"));
    QCOMPARE(ContactListModel::initials(QStringLiteral("  tom ")), QStringLiteral("T"));
    QCOMPARE(ContactListModel::initials(QString()), QStringLiteral("?"));
    QCOMPARE(ContactListModel::initials(QStringLiteral("🌊 wave")).size(), 3);
}

void ModelsTest::conversationLoadsPagesUpwards() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    for (int i = 0; i < 250; ++i)
        core.putMessage(lena, MessageFrom::Them, std::to_string(i), i * 1000);
    MessengerBridge bridge(core);
    ConversationModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setContact(lena);
    QTRY_COMPARE(model.rowCount(), 100);
    QCOMPARE(at(model, 99, ConversationModel::TextRole).toString(), QStringLiteral("249"));
    model.fetchOlder();
    model.fetchOlder(); // asks once, not twice
    QTRY_COMPARE(model.rowCount(), 100 + static_cast<int>(ConversationModel::kScrollPage));
    while (model.rowCount() < 250) {
        const int before = model.rowCount();
        model.fetchOlder();
        QTRY_VERIFY(model.rowCount() > before);
    }
    QTRY_COMPARE(model.rowCount(), 250);
    model.fetchOlder();
    QCoreApplication::processEvents();
    QVERIFY(!model.canFetchOlder());
    for (int row = 0; row < 250; ++row)
        QCOMPARE(at(model, row, ConversationModel::TextRole).toString(), QString::number(row));
}

void ModelsTest::conversationGroupsBySenderAndTime() {
    constexpr std::int64_t kMinute = 60'000;
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    core.putMessage(lena, MessageFrom::Them, "a", 0);
    core.putMessage(lena, MessageFrom::Them, "b", 5 * kMinute - 1);
    core.putMessage(lena, MessageFrom::Them, "c", 10 * kMinute - 1);
    core.putMessage(lena, MessageFrom::Me, "d", 10 * kMinute);
    MessengerBridge bridge(core);
    ConversationModel model(bridge);
    model.setContact(lena);
    QTRY_COMPARE(model.rowCount(), 4);
    const auto place = [&](int row) {
        return std::pair(at(model, row, ConversationModel::GroupStartRole).toBool(),
                         at(model, row, ConversationModel::GroupEndRole).toBool());
    };
    QCOMPARE(place(0), std::pair(true, false));
    QCOMPARE(place(1), std::pair(false, true));
    QCOMPARE(place(2), std::pair(true, true));
    QCOMPARE(place(3), std::pair(true, true));
    QVERIFY(at(model, 0, ConversationModel::DayStartRole).toBool());
    QVERIFY(!at(model, 3, ConversationModel::DayStartRole).toBool());
}

void ModelsTest::conversationFollowsStates() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    ConversationModel model(bridge);
    const QAbstractItemModelTester tester(&model, kFatal);
    model.setContact(lena);
    QSignalSpy loaded(&model, &ConversationModel::loaded);
    QTRY_COMPARE(loaded.size(), 1);
    bridge.sendMessage(lena, {"hello"}, this, [](const Result<MessageId>&) {});
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(model.hasQueued());
    core.setMessageState(core.conversation(lena).front().id, MessageState::Delivered);
    QTRY_VERIFY(!model.hasQueued());
    QCOMPARE(at(model, 0, ConversationModel::StateRole).value<MessageState>(), MessageState::Delivered);
}

void ModelsTest::aStateThatOvertakesThePageIsNotLost() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    const MessageId sent = core.putMessage(lena, MessageFrom::Me, "hello", 0).id;
    MessengerBridge bridge(core);
    ConversationModel model(bridge);
    model.setContact(lena); // The page is read, and on its way.
    emit bridge.messageStateChanged({lena, sent, MessageState::Read, FailReason::None});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(at(model, 0, ConversationModel::StateRole).value<MessageState>(), MessageState::Read);
}

void ModelsTest::conversationIgnoresAnswersToEarlierQuestions() {
    FakeMessenger core;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    const ContactId tom = core.put("Tom", 2, ContactState::Accepted).id;
    core.putMessage(lena, MessageFrom::Them, "of Lena", 0);
    core.putMessage(tom, MessageFrom::Them, "of Tom", 0);
    MessengerBridge bridge(core);
    ConversationModel model(bridge);
    model.setContact(lena);
    model.setContact(tom);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(at(model, 0, ConversationModel::TextRole).toString(), QStringLiteral("of Tom"));
}

} // namespace culvert

QTEST_MAIN(culvert::ModelsTest)
#include "models_test.moc"
