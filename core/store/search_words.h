// Words as search sees them: upper and lower case, accents and forms of letters aside. Pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace culvert {

/// One word of a text.
struct SearchWord {
    std::string text; ///< folded, UTF-8
    /// A run of a script that puts no space between words (Han, Kana, Thai, …), or of symbols: it is found anywhere in
    /// such a run, any other word at its beginning.
    bool isUnbroken = false;
    bool operator==(const SearchWord&) const = default;
};

/// The words of a text, in order.
std::vector<SearchWord> searchWords(std::string_view text);

/// What a message with these words is entered under in the index: beginnings of two, three, four, six and eight
/// characters; of unbroken runs every character and every pair.
std::set<std::string> tokensOf(const std::vector<SearchWord>& words);

/// Tokens of which a message must have all in order to be found, and most that have them are. None when the words are
/// too short for it: then every message is to be read.
std::set<std::string> tokensToFind(const std::vector<SearchWord>& wanted);

/// Whether a message with `words` is found by `wanted`.
bool isFound(const std::vector<SearchWord>& wanted, const std::vector<SearchWord>& words);

} // namespace culvert
