// run.json: what a run was started from, enough to repeat it and to go on with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// What was read as data.
struct ManifestData {
    std::string spec; ///< as the user wrote it
    std::string hash; ///< of the content, 16 hexadecimal digits
    std::int64_t bytes = 0;     ///< 0: endless
    std::int64_t documents = 0; ///< 0: endless
};

/// Where a run comes from that began with a checkpoint of another one.
struct ForkOrigin {
    std::string run;       ///< the folder of the other run, absolute
    std::int64_t step = 0; ///< of the checkpoint
    std::vector<std::string> changed; ///< "key=value" of every setting that differs from the other run's
    bool operator==(const ForkOrigin&) const = default;
};

struct Manifest {
    std::string model_name; ///< preset or file
    ModelConfig model;
    TrainConfig train;      ///< with nothing left to be resolved
    std::int64_t schedule_steps = 0;
    std::vector<ManifestData> data;
    std::vector<std::string> domains;
    std::string device;
    std::string created; ///< UTC, ISO 8601
    std::string host;
    std::string version;      ///< of Triptych
    std::string git_revision; ///< empty when not built from a repository
    std::optional<ForkOrigin> forked_from; ///< nothing where the run began at its first step
};

/// Of this machine; empty where it has none.
std::string host_name();
/// Fills created, host, version and git_revision.
void stamp(Manifest& manifest);
/// Now, UTC, "2025-03-01T12:00:00Z".
std::string utc_now();

/// run.json in an existing folder, atomically.
Status write_manifest(const std::filesystem::path& run_folder, const Manifest& manifest);
/// What may change when a run is resumed: how long it is planned for, and where its data (as many as there are) lie.
/// Everything else stays, unknown keys too; nothing is written where nothing changes.
Status update_manifest(const std::filesystem::path& run_folder, std::int64_t schedule_steps,
                       const std::vector<std::string>& data_specs);
/// Errors: no run folder, damaged, made by a newer version.
Result<Manifest> read_manifest(const std::filesystem::path& run_folder);

} // namespace triptych
