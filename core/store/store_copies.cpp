// Store, third part: copies of the database, in its folder and out of it, and what all of them take.
#include "core/store/new_file.h"
#include "core/store/profile_file.h"
#include "core/store/schema.h"
#include "core/store/store.h"
#include "core/store/vault.h"

#include <fstream>

namespace culvert {

namespace {

namespace fs = std::filesystem;

bool isBackup(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with("culvert.db.v") && name.ends_with(".bak");
}

// The database's own files, and copies of it.
bool isOfDatabase(const fs::path& path) {
    return path.filename().string().starts_with("culvert.db");
}

std::vector<fs::path> filesOf(const fs::path& folder, bool (*wanted)(const fs::path&)) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error))
        if (wanted(file->path()))
            out.push_back(file->path());
    return out;
}

// A name of the user's, in UTF-8 on every system.
fs::path pathOf(const std::string& text) {
    return {std::u8string(text.begin(), text.end())};
}

} // namespace

// The copy made before is of an older format still, and goes.
Result<void> Store::backUp(std::size_t version) {
    std::string number = std::to_string(version);
    number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
    const fs::path path = m_folder / ("culvert.db.v" + number + ".bak");
    const auto before = filesOf(m_folder, isBackup);
    TRY(copy, NewFile::create(path));
    TRY_VOID(m_database->read([&](BytesView octets) { return copy->write(octets); }));
    TRY_VOID(copy->finish());
    std::error_code error;
    for (const fs::path& old : before)
        if (old != path)
            fs::remove(old, error);
    return {};
}

Result<void> Store::exportTo(const ExportRequest& request) {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    if (request.passphrase.empty())
        return fail(ErrorCode::InvalidArgument, "The passphrase is empty.");
    const fs::path path = pathOf(request.path);
    std::error_code error;
    if (fs::exists(path, error))
        return fail(ErrorCode::AlreadyExists, "There is a file " + request.path + " already. Choose another name.");
    TRY(file, NewFile::create(path));
    TRY(writer, ProfileFileWriter::begin(request.passphrase, m_cost, m_dataKey, m_random,
                                         [&](BytesView octets) { return file->write(octets); }));
    TRY_VOID(m_database->read([&](BytesView octets) { return writer.write(octets); }));
    TRY_VOID(writer.finish());
    return file->finish();
}

Result<void> Store::importFrom(const ImportRequest& request) {
    TRY_VOID(prepareFolder(request.keySource, request.secret));
    const fs::path copy = m_folder / "culvert.db.imported";
    Secret<32> dataKey;
    TRY_VOID(takeIn(request, copy, dataKey));
    useKey(dataKey);
    std::error_code error;
    if (const auto checked = checkImported(copy); !checked) {
        fs::remove(copy, error);
        return checked;
    }
    if (fs::exists(databasePath(), error))
        fs::rename(databasePath(), m_folder / "culvert.db.old", error);
    fs::rename(copy, databasePath(), error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot write " + databasePath().string() + ": " + error.message() + ".");
    return begin(openDatabase(false), request.keySource, request.secret);
}

// The whole file is authentic before anything of it is used.
Result<void> Store::takeIn(const ImportRequest& request, const fs::path& copy, Secret<32>& dataKey) {
    std::ifstream file(pathOf(request.path), std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, "Cannot read " + request.path + ".");
    TRY(reader, ProfileFileReader::begin(file, request.passphrase));
    dataKey = reader.dataKey();
    TRY(out, NewFile::create(copy));
    for (;;) {
        TRY(octets, reader.next());
        if (octets.empty())
            break;
        TRY_VOID(out->write(octets));
    }
    return out->finish();
}

Result<void> Store::checkImported(const fs::path& copy) {
    TRY(database, Database::open(copy.string(), false));
    TRY_VOID(database->check());
    Statement version(database->handle(), "PRAGMA user_version");
    if (!version.step() || version.number(0) > static_cast<std::int64_t>(kMigrations.size()))
        return fail(ErrorCode::Unsupported, "This file was written by a newer Culvert. Update Culvert to open it.");
    Statement profile(database->handle(), "SELECT sealed FROM profile WHERE id = 1");
    if (!profile.step() || !openValue(m_valueKey, kProfileContext, profile.blob(0)))
        return fail(ErrorCode::Corrupt, "The file holds no profile.");
    return {};
}

Result<StorageInfo> Store::storageInfo() {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    StorageInfo info;
    info.folder = m_folder.string();
    Statement counts(m_database->handle(), "SELECT (SELECT count(*) FROM contacts), (SELECT count(*) FROM messages)");
    if (!counts.step())
        return Unexpected(counts.error());
    info.contacts = static_cast<std::uint64_t>(counts.number(0));
    info.messages = static_cast<std::uint64_t>(counts.number(1));
    info.indexed = std::min(info.messages, m_index->indexedBlocks() * SearchIndex::kBlock);
    std::error_code error;
    for (const fs::path& path : filesOf(m_folder, isOfDatabase)) {
        const bool isInUse = path == databasePath() || path.string() == databasePath().string() + "-wal";
        const auto size = fs::file_size(path, error);
        if (!error)
            (isInUse ? info.databaseOctets : info.asideOctets) += size;
    }
    TRY(bytes, readFile(m_folder / "vault"));
    TRY(vault, decodeVault(bytes));
    info.keySource = vault.source;
    return info;
}

Result<void> Store::compact() {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    TRY_VOID(m_database->execute("VACUUM"));
    return m_database->checkpoint();
}

// The vault first: without it nothing opens what may be left.
Result<void> Store::erase() {
    closeDatabase();
    std::error_code error;
    fs::remove(m_folder / "vault", error);
    if (error)
        return fail(ErrorCode::IoFailure,
                    "Cannot delete " + (m_folder / "vault").string() + ": " + error.message() + ".");
    m_state = ProfileState::None;
    fs::remove(m_folder / "key", error);
    for (const fs::path& path : filesOf(m_folder, isOfDatabase))
        fs::remove(path, error);
    syncFolder(m_folder);
    m_damagedRows.clear();
    m_damage = {};
    return {};
}

} // namespace culvert
