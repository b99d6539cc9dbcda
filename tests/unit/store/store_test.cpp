#include "tests/unit/store/store_fixture.h"

#include <fstream>

namespace culvert {
namespace {

TEST_F(StoreTest, givesBackWhatWasCommitted) {
    auto first = created();
    EXPECT_EQ(first->state(), ProfileState::Open);
    ASSERT_TRUE(apply(*first, {PutProfile{toBytes(asBytes("profile"))}, PutContact{bob, toBytes(asBytes("contact"))},
                               PutMessage{message(1, MessageFrom::Me, "one"), 1},
                               PutMessage{message(2, MessageFrom::Them, "two"), 1},
                               PutMessage{message(3, MessageFrom::Me, "three"), 2}}));
    first.reset();
    auto again = store();
    EXPECT_EQ(again->state(), ProfileState::NeedsPassphrase);
    ASSERT_TRUE(again->open("water"));
    const auto snapshot = again->load();
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(asText(snapshot->profile), "profile");
    ASSERT_EQ(snapshot->contacts.size(), 1U);
    EXPECT_EQ(snapshot->contacts[0].id, bob);
    ASSERT_EQ(snapshot->undelivered.size(), 2U);
    EXPECT_EQ(snapshot->undelivered[1].message.text, "three");
    EXPECT_EQ(snapshot->undelivered[1].sequence, 2U);
    EXPECT_EQ(snapshot->lastPosition.at(bob), 3U);
    EXPECT_EQ(snapshot->unread.at(bob), 1U);
}

TEST_F(StoreTest, tellsWhichMessagesMayStillBeRead) {
    auto one = created();
    const auto state = [this](std::uint64_t position, MessageState value) {
        return PutMessageState{bob, message(position, MessageFrom::Me, "").id, value};
    };
    ASSERT_TRUE(apply(*one, {PutContact{bob, toBytes(asBytes("contact"))},
                             PutMessage{message(1, MessageFrom::Me, "no receipt came, but one for the next"), 1},
                             PutMessage{message(2, MessageFrom::Me, "read"), 2},
                             PutMessage{message(3, MessageFrom::Me, "delivered"), 3},
                             PutMessage{message(4, MessageFrom::Them, "theirs"), 1},
                             PutMessage{message(5, MessageFrom::Me, "waits"), 4}, state(1, MessageState::Delivered),
                             state(2, MessageState::Read), state(3, MessageState::Delivered)}));
    const auto snapshot = one->load();
    ASSERT_TRUE(snapshot);
    ASSERT_EQ(snapshot->delivered.size(), 1U);
    EXPECT_EQ(snapshot->delivered[0].sequence, 3U);
}

TEST_F(StoreTest, listsTheNewestBeforeAPositionOldestFirst) {
    auto one = created();
    for (std::uint64_t i = 1; i <= 10; ++i)
        ASSERT_TRUE(apply(*one, {PutMessage{message(i, MessageFrom::Me, std::to_string(i)), i}}));
    const auto newest = one->messages(bob, 0, 3);
    ASSERT_TRUE(newest && newest->size() == 3);
    EXPECT_EQ(newest->front().text, "8");
    EXPECT_EQ(newest->back().text, "10");
    const auto before = one->messages(bob, 8, 100);
    ASSERT_TRUE(before && before->size() == 7);
    EXPECT_EQ(before->front().text, "1");
}

TEST_F(StoreTest, statesMoveForwardOnly) {
    auto one = created();
    const Message mine = message(1, MessageFrom::Me, "x");
    ASSERT_TRUE(apply(*one, {PutMessage{mine, 1}, PutMessageState{bob, mine.id, MessageState::Read},
                             PutMessageState{bob, mine.id, MessageState::Delivered}}));
    EXPECT_EQ(one->messages(bob, 0, 1)->front().state, MessageState::Read);
    EXPECT_TRUE(one->load()->undelivered.empty());
    EXPECT_TRUE(apply(*one, {PutMessageState{bob, MessageId{{9}}, MessageState::Read}}))
        << "unknown: removed meanwhile";
}

TEST_F(StoreTest, everythingOfAMessageComesBack) {
    auto one = created();
    Message whole = message(1, MessageFrom::Me, "text");
    whole.replyTo = MessageRef{MessageFrom::Them, MessageId{{4}}};
    whole.editedAt = WallTime{77};
    whole.myReaction = "👍";
    whole.theirReaction = "❤️";
    whole.lifetimeSeconds = 60;
    whole.expiresAt = WallTime{99};
    Message note = message(2, MessageFrom::Them, "");
    note.kind = MessageKind::TimerChange;
    note.isDeleted = true;
    ASSERT_TRUE(apply(*one, {PutMessage{whole, 1}, PutMessage{note, 1}}));
    const auto back = one->message(bob, {MessageFrom::Me, whole.id});
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text, "text");
    EXPECT_EQ(back->replyTo, whole.replyTo);
    EXPECT_EQ(back->editedAt, whole.editedAt);
    EXPECT_EQ(back->myReaction, "👍");
    EXPECT_EQ(back->theirReaction, "❤️");
    EXPECT_EQ(back->lifetimeSeconds, 60U);
    EXPECT_EQ(back->expiresAt, whole.expiresAt);
    const auto second = one->message(bob, {MessageFrom::Them, note.id});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->kind, MessageKind::TimerChange);
    EXPECT_TRUE(second->isDeleted);
    EXPECT_FALSE(one->message(bob, {MessageFrom::Me, note.id})) << "the author is part of the name";
}

