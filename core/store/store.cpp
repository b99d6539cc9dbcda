#include "core/store/store.h"

#include "core/base/byte_io.h"
#include "core/store/message_value.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kMessagesMax = 500;
// Of each conversation at the start, for messages that may still be read: whoever has receipts off reads none.
constexpr std::int64_t kDeliveredLookedAt = 64;
// What is told of damaged rows counts up to here.
constexpr std::size_t kDamagedRowsMax = 10'000;

} // namespace

std::string sealContext(std::string_view kind, BytesView row) {
    return std::string(kind) + std::string(asText(row));
}

Store::Tag Store::tagOf(const ContactId& contact) const {
    return keyedHash(m_tagKey, contact.octets);
}

Store::Tag Store::nameOf(const ContactId& contact, const MessageRef& ref) const {
    Bytes name = {static_cast<std::uint8_t>(ref.from)};
    append(name, contact.octets);
    append(name, ref.id.octets);
    return keyedHash(m_tagKey, name);
}

Bytes Store::seal(std::string_view context, BytesView value) const {
    return sealValue(m_valueKey, context, value, m_random);
}

Result<PutMessage> Store::unsealMessage(BytesView name, BytesView sealed) {
    const auto plain = openValue(m_valueKey, sealContext(kMessageContext, name), sealed);
    auto message = plain ? decodeMessage(*plain) : Result<PutMessage>(Unexpected(plain.error()));
    if (!message)
        noteDamage(m_damage.damagedMessages, name);
    return message;
}

Result<PutContact> Store::unsealContact(BytesView tag, BytesView sealed) {
    const auto plain = openValue(m_valueKey, sealContext(kContactContext, tag), sealed);
    if (plain && plain->size() >= 32)
        return PutContact{*ContactId::fromView(BytesView(*plain).first(32)), toBytes(BytesView(*plain).subspan(32))};
    noteDamage(m_damage.damagedContacts, tag);
    return fail(ErrorCode::Corrupt, "a stored contact is damaged");
}

// Each row once, however often it is read.
void Store::noteDamage(std::uint64_t& count, BytesView row) {
    if (m_damagedRows.size() >= kDamagedRowsMax || !m_damagedRows.insert(toBytes(row)).second)
        return;
    ++count;
    if (m_problems.empty() || m_problems.back().kind != StoreProblem::Kind::DamagedRows)
        m_problems.push_back(m_damage);
    m_problems.back() = m_damage;
}

std::optional<StoreProblem> Store::pollProblem() {
    if (m_problems.empty())
        return std::nullopt;
    const StoreProblem problem = m_problems.front();
    m_problems.erase(m_problems.begin());
    return problem;
}

Result<void> Store::applyOnce(const std::vector<ArchiveBatch>& batches) {
    return m_database->transact([&]() -> Result<void> {
        for (const ArchiveBatch& batch : batches)
            for (const ArchiveWrite& value : batch.writes)
                TRY_VOID(std::visit([this](const auto& one) { return write(one); }, value));
        return {};
    });
}

Result<void> Store::write(const PutProfile& value) {
    const Bytes sealed = seal(kProfileContext, value.blob);
    Statement put(m_database->handle(), "INSERT OR REPLACE INTO profile (id, sealed) VALUES (1, ?)");
    return m_database->run(put.bind(1, BytesView(sealed)));
}

Result<void> Store::write(const PutContact& value) {
    Bytes plain = toBytes(value.id.octets);
    append(plain, value.blob);
    const Tag tag = tagOf(value.id);
    const Bytes sealed = seal(sealContext(kContactContext, tag), plain);
    Statement put(m_database->handle(), "INSERT OR REPLACE INTO contacts (tag, sealed) VALUES (?, ?)");
    return m_database->run(put.bind(1, tag).bind(2, BytesView(sealed)));
}

Result<void> Store::write(const EraseContact& value) {
    const Tag tag = tagOf(value.id);
    TRY_VOID(write(PutPicture{value.id, {}}));
    Statement contact(m_database->handle(), "DELETE FROM contacts WHERE tag = ?");
    TRY_VOID(m_database->run(contact.bind(1, tag)));
    Statement numbers(m_database->handle(), "SELECT number FROM messages WHERE tag = ?");
    numbers.bind(1, tag);
    while (numbers.step())
        TRY_VOID(m_index->markStale(static_cast<std::uint64_t>(numbers.number(0)) / SearchIndex::kBlock));
    Statement messages(m_database->handle(), "DELETE FROM messages WHERE tag = ?");
    return m_database->run(messages.bind(1, tag));
}

