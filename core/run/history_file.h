// One file of DIR/history: frames of a kind by rising step, thinned so that a run of any length stays bounded. What is
// in a frame is not known here.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/history_format.h"
#include "core/util/input_file.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// Reads a file, also while a writer adds to it or replaces it, and over a mounted network folder: by plain reads, of
/// the heads alone until a frame is asked for. A frame that is not whole yet, and whatever follows damage of a head, is
/// not seen.
class HistoryFileReader {
public:
    /// Errors: missing, no history, of a newer version, of another kind.
    static Result<HistoryFileReader> open(const std::filesystem::path& file, HistoryKind kind);

    /// Looks for new frames; true when there are other ones than before. On an error everything stays as it was.
    Result<bool> refresh();
    const HistoryHeader& header() const { return m_header; }
    /// By rising step.
    std::span<const HistoryRecord> records() const { return m_records; }
    /// Bytes from the beginning that hold whole frames.
    std::uint64_t whole_bytes() const { return m_end; }
    /// One of records(). Error: its checksum is wrong, or the file is no longer what it was.
    Result<std::string> payload(const HistoryRecord& record) const;

private:
    HistoryFileReader(std::filesystem::path path, InputFile file, HistoryHeader header)
        : m_path(std::move(path)), m_file(std::move(file)), m_header(header)
    {}
    Status read_heads();

    std::filesystem::path m_path;
    InputFile m_file;
    HistoryHeader m_header;
    std::vector<HistoryRecord> m_records;
    std::uint64_t m_end = kHistoryHeaderBytes;
};

/// Where a file begins, and how far it may grow.
struct HistoryPlan {
    HistorySizes sizes;
    std::uint32_t record_bytes = 0; ///< see HistoryHeader
    HistoryLimits limits;
};

/// Writes a file, of one thread and one process. Frames reach the system at once, so that they survive a killed
/// process.
class HistoryFileWriter {
public:
    /// Goes on in the file, without what lies beyond last_step and without what a killed writer left half-done. Where
    /// there is none it is created with its first frame, its folder too. Errors: not writable, damaged, of a newer
    /// version, of another model.
    static Result<HistoryFileWriter> open(const std::filesystem::path& file, HistoryKind kind, const HistoryPlan& plan,
                                          std::int64_t last_step);
    HistoryFileWriter(HistoryFileWriter&& other) noexcept;
    HistoryFileWriter& operator=(HistoryFileWriter&& other) noexcept;
    ~HistoryFileWriter();

    /// Whether add() would take a frame of this step by its stride.
    bool wants(std::int64_t step) const;
    /// Steps between two frames, now.
    std::int64_t stride() const { return m_header.stride; }
    /// Takes the frame where it is due, or always. Steps rise; once more the last step may only turn its frame into one
    /// that is kept. An error leaves the file as it was, so that a later frame may be taken.
    Status add(std::int64_t step, std::string_view payload, Keep keep);

private:
    HistoryFileWriter(std::filesystem::path path, HistoryKind kind, const HistoryPlan& plan);
    Status append(HistoryRecord record, std::string_view payload);
    Status thin();
    Status make_room_to_keep();
    Status begin();
    Status write_anew(std::int64_t stride, std::span<const HistoryRecord> records);
    Status set_keep(HistoryRecord& record, Keep keep);
    Status open_to_append();
    std::size_t count(Keep keep) const;

    std::filesystem::path m_path;
    HistoryHeader m_header;
    HistoryLimits m_limits;
    std::vector<HistoryRecord> m_records;
    int m_descriptor = -1;
    std::uint64_t m_end = 0; // of the last whole frame; 0: there is no file yet
};

} // namespace triptych
