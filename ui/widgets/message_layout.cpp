#include "ui/widgets/message_layout.h"

#include "ui/models/conversation_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/message_metrics.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace culvert {
namespace {

using namespace message_metrics;

/// Lays out all lines; returns the height, and the widths of the widest and the last line.
int layoutLines(QTextLayout& layout, int width, int least, int& widest, int& last) {
    qreal y = 0;
    qreal widestLine = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        // Signs of other fonts may be taller than the type's own line.
        const qreal height = std::max<qreal>(least, std::ceil(line.height()));
        line.setPosition({0, y + (height - line.height()) / 2});
        y += height;
        widestLine = std::max(widestLine, line.naturalTextWidth());
        last = static_cast<int>(std::ceil(line.naturalTextWidth()));
    }
    layout.endLayout();
    widest = static_cast<int>(std::ceil(widestLine));
    return static_cast<int>(std::ceil(y));
}

QFont monospace(const QFont& base) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(QFontInfo(base).pixelSize() - 1);
    return font;
}

} // namespace

MessageContent MessageContent::of(const QModelIndex& index) {
    const auto role = [&](int which) { return index.data(which); };
    MessageContent out;
    out.text = role(ConversationModel::TextRole).toString();
    out.note = role(ConversationModel::NoteRole).toString();
    out.isReply = role(ConversationModel::ReplyRole).toBool();
    out.quote = MessageMarkup::line(role(ConversationModel::QuoteRole).toString());
    if (out.quote.isEmpty())
        out.quote = Wording::quoteIsGone();
    out.quoteAuthor = role(ConversationModel::QuoteAuthorRole).toString();
    if (out.quoteAuthor.isEmpty())
        out.quoteAuthor = Wording::you();
    out.myReaction = role(ConversationModel::MyReactionRole).toString();
    out.theirReaction = role(ConversationModel::TheirReactionRole).toString();
    out.time = role(ConversationModel::TimeRole).toDateTime();
    out.state = role(ConversationModel::StateRole).value<MessageState>();
    out.isMine = role(ConversationModel::FromRole).value<MessageFrom>() == MessageFrom::Me;
    out.isDeleted = role(ConversationModel::DeletedRole).toBool();
    out.isEdited = role(ConversationModel::EditedRole).toDateTime().isValid();
    out.disappears = role(ConversationModel::LifetimeRole).toUInt() > 0;
    out.groupStart = role(ConversationModel::GroupStartRole).toBool();
    out.groupEnd = role(ConversationModel::GroupEndRole).toBool();
    out.dayStart = role(ConversationModel::DayStartRole).toBool();
    out.unreadStart = role(ConversationModel::UnreadStartRole).toBool();
    return out;
}

MessageLayout::MessageLayout(MessageContent content, const QFont& font, Qt::LayoutDirection direction, int width)
    : m_content(std::move(content)), m_direction(direction), m_width(width) {
    m_top = (m_content.dayStart ? dayHeight() : 0) + (m_content.unreadStart ? unreadHeight() : 0);
    if (!m_content.dayStart && !m_content.unreadStart)
        m_top = m_content.groupStart ? 12 : 3;
    if (!m_content.note.isEmpty()) {
        layoutNote(font);
    } else {
        layoutBubble(font);
        placeReactions(font);
    }
}

void MessageLayout::layoutNote(const QFont& font) {
    const QFontMetrics metrics(Theme::font(TextStyle::Caption, font));
    const QRect room(0, 0, std::max(m_width - 2 * kEdge, 40), 1000);
    const QRect words = metrics.boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, m_content.note);
    m_bubble = QRect(kEdge, m_top + 4, room.width(), words.height() + 8);
    m_height = m_bubble.bottom() + 5;
}

void MessageLayout::makeBlocks(const QFont& font) {
    const QFont body = Theme::font(TextStyle::Body, font);
    const int alone = m_content.isReply ? 0 : MessageMarkup::emojiAlone(m_content.text);
    const std::vector<MarkupBlock> blocks =
        m_content.isDeleted ? std::vector<MarkupBlock>{{Wording::deletedMessage(m_content.isMine), false, {}}}
                            : MessageMarkup::parse(m_content.text);
    for (const MarkupBlock& markup : blocks)
        splitByDirection(markup);
    for (Block& block : m_blocks)
        styleBlock(block, body, alone);
}

