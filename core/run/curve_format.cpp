// columns.json, names and checks of the files of curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_format.h"

#include "core/util/atomic_file.h"
#include "core/util/hash64.h"
#include "core/util/json_text.h"

#include <nlohmann/json.hpp>

namespace triptych::curve {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr std::size_t kLongestLayout = std::size_t{1} << 24; // bytes

std::string_view bytes_of(const void* data, std::size_t bytes)
{
    return {static_cast<const char*>(data), bytes};
}

/// False where it is no list of names, or one too long.
bool read_names(const Json& file, const char* key, std::vector<std::string>& names)
{
    const auto found = file.find(key);
    if (found == file.end() || !found->is_array() || found->size() > kMaxNames) return false;
    for (const Json& name : *found) {
        if (!name.is_string()) return false;
        names.push_back(name);
    }
    return true;
}

/// Nothing (-1) for what is no whole number or out of reach.
std::int64_t read_number(const Json& file, const char* key)
{
    const auto found = file.find(key);
    if (found == file.end() || !found->is_number_unsigned()) return -1;
    const auto value = found->get<std::uint64_t>();
    return value <= static_cast<std::uint64_t>(kLastStep) ? static_cast<std::int64_t>(value) : -1;
}

} // namespace

double stored(double sample)
{
    return std::isnan(sample) ? std::numeric_limits<double>::quiet_NaN() : sample;
}

std::uint64_t chunk_check(const void* chunk, std::uint64_t segment, std::size_t column)
{
    return hash64(bytes_of(chunk, kChunkBytes), segment * (kMaxNames + 1) + column);
}

std::uint64_t row_check(std::int64_t step, std::span<const double> row)
{
    return hash64(bytes_of(row.data(), row.size_bytes()), static_cast<std::uint64_t>(step));
}

std::uint32_t sparse_check(const SparseRecord& record)
{
    Hash64 hash(record.name);
    hash.update_integer(static_cast<std::uint64_t>(record.step));
    hash.update_integer(std::bit_cast<std::uint64_t>(record.value));
    return static_cast<std::uint32_t>(hash.digest());
}

std::uint64_t sum_check(double sum, std::uint64_t chunk_check)
{
    Hash64 hash(chunk_check);
    hash.update_integer(std::bit_cast<std::uint64_t>(sum));
    return hash.digest();
}

double sum_of(std::span<const double> samples)
{
    double sum = 0;
    for (const double sample : samples)
        if (std::isfinite(sample)) sum += sample;
    return sum;
}

fs::path layout_path(const fs::path& folder)
{
    return folder / "columns.json";
}

fs::path level_path(const fs::path& folder, int level)
{
    return folder / ("level-" + std::to_string(level) + ".bin");
}

fs::path tail_path(const fs::path& folder)
{
    return folder / "tail.bin";
}

fs::path sparse_path(const fs::path& folder)
{
    return folder / "sparse.bin";
}

fs::path sums_path(const fs::path& folder)
{
    return folder / "sums.bin";
}

Error damaged(const fs::path& file, const std::string& what)
{
    return {file.string() + " is damaged: " + what,
            "Nothing is lost: metrics.sqlite has the same numbers, and the curves are made from it again."};
}

Result<Layout> read_layout(const fs::path& folder)
{
    const fs::path path = layout_path(folder);
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error{"there are no curves in " + folder.string(),
                     "They are made from metrics.sqlite when the run is opened."};
    const auto text = read_whole_file(path, kLongestLayout);
    if (!text) return text.error();
    if (const Status whole = check_json_object(*text, path.string()); !whole)
        return damaged(path, "it is not valid JSON");
    const Json file = Json::parse(*text);
    const std::int64_t format = read_number(file, "format");
    if (format > kFormat)
        return Error{path.string() + " was written by a newer version of Triptych (format " + std::to_string(format) +
                         ", this one knows " + std::to_string(kFormat) + ")",
                     "Open the run with that version or a later one, or read metrics.sqlite."};
    Layout layout;
    layout.first_step = read_number(file, "first_step");
    if (format < 1 || layout.first_step < 1) return damaged(path, "format or first_step is no number from 1");
    if (!read_names(file, "columns", layout.columns) || layout.columns.empty() ||
        !read_names(file, "sparse", layout.sparse))
        return damaged(path, "columns or sparse is no list of names");
    return layout;
}

Status write_layout(const fs::path& folder, const Layout& layout)
{
    const Json file = {
        {"format", kFormat}, {"first_step", layout.first_step}, {"columns", layout.columns}, {"sparse", layout.sparse}};
    return write_file_atomically(layout_path(folder), file.dump(2) + "\n");
}

} // namespace triptych::curve
