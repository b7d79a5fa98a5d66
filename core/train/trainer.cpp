// The training step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/config/parameter_count.h"
#include "core/model/moe_ffn.h"
#include "core/routing/balance.h"
#include "core/train/lr_schedule.h"
#include "kernels/base/memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace triptych {

double mean_max_violation(const RoutingStats& stats, const RoutingControl& control)
{
    double sum = 0;
    int layers = 0;
    for (std::size_t layer = 0; layer < stats.counts.size(); ++layer) {
        const std::span<const std::int64_t> counts = stats.counts[layer];
        if (counts.empty()) continue;
        sum += measure_balance(counts, control.off_in(static_cast<std::int64_t>(layer))).max_violation;
        ++layers;
    }
    return layers == 0 ? 0.0 : sum / layers;
}

Trainer::Trainer(const ModelConfig& model, const TrainConfig& train, const RouterInfo& router, Precision precision,
                 const BatchSource& source, std::int64_t schedule_steps)
    : m_config(train), m_source(source), m_schedule_steps(schedule_steps),
      m_stream(Device{}, static_cast<int>(train.threads)), m_model(model, router, precision, train.sequence_length),
      m_params(Device{}, precision.wide, precision.narrow, m_model.declare(), StoreFor::Training),
      m_plan(PlanFor::Training, recompute_of(train.recompute))
{
    m_model.plan(m_plan, {.batch = train.batch_size, .length = train.sequence_length});
    m_workspace = std::make_unique<Workspace>(m_stream.device(), m_plan);
    count_flops();
}

void Trainer::count_flops()
{
    ModelConfig counted = m_model.config();
    counted.num_experts_per_tok = active_experts(counted, m_control);
    m_step_flops = static_cast<double>(m_config.tokens_per_step()) *
                   training_flops_per_token(counted, m_config.sequence_length, CountMask::Causal, CountMtp::Yes);
}

void Trainer::initialize()
{
    m_params.initialize(static_cast<std::uint64_t>(m_config.seed), m_model.config().initializer_range);
    m_progress = {};
}

void Trainer::pack()
{
    if (!m_params.is_packed()) m_params.pack(m_stream);
}

Status Trainer::set_control(const RoutingControl& control)
{
    if (Status possible = check_control(m_model.config(), control); !possible) return possible;
    if (control.balancing == Balancing::Forced && m_stream.device().kind == DeviceKind::Cuda)
        return Error{"the router on a GPU has no forced balancing, it elects experts alone",
                     "Train on the CPU to force it, or switch experts off."};
    m_control = control;
    m_model.set_control(control);
    count_flops();
    return {};
}

const TransformerLayer& Trainer::moe_layer(std::int64_t layer) const
{
    const auto& layers = m_model.moe_layers();
    return **std::find_if(layers.begin(), layers.end(), [&](const auto* l) { return l->index() == layer; });
}

Status Trainer::set_expert_bias(std::int64_t layer, std::int64_t expert, double bias)
{
    if (Status there = check_expert(m_model.config(), layer, expert); !there) return there;
    if (!(std::abs(bias) <= kMaxExpertBias))
        return Error{fmt::format("a bias of {} was asked for", bias),
                     fmt::format("Choose one from {} to {}.", -kMaxExpertBias, kMaxExpertBias)};
    const ParamId id = moe_layer(layer).moe()->router().bias();
    if (id == ParamId{})
        return Error{"the router of this model has no expert bias",
                     "Switch the expert off, or start a run with another router."};
    const View<1> values = m_params.weight<1>(id);
    const auto place = static_cast<std::size_t>(expert) * size_of(values.dtype());
    const auto narrow = static_cast<float>(bias);
    const void* value = values.dtype() == DType::F64 ? static_cast<const void*>(&bias) : &narrow;
    copy_from_host(m_params.device(), static_cast<char*>(values.raw()) + place, value, size_of(values.dtype()));
    return {};
}

Pass Trainer::pass(Phase phase)
{
    Pass result{.stream = m_stream, .workspace = *m_workspace, .params = m_params};
    result.phase = phase;
    result.stats = &m_stats;
    result.weights = {.mtp = m_config.mtp_loss_weight,
                      .balance_alpha = m_config.balance_loss_alpha,
                      .gradient_scale = 1.0 / static_cast<double>(m_config.gradient_accumulation_steps)};
    return result;
}

void Trainer::accumulate(std::int64_t step)
{
    const std::int64_t micro_steps = m_config.gradient_accumulation_steps;
    const double share = 1.0 / static_cast<double>(micro_steps);
    for (std::int64_t micro = 0; micro < micro_steps; ++micro) {
        m_source.read_training_batch(step, micro, m_batch);
        Pass train = pass(Phase::Train);
        train.probe = m_probe;
        train.first_token = micro * m_config.batch_size * m_config.sequence_length;
        if (micro == 0) train.gradient_mode = WriteMode::Overwrite;
        m_model.loss_and_gradients(train, m_batch.batch, m_losses);
        m_report.main_loss += share * m_losses.main;
        m_report.balance_loss += share * m_losses.balance;
        for (std::size_t k = 0; k < m_losses.mtp.size(); ++k) m_report.mtp_losses[k] += share * m_losses.mtp[k];
        m_report.mtp_loss += share * m_losses.mtp_mean();
        m_report.loss += share * m_losses.total(m_config.mtp_loss_weight);
    }
}

