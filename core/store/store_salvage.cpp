// Store, fifth part: what is done when the file itself is damaged, and how it is looked for.
#include "core/store/message_value.h"
#include "core/store/new_file.h"
#include "core/store/page_carver.h"
#include "core/store/store.h"

#include <algorithm>

namespace culvert {

namespace {

namespace fs = std::filesystem;

// A name that nothing has: what was set aside before stays.
fs::path freeName(const fs::path& database) {
    std::error_code error;
    for (int number = 1;; ++number)
        if (fs::path path = database.string() + ".damaged-" + std::to_string(number); !fs::exists(path, error))
            return path;
}

// The last blob of a row is its value, the one before it the name that the value is bound to.
std::vector<BytesView> blobsOf(const CarvedRow& row) {
    std::vector<BytesView> blobs;
    for (const CarvedRow::Value& value : row.values)
        if (const auto* blob = std::get_if<Bytes>(&value))
            blobs.emplace_back(*blob);
    return blobs;
}

} // namespace

Result<void> Store::apply(const std::vector<ArchiveBatch>& batches) {
    auto done = healing([&] { return applyOnce(batches); });
    if (!done && m_index)
        (void)m_index->load(); // What was taken back may have changed it.
    return done;
}

Result<ArchiveSnapshot> Store::load() {
    return healing([&] { return loadOnce(); });
}

// First a copy of everything, then a new file of what can be read, and only then is the old one's name taken away.
Result<void> Store::salvage() {
    closeDatabase();
    const fs::path aside = freeName(databasePath()), rescued = m_folder / "culvert.db.rescued";
    const fs::path log = databasePath().string() + "-wal";
    std::error_code error;
    fs::copy_file(databasePath(), aside, error);
    if (!error && fs::exists(log))
        fs::copy_file(log, aside.string() + "-wal", error);
    if (error)
        return fail(ErrorCode::IoFailure,
                    "The profile's file is damaged, and there is no room for a copy of it: " + error.message() + ".");
    StoreProblem problem;
    problem.kind = StoreProblem::Kind::Salvaged;
    problem.file = aside.filename().string();
    if (const auto saved = rescueInto(rescued, problem); !saved) {
        closeDatabase();
        fs::remove(rescued, error);
        // The copy has done its duty: the original is untouched.
        fs::remove(aside, error);
        fs::remove(aside.string() + "-wal", error);
        return saved;
    }
    // The old log must not be read into the new file.
    fs::remove(log, error);
    fs::remove(databasePath().string() + "-shm", error);
    fs::rename(rescued, databasePath(), error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot write " + databasePath().string() + ": " + error.message() + ".");
    syncFolder(m_folder);
    TRY_VOID(openDatabase(false));
    m_problems.push_back(problem);
    return {};
}

Result<void> Store::rescueInto(const fs::path& rescued, StoreProblem& problem) {
    std::error_code error;
    fs::remove(rescued, error); // what a crash left
    const PageCarver carver(databasePath());
    TRY(database, Database::open(rescued.string(), true));
    m_database = std::move(database);
    TRY_VOID(migrate());
    TRY_VOID(m_database->transact([&]() -> Result<void> {
        Result<void> done;
        carver.carve([&](const CarvedRow& row) {
            if (done)
                done = rescueRow(row, problem);
        });
        return done;
    }));
    bool hasProfile = false;
    {
        Statement profile(m_database->handle(), "SELECT 1 FROM profile");
        hasProfile = profile.step();
    }
    if (!hasProfile)
        return fail(ErrorCode::Corrupt, "The profile's file is damaged where the identity is. Put back a copy of " +
                                            databasePath().string() + ".");
    closeDatabase(); // It is whole, and has no log.
    return {};
}

// What opens under the key is ours; tables, indexes and what they say of each other are not asked.
Result<void> Store::rescueRow(const CarvedRow& row, StoreProblem& problem) {
    const auto blobs = blobsOf(row);
    if (blobs.empty())
        return {};
    const BytesView sealed = blobs.back();
    if (blobs.size() == 1) {
        if (const auto profile = openValue(m_valueKey, kProfileContext, sealed))
            return write(PutProfile{*profile});
        return {};
    }
    const BytesView name = blobs[blobs.size() - 2];
    if (blobs.size() == 2) {
        if (openValue(m_valueKey, sealContext(kPictureContext, name), sealed)) {
            Statement put(m_database->handle(), "INSERT OR REPLACE INTO pictures (tag, sealed) VALUES (?, ?)");
            return m_database->run(put.bind(1, name).bind(2, sealed));
        }
        const auto plain = openValue(m_valueKey, sealContext(kContactContext, name), sealed);
        if (!plain || plain->size() < 32)
            return {};
        ++problem.savedContacts;
        return write(
            PutContact{*ContactId::fromView(BytesView(*plain).first(32)), toBytes(BytesView(*plain).subspan(32))});
    }
    if (!openValue(m_valueKey, sealContext(kMessageContext, name), sealed))
        return {};
    const auto message = unsealMessage(name, sealed);
    if (!message)
        return {};
    Statement put(m_database->handle(), "INSERT OR IGNORE INTO messages (number, tag, position, name, open, sealed)"
                                        " VALUES (nullif(?, 0), ?, ?, ?, ?, ?)");
    const Tag tag = tagOf(message->message.contact);
    put.bind(1, row.rowId).bind(2, tag).bind(3, static_cast<std::int64_t>(message->message.position)).bind(4, name);
    TRY_VOID(m_database->run(put.bind(5, isOpen(*message) ? 1 : 0).bind(6, sealed)));
    ++problem.savedMessages;
    return {};
}

Result<std::vector<Message>> Store::messages(const ContactId& contact, std::uint64_t before, std::size_t limit) {
    return healing([&] { return messagesOnce(contact, before, limit); });
}

Result<std::vector<Message>> Store::messagesAfter(const ContactId& contact, std::uint64_t after, std::size_t limit) {
    return healing([&] { return messagesAfterOnce(contact, after, limit); });
}

Result<Message> Store::message(const ContactId& contact, const MessageRef& ref) {
    return healing([&] { return messageOnce(contact, ref); });
}

Result<Bytes> Store::picture(const ContactId& contact) {
    return healing([&] { return pictureOnce(contact); });
}

Result<SearchPage> Store::search(const SearchRequest& request) {
    return healing([&] { return searchOnce(request); });
}

Result<StoreCheck> Store::verify() {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    StoreCheck check = verifyOnce();
    if (check.fileIsSound)
        return check;
    TRY_VOID(salvage());
    check = verifyOnce();
    check.fileIsSound = false;
    return check;
}

StoreCheck Store::verifyOnce() {
    StoreCheck check;
    check.fileIsSound = m_database->check().has_value();
    Statement contacts(m_database->handle(), "SELECT tag, sealed FROM contacts");
    for (; contacts.step(); ++check.contacts)
        check.damagedContacts += unsealContact(contacts.blob(0), contacts.blob(1)) ? 0 : 1;
    Statement messages(m_database->handle(), "SELECT name, sealed FROM messages");
    for (; messages.step(); ++check.messages)
        check.damagedMessages += unsealMessage(messages.blob(0), messages.blob(1)) ? 0 : 1;
    check.fileIsSound = check.fileIsSound && !contacts.failed() && !messages.failed();
    return check;
}

} // namespace culvert
