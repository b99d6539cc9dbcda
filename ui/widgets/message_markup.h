// MessageMarkup: what stands out in the text of a message: links, code, a few emoji alone.
//
// Everything is shown as it was written, but for the marks around code. Nothing is fetched, and nothing is rewritten:
// the text of a link is its target.
#pragma once

#include <QString>
#include <QUrl>

#include <vector>

namespace culvert {

/// A stretch of a block that is shown otherwise than the rest.
struct MarkupSpan {
    /// What it is.
    enum class Kind { Link, Code };
    Kind kind = Kind::Link;
    qsizetype start = 0; ///< within the block's text
    qsizetype length = 0;
    bool operator==(const MarkupSpan&) const = default;
};

/// Lines that stand together.
struct MarkupBlock {
    QString text;
    bool isCode = false; ///< written between lines of three backticks
    std::vector<MarkupSpan> spans;
};

/// Pure; any thread.
class MessageMarkup {
public:
    /// At most kSpansMax spans of a message are found; the rest stays plain.
    static constexpr std::size_t kSpansMax = 200;

    /// At least one block, for any text.
    static std::vector<MarkupBlock> parse(const QString& text);
    /// The text in one line, without the marks around code.
    static QString line(const QString& text);
    /// Where a link leads; invalid when it may not be opened: only http, https, mailto and culvert are.
    static QUrl target(const QString& link);
    /// How many emoji the text consists of, and nothing else; 0 when there is anything else.
    static int emojiAlone(const QString& text);
};

} // namespace culvert
