// Stores of every version that there was, as that version wrote them, opened by this one; and files that are damaged.
#include "core/base/byte_io.h"
#include "core/store/new_file.h"
#include "core/store/schema.h"
#include "core/store/vault.h"
#include "tests/unit/store/store_fixture.h"

#include <fstream>

namespace culvert {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMessages = 60;

struct StoreUpgradeTest : StoreTest {
    Secret<32> dataKey = deriveKey(Secret<32>(), "a data key");
    Secret<32> valueKey = deriveKey(dataKey, "culvert values");
    Secret<32> tagKey = deriveKey(dataKey, "culvert tags");
    ContactId eve{{7, 7, 7}};

    // from (1) | state (1) | reason (1) | contact (32) | id (16) | position (8) | sequence (8) | sent at (8) | text
    Bytes plainOf(const Message& message) {
        Bytes out = {static_cast<std::uint8_t>(message.from), static_cast<std::uint8_t>(message.state), 0};
        ByteWriter(out)
            .bytes(message.contact.octets)
            .bytes(message.id.octets)
            .u64(message.position)
            .u64(message.position)
            .u64(static_cast<std::uint64_t>(message.sentAt.milliseconds))
            .bytes(asBytes(message.text));
        return out;
    }
    void insert(sqlite3* handle, const Message& message) {
        const auto tag = keyedHash(tagKey, message.contact.octets);
        Bytes id = {static_cast<std::uint8_t>(message.from)};
        append(id, message.contact.octets);
        append(id, message.id.octets);
        const auto name = keyedHash(tagKey, id);
        const Bytes sealed = sealValue(valueKey, sealContext(kMessageContext, name), plainOf(message), random);
        Statement put(handle, "INSERT INTO messages (tag, position, name, open, sealed) VALUES (?, ?, ?, 0, ?)");
        put.bind(1, tag).bind(2, static_cast<std::int64_t>(message.position)).bind(3, name).bind(4, BytesView(sealed));
        put.step();
        ASSERT_FALSE(put.failed()) << sqlite3_errmsg(handle);
    }
    void insertContact(sqlite3* handle, const ContactId& id) {
        Bytes plain = toBytes(id.octets);
        append(plain, asBytes("a contact"));
        const auto tag = keyedHash(tagKey, id.octets);
        const Bytes sealed = sealValue(valueKey, sealContext(kContactContext, tag), plain, random);
        Statement put(handle, "INSERT INTO contacts (tag, sealed) VALUES (?, ?)");
        put.bind(1, tag).bind(2, BytesView(sealed)).step();
        ASSERT_FALSE(put.failed()) << sqlite3_errmsg(handle);
    }
    /// A folder as Culvert of that version left it: two conversations whose messages were written in turns.
    void makeVersion(std::size_t version) {
        fs::remove_all(folder);
        fs::create_directories(folder);
        const auto vault = Vault::wrap(KeySource::Passphrase, "water", kCheap, dataKey, random);
        ASSERT_TRUE(vault && writeFileAtomically(folder / "vault", encode(*vault)));
        std::string sql = "PRAGMA journal_mode = WAL;";
        for (std::size_t i = 0; i < version; ++i)
            sql += kMigrations[i]; // the tables are empty still
        sql += "PRAGMA user_version = " + std::to_string(version);
        raw(sql);
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &handle), SQLITE_OK);
        {
            const Bytes profile = sealValue(valueKey, kProfileContext, asBytes("an identity"), random);
            Statement put(handle, "INSERT INTO profile (id, sealed) VALUES (1, ?)");
            put.bind(1, BytesView(profile)).step();
            ASSERT_FALSE(put.failed());
        }
        sqlite3_exec(handle, "BEGIN", nullptr, nullptr, nullptr);
        for (const ContactId& id : {bob, eve})
            insertContact(handle, id);
        for (std::uint64_t position = 1; position <= kMessages; ++position)
            for (const ContactId& id : {eve, bob})
                insert(handle, inTurn(position, id));
        sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(handle);
    }
    Message inTurn(std::uint64_t position, const ContactId& id) {
        Message one =
            message(position, MessageFrom::Them, "number " + std::to_string(position) + std::string(200, '.'));
        one.contact = id;
        one.state = MessageState::Read;
        one.sentAt.milliseconds = static_cast<std::int64_t>(2 * position + (id == bob ? 1 : 0));
        return one;
    }
    std::string backupOf(std::size_t version) { return "culvert.db.v00" + std::to_string(version) + ".bak"; }
    Bytes fileBytes(const fs::path& path) { return *readFile(path); }
};

