// What a run took of its machine: speed, memory, time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_parts.h"
#include "core/util/error_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

constexpr std::size_t kRecentSteps = 200;
constexpr std::size_t kLargestParts = 12;

std::optional<double> median(std::vector<double> values)
{
    if (values.empty()) return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

/// Of training, in the newest steps: fewer than the configuration says while hands chose fewer experts for a token.
double flops_of_a_token(const RecordedRun& run, std::size_t steps)
{
    const auto flops = newest_values(run, Metric::Flops, steps + 1);
    const auto tokens = newest_values(run, Metric::Tokens, steps + 1);
    const std::size_t both = std::min(flops.size(), tokens.size()); // an older version may have made the steps before
    if (both < 2 || !(tokens.front() > tokens[both - 1])) return run.started.flops_per_token;
    return (flops.front() - flops[both - 1]) / (tokens.front() - tokens[both - 1]);
}

} // namespace

void add_throughput(const ReportSources& from, RunReport& report)
{
    const ReportSummary& summary = report.summary;
    if (!summary.tokens || !summary.train_seconds || !(*summary.train_seconds > 0))
        return lack(report, ReportPart::Throughput, "The run recorded no tokens and seconds.");
    ReportThroughput speed;
    speed.tokens_per_second = *summary.tokens / *summary.train_seconds;
    speed.flops_per_token = flops_of_a_token(from.run, kRecentSteps);
    speed.median_tokens_per_second = median(newest_values(from.run, Metric::TokensPerSecond, SIZE_MAX));
    speed.median_step_seconds = median(newest_values(from.run, Metric::StepSeconds, SIZE_MAX));
    const auto seconds = mean_of(newest_values(from.run, Metric::StepSeconds, kRecentSteps));
    if (seconds && *seconds > 0)
        speed.flops_per_second = speed.flops_per_token * static_cast<double>(summary.tokens_per_step) / *seconds;
    speed.mfu = mean_of(newest_values(from.run, Metric::Mfu, kRecentSteps));
    if (const ReportCurve* mfu = report.curve(Metric::Mfu); mfu && mfu->last.step > 0) speed.best_mfu = mfu->most.value;
    // A step's MFU is its FLOP/s over the peak, so that any one of them gives the peak back.
    const auto rates = newest_values(from.run, Metric::TokensPerSecond, 1);
    const auto shares = newest_values(from.run, Metric::Mfu, 1);
    if (!rates.empty() && !shares.empty() && shares.front() > 0)
        speed.peak_flops = rates.front() * flops_of_a_token(from.run, 1) / shares.front();
    report.throughput = speed;
}

void add_memory(const ReportSources& from, RunReport& report)
{
    if (!from.run.plan || from.run.plan->empty())
        return lack(report, ReportPart::Memory, "The memory of this model cannot be planned by this version.");
    ReportMemory memory;
    memory.regions = region_bytes(*from.run.plan);
    memory.total = std::accumulate(memory.regions.begin(), memory.regions.end(), std::int64_t{0});
    memory.largest = *from.run.plan;
    std::stable_sort(memory.largest.begin(), memory.largest.end(),
                     [](const PlanEntry& a, const PlanEntry& b) { return a.bytes > b.bytes; });
    if (memory.largest.size() > kLargestParts) memory.largest.resize(kLargestParts);
    report.memory = std::move(memory);
}

void add_time(const ReportSources& from, RunReport& report)
{
    const auto account = read_time_account(from.folder);
    if (!account)
        lack(report, ReportPart::Time,
             without_folder("Its account of time cannot be read: " + in_words(account.error()), from.folder));
    else if (!*account)
        lack(report, ReportPart::Time, "The run kept no account of its time: an older version trained it.");
    else
        report.time = **account;
}

} // namespace triptych
