// Swaps folders by renameat2, or by two renames with a name in between.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/replace_folder.h"

#include "core/util/atomic_file.h"
#include "core/util/hash64.h"
#include "core/util/io_error.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>

namespace triptych {

namespace fs = std::filesystem;

namespace {

fs::path parent_of(const fs::path& folder)
{
    return folder.has_parent_path() ? folder.parent_path() : fs::path(".");
}

/// errno, or 0.
int rename_folder(const fs::path& from, const fs::path& to)
{
    return ::rename(from.c_str(), to.c_str()) < 0 ? errno : 0;
}

int exchange_folders(const fs::path& a, const fs::path& b)
{
    return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) < 0 ? errno : 0;
}

/// What is left of the old folder is rubbish; the next writer removes what cannot be removed now.
void remove_rubbish(const fs::path& folder)
{
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

Status move_in_two_steps(const fs::path& from, const fs::path& to)
{
    const fs::path previous = previous_folder(to);
    remove_rubbish(previous);
    if (const int code = rename_folder(to, previous); code != 0) return io_error("replace", to.string(), code);
    if (const int code = rename_folder(from, to); code != 0) {
        rename_folder(previous, to);
        return io_error("replace", to.string(), code);
    }
    if (Status status = sync_folder(parent_of(to)); !status) return status;
    remove_rubbish(previous);
    return {};
}

} // namespace

Status replace_folder(const fs::path& from, const fs::path& to, FolderSwap swap)
{
    const fs::path parent = parent_of(to);
    int code = rename_folder(from, to); // enough where nothing or an empty folder is there
    if (code == 0) {
        if (Status status = sync_folder(parent); !status) return status;
        remove_rubbish(previous_folder(to)); // left by a crash, outdated from now on
        return {};
    }
    if (code != ENOTEMPTY && code != EEXIST) return io_error("replace", to.string(), code);
    code = swap == FolderSwap::IfPossible ? exchange_folders(from, to) : ENOSYS;
    if (code == ENOSYS || code == EINVAL || code == ENOTSUP) return move_in_two_steps(from, to);
    if (code != 0) return io_error("replace", to.string(), code);
    if (Status status = sync_folder(parent); !status) return status;
    remove_rubbish(from); // now the old one
    return {};
}

fs::path previous_folder(const fs::path& folder)
{
    return hidden_neighbour(folder, "previous");
}

fs::path surviving_folder(const fs::path& folder)
{
    std::error_code ignored;
    const fs::path previous = previous_folder(folder);
    return !fs::exists(folder, ignored) && fs::is_directory(previous, ignored) ? previous : folder;
}

fs::path hidden_neighbour(const fs::path& path, const char* suffix)
{
    std::error_code ignored;
    fs::path normal = fs::absolute(path, ignored).lexically_normal();
    if (!normal.has_filename()) normal = normal.parent_path(); // "a/b/" is "a/b"
    const std::string name = normal.filename().string();
    return normal.parent_path() / fmt::format(".triptych-{:016x}.{}", hash64(name), suffix);
}

} // namespace triptych
