// A store in a folder of its own, with cheap passphrases.
#pragma once

#include "core/store/store.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sqlite3.h>

namespace culvert {

inline const PassphraseCost kCheap{crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};

struct StoreTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() /
        ("culvert-store-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
         testing::UnitTest::GetInstance()->current_test_info()->name());
    test::SeededRandom random{1};
    ContactId bob{{1, 2, 3}};

    void SetUp() override { std::filesystem::remove_all(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::unique_ptr<Store> store() { return std::make_unique<Store>(folder, random, kCheap); }
    std::unique_ptr<Store> created(KeySource source = KeySource::Passphrase, const char* secret = "water") {
        auto made = store();
        EXPECT_TRUE(made->create(source, secret, asBytes("profile at first")));
        return made;
    }
    Message message(std::uint64_t position, MessageFrom from, const std::string& text) {
        Message out;
        out.id.octets = {static_cast<std::uint8_t>(position), static_cast<std::uint8_t>(from)};
        out.contact = bob;
        out.from = from;
        out.position = position;
        out.text = text;
        out.sentAt = WallTime{1000 + static_cast<std::int64_t>(position)};
        out.state = from == MessageFrom::Me ? MessageState::Queued : MessageState::Delivered;
        return out;
    }
    Result<void> apply(Store& into, std::vector<ArchiveWrite> writes) { return into.apply({{1, std::move(writes)}}); }
    /// Runs SQL on the database behind the store's back. REQUIRES: it is not open
    void raw(const std::string& sql) {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &handle), SQLITE_OK);
        char* problem = nullptr;
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK) << problem;
        sqlite3_close(handle);
    }
    /// Everything of a conversation, oldest first.
    std::vector<std::string> texts(Store& from) {
        std::vector<std::string> out;
        for (const Message& one : *from.messages(bob, 0, 500))
            out.push_back(one.text);
        return out;
    }
};

} // namespace culvert