Result<void> Store::write(const PutMessage& value) {
    const Tag tag = tagOf(value.message.contact),
              name = nameOf(value.message.contact, {value.message.from, value.message.id});
    const Bytes sealed = seal(sealContext(kMessageContext, name), encodeMessage(value));
    // A place is taken by a damaged message alone, of a contact that was damaged as well: it stays, but not there.
    Statement aside(m_database->handle(),
                    "UPDATE messages SET position = -number WHERE tag = ? AND position = ? AND name <> ?");
    aside.bind(1, tag).bind(2, static_cast<std::int64_t>(value.message.position)).bind(3, name);
    TRY_VOID(m_database->run(aside));
    // What was said stays said: a message with an id that is there already changes nothing.
    Statement put(m_database->handle(),
                  "INSERT INTO messages (tag, position, name, open, sealed) VALUES (?, ?, ?, ?, ?)"
                  " ON CONFLICT (name) DO NOTHING");
    put.bind(1, tag).bind(2, static_cast<std::int64_t>(value.message.position)).bind(3, name);
    return m_database->run(put.bind(4, isOpen(value) ? 1 : 0).bind(5, BytesView(sealed)));
}

Result<void> Store::update(const PutMessage& value) {
    const Tag name = nameOf(value.message.contact, {value.message.from, value.message.id});
    const Bytes sealed = seal(sealContext(kMessageContext, name), encodeMessage(value));
    Statement put(m_database->handle(), "UPDATE messages SET open = ?, sealed = ? WHERE name = ?");
    return m_database->run(put.bind(1, isOpen(value) ? 1 : 0).bind(2, BytesView(sealed)).bind(3, name));
}

std::optional<PutMessage> Store::find(const ContactId& contact, const MessageRef& ref) {
    const Tag name = nameOf(contact, ref);
    Statement query(m_database->handle(), "SELECT sealed FROM messages WHERE name = ?");
    if (!query.bind(1, name).step())
        return std::nullopt;
    auto message = unsealMessage(name, query.blob(0));
    if (!message)
        return std::nullopt; // A damaged row costs that row, not everything that comes after.
    return std::move(*message);
}

Result<void> Store::write(const PutMessageState& value) {
    auto found = find(value.contact, {MessageFrom::Me, value.id});
    // Removed meanwhile. Or it was read: a late "delivered" never takes that back.
    if (!found || found->message.state == MessageState::Read)
        return {};
    found->message.state = value.state;
    found->message.reason = value.reason;
    if (value.state == MessageState::Delivered || value.state == MessageState::Read)
        startLifetime(found->message, value.at);
    return update(*found);
}

Result<void> Store::write(const PutReadMark& value) {
    const Tag tag = tagOf(value.contact);
    std::vector<PutMessage> unread;
    {
        Statement find(m_database->handle(), "SELECT name, sealed FROM messages WHERE tag = ? AND open = 1");
        find.bind(1, tag);
        while (find.step()) {
            auto message = unsealMessage(find.blob(0), find.blob(1));
            if (message && message->message.from == MessageFrom::Them && message->message.state != MessageState::Read)
                unread.push_back(std::move(*message));
        }
    }
    for (PutMessage& message : unread) {
        message.message.state = MessageState::Read;
        startLifetime(message.message, value.at);
        TRY_VOID(update(message));
    }
    return {};
}

Result<void> Store::write(const AmendMessage& value) {
    auto found = find(value.contact, value.amendment.target);
    if (!found)
        return {};
    const std::string before = found->message.text;
    const bool changed = culvert::apply(value.amendment, found->message);
    if (!changed && value.sequence == 0)
        return {};
    if (found->message.text != before)
        TRY_VOID(forgetWords(value.contact, value.amendment.target));
    // What is not settled goes out again after a restart, even if it changed nothing here.
    if (value.sequence > 0)
        (value.amendment.kind == AmendmentKind::Reaction ? found->openReaction : found->openChange) = value.sequence;
    return update(*found);
}