TEST_F(StoreTest, aChangeWaitsWithItsMessageUntilItIsSettled) {
    auto one = created();
    const Message mine = message(1, MessageFrom::Me, "before"), theirs = message(2, MessageFrom::Them, "theirs");
    const MessageRef myRef{MessageFrom::Me, mine.id}, theirRef{MessageFrom::Them, theirs.id};
    const Amendment edit{myRef, AmendmentKind::Edit, MessageFrom::Me, "after", WallTime{5}};
    const Amendment reaction{theirRef, AmendmentKind::Reaction, MessageFrom::Me, "👍", WallTime{6}};
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{mine, 1}, PutMessage{theirs, 1},
                             PutMessageState{bob, mine.id, MessageState::Delivered}, PutReadMark{bob},
                             AmendMessage{bob, edit, 2}, AmendMessage{bob, reaction, 3}}));
    EXPECT_EQ(one->messages(bob, 0, 2)->front().text, "after");
    auto snapshot = one->load();
    ASSERT_EQ(snapshot->amended.size(), 2U);
    EXPECT_EQ(snapshot->amended[0].openChange, 2U);
    EXPECT_EQ(snapshot->amended[1].openReaction, 3U);
    EXPECT_TRUE(snapshot->undelivered.empty());
    EXPECT_EQ(snapshot->unread.count(bob), 0U);
    ASSERT_TRUE(apply(*one, {SettleAmendment{bob, myRef, 1}})) << "an earlier change: the later one still waits";
    EXPECT_EQ(one->load()->amended.size(), 2U);
    ASSERT_TRUE(apply(*one, {SettleAmendment{bob, myRef, 2}, SettleAmendment{bob, theirRef, 3}}));
    EXPECT_TRUE(one->load()->amended.empty());
}

TEST_F(StoreTest, changesOfWhatIsNotThereChangeNothing) {
    auto one = created();
    const Message mine = message(1, MessageFrom::Me, "mine");
    // A peer names a message by its own authorship: ours is never meant.
    const MessageRef forged{MessageFrom::Them, mine.id};
    ASSERT_TRUE(apply(*one, {PutMessage{mine, 1},
                             AmendMessage{bob, {forged, AmendmentKind::Edit, MessageFrom::Them, "forged", {}}},
                             AmendMessage{bob, {forged, AmendmentKind::Deletion, MessageFrom::Them, {}, {}}},
                             EraseMessage{bob, forged}, SettleAmendment{bob, forged, 1}}));
    ASSERT_EQ(one->messages(bob, 0, 9)->size(), 1U);
    EXPECT_EQ(one->messages(bob, 0, 9)->front().text, "mine");
}