TEST_F(StoreUpgradeTest, everyVersionIsUpgradedWithAllThatItHolds) {
    for (std::size_t version = 1; version <= kMigrations.size(); ++version) {
        makeVersion(version);
        const Bytes before = fileBytes(folder / "culvert.db");
        auto one = store();
        ASSERT_TRUE(one->open("water")) << version;
        const auto snapshot = one->load();
        ASSERT_TRUE(snapshot) << version;
        EXPECT_EQ(asText(snapshot->profile), "an identity");
        EXPECT_EQ(snapshot->contacts.size(), 2U);
        EXPECT_EQ(snapshot->lastPosition.at(bob), kMessages);
        EXPECT_EQ(texts(*one).size(), kMessages) << version;
        const auto found = one->search({"number", {}, 0, 100});
        ASSERT_TRUE(found && found->messages.size() == 100) << version;
        for (std::size_t i = 1; i < found->messages.size(); ++i)
            EXPECT_LT(found->messages[i].sentAt.milliseconds, found->messages[i - 1].sentAt.milliseconds)
                << "newest first over both conversations";
        EXPECT_FALSE(one->pollProblem());
        const bool isOld = version < kMigrations.size();
        ASSERT_EQ(fs::exists(folder / backupOf(version)), isOld) << version;
        if (!isOld)
            continue;
        EXPECT_EQ(fileBytes(folder / backupOf(version)), before) << "octet by octet";
        EXPECT_EQ(fs::status(folder / backupOf(version)).permissions() & (fs::perms::group_all | fs::perms::others_all),
                  fs::perms::none);
    }
}

TEST_F(StoreUpgradeTest, whatASoundOldStoreCommittedLastIsInTheCopyToo) {
    makeVersion(1);
    // A program that was killed: the log was not merged.
    fs::copy(folder / "culvert.db", folder / "kept.db");
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(handle, "PRAGMA wal_autocheckpoint = 0", nullptr, nullptr, nullptr), SQLITE_OK);
    insert(handle, inTurn(kMessages + 1, bob));
    fs::copy(folder / "culvert.db", folder / "killed.db");
    fs::copy(folder / "culvert.db-wal", folder / "killed.db-wal");
    sqlite3_close(handle);
    fs::rename(folder / "killed.db", folder / "culvert.db");
    fs::rename(folder / "killed.db-wal", folder / "culvert.db-wal");
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(one->load()->lastPosition.at(bob), kMessages + 1);
    one.reset();
    fs::rename(folder / backupOf(1), folder / "culvert.db");
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(one->load()->lastPosition.at(bob), kMessages + 1);
}

TEST_F(StoreUpgradeTest, anUpgradeThatFailsLeavesTheOldStore) {
    makeVersion(1);
    raw("CREATE TABLE numbered (in_the_way INTEGER)");
    EXPECT_FALSE(store()->open("water"));
    raw("DROP TABLE numbered");
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(texts(*one).size(), kMessages);
}

// Each page in turn, overwritten by nonsense.
TEST_F(StoreUpgradeTest, aDamagedPageCostsWhatStoodInIt) {
    for (std::size_t version = 1; version <= kMigrations.size(); ++version) {
        makeVersion(version);
        const Bytes sound = fileBytes(folder / "culvert.db"), vault = fileBytes(folder / "vault");
        const std::size_t pages = sound.size() / 4096;
        std::size_t saved = 0, refused = 0;
        for (std::size_t page = 0; page < pages; ++page) {
            fs::remove_all(folder);
            fs::create_directories(folder);
            Bytes damaged = sound;
            random.fillPublic(MutableBytes(damaged).subspan(page * 4096, 4096));
            ASSERT_TRUE(writeFileAtomically(folder / "culvert.db", damaged));
            ASSERT_TRUE(writeFileAtomically(folder / "vault", vault));
            auto one = store();
            auto opened = one->open("water");
            const auto snapshot = opened ? one->load() : Result<ArchiveSnapshot>(Unexpected(opened.error()));
            if (!snapshot) { // The page with the identity.
                ++refused;
                EXPECT_EQ(snapshot.error().code, ErrorCode::Corrupt) << snapshot.error().detail;
                EXPECT_EQ(fileBytes(folder / "culvert.db"), damaged) << "left as it is";
                continue;
            }
            const auto check = one->verify();
            ASSERT_TRUE(check);
            if (!check->fileIsSound) {
                ASSERT_TRUE(apply(*one, {PutMessage{inTurn(1000, bob), 1000}})) << "page " << page;
            }
            EXPECT_GE(check->messages - check->damagedMessages + 20, 2 * kMessages) << "page " << page;
            EXPECT_EQ(asText(snapshot->profile), "an identity");
            while (const auto problem = one->pollProblem()) {
                if (problem->kind != StoreProblem::Kind::Salvaged)
                    continue;
                ++saved;
                EXPECT_GE(problem->savedMessages + 20, 2 * kMessages) << "page " << page;
                EXPECT_EQ(fileBytes(folder / problem->file), damaged) << "set aside, octet by octet";
            }
        }
        EXPECT_GT(saved, 0U);
        EXPECT_LE(refused, 1U);
    }
}

