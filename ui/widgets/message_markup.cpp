#include "ui/widgets/message_markup.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

#include <array>

namespace culvert {
namespace {

const QString kFence = QStringLiteral("```");

// Marks that turn the direction of what follows would let a link look like another one.
bool endsLink(QChar c) {
    return c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c == u'<' ||
           c == u'>' || c == u'"' || c == u'`';
}

// What ends a sentence rather than a link. A closing bracket belongs to a link that has its opening one.
qsizetype trimmedEnd(const QString& text, qsizetype start, qsizetype end) {
    while (end > start) {
        const QChar last = text.at(end - 1);
        const bool closes = last == u')' || last == u']';
        const QChar opening = last == u')' ? u'(' : u'[';
        const QStringView link = QStringView(text).mid(start, end - start);
        if (closes && link.count(opening) >= link.count(last))
            break;
        if (!closes && !QStringLiteral(".,;:!?'*_~").contains(last))
            break;
        --end;
    }
    return end;
}

void findLinks(const QString& text, qsizetype from, qsizetype to, std::vector<MarkupSpan>& out, std::size_t maximum) {
    static const QRegularExpression scheme(QStringLiteral("(?<![\\w-])(?:https?://|mailto:|culvert:)"),
                                           QRegularExpression::CaseInsensitiveOption);
    while (from < to && out.size() < maximum) {
        const QRegularExpressionMatch match = scheme.match(text, from);
        if (!match.hasMatch() || match.capturedStart() >= to)
            return;
        qsizetype end = match.capturedEnd();
        while (end < to && !endsLink(text.at(end)))
            ++end;
        end = trimmedEnd(text, match.capturedStart(), end);
        from = std::max(end, match.capturedEnd());
        const QString link = text.mid(match.capturedStart(), end - match.capturedStart());
        if (end > match.capturedEnd() && MessageMarkup::target(link).isValid())
            out.push_back({MarkupSpan::Kind::Link, match.capturedStart(), link.size()});
    }
}

// Takes the backticks around inline code out of the text.
MarkupBlock plainBlock(const QString& source, std::size_t spansLeft) {
    MarkupBlock block;
    qsizetype at = 0;
    qsizetype plainFrom = 0;
    const auto addPlain = [&](qsizetype end) {
        const qsizetype start = block.text.size();
        block.text += QStringView(source).mid(plainFrom, end - plainFrom);
        findLinks(block.text, start, block.text.size(), block.spans, spansLeft);
    };
    while (block.spans.size() < spansLeft) {
        const qsizetype open = source.indexOf(u'`', at);
        const qsizetype close = open < 0 ? -1 : source.indexOf(u'`', open + 1);
        if (close < 0)
            break;
        const QStringView code = QStringView(source).mid(open + 1, close - open - 1);
        at = close + 1;
        if (code.trimmed().isEmpty() || code.contains(u'\n')) {
            at = open + 1;
            continue;
        }
        addPlain(open);
        block.spans.push_back({MarkupSpan::Kind::Code, block.text.size(), code.size()});
        block.text += code;
        plainFrom = at;
    }
    addPlain(source.size());
    return block;
}

QString withoutEdges(QString text) {
    if (text.startsWith(u'\n'))
        text.remove(0, 1);
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

// The word after the opening fence names a language.
QString codeOf(const QString& fenced) {
    const qsizetype line = fenced.indexOf(u'\n');
    static const QRegularExpression word(QStringLiteral("^[\\w+#.-]{0,20}$"));
    return line >= 0 && word.match(fenced.left(line)).hasMatch() ? withoutEdges(fenced.mid(line))
                                                                 : withoutEdges(fenced);
}

} // namespace

std::vector<MarkupBlock> MessageMarkup::parse(const QString& text) {
    std::vector<MarkupBlock> out;
    std::size_t spans = 0;
    const auto addPlain = [&](const QString& plain) {
        if (plain.trimmed().isEmpty() && !(out.empty() && plain.size() == text.size()))
            return;
        out.push_back(plainBlock(plain, kSpansMax - std::min(spans, kSpansMax)));
        spans += out.back().spans.size();
    };
    qsizetype at = 0;
    for (;;) {
        const qsizetype open = text.indexOf(kFence, at);
        const qsizetype close = open < 0 ? -1 : text.indexOf(kFence, open + kFence.size());
        const QString code =
            close < 0 ? QString() : codeOf(text.mid(open + kFence.size(), close - open - kFence.size()));
        if (close < 0 || code.trimmed().isEmpty() || out.size() >= kSpansMax)
            break;
        if (open > at)
            addPlain(at == 0 ? text.left(open - (text.at(open - 1) == u'\n' ? 1 : 0))
                             : withoutEdges(text.mid(at, open - at)));
        out.push_back({code, true, {}});
        at = close + kFence.size();
    }
    addPlain(at == 0 ? text : withoutEdges(text.mid(at)));
    if (out.empty())
        out.push_back({text, false, {}});
    return out;
}

QString MessageMarkup::line(const QString& text) {
    QStringList texts;
    for (const MarkupBlock& block : parse(text))
        texts << block.text;
    return texts.join(QLatin1Char(' ')).simplified();
}

QUrl MessageMarkup::target(const QString& link) {
    const QUrl url(link, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    const bool isWeb = scheme == u"http" || scheme == u"https";
    const bool mayOpen = isWeb ? !url.host().isEmpty() : scheme == u"mailto" || scheme == u"culvert";
    return url.isValid() && mayOpen ? url : QUrl();
}

int MessageMarkup::emojiAlone(const QString& text) {
    constexpr qsizetype kLengthMax = 64;
    if (text.isEmpty() || text.size() > kLengthMax)
        return 0;
    int count = 0;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype start = 0;
    while (finder.toNextBoundary() > 0) {
        const QString sign = text.mid(start, finder.position() - start);
        start = finder.position();
        if (sign.trimmed().isEmpty())
            continue;
        const char32_t first = sign.toUcs4().constFirst();
        const bool isPicture = (first >= 0x1f000 && first <= 0x1faff) || (first >= 0x2600 && first <= 0x27bf) ||
                               (sign.contains(QChar(0xfe0f)) && first > 0x7f);
        if (!isPicture)
            return 0;
        ++count;
    }
    return count;
}

} // namespace culvert