TEST_F(StoreTest, lifetimesStartWhenAMessageIsReadOrDelivered) {
    auto one = created();
    Message mine = message(1, MessageFrom::Me, "mine"), theirs = message(2, MessageFrom::Them, "theirs");
    mine.lifetimeSeconds = theirs.lifetimeSeconds = 60;
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{mine, 1}, PutMessage{theirs, 1}}));
    auto expiring = one->load()->expiring;
    ASSERT_EQ(expiring.size(), 2U);
    EXPECT_FALSE(expiring[0].expiresAt || expiring[1].expiresAt);
    ASSERT_TRUE(apply(*one, {PutMessageState{bob, mine.id, MessageState::Delivered, FailReason::None, WallTime{1000}},
                             PutReadMark{bob, WallTime{5000}}, PutReadMark{bob, WallTime{9000}}}));
    expiring = one->load()->expiring;
    ASSERT_EQ(expiring.size(), 2U) << "read and delivered, and still to disappear";
    EXPECT_EQ(expiring[0].expiresAt, WallTime{61000});
    EXPECT_EQ(expiring[1].expiresAt, WallTime{65000});
    ASSERT_TRUE(apply(*one, {EraseMessage{bob, {MessageFrom::Me, mine.id}}}));
    EXPECT_EQ(one->messages(bob, 0, 9)->size(), 1U);
}

TEST_F(StoreTest, listsTheOldestAfterAPosition) {
    auto one = created();
    for (std::uint64_t i = 1; i <= 10; ++i)
        ASSERT_TRUE(apply(*one, {PutMessage{message(i, MessageFrom::Me, std::to_string(i)), i}}));
    const auto after = one->messagesAfter(bob, 4, 3);
    ASSERT_TRUE(after && after->size() == 3);
    EXPECT_EQ(after->front().text, "5");
    EXPECT_EQ(after->back().text, "7");
    EXPECT_TRUE(one->messagesAfter(bob, 10, 3)->empty());
    EXPECT_TRUE(one->messagesAfter(bob, UINT64_MAX, 3)->empty());
}

TEST_F(StoreTest, removingAContactRemovesItsConversation) {
    auto one = created();
    ASSERT_TRUE(
        apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Them, "x"), 1}, EraseContact{bob}}));
    EXPECT_TRUE(one->load()->contacts.empty());
    EXPECT_TRUE(one->messages(bob, 0, 10)->empty());
}

TEST_F(StoreTest, readingMarksTheirsAlone) {
    auto one = created();
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Them, "x"), 1},
                             PutMessage{message(2, MessageFrom::Me, "y"), 1}, PutReadMark{bob}}));
    EXPECT_EQ(one->load()->unread.count(bob), 0U);
    EXPECT_EQ(one->load()->undelivered.size(), 1U);
    EXPECT_EQ(one->messages(bob, 0, 10)->front().state, MessageState::Read);
}

TEST_F(StoreTest, aWrongPassphraseChangesNothing) {
    created();
    auto again = store();
    const auto wrong = again->open("wine");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::WrongPassphrase);
    EXPECT_EQ(again->state(), ProfileState::NeedsPassphrase);
    EXPECT_TRUE(again->open("water"));
}

TEST_F(StoreTest, aProfileOpensAtTheCostItWasMadeAt) {
    { const auto made = created(); }
    // What new profiles are made at. A small computer unlocks them, with the whole program, in 200 MB.
    Store today(folder, random);
    EXPECT_TRUE(today.open("water"));
    EXPECT_LE(PassphraseCost{}.memoryOctets, std::uint64_t{128} << 20);
    EXPECT_GE(PassphraseCost{}.memoryOctets * PassphraseCost{}.operations,
              crypto_pwhash_MEMLIMIT_MODERATE * crypto_pwhash_OPSLIMIT_MODERATE)
        << "as much work as before";
}

TEST_F(StoreTest, withoutAPassphraseTheKeyLiesBesideItForItsOwnerAlone) {
    created(KeySource::BesideStore, "");
    namespace fs = std::filesystem;
    for (const char* file : {"key", "vault"})
        EXPECT_EQ(fs::status(folder / file).permissions() & (fs::perms::group_all | fs::perms::others_all),
                  fs::perms::none)
            << file;
    auto again = store();
    EXPECT_EQ(again->state(), ProfileState::Opening);
    EXPECT_TRUE(again->open(""));
}

