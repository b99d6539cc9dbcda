#include "ui/models/search_snippet.h"

#include <QStringList>

#include <algorithm>

namespace culvert {
namespace {

/// A text as it is compared, and where each of its characters came from.
struct Folded {
    QString text;
    QVector<qsizetype> origin; ///< one more than `text` has characters
};

void foldLetter(Folded& out, const QString& letter, qsizetype at) {
    const QString parts = letter.normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const QChar part : parts) {
        if (part.isMark())
            continue;
        out.text += part;
        out.origin.append(at);
    }
}

Folded fold(const QString& text) {
    Folded out;
    out.text.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.unicode() < 0x80) {
            out.text += unit.toLower();
            out.origin.append(i);
            continue;
        }
        const bool isPair = unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        foldLetter(out, text.mid(i, isPair ? 2 : 1), i);
        if (isPair)
            ++i;
    }
    out.origin.append(text.size());
    return out;
}

bool isOfWord(QChar unit) {
    return unit.isLetterOrNumber() || unit.isSurrogate();
}

QStringList wordsOf(const QString& folded) {
    QStringList words(QString{});
    for (const QChar unit : folded) {
        if (isOfWord(unit))
            words.last() += unit;
        else if (!words.last().isEmpty())
            words.append(QString());
    }
    words.removeAll(QString());
    return words;
}

/// Where nothing parts words, they begin anywhere.
bool isUnparted(QChar unit) {
    return unit.script() == QChar::Script_Han || unit.script() == QChar::Script_Hiragana ||
           unit.script() == QChar::Script_Katakana;
}

QVector<TextSpan> find(const Folded& text, const QStringList& words) {
    QVector<TextSpan> found;
    for (qsizetype i = 0; i < text.text.size() && found.size() < SearchSnippet::kSpansMax; ++i) {
        if (i > 0 && isOfWord(text.text[i - 1]) && !isUnparted(text.text[i]))
            continue;
        qsizetype longest = 0;
        for (const QString& word : words)
            if (word.size() > longest && QStringView(text.text).sliced(i).startsWith(word))
                longest = word.size();
        if (longest == 0)
            continue;
        const qsizetype start = text.origin[i];
        found.append({start, text.origin[i + longest] - start});
        i += longest - 1;
    }
    return found;
}

} // namespace

SearchSnippet SearchSnippet::of(const QString& text, const QString& searched) {
    const QString whole = text.simplified();
    const QVector<TextSpan> found = find(fold(whole), wordsOf(fold(searched).text));
    qsizetype begin = 0;
    if (!found.isEmpty() && found.first().start > kLead) {
        begin = found.first().start - kLead;
        const qsizetype space = whole.indexOf(QLatin1Char(' '), begin); // Better a whole word less.
        if (space >= 0 && space < found.first().start)
            begin = space + 1;
        else if (whole[begin].isLowSurrogate())
            --begin;
    }
    SearchSnippet out;
    const QString lead = begin > 0 ? QStringLiteral("…") : QString();
    qsizetype length = std::min(kLineMax, whole.size() - begin);
    if (length > 0 && whole[begin + length - 1].isHighSurrogate())
        --length;
    out.line = lead + whole.mid(begin, length);
    for (const TextSpan& span : found)
        if (span.start + span.length <= begin + length)
            out.spans.append({span.start - begin + lead.size(), span.length});
    return out;
}

} // namespace culvert
