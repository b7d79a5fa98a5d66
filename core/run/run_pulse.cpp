// Sizes and times of the files that grow.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_pulse.h"

namespace triptych {

namespace {

namespace fs = std::filesystem;

constexpr std::array kFiles = {"curves/tail.bin", "curves/level-0.bin", "events.jsonl", "time.json", "session.json"};
static_assert(kFiles.size() == std::tuple_size_v<decltype(RunPulse::files)>);

} // namespace

bool RunPulse::is_fresh() const
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    for (const FileStamp& file : files)
        if (file != FileStamp{} && std::chrono::abs(now - std::chrono::nanoseconds(file.modified)) < kRunSilence)
            return true;
    return false;
}

RunPulse read_pulse(const fs::path& run_folder)
{
    RunPulse pulse;
    for (std::size_t i = 0; i < kFiles.size(); ++i) pulse.files[i] = stamp_of(run_folder / kFiles[i]);
    return pulse;
}

} // namespace triptych
