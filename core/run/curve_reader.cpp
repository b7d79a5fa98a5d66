// Looks at a run's curves, and reads stretches of them: from a level's file, or put together from the level below.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace triptych {

namespace fs = std::filesystem;
using namespace curve;

namespace {

using Chunk = std::array<char, kChunkBytes + sizeof(std::uint64_t)>;

Error outside(const fs::path& folder, std::int64_t first, std::size_t count)
{
    return {folder.string() + " has no " + std::to_string(count) + " numbers from " + std::to_string(first) + " on",
            "Ask within the steps that are there."};
}

} // namespace

Result<CurveReader> CurveReader::open(const fs::path& folder)
{
    CurveReader reader(folder);
    if (const Status looked = reader.look(); !looked) return looked.error();
    return reader;
}

Result<bool> CurveReader::refresh()
{
    CurveReader now(m_folder);
    now.m_tail = std::move(m_tail); // what need not be read again
    const Status looked = now.look();
    if (!looked) {
        m_tail = std::move(now.m_tail);
        m_bytes_read += now.m_bytes_read;
        return looked.error();
    }
    const bool same_run = now.continues(*this);
    const bool changed = !same_run || now.m_rows > m_rows || now.m_sparse_records > m_sparse_records;
    now.m_generation = m_generation + (same_run ? 0 : 1);
    now.m_bytes_read += m_bytes_read;
    *this = std::move(now);
    return changed;
}

/// In the other order than they are written, so that no row is missed between two files.
Status CurveReader::look()
{
    auto layout = read_layout(m_folder);
    if (!layout) return layout.error();
    m_layout = layout.take();
    know_columns();
    if (const Status read = read_tail(); !read) return read;
    if (const Status opened = open_levels(); !opened) return opened;

    const std::int64_t whole = m_segments[0] * segment_steps(0);
    const std::int64_t tail_row = m_tail.first_step - m_layout.first_step;
    const auto tail_rows = static_cast<std::int64_t>(m_tail.checks.size());
    if (tail_row < 0 || tail_row > whole) m_tail = {}; // of another time than the segments
    m_rows = m_tail.checks.empty() ? whole : std::max(whole, tail_row + tail_rows);
    if (m_rows > 0) {
        const auto check = check_of_row(m_rows - 1);
        if (!check) return check.error();
        m_last_check = *check;
    }

    auto sparse = InputFile::open(sparse_path(m_folder));
    m_sparse_records = sparse ? sparse->size() / sizeof(SparseRecord) : 0;
    m_sparse = sparse ? std::optional(sparse.take()) : std::nullopt;
    return {};
}

void CurveReader::know_columns()
{
    for (std::size_t c = 0; c < m_layout.columns.size(); ++c)
        if (const auto id = metric_from_name(m_layout.columns[c])) {
            m_columns.push_back(*id);
            m_file_columns.push_back(c);
        }
}

/// A level that is missing or short is put together from the one below; without the values there is nothing.
Status CurveReader::open_levels()
{
    for (int level = 0; level < kLevels; ++level) {
        auto file = InputFile::open(level_path(m_folder, level));
        if (!file && level == 0) return damaged(level_path(m_folder, 0), "it cannot be read");
        if (!file) break;
        const auto segments = static_cast<std::int64_t>(file->size() / segment_bytes(m_layout.columns.size()));
        const std::int64_t supported = level == 0 ? segments : m_segments[0] * segment_steps(0) / segment_steps(level);
        m_segments.push_back(std::min(segments, supported));
        m_levels.push_back(file.take());
    }
    m_segments.resize(kLevels, 0);
    return {};
}

/// Whole rows in a row. Those of the last look are read again only where the file was begun anew since.
Status CurveReader::read_tail()
{
    const std::size_t bytes = row_bytes(m_layout.columns.size());
    const auto file = InputFile::open(tail_path(m_folder));
    const std::size_t rows = file ? std::min<std::uint64_t>(file->size() / bytes, kSegmentRows) : 0;
    const bool same_width = m_tail.rows.size() == m_tail.checks.size() * m_layout.columns.size();
    if (!file || !same_width || !is_last_known_tail(*file, rows)) m_tail = {};
    return file ? append_tail_rows(*file, rows) : Status();
}

