// The curves of a run, whole or thinned, and its summary of losses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_parts.h"
#include "core/run/curve_cache.h"
#include "core/util/error_text.h"

#include <algorithm>
#include <map>

namespace triptych {

namespace {

/// Whether the samples in memory are the newest of a run that has more. A fork begins late by itself; asking its curves
/// then gives the same.
bool is_cut(const RecordedRun& run)
{
    return std::any_of(run.series.begin(), run.series.end(),
                       [](const auto& entry) { return entry.second.front().step > 1; }) &&
           run.last_step * static_cast<std::int64_t>(run.series.size()) >
               static_cast<std::int64_t>(kMostReportSamples) / 2;
}

Result<ReportCurve> read_column(const ReportSources& from, const CurveReader& curves, std::size_t column)
{
    const auto columns = static_cast<std::int64_t>(curves.columns().size());
    constexpr std::int64_t kAtOnce = 1 << 16;
    CurveThinner thinner(curves.columns()[column], curves.last_step(), from.options.most_points);
    std::vector<double> values;
    for (std::int64_t step = curves.first_step(); step <= curves.last_step(); step += kAtOnce) {
        if (!from.watch->goes_on(ReportStage::Curves, static_cast<std::int64_t>(column), columns))
            return Error{"reading was ended", "Ask for the report again."};
        values.resize(static_cast<std::size_t>(std::min(kAtOnce, curves.last_step() - step + 1)));
        if (const Status read = curves.values(column, step, values); !read) return read.error();
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!curve::is_missing(values[i])) thinner.add(step + static_cast<std::int64_t>(i), values[i]);
    }
    return thinner.take();
}

/// Of a run of any length: eight bytes a sample are read, and few are kept.
Status read_long(const ReportSources& from, RunReport& report)
{
    const auto curves = open_curves(from.folder);
    if (!curves) return curves.error();
    const std::int64_t most = from.options.most_points;
    for (std::size_t column = 0; column < curves->columns().size(); ++column) {
        auto curve = read_column(from, *curves, column);
        if (!curve) return curve.error();
        if (curve->samples > 0) report.curves.push_back(curve.take());
    }
    std::map<MetricId, std::int64_t> wanted;
    for (const MetricId metric : curves->sparse_metrics()) wanted[metric] = 0;
    const auto sparse = curves->sparse(wanted);
    if (!sparse) return sparse.error();
    for (const auto& [metric, points] : *sparse)
        if (!points.empty()) report.curves.push_back(thin(metric, points, curves->last_step(), most));
    std::sort(report.curves.begin(), report.curves.end(),
              [](const ReportCurve& a, const ReportCurve& b) { return a.metric < b.metric; });
    return {};
}

std::optional<LossSummary> loss_summary(const RunReport& report, Metric metric)
{
    const ReportCurve* curve = report.curve(metric);
    if (!curve || curve->first.step == 0) return std::nullopt;
    return LossSummary{curve->first, curve->last, curve->least};
}

std::optional<double> last_value(const RunReport& report, Metric metric)
{
    const ReportCurve* curve = report.curve(metric);
    if (!curve || curve->last.step == 0) return std::nullopt;
    return curve->last.value;
}

void summarize(RunReport& report)
{
    ReportSummary& summary = report.summary;
    summary.tokens = last_value(report, Metric::Tokens);
    summary.train_seconds = last_value(report, Metric::TrainSeconds);
    summary.headline_usd = last_value(report, Metric::HeadlineUsd);
    summary.tco_usd = last_value(report, Metric::TcoUsd);
    summary.loss = loss_summary(report, Metric::Loss);
    summary.main_loss = loss_summary(report, Metric::MainLoss);
    summary.val_loss = loss_summary(report, Metric::ValLoss);
    if (const auto bits = loss_summary(report, Metric::ValBitsPerByte)) summary.val_bits_per_byte = bits->last;
}

} // namespace

void add_curves(const ReportSources& from, RunReport& report)
{
    Status read;
    if (is_cut(from.run)) read = read_long(from, report);
    if (!read) {
        report.curves.clear();
        report.troubles.push_back(
            without_folder("The older steps cannot be read: " + in_words(read.error()), from.folder));
    }
    if (report.curves.empty())
        for (const auto& [metric, points] : from.run.series)
            report.curves.push_back(thin(metric, points, from.run.last_step, from.options.most_points));
    if (report.curves.empty()) lack(report, ReportPart::Curves, "The run has no step that was recorded.");
    summarize(report);
}

} // namespace triptych
