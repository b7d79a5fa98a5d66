// The numbers of runs for other programs: TensorBoard's event files, and CSV in two shapes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/manifest.h"
#include "core/run/metric_scan.h"
#include "core/run/step_clock.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// A run that is ready to be exported once. Reading it changes nothing in its folder.
struct ExportedRun {
    std::string name;                 ///< of its folder
    std::optional<Manifest> manifest; ///< nothing where run.json is lost
    std::vector<StoredEvent> events;
    double began = 0; ///< Unix seconds
    MetricScan scan;
    std::vector<std::string> troubles; ///< beside those of `scan`
};
/// Errors: nothing of its numbers can be read.
Result<ExportedRun> open_for_export(const std::filesystem::path& run_folder);

/// What the numbers of one step are shown with.
struct ExportStep {
    std::int64_t step = 0;
    double tokens = 0;           ///< since the first step; not-a-number where not known
    double seconds = 0;          ///< of device time, likewise
    double time = 0;             ///< Unix seconds, by core/run/step_clock.h
    std::vector<Sample> samples; ///< in the order of the catalog
};
/// Every step that has samples, by rising step. Ends with the first error that `visit` returns.
Status for_each_step(ExportedRun& run, const std::function<Status(const ExportStep&)>& visit);

struct ExportCount {
    std::int64_t steps = 0;
    std::int64_t samples = 0;
};

/// Whether what lies at the place of an export may go.
enum class IfExported : std::uint8_t { Refuse = 1, Replace };

/// DIR/NAME of each run/events.out.tfevents.BEGAN.triptych, each whole or not at all: DIR is the --logdir of
/// TensorBoard. Errors: two runs of one name, such a file exists already, the disk.
Result<ExportCount> export_tensorboard(std::vector<ExportedRun>& runs, const std::filesystem::path& folder,
                                       IfExported if_exported);

enum class CsvShape : std::uint8_t {
    Long = 1, ///< a row a sample: run,metric,unit,step,tokens,seconds,value,time
    Wide,     ///< a row a step: run,step,time and a column for each metric
};
/// One file for all runs, whole or not at all. Every column has one type; an empty field is a missing value, `nan` a
/// sample that was none. Numbers have a point and every digit that counts. Errors: as above.
Result<ExportCount> export_csv(std::vector<ExportedRun>& runs, CsvShape shape, const std::filesystem::path& file,
                               IfExported if_exported);

/// "loss/main", "layer_max_vio/3": groups as TensorBoard shows them. `domains`: labels of the data.
std::string tensorboard_tag(MetricId metric, const std::vector<std::string>& domains);

} // namespace triptych
