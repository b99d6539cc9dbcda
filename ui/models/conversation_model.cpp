#include "ui/models/conversation_model.h"

#include "ui/bridge/messenger_bridge.h"

#include <algorithm>

namespace culvert {

ConversationModel::ConversationModel(MessengerBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge) {
    connect(&bridge, &MessengerBridge::messageReceived, this, &ConversationModel::add);
    connect(&bridge, &MessengerBridge::messageQueued, this, &ConversationModel::add);
    connect(&bridge, &MessengerBridge::messageStateChanged, this, &ConversationModel::changeState);
}

void ConversationModel::setContact(std::optional<ContactId> contact) {
    beginResetModel();
    m_contact = contact;
    m_messages.clear();
    m_olderExist = false;
    m_fetching = contact.has_value();
    const quint64 generation = ++m_generation;
    endResetModel();
    emit queuedChanged();
    if (!contact)
        return;
    m_bridge.messages(*contact, 0, kPageSize, this, [this, generation](const Result<std::vector<Message>>& page) {
        if (generation != m_generation)
            return;
        m_fetching = false;
        showNewest(page ? page.value() : std::vector<Message>());
        emit loaded();
    });
}

void ConversationModel::fetchOlder() {
    if (!canFetchOlder() || m_messages.empty())
        return;
    m_fetching = true;
    m_bridge.messages(*m_contact, m_messages.front().position, kPageSize, this,
                      [this, generation = m_generation](const Result<std::vector<Message>>& page) {
                          if (generation != m_generation)
                              return;
                          m_fetching = false;
                          prepend(page ? page.value() : std::vector<Message>());
                      });
}

bool ConversationModel::hasQueued() const {
    return std::any_of(m_messages.begin(), m_messages.end(), [](const Message& message) {
        return message.from == MessageFrom::Me && message.state == MessageState::Queued;
    });
}

int ConversationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Message& message = m_messages[row];
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
        return timeOf(row);
    case StateRole:
        return QVariant::fromValue(message.state);
    case ReasonRole:
        return QVariant::fromValue(message.reason);
    case GroupStartRole:
        return row == 0 || !isGrouped(row - 1, row);
    case GroupEndRole:
        return row + 1 == m_messages.size() || !isGrouped(row, row + 1);
    case DayStartRole:
        return isDayStart(row);
    default:
        return {};
    }
}

void ConversationModel::showNewest(const std::vector<Message>& messages) {
    beginResetModel();
    // Events may have come between the question and its answer.
    std::vector<Message> early = std::move(m_messages);
    m_messages = messages;
    m_olderExist = messages.size() == kPageSize;
    endResetModel();
    for (const Message& message : early)
        add(message);
    emit queuedChanged();
}

void ConversationModel::prepend(const std::vector<Message>& messages) {
    m_olderExist = messages.size() == kPageSize;
    if (messages.empty())
        return;
    const int count = static_cast<int>(messages.size());
    beginInsertRows({}, 0, count - 1);
    m_messages.insert(m_messages.begin(), messages.begin(), messages.end());
    endInsertRows();
    emit dataChanged(index(count), index(count)); // it may have been the first of its group or day only here
    emit queuedChanged();
}

void ConversationModel::add(const Message& message) {
    if (m_contact != message.contact ||
        std::any_of(m_messages.begin(), m_messages.end(), [&](const Message& m) { return m.id == message.id; }))
        return;
    const auto place = std::upper_bound(m_messages.begin(), m_messages.end(), message,
                                        [](const Message& a, const Message& b) { return a.position < b.position; });
    const int row = static_cast<int>(place - m_messages.begin());
    beginInsertRows({}, row, row);
    m_messages.insert(place, message);
    endInsertRows();
    // Grouping looks at both neighbours.
    if (row > 0)
        emit dataChanged(index(row - 1), index(row - 1));
    if (row + 1 < rowCount())
        emit dataChanged(index(row + 1), index(row + 1));
    emit queuedChanged();
}

void ConversationModel::changeState(const MessageStateEvent& change) {
    if (m_contact != change.contact)
        return;
    const auto found = std::find_if(m_messages.begin(), m_messages.end(),
                                    [&](const Message& message) { return message.id == change.id; });
    if (found == m_messages.end())
        return;
    found->state = change.state;
    found->reason = change.reason;
    const int row = static_cast<int>(found - m_messages.begin());
    emit dataChanged(index(row), index(row));
    emit queuedChanged();
}

bool ConversationModel::isGrouped(std::size_t earlier, std::size_t later) const {
    const Message& first = m_messages[earlier];
    const Message& second = m_messages[later];
    return first.from == second.from && second.sentAt.milliseconds - first.sentAt.milliseconds < kGroupGapMs &&
           !isDayStart(later);
}

bool ConversationModel::isDayStart(std::size_t row) const {
    return row == 0 || timeOf(row - 1).date() != timeOf(row).date();
}

QDateTime ConversationModel::timeOf(std::size_t row) const {
    return QDateTime::fromMSecsSinceEpoch(m_messages[row].sentAt.milliseconds);
}

} // namespace culvert
