// The whole model: structure, plan and the passes through it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model.h"

#include "core/infer/latent_cache.h"
#include "core/model/moe_ffn.h"
#include "kernels/ops/elementwise.h"
#include "kernels/ops/embedding.h"

#include <algorithm>
#include <numeric>

namespace triptych {

double ModelLosses::mtp_mean() const
{
    return mtp.empty() ? 0.0 : std::accumulate(mtp.begin(), mtp.end(), 0.0) / static_cast<double>(mtp.size());
}

double ModelLosses::total(double mtp_weight) const
{
    return main + mtp_weight * mtp_mean() + balance;
}

Model::Model(const ModelConfig& config, const RouterInfo& router, Precision precision, std::int64_t positions)
    : m_config(config), m_precision(precision), m_rope(config, precision.wide, positions),
      m_final_norm("model.norm.weight", config.hidden_size, config.rms_norm_eps), m_head(config)
{
    const auto note = [this](TransformerLayer& layer) {
        if (layer.moe()) m_moe_layers.push_back(&layer);
    };
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        m_layers.push_back(std::make_unique<TransformerLayer>(config, i, router, m_rope));
        note(*m_layers.back());
    }
    for (std::int64_t k = 1; k <= config.num_nextn_predict_layers; ++k) {
        m_mtp.push_back(std::make_unique<MtpModule>(config, k, router, m_rope));
        note(m_mtp.back()->layer());
    }
}

ParamRows Model::declare()
{
    ParamRows rows;
    m_embedding = rows.add({.name = "model.embed_tokens.weight",
                            .shape = {m_config.vocab_size, m_config.hidden_size},
                            .packing = m_config.tie_word_embeddings ? Packing::Yes : Packing::No,
                            .lookup = Lookup::Yes});
    for (auto& layer : m_layers) layer->declare(rows);
    m_final_norm.declare(rows);
    m_head.declare(rows, m_embedding);
    for (auto& module : m_mtp) module->declare(rows);
    return rows;
}

void Model::plan(Planner& planner, const TokenShape& shape)
{
    const std::int64_t n = shape.tokens();
    const std::array<std::int64_t, 2> rows = {n, m_config.hidden_size};
    const DType wide = m_precision.wide;
    const bool training = planner.purpose() == PlanFor::Training;
    m_recompute = training ? planner.recompute() : Recompute::None;
    m_positions = planner.keep<1>("positions", DType::I32, {n});
    m_residual.clear();
    // In inference two buffers take turns as input and output of the layers. Where tokens are embedded again in
    // backward, the last output, which backward needs first, lies where their embedding was.
    for (std::size_t i = 0; i <= m_layers.size(); ++i) {
        if (!training && i >= 2)
            m_residual.push_back(m_residual[i - 2]);
        else if (embeds_again() && i == m_layers.size())
            m_residual.push_back(m_residual[0]);
        else
            m_residual.push_back(planner.keep<2>("residual." + std::to_string(i), wide, rows));
    }
    plan_hidden(planner, rows);
    m_final_norm.plan(planner, m_precision, n, "final_norm");
    for (auto& layer : m_layers) layer->plan(planner, m_precision, shape);
    m_head.plan(planner, m_precision, shape);
    for (auto& module : m_mtp) module->plan(planner, m_precision, shape);
}

void Model::plan_hidden(Planner& planner, std::array<std::int64_t, 2> rows)
{
    const bool training = planner.purpose() == PlanFor::Training;
    m_hidden.clear();
    m_embedded.clear();
    m_d_hidden.clear();
    if (training) {
        m_d_a = GradientSlot::scratch(planner, "d_residual.a", m_precision, rows);
        m_d_b = GradientSlot::scratch(planner, "d_residual.b", m_precision, rows);
    }
    for (std::size_t k = 0; k <= m_mtp.size(); ++k) {
        const std::string depth = std::to_string(k);
        // The last h^k is read by the head alone, and its gradient comes first in backward: both are gone before a
        // layer wants d_a and d_b.
        const bool borrows = training && k == m_mtp.size();
        m_hidden.push_back(borrows ? m_d_a.narrow : planner.keep<2>("hidden." + depth, m_precision.narrow, rows));
        if (training)
            m_d_hidden.push_back(borrows ? m_d_b.wide : planner.keep<2>("d_hidden." + depth, m_precision.wide, rows));
        if (k == 0) continue;
        const bool again = m_recompute == Recompute::Layers;
        m_embedded.push_back(again ? m_d_a.wide : planner.keep<2>("embedded." + depth, m_precision.wide, rows));
    }
}

