// Writing a history file: appending frames, and leaving every second one out when it is full.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_file.h"
#include "core/util/atomic_file.h"
#include "core/util/io_error.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

namespace triptych {

namespace {

std::int64_t unix_milliseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Zero, or the system's code of what went wrong.
int write_all(int descriptor, std::string_view bytes, std::uint64_t offset)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return 0;
}

/// What stays at a stride: the first frame of each of its parts, and those that are always kept.
std::vector<HistoryRecord> thinned(std::span<const HistoryRecord> records, std::int64_t stride)
{
    std::vector<HistoryRecord> left;
    std::int64_t part = -1;
    for (const HistoryRecord& record : records) {
        const bool first = record.step / stride != part;
        if (first || record.keep == Keep::Always) left.push_back(record);
        part = record.step / stride;
    }
    return left;
}

std::size_t count_of(std::span<const HistoryRecord> records, Keep keep)
{
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(), [&](const HistoryRecord& r) { return r.keep == keep; }));
}

} // namespace

HistoryFileWriter::HistoryFileWriter(std::filesystem::path path, HistoryKind kind, const HistoryPlan& plan)
    : m_path(std::move(path)), m_limits(plan.limits)
{
    m_header.kind = kind;
    m_header.record_bytes = plan.record_bytes;
    m_header.stride = plan.limits.first_stride;
    m_header.sizes = plan.sizes;
}

HistoryFileWriter::HistoryFileWriter(HistoryFileWriter&& other) noexcept
    : m_path(std::move(other.m_path)), m_header(other.m_header), m_limits(other.m_limits),
      m_records(std::move(other.m_records)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_end(other.m_end)
{}

HistoryFileWriter& HistoryFileWriter::operator=(HistoryFileWriter&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_header, other.m_header);
    std::swap(m_limits, other.m_limits);
    std::swap(m_records, other.m_records);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_end, other.m_end);
    return *this;
}

HistoryFileWriter::~HistoryFileWriter()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<HistoryFileWriter> HistoryFileWriter::open(const std::filesystem::path& file, HistoryKind kind,
                                                  const HistoryPlan& plan, std::int64_t last_step)
{
    HistoryFileWriter writer(file, kind, plan);
    std::error_code missing;
    if (!std::filesystem::exists(std::filesystem::symlink_status(file, missing))) return writer;
    const auto there = HistoryFileReader::open(file, kind);
    if (!there) return there.error();
    const HistoryHeader& header = there->header();
    if (header.sizes != plan.sizes || header.record_bytes != plan.record_bytes)
        return Error{fmt::format("{} is of another model: {} layers, {} experts and {} domains, expected {}, {} and {}",
                                 file.string(), header.sizes.layers, header.sizes.experts, header.sizes.domains,
                                 plan.sizes.layers, plan.sizes.experts, plan.sizes.domains),
                     "Put back the run's own history, or remove the file to have it begun anew."};
    writer.m_header = header;
    writer.m_records.assign(there->records().begin(), there->records().end());
    writer.m_end = there->whole_bytes();
    std::vector<HistoryRecord> left = writer.m_records;
    std::erase_if(left, [&](const HistoryRecord& record) { return record.step > last_step; });
    std::error_code ignored;
    const bool torn = std::filesystem::file_size(file, ignored) != writer.m_end;
    if (const Status opened = writer.open_to_append(); !opened) return opened.error();
    if (torn || left.size() < writer.m_records.size())
        if (const Status cut = writer.write_anew(header.stride, left); !cut) return cut.error();
    return writer;
}

bool HistoryFileWriter::wants(std::int64_t step) const
{
    return m_records.empty() || step / m_header.stride > m_records.back().step / m_header.stride;
}

std::size_t HistoryFileWriter::count(Keep keep) const
{
    return count_of(m_records, keep);
}

Status HistoryFileWriter::add(std::int64_t step, std::string_view payload, Keep keep)
{
    if (payload.size() > kMostPayloadBytes)
        return Error{fmt::format("a frame of {} bytes is too large for {}", payload.size(), m_path.string()),
                     "The history goes on without it."};
    if (!m_records.empty() && step <= m_records.back().step) {
        HistoryRecord& last = m_records.back();
        if (step < last.step || keep == last.keep || keep == Keep::ByStride) return {};
        if (const Status room = make_room_to_keep(); !room) return room;
        return set_keep(last, keep);
    }
    if (keep == Keep::ByStride && !wants(step)) return {};
    if (keep == Keep::Always)
        if (const Status room = make_room_to_keep(); !room) return room;
    if (count(Keep::ByStride) >= m_limits.most_frames)
        if (const Status room = thin(); !room) return room;
    if (keep == Keep::ByStride && !wants(step)) return {}; // the stride has grown
    return append({.step = step, .time_ms = unix_milliseconds(), .keep = keep}, payload);
}

