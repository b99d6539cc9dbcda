// MessageList: the view of a conversation: scrolling, selecting text, and keys on messages.
#pragma once

#include "ui/widgets/message_layout.h"

#include <QListView>
#include <QPersistentModelIndex>

class QToolButton;

namespace culvert {

class ConversationModel;
class MessageDelegate;

/// Keeps what one reads in its place while pages come and go around it, follows the end while the end is in sight, and
/// says what the user wants to do with a message. R replies, E edits, Delete deletes, + reacts, End jumps to the
/// newest.
class MessageList : public QListView {
    Q_OBJECT

public:
    explicit MessageList(ConversationModel& model, QWidget* parent = nullptr);

    /// The newest message comes into sight, and stays there as others arrive.
    void follow();
    bool isFollowing() const { return m_follow; }
    /// Brings a row into sight and makes it the current one.
    void reveal(int row);
    /// The selected text, or nothing.
    QString selectedText() const;
    /// The button that jumps to the newest message, with the number of those that arrived meanwhile.
    QToolButton* jumpButton() const { return m_jump; }

signals:
    void replyRequested(const QModelIndex& index);
    void editRequested(const QModelIndex& index);
    void deleteRequested(const QModelIndex& index);
    void reactRequested(const QModelIndex& index, const QPoint& globalPosition);
    void reactionActivated(const QModelIndex& index);
    void quoteActivated(const QModelIndex& index);
    void linkActivated(const QString& link);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void watchScrolling();
    void fetchNewerIfNear();
    void saveAnchor();
    void restoreAnchor();
    void noteArrival(const Message& message);
    void updateJump();
    void layOutForWidth();
    const MessageLayout* layoutOf(const QModelIndex& index) const;
    MessageLayout::Hit hitAt(const QPoint& point, QModelIndex& index) const;
    int cursorAt(const QModelIndex& index, const QPoint& point) const;
    void select(const QModelIndex& index, const MessageLayout::Selection& selection);
    bool handleMessageKey(const QKeyEvent& event, const QModelIndex& index);

    ConversationModel& m_model;
    MessageDelegate* m_delegate;
    QToolButton* m_jump;
    QPersistentModelIndex m_anchor; ///< the first message in sight, and where it was
    int m_anchorTop = 0;
    bool m_isWidthNew = false;
    bool m_follow = true; ///< the end is in sight, so new messages scroll into sight
    int m_arrived = 0;    ///< out of sight
    QPersistentModelIndex m_pressed;
    int m_pressedCursor = 0;
    QPoint m_pressedAt;
    bool m_isDragging = false;
};

} // namespace culvert
