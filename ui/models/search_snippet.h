// SearchSnippet: one line of a text in which something was found, and where in it. Pure.
#pragma once

#include <QString>
#include <QVector>

namespace culvert {

/// A run of characters of a line, as QString counts them.
struct TextSpan {
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const TextSpan&) const = default;
};

/// What a list of hits shows of a text.
struct SearchSnippet {
    static constexpr qsizetype kLineMax = 200; ///< characters: a list's row has room for fewer
    static constexpr qsizetype kLead = 16;     ///< characters kept before the first word that was found
    static constexpr qsizetype kSpansMax = 16;

    QString line;            ///< without line breaks; "…" stands where its beginning is left out
    QVector<TextSpan> spans; ///< what was found, in order

    /// Compares as core's search does: beginnings of words, upper and lower case and accents aside.
    static SearchSnippet of(const QString& text, const QString& searched);
};

} // namespace culvert