/// For one more frame that is always kept: every second one becomes an ordinary one, so that those that stay are spread
/// over the run. Not the newest: it would be thinned away while nothing newer is in the file yet.
Status HistoryFileWriter::make_room_to_keep()
{
    if (count(Keep::Always) < kMostKeptFrames) return {};
    bool stays = false;
    for (HistoryRecord& record : m_records) {
        if (record.keep != Keep::Always) continue;
        stays = !stays;
        if (stays || &record == &m_records.back()) continue;
        if (const Status changed = set_keep(record, Keep::ByStride); !changed) return changed;
    }
    return {};
}

/// Frames that come as their stride says are halved by doubling it once. Where they came less often, as those of a
/// window that is not always open, it takes more, so that a full file is not written anew for each frame.
Status HistoryFileWriter::thin()
{
    std::int64_t stride = m_header.stride;
    std::vector<HistoryRecord> left;
    do {
        stride *= 2;
        left = thinned(m_records, stride);
    } while (count_of(left, Keep::ByStride) * 4 > m_limits.most_frames * 3);
    return write_anew(stride, left);
}

Status HistoryFileWriter::append(HistoryRecord record, std::string_view payload)
{
    if (m_descriptor < 0)
        if (const Status ready = m_end == 0 ? begin() : open_to_append(); !ready) return ready;
    const std::string bytes = pack_record(record, payload);
    record.offset = m_end;
    if (const int code = write_all(m_descriptor, bytes, m_end); code != 0) {
        // What was written of it is cut off, or else overwritten by the next: the end is remembered here.
        if (::ftruncate(m_descriptor, static_cast<off_t>(m_end)) != 0) return io_error("write", m_path.string(), errno);
        return io_error("write", m_path.string(), code);
    }
    m_end += bytes.size();
    m_records.push_back(record);
    return {};
}

Status HistoryFileWriter::begin()
{
    std::error_code code;
    std::filesystem::create_directories(m_path.parent_path(), code);
    if (code) return io_error("create folder", m_path.parent_path().string(), code.value());
    m_header.created_ms = unix_milliseconds();
    if (const Status written = write_file_atomically(m_path, pack(m_header)); !written) return written;
    m_end = kHistoryHeaderBytes;
    return open_to_append();
}

Status HistoryFileWriter::open_to_append()
{
    if (m_descriptor >= 0) ::close(m_descriptor); // after a rename it is that of a file without a name
    m_descriptor = ::open(m_path.c_str(), O_RDWR | O_CLOEXEC);
    return m_descriptor < 0 ? Status(io_error("write", m_path.string(), errno)) : Status();
}

/// Of these frames alone, whole ones: those that are damaged are left out too.
Status HistoryFileWriter::write_anew(std::int64_t stride, std::span<const HistoryRecord> records)
{
    const auto old = HistoryFileReader::open(m_path, m_header.kind);
    if (!old) return old.error();
    HistoryHeader header = m_header;
    header.stride = stride;
    ++header.generation;
    auto file = AtomicFile::create(m_path);
    if (!file) return file.error();
    const std::string head = pack(header);
    if (const Status written = file->write(head.data(), head.size()); !written) return written;
    std::vector<HistoryRecord> kept;
    std::uint64_t end = head.size();
    for (HistoryRecord record : records) {
        const auto payload = old->payload(record);
        if (!payload) continue;
        const std::string bytes = pack_record(record, *payload);
        if (const Status written = file->write(bytes.data(), bytes.size()); !written) return written;
        record.offset = end;
        end += bytes.size();
        kept.push_back(record);
    }
    if (const Status done = file->commit(); !done) return done;
    m_header = header;
    m_records = std::move(kept);
    m_end = end;
    return open_to_append();
}

Status HistoryFileWriter::set_keep(HistoryRecord& record, Keep keep)
{
    HistoryRecord changed = record;
    changed.keep = keep;
    const std::string flags = pack_head(changed).substr(kRecordFlagsAt, sizeof(std::uint16_t));
    if (const int code = write_all(m_descriptor, flags, record.offset + kRecordFlagsAt); code != 0)
        return io_error("write", m_path.string(), code);
    record = changed;
    return {};
}

} // namespace triptych