// A paragraph without letters, such as an empty one, runs as the one before.
void MessageLayout::splitByDirection(const MarkupBlock& markup) {
    const int start =
        m_blocks.empty() ? 0 : m_blocks.back().start + static_cast<int>(m_blocks.back().markup.text.size()) + 1;
    const auto add = [&](qsizetype from, qsizetype to, Qt::LayoutDirection direction) {
        Block block{{markup.text.mid(from, to - from), markup.isCode, {}}, std::make_unique<QTextLayout>(), {}, 0};
        block.start = start + static_cast<int>(from);
        block.direction = direction;
        block.isApart = from == 0 && !m_blocks.empty();
        for (const MarkupSpan& span : markup.spans)
            if (span.start >= from && span.start + span.length <= to)
                block.markup.spans.push_back({span.kind, span.start - from, span.length});
        m_blocks.push_back(std::move(block));
    };
    if (markup.isCode)
        return add(0, markup.text.size(), Qt::LeftToRight);
    std::optional<Qt::LayoutDirection> direction;
    qsizetype from = 0;
    for (qsizetype at = 0; at <= markup.text.size();) {
        qsizetype end = markup.text.indexOf(u'\n', at);
        if (end < 0)
            end = markup.text.size();
        const auto own = firstStrong(QStringView(markup.text).mid(at, end - at));
        if (direction && own && *own != *direction && m_blocks.size() + 2 < kBlocksMax) {
            add(from, at - 1, *direction);
            from = at;
            direction = own;
        }
        direction = direction ? direction : own;
        at = end + 1;
    }
    add(from, markup.text.size(), direction.value_or(m_direction));
}

void MessageLayout::styleBlock(Block& block, const QFont& body, int emojiAlone) const {
    QString words = block.markup.text;
    words.replace(QLatin1Char('\n'), QChar::LineSeparator);
    const bool isRtl = block.direction == Qt::RightToLeft;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(block.direction);
    option.setAlignment(isRtl ? Qt::AlignRight : Qt::AlignLeft);
    QFont type = block.markup.isCode ? monospace(body) : body;
    if (emojiAlone > 0 && emojiAlone <= kLargeEmojiMax)
        type.setPixelSize(Theme::scaled(emojiAlone == 1 ? 40 : 30));
    type.setItalic(m_content.isDeleted && !isRtl); // Arabic and Hebrew have no slanted type.
    block.layout->setText(words);
    block.layout->setFont(type);
    block.layout->setTextOption(option);
    QList<QTextLayout::FormatRange> fonts;
    for (const MarkupSpan& span : block.markup.spans) {
        if (span.kind != MarkupSpan::Kind::Code)
            continue;
        QTextCharFormat format;
        format.setFont(monospace(body));
        fonts.append({static_cast<int>(span.start), static_cast<int>(span.length), format});
    }
    block.layout->setFormats(fonts);
}

// The rects are within the text's area, at x 0.
int MessageLayout::layoutBlocks(int width) {
    int widest = 0;
    int y = 0;
    for (Block& block : m_blocks) {
        const int pad = block.markup.isCode ? kCodePad : 0;
        y += block.isApart ? kBlockGap : 0;
        int blockWidest = 0;
        const int height =
            layoutLines(*block.layout, std::max(width - 2 * pad, 1), lineHeight(), blockWidest, m_lastLine) + 2 * pad;
        block.rect = QRect(0, y, blockWidest + 2 * pad, height);
        m_lastLine += 2 * pad;
        y += height;
        widest = std::max(widest, block.rect.width());
    }
    m_bodyHeight = y;
    return widest;
}

void MessageLayout::placeCaption(int textWidthMax, int& width) {
    const bool showsCaption = m_content.groupEnd || m_content.isEdited || m_content.state == MessageState::Failed;
    if (!showsCaption) {
        m_caption.clear();
        m_captionWidth = 0;
        return;
    }
    // Text that reads against the row ends where the caption begins.
    const bool crossing = m_blocks.back().direction != m_direction;
    m_captionBelow = crossing || m_blocks.back().markup.isCode || m_lastLine + 12 + m_captionWidth > textWidthMax;
    width = std::max(width, m_captionBelow ? m_captionWidth : m_lastLine + 12 + m_captionWidth);
}

void MessageLayout::layoutBubble(const QFont& font) {
    makeBlocks(font);
    const int textWidthMax = std::max(std::min(bubbleWidthMax(), (m_width - 2 * kEdge) * 4 / 5 - 2 * kPadX), kWidthMin);
    int width = layoutBlocks(textWidthMax);
    m_caption = Wording::clock(m_content.time.time());
    if (m_content.isEdited)
        m_caption = Wording::editedAt(m_caption);
    m_captionWidth = QFontMetrics(Theme::font(TextStyle::Caption, font)).horizontalAdvance(m_caption) +
                     (m_content.isMine ? 4 + tickSize() : 0) + (m_content.disappears ? 4 + timerSize() : 0);
    placeCaption(textWidthMax, width);
    int quoteHeight = 0;
    if (m_content.isReply && !m_content.isDeleted) {
        const QFontMetrics metrics(Theme::font(TextStyle::Secondary, font));
        const int words =
            std::max(metrics.horizontalAdvance(m_content.quote), metrics.horizontalAdvance(m_content.quoteAuthor));
        width = std::clamp(words + kQuoteBar + 2 * kQuotePad, width, textWidthMax);
        quoteHeight = quoteSize() + kBlockGap;
    }
    layoutBlocks(width); // Snug: lines of either direction keep inside.
    const QSize size(width + 2 * kPadX, quoteHeight + m_bodyHeight +
                                            (m_captionBelow && m_captionWidth > 0 ? lineHeight() : 0) + 2 * kPadY);
    m_bubble = mirrored(QRect(QPoint(m_content.isMine ? m_width - kEdge - size.width() : kEdge, m_top), size));
    if (quoteHeight > 0)
        m_quote = QRect(m_bubble.left() + kPadX, m_bubble.top() + kPadY, width, quoteSize());
    for (Block& block : m_blocks) {
        if (block.markup.isCode || block.direction == Qt::RightToLeft)
            block.rect.setWidth(width);
        block.rect.translate(m_bubble.left() + kPadX, m_bubble.top() + kPadY + quoteHeight);
    }
    m_height = m_bubble.bottom() + 1;
}

