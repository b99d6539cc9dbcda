#include "ui/models/conversation_model.h"

#include "ui/bridge/messenger_bridge.h"

#include <algorithm>

namespace culvert {

namespace {

// A contact may tell of many at once.
constexpr std::size_t kEarlyStatesMax = 1000;
constexpr qsizetype kQuoteMax = 200; ///< characters: it is cut to a line or two anyway

QString quoteOf(const Message& message) {
    return QString::fromStdString(message.text).left(kQuoteMax).simplified();
}

} // namespace

ConversationModel::ConversationModel(MessengerBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge) {
    connect(&bridge, &MessengerBridge::messageReceived, this, &ConversationModel::add);
    connect(&bridge, &MessengerBridge::messageQueued, this, &ConversationModel::add);
    connect(&bridge, &MessengerBridge::messageStateChanged, this, &ConversationModel::changeState);
    connect(&bridge, &MessengerBridge::messageAmended, this, &ConversationModel::amend);
    connect(&bridge, &MessengerBridge::messageErased, this, &ConversationModel::erase);
}

void ConversationModel::setTheirName(const QString& name) {
    if (std::exchange(m_theirName, name) == name)
        return;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].message.replyTo || m_rows[row].message.kind != MessageKind::Text)
            touch(static_cast<int>(row));
}

void ConversationModel::setContact(std::optional<ContactId> contact, std::size_t unread) {
    beginResetModel();
    m_contact = contact;
    m_rows.clear();
    m_unread = unread;
    m_firstUnread.reset();
    m_olderExist = m_newerExist = m_fetching = m_fetchingNewest = false;
    m_earlyStates.clear();
    ++m_generation;
    endResetModel();
    emit queuedChanged();
    if (!contact)
        return;
    m_newerExist = true;
    fetchNewest();
}

void ConversationModel::fetchNewest() {
    if (!m_contact || !m_newerExist)
        return;
    m_fetching = m_fetchingNewest = true;
    const quint64 generation = ++m_generation;
    m_bridge.messages(*m_contact, 0, kPageSize, this, [this, generation](const Result<std::vector<Message>>& page) {
        if (generation != m_generation)
            return;
        m_fetching = m_fetchingNewest = false;
        showPage(page ? page.value() : std::vector<Message>(), false);
        applyEarlyStates();
        markUnread(std::exchange(m_unread, 0));
        emit loaded();
    });
}

void ConversationModel::fetchOlder() {
    if (!canFetchOlder() || m_rows.empty())
        return;
    m_fetching = true;
    m_bridge.messages(*m_contact, m_rows.front().message.position, kScrollPage, this,
                      [this, generation = m_generation](const Result<std::vector<Message>>& page) {
                          if (generation != m_generation)
                              return;
                          m_fetching = false;
                          prepend(page ? page.value() : std::vector<Message>());
                          applyEarlyStates();
                      });
}

void ConversationModel::fetchNewer() {
    if (!canFetchNewer() || m_rows.empty())
        return;
    m_fetching = true;
    m_bridge.messagesAfter(*m_contact, m_rows.back().message.position, kScrollPage, this,
                           [this, generation = m_generation](const Result<std::vector<Message>>& page) {
                               if (generation != m_generation)
                                   return;
                               m_fetching = false;
                               appendPage(page ? page.value() : std::vector<Message>());
                               applyEarlyStates();
                           });
}

void ConversationModel::locate(const MessageRef& ref) {
    if (!m_contact)
        return;
    if (const int row = rowOf(ref); row >= 0) {
        emit located(row);
        return;
    }
    const quint64 generation = ++m_generation; // Pages that are on their way would be of another place.
    m_fetching = true;
    m_fetchingNewest = false;
    m_bridge.findMessage(*m_contact, ref, this, [this, generation, ref](const Result<Message>& found) {
        if (generation != m_generation)
            return;
        if (!found) {
            m_fetching = false;
            emit notFound();
            return;
        }
        m_bridge.messages(*m_contact, found->position + kPageSize / 2, kPageSize, this,
                          [this, generation, ref](const Result<std::vector<Message>>& page) {
                              if (generation != m_generation)
                                  return;
                              m_fetching = false;
                              showPage(page ? page.value() : std::vector<Message>(), true);
                              applyEarlyStates();
                              if (const int row = rowOf(ref); row >= 0)
                                  emit located(row);
                          });
    });
}

bool ConversationModel::hasQueued() const {
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.message.from == MessageFrom::Me && row.message.state == MessageState::Queued;
    });
}

MessageRef ConversationModel::refAt(int row) const {
    const Message& message = messageAt(row);
    return {message.from, message.id};
}

int ConversationModel::rowOf(const MessageRef& ref) const {
    const auto found = std::find_if(m_rows.rbegin(), m_rows.rend(), [&](const Row& row) {
        return row.message.from == ref.from && row.message.id == ref.id;
    });
    return found == m_rows.rend() ? -1 : static_cast<int>(m_rows.rend() - found) - 1;
}

