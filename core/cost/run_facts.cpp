// Reads the last of what a run has counted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/run_facts.h"

#include "core/config/parameter_count.h"
#include "core/cost/closed_forms.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"

#include <algorithm>
#include <thread>

namespace triptych {

namespace {

/// Of the last step that recorded the metric; zero where none did.
Result<double> last_value(const RunReader& reader, Metric metric)
{
    const auto range = reader.steps(metric);
    if (!range) return range.error();
    if (!range->has_value()) return 0.0;
    const auto series = reader.series(metric, (*range)->last - 1);
    if (!series) return series.error();
    return series->empty() ? 0.0 : series->back().value;
}

std::string today()
{
    return utc_now().substr(0, 10);
}

} // namespace

Result<RunFacts> read_run_facts(const std::filesystem::path& run_folder)
{
    const auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    const auto reader = RunReader::open(run_folder / "metrics.sqlite");
    if (!reader) return reader.error();
    RunFacts facts;
    const auto steps = reader->steps(Metric::TrainSeconds);
    if (!steps) return steps.error();
    facts.steps = steps->has_value() ? (*steps)->last : 0;
    for (const auto& [metric, target] :
         {std::pair(Metric::TrainSeconds, &facts.device_seconds), std::pair(Metric::Tokens, &facts.tokens),
          std::pair(Metric::MainLoss, &facts.loss)}) {
        const auto value = last_value(*reader, metric);
        if (!value) return value.error();
        *target = *value;
    }
    facts.threads = std::max(1, static_cast<int>(manifest->train.threads));
    facts.flops_per_token =
        training_flops_per_token(manifest->model, manifest->train.sequence_length, CountMask::Causal, CountMtp::Yes);
    return facts;
}

std::vector<CostFact> facts_of(const RunFacts& run)
{
    return {
        {"machine.threads", static_cast<double>(run.threads), "the run's settings", today()},
        {"run.device_hours", run.device_seconds / kSecondsPerHour, "counted by the run", today()},
        {"run.flop", run.flops_per_token * run.tokens, "counted by the run: FLOPs of a token times tokens", today()},
        {"run.mfu", run.mfu, "measured by the run, against the matrix peak of its machine", today()}};
}

std::vector<CostFact> facts_of_this_machine()
{
    return {{"machine.threads", static_cast<double>(std::max(1U, std::thread::hardware_concurrency())),
             "counted on this machine", today()}};
}

} // namespace triptych
