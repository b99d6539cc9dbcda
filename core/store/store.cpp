#include "core/store/store.h"

#include "core/base/byte_io.h"
#include "core/store/schema.h"
#include "core/store/vault.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kMessagesMax = 500;
constexpr std::string_view kProfileContext = "profile";
constexpr std::string_view kContactContext = "contact";
constexpr std::string_view kMessageContext = "message";

// from (1) | state (1) | reason (1) | contact (32) | id (16) | position (8) | sequence (8) | sent at (8) | text
Bytes encodeMessage(const PutMessage& stored) {
    const Message& message = stored.message;
    Bytes out = {static_cast<std::uint8_t>(message.from), static_cast<std::uint8_t>(message.state),
                 static_cast<std::uint8_t>(message.reason)};
    ByteWriter(out)
        .bytes(message.contact.octets)
        .bytes(message.id.octets)
        .u64(message.position)
        .u64(stored.sequence)
        .u64(static_cast<std::uint64_t>(message.sentAt.milliseconds))
        .bytes(asBytes(message.text));
    return out;
}

Result<PutMessage> decodeMessage(BytesView bytes) {
    ByteReader reader(bytes);
    PutMessage out;
    Message& message = out.message;
    message.from = static_cast<MessageFrom>(reader.u8());
    message.state = static_cast<MessageState>(reader.u8());
    message.reason = static_cast<FailReason>(reader.u8());
    message.contact.octets = reader.array<32>();
    message.id.octets = reader.array<16>();
    message.position = reader.u64();
    out.sequence = reader.u64();
    message.sentAt.milliseconds = static_cast<std::int64_t>(reader.u64());
    if (reader.failed())
        return fail(ErrorCode::Corrupt, "a stored message is damaged");
    message.text = std::string(asText(reader.rest()));
    return out;
}

// Binds a sealed value to its row, so that a value cannot be put into another's place.
std::string contextOf(std::string_view kind, BytesView row) {
    return std::string(kind) + std::string(asText(row));
}

bool isOpen(const Message& message) {
    return message.from == MessageFrom::Me ? message.state <= MessageState::Sent : message.state != MessageState::Read;
}

} // namespace

Store::Store(std::filesystem::path folder, Random& random, const PassphraseCost& cost)
    : m_folder(std::move(folder)), m_random(random), m_cost(cost), m_state(detect()) {}

ProfileState Store::detect() const {
    std::error_code error;
    if (!std::filesystem::exists(m_folder / "vault", error) && !error)
        return ProfileState::None;
    const auto bytes = readFile(m_folder / "vault");
    if (!bytes)
        return ProfileState::NeedsPassphrase; // open() tells what is wrong
    const auto vault = decodeVault(*bytes);
    if (!vault)
        return ProfileState::NeedsPassphrase; // open() tells what is wrong
    switch (vault->source) {
    case KeySource::Passphrase:
        return ProfileState::NeedsPassphrase;
    case KeySource::Keyring:
        return ProfileState::NeedsKeyring;
    case KeySource::BesideStore:
        break;
    }
    return ProfileState::Opening;
}

Result<void> Store::create(KeySource source, std::string_view secret, BytesView profile) {
    if (m_state != ProfileState::None)
        return fail(ErrorCode::AlreadyExists, "There is a profile here already. Unlock it, or choose another folder.");
    if (source != KeySource::BesideStore && secret.empty())
        return fail(ErrorCode::InvalidArgument, "The passphrase is empty.");
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot make the folder " + m_folder.string() + ": " + error.message() + ".");
    std::string wrapping(secret);
    if (source == KeySource::BesideStore) {
        Secret<32> random;
        m_random.fillSecret(random.span());
        wrapping = toHex(random.view());
        TRY_VOID(writeFileAtomically(m_folder / "key", asBytes(wrapping)));
    }
    Secret<32> dataKey;
    m_random.fillSecret(dataKey.span());
    auto wrapped = Vault::wrap(source, wrapping, m_cost, dataKey, m_random);
    sodium_memzero(wrapping.data(), wrapping.size());
    TRY(vault, std::move(wrapped));
    std::filesystem::permissions(m_folder, std::filesystem::perms::owner_all, error);
    // A store without a vault is what an interrupted creation left behind. Nothing can open it; still it is only put
    // aside.
    if (std::filesystem::exists(m_folder / "culvert.db", error))
        std::filesystem::rename(m_folder / "culvert.db", m_folder / "culvert.db.old", error);
    m_valueKey = deriveKey(dataKey, "culvert values");
    m_tagKey = deriveKey(dataKey, "culvert tags");
    TRY_VOID(openDatabase());
    TRY_VOID(write(PutProfile{toBytes(profile)}));
    // The vault last: from here on the profile exists.
    TRY_VOID(writeFileAtomically(m_folder / "vault", encode(vault)));
    m_state = ProfileState::Open;
    return {};
}