Result<void> Store::write(const SettleAmendment& value) {
    auto found = find(value.contact, value.target);
    if (!found)
        return {};
    for (std::uint64_t* open : {&found->openChange, &found->openReaction})
        if (*open == value.sequence)
            *open = 0;
    return update(*found);
}

Result<void> Store::write(const EraseMessage& value) {
    TRY_VOID(forgetWords(value.contact, value.target));
    Statement erase(m_database->handle(), "DELETE FROM messages WHERE name = ?");
    return m_database->run(erase.bind(1, nameOf(value.contact, value.target)));
}

Result<void> Store::write(const PutPicture& value) {
    const Tag tag = tagOf(value.id);
    if (value.octets.empty()) {
        Statement erase(m_database->handle(), "DELETE FROM pictures WHERE tag = ?");
        return m_database->run(erase.bind(1, tag));
    }
    const Bytes sealed = seal(sealContext(kPictureContext, tag), value.octets);
    Statement put(m_database->handle(), "INSERT OR REPLACE INTO pictures (tag, sealed) VALUES (?, ?)");
    return m_database->run(put.bind(1, tag).bind(2, BytesView(sealed)));
}

// A picture that is damaged comes again, and ours can be chosen again: it is no more than not there.
Result<Bytes> Store::pictureOnce(const ContactId& contact) {
    const Tag tag = tagOf(contact);
    Statement query(m_database->handle(), "SELECT sealed FROM pictures WHERE tag = ?");
    if (query.bind(1, tag).step())
        if (auto octets = openValue(m_valueKey, sealContext(kPictureContext, tag), query.blob(0)))
            return octets;
    if (query.failed())
        return Unexpected(query.error());
    return fail(ErrorCode::NotFound, "There is no picture.");
}

Result<ArchiveSnapshot> Store::loadOnce() {
    ArchiveSnapshot snapshot;
    Statement profile(m_database->handle(), "SELECT sealed FROM profile WHERE id = 1");
    if (profile.step()) {
        auto blob = openValue(m_valueKey, kProfileContext, profile.blob(0));
        if (!blob)
            return fail(ErrorCode::Corrupt, "The profile itself is damaged. Put back a copy of the data folder.");
        snapshot.profile = std::move(*blob);
    }
    if (auto picture = pictureOnce({}))
        snapshot.picture = std::move(*picture);
    else if (picture.error().code != ErrorCode::NotFound)
        return Unexpected(picture.error());
    Statement contacts(m_database->handle(), "SELECT tag, sealed FROM contacts");
    while (contacts.step()) {
        auto contact = unsealContact(contacts.blob(0), contacts.blob(1));
        if (!contact)
            continue; // A damaged row costs that row.
        const ContactId id = contact->id;
        snapshot.contacts.push_back(std::move(*contact));
        TRY_VOID(loadMessages(snapshot, id));
    }
    TRY_VOID(loadStrays(snapshot));
    for (const Statement* statement : {&profile, &contacts})
        if (statement->failed())
            return Unexpected(statement->error());
    return snapshot;
}

// Conversations whose contact is damaged.
Result<void> Store::loadStrays(ArchiveSnapshot& snapshot) {
    std::set<Bytes> known;
    for (const PutContact& contact : snapshot.contacts)
        known.insert(toBytes(tagOf(contact.id)));
    Statement next(m_database->handle(), "SELECT min(tag) FROM messages WHERE tag > ?");
    for (Bytes tag = {0}; next.bind(1, BytesView(tag)).step(); next.reset()) {
        tag = next.blob(0);
        if (tag.empty())
            break;
        if (!known.contains(tag))
            TRY_VOID(loadStray(snapshot, tag));
    }
    if (next.failed())
        return Unexpected(next.error());
    return {};
}

// Whose it is its messages say.
Result<void> Store::loadStray(ArchiveSnapshot& snapshot, BytesView tag) {
    Statement newest(m_database->handle(),
                     "SELECT name, sealed, position FROM messages WHERE tag = ? ORDER BY position DESC LIMIT 20");
    newest.bind(1, tag);
    for (std::int64_t last = 0; newest.step();) {
        last = std::max(last, newest.number(2));
        const auto message = unsealMessage(newest.blob(0), newest.blob(1));
        if (!message)
            continue;
        snapshot.lastPosition[message->message.contact] = static_cast<std::uint64_t>(last);
        break;
    }
    if (newest.failed())
        return Unexpected(newest.error());
    return {};
}

