// SQLite in RAII: a connection, a statement, errors in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace triptych::sqlite {

/// ReadFixed: nobody writes to the file, so that it can be read where SQLite may not put its locks (a folder or a
/// medium that cannot be written). ReadApart: somebody on another machine may write, whose mapped memory is left alone;
/// it must be there.
enum class OpenMode : std::uint8_t { ReadOnly = 1, ReadFixed, ReadApart, ReadWrite };

class Connection {
public:
    static Result<Connection> open(const std::filesystem::path& file, OpenMode mode);
    Connection(Connection&& other) noexcept : m_db(std::exchange(other.m_db, nullptr)) {}
    Connection& operator=(Connection&& other) noexcept
    {
        std::swap(m_db, other.m_db);
        return *this;
    }
    ~Connection() { sqlite3_close_v2(m_db); }

    sqlite3* raw() const { return m_db; }
    /// Runs statements without results.
    Status execute(const char* sql) const;
    /// What SQLite says about the last call, with the file's name.
    Error error(std::string_view action) const;

private:
    explicit Connection(sqlite3* db) : m_db(db) {}
    sqlite3* m_db = nullptr;
};

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
public:
    static Result<Statement> prepare(const Connection& connection, const char* sql);
    Statement(Statement&& other) noexcept
        : m_connection(other.m_connection), m_statement(std::exchange(other.m_statement, nullptr))
    {}
    Statement& operator=(Statement&&) = delete;
    ~Statement() { sqlite3_finalize(m_statement); }

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, double value); ///< not-a-number is stored as NULL
    Statement& bind(int index, std::string_view text);
    Statement& bind_blob(int index, const void* data, std::size_t bytes);

    /// True while there is a row; an error otherwise unless done.
    Result<bool> step();
    /// Runs it once and makes it ready for the next values.
    Status run();

    std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement, column); }
    bool is_null(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }
    double real(int column) const; ///< NULL is not-a-number
    std::string text(int column) const;
    std::string_view blob(int column) const;

private:
    Statement(const Connection* connection, sqlite3_stmt* statement) : m_connection(connection), m_statement(statement)
    {}
    const Connection* m_connection;
    sqlite3_stmt* m_statement;
};

} // namespace triptych::sqlite