Result<void> Store::open(std::string_view secret) {
    if (m_state == ProfileState::Open)
        return fail(ErrorCode::WrongState, "The profile is open already.");
    TRY(bytes, readFile(m_folder / "vault"));
    TRY(vault, decodeVault(bytes));
    std::string wrapping(secret);
    if (vault.source == KeySource::BesideStore) {
        TRY(key, readFile(m_folder / "key"));
        wrapping = std::string(asText(key));
    }
    auto unwrapped = vault.unwrap(wrapping);
    sodium_memzero(wrapping.data(), wrapping.size());
    TRY(dataKey, std::move(unwrapped));
    m_valueKey = deriveKey(dataKey, "culvert values");
    m_tagKey = deriveKey(dataKey, "culvert tags");
    TRY_VOID(openDatabase());
    m_state = ProfileState::Open;
    return {};
}

Result<void> Store::openDatabase() {
    TRY(database, Database::open((m_folder / "culvert.db").string()));
    m_database = std::move(database);
    return migrate();
}

Result<void> Store::migrate() {
    Statement query(m_database->handle(), "PRAGMA user_version");
    query.step();
    const auto version = static_cast<std::size_t>(query.number(0));
    if (version > kMigrations.size())
        return fail(ErrorCode::Unsupported, "This profile was written by a newer Culvert. Update Culvert to open it.");
    for (std::size_t next = version; next < kMigrations.size(); ++next) {
        const std::string sql = "BEGIN;" + std::string(kMigrations[next]) +
                                "PRAGMA user_version = " + std::to_string(next + 1) + "; COMMIT;";
        TRY_VOID(m_database->execute(sql.c_str()));
    }
    return {};
}

Store::Tag Store::tagOf(const ContactId& contact) const {
    return keyedHash(m_tagKey, contact.octets);
}

Store::Tag Store::nameOf(const Message& message) const {
    Bytes name = {static_cast<std::uint8_t>(message.from)};
    append(name, message.contact.octets);
    append(name, message.id.octets);
    return keyedHash(m_tagKey, name);
}

Bytes Store::seal(std::string_view context, BytesView value) const {
    return sealValue(m_valueKey, context, value, m_random);
}

Result<PutMessage> Store::unsealMessage(BytesView name, BytesView sealed) const {
    TRY(plain, openValue(m_valueKey, contextOf(kMessageContext, name), sealed));
    return decodeMessage(plain);
}

Result<void> Store::apply(const std::vector<ArchiveBatch>& batches) {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    TRY_VOID(m_database->execute("BEGIN IMMEDIATE"));
    for (const ArchiveBatch& batch : batches) {
        for (const ArchiveWrite& value : batch.writes) {
            auto written = std::visit([this](const auto& one) { return write(one); }, value);
            if (!written) {
                (void)m_database->execute("ROLLBACK");
                return written;
            }
        }
    }
    return m_database->execute("COMMIT");
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
    const Bytes sealed = seal(contextOf(kContactContext, tag), plain);
    Statement put(m_database->handle(), "INSERT OR REPLACE INTO contacts (tag, sealed) VALUES (?, ?)");
    return m_database->run(put.bind(1, tag).bind(2, BytesView(sealed)));
}

Result<void> Store::write(const EraseContact& value) {
    const Tag tag = tagOf(value.id);
    Statement contact(m_database->handle(), "DELETE FROM contacts WHERE tag = ?");
    TRY_VOID(m_database->run(contact.bind(1, tag)));
    Statement messages(m_database->handle(), "DELETE FROM messages WHERE tag = ?");
    return m_database->run(messages.bind(1, tag));
}

