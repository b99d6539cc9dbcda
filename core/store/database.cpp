#include "core/store/database.h"

#include <sqlite3.h>

namespace culvert {

Statement::Statement(sqlite3* database, const char* sql) {
    m_failed = sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr) != SQLITE_OK;
}

Statement::~Statement() {
    sqlite3_finalize(m_statement);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    m_failed = m_failed || sqlite3_bind_int64(m_statement, parameter, value) != SQLITE_OK;
    return *this;
}

Statement& Statement::bind(int parameter, BytesView value) {
    m_failed = m_failed || sqlite3_bind_blob(m_statement, parameter, value.data(), static_cast<int>(value.size()),
                                             SQLITE_TRANSIENT) != SQLITE_OK;
    return *this;
}

bool Statement::step() {
    if (m_failed)
        return false;
    const int result = sqlite3_step(m_statement);
    m_failed = result != SQLITE_ROW && result != SQLITE_DONE;
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

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (result != SQLITE_OK)
        return fail(ErrorCode::IoFailure, "The profile cannot be opened: " + database->error().detail + ".");
    // One program at a time: two engines with one identity would fight over every session. FULL makes a commit durable.
    const auto locked = database->execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                                          "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                                          "BEGIN EXCLUSIVE; COMMIT;");
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
    return {ErrorCode::IoFailure, sqlite3_errmsg(m_handle)};
}

Result<void> Database::execute(const char* sql) {
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return Unexpected(error());
    return {};
}

Result<void> Database::run(Statement& statement) {
    while (statement.step()) {
    }
    if (statement.failed())
        return Unexpected(error());
    return {};
}

} // namespace culvert