const StepReport& Trainer::step()
{
    const auto start = std::chrono::steady_clock::now();
    const std::int64_t step = m_progress.step + 1;
    m_report.step = step;
    m_report.loss = m_report.main_loss = m_report.mtp_loss = m_report.balance_loss = 0;
    m_report.mtp_losses.assign(static_cast<std::size_t>(m_model.config().num_nextn_predict_layers), 0.0);

    m_params.zero_added_gradients();
    pack();
    m_stats.clear();
    accumulate(step);
    m_changing = true;
    m_report.learning_rate = learning_rate_at(m_config, step, m_schedule_steps);
    m_report.grad_norm = m_optimizer.update(m_stream, m_params,
                                            {.learning_rate = m_report.learning_rate,
                                             .beta1 = m_config.beta1,
                                             .beta2 = m_config.beta2,
                                             .eps = m_config.adam_eps,
                                             .weight_decay = m_config.weight_decay,
                                             .gradient_clip = m_config.gradient_clip},
                                            step, ExpertSquares::LeftByPass);
    m_model.after_step(m_params, m_stats, m_config.bias_update_speed);
    m_changing = false;

    m_report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    m_progress.step = step;
    m_progress.tokens += m_config.tokens_per_step();
    m_progress.device_seconds += m_report.seconds;
    m_progress.flops += m_step_flops;
    fill_report();
    return m_report;
}

void Trainer::fill_report()
{
    m_report.tokens = m_progress.tokens;
    m_report.max_vio = mean_max_violation(m_stats, m_control);
    m_report.control = m_control;
    m_report.tokens_per_second = static_cast<double>(m_config.tokens_per_step()) / m_report.seconds;
    m_report.flops = m_step_flops;
    const std::vector<TransformerLayer*>& layers = m_model.moe_layers();
    m_report.loads.resize(layers.size());
    m_report.mtp_loss_weight = m_report.mtp_losses.empty() ? 0 : m_config.mtp_loss_weight;
    m_report.bias_update_speed = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        LayerLoad& load = m_report.loads[i];
        load.layer = layers[i]->index();
        load.counts = m_stats.counts[static_cast<std::size_t>(load.layer)];
        const ParamId bias = layers[i]->moe()->router().bias();
        if (bias == ParamId{}) continue;
        m_report.bias_update_speed = m_config.bias_update_speed;
        const View<1> values = m_params.weight<1>(bias);
        load.bias.resize(static_cast<std::size_t>(values.size(0)));
        for (std::size_t e = 0; e < load.bias.size(); ++e)
            load.bias[e] =
                values.dtype() == DType::F64 ? static_cast<float>(values.as<double>()[e]) : values.as<float>()[e];
    }
}

ModelLosses Trainer::evaluate_batch(const TokenBatch& batch, EvaluationWatch* watch)
{
    Pass evaluation = pass(Phase::Evaluate);
    if (!watch) return m_model.evaluate(evaluation, batch);
    watch->begin(batch);
    ModelLosses losses = m_model.evaluate(
        evaluation, batch,
        [&](std::int64_t depth, std::int64_t first, ConstView<2> logits) { watch->take_logits(depth, first, logits); },
        [&](std::int64_t depth, std::int64_t first, ConstView<1> rows) { watch->take_losses(depth, first, rows); });
    watch->end();
    return losses;
}

EvaluationReport Trainer::evaluate(EvaluationWatch* watch)
{
    EvaluationReport report;
    report.mtp_losses.assign(static_cast<std::size_t>(m_model.config().num_nextn_predict_layers), 0.0);
    RoutingStats training_stats;
    std::swap(training_stats, m_stats);
    double loss = 0;
    double mtp_loss = 0;
    std::int64_t targets = 0;
    pack();
    const std::int64_t batches = std::min(m_config.eval_batches, m_source.validation_batches());
    for (std::int64_t i = 0; i < batches; ++i) {
        const TokenBatch batch = m_source.validation_batch(i);
        const ModelLosses losses = evaluate_batch(batch, watch);
        const std::int64_t count = count_targets(batch.targets[0]);
        loss += losses.main * static_cast<double>(count);
        mtp_loss += losses.mtp_mean() * static_cast<double>(count);
        for (std::size_t k = 0; k < losses.mtp.size(); ++k)
            report.mtp_losses[k] += losses.mtp[k] * static_cast<double>(count);
        targets += count;
        report.tokens += batch.batch * batch.length;
    }
    report.max_vio = mean_max_violation(m_stats, m_control);
    std::swap(training_stats, m_stats);
    if (targets == 0) return report;
    report.loss = loss / static_cast<double>(targets);
    report.mtp_loss = mtp_loss / static_cast<double>(targets);
    for (double& depth : report.mtp_losses) depth /= static_cast<double>(targets);
    report.bits_per_byte = report.loss / std::numbers::ln2 / m_source.bytes_per_token();
    return report;
}

} // namespace triptych
