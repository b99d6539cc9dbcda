#include "core/store/search_index.h"
#include "tests/unit/store/store_fixture.h"

#include <fstream>

namespace culvert {
namespace {

struct StoreSearchTest : StoreTest {
    ContactId eve{{9, 9}};

    static std::string textOf(std::uint64_t position) {
        std::string text = "message " + std::to_string(position);
        text += position % 7 == 0 ? " seventh" : "";
        text += position == 1234 ? " Überraschung" : "";
        return text;
    }
    void fill(Store& store, std::uint64_t first, std::uint64_t last, const ContactId& contact) {
        std::vector<ArchiveWrite> writes;
        for (std::uint64_t position = first; position <= last; ++position) {
            Message one = message(position, MessageFrom::Them, textOf(position));
            one.id.octets = {static_cast<std::uint8_t>(position), static_cast<std::uint8_t>(position >> 8)};
            one.contact = contact;
            writes.emplace_back(PutMessage{one, position});
        }
        ASSERT_TRUE(apply(store, std::move(writes)));
    }
    static void tidyAll(Store& store) {
        while (store.tidy()) {
        }
    }
    /// All pages, and how many calls they took.
    std::vector<Message> all(Store& store, const std::string& text, std::optional<ContactId> contact = {},
                             std::size_t limit = 50) {
        std::vector<Message> out;
        SearchRequest request{text, contact, 0, limit};
        do {
            const auto page = store.search(request);
            EXPECT_TRUE(page);
            if (!page)
                break;
            EXPECT_LE(page->messages.size(), limit);
            EXPECT_TRUE(page->next == 0 || request.before == 0 || page->next < request.before) << "it goes on";
            out.insert(out.end(), page->messages.begin(), page->messages.end());
            request.before = page->next;
        } while (request.before != 0);
        return out;
    }
};

TEST_F(StoreSearchTest, newestFirstInAllConversationsOrInOne) {
    auto one = created();
    fill(*one, 1, 3, bob);
    fill(*one, 1, 2, eve);
    const auto found = all(*one, "mess");
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found.front().contact, eve);
    EXPECT_EQ(found.front().position, 2U);
    EXPECT_EQ(found.back().contact, bob);
    EXPECT_EQ(found.back().position, 1U);
    EXPECT_EQ(all(*one, "mess", bob).size(), 3U);
    EXPECT_TRUE(all(*one, "nothing").empty());
    EXPECT_TRUE(all(*one, " .,").empty()) << "no word, nothing";
}

TEST_F(StoreSearchTest, theIndexFindsWhatReadingFinds) {
    auto one = created();
    fill(*one, 1, 3000, bob);
    fill(*one, 1, 3000, eve);
    const std::vector<std::string> queries = {"seventh", "uberr", "message 12", "1", "sev mes 7", "none at all"};
    std::vector<std::vector<Message>> read;
    for (const std::string& query : queries)
        read.push_back(all(*one, query));
    tidyAll(*one);
    EXPECT_EQ(one->storageInfo()->indexed, 4096U) << "two full blocks of the three";
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const auto found = all(*one, queries[i], {}, 7);
        ASSERT_EQ(found.size(), read[i].size()) << queries[i];
        for (std::size_t k = 0; k < found.size(); ++k)
            EXPECT_TRUE(found[k].contact == read[i][k].contact && found[k].position == read[i][k].position)
                << queries[i];
        EXPECT_EQ(all(*one, queries[i], eve, 7).size(), read[i].size() / 2) << queries[i];
    }
    EXPECT_EQ(read[0].size(), 2 * (3000U / 7));
    EXPECT_EQ(read[1].size(), 2U);
}

