#include "ui/models/fuzzy_match.h"

namespace culvert {
namespace {

/// Where the letters are found from `from` on, each as early as possible.
std::optional<int> scoreFrom(const QString& typed, const QString& name, qsizetype from) {
    int score = 0;
    qsizetype last = from - 1;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        const qsizetype at = name.indexOf(letter, last + 1);
        if (at < 0)
            return std::nullopt;
        const bool beginsWord = at == 0 || !name.at(at - 1).isLetterOrNumber();
        score += (at == last + 1 && at != from) ? 8 : beginsWord ? 10 : 1;
        last = at;
    }
    return score;
}

} // namespace

QString folded(const QString& text) {
    QString out = text.normalized(QString::NormalizationForm_D).toCaseFolded();
    out.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    return out.simplified();
}

std::optional<int> fuzzyScore(const QString& typed, const QString& name) {
    const QString letters = folded(typed);
    const QString searched = folded(name);
    if (letters.isEmpty())
        return 0;
    std::optional<int> best;
    // The first letter decides where the others are looked for.
    for (qsizetype from = searched.indexOf(letters.at(0)); from >= 0;
         from = searched.indexOf(letters.at(0), from + 1)) {
        const auto score = scoreFrom(letters, searched, from);
        if (score && (!best || *score > *best))
            best = score;
    }
    if (!best)
        return std::nullopt;
    constexpr int kLengthMax = 40;
    const int whole = searched.startsWith(letters) ? 20 : 0;
    return *best * 4 + whole - static_cast<int>(std::min<qsizetype>(searched.size(), kLengthMax)) / 4;
}

} // namespace culvert