void Model::set_positions(Pass& pass, std::int64_t first)
{
    require(first + pass.shape.length <= m_rope.positions(), "model",
            "a sequence is longer than max_position_embeddings");
    const View<1> positions = pass.at(m_positions, pass.tokens());
    auto* values = positions.as<std::int32_t>();
    for (std::int64_t i = 0; i < pass.tokens(); ++i)
        values[i] = static_cast<std::int32_t>(first + i % pass.shape.length);
    pass.positions = positions;
}

void Model::embed(Pass& pass, std::span<const std::int32_t> tokens, View<2> out) const
{
    const auto n = static_cast<std::int64_t>(tokens.size());
    run(pass.stream, EmbeddingForward{.tokens = ConstView<1>(tokens.data(), DType::I32, {n}),
                                      .table = pass.params.weight<2>(m_embedding),
                                      .y = out});
}

View<2> Model::forward_main(Pass& pass, std::span<const std::int32_t> tokens)
{
    set_positions(pass, pass.phase == Phase::Decode ? pass.cache->length() : 0);
    embed(pass, tokens, residual(pass, 0));
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        m_layers[i]->forward(pass, residual(pass, i), residual(pass, i + 1));
    const View<2> hidden = pass.at(m_hidden[0], pass.tokens());
    m_final_norm.forward(pass, residual(pass, m_layers.size()), hidden);
    return hidden;
}

ModelLosses Model::evaluate(Pass& pass, const TokenBatch& batch, const DepthLogitsSink& sink,
                            const DepthLossesSink& losses_sink)
{
    ModelLosses losses;
    const double balance_before = pass.stats ? pass.stats->balance_loss : 0;
    pass.shape = {.batch = batch.batch, .length = batch.length};
    ConstView<2> hidden = forward_main(pass, batch.inputs[0]);
    for (std::size_t k = 0; k < batch.inputs.size(); ++k) {
        if (k > 0) {
            const View<2> embedded = pass.at(m_embedded[k - 1], pass.tokens());
            const View<2> next = pass.at(m_hidden[k], pass.tokens());
            embed(pass, batch.inputs[k], embedded);
            m_mtp[k - 1]->forward(pass, embedded, hidden, next);
            hidden = next;
        }
        const std::span<const std::int32_t> targets = k < batch.targets.size()
                                                          ? std::span<const std::int32_t>(batch.targets[k])
                                                          : std::span<const std::int32_t>();
        const auto depth = static_cast<std::int64_t>(k);
        LogitsSink tile;
        if (sink) tile = [&](std::int64_t first, ConstView<2> logits) { sink(depth, first, logits); };
        LossesSink tile_losses;
        if (losses_sink)
            tile_losses = [&](std::int64_t first, ConstView<1> row_losses) { losses_sink(depth, first, row_losses); };
        if (targets.empty() && !sink) continue;
        const double sum = m_head.loss(pass, hidden, targets, tile, tile_losses);
        const double mean = sum / static_cast<double>(std::max<std::int64_t>(count_targets(targets), 1));
        if (k == 0)
            losses.main = mean;
        else
            losses.mtp.push_back(mean);
    }
    losses.balance = pass.stats ? pass.stats->balance_loss - balance_before : 0;
    return losses;
}

void Model::read_out(Pass& pass, ConstView<2> x, const LogitsSink& sink)
{
    const View<2> hidden = pass.at(m_hidden[0], x.size(0)); // which is not there before the last layer has run
    m_final_norm.forward(pass, x, hidden);
    m_head.loss(pass, hidden, {}, sink);
}

void Model::loss_and_gradients(Pass& pass, const TokenBatch& batch, ModelLosses& losses)
{
    losses.mtp.clear();
    const double balance_before = pass.stats ? pass.stats->balance_loss : 0;
    pass.shape = {.batch = batch.batch, .length = batch.length};
    const std::int64_t n = pass.tokens();

    // Forward, with the head's gradient taken in the same visit: dloss is 1/targets for the main loss and
    // lambda / D / targets for each depth.
    forward_main(pass, batch.inputs[0]);
    for (std::size_t k = 0; k <= m_mtp.size(); ++k) {
        if (k > 0) {
            embed(pass, batch.inputs[k], pass.at(m_embedded[k - 1], n));
            m_mtp[k - 1]->forward(pass, pass.at(m_embedded[k - 1], n), pass.at(m_hidden[k - 1], n),
                                  pass.at(m_hidden[k], n));
        }
        const auto targets = static_cast<double>(std::max<std::int64_t>(count_targets(batch.targets[k]), 1));
        const double weight = k == 0 ? 1.0 : pass.weights.mtp / static_cast<double>(m_mtp.size());
        const double sum =
            m_head.loss_and_gradient(pass, pass.at(m_hidden[k], n), batch.targets[k],
                                     pass.weights.gradient_scale * weight / targets, pass.at(m_d_hidden[k], n));
        if (k == 0)
            losses.main = sum / targets;
        else
            losses.mtp.push_back(sum / targets);
    }
    losses.balance = pass.stats ? pass.stats->balance_loss - balance_before : 0;

    for (std::size_t k = m_mtp.size(); k > 0; --k) backward_mtp(pass, batch, k);
    backward_main(pass, batch.inputs[0], pass.at(m_d_hidden[0], n));
}

