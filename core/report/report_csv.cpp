// The curves of a report as a table.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// RFC 4180.
std::string cell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n#") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// The fewest digits that are read back as the same number; nothing for none.
std::string number(double value)
{
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

/// Comments are lines, whatever names say.
std::string comment(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return "# " + text + "\n";
}

/// Every assumption of the ledgers, with its range and where it is from.
std::string input_lines(const RunReport& run)
{
    std::string text;
    if (!run.money) return text;
    for (const CostInput& input : run.money->full.lens.preset.inputs) {
        const PriceInput& in = input.input;
        text += comment(fmt::format("run {}: input {} = {} {} ({} to {}), {}{}, {}{}", run.summary.name, input.key,
                                    number(in.value), in.unit, number(in.low), number(in.high), in.source,
                                    in.date.empty() ? "" : ", " + in.date, name_of(in.basis),
                                    in.edited ? ", changed by the user" : ""));
    }
    return text;
}

std::string setting_lines(const RunReport& run)
{
    std::string text;
    for (const auto* settings : {&run.configuration.training, &run.configuration.model})
        for (const ReportSetting& setting : *settings)
            text += comment(fmt::format("run {}: setting {}={}", run.summary.name, setting.key, setting.value));
    return text;
}

std::string head(const RunReport& run)
{
    const Manifest& m = run.manifest;
    std::string text = comment(
        fmt::format("run {}: model {}, {} parameters, {} steps, seed {}, {}, begun {}, triptych {}{}", run.summary.name,
                    run.summary.model, run.summary.parameters, run.summary.steps, m.train.seed, m.device, m.created,
                    m.version, m.git_revision.empty() ? "" : " (" + m.git_revision + ")"));
    for (const ManifestData& data : m.data)
        text += comment(fmt::format("run {}: data {}, hash {}", run.summary.name, data.spec, data.hash));
    if (run.money)
        for (const RunLedger* ledger : {&run.money->headline, &run.money->full}) {
            const Ledger& sums = ledger->lens.ledger;
            text += comment(fmt::format("run {}: {} {:.6f} USD, {:.6f} to {:.6f}", run.summary.name, sums.lens_title,
                                        sums.total.usd(), sums.low.usd(), sums.high.usd()));
        }
    text += input_lines(run) + setting_lines(run);
    text += comment(fmt::format("run {}: {}", run.summary.name, run.command.line));
    for (const std::string& condition : run.command.conditions)
        text += comment(fmt::format("run {}: {}", run.summary.name, condition));
    for (const std::string& trouble : run.troubles)
        text += comment(fmt::format("run {}: {}", run.summary.name, trouble));
    return text;
}

/// Tokens trained on at a step: those of the point that holds it or the last before it, and of every step between.
std::string tokens_at(const RunReport& run, const ReportCurve* tokens, std::int64_t step)
{
    if (!tokens) return {};
    const auto& points = tokens->points;
    auto point = std::upper_bound(points.begin(), points.end(), step,
                                  [](std::int64_t at, const CurvePoint& p) { return at < p.first_step; });
    while (point != points.begin()) {
        --point;
        if (point->high_step == 0) continue;
        const std::int64_t steps = point->high_step - step;
        return number(point->high - static_cast<double>(steps * run.summary.tokens_per_step));
    }
    return {};
}

void write_curve(const RunReport& run, const ReportCurve& curve, const ReportCurve* tokens, std::string& text)
{
    const std::string begin = cell(run.summary.name) + "," + cell(curve.name) + "," + cell(curve.unit) + ",";
    for (const CurvePoint& p : curve.points)
        text += begin + fmt::format("{},{},{},{},{},{},{},{}\n", p.first_step, p.last_step,
                                    tokens_at(run, tokens, p.last_step), p.samples, p.gaps, number(p.mean),
                                    number(p.low), number(p.high));
}

} // namespace

std::string report_csv(const ReportSet& set)
{
    std::string text = comment(fmt::format("triptych report, schema {}: curves of {} run{}", kReportSchema,
                                           set.runs.size(), set.runs.size() == 1 ? "" : "s"));
    if (!set.title.empty()) text += comment("title: " + set.title);
    text += comment("exported " + set.exported);
    for (const RunReport& run : set.runs) text += head(run);
    text += "run,metric,unit,first_step,last_step,tokens,samples,gaps,mean,low,high\n";
    for (const RunReport& run : set.runs)
        for (const ReportCurve& curve : run.curves) write_curve(run, curve, run.curve(Metric::Tokens), text);
    return text;
}

} // namespace triptych