bool CurveReader::is_last_known_tail(const InputFile& file, std::size_t rows) const
{
    const std::size_t known = m_tail.checks.size();
    if (known == 0 || rows < known) return false;
    for (const std::size_t i : {std::size_t{0}, known - 1}) {
        RowHead head;
        if (!read(file, i * row_bytes(m_layout.columns.size()), &head, sizeof head)) return false;
        if (head.check != m_tail.checks[i] || head.step != m_tail.first_step + static_cast<std::int64_t>(i))
            return false;
    }
    return true;
}

Status CurveReader::append_tail_rows(const InputFile& file, std::size_t rows)
{
    const std::size_t width = m_layout.columns.size();
    const std::size_t known = m_tail.checks.size();
    std::vector<char> fresh((rows - known) * row_bytes(width));
    // A file that shrinks just now has nothing for us.
    if (!read(file, known * row_bytes(width), fresh.data(), fresh.size())) return {};
    std::vector<double> row(width);
    for (std::size_t i = known; i < rows; ++i) {
        const char* from = fresh.data() + (i - known) * row_bytes(width);
        RowHead head;
        std::memcpy(&head, from, sizeof head);
        std::memcpy(row.data(), from + sizeof head, width * sizeof(double));
        if (i == 0) m_tail.first_step = head.step;
        const bool follows =
            head.step >= 1 && head.step <= kLastStep && head.step == m_tail.first_step + static_cast<std::int64_t>(i);
        if (!follows || head.check != row_check(head.step, row)) break; // torn
        m_tail.checks.push_back(head.check);
        m_tail.rows.insert(m_tail.rows.end(), row.begin(), row.end());
    }
    return {};
}

/// Whether the earlier look's last row is still there, with the same values: a step that was trained again has another
/// time.
bool CurveReader::continues(const CurveReader& before) const
{
    if (m_layout.first_step != before.m_layout.first_step || m_layout.columns != before.m_layout.columns) return false;
    if (m_rows < before.m_rows || m_sparse_records < before.m_sparse_records) return false;
    if (before.m_rows == 0) return true;
    const auto check = check_of_row(before.m_rows - 1);
    return check && *check == before.m_last_check;
}

Result<std::uint64_t> CurveReader::check_of_row(std::int64_t row) const
{
    const std::int64_t in_tail = row - (m_tail.first_step - m_layout.first_step);
    if (in_tail >= 0 && in_tail < static_cast<std::int64_t>(m_tail.checks.size()))
        return m_tail.checks[static_cast<std::size_t>(in_tail)];
    const auto segment = static_cast<std::uint64_t>(row / segment_steps(0));
    const std::uint64_t begin = segment * segment_bytes(m_layout.columns.size());
    const auto place = static_cast<std::uint64_t>(row % segment_steps(0)) * sizeof(double);
    std::vector<double> values(m_layout.columns.size());
    for (std::size_t c = 0; c < values.size(); ++c)
        if (const Status done = read(m_levels[0], begin + segment_bytes(c) + place, &values[c], sizeof(double)); !done)
            return done.error();
    return row_check(m_layout.first_step + row, values);
}

Status CurveReader::read(const InputFile& file, std::uint64_t offset, void* to, std::size_t bytes) const
{
    m_bytes_read += bytes;
    return file.read(offset, to, bytes);
}

std::optional<std::size_t> CurveReader::column(MetricId metric) const
{
    const auto found = std::find(m_columns.begin(), m_columns.end(), metric);
    if (found == m_columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - m_columns.begin());
}

std::int64_t CurveReader::blocks(int level) const
{
    return (m_rows + block_steps(level) - 1) / block_steps(level);
}

Status CurveReader::read_chunk(int level, std::uint64_t segment, std::size_t file_column, char* chunk) const
{
    const std::uint64_t place = segment * segment_bytes(m_layout.columns.size()) + segment_bytes(file_column);
    const Status done = read(m_levels[static_cast<std::size_t>(level)], place, chunk, Chunk().size());
    if (!done) return done;
    std::uint64_t check = 0;
    std::memcpy(&check, chunk + kChunkBytes, sizeof check);
    if (check == chunk_check(chunk, segment, file_column)) return {};
    return damaged(level_path(m_folder, level), "a wrong check in segment " + std::to_string(segment));
}

