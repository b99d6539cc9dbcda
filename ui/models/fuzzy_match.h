// Fuzzy match: how well a few typed letters name something.
#pragma once

#include <QString>

#include <optional>

namespace culvert {

/// `text` as it is searched: without case, accents and vowel marks, so that "ole" finds "Olé". Pure.
QString folded(const QString& text);

/// Nothing when the letters of `typed` are not all in `name`, in their order. Otherwise more is better: letters that
/// follow each other, that begin words, and names that are short. Case and accents do not count. Pure.
std::optional<int> fuzzyScore(const QString& typed, const QString& name);

} // namespace culvert
