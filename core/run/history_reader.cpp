// Reading a history file beside its writer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_file.h"
#include "core/util/hash64.h"

#include <fmt/format.h>

#include <algorithm>

namespace triptych {

namespace {

/// Small frames lie so close that one read brings the heads of many; between large ones only heads are read.
constexpr std::uint64_t kWindowBytes = 1 << 16;

struct Opened {
    InputFile file;
    HistoryHeader header;
};

Result<Opened> open_with_header(const std::filesystem::path& path, HistoryKind kind)
{
    auto file = InputFile::open(path);
    if (!file) return file.error();
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), kHistoryHeaderBytes)), '\0');
    if (const Status got = file->read(0, bytes.data(), bytes.size()); !got) return got.error();
    const auto header = unpack_history_header(bytes, kind, path.string());
    if (!header) return header.error();
    return Opened{file.take(), *header};
}

} // namespace

Result<HistoryFileReader> HistoryFileReader::open(const std::filesystem::path& file, HistoryKind kind)
{
    auto opened = open_with_header(file, kind);
    if (!opened) return opened.error();
    HistoryFileReader reader(file, std::move(opened->file), opened->header);
    if (const Status read = reader.read_heads(); !read) return read.error();
    return reader;
}

Result<bool> HistoryFileReader::refresh()
{
    // By its name again, since another file may have been renamed over it.
    auto opened = open_with_header(m_path, m_header.kind);
    if (!opened) return opened.error();
    const bool same = opened->header.generation == m_header.generation &&
                      opened->header.created_ms == m_header.created_ms && opened->file.size() >= m_end;
    HistoryFileReader fresh(m_path, std::move(opened->file), opened->header);
    if (same) {
        fresh.m_records = m_records;
        fresh.m_end = m_end;
    }
    if (const Status read = fresh.read_heads(); !read) return read.error();
    const bool other = !same || fresh.m_records.size() != m_records.size();
    *this = std::move(fresh);
    return other;
}

/// Of all frames after those that are known.
Status HistoryFileReader::read_heads()
{
    const std::uint64_t size = m_file.size();
    std::string window;
    std::uint64_t window_at = 0;
    while (size - m_end >= kRecordHeadBytes) {
        if (m_end < window_at || m_end + kRecordHeadBytes > window_at + window.size()) {
            const std::uint64_t last = m_records.empty() ? 0 : m_records.back().bytes();
            window.resize(static_cast<std::size_t>(last > kWindowBytes / 4 ? kRecordHeadBytes
                                                                           : std::min(kWindowBytes, size - m_end)));
            window_at = m_end;
            if (const Status got = m_file.read(window_at, window.data(), window.size()); !got) return got;
        }
        const auto head =
            std::string_view(window).substr(static_cast<std::size_t>(m_end - window_at), kRecordHeadBytes);
        const auto record = unpack_head(head, m_end);
        if (!record || record->bytes() > size - m_end) break;
        if (!m_records.empty() && record->step <= m_records.back().step) break;
        m_records.push_back(*record);
        m_end += record->bytes();
    }
    return {};
}

Result<std::string> HistoryFileReader::payload(const HistoryRecord& record) const
{
    std::string bytes(record.payload_bytes, '\0');
    if (const Status got = m_file.read(record.offset + kRecordHeadBytes, bytes.data(), bytes.size()); !got)
        return got.error();
    if (hash64(bytes) == record.hash) return bytes;
    return Error{fmt::format("{}: the frame of step {} does not fit its checksum", m_path.string(), record.step),
                 "Look at another step; this frame is lost."};
}

} // namespace triptych
