// From what a person has in hand to the run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_place.h"

#include "core/session/run_row.h"
#include "core/util/io_error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace triptych {

namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 3;            // run/checkpoints/step-000010/model.safetensors
constexpr std::size_t kMostNamed = 4;  // entries of a folder that a message names
constexpr std::size_t kMostSeen = 500; // and that are looked at for it
constexpr auto kExpected = "A run is a folder with run.json, metrics.sqlite and curves; its run.json, one of its "
                           "checkpoints or a folder of several runs will do as well.";

/// "runs/a/" and "runs/a" are one.
fs::path tidy(const fs::path& path)
{
    const fs::path normal = path.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

bool is_surely_run(const fs::path& folder)
{
    std::error_code missing;
    return fs::is_regular_file(folder / "run.json", missing) || fs::is_regular_file(folder / "metrics.sqlite", missing);
}

/// The nearest run that this lies in.
std::optional<fs::path> run_around(const fs::path& path)
{
    std::error_code failed;
    fs::path at = tidy(fs::absolute(path, failed));
    if (failed) return std::nullopt;
    for (int up = 0; up < kDeepest && at.has_parent_path() && at.parent_path() != at; ++up) {
        at = at.parent_path();
        if (is_surely_run(at)) return at;
    }
    return std::nullopt;
}

Error nothing_there(const fs::path& path, const std::error_code& why)
{
    std::error_code ignored;
    if (fs::is_symlink(path, ignored))
        return {fmt::format("{} is a link to {}, which is not there", path.string(),
                            fs::read_symlink(path, ignored).string()),
                "Was that moved, or is its disk not mounted? Open the folder of the run itself."};
    if (why && why != std::errc::no_such_file_or_directory && why != std::errc::not_a_directory)
        return io_error("read", path.string(), why.value());
    return {path.string() + " is not there", "Was it moved, or is its disk not mounted? Check the name."};
}

/// A folder that has none.
Error no_run(const fs::path& folder, std::vector<std::string> names)
{
    if (names.empty()) return {folder.string() + " is an empty folder, not a run", kExpected};
    std::sort(names.begin(), names.end());
    const bool model = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name == "config.json" || fs::path(name).extension() == ".safetensors";
    });
    if (model)
        return {folder.string() + " is a checkpoint or a model without a run around it",
                "Open the run that it belongs to; triptych inspect tells of a model without one."};
    const std::size_t named = std::min(names.size(), kMostNamed);
    return {fmt::format("{} is no run: it has {}{}", folder.string(),
                        fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                        named < names.size() ? " and more" : ""),
            kExpected};
}

struct Contents {
    std::vector<fs::path> runs;     ///< by name
    std::vector<std::string> names; ///< of anything, kMostSeen at most
};

Result<Contents> contents_of(const fs::path& folder)
{
    Contents found;
    std::error_code failed;
    for (auto entry = fs::directory_iterator(folder, failed); !failed && entry != fs::directory_iterator();
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && looks_like_run(entry->path())) found.runs.push_back(entry->path());
        if (found.names.size() < kMostSeen) found.names.push_back(entry->path().filename().string());
    }
    if (failed) return io_error("read folder", folder.string(), failed.value());
    std::sort(found.runs.begin(), found.runs.end());
    return found;
}

} // namespace

Result<std::vector<fs::path>> find_runs(const fs::path& path)
{
    const fs::path place = tidy(path);
    std::error_code failed;
    const fs::file_status status = fs::status(place, failed);
    if (!fs::exists(status)) return nothing_there(place, failed);
    if (!fs::is_directory(status)) {
        if (auto run = run_around(place)) return std::vector{*run};
        return Error{place.string() + " is a file, and no run is around it", kExpected};
    }
    if (is_surely_run(place)) return std::vector{place};
    auto within = contents_of(place);
    if (within && !within->runs.empty()) return std::move(within->runs);
    // A broken one; beside runs the file that looks like one may be a window's session.
    if (looks_like_run(place)) return std::vector{place};
    if (!within) return within.error();
    if (auto run = run_around(place)) return std::vector{*run};
    return no_run(place, std::move(within->names));
}

Result<fs::path> find_run(const fs::path& path)
{
    auto runs = find_runs(path);
    if (!runs) return runs.error();
    if (runs->size() == 1) return runs->front();
    return Error{fmt::format("{} is a folder of {} runs", path.string(), runs->size()),
                 fmt::format("Open one of them, such as {}.", runs->front().string())};
}

} // namespace triptych