int ConversationModel::lastEditable() const {
    for (int row = rowCount() - 1; row >= 0; --row) {
        const Message& message = messageAt(row);
        if (message.from == MessageFrom::Me && message.kind == MessageKind::Text && !message.isDeleted &&
            message.state != MessageState::Failed)
            return row;
    }
    return -1;
}

int ConversationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Message& message = m_rows[row].message;
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return QString::fromStdString(message.text);
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(message) : QString::fromStdString(message.text);
    case IdRole:
        return QVariant::fromValue(message.id);
    case FromRole:
        return QVariant::fromValue(message.from);
    case TimeRole:
        return timeOf(message);
    case StateRole:
        return QVariant::fromValue(message.state);
    case ReasonRole:
        return QVariant::fromValue(message.reason);
    case GroupStartRole:
        return row == 0 || !isGrouped(row - 1, row);
    case GroupEndRole:
        return row + 1 == m_rows.size() || !isGrouped(row, row + 1);
    case DayStartRole:
        return isDayStart(row);
    case UnreadStartRole:
        return m_firstUnread == MessageRef{message.from, message.id};
    case NoteRole:
        return message.kind == MessageKind::Text || !m_note ? QVariant() : m_note(message);
    case ReplyRole:
        return message.replyTo.has_value();
    case QuoteRole:
        return m_rows[row].quote.value_or(QString());
    case QuoteAuthorRole:
        return message.replyTo && message.replyTo->from == MessageFrom::Them ? m_theirName : QString();
    case EditedRole:
        return message.editedAt ? QDateTime::fromMSecsSinceEpoch(message.editedAt->milliseconds) : QDateTime();
    case DeletedRole:
        return message.isDeleted;
    case MyReactionRole:
        return QString::fromStdString(message.myReaction);
    case TheirReactionRole:
        return QString::fromStdString(message.theirReaction);
    case LifetimeRole:
        return message.lifetimeSeconds;
    case LayoutKeyRole:
        return layoutKeyOf(row);
    default:
        return {};
    }
}

void ConversationModel::showPage(const std::vector<Message>& messages, bool newerExist) {
    beginResetModel();
    // Events may have come between the question and its answer.
    std::vector<Message> early;
    for (const Row& row : m_rows)
        if (!newerExist && (messages.empty() || row.message.position > messages.back().position))
            early.push_back(row.message);
    m_rows.clear();
    for (const Message& message : messages)
        m_rows.push_back(makeRow(message));
    m_olderExist = messages.size() == kPageSize;
    m_newerExist = newerExist;
    endResetModel();
    for (const Message& message : early)
        insert(message);
    fillQuotes();
    emit queuedChanged();
}

void ConversationModel::markUnread(std::size_t unread) {
    for (auto row = m_rows.rbegin(); row != m_rows.rend() && unread > 0; ++row) {
        if (row->message.from != MessageFrom::Them || row->message.kind != MessageKind::Text)
            continue;
        m_firstUnread = MessageRef{MessageFrom::Them, row->message.id};
        --unread;
    }
    if (m_firstUnread)
        touch(rowOf(*m_firstUnread));
}

void ConversationModel::prepend(const std::vector<Message>& messages) {
    m_olderExist = messages.size() == kScrollPage;
    if (messages.empty())
        return;
    const int count = static_cast<int>(messages.size());
    beginInsertRows({}, 0, count - 1);
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
        m_rows.push_front(makeRow(*message));
    endInsertRows();
    emit dataChanged(index(count), index(count)); // it may have been the first of its group or day only here
    dropNewest();
    fillQuotes();
    emit queuedChanged();
}

void ConversationModel::appendPage(const std::vector<Message>& messages) {
    m_newerExist = messages.size() == kScrollPage;
    if (messages.empty())
        return;
    const int before = rowCount();
    beginInsertRows({}, before, before + static_cast<int>(messages.size()) - 1);
    for (const Message& message : messages)
        m_rows.push_back(makeRow(message));
    endInsertRows();
    emit dataChanged(index(before - 1), index(before - 1));
    dropOldest();
    fillQuotes();
    emit queuedChanged();
}

void ConversationModel::dropNewest() {
    if (m_rows.size() <= kRowsMax)
        return;
    beginRemoveRows({}, static_cast<int>(kRowsKept), rowCount() - 1);
    m_rows.erase(m_rows.begin() + kRowsKept, m_rows.end());
    m_newerExist = true;
    endRemoveRows();
}

void ConversationModel::dropOldest() {
    if (m_rows.size() <= kRowsMax)
        return;
    const auto count = m_rows.size() - kRowsKept;
    beginRemoveRows({}, 0, static_cast<int>(count) - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(count));
    m_olderExist = true;
    endRemoveRows();
    emit dataChanged(index(0), index(0));
}

