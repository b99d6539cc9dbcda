// Database: SQLite behind a few lines of RAII; the only place that includes sqlite3.h besides its .cpp.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace culvert {

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
public:
    Statement(sqlite3* database, const char* sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, BytesView value);
    /// True while there is a row; false at the end. An error is kept for Database::error().
    bool step();
    bool failed() const { return m_failed; }
    std::int64_t number(int column) const;
    Bytes blob(int column) const;

private:
    sqlite3_stmt* m_statement = nullptr;
    bool m_failed = false;
};

/// One SQLite file, opened for this program alone.
class Database {
public:
    /// Creates the file when it is not there. IoFailure says in words what is wrong; another program that has the
    /// profile open is one of the reasons.
    static Result<std::unique_ptr<Database>> open(const std::string& path);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<void> execute(const char* sql);
    /// Runs a statement that gives no rows.
    Result<void> run(Statement& statement);
    Error error() const;
    sqlite3* handle() const { return m_handle; }

private:
    explicit Database(sqlite3* handle) : m_handle(handle) {}
    sqlite3* m_handle;
};

} // namespace culvert
