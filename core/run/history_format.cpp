// Packing and checking the headers of history files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_format.h"

#include "core/util/hash64.h"
#include "core/util/packed_bytes.h"

#include <fmt/format.h>

namespace triptych {

namespace {

constexpr std::string_view kMagic = "TRIHIST1";
constexpr std::uint16_t kKeptFlag = 1;
constexpr std::size_t kAlignment = 8;
constexpr std::int64_t kMostSteps = std::int64_t{1} << 53; // more are damage
constexpr const char* kAnewHint = "Remove the file to have it begun anew; the rest of the run needs nothing of it.";

/// Finds a head among other bytes; what the hash of the payload cannot, before its size is known.
std::uint16_t check_of(std::string_view head)
{
    return static_cast<std::uint16_t>(hash64(head.substr(0, kRecordFlagsAt)));
}

} // namespace

std::uint64_t HistoryRecord::bytes() const
{
    return kRecordHeadBytes + (std::uint64_t{payload_bytes} + kAlignment - 1) / kAlignment * kAlignment;
}

const char* history_file_name(HistoryKind kind)
{
    switch (kind) {
    case HistoryKind::Detail: return "detail.bin";
    case HistoryKind::Probe: return "probe.bin";
    case HistoryKind::Acceptance: return "acceptance.bin";
    case HistoryKind::Kernels: return "kernels.bin";
    case HistoryKind::Words: return "words.bin";
    case HistoryKind::Loads: break;
    }
    return "loads.bin";
}

std::filesystem::path history_folder(const std::filesystem::path& run_folder)
{
    return run_folder / "history";
}

std::string pack(const HistoryHeader& header)
{
    PackedWriter out;
    for (const char c : kMagic) out.put(c);
    out.put(header.kind);
    out.put(kHistoryVersion);
    out.put(header.record_bytes);
    out.put(header.stride);
    out.put(header.generation);
    for (const std::uint32_t size : {header.sizes.layers, header.sizes.experts, header.sizes.domains, 0U})
        out.put(size);
    out.put(header.created_ms);
    out.put(hash64(out.bytes()));
    return out.take();
}

Result<HistoryHeader> unpack_history_header(std::string_view bytes, HistoryKind kind, const std::string& name)
{
    if (bytes.size() < kHistoryHeaderBytes || !bytes.starts_with(kMagic))
        return Error{name + " is no history of a run", kAnewHint};
    PackedReader in(bytes.substr(kMagic.size(), kHistoryHeaderBytes - kMagic.size()));
    HistoryHeader header;
    header.kind = in.get<HistoryKind>();
    // Before the checksum, which a newer version may have elsewhere.
    if (const auto version = in.get<std::uint16_t>(); version > kHistoryVersion)
        return Error{fmt::format("{} has format {}, this version reads up to {}", name, version, kHistoryVersion),
                     "Open the run with a newer Triptych."};
    header.record_bytes = in.get<std::uint32_t>();
    header.stride = in.get<std::int64_t>();
    header.generation = in.get<std::uint64_t>();
    header.sizes.layers = in.get<std::uint32_t>();
    header.sizes.experts = in.get<std::uint32_t>();
    header.sizes.domains = in.get<std::uint32_t>();
    in.get<std::uint32_t>();
    header.created_ms = in.get<std::int64_t>();
    const bool whole = in.get<std::uint64_t>() == hash64(bytes.substr(0, kHistoryHeaderBytes - sizeof(std::uint64_t)));
    if (!whole || header.stride < 1 || header.stride > kMostSteps)
        return Error{name + " is damaged: its header does not fit its checksum", kAnewHint};
    if (header.kind != kind)
        return Error{fmt::format("{} holds frames of kind {}, expected {}", name, static_cast<int>(header.kind),
                                 static_cast<int>(kind)),
                     "Files of a history were renamed: name them as they were."};
    return header;
}

std::string pack_head(const HistoryRecord& record)
{
    PackedWriter out;
    out.put(record.step);
    out.put(record.time_ms);
    out.put(record.payload_bytes);
    const std::uint16_t check = check_of(out.bytes());
    out.put(record.keep == Keep::Always ? kKeptFlag : std::uint16_t{0});
    out.put(check);
    out.put(record.hash);
    return out.take();
}

std::string pack_record(HistoryRecord& record, std::string_view payload)
{
    record.payload_bytes = static_cast<std::uint32_t>(payload.size());
    record.hash = hash64(payload);
    std::string bytes = pack_head(record);
    bytes.append(payload);
    bytes.resize(record.bytes());
    return bytes;
}

std::optional<HistoryRecord> unpack_head(std::string_view bytes, std::uint64_t offset)
{
    PackedReader in(bytes);
    HistoryRecord record;
    record.step = in.get<std::int64_t>();
    record.time_ms = in.get<std::int64_t>();
    record.payload_bytes = in.get<std::uint32_t>();
    record.keep = (in.get<std::uint16_t>() & kKeptFlag) != 0 ? Keep::Always : Keep::ByStride;
    const auto check = in.get<std::uint16_t>();
    record.hash = in.get<std::uint64_t>();
    record.offset = offset;
    if (bytes.size() < kRecordHeadBytes || check != check_of(bytes)) return std::nullopt;
    if (record.step < 1 || record.step > kMostSteps || record.payload_bytes > kMostPayloadBytes) return std::nullopt;
    return record;
}

} // namespace triptych
