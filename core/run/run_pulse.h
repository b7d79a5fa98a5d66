// Whether a training adds to a run, told by its files alone: where no lock of it can be seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/input_file.h"

#include <array>
#include <chrono>
#include <filesystem>

namespace triptych {

/// After so long without a word a run that may be trained on another machine is believed to be trained no more. Steps
/// may be slow, but a run that is held writes its time.json every ten seconds.
inline constexpr std::chrono::seconds kRunSilence{60};

/// The files that a training writes to with its steps. Notes, which people write, are none of them.
struct RunPulse {
    std::array<FileStamp, 5> files; ///< zeros: it is not there
    bool operator==(const RunPulse&) const = default;

    /// Whether one of them was written within kRunSilence, as far as the clocks of two machines agree.
    bool is_fresh() const;
};

RunPulse read_pulse(const std::filesystem::path& run_folder);

} // namespace triptych
