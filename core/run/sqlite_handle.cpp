// The thin layer over SQLite.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sqlite_handle.h"

#include <cmath>
#include <limits>

namespace triptych::sqlite {

namespace {

/// A path as SQLite's "file:" address; what has a meaning there is written as %XX.
std::string address_of(const std::filesystem::path& file, const char* option)
{
    std::string address = "file:";
    for (const char c : file.string()) {
        constexpr const char* kDigits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#')
            address += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        else
            address += c;
    }
    return address + option;
}

} // namespace

Result<Connection> Connection::open(const std::filesystem::path& file, OpenMode mode)
{
    sqlite3* db = nullptr;
    int flags = mode == OpenMode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    std::string name = file.string();
    if (mode == OpenMode::ReadFixed) name = address_of(file, "?immutable=1");
    if (mode == OpenMode::ReadApart) name = address_of(file, "?readonly_shm=1");
    if (mode == OpenMode::ReadFixed || mode == OpenMode::ReadApart) flags |= SQLITE_OPEN_URI;
    const int code = sqlite3_open_v2(name.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Connection connection(db);
    if (code != SQLITE_OK) return connection.error("cannot open " + file.string());
    sqlite3_busy_timeout(db, 5000);
    return connection;
}

Status Connection::execute(const char* sql) const
{
    if (sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return error("cannot use the database");
}

Error Connection::error(std::string_view action) const
{
    const char* file = m_db ? sqlite3_db_filename(m_db, "main") : nullptr;
    std::string what = std::string(action);
    if (file && what.find(file) == std::string::npos) what += " " + std::string(file);
    what += std::string(": ") + (m_db ? sqlite3_errmsg(m_db) : "out of memory");
    const int code = m_db ? sqlite3_errcode(m_db) & 0xff : SQLITE_NOMEM;
    switch (code) {
    case SQLITE_FULL: return {what, "Free space on the disk; the samples of this time are missing in the run."};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {what, "The file is no run database or is damaged. Copy it again, or restore it with sqlite3 .recover."};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: return {what, "Check that the folder exists and that you may write there."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {what, "Another program holds the database; close it and try again."};
    default: return {what, "Check the disk and the file, then try again."};
    }
}

Result<Statement> Statement::prepare(const Connection& connection, const char* sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection.raw(), sql, -1, &statement, nullptr) != SQLITE_OK)
        return connection.error("cannot read the database");
    return Statement(&connection, statement);
}

Statement& Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, index, value);
    return *this;
}

Statement& Statement::bind(int index, double value)
{
    sqlite3_bind_double(m_statement, index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text(m_statement, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind_blob(int index, const void* data, std::size_t bytes)
{
    sqlite3_bind_blob(m_statement, index, data, static_cast<int>(bytes), SQLITE_TRANSIENT);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return m_connection->error("cannot use the database");
}

Status Statement::run()
{
    const auto stepped = step();
    sqlite3_reset(m_statement);
    if (!stepped) return stepped.error();
    return {};
}

double Statement::real(int column) const
{
    if (sqlite3_column_type(m_statement, column) == SQLITE_NULL) return std::numeric_limits<double>::quiet_NaN();
    return sqlite3_column_double(m_statement, column);
}

std::string Statement::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                : std::string();
}

std::string_view Statement::blob(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

} // namespace triptych::sqlite