// One message may wait for several things.
void Store::addOpen(ArchiveSnapshot& snapshot, const PutMessage& stored) {
    const Message& message = stored.message;
    if (stored.openChange > 0 || stored.openReaction > 0)
        snapshot.amended.push_back(stored);
    if (message.lifetimeSeconds > 0 && message.kind == MessageKind::Text) {
        snapshot.expiring.push_back(message);
        snapshot.expiring.back().text.clear();
    }
    if (message.from == MessageFrom::Them && message.state != MessageState::Read)
        ++snapshot.unread[message.contact];
    if (message.from == MessageFrom::Me && message.state <= MessageState::Sent)
        snapshot.undelivered.push_back(stored);
}

Result<void> Store::loadMessages(ArchiveSnapshot& snapshot, const ContactId& contact) {
    const Tag tag = tagOf(contact);
    Statement last(m_database->handle(), "SELECT max(position) FROM messages WHERE tag = ?");
    if (last.bind(1, tag).step())
        snapshot.lastPosition[contact] = static_cast<std::uint64_t>(last.number(0));
    Statement open(m_database->handle(),
                   "SELECT name, sealed FROM messages WHERE tag = ? AND open = 1 ORDER BY position");
    open.bind(1, tag);
    while (open.step()) {
        auto message = unsealMessage(open.blob(0), open.blob(1));
        if (!message)
            continue;
        addOpen(snapshot, *message);
    }
    // Who reads, reads everything before, so that the first one that was read ends the search.
    Statement newest(m_database->handle(),
                     "SELECT name, sealed FROM messages WHERE tag = ? ORDER BY position DESC LIMIT ?");
    newest.bind(1, tag).bind(2, kDeliveredLookedAt);
    while (newest.step()) {
        auto message = unsealMessage(newest.blob(0), newest.blob(1));
        if (!message || message->message.from != MessageFrom::Me)
            continue;
        if (message->message.state == MessageState::Read)
            break;
        if (message->message.state == MessageState::Delivered) {
            message->message.text.clear();
            snapshot.delivered.push_back(std::move(*message));
        }
    }
    for (const Statement* statement : {&last, &open, &newest})
        if (statement->failed())
            return Unexpected(statement->error());
    return {};
}

Result<std::vector<Message>> Store::messagesOnce(const ContactId& contact, std::uint64_t before, std::size_t limit) {
    auto page =
        readPage("SELECT name, sealed FROM messages WHERE tag = ? AND position < ? ORDER BY position DESC LIMIT ?",
                 contact, before == 0 ? INT64_MAX : static_cast<std::int64_t>(before), limit);
    if (page)
        std::ranges::reverse(*page);
    return page;
}

Result<std::vector<Message>> Store::messagesAfterOnce(const ContactId& contact, std::uint64_t after,
                                                      std::size_t limit) {
    return readPage("SELECT name, sealed FROM messages WHERE tag = ? AND position > ? ORDER BY position LIMIT ?",
                    contact, static_cast<std::int64_t>(std::min<std::uint64_t>(after, INT64_MAX)), limit);
}

Result<std::vector<Message>> Store::readPage(const char* sql, const ContactId& contact, std::int64_t position,
                                             std::size_t limit) {
    const Tag tag = tagOf(contact);
    Statement query(m_database->handle(), sql);
    query.bind(1, tag).bind(2, position).bind(3, static_cast<std::int64_t>(std::min(limit, kMessagesMax)));
    std::vector<Message> out;
    while (query.step()) {
        auto message = unsealMessage(query.blob(0), query.blob(1));
        if (message)
            out.push_back(std::move(message->message));
    }
    if (query.failed())
        return Unexpected(query.error());
    return out;
}

Result<Message> Store::messageOnce(const ContactId& contact, const MessageRef& ref) {
    auto found = find(contact, ref);
    if (!found)
        return fail(ErrorCode::NotFound, "There is no such message.");
    return std::move(found->message);
}

} // namespace culvert
