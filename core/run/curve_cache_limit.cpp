// Locks, ages and sizes of cached curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_cache_limit.h"

#include "core/util/replace_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace triptych {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::hours kHalfMade{24}; ///< nobody makes curves for so long

class Descriptor {
public:
    explicit Descriptor(const fs::path& file) : m_number(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor()
    {
        if (m_number >= 0) ::close(m_number);
    }
    bool lock(int how) const { return m_number >= 0 && ::flock(m_number, how | LOCK_NB) == 0; }

private:
    int m_number;
};

struct Cached {
    fs::path folder;
    fs::file_time_type used;
    std::uintmax_t bytes = 0;
};

std::uintmax_t bytes_of(const fs::path& folder)
{
    std::uintmax_t all = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        std::error_code ignored;
        if (!file->is_regular_file(ignored)) continue;
        if (const std::uintmax_t bytes = file->file_size(ignored); !ignored) all += bytes;
    }
    return all;
}

/// Under another name first, so that nobody opens a half.
bool remove_unless_held(const fs::path& folder)
{
    const Descriptor source(folder / "source.txt");
    if (!source.lock(LOCK_EX)) return false;
    std::error_code error;
    const fs::path going = hidden_neighbour(folder, "going");
    fs::rename(folder, going, error);
    if (error) return false;
    fs::remove_all(going, error);
    return true;
}

} // namespace

void hold_cached_curves(const fs::path& folder)
{
    static std::mutex mutex;
    static std::map<fs::path, Descriptor> held; // to the end of the process
    const fs::path source = folder / "source.txt";
    Descriptor opened(source);
    if (!opened.lock(LOCK_SH)) return;
    std::error_code ignored;
    fs::last_write_time(source, fs::file_time_type::clock::now(), ignored);
    const std::lock_guard lock(mutex);
    held.insert_or_assign(folder, std::move(opened));
}

void trim_curve_cache(const fs::path& cache, const CurveCacheLimits& limits)
{
    const auto now = fs::file_time_type::clock::now();
    std::vector<Cached> all;
    std::error_code error;
    for (fs::directory_iterator each(cache, error), end; !error && each != end; each.increment(error)) {
        std::error_code failed;
        const bool hidden = each->path().filename().string().starts_with(".triptych-");
        if (!each->is_directory(failed) || failed) continue;
        const auto used = fs::last_write_time(hidden ? each->path() : each->path() / "source.txt", failed);
        if (failed) continue; // no curves of ours
        if (!hidden)
            all.push_back({each->path(), used, bytes_of(each->path())});
        else if (now - used > kHalfMade)
            fs::remove_all(each->path(), failed);
    }
    std::sort(all.begin(), all.end(), [](const Cached& a, const Cached& b) { return a.used < b.used; });
    std::uintmax_t bytes = 0;
    for (const Cached& each : all) bytes += each.bytes;
    for (const Cached& each : all) {
        const bool old = now - each.used > limits.most_age;
        if ((old || bytes > limits.most_bytes) && remove_unless_held(each.folder)) bytes -= each.bytes;
    }
}

} // namespace triptych
