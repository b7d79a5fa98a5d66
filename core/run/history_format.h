// The two headers of a history file: that of the file and that of each frame in it (docs/run_format.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/history_limits.h"
#include "core/util/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace triptych {

inline constexpr std::uint16_t kHistoryVersion = 1;
inline constexpr std::size_t kHistoryHeaderBytes = 64;
inline constexpr std::size_t kRecordHeadBytes = 32;
/// Where the flags of a frame lie in its head; they alone may change after it was written.
inline constexpr std::size_t kRecordFlagsAt = 20;
/// Larger ones are not written, and taken for damage where they are read.
inline constexpr std::size_t kMostPayloadBytes = std::size_t{1} << 30;

/// What the frames of a file are of.
struct HistorySizes {
    /// In each frame: routed ones; of the probe text and of ops all; of accepted drafts MTP modules.
    std::uint32_t layers = 0;
    std::uint32_t experts = 0; ///< E
    std::uint32_t domains = 0;
    bool operator==(const HistorySizes&) const = default;
};

struct HistoryHeader {
    HistoryKind kind = HistoryKind::Loads;
    std::uint32_t record_bytes = 0; ///< of every frame with its head; 0: they differ
    std::int64_t stride = 1;        ///< steps: a frame is the first of its step / stride
    std::uint64_t generation = 1;   ///< goes up whenever the file is written anew
    HistorySizes sizes;
    std::int64_t created_ms = 0; ///< Unix time of the first generation
};

struct HistoryRecord {
    std::int64_t step = 0;
    std::int64_t time_ms = 0; ///< Unix time
    std::uint32_t payload_bytes = 0;
    Keep keep = Keep::ByStride;
    std::uint64_t hash = 0;   ///< of the payload
    std::uint64_t offset = 0; ///< of the head in its file; not part of the head

    /// With head and padding.
    std::uint64_t bytes() const;
};

/// "loads.bin", "detail.bin", "probe.bin", "acceptance.bin", "kernels.bin", "words.bin"
const char* history_file_name(HistoryKind kind);
/// DIR/history
std::filesystem::path history_folder(const std::filesystem::path& run_folder);

std::string pack(const HistoryHeader& header);
/// Errors begin with `name`: no history, damaged, of a newer version, of another kind.
Result<HistoryHeader> unpack_history_header(std::string_view bytes, HistoryKind kind, const std::string& name);

/// The head alone. `step` from 1.
std::string pack_head(const HistoryRecord& record);
/// Head, payload and padding; fills in size and hash.
std::string pack_record(HistoryRecord& record, std::string_view payload);
/// Nothing where no head is.
std::optional<HistoryRecord> unpack_head(std::string_view bytes, std::uint64_t offset);

} // namespace triptych
