// ConversationModel: the messages of one contact, oldest first.
#pragma once

#include "core/messenger/events.h"
#include "core/messenger/message.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <functional>
#include <optional>
#include <vector>

namespace culvert {

class MessengerBridge;

/// Loads the newest page first and older ones when asked. Its own fetchOlder() does that and not Qt's fetchMore(),
/// which views call at their end, where the newest message is.
/// Thread safety: GUI thread.
class ConversationModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        IdRole,         ///< MessageId
        FromRole,       ///< MessageFrom
        TimeRole,       ///< QDateTime, local
        StateRole,      ///< MessageState
        ReasonRole,     ///< FailReason
        GroupStartRole, ///< the message before is another's, or of another time
        GroupEndRole,   ///< the message after is another's, or of another time
        DayStartRole,   ///< the first message of its day
    };
    /// Messages of one sender stand together when less than this lies between them.
    static constexpr qint64 kGroupGapMs = 5 * 60 * 1000;
    static constexpr std::size_t kPageSize = 100;
    using Describer = std::function<QString(const Message&)>;

    explicit ConversationModel(MessengerBridge& bridge, QObject* parent = nullptr);

    void setDescriber(Describer describer) { m_describe = std::move(describer); }
    /// Shows another conversation, or none.
    void setContact(std::optional<ContactId> contact);
    bool canFetchOlder() const { return m_olderExist && !m_fetching; }
    void fetchOlder();
    bool hasQueued() const; ///< something of ours was not handed over yet

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

signals:
    /// The newest page is in.
    void loaded();
    void queuedChanged();

private:
    void showNewest(const std::vector<Message>& messages);
    void prepend(const std::vector<Message>& messages);
    void add(const Message& message);
    void changeState(const MessageStateEvent& change);
    bool isGrouped(std::size_t earlier, std::size_t later) const;
    bool isDayStart(std::size_t row) const;
    QDateTime timeOf(std::size_t row) const;

    MessengerBridge& m_bridge;
    Describer m_describe;
    std::optional<ContactId> m_contact;
    std::vector<Message> m_messages; ///< by position, ascending
    quint64 m_generation = 0;        ///< tells an answer to an earlier conversation's question
    bool m_olderExist = false;
    bool m_fetching = false;
};

} // namespace culvert