TEST_F(StoreSearchTest, theIndexFollowsEditsAndDeletions) {
    auto one = created();
    fill(*one, 1, 2100, bob);
    tidyAll(*one);
    ASSERT_EQ(one->storageInfo()->indexed, 2048U);
    const auto refOf = [](std::uint64_t position) {
        MessageRef ref{MessageFrom::Them, {}};
        ref.id.octets = {static_cast<std::uint8_t>(position), static_cast<std::uint8_t>(position >> 8)};
        return ref;
    };
    const auto amend = [&](std::uint64_t position, AmendmentKind kind, const std::string& text) {
        ASSERT_TRUE(apply(*one, {AmendMessage{bob, {refOf(position), kind, MessageFrom::Them, text, WallTime{5}}, 0}}));
    };
    const std::size_t sevenths = all(*one, "seventh").size();

    amend(6, AmendmentKind::Reaction, "👍");
    EXPECT_EQ(one->storageInfo()->indexed, 2048U) << "no word changed";
    amend(700, AmendmentKind::Edit, "a walrus");
    EXPECT_EQ(one->storageInfo()->indexed, 0U) << "what the index said of the block is gone at once";
    const auto check = [&] {
        EXPECT_EQ(all(*one, "seventh").size(), sevenths - 1);
        ASSERT_EQ(all(*one, "walrus").size(), 1U);
        EXPECT_EQ(all(*one, "walrus").front().position, 700U);
    };
    check();
    tidyAll(*one);
    ASSERT_EQ(one->storageInfo()->indexed, 2048U);
    check();

    amend(1234, AmendmentKind::Deletion, "");
    EXPECT_EQ(one->storageInfo()->indexed, 0U);
    EXPECT_TRUE(all(*one, "uberraschung").empty());
    tidyAll(*one);
    EXPECT_TRUE(all(*one, "uberraschung").empty());
    EXPECT_EQ(all(*one, "message 1233").size(), 1U) << "its neighbours are found as before";

    ASSERT_TRUE(apply(*one, {EraseMessage{bob, refOf(700)}}));
    EXPECT_EQ(one->storageInfo()->indexed, 0U) << "nor does one that disappeared stay in the index";
    EXPECT_TRUE(all(*one, "walrus").empty());
    tidyAll(*one);
    EXPECT_TRUE(all(*one, "walrus").empty());
}

TEST_F(StoreSearchTest, theIndexOutlivesARestart) {
    auto one = created();
    fill(*one, 1, 2100, bob);
    ASSERT_TRUE(one->tidy());
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_FALSE(one->tidy()) << "nothing left to do";
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U);
}

TEST_F(StoreSearchTest, aRemovedConversationLeavesTheIndex) {
    auto one = created();
    fill(*one, 1, 2100, bob);
    fill(*one, 1, 2100, eve);
    tidyAll(*one);
    ASSERT_TRUE(apply(*one, {EraseContact{bob}}));
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U) << "at once";
    tidyAll(*one);
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U);
    one.reset();
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "culvert.db").c_str(), &handle), SQLITE_OK);
    {
        // Block 0 holds messages of Bob's alone; what is left has no token.
        Statement count(handle, "SELECT count(*) FROM search_tokens WHERE block = 0");
        ASSERT_TRUE(count.step());
        EXPECT_EQ(count.number(0), 0);
    }
    sqlite3_close(handle);
}

TEST_F(StoreSearchTest, aDamagedIndexIsMadeAnew) {
    auto one = created();
    fill(*one, 1, 2100, bob);
    tidyAll(*one);
    one.reset();
    raw("UPDATE search_tokens SET sealed = x'0011223344556677889900112233445566'");
    one = store();
    ASSERT_TRUE(one->open("water"));
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U);
    EXPECT_TRUE(one->tidy());
    EXPECT_EQ(all(*one, "seventh").size(), 2100U / 7);
}

TEST_F(StoreSearchTest, aTextOfNothingButNewWordsIsFoundToo) {
    auto one = created();
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += std::to_string(1'000'000 + 37 * i) + " ";
    ASSERT_TRUE(apply(*one, {PutMessage{message(1, MessageFrom::Them, text), 1}}));
    fill(*one, 2, 2100, bob);
    tidyAll(*one);
    EXPECT_EQ(all(*one, "1000037").size(), 1U);
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U);
}

TEST_F(StoreSearchTest, oneStepReadsABoundedNumberOfMessages) {
    auto one = created();
    fill(*one, 1, 9000, bob);
    const auto first = one->search({"uberraschung", {}, 0, 50});
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->messages.empty());
    EXPECT_GT(first->next, 4000U) << "a part, and how to go on";
    EXPECT_EQ(all(*one, "uberraschung").size(), 1U);
}

TEST_F(StoreSearchTest, noWordStandsInTheFile) {
    auto one = created();
    fill(*one, 1, 2100, bob);
    tidyAll(*one);
    one.reset();
    std::string file;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        file.append(std::istreambuf_iterator<char>(in), {});
    }
    for (const char* word : {"seventh", "message 12", "rraschung", "bsev", "berraschung"})
        EXPECT_EQ(file.find(word), std::string::npos) << word;
}

} // namespace
} // namespace culvert