/// Entries of whole segments.
template <class T>
Status CurveReader::read_from_level(int level, std::size_t file_column, std::int64_t first, std::span<T> out) const
{
    constexpr std::int64_t kEntries = kChunkBytes / sizeof(T);
    Chunk chunk;
    for (std::size_t done = 0; done < out.size();) {
        const std::int64_t entry = first + static_cast<std::int64_t>(done);
        const auto in_chunk = static_cast<std::size_t>(entry % kEntries);
        const std::size_t count = std::min(out.size() - done, static_cast<std::size_t>(kEntries) - in_chunk);
        const Status read = read_chunk(level, static_cast<std::uint64_t>(entry / kEntries), file_column, chunk.data());
        if (!read) return read;
        std::memcpy(out.data() + done, chunk.data() + in_chunk * sizeof(T), count * sizeof(T));
        done += count;
    }
    return {};
}

Status CurveReader::values(std::size_t column, std::int64_t from_step, std::span<double> out) const
{
    const auto count = static_cast<std::int64_t>(out.size());
    if (column >= m_columns.size() || from_step < first_step() || count > last_step() - from_step + 1)
        return outside(m_folder, from_step, out.size());
    const std::int64_t row = from_step - first_step();
    const std::int64_t whole = m_segments[0] * segment_steps(0);
    const auto from_file = static_cast<std::size_t>(std::clamp<std::int64_t>(whole - row, 0, count));
    const std::size_t width = m_layout.columns.size();
    const std::int64_t tail_row = m_tail.first_step - first_step();
    for (std::size_t i = from_file; i < out.size(); ++i)
        out[i] = m_tail.rows[static_cast<std::size_t>(row + static_cast<std::int64_t>(i) - tail_row) * width +
                             m_file_columns[column]];
    return read_from_level(0, m_file_columns[column], row, out.first(from_file));
}

Status CurveReader::extents(std::size_t column, int level, std::int64_t first_block, std::span<Extent> out) const
{
    const auto count = static_cast<std::int64_t>(out.size());
    if (column >= m_columns.size() || level < 1 || level > kTopLevel || first_block < 0 ||
        count > blocks(level) - first_block)
        return outside(m_folder, first_block, out.size());
    const std::int64_t whole = m_segments[static_cast<std::size_t>(level)] * static_cast<std::int64_t>(kSegmentBlocks);
    const auto from_file = static_cast<std::size_t>(std::clamp<std::int64_t>(whole - first_block, 0, count));
    const Status read = read_from_level(level, m_file_columns[column], first_block, out.first(from_file));
    if (!read) return read;
    for (std::size_t done = from_file; done < out.size();) {
        // A segment's worth at a time, so that memory stays small.
        const auto part = out.subspan(done, std::min(out.size() - done, kSegmentBlocks));
        const std::int64_t first = first_block + static_cast<std::int64_t>(done);
        const Status folded = level == 1 ? fold_values(column, first, part) : fold_extents(column, level, first, part);
        if (!folded) return folded;
        done += part.size();
    }
    return {};
}

Status CurveReader::fold_values(std::size_t column, std::int64_t first_block, std::span<Extent> out) const
{
    const std::int64_t first = first_block * block_steps(1);
    const std::int64_t end = std::min(first + static_cast<std::int64_t>(out.size()) * block_steps(1), m_rows);
    std::vector<double> below(static_cast<std::size_t>(end - first));
    if (const Status read = values(column, first_step() + first, below); !read) return read;
    std::fill(out.begin(), out.end(), Extent());
    for (std::size_t i = 0; i < below.size(); ++i)
        if (!is_missing(below[i])) include(out[i / kFan], below[i], static_cast<std::uint32_t>(i % kFan));
    return {};
}

Status CurveReader::fold_extents(std::size_t column, int level, std::int64_t first_block, std::span<Extent> out) const
{
    const std::int64_t first = first_block * static_cast<std::int64_t>(kFan);
    const std::int64_t end = std::min(first + static_cast<std::int64_t>(out.size() * kFan), blocks(level - 1));
    std::vector<Extent> below(static_cast<std::size_t>(end - first));
    if (const Status read = extents(column, level - 1, first, below); !read) return read;
    std::fill(out.begin(), out.end(), Extent());
    for (std::size_t i = 0; i < below.size(); ++i)
        merge(out[i / kFan], below[i],
              static_cast<std::uint32_t>(static_cast<std::int64_t>(i % kFan) * block_steps(level - 1)));
    return {};
}