TEST_F(StoreTest, aSecondProfileInTheSameFolderIsRefused) {
    created();
    EXPECT_EQ(store()->create(KeySource::Passphrase, "x", {}).error().code, ErrorCode::AlreadyExists);
}

TEST_F(StoreTest, aNewProfileIsWholeOrNotThere) {
    created();
    std::filesystem::remove(folder / "vault"); // killed before the last step
    auto again = store();
    EXPECT_EQ(again->state(), ProfileState::None);
    ASSERT_TRUE(again->create(KeySource::Passphrase, "water", asBytes("second")));
    EXPECT_EQ(asText(again->load()->profile), "second");
    EXPECT_TRUE(std::filesystem::exists(folder / "culvert.db.old")) << "put aside, never deleted";
}

TEST_F(StoreTest, twoProgramsCannotOpenOneProfile) {
    auto first = created();
    auto second = store();
    const auto refused = second->open("water");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("in use"), std::string::npos) << refused.error().detail;
}

TEST_F(StoreTest, theFileHoldsNothingReadable) {
    auto one = created();
    ASSERT_TRUE(
        apply(*one, {PutProfile{toBytes(asBytes("name of a person"))}, PutContact{bob, toBytes(asBytes("endpoint"))},
                     PutMessage{message(1, MessageFrom::Me, "the secret plan"), 1}}));
    one.reset();
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(file.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    EXPECT_GT(all.size(), 4096U);
    const std::string key(bob.octets.begin(), bob.octets.end());
    for (const std::string& needle :
         {std::string("secret plan"), std::string("name of a person"), std::string("endpoint"), key})
        EXPECT_EQ(all.find(needle), std::string::npos) << needle;
}

TEST_F(StoreTest, aDamagedRowCostsThatRow) {
    auto one = created();
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Them, "x"), 1},
                             PutMessage{message(2, MessageFrom::Them, "y"), 2}}));
    one.reset();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "UPDATE messages SET sealed = x'00' WHERE position = 1", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    auto again = store();
    ASSERT_TRUE(again->open("water"));
    const auto messages = again->messages(bob, 0, 10);
    ASSERT_TRUE(messages && messages->size() == 1);
    EXPECT_EQ(messages->front().text, "y");
    EXPECT_TRUE(again->load());
}

TEST_F(StoreTest, aDamagedContactDoesNotTakeItsConversationAlong) {
    auto one = created();
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Them, "x"), 1},
                             PutMessage{message(2, MessageFrom::Them, "y"), 2}}));
    one.reset();
    raw("UPDATE contacts SET sealed = x'00'");
    one = store();
    ASSERT_TRUE(one->open("water"));
    const auto snapshot = one->load();
    ASSERT_TRUE(snapshot);
    EXPECT_TRUE(snapshot->contacts.empty());
    EXPECT_EQ(snapshot->lastPosition.at(bob), 2U) << "who takes its place goes on from there";
    const auto problem = one->pollProblem();
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->damagedContacts, 1U);
    EXPECT_EQ(texts(*one), (std::vector<std::string>{"x", "y"}));
}

TEST_F(StoreTest, aConversationOfDamagedMessagesAloneIsNotInTheWayOfANewOne) {
    auto one = created();
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Them, "x"), 1}}));
    one.reset();
    raw("UPDATE contacts SET sealed = x'00'; UPDATE messages SET sealed = x'00'");
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_TRUE(one->load()->lastPosition.empty());
    ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutMessage{message(1, MessageFrom::Me, "new"), 1}}));
    EXPECT_EQ(texts(*one), (std::vector<std::string>{"new"}));
    EXPECT_EQ(one->verify()->messages, 2U) << "nothing was deleted";
}

TEST_F(StoreTest, damagedRowsAreToldOnceEach) {
    auto one = created();
    ASSERT_TRUE(apply(
        *one, {PutMessage{message(1, MessageFrom::Them, "x"), 1}, PutMessage{message(2, MessageFrom::Them, "y"), 2}}));
    one.reset();
    raw("UPDATE messages SET sealed = x'00' WHERE position = 1");
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_FALSE(one->pollProblem());
    EXPECT_EQ(texts(*one), (std::vector<std::string>{"y"}));
    const auto problem = one->pollProblem();
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, StoreProblem::Kind::DamagedRows);
    EXPECT_EQ(problem->damagedMessages, 1U);
    texts(*one);
    EXPECT_FALSE(one->pollProblem()) << "the same one again";
    EXPECT_EQ(one->verify()->damagedMessages, 1U);
}