void ConversationModel::add(const Message& message) {
    if (m_contact != message.contact || rowOf({message.from, message.id}) >= 0)
        return;
    // While the newest page is on its way it is kept; while newer ones are beyond the end it belongs to them.
    if (!m_newerExist || m_fetchingNewest)
        insert(message);
    fillQuotes();
    emit arrived(message);
    emit queuedChanged();
}

void ConversationModel::insert(const Message& message) {
    if (rowOf({message.from, message.id}) >= 0)
        return;
    const auto place =
        std::upper_bound(m_rows.begin(), m_rows.end(), message.position,
                         [](std::uint64_t position, const Row& row) { return position < row.message.position; });
    const int row = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(place, makeRow(message));
    endInsertRows();
    // Grouping looks at both neighbours.
    if (row > 0)
        emit dataChanged(index(row - 1), index(row - 1));
    if (row + 1 < rowCount())
        emit dataChanged(index(row + 1), index(row + 1));
}

void ConversationModel::changeState(const MessageStateEvent& change) {
    if (m_contact == change.contact && m_fetching && m_earlyStates.size() < kEarlyStatesMax)
        m_earlyStates.push_back(change);
    const int row = m_contact == change.contact ? rowOf({MessageFrom::Me, change.id}) : -1;
    if (row < 0)
        return;
    Message& message = m_rows[static_cast<std::size_t>(row)].message;
    message.state = change.state;
    message.reason = change.reason;
    touch(row);
    emit queuedChanged();
}

// A state is told before it is stored: a page that comes after it may have been read before.
void ConversationModel::applyEarlyStates() {
    for (const MessageStateEvent& change : std::exchange(m_earlyStates, {}))
        changeState(change);
}

void ConversationModel::amend(const MessageAmendedEvent& change) {
    const int row = m_contact == change.contact ? rowOf(change.amendment.target) : -1;
    if (row < 0)
        return;
    Message& message = m_rows[static_cast<std::size_t>(row)].message;
    if (!apply(change.amendment, message))
        return;
    touch(row);
    refreshQuotesOf(message);
}

void ConversationModel::erase(const MessageErasedEvent& erased) {
    const int row = m_contact == erased.contact ? rowOf(erased.target) : -1;
    if (row < 0)
        return;
    setQuote(erased.target, {});
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    for (const int neighbour : {row - 1, row})
        if (neighbour >= 0 && neighbour < rowCount())
            emit dataChanged(index(neighbour), index(neighbour));
    emit queuedChanged();
}

void ConversationModel::touch(int row) {
    m_rows[static_cast<std::size_t>(row)].revision = ++m_nextRevision;
    emit dataChanged(index(row), index(row));
}

// What replies show of the messages that they reply to: from the rows, or from the archive.
void ConversationModel::fillQuotes() {
    for (Row& row : m_rows) {
        if (!row.message.replyTo || row.quote)
            continue;
        const MessageRef ref = *row.message.replyTo;
        row.quote = QString(); // Asked for once.
        if (const int target = rowOf(ref); target >= 0) {
            row.quote = quoteOf(messageAt(target));
            continue;
        }
        m_bridge.findMessage(*m_contact, ref, this, [this, ref, contact = m_contact](const Result<Message>& found) {
            if (found && contact == m_contact)
                setQuote(ref, quoteOf(*found));
        });
    }
}

void ConversationModel::setQuote(const MessageRef& ref, const QString& text) {
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].message.replyTo != ref || m_rows[row].quote == text)
            continue;
        m_rows[row].quote = text;
        touch(static_cast<int>(row));
    }
}

void ConversationModel::refreshQuotesOf(const Message& message) {
    setQuote({message.from, message.id}, quoteOf(message));
}

bool ConversationModel::isGrouped(std::size_t earlier, std::size_t later) const {
    const Message& first = m_rows[earlier].message;
    const Message& second = m_rows[later].message;
    return first.from == second.from && first.kind == second.kind &&
           second.sentAt.milliseconds - first.sentAt.milliseconds < kGroupGapMs && !isDayStart(later) &&
           m_firstUnread != MessageRef{second.from, second.id};
}

bool ConversationModel::isDayStart(std::size_t row) const {
    return row == 0 || m_rows[row - 1].day != m_rows[row].day;
}

quint64 ConversationModel::layoutKeyOf(std::size_t row) const {
    const Row& at = m_rows[row];
    quint64 key = at.revision;
    for (const bool flag : {row == 0 || !isGrouped(row - 1, row), row + 1 == m_rows.size() || !isGrouped(row, row + 1),
                            isDayStart(row), m_firstUnread == MessageRef{at.message.from, at.message.id}})
        key = key * 2 + (flag ? 1 : 0);
    return key;
}

} // namespace culvert
