// Rows to segments, segments to extents, extents to those of the level above.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_writer.h"

#include "core/run/curve_reader.h"
#include "core/util/input_file.h"
#include "core/util/io_error.h"

#include <algorithm>
#include <cstring>

namespace triptych {

namespace fs = std::filesystem;
using namespace curve;

namespace {

template <class T>
void append_bytes(std::vector<char>& to, const T* from, std::size_t count)
{
    const auto* bytes = reinterpret_cast<const char*>(from);
    to.insert(to.end(), bytes, bytes + count * sizeof(T));
}

/// Of the first `filled` entries of a chunk, sixteen to one, behind the entries that the chunk above has.
void fold_chunk(int level, const char* chunk, std::size_t filled, char* above, std::size_t above_filled)
{
    for (std::size_t block = 0; block < filled / kFan; ++block) {
        Extent extent;
        for (std::size_t i = 0; i < kFan; ++i) {
            const std::size_t place = block * kFan + i;
            const auto offset = static_cast<std::uint32_t>(static_cast<std::int64_t>(i) * block_steps(level));
            if (level == 0) {
                double value = 0;
                std::memcpy(&value, chunk + place * sizeof value, sizeof value);
                if (!is_missing(value)) include(extent, value, offset);
            } else {
                Extent part;
                std::memcpy(&part, chunk + place * sizeof part, sizeof part);
                merge(extent, part, offset);
            }
        }
        std::memcpy(above + (above_filled + block) * sizeof extent, &extent, sizeof extent);
    }
}

/// The level of a waiting segment that is one of sums.bin.
constexpr int kSums = kLevels;

std::size_t room(int level)
{
    return level == 0 ? kSegmentRows : kSegmentBlocks;
}

} // namespace

CurveWriter::CurveWriter(fs::path folder, Layout layout, std::vector<MetricId> columns)
    : m_folder(std::move(folder)), m_layout(std::move(layout)), m_columns(std::move(columns))
{}

Result<CurveWriter> CurveWriter::create(const fs::path& folder, std::span<const MetricId> columns,
                                        std::int64_t first_step)
{
    if (columns.empty() || columns.size() > kMaxNames || first_step < 1 || first_step > kLastStep)
        return Error{"curves cannot be written: there are " + std::to_string(columns.size()) + " metrics from step " +
                         std::to_string(first_step) + " on",
                     "Between 1 and 65,535 metrics and a step from 1 on are expected."};
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return io_error("create folder", folder.string(), error.value());
    // While columns.json is missing there are no curves; files are made anew, so that readers of the old ones are not
    // misled.
    fs::remove(layout_path(folder), error);
    for (int level = 0; level < kLevels; ++level) fs::remove(level_path(folder, level), error);
    fs::remove(tail_path(folder), error);
    fs::remove(sparse_path(folder), error);
    fs::remove(sums_path(folder), error);
    Layout layout;
    layout.first_step = first_step;
    for (const MetricId id : columns) layout.columns.push_back(metric_name(id));
    CurveWriter writer(folder, std::move(layout), {columns.begin(), columns.end()});
    if (const Status opened = writer.open_files(); !opened) return opened.error();
    if (const Status written = write_layout(folder, writer.m_layout); !written) return written.error();
    return writer;
}

Result<CurveWriter> CurveWriter::resume(const fs::path& folder, std::int64_t last_step)
{
    auto layout = read_layout(folder);
    if (!layout) return layout.error();
    std::vector<MetricId> columns;
    for (const std::string& name : layout->columns) {
        const auto id = metric_from_name(name);
        if (!id) return damaged(layout_path(folder), "this version knows no metric " + name);
        columns.push_back(*id);
    }
    CurveWriter writer(folder, layout.take(), std::move(columns));
    if (const Status opened = writer.open_files(); !opened) return opened.error();
    if (const Status done = writer.cut(last_step); !done) return done.error();
    if (const Status done = writer.cut_sparse(last_step); !done) return done.error();
    for (int level = 1; level < kLevels; ++level)
        if (const Status built = writer.rebuild(level); !built) return built.error();
    if (const Status done = writer.cut_sums(); !done) return done.error();
    return writer;
}

Status CurveWriter::open_files()
{
    for (int level = 0; level < kLevels; ++level) {
        auto file = OutputFile::open(level_path(m_folder, level));
        if (!file) return file.error();
        m_levels.emplace_back(file.take()).chunks.resize(m_columns.size() * kChunkBytes);
    }
    auto tail = OutputFile::open(tail_path(m_folder));
    if (!tail) return tail.error();
    m_tail_file = tail.take();
    auto sparse = OutputFile::open(sparse_path(m_folder));
    if (!sparse) return sparse.error();
    m_sparse_file = sparse.take();
    auto sums = OutputFile::open(sums_path(m_folder));
    if (!sums) return sums.error();
    m_sums_file = sums.take();
    m_sums.assign(m_columns.size(), 0.0);
    return {};
}

OutputFile& CurveWriter::file_of(int level)
{
    return level == kSums ? *m_sums_file : m_levels[static_cast<std::size_t>(level)].file;
}

/// Whole segments up to the step stay; the rows after them are read, wherever they are, and become the tail.
Status CurveWriter::cut(std::int64_t last_step)
{
    const auto reader = CurveReader::open(m_folder);
    if (!reader) return reader.error();
    const std::int64_t first = m_layout.first_step;
    const std::int64_t rows = std::clamp<std::int64_t>(last_step - first + 1, 0, reader->last_step() - first + 1);
    const std::int64_t whole = rows / segment_steps(0) * segment_steps(0);
    const auto rest = static_cast<std::size_t>(rows - whole);
    std::vector<double> row_major(rest * m_columns.size());
    std::vector<double> values(rest);
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        if (const Status read = reader->values(c, first + whole, values); !read) return read;
        for (std::size_t i = 0; i < rest; ++i) row_major[i * m_columns.size() + c] = values[i];
    }
    for (int level = kTopLevel; level >= 0; --level) {
        Level& l = m_levels[static_cast<std::size_t>(level)];
        const auto size = l.file.size();
        if (!size) return size.error();
        const std::uint64_t bytes = segment_bytes(m_columns.size());
        l.segments = std::min(*size / bytes, static_cast<std::uint64_t>(rows / segment_steps(level)));
        if (level == 0 && static_cast<std::int64_t>(l.segments) * segment_steps(0) != whole)
            return damaged(l.file.path(), "it was cut while it was read");
        if (const Status done = l.file.resize(l.segments * bytes); !done) return done;
    }
    m_rows = whole;
    m_tail_outdated = true;
    for (std::size_t i = 0; i < rest; ++i) push(std::span(row_major).subspan(i * m_columns.size(), m_columns.size()));
    return commit();
}

