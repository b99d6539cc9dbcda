#include "core/messenger/message.h"

#include <utility>

namespace culvert {

namespace {

/// The first code point of `text`, which is cut off there; nothing when it is no UTF-8 (RFC 3629 §3).
std::optional<char32_t> takeCodePoint(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80        ? 1
                             : first >> 5U == 6  ? 2
                             : first >> 4U == 14 ? 3
                             : first >> 3U == 30 ? 4
                                                 : 0;
    if (size == 0 || size > text.size())
        return std::nullopt;
    char32_t out = size == 1 ? first : first & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if ((octet & 0xc0U) != 0x80)
            return std::nullopt;
        out = out << 6U | (octet & 0x3fU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (out < least[size] || out > 0x10ffff || (out >= 0xd800 && out <= 0xdfff))
        return std::nullopt;
    text.remove_prefix(size);
    return out;
}

constexpr char32_t kJoiner = 0x200d;

bool isBetween(char32_t c, char32_t first, char32_t last) {
    return first <= c && c <= last;
}

// What belongs to the sign before it: marks, variation selectors, skin tones, tags of flags.
bool extends(char32_t c) {
    return isBetween(c, 0x300, 0x36f) || isBetween(c, 0x20d0, 0x20f0) || isBetween(c, 0xfe00, 0xfe0f) ||
           isBetween(c, 0x1f3fb, 0x1f3ff) || isBetween(c, 0xe0020, 0xe007f);
}

// What nobody sees, or what turns the text around it.
bool isHidden(char32_t c) {
    return c <= 0x20 || isBetween(c, 0x7f, 0xa0) || isBetween(c, 0x2000, 0x200f) || isBetween(c, 0x2028, 0x202f) ||
           isBetween(c, 0x205f, 0x206f) || c == 0xad || c == 0x61c || c == 0x3000 || c == 0xfeff || c == 0xfffd ||
           isBetween(c, 0xe000, 0xf8ff) || isBetween(c, 0xe0000, 0x10ffff);
}

bool isFlagLetter(char32_t c) {
    return isBetween(c, 0x1f1e6, 0x1f1ff);
}

} // namespace

bool isReaction(std::string_view text) {
    if (text.empty() || text.size() > kReactionOctetsMax)
        return false;
    char32_t before = 0;
    bool wantsBase = true; // at the beginning and after a joiner
    int flagLetters = 0;
    while (!text.empty()) {
        const auto c = takeCodePoint(text);
        if (!c)
            return false;
        if (wantsBase) {
            if (extends(*c) || isHidden(*c))
                return false;
            flagLetters = isFlagLetter(*c) ? 1 : 0;
            wantsBase = false;
        } else if (*c == kJoiner) {
            wantsBase = true;
        } else if (isFlagLetter(*c) && flagLetters == 1 && isFlagLetter(before)) {
            flagLetters = 2;
        } else if (!extends(*c)) {
            return false;
        }
        before = *c;
    }
    return !wantsBase;
}

bool isAllowed(const Amendment& amendment) {
    switch (amendment.kind) {
    case AmendmentKind::Edit:
        return amendment.target.from == amendment.by && !amendment.text.empty() &&
               amendment.text.size() <= kMessageTextMax;
    case AmendmentKind::Deletion:
        return amendment.target.from == amendment.by;
    case AmendmentKind::Reaction:
        return amendment.text.empty() || isReaction(amendment.text);
    }
    return false;
}

bool apply(const Amendment& amendment, Message& message) {
    if (message.isDeleted || message.kind != MessageKind::Text)
        return false;
    switch (amendment.kind) {
    case AmendmentKind::Edit:
        if (message.text == amendment.text)
            return false;
        message.text = amendment.text;
        message.editedAt = amendment.at;
        return true;
    case AmendmentKind::Deletion:
        message.isDeleted = true;
        message.text.clear();
        message.myReaction.clear();
        message.theirReaction.clear();
        message.replyTo.reset();
        message.editedAt.reset();
        return true;
    case AmendmentKind::Reaction:
        std::string& reaction = amendment.by == MessageFrom::Me ? message.myReaction : message.theirReaction;
        return std::exchange(reaction, amendment.text) != amendment.text;
    }
    return false;
}

bool startLifetime(Message& message, WallTime now) {
    if (message.lifetimeSeconds == 0 || message.expiresAt)
        return false;
    message.expiresAt = WallTime{now.milliseconds + std::int64_t{1000} * message.lifetimeSeconds};
    return true;
}

} // namespace culvert