// An id that is there already: a contact cannot take back what was said by saying something else under its name.
TEST_F(StoreTest, aMessageIsNeverReplaced) {
    auto one = created();
    Message first = message(1, MessageFrom::Them, "I owe you 1000"), again = first;
    again.text = "I owe you 10";
    again.position = 2;
    ASSERT_TRUE(apply(*one, {PutMessage{first, 1}, PutMessage{again, 2}}));
    const auto messages = one->messages(bob, 0, 10);
    ASSERT_TRUE(messages && messages->size() == 1);
    EXPECT_EQ(messages->front().text, "I owe you 1000");
}

TEST_F(StoreTest, aDamagedRowDoesNotStopWhatComesAfter) {
    auto one = created();
    const Message mine = message(1, MessageFrom::Me, "x");
    ASSERT_TRUE(apply(*one, {PutMessage{mine, 1}, PutMessage{message(2, MessageFrom::Them, "y"), 1}}));
    one.reset();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "UPDATE messages SET sealed = x'00'", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    auto again = store();
    ASSERT_TRUE(again->open("water"));
    EXPECT_TRUE(apply(*again, {PutMessageState{bob, mine.id, MessageState::Delivered}, PutReadMark{bob},
                               PutMessage{message(3, MessageFrom::Me, "later"), 2}}));
    EXPECT_EQ(again->messages(bob, 0, 10)->back().text, "later");
}

TEST_F(StoreTest, aValueOpensInItsOwnRowOnly) {
    auto one = created();
    ASSERT_TRUE(apply(*one, {PutMessage{message(1, MessageFrom::Them, "yes"), 1},
                             PutMessage{message(2, MessageFrom::Them, "no"), 2}}));
    one.reset();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "UPDATE messages SET sealed = (SELECT sealed FROM messages WHERE position = 1)",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    auto again = store();
    ASSERT_TRUE(again->open("water"));
    EXPECT_EQ(again->messages(bob, 0, 10)->size(), 1U);
}

TEST_F(StoreTest, aDamagedVaultIsToldAndLeftAlone) {
    created();
    std::ofstream(folder / "vault", std::ios::binary) << "nonsense";
    auto again = store();
    EXPECT_EQ(again->open("water").error().code, ErrorCode::Corrupt);
    EXPECT_TRUE(std::filesystem::exists(folder / "culvert.db"));
}

TEST_F(StoreTest, aNewerStoreIsNotTouched) {
    created();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &raw), SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
    sqlite3_close(raw);
    EXPECT_EQ(store()->open("water").error().code, ErrorCode::Unsupported);
}

TEST_F(StoreTest, picturesAreKeptReplacedAndTakenBack) {
    const Bytes mine = {1, 2, 3}, first(9000, 8), second(24 * 1024, 9);
    {
        auto one = created();
        EXPECT_TRUE(one->load()->picture.empty());
        EXPECT_EQ(one->picture(bob).error().code, ErrorCode::NotFound);
        ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutPicture{bob, first}, PutPicture{{}, mine}}));
        ASSERT_TRUE(apply(*one, {PutPicture{bob, second}}));
    }
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(one->load()->picture, mine);
    EXPECT_EQ(*one->picture(bob), second);
    ASSERT_TRUE(apply(*one, {EraseContact{bob}, PutPicture{{}, {}}}));
    EXPECT_TRUE(one->load()->picture.empty());
    EXPECT_FALSE(one->picture(bob)) << "it goes with its contact";
}

TEST_F(StoreTest, aDamagedPictureIsNotThere) {
    {
        auto one = created();
        ASSERT_TRUE(apply(*one, {PutPicture{bob, Bytes(100, 8)}, PutPicture{{}, Bytes(100, 9)}}));
    }
    raw("UPDATE pictures SET sealed = zeroblob(150)");
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_TRUE(one->load()->picture.empty());
    EXPECT_EQ(one->picture(bob).error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace culvert
