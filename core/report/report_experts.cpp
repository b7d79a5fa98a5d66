// How a run used its experts: over its steps, by layer, by domain.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_parts.h"
#include "core/util/error_text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <set>

namespace triptych {

namespace {

constexpr std::size_t kRecentSteps = 100;
constexpr float kDeadRatio = 0.01F; // of the mean load
constexpr float kHotRatio = 2;

const char* const kNoExperts = "The model has no routed experts.";

std::vector<std::int64_t> layers_of(const LoadFrame& frame)
{
    std::vector<std::int64_t> layers;
    for (const LayerLoad& layer : frame.layers) layers.push_back(layer.layer);
    return layers;
}

/// About so many of them, evenly over the run, the first and the last among them.
std::vector<std::int64_t> spread(const std::vector<std::int64_t>& steps, std::int64_t count)
{
    std::set<std::int64_t> chosen;
    if (steps.empty() || count < 1) return {};
    chosen.insert(steps.back());
    for (std::int64_t i = 0; i + 1 < count; ++i) {
        const double at = static_cast<double>(steps.front()) + static_cast<double>(steps.back() - steps.front()) *
                                                                   static_cast<double>(i) /
                                                                   static_cast<double>(count - 1);
        const auto wanted = static_cast<std::int64_t>(std::llround(at));
        const auto after = std::lower_bound(steps.begin(), steps.end(), wanted);
        const bool before = after == steps.end() || (after != steps.begin() && wanted - *(after - 1) < *after - wanted);
        chosen.insert(before ? *(after - 1) : *after);
    }
    return {chosen.begin(), chosen.end()};
}

/// Frames of other layers or experts than the newest are not its run's.
void add_map(const LoadFrame& frame, ReportLoads& loads)
{
    if (frame.experts != loads.experts || layers_of(frame) != loads.layers) return;
    if (frame.ratio.size() != loads.layers.size()) return;
    if (!loads.maps.empty() && loads.maps.back().step >= frame.step) return;
    loads.maps.push_back({frame.step, frame.ratio, frame.max_vio});
}

/// Half of what would have to move for a domain to choose like the mean of all: 0 alike, 1 nothing in common.
double distance(const std::vector<std::vector<float>>& share)
{
    std::vector<double> mean;
    std::size_t domains = 0;
    for (const auto& domain : share) {
        if (std::accumulate(domain.begin(), domain.end(), 0.0) <= 0) continue; // it had no token
        mean.resize(std::max(mean.size(), domain.size()));
        for (std::size_t e = 0; e < domain.size(); ++e) mean[e] += static_cast<double>(domain[e]);
        ++domains;
    }
    if (domains == 0) return 0;
    for (double& each : mean) each /= static_cast<double>(domains);
    double sum = 0;
    for (const auto& domain : share) {
        if (std::accumulate(domain.begin(), domain.end(), 0.0) <= 0) continue;
        for (std::size_t e = 0; e < domain.size(); ++e) sum += std::abs(static_cast<double>(domain[e]) - mean[e]) / 2;
    }
    return sum / static_cast<double>(domains);
}

void measure_loads(const LoadFrame& frame, std::size_t place, BalanceRow& row)
{
    if (place >= frame.ratio.size()) return;
    const std::vector<float>& ratio = frame.ratio[place];
    for (std::size_t e = 0; e < ratio.size(); ++e) {
        row.dead += ratio[e] < kDeadRatio ? 1 : 0;
        row.hot += ratio[e] > kHotRatio ? 1 : 0;
        if (ratio[e] > row.hottest_ratio) {
            row.hottest_ratio = ratio[e];
            row.hottest_expert = static_cast<std::int64_t>(e);
        }
    }
}

} // namespace

void add_loads(const ReportSources& from, RunReport& report)
{
    if (from.run.started.experts == 0) return lack(report, ReportPart::Loads, kNoExperts);
    std::vector<std::shared_ptr<const LoadFrame>> frames;
    if (from.history)
        for (const std::int64_t step : spread(from.history->steps(HistoryKind::Loads), from.options.load_maps)) {
            if (!from.watch->goes_on(ReportStage::Experts)) return;
            const auto frame = from.history->loads(step);
            if (frame && *frame) frames.push_back(*frame);
        }
    if (from.run.loads) frames.push_back(from.run.loads);
    if (frames.empty()) return lack(report, ReportPart::Loads, "The run has no loads that can be read.");
    ReportLoads loads;
    loads.experts = frames.back()->experts;
    loads.layers = layers_of(*frames.back());
    loads.main_layers = from.run.started.layers;
    for (const auto& frame : frames) add_map(*frame, loads);
    while (static_cast<std::int64_t>(loads.maps.size()) > std::max<std::int64_t>(from.options.load_maps, 1))
        loads.maps.erase(loads.maps.end() - 2); // the newest of all is nearest to that of the history
    if (!from.history)
        lack(report, ReportPart::Loads, "Loads are those of the newest step alone: " + from.history_lack);
    report.loads = std::move(loads);
}

void add_balance(const ReportSources& from, RunReport& report)
{
    if (from.run.started.experts == 0) return lack(report, ReportPart::Balance, kNoExperts);
    std::set<std::int64_t> layers;
    for (const ReportCurve& curve : report.curves)
        if (curve.metric.metric == Metric::LayerMaxVio) layers.insert(curve.metric.index);
    if (from.run.loads)
        for (const LayerLoad& layer : from.run.loads->layers) layers.insert(layer.layer);
    for (const std::int64_t layer : layers) {
        BalanceRow row;
        row.layer = layer;
        if (const ReportCurve* curve = report.curve({Metric::LayerMaxVio, layer}); curve && curve->last.step > 0) {
            row.last_max_vio = curve->last.value;
            row.worst_max_vio = curve->most;
            row.recent_max_vio = mean_of(newest_values(from.run, {Metric::LayerMaxVio, layer}, kRecentSteps));
        }
        if (const ReportCurve* curve = report.curve({Metric::LayerDiversity, layer}); curve && curve->last.step > 0)
            row.diversity = curve->last.value;
        if (from.run.loads)
            for (std::size_t i = 0; i < from.run.loads->layers.size(); ++i)
                if (from.run.loads->layers[i].layer == layer) measure_loads(*from.run.loads, i, row);
        report.balance.push_back(row);
    }
    if (report.balance.empty()) lack(report, ReportPart::Balance, "The run has no balance that was recorded.");
}

void add_specialisation(const ReportSources& from, RunReport& report)
{
    const auto none = [&](std::string why) { lack(report, ReportPart::Specialisation, std::move(why)); };
    if (from.run.started.experts == 0) return none(kNoExperts);
    if (from.run.started.domains.empty()) return none("The data of the run are not labelled by domain.");
    const auto& frame = from.run.loads;
    if (!frame || frame->domain_share.size() != frame->layers.size() || frame->domain_share.empty())
        return none("The run kept no loads by domain" + (from.history ? std::string(".") : ": " + from.history_lack));
    ReportSpecialisation found;
    // What is kept by domain is the newest frame of the history at or before the loads.
    found.step = frame->step;
    if (from.history)
        if (const auto kept = from.history->loads(frame->step); kept && *kept) found.step = (*kept)->step;
    found.domains = frame->domains;
    found.layers = layers_of(*frame);
    found.share = frame->domain_share;
    for (const auto& layer : found.share) found.distance.push_back(distance(layer));
    report.specialisation = std::move(found);
}

} // namespace triptych
