// Reads the last of what a run has counted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/run_facts.h"

#include "core/config/parameter_count.h"
#include "core/cost/closed_forms.h"
#include "core/run/manifest.h"
#include "core/run/run_record.h"
#include "core/run/session_file.h"

#include <algorithm>
#include <limits>
#include <thread>

namespace triptych {

namespace {

/// Fills the member of the points with those samples that are of the same steps. Both rise.
Status add_series(const RunRecord& reader, Metric metric, std::int64_t after_step, double CostPoint::*member,
                  std::vector<CostPoint>& points)
{
    const auto series = reader.series(metric, after_step);
    if (!series) return series.error();
    auto point = points.begin();
    for (const SeriesPoint& sample : *series) {
        while (point != points.end() && point->step < sample.step) ++point;
        if (point == points.end()) break;
        if (point->step == sample.step) (*point).*member = sample.value;
    }
    return {};
}

Result<std::vector<CostPoint>> history_of(const RunRecord& reader, std::int64_t after_step)
{
    const auto seconds = reader.series(Metric::TrainSeconds, after_step);
    if (!seconds) return seconds.error();
    std::vector<CostPoint> points;
    points.reserve(seconds->size());
    for (const SeriesPoint& sample : *seconds)
        points.push_back({sample.step, 0, sample.value, std::numeric_limits<double>::quiet_NaN()});
    for (const auto& [metric, member] :
         {std::pair(Metric::Tokens, &CostPoint::tokens), {Metric::MainLoss, &CostPoint::loss}})
        if (Status added = add_series(reader, metric, after_step, member, points); !added) return added.error();
    return points;
}

std::string today()
{
    return utc_now().substr(0, 10);
}

/// Of the last that is known of it: a run that was killed has its beginning alone.
std::string day_of(const Manifest& manifest, const std::optional<SessionRecord>& session)
{
    if (session && session->state == RunState::Running) return today();
    const std::string& when = session && !session->ended.empty()   ? session->ended
                              : session && !session->began.empty() ? session->began
                                                                   : manifest.created;
    return when.empty() ? today() : when.substr(0, 10);
}

} // namespace

Result<std::vector<CostPoint>> read_cost_history(const std::filesystem::path& run_folder, std::int64_t after_step)
{
    const auto reader = RunRecord::open(run_folder);
    if (!reader) return reader.error();
    return history_of(*reader, after_step);
}

Result<RunFacts> read_run_facts(const std::filesystem::path& run_folder)
{
    const auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    const auto reader = RunRecord::open(run_folder);
    if (!reader) return reader.error();
    RunFacts facts;
    const auto last = reader->last(Metric::TrainSeconds);
    if (!last) return last.error();
    const auto tokens = reader->last(Metric::Tokens);
    if (!tokens) return tokens.error();
    const SeriesPoint end = last->value_or(SeriesPoint{});
    facts.steps = end.step;
    facts.device_seconds = end.value;
    facts.tokens = tokens->value_or(SeriesPoint{}).value;
    const std::int64_t before = std::max<std::int64_t>(0, facts.steps - kLastSteps);
    auto last_steps = history_of(*reader, before);
    if (!last_steps) return last_steps.error();
    const auto mfu = reader->series(Metric::Mfu, before);
    if (!mfu) return mfu.error();
    for (const SeriesPoint& sample : *mfu) facts.mfu += sample.value / static_cast<double>(mfu->size());
    facts.last_steps = last_steps.take();
    facts.planned_steps = manifest->schedule_steps;
    if (const auto time = read_time_account(run_folder))
        facts.time = *time; // what is damaged is as if it were not there
    facts.threads = std::max(1, static_cast<int>(manifest->train.threads));
    const auto flops = reader->last(Metric::Flops);
    if (!flops) return flops.error();
    // An older version may have trained it before or since.
    facts.flops_counted = *flops && (*flops)->step >= tokens->value_or(SeriesPoint{}).step;
    if (facts.flops_counted)
        facts.flops = (*flops)->value;
    else
        facts.flops = facts.tokens * training_flops_per_token(manifest->model, manifest->train.sequence_length,
                                                              CountMask::Causal, CountMtp::Yes);
    facts.day = day_of(*manifest, read_session(run_folder));
    return facts;
}

std::string flops_source(bool counted)
{
    return counted ? "counted by the run, with as many experts as each token chose"
                   : "tokens of the run times the FLOPs of one, as it is configured";
}

std::vector<CostFact> facts_of(const RunFacts& run)
{
    const std::string day = run.day.empty() ? today() : run.day;
    std::vector<CostFact> facts = {
        {"machine.threads", static_cast<double>(run.threads), "the run's settings", day},
        {"run.device_hours", run.device_seconds / kSecondsPerHour, "counted by the run", day},
        {"run.flop", run.flops, flops_source(run.flops_counted), day},
        {"run.mfu", run.mfu, "measured by the run, against the matrix peak of its machine", day}};
    if (run.time && run.time->goodput() > 0)
        facts.push_back(
            {"run.goodput", run.time->goodput(), "counted by the run: productive time over all of it", day});
    if (const auto watts = run.time ? run.time->watts() : std::nullopt)
        facts.push_back(
            {"machine.watts", *watts, "counted by the machine itself (RAPL, NVML) while the run held it", day});
    return facts;
}

std::vector<CostFact> facts_of_this_machine()
{
    return {{"machine.threads", static_cast<double>(std::max(1U, std::thread::hardware_concurrency())),
             "counted on this machine", today()}};
}

} // namespace triptych