/// Keeps the names that the kept records need, so that a run resumed at any step comes to the same file.
Status CurveWriter::cut_sparse(std::int64_t last_step)
{
    const auto file = InputFile::open(m_sparse_file->path());
    if (!file) return file.error();
    const auto records = static_cast<std::size_t>(file->size() / sizeof(SparseRecord));
    std::vector<SparseRecord> read(records);
    if (const Status done = file->read(0, read.data(), records * sizeof(SparseRecord)); !done) return done;
    std::size_t kept = 0;
    std::size_t names = 0;
    for (const SparseRecord& r : read) {
        const bool whole = r.check == sparse_check(r) && r.name < m_layout.sparse.size();
        if (!whole || r.step > last_step) break;
        names = std::max<std::size_t>(names, r.name + std::size_t{1});
        ++kept;
    }
    m_names_outdated = names < m_layout.sparse.size();
    m_layout.sparse.resize(names);
    for (std::size_t i = 0; i < names; ++i) {
        const auto id = metric_from_name(m_layout.sparse[i]);
        if (id) m_sparse_names[*id] = static_cast<std::uint16_t>(i);
    }
    m_sparse_written = kept * sizeof(SparseRecord);
    if (const Status done = m_sparse_file->resize(m_sparse_written); !done) return done;
    return commit();
}

/// The extents of a level behind its whole segments, from those of the level below.
Status CurveWriter::rebuild(int level)
{
    const auto ratio = static_cast<std::uint64_t>(segment_steps(level) / segment_steps(level - 1));
    const std::uint64_t below = m_levels[static_cast<std::size_t>(level - 1)].segments;
    for (std::uint64_t s = m_levels[static_cast<std::size_t>(level)].segments * ratio; s < below; ++s) {
        const auto segment = read_segment(level - 1, s);
        if (!segment) return segment.error();
        fold(level - 1, segment->data(), room(level - 1));
        if (const Status done = commit(); !done) return done;
    }
    return {};
}

