#include "ui/models/contact_list_model.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"

#include <QDateTime>

#include <algorithm>

namespace culvert {
namespace {

bool looksTheSame(const Contact& one, const Contact& other) {
    return one.name == other.name && one.greeting == other.greeting && one.state == other.state &&
           one.verified == other.verified && one.safetyNumber == other.safetyNumber && one.presence == other.presence &&
           one.unread == other.unread && one.mutedUntil == other.mutedUntil &&
           one.lifetimeSeconds == other.lifetimeSeconds && one.knowsAmendments == other.knowsAmendments &&
           one.picture == other.picture;
}

} // namespace

ContactListModel::ContactListModel(MessengerBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge) {
    m_reloadSoon.setSingleShot(true);
    m_reloadSoon.setInterval(0);
    connect(&m_reloadSoon, &QTimer::timeout, this, &ContactListModel::reload);
    connect(&bridge, &MessengerBridge::contactRequested, this, &ContactListModel::upsert);
    connect(&bridge, &MessengerBridge::contactChanged, this, &ContactListModel::upsert);
    connect(&bridge, &MessengerBridge::contactRemoved, this, &ContactListModel::remove);
    connect(&bridge.pictures(), &Pictures::changed, this, [this](const ContactId& id) {
        if (const int row = rowOf(id); row >= 0)
            emit dataChanged(index(row), index(row), {FaceRole});
    });
    connect(&bridge, &MessengerBridge::draftChanged, this, &ContactListModel::setDraft);
    connect(&bridge, &MessengerBridge::messageQueued, this, &ContactListModel::setLastMessage);
    connect(&bridge, &MessengerBridge::messageReceived, this, [this](const Message& message) {
        setLastMessage(message);
        m_reloadSoon.start(); // the count of unread messages is core's to know
    });
    connect(&bridge, &MessengerBridge::messageAmended, this,
            [this](const MessageAmendedEvent& change) { requestLastMessage(change.contact); });
    connect(&bridge, &MessengerBridge::messageErased, this,
            [this](const MessageErasedEvent& erased) { requestLastMessage(erased.contact); });
}

void ContactListModel::reload() {
    m_bridge.contacts(this, [this](const Result<std::vector<Contact>>& contacts) {
        if (contacts)
            apply(contacts.value());
        emit loaded();
    });
}

std::optional<Contact> ContactListModel::find(const ContactId& id) const {
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_rows[static_cast<std::size_t>(row)].contact);
}

int ContactListModel::rowOf(const ContactId& id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.contact.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ContactListModel::unread() const {
    int unread = 0;
    for (const Row& row : m_rows)
        if (row.contact.state != ContactState::Blocked)
            unread += static_cast<int>(row.contact.unread);
    return unread;
}

int ContactListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ContactListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const Contact& contact = row.contact;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return displayName(contact);
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(contact, row.lastText) : displayName(contact);
    case IdRole:
        return QVariant::fromValue(contact.id);
    case StateRole:
        return QVariant::fromValue(contact.state);
    case OnlineRole:
        return contact.presence.online;
    case PathRole:
        return QVariant::fromValue(contact.presence.path);
    case VerdictRole:
        return QVariant::fromValue(contact.presence.verdict);
    case PresenceRole:
        return QVariant::fromValue(contact.presence);
    case UnreadRole:
        return contact.unread;
    case LastTextRole:
        return row.lastText;
    case LastTimeRole:
        return static_cast<qlonglong>(row.lastTime.milliseconds);
    case LastFromMeRole:
        return row.lastFromMe;
    case VerifiedRole:
        return contact.verified;
    case MutedRole:
        return isMuted(contact, {QDateTime::currentMSecsSinceEpoch()});
    case DraftRole:
        return contact.state == ContactState::Accepted ? QString::fromStdString(contact.draft).simplified() : QString();
    case FaceRole:
        return QVariant::fromValue(face(contact.id, displayName(contact), m_bridge.pictures().of(contact)));
    default:
        return {};
    }
}

QString ContactListModel::displayName(const Contact& contact) {
    QString name = QString::fromStdString(contact.name);
    // A stranger chose it: without control and direction characters it cannot disarrange the text around it.
    name.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || (c.category() == QChar::Other_Format && c.unicode() != 0x200D);
    });
    name = name.simplified();
    return name.isEmpty() ? tr("Contact %1").arg(QString::fromStdString(contact.id.text()).left(6)) : name;
}

QString ContactListModel::initials(const QString& name) {
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return QStringLiteral("?");
    // A letter outside the basic plane takes two QChars; half of one would show as a box.
    const auto first = [](const QString& word) { return word.left(word.at(0).isHighSurrogate() ? 2 : 1).toUpper(); };
    return words.size() == 1 ? first(words.first()) : first(words.first()) + first(words.last());
}

Face ContactListModel::face(const ContactId& id, const QString& name, const QImage& picture) {
    return {initials(name), colorSeed(id), picture};
}

unsigned ContactListModel::colorSeed(const ContactId& id) {
    return static_cast<unsigned>(id.octets[0] << 8 | id.octets[1]);
}

void ContactListModel::apply(const std::vector<Contact>& contacts) {
    for (int row = rowCount() - 1; row >= 0; --row) {
        const ContactId id = m_rows[static_cast<std::size_t>(row)].contact.id;
        if (std::none_of(contacts.begin(), contacts.end(), [&](const Contact& c) { return c.id == id; }))
            remove(id);
    }
    std::vector<Contact> fresh;
    for (const Contact& contact : contacts)
        if (rowOf(contact.id) < 0)
            fresh.push_back(contact);
        else
            upsert(contact);
    append(fresh);
}

// All at once: whoever listens looks at every contact after each change.
void ContactListModel::append(const std::vector<Contact>& contacts) {
    if (contacts.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(contacts.size()) - 1);
    for (const Contact& contact : contacts)
        m_rows.push_back({contact, {}, {}, false});
    endInsertRows();
    for (const Contact& contact : contacts)
        requestLastMessage(contact.id);
}

void ContactListModel::upsert(const Contact& contact) {
    const int row = rowOf(contact.id);
    if (row >= 0) {
        Contact& known = m_rows[static_cast<std::size_t>(row)].contact;
        if (looksTheSame(known, contact))
            return;
        std::string draft = std::move(known.draft); // This window alone changes it, and what comes may be older.
        known = contact;
        known.draft = std::move(draft);
        emit dataChanged(index(row), index(row));
        return;
    }
    append({contact});
}

void ContactListModel::remove(const ContactId& id) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void ContactListModel::setDraft(const ContactId& id, const QString& text) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)].contact.draft = text.toStdString();
    emit dataChanged(index(row), index(row), {DraftRole, Qt::AccessibleTextRole});
}

void ContactListModel::setLastMessage(const Message& message) {
    const int row = rowOf(message.contact);
    if (row < 0 || message.kind != MessageKind::Text)
        return;
    Row& changed = m_rows[static_cast<std::size_t>(row)];
    changed.lastText = QString::fromStdString(message.text).simplified();
    changed.lastTime = message.sentAt;
    changed.lastFromMe = message.from == MessageFrom::Me;
    emit dataChanged(index(row), index(row));
}

void ContactListModel::requestLastMessage(const ContactId& id) {
    m_bridge.messages(id, 0, 1, this, [this](const Result<std::vector<Message>>& messages) {
        if (messages && !messages.value().empty())
            setLastMessage(messages.value().back());
    });
}

} // namespace culvert