Result<void> Store::write(const PutMessage& value) {
    const Tag tag = tagOf(value.message.contact), name = nameOf(value.message);
    const Bytes sealed = seal(contextOf(kMessageContext, name), encodeMessage(value));
    // What was said stays said: a message with an id that is there already changes nothing.
    Statement put(m_database->handle(),
                  "INSERT INTO messages (tag, position, name, open, sealed) VALUES (?, ?, ?, ?, ?)"
                  " ON CONFLICT (name) DO NOTHING");
    put.bind(1, tag).bind(2, static_cast<std::int64_t>(value.message.position)).bind(3, name);
    return m_database->run(put.bind(4, isOpen(value.message) ? 1 : 0).bind(5, BytesView(sealed)));
}

Result<void> Store::update(const PutMessage& value) {
    const Tag name = nameOf(value.message);
    const Bytes sealed = seal(contextOf(kMessageContext, name), encodeMessage(value));
    Statement put(m_database->handle(), "UPDATE messages SET open = ?, sealed = ? WHERE name = ?");
    return m_database->run(put.bind(1, isOpen(value.message) ? 1 : 0).bind(2, BytesView(sealed)).bind(3, name));
}

Result<void> Store::write(const PutMessageState& value) {
    Message wanted;
    wanted.contact = value.contact;
    wanted.id = value.id;
    const Tag name = nameOf(wanted);
    Statement find(m_database->handle(), "SELECT sealed FROM messages WHERE name = ?");
    if (!find.bind(1, name).step())
        return {}; // Its contact was removed meanwhile.
    auto message = unsealMessage(name, find.blob(0));
    // A damaged row costs that row, not everything that comes after. A late "delivered" never takes back a "read".
    if (!message || message->message.state == MessageState::Read)
        return {};
    message->message.state = value.state;
    message->message.reason = value.reason;
    return update(*message);
}

Result<void> Store::write(const PutReadMark& value) {
    const Tag tag = tagOf(value.contact);
    std::vector<PutMessage> unread;
    {
        Statement find(m_database->handle(), "SELECT name, sealed FROM messages WHERE tag = ? AND open = 1");
        find.bind(1, tag);
        while (find.step()) {
            auto message = unsealMessage(find.blob(0), find.blob(1));
            if (message && message->message.from == MessageFrom::Them)
                unread.push_back(std::move(*message));
        }
    }
    for (PutMessage& message : unread) {
        message.message.state = MessageState::Read;
        TRY_VOID(update(message));
    }
    return {};
}

Result<ArchiveSnapshot> Store::load() {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    ArchiveSnapshot snapshot;
    Statement profile(m_database->handle(), "SELECT sealed FROM profile WHERE id = 1");
    if (profile.step()) {
        TRY(blob, openValue(m_valueKey, kProfileContext, profile.blob(0)));
        snapshot.profile = std::move(blob);
    }
    Statement contacts(m_database->handle(), "SELECT tag, sealed FROM contacts");
    while (contacts.step()) {
        const auto plain = openValue(m_valueKey, contextOf(kContactContext, contacts.blob(0)), contacts.blob(1));
        if (!plain || plain->size() < 32)
            continue; // A damaged row costs that row.
        const ContactId id = *ContactId::fromView(BytesView(*plain).first(32));
        snapshot.contacts.push_back({id, toBytes(BytesView(*plain).subspan(32))});
        TRY_VOID(loadMessages(snapshot, id));
    }
    if (profile.failed() || contacts.failed())
        return Unexpected(m_database->error());
    return snapshot;
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
        if (message->message.from == MessageFrom::Me)
            snapshot.undelivered.push_back(std::move(*message));
        else
            ++snapshot.unread[contact];
    }
    return {};
}

Result<std::vector<Message>> Store::messages(const ContactId& contact, std::uint64_t before, std::size_t limit) {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    const Tag tag = tagOf(contact);
    Statement query(m_database->handle(),
                    "SELECT name, sealed FROM messages WHERE tag = ? AND position < ? ORDER BY position DESC LIMIT ?");
    query.bind(1, tag).bind(2, before == 0 ? INT64_MAX : static_cast<std::int64_t>(before));
    query.bind(3, static_cast<std::int64_t>(std::min(limit, kMessagesMax)));
    std::vector<Message> out;
    while (query.step()) {
        auto message = unsealMessage(query.blob(0), query.blob(1));
        if (message)
            out.push_back(std::move(message->message));
    }
    if (query.failed())
        return Unexpected(m_database->error());
    std::ranges::reverse(out);
    return out;
}

} // namespace culvert
