// Database: SQLite behind a few lines of RAII; the only place that includes sqlite3.h besides its .cpp.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <functional>
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

    /// Makes it ready to run again, with the parameters it has.
    void reset();
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, BytesView value);
    /// True while there is a row; false at the end and after an error.
    bool step();
    bool failed() const { return m_failed; }
    /// What failed() means; Corrupt when SQLite found the file damaged. REQUIRES: failed()
    const Error& error() const { return m_error; }
    std::int64_t number(int column) const;
    Bytes blob(int column) const;

private:
    void check(bool isGood);

    sqlite3_stmt* m_statement = nullptr;
    bool m_failed = false;
    Error m_error;
};

/// One SQLite file, opened for this program alone.
class Database {
public:
    /// NotFound when the file is not there, unless `mayCreate`; Corrupt when it is damaged. IoFailure says in words
    /// what is wrong; another program that has the profile open is one of the reasons.
    static Result<std::unique_ptr<Database>> open(const std::string& path, bool mayCreate);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<void> execute(const char* sql);
    /// Runs `work` in one transaction; an error of it takes everything back.
    Result<void> transact(const std::function<Result<void>()>& work);
    /// Runs a statement that gives no rows.
    Result<void> run(Statement& statement);
    /// The last error; Corrupt when SQLite found the file damaged.
    Error error() const;
    /// What SQLite says of the file's structure. Corrupt when it is damaged.
    Result<void> check();
    /// Merges what was committed into the file.
    Result<void> checkpoint();
    /// Hands out the whole file as it is after the last commit, some at a time. (To open and close it a second time
    /// would give up the lock.) REQUIRES: no transaction is open
    Result<void> read(const std::function<Result<void>(BytesView)>& take);
    sqlite3* handle() const { return m_handle; }

private:
    explicit Database(sqlite3* handle) : m_handle(handle) {}
    sqlite3* m_handle;
};

} // namespace culvert