// One pill for each different sign, at the bubble's own edge.
void MessageLayout::placeReactions(const QFont& font) {
    std::vector<QString> signs;
    for (const QString& reaction : {m_content.theirReaction, m_content.myReaction})
        if (!reaction.isEmpty() && std::find(signs.begin(), signs.end(), reaction) == signs.end())
            signs.push_back(reaction);
    if (signs.empty() || m_content.isDeleted)
        return;
    const QFontMetrics metrics(Theme::font(TextStyle::Body, font));
    const bool isBoth = m_content.theirReaction == m_content.myReaction;
    const bool atRight = m_content.isMine == (m_direction == Qt::LeftToRight);
    int x = atRight ? m_bubble.right() + 1 - 8 : m_bubble.left() + 8;
    for (const QString& sign : signs) {
        const QString words = isBoth ? sign + QStringLiteral(" 2") : sign;
        const int width = metrics.horizontalAdvance(words) + 2 * kPillPad;
        m_reactions.emplace_back(words, QRect(atRight ? x - width : x, m_bubble.bottom() - 3, width, pillHeight()));
        x += atRight ? -(width + 4) : width + 4;
    }
    m_height = m_bubble.bottom() - 3 + pillHeight() + 1;
}

QRect MessageLayout::mirrored(const QRect& rect) const {
    return m_direction == Qt::RightToLeft ? QRect(QPoint(m_width - rect.right() - 1, rect.top()), rect.size()) : rect;
}

const MessageLayout::Block* MessageLayout::blockAt(int y) const {
    for (const Block& block : m_blocks)
        if (y <= block.rect.bottom())
            return &block;
    return m_blocks.empty() ? nullptr : &m_blocks.back();
}

MessageLayout::Hit MessageLayout::hitAt(const QPoint& point) const {
    if (!m_content.note.isEmpty())
        return {};
    for (const auto& [sign, rect] : m_reactions)
        if (rect.contains(point))
            return {Hit::Kind::Reaction, {}};
    if (!m_bubble.contains(point))
        return {};
    if (m_quote.contains(point))
        return {Hit::Kind::Quote, {}};
    const Block* block = blockAt(point.y());
    if (block != nullptr && block->rect.contains(point)) {
        const int cursor = cursorAt(point) - block->start;
        for (const MarkupSpan& span : block->markup.spans)
            if (span.kind == MarkupSpan::Kind::Link && span.start <= cursor && cursor < span.start + span.length)
                return {Hit::Kind::Link, block->markup.text.mid(span.start, span.length)};
    }
    return {Hit::Kind::Bubble, {}};
}

int MessageLayout::cursorAt(const QPoint& point) const {
    const Block* block = blockAt(point.y());
    if (block == nullptr)
        return 0;
    const int pad = block->markup.isCode ? kCodePad : 0;
    const QPointF inside = point - block->rect.topLeft() - QPoint(pad, pad);
    for (int i = 0; i < block->layout->lineCount(); ++i) {
        const QTextLine line = block->layout->lineAt(i);
        const bool isLast = i + 1 == block->layout->lineCount();
        if (isLast || inside.y() < block->layout->lineAt(i + 1).y())
            return block->start + line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
    }
    return block->start;
}

QString MessageLayout::textOf(const Selection& selection) const {
    QStringList texts;
    for (const Block& block : m_blocks)
        texts << block.markup.text;
    const int first = std::min(selection.anchor, selection.cursor);
    return texts.join(QLatin1Char('\n')).mid(first, std::abs(selection.cursor - selection.anchor));
}

MessageLayout::Selection MessageLayout::wordAt(int cursor) const {
    for (const Block& block : m_blocks) {
        const int at = cursor - block.start;
        if (at < 0 || at > block.markup.text.size())
            continue;
        QTextBoundaryFinder finder(QTextBoundaryFinder::Word, block.markup.text);
        finder.setPosition(std::min<qsizetype>(at + 1, block.markup.text.size()));
        const auto start = finder.toPreviousBoundary();
        const auto end = finder.toNextBoundary();
        if (start >= 0 && end > start)
            return {block.start + static_cast<int>(start), block.start + static_cast<int>(end)};
    }
    return {cursor, cursor};
}

} // namespace culvert