void Model::backward_mtp(Pass& pass, const TokenBatch& batch, std::size_t depth)
{
    const std::int64_t n = pass.tokens();
    MtpModule& module = *m_mtp[depth - 1];
    const Gradient a = pass.at(m_d_a, n);
    const Gradient b = pass.at(m_d_b, n);
    const View<2> embedded = pass.at(m_embedded[depth - 1], n);
    module.backward_block(pass, pass.at(m_d_hidden[depth], n), a, b);
    if (m_recompute == Recompute::Layers) embed(pass, batch.inputs[depth], embedded);
    module.backward_inputs(pass, embedded, pass.at(m_hidden[depth - 1], n), a, b);
    run(pass.stream, EmbeddingBackward{.tokens = ConstView<1>(batch.inputs[depth].data(), DType::I32, {n}),
                                       .dy = b.wide,
                                       .dtable = pass.params.gradient<2>(m_embedding)});
    const View<2> d_hidden = pass.at(m_d_hidden[depth - 1], n);
    run(pass.stream, Add{.a = d_hidden, .b = a.wide, .y = d_hidden});
}

void Model::backward_main(Pass& pass, std::span<const std::int32_t> tokens, ConstView<2> d_hidden)
{
    const std::int64_t n = pass.tokens();
    Gradient dy = pass.at(m_d_a, n);
    Gradient dx = pass.at(m_d_b, n);
    m_final_norm.backward(pass, residual(pass, m_layers.size()), d_hidden, {}, dy);
    for (std::size_t i = m_layers.size(); i-- > 0;) {
        if (i == 0 && embeds_again()) embed(pass, tokens, residual(pass, 0));
        m_layers[i]->backward(pass, residual(pass, i), dy, dx);
        std::swap(dy, dx);
    }
    run(pass.stream, EmbeddingBackward{.tokens = ConstView<1>(tokens.data(), DType::I32, {n}),
                                       .dy = dy.wide,
                                       .dtable = pass.params.gradient<2>(m_embedding)});
}

void Model::decode(Pass& pass, std::span<const std::int32_t> tokens, View<2> logits)
{
    const auto n = static_cast<std::int64_t>(tokens.size());
    pass.phase = Phase::Decode;
    pass.shape = {.batch = 1, .length = n, .cache_length = pass.cache->capacity()};
    pass.first_token = pass.cache->length();
    require(pass.first_token + n <= pass.cache->capacity(), "model", "the latent cache is full");
    pass.stream.together([&] {
        const View<2> hidden = forward_main(pass, tokens);
        pass.cache->advance(n);
        m_head.logits(pass, hidden.rows(n - 1, 1), logits);
    });
}

void Model::draft(Pass& pass, std::span<const std::int32_t> followers, View<2> logits)
{
    const auto n = static_cast<std::int64_t>(followers.size());
    require(!m_mtp.empty(), "draft", "the model has no MTP module");
    require(n >= 1 && n <= pass.cache->length(), "draft", "there must be as many followers as tokens were decoded");
    pass.phase = Phase::Decode;
    pass.shape = {.batch = 1, .length = n, .cache_length = pass.cache->capacity()};
    pass.cache->truncate(pass.cache->length() - n); // the module's layer appends at the places just decoded
    pass.stream.together([&] {
        set_positions(pass, pass.cache->length());
        embed(pass, followers, pass.at(m_embedded[0], n));
        m_mtp[0]->forward(pass, pass.at(m_embedded[0], n), pass.at(m_hidden[0], n), pass.at(m_hidden[1], n));
        pass.cache->advance(n);
        m_head.logits(pass, pass.at(m_hidden[1], n).rows(n - 1, 1), logits);
    });
}

void Model::set_control(const RoutingControl& control)
{
    for (TransformerLayer* layer : m_moe_layers) {
        Router& router = layer->moe()->router();
        router.set_control(control.off_in(layer->index()), control.balancing);
        router.set_active(control.active);
    }
}

void Model::after_step(const ParamStore& params, const RoutingStats& stats, double bias_update_speed)
{
    for (TransformerLayer* layer : m_moe_layers) {
        const auto index = static_cast<std::size_t>(layer->index());
        if (index < stats.counts.size() && !stats.counts[index].empty())
            layer->moe()->router().after_step(params, stats.counts[index], bias_update_speed);
    }
}

} // namespace triptych
