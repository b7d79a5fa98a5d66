// triptych metrics: the numbers of runs for TensorBoard, pandas, DuckDB and the like.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/console/json_line.h"
#include "app/console/numbers.h"
#include "core/run/metric_export.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace triptych {

namespace {

struct MetricsOptions {
    std::vector<std::string> runs;
    std::string to;
    std::string shape = "long";
    std::string out;
    IfExported if_exported = IfExported::Refuse;
    Format format = Format::Text;
};

void tell_troubles(const ExportedRun& run)
{
    for (const auto* troubles : {&run.troubles, &run.scan.troubles()})
        for (const std::string& text : *troubles) remark(run.name + ": " + text);
}

Result<ExportCount> write(std::vector<ExportedRun>& runs, const MetricsOptions& options)
{
    if (options.to == "tensorboard") return export_tensorboard(runs, options.out, options.if_exported);
    return export_csv(runs, options.shape == "wide" ? CsvShape::Wide : CsvShape::Long, options.out,
                      options.if_exported);
}

ExitCode metrics(const MetricsOptions& options)
{
    std::vector<ExportedRun> runs;
    for (const std::string& folder : options.runs) {
        auto run = open_for_export(folder);
        if (!run) return report(run.error());
        runs.push_back(run.take());
    }
    const auto count = write(runs, options);
    for (const ExportedRun& run : runs) tell_troubles(run);
    if (!count) return report(count.error());
    if (options.format == Format::Json)
        print_json(nlohmann::ordered_json{
            {"out", options.out}, {"runs", runs.size()}, {"steps", count->steps}, {"samples", count->samples}});
    else
        print(fmt::format("{}: {} samples of {} steps\n", options.out, count->samples, count->steps));
    return ExitCode::Done;
}

} // namespace

Action add_metrics(CLI::App& command)
{
    auto options = std::make_shared<MetricsOptions>();
    command.add_option("RUN", options->runs, "Folders of runs, also of such that are being trained")
        ->required()
        ->option_text("DIR...");
    command.add_option("--to", options->to, "tensorboard: event files; csv: a table")
        ->required()
        ->option_text("FORMAT")
        ->check(one_of({"tensorboard", "csv"}));
    command
        .add_option("--shape", options->shape, "Of csv: long, a row a sample (where not given), or wide, a row a step")
        ->option_text("SHAPE")
        ->check(one_of({"long", "wide"}));
    command.add_option("--out", options->out, "File of the table, or folder for TensorBoard (its --logdir)")
        ->required()
        ->option_text("PATH");
    command.add_flag_callback(
        "--replace", [options] { options->if_exported = IfExported::Replace; },
        "Replaces what an earlier export wrote");
    add_json(command, options->format);
    command.footer("In TensorBoard tags are grouped (loss/main, validation/loss, layer_max_vio/3). Times of steps are\n"
                   "reckoned from the run's events. Columns and types: docs/run_format.md.");
    return [options] { return metrics(*options); };
}

} // namespace triptych