/// The newest that goes with the values as they were opened. It is written after its segment, and may be of another
/// time where an older version went on with the run.
CurveReader::SumBefore CurveReader::known_sum(std::size_t file_column) const
{
    constexpr std::int64_t kTries = 3;
    const auto file = InputFile::open(sums_path(m_folder));
    if (!file) return {};
    const std::uint64_t row = m_layout.columns.size() * sizeof(SumRecord);
    const std::int64_t newest = std::min(m_segments[0], static_cast<std::int64_t>(file->size() / row));
    for (std::int64_t end = newest; end > std::max<std::int64_t>(newest - kTries, 0); --end) {
        const auto segment = static_cast<std::uint64_t>(end - 1);
        const std::uint64_t begin = segment * segment_bytes(m_layout.columns.size()) + segment_bytes(file_column);
        SumRecord record;
        std::uint64_t check = 0;
        const bool there = read(*file, segment * row + file_column * sizeof record, &record, sizeof record) &&
                           read(m_levels[0], begin + kChunkBytes, &check, sizeof check);
        if (there && record.check == sum_check(record.sum, check)) return {end * segment_steps(0), record.sum};
    }
    return {};
}

Result<double> CurveReader::sum(std::size_t column) const
{
    if (column >= m_columns.size()) return outside(m_folder, first_step(), 1);
    constexpr std::int64_t kPart = 65'536;
    auto [row, sum] = known_sum(m_file_columns[column]);
    std::vector<double> part;
    for (; row < m_rows; row += static_cast<std::int64_t>(part.size())) {
        part.resize(static_cast<std::size_t>(std::min(kPart, m_rows - row)));
        if (const Status read = values(column, first_step() + row, part); !read) return read.error();
        sum += sum_of(part);
    }
    return sum;
}

std::vector<MetricId> CurveReader::sparse_metrics() const
{
    std::vector<MetricId> known;
    for (const std::string& name : m_layout.sparse)
        if (const auto id = metric_from_name(name)) known.push_back(*id);
    return known;
}

Result<std::vector<SeriesPoint>> CurveReader::sparse(MetricId metric, std::int64_t after_step) const
{
    auto points = sparse(std::map<MetricId, std::int64_t>{{metric, after_step}});
    if (!points) return points.error();
    return std::move((*points)[metric]);
}

Result<std::map<MetricId, std::vector<SeriesPoint>>>
CurveReader::sparse(const std::map<MetricId, std::int64_t>& after) const
{
    struct Wanted {
        std::int64_t after = 0;
        std::vector<SeriesPoint>* points = nullptr;
    };
    std::map<MetricId, std::vector<SeriesPoint>> found;
    std::vector<Wanted> by_name(m_layout.sparse.size());
    std::int64_t first_after = std::numeric_limits<std::int64_t>::max();
    for (const auto& [metric, step] : after) {
        std::vector<SeriesPoint>& points = found[metric];
        const auto name = std::find(m_layout.sparse.begin(), m_layout.sparse.end(), metric_name(metric));
        if (name == m_layout.sparse.end()) continue;
        by_name[static_cast<std::size_t>(name - m_layout.sparse.begin())] = {step, &points};
        first_after = std::min(first_after, step);
    }
    std::uint64_t begin = 0; // records before it are of steps up to the first that is asked for
    for (std::uint64_t end = m_sparse_records; begin < end;) {
        const std::uint64_t middle = begin + (end - begin) / 2;
        SparseRecord record;
        if (const Status done = read(*m_sparse, middle * sizeof record, &record, sizeof record); !done)
            return done.error();
        (record.step > first_after ? end : begin) = record.step > first_after ? middle : middle + 1;
    }
    constexpr std::uint64_t kPart = 4096;
    std::vector<SparseRecord> part;
    for (; begin < m_sparse_records; begin += part.size()) {
        part.resize(static_cast<std::size_t>(std::min(kPart, m_sparse_records - begin)));
        const Status done =
            read(*m_sparse, begin * sizeof(SparseRecord), part.data(), part.size() * sizeof(SparseRecord));
        if (!done) return done.error();
        for (const SparseRecord& r : part) {
            if (r.name >= by_name.size() || !by_name[r.name].points) continue;
            const Wanted& wanted = by_name[r.name];
            if (r.step > wanted.after && r.check == sparse_check(r)) wanted.points->push_back({r.step, r.value});
        }
    }
    return found;
}

} // namespace triptych
