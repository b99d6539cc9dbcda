#include "core/store/search_words.h"

#include <QChar>
#include <QList>
#include <QString>
#include <algorithm>
#include <array>

namespace culvert {

namespace {

// Each length costs space in the index; a word of another length is looked for by the next shorter one, and read.
constexpr std::array<std::size_t, 5> kBeginnings = {2, 3, 4, 6, 8};

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char octet) { return static_cast<unsigned char>(octet) < 128; });
}

std::vector<SearchWord> asciiWords(std::string_view text) {
    std::vector<SearchWord> words;
    bool isInside = false;
    for (const char octet : text) {
        const bool isUpper = octet >= 'A' && octet <= 'Z';
        const bool isPart = isUpper || (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
        if (isPart && !isInside)
            words.emplace_back();
        if (isPart)
            words.back().text += static_cast<char>(isUpper ? octet - 'A' + 'a' : octet);
        isInside = isPart;
    }
    return words;
}

bool isUnbroken(char32_t letter) {
    switch (QChar::script(letter)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return QChar::category(letter) == QChar::Symbol_Other && letter != QChar::ReplacementCharacter;
    }
}

// Where each character of UTF-8 begins, and the end.
std::vector<std::size_t> bordersOf(std::string_view text) {
    std::vector<std::size_t> borders;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
            borders.push_back(i);
    borders.push_back(text.size());
    return borders;
}

// Beginnings and parts of runs are kept apart, so that one is not taken for the other.
std::string beginningToken(std::string_view text) {
    return "b" + std::string(text);
}

std::string runToken(std::string_view text) {
    return "r" + std::string(text);
}

} // namespace

std::vector<SearchWord> searchWords(std::string_view text) {
    if (isAscii(text))
        return asciiWords(text);
    // Qt folds one character to one other, so that this one is left.
    const QString folded = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                               .normalized(QString::NormalizationForm_KD)
                               .toCaseFolded()
                               .replace(u'ß', u"ss"_qs);
    std::vector<SearchWord> words;
    bool isInside = false;
    for (const uint letter : folded.toUcs4()) {
        if (QChar::category(letter) == QChar::Mark_NonSpacing)
            continue; // An accent parts nothing.
        const bool isRun = isUnbroken(letter);
        const bool isPart = isRun || QChar::isLetterOrNumber(letter) || QChar::isMark(letter);
        if (isPart && (!isInside || words.back().isUnbroken != isRun))
            words.push_back({{}, isRun});
        if (isPart) {
            const auto character = static_cast<char32_t>(letter);
            words.back().text += QString::fromUcs4(&character, 1).toStdString();
        }
        isInside = isPart;
    }
    return words;
}

std::set<std::string> tokensOf(const std::vector<SearchWord>& words) {
    std::set<std::string> tokens;
    for (const SearchWord& word : words) {
        const std::string_view text = word.text;
        const auto borders = bordersOf(text);
        const std::size_t length = borders.size() - 1;
        for (std::size_t i = 0; word.isUnbroken && i < length; ++i) {
            tokens.insert(runToken(text.substr(borders[i], borders[i + 1] - borders[i])));
            if (i + 2 <= length)
                tokens.insert(runToken(text.substr(borders[i], borders[i + 2] - borders[i])));
        }
        for (const std::size_t size : kBeginnings)
            if (!word.isUnbroken && size <= length)
                tokens.insert(beginningToken(text.substr(0, borders[size])));
    }
    return tokens;
}

std::set<std::string> tokensToFind(const std::vector<SearchWord>& wanted) {
    std::set<std::string> tokens;
    for (const SearchWord& word : wanted) {
        const std::string_view text = word.text;
        const auto borders = bordersOf(text);
        const std::size_t length = borders.size() - 1;
        if (word.isUnbroken) {
            const std::size_t size = std::min<std::size_t>(length, 2);
            for (std::size_t i = 0; i + size <= length; ++i)
                tokens.insert(runToken(text.substr(borders[i], borders[i + size] - borders[i])));
            continue;
        }
        const auto longer = std::ranges::upper_bound(kBeginnings, length);
        if (longer != kBeginnings.begin())
            tokens.insert(beginningToken(text.substr(0, borders[*std::prev(longer)])));
    }
    return tokens;
}

bool isFound(const std::vector<SearchWord>& wanted, const std::vector<SearchWord>& words) {
    return std::ranges::all_of(wanted, [&](const SearchWord& one) {
        return std::ranges::any_of(words, [&](const SearchWord& word) {
            if (word.isUnbroken != one.isUnbroken)
                return false;
            return one.isUnbroken ? word.text.find(one.text) != std::string::npos : word.text.starts_with(one.text);
        });
    });
}

} // namespace culvert
