// ConversationModel: the messages of one contact around the place that is in sight, oldest first.
#pragma once

#include "core/messenger/events.h"
#include "core/messenger/message.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace culvert {

class MessengerBridge;

/// Loads the newest page first and others when asked, and lets go at the far end of what is beyond kRowsMax: a
/// conversation of a hundred thousand messages takes no more memory than one of some hundred. Its own fetchOlder() and
/// fetchNewer() do that and not Qt's fetchMore(), which views call at their end alone.
/// Thread safety: GUI thread.
class ConversationModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        IdRole,            ///< MessageId
        FromRole,          ///< MessageFrom
        TimeRole,          ///< QDateTime, local
        StateRole,         ///< MessageState
        ReasonRole,        ///< FailReason
        GroupStartRole,    ///< the message before is another's, or of another time
        GroupEndRole,      ///< the message after is another's, or of another time
        DayStartRole,      ///< the first message of its day
        UnreadStartRole,   ///< the first one that was new when the conversation was opened
        NoteRole,          ///< a note instead of a message: in the words of the noter
        ReplyRole,         ///< bool: it replies to another one
        QuoteRole,         ///< that one's text, as far as it is known
        QuoteAuthorRole,   ///< the contact's name where they wrote that one; empty: we did
        EditedRole,        ///< QDateTime, or invalid
        DeletedRole,       ///< bool
        MyReactionRole,    ///< QString
        TheirReactionRole, ///< QString
        LifetimeRole,      ///< seconds; 0: it stays
        LayoutKeyRole,     ///< quint64: another number whenever what is painted changed, also by neighbours
    };
    /// Messages of one sender stand together when less than this lies between them.
    static constexpr qint64 kGroupGapMs = 5 * 60 * 1000;
    static constexpr std::size_t kPageSize = 100;
    /// What comes while one scrolls comes in smaller pieces, so that no frame has much to lay out.
    static constexpr std::size_t kScrollPage = 30;
    /// When there are so many rows, those at the far end go, down to kRowsKept.
    static constexpr std::size_t kRowsMax = 600;
    static constexpr std::size_t kRowsKept = 450;
    using Describer = std::function<QString(const Message&)>;

    explicit ConversationModel(MessengerBridge& bridge, QObject* parent = nullptr);

    void setDescriber(Describer describer) { m_describe = std::move(describer); }
    /// What the contact is called in quotes.
    void setTheirName(const QString& name);
    /// Puts notes (MessageKind::TimerChange) into words.
    void setNoter(Describer noter) { m_note = std::move(noter); }
    /// Shows another conversation, or none. `unread`: how many of their last messages are new.
    void setContact(std::optional<ContactId> contact, std::size_t unread = 0);
    bool canFetchOlder() const { return m_olderExist && !m_fetching; }
    bool canFetchNewer() const { return m_newerExist && !m_fetching; }
    bool hasNewer() const { return m_newerExist; } ///< the newest message is not among the rows
    void fetchOlder();
    void fetchNewer();
    /// Loads the newest page if it is not there.
    void fetchNewest();
    /// Loads what is around a message, unless it is there, and tells by located().
    void locate(const MessageRef& ref);
    bool hasQueued() const; ///< something of ours was not handed over yet
    MessageRef refAt(int row) const;
    const Message& messageAt(int row) const { return m_rows[static_cast<std::size_t>(row)].message; }
    int rowOf(const MessageRef& ref) const; ///< -1: it is not loaded
    /// The last message of ours that can be edited; -1: none is loaded.
    int lastEditable() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

signals:
    /// The newest page is in.
    void loaded();
    void queuedChanged();
    /// A message arrived at the end, or beyond it while newer ones are not loaded.
    void arrived(const culvert::Message& message);
    void located(int row);
    void notFound();

private:
    struct Row {
        Message message;
        quint64 revision = 0;
        qint64 day = 0;               ///< of the message, local: it is asked for with each layout
        std::optional<QString> quote; ///< what it replies to, once it is known
    };

    void showPage(const std::vector<Message>& messages, bool newerExist);
    void prepend(const std::vector<Message>& messages);
    void appendPage(const std::vector<Message>& messages);
    void dropNewest();
    void dropOldest();
    void add(const Message& message);
    void insert(const Message& message);
    void changeState(const MessageStateEvent& change);
    void applyEarlyStates();
    void amend(const MessageAmendedEvent& change);
    void erase(const MessageErasedEvent& erased);
    Row makeRow(const Message& message) {
        return {message, ++m_nextRevision, timeOf(message).date().toJulianDay(), std::nullopt};
    }
    void touch(int row);
    void fillQuotes();
    void setQuote(const MessageRef& ref, const QString& text);
    void refreshQuotesOf(const Message& message);
    bool isGrouped(std::size_t earlier, std::size_t later) const;
    bool isDayStart(std::size_t row) const;
    static QDateTime timeOf(const Message& message) {
        return QDateTime::fromMSecsSinceEpoch(message.sentAt.milliseconds);
    }
    quint64 layoutKeyOf(std::size_t row) const;
    void markUnread(std::size_t unread);

    MessengerBridge& m_bridge;
    Describer m_describe;
    Describer m_note;
    QString m_theirName;
    std::optional<ContactId> m_contact;
    std::deque<Row> m_rows;   ///< by position, ascending
    quint64 m_generation = 0; ///< tells an answer to an earlier conversation's question
    std::size_t m_unread = 0;
    std::optional<MessageRef> m_firstUnread;
    bool m_olderExist = false;
    bool m_newerExist = false;
    std::vector<MessageStateEvent> m_earlyStates; ///< told since what is being fetched was asked for
    bool m_fetching = false;
    bool m_fetchingNewest = false; ///< what arrives meanwhile may not be in the page that comes
    quint64 m_nextRevision = 0;
};

} // namespace culvert
