// Reports to samples.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/step_samples.h"

#include "core/session/balance_metrics.h"

#include <algorithm>

namespace triptych {

namespace {

void append_layer(std::vector<Sample>& samples, const LayerLoad& load, ExpertsOff off, std::int64_t step)
{
    const BalanceMeasures m = measure_balance(load.counts, off);
    for (const BalanceMetric& of : kBalanceMetrics) samples.push_back({{of.of_step, load.layer}, step, m.*of.measure});
    if (load.bias.empty()) return;
    const auto [low, high] = std::minmax_element(load.bias.begin(), load.bias.end());
    samples.push_back({{Metric::LayerBiasSpread, load.layer}, step, static_cast<double>(*high) - *low});
}

} // namespace

std::vector<Sample> step_samples(const StepReport& report, const TrainProgress& progress, const RunMeter& meter,
                                 double matrix_peak, double wall_seconds)
{
    const std::int64_t step = report.step;
    std::vector<Sample> samples = {
        {Metric::Loss, step, report.loss},
        {Metric::MainLoss, step, report.main_loss},
        {Metric::BalanceLoss, step, report.balance_loss},
        {Metric::GradNorm, step, report.grad_norm},
        {Metric::LearningRate, step, report.learning_rate},
        {Metric::Tokens, step, static_cast<double>(report.tokens)},
        {Metric::Flops, step, progress.flops},
        {Metric::StepSeconds, step, report.seconds},
        {Metric::TokensPerSecond, step, report.tokens_per_second},
        {Metric::Mfu, step, report.flops / report.seconds / matrix_peak},
        {Metric::MaxVio, step, report.max_vio},
        {Metric::HeadlineUsd, step, meter.headline_usd(progress.device_seconds)},
        {Metric::TcoUsd, step, meter.tco_usd(progress.device_seconds)},
        {Metric::TrainSeconds, step, progress.device_seconds},
        {Metric::WallSeconds, step, wall_seconds},
    };
    if (!report.mtp_losses.empty()) {
        samples.push_back({Metric::MtpLoss, step, report.mtp_loss});
        samples.push_back({Metric::MtpLossWeight, step, report.mtp_loss_weight});
    }
    for (std::size_t k = 0; k < report.mtp_losses.size(); ++k)
        samples.push_back({{Metric::DepthLoss, static_cast<std::int64_t>(k) + 1}, step, report.mtp_losses[k]});
    const bool biased = std::any_of(report.loads.begin(), report.loads.end(),
                                    [](const LayerLoad& load) { return !load.bias.empty(); });
    if (biased) samples.push_back({Metric::BiasUpdateSpeed, step, report.bias_update_speed});
    for (const LayerLoad& load : report.loads) append_layer(samples, load, report.control.off_in(load.layer), step);
    return samples;
}

std::vector<Sample> micro_batch_samples(const StepReport& report, std::span<const BalanceMeasures> layers)
{
    std::vector<Sample> samples;
    if (layers.empty() || layers.size() != report.loads.size()) return samples;
    double sum = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        sum += layers[i].max_violation;
        for (const BalanceMetric& of : kBalanceMetrics)
            samples.push_back({{of.of_micro_batches, report.loads[i].layer}, report.step, layers[i].*of.measure});
    }
    samples.push_back({Metric::MicroMaxVio, report.step, sum / static_cast<double>(layers.size())});
    return samples;
}

std::vector<Sample> evaluation_samples(std::int64_t step, const EvaluationReport& report)
{
    std::vector<Sample> samples = {{Metric::ValLoss, step, report.loss},
                                   {Metric::ValMtpLoss, step, report.mtp_loss},
                                   {Metric::ValBitsPerByte, step, report.bits_per_byte},
                                   {Metric::ValMaxVio, step, report.max_vio}};
    for (std::size_t k = 0; k < report.mtp_losses.size(); ++k)
        samples.push_back({{Metric::DepthValLoss, static_cast<std::int64_t>(k) + 1}, step, report.mtp_losses[k]});
    return samples;
}

} // namespace triptych
