// The frames that a run kept, for a look back: of a run that was, that another process trains, or of the live one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/byte_tokenizer.h"
#include "core/run/history_file.h"
#include "core/session/frame.h"
#include "core/util/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Reads files with plain reads: beside the process that trains, and over a mounted network folder. Several threads may
/// ask for frames while none refreshes. Not for a thread that must not wait for a disk.
class HistoryReader {
public:
    /// Errors: no run folder; no history in it, with how to record one. A file that cannot be read (damaged, of a newer
    /// version) is told when its frames are asked for.
    static Result<HistoryReader> open(const std::filesystem::path& run_folder);

    /// Looks for what was added, or taken back by a resumed run; true when there are other frames than before.
    Result<bool> refresh();
    /// Of the frames that are there, rising.
    std::vector<std::int64_t> steps(HistoryKind kind) const;
    /// The newest frame at or before a step; null before the first. Frames that are damaged are passed over. Ratios are
    /// exact to 0.01 %, or 0.002 where they are less than 1/256. Empty: counts, and what was not measured. What is kept
    /// more seldom (domains, pairs, groups; tokens of experts, of LoadFrame::words_step) is the newest at or before the
    /// frame.
    Result<std::shared_ptr<const LoadFrame>> loads(std::int64_t step) const;
    /// Likewise. Attention is exact to 0.4 % and may be pooled, see ProbeFrame::pool; of the lens the likeliest token
    /// is there.
    Result<std::shared_ptr<const ProbeFrame>> probe(std::int64_t step) const;
    /// Likewise, exactly as it was counted.
    Result<std::shared_ptr<const AcceptanceFrame>> acceptance(std::int64_t step) const;
    /// Likewise, within 6e-8.
    Result<std::shared_ptr<const KernelFrame>> kernels(std::int64_t step) const;
    /// All up to a step, rising, without those that are damaged.
    std::vector<std::shared_ptr<const AcceptanceFrame>> every_acceptance(std::int64_t until = INT64_MAX) const;
    std::vector<std::shared_ptr<const KernelFrame>> every_kernels(std::int64_t until = INT64_MAX) const;

private:
    struct File {
        std::optional<HistoryFileReader> reader; ///< nothing where there is no file, or an error
        std::optional<Error> error;
    };

    HistoryReader(std::filesystem::path folder, std::vector<std::string> domains)
        : m_folder(std::move(folder)), m_domains(std::move(domains))
    {}
    const File& file(HistoryKind kind) const { return m_files[static_cast<std::size_t>(kind) - 1]; }

    std::filesystem::path m_folder;
    std::vector<std::string> m_domains;
    std::array<File, kHistoryKinds.size()> m_files;
    ByteTokenizer m_tokenizer;
};

} // namespace triptych
