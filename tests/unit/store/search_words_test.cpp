#include "core/store/search_words.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

std::vector<std::string> textsOf(std::string_view text) {
    std::vector<std::string> out;
    for (const SearchWord& word : searchWords(text))
        out.push_back(word.text);
    return out;
}

bool finds(std::string_view wanted, std::string_view text) {
    return isFound(searchWords(wanted), searchWords(text));
}

using Texts = std::vector<std::string>;

TEST(SearchWords, caseAccentsAndFormsDoNotMatter) {
    EXPECT_EQ(textsOf("Hello, World-wide 42!"), (Texts{"hello", "world", "wide", "42"}));
    EXPECT_EQ(textsOf("Grüße aus ÖSTERREICH"), (Texts{"grusse", "aus", "osterreich"}));
    EXPECT_EQ(textsOf("naïve Ｆｕｌｌ ﬁne"), (Texts{"naive", "full", "fine"}));
    EXPECT_EQ(textsOf("Ёлка ΣΊΣΥΦΟΣ"), textsOf("елка σίσυφος"));
    EXPECT_EQ(textsOf(" \n…!?"), Texts{});
    EXPECT_EQ(textsOf("\xff\xfe broken \xc3"), (Texts{"broken"}));
}

TEST(SearchWords, aWordIsFoundByItsBeginning) {
    EXPECT_TRUE(finds("wat", "deep Water"));
    EXPECT_TRUE(finds("WATER de", "deep Water"));
    EXPECT_FALSE(finds("ater", "deep Water"));
    EXPECT_FALSE(finds("water low", "deep Water")) << "every word has to be there";
    EXPECT_TRUE(finds("grüss", "GRÜSSE"));
    EXPECT_TRUE(finds("gruß", "Grusse"));
}

TEST(SearchWords, runsWithoutSpacesAreFoundAnywhere) {
    EXPECT_TRUE(finds("水曜", "来週の水曜日に会う"));
    EXPECT_TRUE(finds("日", "来週の水曜日に会う"));
    EXPECT_FALSE(finds("曜水", "来週の水曜日に会う"));
    EXPECT_TRUE(finds("🌊", "to the sea🌊🌊!"));
    EXPECT_EQ(textsOf("abc水曜def"), (Texts{"abc", "水曜", "def"}));
}

// What is looked for under must be what a message was entered under, for every text that is found.
TEST(SearchWords, whatIsFoundHasTheTokensThatItIsLookedForBy) {
    const std::vector<std::string> texts = {"a",  "ab",        "abcdefghijklm", "Überraschung!",
                                            "水", "水曜日 🌊x", "한국어 메시지", "1234"};
    for (const std::string& text : texts) {
        const auto words = searchWords(text);
        const auto tokens = tokensOf(words);
        for (const SearchWord& word : words) {
            for (std::size_t size = 1; size <= word.text.size(); ++size) {
                const auto wanted = searchWords(word.text.substr(0, size));
                if (wanted.empty() || !isFound(wanted, words))
                    continue; // half a character
                for (const std::string& token : tokensToFind(wanted))
                    EXPECT_TRUE(tokens.contains(token)) << text << ": " << token;
            }
        }
    }
    EXPECT_TRUE(tokensToFind(searchWords("a")).empty());
    EXPECT_EQ(tokensToFind(searchWords("abcde")), (std::set<std::string>{"babcd"}));
}

} // namespace
} // namespace culvert
