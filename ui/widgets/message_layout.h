// MessageLayout: where the parts of one message are, and what is under a point of it.
//
// Coordinates are those of the item. Mine stand at the far edge, theirs at the reading edge, in either direction of
// writing; inside a bubble each paragraph runs as its own letters do.
#pragma once

#include "core/messenger/message.h"
#include "ui/widgets/message_markup.h"

#include <QDateTime>
#include <QFont>
#include <QModelIndex>
#include <QRect>
#include <QTextLayout>

#include <memory>

class QPainter;
class QStyleOptionViewItem;

namespace culvert {

/// What a message is painted from: the model's roles, read once.
struct MessageContent {
    QString text;
    QString quote, quoteAuthor; ///< of the message that it replies to
    QString note;               ///< a note in the middle instead of a bubble
    QString myReaction, theirReaction;
    QDateTime time;
    MessageState state = MessageState::Queued;
    bool isMine = false;
    bool isReply = false;
    bool isDeleted = false;
    bool isEdited = false;
    bool disappears = false;
    bool groupStart = false;
    bool groupEnd = false;
    bool dayStart = false;
    bool unreadStart = false;

    static MessageContent of(const QModelIndex& index);
};

/// Thread safety: GUI thread.
class MessageLayout {
public:
    /// Text whose paragraphs turn more often goes on in the direction of the last of them.
    static constexpr std::size_t kBlocksMax = 100;

    /// What is under a point.
    struct Hit {
        enum class Kind { None, Bubble, Link, Quote, Reaction };
        Kind kind = Kind::None;
        QString link; ///< as it is written
    };
    /// A stretch of selected text, by cursorAt(); nothing when the two are equal.
    struct Selection {
        int anchor = 0;
        int cursor = 0;
    };

    MessageLayout(MessageContent content, const QFont& font, Qt::LayoutDirection direction, int width);

    int height() const { return m_height; }
    QRect bubble() const { return m_bubble; }
    std::size_t blockCount() const { return m_blocks.size(); }
    void paint(QPainter& painter, const QStyleOptionViewItem& option, const Selection& selection) const;
    Hit hitAt(const QPoint& point) const;
    /// The place in the text that is nearest to `point`.
    int cursorAt(const QPoint& point) const;
    QString textOf(const Selection& selection) const;
    /// The word around a place.
    Selection wordAt(int cursor) const;

private:
    /// Paragraphs of one direction.
    struct Block {
        MarkupBlock markup;
        std::unique_ptr<QTextLayout> layout;
        QRect rect;    ///< within the bubble
        int start = 0; ///< of its text within the whole
        Qt::LayoutDirection direction = Qt::LeftToRight;
        bool isApart = false; ///< code stands apart from what is before and after it
    };

    void layoutNote(const QFont& font);
    void layoutBubble(const QFont& font);
    void makeBlocks(const QFont& font);
    void splitByDirection(const MarkupBlock& markup);
    void styleBlock(Block& block, const QFont& body, int emojiAlone) const;
    int layoutBlocks(int width);
    void placeCaption(int textWidthMax, int& width);
    void placeReactions(const QFont& font);
    QRect mirrored(const QRect& rect) const;
    const Block* blockAt(int y) const;
    QTextLayout::FormatRange formatOf(const MarkupSpan& span, const QStyleOptionViewItem& option) const;
    void paintSeparators(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintBubble(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintQuote(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const Selection& selection) const;
    void paintCaption(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintReactions(QPainter& painter, const QStyleOptionViewItem& option) const;

    MessageContent m_content;
    Qt::LayoutDirection m_direction;
    int m_width;
    int m_height = 0;
    int m_top = 0;        ///< of the bubble
    int m_bodyHeight = 0; ///< of the blocks
    int m_lastLine = 0;   ///< width of the last line
    bool m_captionBelow = false;
    QRect m_bubble;
    QRect m_quote; ///< item coordinates
    QString m_caption;
    int m_captionWidth = 0;
    std::vector<Block> m_blocks;
    std::vector<std::pair<QString, QRect>> m_reactions; ///< item coordinates
};

} // namespace culvert
