// How often a run keeps a frame for the scrubber, and how many: the rule that bounds DIR/history (docs/run_format.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace triptych {

/// The files of a history; the numbers are in their headers.
enum class HistoryKind : std::uint16_t {
    Loads = 1,  ///< how the experts are used, and their bias
    Detail,     ///< by domain, pair and group
    Probe,      ///< the probe text
    Acceptance, ///< drafts that validations accepted
    Kernels,    ///< time by op
    Words,      ///< which tokens choose each expert
};
inline constexpr std::array kHistoryKinds = {HistoryKind::Loads,      HistoryKind::Detail,  HistoryKind::Probe,
                                             HistoryKind::Acceptance, HistoryKind::Kernels, HistoryKind::Words};

/// Always: at settings, alerts and checkpoints; such a frame stays when others around it go.
enum class Keep : std::uint8_t { ByStride = 1, Always };

/// Frames of one file that stay by Keep::Always. With one more, every second of them becomes an ordinary one.
inline constexpr std::size_t kMostKeptFrames = 64;

struct HistoryLimits {
    std::int64_t first_stride = 1; ///< steps between two frames until the file is full for the first time
    std::size_t most_frames = 2;   ///< besides those that are always kept
};

/// Of frames of so many bytes on the disk: the smallest stride that takes at most 8 MB per 1,000 steps, and the most
/// frames (a power of two, at least two) that take at most 32 MB, of the probe text 64 MB.
HistoryLimits history_limits(HistoryKind kind, std::size_t frame_bytes);

} // namespace triptych
