// time.json of a run: where its wall time went, over all its sessions, each second once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace triptych {

/// What the machine did for the run, or was kept from doing.
enum class TimeUse : std::uint8_t {
    Productive = 1, ///< steps that stand; the device-seconds of the checkpoints
    Checkpoint,     ///< writing them
    Evaluation,
    Stall,   ///< between two steps: recording, pictures, waiting for a disk
    Restart, ///< from the start of a session to its first step
    Lost,    ///< steps that had to be done again, since a session ended without saving them
    Idle,    ///< held, with nothing to do: paused
};
inline constexpr std::size_t kTimeUses = 7;

struct TimeUseInfo {
    TimeUse use;
    std::string_view name; ///< in files and JSON: "productive"
    std::string_view doc;  ///< one sentence
};
/// In the order of the enumeration.
std::span<const TimeUseInfo> time_uses();

class TimeAccount {
public:
    double seconds(TimeUse use) const { return m_seconds[index(use)]; }
    void set(TimeUse use, double seconds) { m_seconds[index(use)] = seconds; }
    /// Time that did not pass, or went backwards, is not added.
    void add(TimeUse use, double seconds);
    double total() const;
    /// Productive over everything but idle; 1 where nothing was used yet.
    double goodput() const;
    /// Of a run that goes on from a checkpoint: what was productive beyond its device-seconds is lost, and productive
    /// is what the checkpoint says. `worked`: device-seconds that any record shows. Doing so again changes nothing.
    void go_on_from(double device_seconds, double worked);

    double joules = 0;         ///< measured while the run was held, by the machine's own counters
    double joules_seconds = 0; ///< time that they were measured for; 0: never
    /// Mean power while it was measured.
    std::optional<double> watts() const;

    bool operator==(const TimeAccount&) const = default;

private:
    static std::size_t index(TimeUse use) { return static_cast<std::size_t>(use) - 1; }
    std::array<double, kTimeUses> m_seconds{};
};

/// Atomically.
Status write_time_account(const std::filesystem::path& run_folder, const TimeAccount& account);
/// Nothing where the run has none: older versions wrote none. Errors: damaged, made by a newer version.
Result<std::optional<TimeAccount>> read_time_account(const std::filesystem::path& run_folder);
/// What a run that is resumed at a checkpoint with these device-seconds goes on from: its account, after
/// TimeAccount::go_on_from() with what account and metrics.sqlite show. To be asked before anything beyond the
/// checkpoint is dropped. Errors: those of read_time_account().
Result<TimeAccount> resumed_time_account(const std::filesystem::path& run_folder, double device_seconds);

} // namespace triptych