/// Keeps the sums that go with the segments that were kept, and makes those that are missing: an older version writes
/// none.
Status CurveWriter::cut_sums()
{
    const auto file = InputFile::open(sums_path(m_folder));
    if (!file) return file.error();
    const std::uint64_t row = m_columns.size() * sizeof(SumRecord);
    std::uint64_t kept = std::min(file->size() / row, m_levels[0].segments);
    if (kept > 0) {
        const auto chunks = read_segment(0, kept - 1);
        if (!chunks) return chunks.error();
        std::vector<SumRecord> last(m_columns.size());
        if (const Status read = file->read((kept - 1) * row, last.data(), row); !read) return read;
        for (std::size_t c = 0; c < last.size(); ++c) {
            const std::uint64_t check = chunk_check(chunks->data() + c * kChunkBytes, kept - 1, c);
            if (last[c].check != sum_check(last[c].sum, check)) kept = 0;
            m_sums[c] = last[c].sum;
        }
    }
    if (kept == 0) m_sums.assign(m_columns.size(), 0.0);
    if (const Status done = m_sums_file->resize(kept * row); !done) return done;
    for (std::uint64_t segment = kept; segment < m_levels[0].segments; ++segment) {
        const auto chunks = read_segment(0, segment);
        if (!chunks) return chunks.error();
        add_sums(segment, *chunks);
        if (const Status done = commit(); !done) return done;
    }
    return {};
}

/// chunks: [C, kChunkBytes] of level 0, the one after those that the sums are of.
void CurveWriter::add_sums(std::uint64_t segment, const std::vector<char>& chunks)
{
    Segment sums{kSums, segment, {}};
    std::array<double, kSegmentRows> values{};
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        const char* chunk = chunks.data() + c * kChunkBytes;
        std::memcpy(values.data(), chunk, kChunkBytes);
        m_sums[c] += sum_of(values);
        const SumRecord record{m_sums[c], sum_check(m_sums[c], chunk_check(chunk, segment, c))};
        append_bytes(sums.bytes, &record, 1);
    }
    m_waiting_bytes += sums.bytes.size();
    m_waiting.push_back(std::move(sums));
}

/// [C, kChunkBytes] without the checks, which are right.
Result<std::vector<char>> CurveWriter::read_segment(int level, std::uint64_t number) const
{
    const fs::path& path = m_levels[static_cast<std::size_t>(level)].file.path();
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    const std::uint64_t bytes = segment_bytes(m_columns.size());
    std::vector<char> segment(bytes);
    if (const Status read = file->read(number * bytes, segment.data(), bytes); !read) return read.error();
    std::vector<char> chunks;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        const char* chunk = segment.data() + c * segment_bytes(1);
        std::uint64_t check = 0;
        std::memcpy(&check, chunk + kChunkBytes, sizeof check);
        if (check != chunk_check(chunk, number, c))
            return damaged(path, "a wrong check in segment " + std::to_string(number));
        append_bytes(chunks, chunk, kChunkBytes);
    }
    return chunks;
}

Status CurveWriter::append(std::int64_t step, std::span<const double> row)
{
    const std::int64_t next = last_step() + 1;
    if (step < next || step - next > kMaxGap || row.size() != m_columns.size())
        return Error{"step " + std::to_string(step) + " with " + std::to_string(row.size()) +
                         " values cannot follow step " + std::to_string(next - 1) + " of " +
                         std::to_string(m_columns.size()) + " curves",
                     "Steps follow each other; the numbers are in metrics.sqlite."};
    const std::vector<double> missing(step > next ? row.size() : 0, kMissing);
    while (last_step() + 1 < step) push(missing);
    push(row);
    return {};
}