TEST_F(StoreUpgradeTest, aDamagedVersionIsSalvagedBeforeItIsUpgraded) {
    makeVersion(1);
    Bytes damaged = fileBytes(folder / "culvert.db");
    random.fillPublic(MutableBytes(damaged).first(4096)); // the header and what the tables are
    ASSERT_TRUE(writeFileAtomically(folder / "culvert.db", damaged));
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(one->load()->contacts.size(), 2U);
    EXPECT_EQ(texts(*one).size(), kMessages);
    const auto problem = one->pollProblem();
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->savedMessages, 2 * kMessages);
    EXPECT_EQ(problem->savedContacts, 2U);
    EXPECT_TRUE(fs::exists(folder / problem->file));
    ASSERT_TRUE(apply(*one, {PutMessage{inTurn(kMessages + 1, bob), kMessages + 1}})) << "life goes on";
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(texts(*one).size(), kMessages + 1);
    EXPECT_FALSE(one->pollProblem()) << "told once";
}

TEST_F(StoreUpgradeTest, whatBecameOfMessagesIsSalvagedToo) {
    Message told = message(1, MessageFrom::Them, "first words");
    told.lifetimeSeconds = 60;
    {
        auto one = created();
        const MessageRef ref{MessageFrom::Them, told.id};
        ASSERT_TRUE(apply(
            *one, {PutContact{bob, {}}, PutMessage{told, 1},
                   AmendMessage{bob, {ref, AmendmentKind::Edit, MessageFrom::Them, "other words", WallTime{7}}, 0},
                   AmendMessage{bob, {ref, AmendmentKind::Reaction, MessageFrom::Me, "👍", WallTime{8}}, 5}}));
    }
    Bytes damaged = fileBytes(folder / "culvert.db");
    random.fillPublic(MutableBytes(damaged).first(4096));
    ASSERT_TRUE(writeFileAtomically(folder / "culvert.db", damaged));
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    const auto back = one->message(bob, {MessageFrom::Them, told.id});
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text, "other words");
    EXPECT_EQ(back->myReaction, "👍");
    const auto snapshot = one->load();
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->expiring.size(), 1U) << "it disappears as before";
    ASSERT_EQ(snapshot->amended.size(), 1U) << "the reaction is still told";
    EXPECT_EQ(snapshot->amended.front().openReaction, 5U);
}

TEST_F(StoreUpgradeTest, picturesAreSalvagedToo) {
    const Bytes mine(24 * 1024, 7), theirs(9000, 8);
    {
        auto one = created();
        ASSERT_TRUE(apply(*one, {PutContact{bob, {}}, PutPicture{{}, mine}, PutPicture{bob, theirs}}));
    }
    Bytes damaged = fileBytes(folder / "culvert.db");
    random.fillPublic(MutableBytes(damaged).first(4096));
    ASSERT_TRUE(writeFileAtomically(folder / "culvert.db", damaged));
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(one->load()->picture, mine);
    EXPECT_EQ(one->load()->contacts.size(), 1U) << "a picture is no contact";
    EXPECT_EQ(*one->picture(bob), theirs);
}

TEST_F(StoreUpgradeTest, aFileThatIsGoneIsNotMadeAnew) {
    created();
    fs::remove(folder / "culvert.db");
    EXPECT_EQ(store()->open("water").error().code, ErrorCode::NotFound);
    EXPECT_FALSE(fs::exists(folder / "culvert.db"));
}

} // namespace
} // namespace culvert
