// Which curves of a run are right, and making those that are missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_cache.h"

#include "core/run/curve_cache_limit.h"
#include "core/run/curve_database.h"
#include "core/run/session_file.h"
#include "core/util/atomic_file.h"
#include "core/util/hash64.h"
#include "core/util/input_file.h"
#include "core/util/io_error.h"
#include "core/util/replace_folder.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

namespace triptych {

namespace fs = std::filesystem;

namespace {

/// Says of which database, and of which state of it, curves were made.
std::string source_text(const fs::path& database)
{
    std::string text = database.string();
    for (const char* suffix : {"", "-wal"}) {
        const auto file = InputFile::open(database.string() + suffix);
        const auto stamp = file ? file->stamp() : Result<FileStamp>(FileStamp{});
        if (!stamp) continue;
        text += "\n" + std::to_string(stamp->size) + " bytes, written at " + std::to_string(stamp->modified) + " ns";
    }
    return text + "\n";
}

bool is_trained(const fs::path& run_folder)
{
    const auto session = read_session(run_folder);
    return session && session->state == RunState::Running;
}

/// Made under another name first: two windows may do so at once, and a killed one leaves no half.
Status make_cached(const fs::path& folder, const std::string& source, const RunReader& database)
{
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (error) return io_error("create folder", folder.parent_path().string(), error.value());
    static std::atomic<unsigned> number{0};
    const std::string suffix = std::to_string(::getpid()) + "-" + std::to_string(number++);
    const fs::path building = hidden_neighbour(folder, suffix.c_str());
    fs::remove_all(building, error);
    Status made = [&]() -> Status {
        if (const auto curves = make_curves(building, database); !curves) return curves.error();
        return write_file_atomically(building / "source.txt", source);
    }();
    if (made) made = replace_folder(building, folder);
    fs::remove_all(building, error);
    return made;
}

Result<CurveReader> open_cached(const fs::path& database_file, const RunReader& database)
{
    const auto cache = curve_cache_folder();
    if (!cache)
        return Error{"there is no place for the curves of " + database_file.string(),
                     "Set XDG_CACHE_HOME to a folder where you may write."};
    const fs::path folder = *cache / hash_text(hash64(database_file.string()));
    const std::string source = source_text(database_file);
    hold_cached_curves(folder);
    if (const auto made_of = read_whole_file(folder / "source.txt"); made_of && *made_of == source)
        if (auto reader = CurveReader::open(folder)) return reader;
    if (const Status made = make_cached(folder, source, database); !made) return made.error();
    hold_cached_curves(folder);
    trim_curve_cache(*cache);
    return CurveReader::open(folder);
}

} // namespace

std::optional<fs::path> curve_cache_folder()
{
    const char* chosen = std::getenv("XDG_CACHE_HOME");
    if (chosen && *chosen == '/') return fs::path(chosen) / "triptych" / "curves";
    const char* home = std::getenv("HOME");
    if (home && *home == '/') return fs::path(home) / ".cache" / "triptych" / "curves";
    return std::nullopt;
}

Result<CurveReader> open_curves(const fs::path& run_folder)
{
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(run_folder, ignored);
    const fs::path folder = real.empty() ? run_folder : real;
    auto own = CurveReader::open(folder / "curves");
    if (own && is_trained(folder)) return own; // the database may be a moment ahead
    const auto database = RunReader::open(folder / "metrics.sqlite");
    if (!database) return own ? std::move(own) : database.error();
    if (own)
        if (const auto same = agree(*own, *database); !same || *same) return own; // none better can be made of damage
    return open_cached(folder / "metrics.sqlite", *database);
}

} // namespace triptych