void CurveWriter::push(std::span<const double> row)
{
    Level& values = m_levels[0];
    RowHead head;
    head.step = last_step() + 1;
    std::vector<double> written(row.begin(), row.end());
    for (std::size_t c = 0; c < written.size(); ++c) {
        if (!is_missing(written[c])) written[c] = stored(written[c]);
        std::memcpy(values.chunks.data() + c * kChunkBytes + values.filled * sizeof(double), &written[c],
                    sizeof(double));
    }
    head.check = row_check(head.step, written);
    append_bytes(m_tail, &head, 1);
    append_bytes(m_tail, written.data(), written.size());
    ++m_rows;
    if (++values.filled < kSegmentRows) return;
    finish_segment(0);
    m_tail.clear();
    m_tail_written = 0;
    m_tail_outdated = true;
}

void CurveWriter::fold(int level, const char* chunks, std::size_t filled)
{
    Level& above = m_levels[static_cast<std::size_t>(level + 1)];
    for (std::size_t c = 0; c < m_columns.size(); ++c)
        fold_chunk(level, chunks + c * kChunkBytes, filled, above.chunks.data() + c * kChunkBytes, above.filled);
    above.filled += filled / kFan;
    if (above.filled == kSegmentBlocks) finish_segment(level + 1);
}

void CurveWriter::finish_segment(int level)
{
    Level& l = m_levels[static_cast<std::size_t>(level)];
    Segment segment{level, l.segments, {}};
    segment.bytes.reserve(segment_bytes(m_columns.size()));
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        const char* chunk = l.chunks.data() + c * kChunkBytes;
        const std::uint64_t check = chunk_check(chunk, l.segments, c);
        append_bytes(segment.bytes, chunk, kChunkBytes);
        append_bytes(segment.bytes, &check, 1);
    }
    m_waiting_bytes += segment.bytes.size();
    m_waiting.push_back(std::move(segment));
    if (level == 0) add_sums(l.segments, l.chunks);
    ++l.segments;
    if (level < kTopLevel) fold(level, l.chunks.data(), l.filled);
    l.filled = 0;
}

Status CurveWriter::append(const Sample& sample)
{
    auto known = m_sparse_names.find(sample.metric);
    if (known == m_sparse_names.end()) {
        if (m_layout.sparse.size() >= kMaxNames)
            return Error{"too many metrics for the curves", "The numbers are in metrics.sqlite."};
        known = m_sparse_names.emplace(sample.metric, static_cast<std::uint16_t>(m_layout.sparse.size())).first;
        m_layout.sparse.push_back(metric_name(sample.metric));
        m_names_outdated = true;
    }
    SparseRecord record;
    record.name = known->second;
    record.step = sample.step;
    record.value = stored(sample.value);
    record.check = sparse_check(record);
    m_sparse.push_back(record);
    return {};
}

Status CurveWriter::commit()
{
    while (!m_waiting.empty()) {
        const Segment& next = m_waiting.front();
        const Status done =
            file_of(next.level).write(next.number * next.bytes.size(), next.bytes.data(), next.bytes.size());
        if (!done) return done;
        m_waiting_bytes -= next.bytes.size();
        m_waiting.pop_front();
    }
    const Status tail = commit_tail();
    return tail ? commit_sparse() : tail;
}

/// After the segments: whoever reads the tail first and the segments then misses no row.
Status CurveWriter::commit_tail()
{
    if (m_tail_outdated) {
        if (const Status done = m_tail_file->resize(0); !done) return done;
        m_tail_outdated = false;
    }
    const std::size_t fresh = m_tail.size() - m_tail_written;
    if (fresh == 0) return {};
    if (const Status done = m_tail_file->write(m_tail_written, m_tail.data() + m_tail_written, fresh); !done)
        return done;
    m_tail_written = m_tail.size();
    return {};
}

/// Names before the records that use them.
Status CurveWriter::commit_sparse()
{
    if (m_names_outdated) {
        if (const Status done = write_layout(m_folder, m_layout); !done) return done;
        m_names_outdated = false;
    }
    const std::size_t bytes = m_sparse.size() * sizeof(SparseRecord);
    if (bytes == 0) return {};
    if (const Status done = m_sparse_file->write(m_sparse_written, m_sparse.data(), bytes); !done) return done;
    m_sparse_written += bytes;
    m_sparse.clear();
    return {};
}

std::size_t CurveWriter::waiting_bytes() const
{
    return m_waiting_bytes + m_tail.size() - m_tail_written + m_sparse.size() * sizeof(SparseRecord);
}

} // namespace triptych
