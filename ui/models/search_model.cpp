#include "ui/models/search_model.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"

#include <algorithm>

namespace culvert {

SearchModel::SearchModel(MessengerBridge& bridge, QObject* parent) : QAbstractListModel(parent), m_bridge(bridge) {
    m_askSoon.setSingleShot(true);
    m_askSoon.setInterval(kAskAfterMs);
    connect(&m_askSoon, &QTimer::timeout, this, [this] { ask(0); });
    connect(&bridge, &MessengerBridge::messageAmended, this, &SearchModel::amend);
    connect(&bridge, &MessengerBridge::contactRemoved, this, &SearchModel::removeContact);
    connect(&bridge, &MessengerBridge::messageErased, this, [this](const MessageErasedEvent& erased) {
        if (const int row = rowOf(erased.contact, erased.target); row >= 0)
            removeAt(row);
    });
}

void SearchModel::setSearch(const QString& text, const std::optional<ContactId>& contact) {
    const QString trimmed = text.trimmed();
    if (trimmed == m_text && contact == m_contact)
        return;
    m_text = trimmed;
    m_contact = contact;
    ++m_generation; // What is on its way answers another question.
    m_isFetching = false;
    m_error.clear();
    if (!m_text.isEmpty()) { // The old rows stay until the new ones are there: no flicker with each key.
        m_askSoon.start();
        setState(State::Asking);
        return;
    }
    m_askSoon.stop();
    beginResetModel();
    m_hits.clear();
    m_next = 0;
    endResetModel();
    setState(State::Idle);
}

void SearchModel::fetchOlder() {
    if (m_state == State::Answered && !m_isFetching && m_next != 0 && m_hits.size() < kHitsMax)
        ask(m_next);
}

void SearchModel::ask(std::uint64_t before) {
    m_isFetching = true;
    SearchRequest request;
    request.text = m_text.toStdString();
    request.contact = m_contact;
    request.before = before;
    request.limit = kPageSize;
    m_bridge.search(std::move(request), this,
                    [this, before, generation = ++m_generation](const Result<SearchPage>& page) {
                        if (generation != m_generation)
                            return;
                        m_isFetching = false;
                        if (before == 0) {
                            beginResetModel();
                            m_hits.clear();
                            m_next = 0;
                            endResetModel();
                        }
                        take(page);
                    });
}

void SearchModel::take(const Result<SearchPage>& page) {
    if (!page) {
        m_error = QString::fromStdString(page.error().detail);
        setState(State::Failed);
        return;
    }
    m_next = page->next;
    const std::size_t count = std::min(page->messages.size(), kHitsMax - m_hits.size());
    if (count > 0) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(count) - 1);
        for (std::size_t i = 0; i < count; ++i) {
            const Message& message = page->messages[i];
            m_hits.push_back({message, SearchSnippet::of(QString::fromStdString(message.text), m_text)});
        }
        endInsertRows();
    }
    setState(State::Answered);
}

void SearchModel::setState(State state) {
    m_state = state;
    emit stateChanged();
}

int SearchModel::rowOf(const ContactId& contact, const MessageRef& ref) const {
    const auto found = std::ranges::find_if(m_hits, [&](const SearchHit& hit) {
        return hit.message.contact == contact && MessageRef{hit.message.from, hit.message.id} == ref;
    });
    return found == m_hits.end() ? -1 : static_cast<int>(found - m_hits.begin());
}

void SearchModel::removeAt(int row) {
    beginRemoveRows({}, row, row);
    m_hits.erase(m_hits.begin() + row);
    endRemoveRows();
    emit stateChanged();
}

void SearchModel::amend(const MessageAmendedEvent& change) {
    const int row = rowOf(change.contact, change.amendment.target);
    if (row < 0)
        return;
    SearchHit& hit = m_hits[static_cast<std::size_t>(row)];
    if (!apply(change.amendment, hit.message))
        return;
    if (hit.message.isDeleted) {
        removeAt(row);
        return;
    }
    hit.snippet = SearchSnippet::of(QString::fromStdString(hit.message.text), m_text);
    emit dataChanged(index(row), index(row));
}

void SearchModel::removeContact(const ContactId& contact) {
    for (int row = rowCount() - 1; row >= 0; --row)
        if (m_hits[static_cast<std::size_t>(row)].message.contact == contact)
            removeAt(row);
}

int SearchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant SearchModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SearchHit& hit = m_hits[static_cast<std::size_t>(index.row())];
    const auto name = [&] { return m_name ? m_name(hit.message.contact) : QString(); };
    switch (role) {
    case Qt::DisplayRole:
    case LineRole:
        return hit.snippet.line;
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(hit, name()) : hit.snippet.line;
    case ContactRole:
        return QVariant::fromValue(hit.message.contact);
    case RefRole:
        return QVariant::fromValue(MessageRef{hit.message.from, hit.message.id});
    case NameRole:
        return name();
    case SpansRole:
        return QVariant::fromValue(hit.snippet.spans);
    case TimeRole:
        return QVariant::fromValue(qint64{hit.message.sentAt.milliseconds});
    case FromMeRole:
        return hit.message.from == MessageFrom::Me;
    case FaceRole: {
        const ContactId& contact = hit.message.contact;
        const QImage picture = m_picture ? m_picture(contact) : QImage();
        return QVariant::fromValue(ContactListModel::face(contact, name(), picture));
    }
    default:
        return {};
    }
}

} // namespace culvert
