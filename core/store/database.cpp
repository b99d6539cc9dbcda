#include "core/store/database.h"

#include <algorithm>
#include <filesystem>
#include <sqlite3.h>

namespace culvert {

namespace {

Error errorOf(sqlite3* handle) {
    const int code = sqlite3_errcode(handle);
    const bool isDamaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    return {isDamaged ? ErrorCode::Corrupt : ErrorCode::IoFailure, sqlite3_errmsg(handle)};
}

} // namespace

Statement::Statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr) != SQLITE_OK) {
        m_failed = true;
        m_error = errorOf(database);
    }
}

// At once: what the connection says of its last call is overwritten by the next.
void Statement::check(bool isGood) {
    if (m_failed || isGood)
        return;
    m_failed = true;
    m_error = errorOf(sqlite3_db_handle(m_statement));
}

Statement::~Statement() {
    sqlite3_finalize(m_statement);
}

void Statement::reset() {
    sqlite3_reset(m_statement);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    check(m_failed || sqlite3_bind_int64(m_statement, parameter, value) == SQLITE_OK);
    return *this;
}

Statement& Statement::bind(int parameter, BytesView value) {
    check(m_failed || sqlite3_bind_blob(m_statement, parameter, value.data(), static_cast<int>(value.size()),
                                        SQLITE_TRANSIENT) == SQLITE_OK);
    return *this;
}

bool Statement::step() {
    if (m_failed)
        return false;
    const int result = sqlite3_step(m_statement);
    check(result == SQLITE_ROW || result == SQLITE_DONE);
    return result == SQLITE_ROW;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

Bytes Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, bool mayCreate) {
    std::error_code missing;
    if (!mayCreate && !std::filesystem::exists(path, missing))
        return fail(ErrorCode::NotFound, "The profile's messages are gone: there is no " + path + ". Put back a copy.");
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | (mayCreate ? SQLITE_OPEN_CREATE : 0);
    const int result = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (result != SQLITE_OK)
        return fail(ErrorCode::IoFailure, "The profile cannot be opened: " + database->error().detail + ".");
    // One program at a time: two engines with one identity would fight over every session. FULL makes a commit durable.
    // Temporary files are as good as the database: nothing that SQLite sees is in clear.
    const auto locked = database->execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                                          "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                                          "BEGIN EXCLUSIVE; COMMIT;");
    if (!locked && locked.error().code == ErrorCode::Corrupt)
        return Unexpected(locked.error());
    if (!locked)
        return fail(ErrorCode::IoFailure, sqlite3_errcode(handle) == SQLITE_BUSY
                                              ? "This profile is in use by another Culvert. Close that one first."
                                              : "The profile cannot be read: " + locked.error().detail + ".");
    return database;
}

Database::~Database() {
    sqlite3_close(m_handle);
}

Error Database::error() const {
    return errorOf(m_handle);
}

Result<void> Database::execute(const char* sql) {
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return Unexpected(error());
    return {};
}

Result<void> Database::transact(const std::function<Result<void>()>& work) {
    TRY_VOID(execute("BEGIN IMMEDIATE"));
    Result<void> done = work();
    if (done)
        done = execute("COMMIT");
    if (!done)
        (void)execute("ROLLBACK");
    return done;
}

Result<void> Database::run(Statement& statement) {
    while (statement.step()) {
    }
    if (statement.failed())
        return Unexpected(statement.error());
    return {};
}

Result<void> Database::check() {
    Statement query(m_handle, "PRAGMA quick_check(1)");
    if (query.step() && asText(query.blob(0)) == "ok")
        return {};
    return fail(ErrorCode::Corrupt, "The profile's file is damaged.");
}

Result<void> Database::checkpoint() {
    Statement query(m_handle, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (query.step() && query.number(0) == 0)
        return {};
    return Unexpected(error());
}

Result<void> Database::read(const std::function<Result<void>(BytesView)>& take) {
    TRY_VOID(checkpoint());
    sqlite3_file* file = nullptr;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return Unexpected(error());
    Bytes chunk(1 << 20);
    for (sqlite3_int64 at = 0; at < size;) {
        const auto length =
            static_cast<int>(std::min<sqlite3_int64>(size - at, static_cast<sqlite3_int64>(chunk.size())));
        if (file->pMethods->xRead(file, chunk.data(), length, at) != SQLITE_OK)
            return fail(ErrorCode::IoFailure, "The profile's file cannot be read.");
        TRY_VOID(take(BytesView(chunk).first(static_cast<std::size_t>(length))));
        at += length;
    }
    return {};
}

} // namespace culvert
