// Protection, export and import: all at once or not at all, and no passphrase harms anything.
#include "core/store/new_file.h"
#include "core/store/profile_file.h"
#include "tests/unit/store/store_fixture.h"

#include <sstream>

namespace culvert {
namespace {

namespace fs = std::filesystem;

struct StoreCopiesTest : StoreTest {
    fs::path copy = folder.string() + ".culvert";
    fs::path other = folder.string() + "-other";

    void SetUp() override {
        StoreTest::SetUp();
        clean();
    }
    void TearDown() override {
        StoreTest::TearDown();
        clean();
    }
    void clean() const {
        fs::remove(copy);
        fs::remove_all(other);
    }
    std::unique_ptr<Store> filled() {
        auto one = created();
        EXPECT_TRUE(apply(*one, {PutContact{bob, toBytes(asBytes("contact"))}, PutPicture{{}, Bytes(9000, 7)},
                                 PutPicture{bob, Bytes(900, 8)}, PutMessage{message(1, MessageFrom::Me, "one"), 1},
                                 PutMessage{message(2, MessageFrom::Them, "two"), 2}}));
        return one;
    }
    Result<void> import(const std::string& passphrase) {
        return Store(other, random, kCheap).importFrom({copy.string(), passphrase, KeySource::Passphrase, "new"});
    }
};

TEST_F(StoreCopiesTest, anotherPassphraseTakesThePlaceOfTheOldOne) {
    auto one = filled();
    EXPECT_EQ(one->protect({"wine", KeySource::Passphrase, "x"}).error().code, ErrorCode::WrongPassphrase);
    EXPECT_EQ(one->protect({"water", KeySource::Passphrase, ""}).error().code, ErrorCode::InvalidArgument);
    EXPECT_TRUE(store()->checkSecret("water")) << "nothing happened";
    ASSERT_TRUE(one->protect({"water", KeySource::Passphrase, "fire"}));
    one = store();
    EXPECT_EQ(one->open("water").error().code, ErrorCode::WrongPassphrase);
    ASSERT_TRUE(one->open("fire"));
    EXPECT_EQ(texts(*one), (std::vector<std::string>{"one", "two"}));
}

TEST_F(StoreCopiesTest, theKeyMovesBetweenItsThreePlaces) {
    auto one = filled();
    ASSERT_TRUE(one->protect({"water", KeySource::BesideStore, ""}));
    one = store();
    EXPECT_EQ(one->state(), ProfileState::Opening);
    ASSERT_TRUE(one->open(""));
    EXPECT_EQ(one->storageInfo()->keySource, KeySource::BesideStore);
    ASSERT_TRUE(one->protect({"", KeySource::BesideStore, ""})) << "as it is";
    ASSERT_TRUE(one->protect({"", KeySource::Keyring, "random octets"}));
    EXPECT_FALSE(fs::exists(folder / "key")) << "what opened it is gone";
    one = store();
    EXPECT_EQ(one->state(), ProfileState::NeedsKeyring);
    ASSERT_TRUE(one->open("random octets"));
    EXPECT_EQ(texts(*one).size(), 2U);
}

// Whatever files a crash leaves behind, one of the two secrets opens the profile.
TEST_F(StoreCopiesTest, aCrashWhileTheKeyMovesLeavesTheOldOneOrTheNew) {
    filled();
    ASSERT_TRUE(writeFileAtomically(folder / "key", asBytes("a key that no vault knows yet")));
    ASSERT_TRUE(writeFileAtomically(folder / "vault.new", asBytes("half a vault")));
    auto one = store();
    ASSERT_TRUE(one->open("water"));
    ASSERT_TRUE(one->protect({"water", KeySource::BesideStore, ""}));
    EXPECT_TRUE(store()->checkSecret(""));
}

TEST_F(StoreCopiesTest, anExportedProfileIsTheSameElsewhere) {
    auto one = filled();
    ASSERT_TRUE(one->exportTo({copy.string(), "travel"}));
    EXPECT_EQ(one->exportTo({copy.string(), "travel"}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(fs::status(copy).permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
    ASSERT_TRUE(apply(*one, {PutMessage{message(3, MessageFrom::Me, "three"), 3}})) << "it goes on";
    ASSERT_TRUE(import("travel"));
    Store there(other, random, kCheap);
    ASSERT_TRUE(there.open("new"));
    EXPECT_EQ(asText(there.load()->profile), "profile at first");
    EXPECT_EQ(there.load()->picture, Bytes(9000, 7));
    ASSERT_TRUE(there.picture(bob));
    EXPECT_EQ(*there.picture(bob), Bytes(900, 8));
    EXPECT_EQ(texts(there), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(import("travel").error().code, ErrorCode::AlreadyExists);
}

TEST_F(StoreCopiesTest, whatBecameOfMessagesIsExportedToo) {
    auto one = created();
    const Message told = message(1, MessageFrom::Them, "first words");
    const MessageRef ref{MessageFrom::Them, told.id};
    ASSERT_TRUE(
        apply(*one, {PutContact{bob, {}}, PutMessage{told, 1},
                     AmendMessage{bob, {ref, AmendmentKind::Edit, MessageFrom::Them, "other words", WallTime{7}}, 0}}));
    ASSERT_TRUE(one->exportTo({copy.string(), "travel"}));
    ASSERT_TRUE(import("travel"));
    Store there(other, random, kCheap);
    ASSERT_TRUE(there.open("new"));
    const auto back = there.message(bob, ref);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text, "other words");
    EXPECT_EQ(back->editedAt, WallTime{7});
}

TEST_F(StoreCopiesTest, aWrongPassphraseMakesNothing) {
    ASSERT_TRUE(filled()->exportTo({copy.string(), "travel"}));
    EXPECT_EQ(import("trouble").error().code, ErrorCode::WrongPassphrase);
    EXPECT_TRUE(fs::is_empty(other));
    EXPECT_EQ(Store(other, random, kCheap).state(), ProfileState::None);
    EXPECT_EQ(Store(other, random, kCheap).importFrom({copy.string() + "x", "travel", {}, "x"}).error().code,
              ErrorCode::NotFound);
    EXPECT_TRUE(import("travel")) << "and the file is as good as before";
}

TEST_F(StoreCopiesTest, aFileThatIsDamagedOrCutOffMakesNothing) {
    ASSERT_TRUE(filled()->exportTo({copy.string(), "travel"}));
    const Bytes whole = *readFile(copy);
    for (std::size_t size : {std::size_t{0}, std::size_t{20}, kProfileHeaderSize, kProfileHeaderSize + 48,
                             kProfileHeaderSize + 48 + 65552, whole.size() - 1}) {
        ASSERT_TRUE(writeFileAtomically(copy, BytesView(whole).first(std::min(size, whole.size() - 1))));
        EXPECT_FALSE(import("travel")) << size;
        EXPECT_TRUE(!fs::exists(other) || fs::is_empty(other)) << size;
    }
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 40) {
        Bytes damaged = whole;
        damaged[at] ^= 1;
        // Argon2id with other costs is another key, or far too dear to try.
        if (at >= 33 && at < kProfileHeaderSize)
            continue;
        ASSERT_TRUE(writeFileAtomically(copy, damaged));
        EXPECT_FALSE(import("travel")) << at;
    }
    Bytes longer = whole;
    longer.push_back(0);
    ASSERT_TRUE(writeFileAtomically(copy, longer));
    EXPECT_FALSE(import("travel"));
}

// Chunks that fill exactly, one octet less and one more.
TEST_F(StoreCopiesTest, everySizeIsReadBack) {
    for (const std::size_t size : {0, 1, 65535, 65536, 65537, 131072, 200000}) {
        Bytes content(size);
        random.fillPublic(content);
        Bytes file;
        auto writer = ProfileFileWriter::begin("p", kCheap, Secret<32>(), random, [&](BytesView some) {
            append(file, some);
            return Result<void>();
        });
        ASSERT_TRUE(writer && writer->write(content) && writer->finish());
        std::istringstream in{std::string(asText(file))};
        auto reader = ProfileFileReader::begin(in, "p");
        ASSERT_TRUE(reader);
        Bytes back;
        for (;;) {
            const auto some = reader->next();
            ASSERT_TRUE(some) << size;
            if (some->empty())
                break;
            append(back, *some);
        }
        EXPECT_EQ(back, content) << size;
    }
}

TEST_F(StoreCopiesTest, aDeletedProfileIsGoneAndAnotherCanBeMade) {
    auto one = filled();
    EXPECT_EQ(one->checkSecret("wine").error().code, ErrorCode::WrongPassphrase);
    ASSERT_TRUE(writeFileAtomically(folder / "a photo", asBytes("not ours")));
    ASSERT_TRUE(one->erase());
    EXPECT_EQ(one->state(), ProfileState::None);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "what is not ours stays";
    ASSERT_TRUE(one->create(KeySource::Passphrase, "again", asBytes("second")));
    EXPECT_EQ(asText(one->load()->profile), "second");
    EXPECT_TRUE(texts(*one).empty());
}

TEST_F(StoreCopiesTest, storageIsTold) {
    auto one = filled();
    const auto info = one->storageInfo();
    ASSERT_TRUE(info);
    EXPECT_EQ(info->messages, 2U);
    EXPECT_EQ(info->contacts, 1U);
    EXPECT_GT(info->databaseOctets, 4096U);
    EXPECT_EQ(info->asideOctets, 0U);
    EXPECT_EQ(info->folder, folder.string());
    const auto check = one->verify();
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->isSound());
    EXPECT_EQ(check->messages, 2U);
    EXPECT_TRUE(one->compact());
    EXPECT_EQ(texts(*one).size(), 2U);
}

} // namespace
} // namespace culvert
