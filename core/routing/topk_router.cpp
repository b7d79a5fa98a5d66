// Top-k gating, its balance loss and its bias update.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/topk_router.h"

#include "core/routing/balance.h"
#include "kernels/base/memory.h"
#include "kernels/ops/balance_loss.h"

#include <algorithm>
#include <limits>

namespace triptych {

TopkRouter::TopkRouter(const ModelConfig& config, std::int64_t layer, TopkRouterOptions options)
    : m_options(options), m_layer(layer), m_experts(config.n_routed_experts), m_top_k(config.num_experts_per_tok),
      m_active(config.num_experts_per_tok), m_groups(config.n_group), m_topk_group(config.topk_group),
      m_normalize(config.norm_topk_prob ? Normalize::Yes : Normalize::No), m_scaling(config.routed_scaling_factor)
{
}

void TopkRouter::declare(ParamRows& rows)
{
    if (!m_options.has_bias) return;
    m_bias = rows.add({.name = "model.layers." + std::to_string(m_layer) + ".mlp.gate.e_score_correction_bias",
                       .shape = {m_experts},
                       .init = Init::Zeros,
                       .decay = Decay::No,
                       .role = ParamRole::Buffer});
}

void TopkRouter::plan(Planner& planner, DType dtype, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "router");
    const std::int64_t n = shape.tokens();
    m_scores = planner.keep<2>("scores", dtype, {n, m_experts});
    m_chosen = planner.keep<2>("experts", DType::I32, {n, m_top_k});
    m_weights = planner.keep<2>("weights", dtype, {n, m_top_k});
    m_load = planner.keep<2>("load", dtype, {shape.batch, m_experts});
    m_loss = planner.keep<1>("balance_loss", dtype, {shape.batch});
    m_selection = planner.scratch<1>("selection_bias", dtype, {m_experts});
    if (planner.purpose() == PlanFor::Training) m_dscores = planner.scratch<2>("dscores", dtype, {n, m_experts});
}

Routing TopkRouter::forward(Pass& pass, ConstView<2> logits)
{
    const std::int64_t n = pass.tokens();
    const View<2> scores = pass.at(m_scores, n);
    const View<2> experts = for_chosen(pass.at(m_chosen, n), m_active);
    const View<2> weights = for_chosen(pass.at(m_weights, n), m_active);
    ConstView<1> deck;
    if (!m_deck.empty()) deck = ConstView<1>(m_deck.data(), DType::I32, {static_cast<std::int64_t>(m_deck.size())});
    run(pass.stream, RouterForward{.logits = logits,
                                   .bias = selection_bias(pass),
                                   .mask = m_off.empty() ? BiasMask::None : BiasMask::MinusInfinity,
                                   .score_function = m_options.score_function,
                                   .n_group = m_groups,
                                   .topk_group = m_topk_group,
                                   .deck = deck,
                                   .first = pass.first_token * m_active,
                                   .normalize = m_normalize,
                                   .scaling = m_scaling,
                                   .scores = scores,
                                   .experts = experts,
                                   .weights = weights});
    if (balances(pass)) add_balance_loss(pass, scores);
    const auto tap = [&](TapPoint point, ConstView<2> view) {
        if (pass.wants({point, m_layer})) pass.probe->take({point, m_layer}, view);
    };
    tap(TapPoint::RouterScores, scores);
    tap(TapPoint::RouterExperts, experts);
    tap(TapPoint::RouterWeights, weights);
    return {experts, weights};
}

ConstView<1> TopkRouter::selection_bias(const Pass& pass) const
{
    if (m_off.empty()) return m_options.has_bias ? ConstView<1>(pass.params.weight<1>(m_bias)) : ConstView<1>();
    const View<1> selection = pass.at(m_selection, m_experts);
    if (selection.dtype() == DType::F64)
        fill_selection<double>(pass, selection);
    else
        fill_selection<float>(pass, selection);
    return selection;
}

/// By way of the host, wherever bias and selection lie; in every pass anew, since the bias moves.
template <class T>
void TopkRouter::fill_selection(const Pass& pass, View<1> selection) const
{
    const Device device = pass.stream.device();
    std::vector<T> values(static_cast<std::size_t>(m_experts));
    if (m_options.has_bias) copy_to_host(device, values.data(), pass.params.weight<1>(m_bias).raw(), selection.bytes());
    for (const std::int32_t e : m_off) values[static_cast<std::size_t>(e)] = -std::numeric_limits<T>::infinity();
    copy_from_host(device, selection.raw(), values.data(), selection.bytes());
}

void TopkRouter::add_balance_loss(Pass& pass, ConstView<2> scores)
{
    const std::int64_t batch = pass.shape.batch;
    const View<1> loss = pass.at(m_loss, batch);
    run(pass.stream, BalanceLossForward{.scores = scores,
                                        .batch = batch,
                                        .top_k = m_active,
                                        .alpha = pass.weights.balance_alpha,
                                        .load = pass.at(m_load, batch),
                                        .loss = loss});
    if (!pass.stats) return;
    double sum = 0;
    for (std::int64_t b = 0; b < batch; ++b)
        sum += loss.dtype() == DType::F64 ? loss.as<double>()[b] : static_cast<double>(loss.as<float>()[b]);
    pass.stats->balance_loss += sum / static_cast<double>(batch);
}

void TopkRouter::backward(Pass& pass, ConstView<2> dweights, View<2> dlogits)
{
    const std::int64_t n = pass.tokens();
    ConstView<2> dscores;
    if (balances(pass)) {
        const View<2> ds = pass.at(m_dscores, n);
        run(pass.stream,
            BalanceLossBackward{.scores = pass.at(m_scores, n),
                                .load = pass.at(m_load, pass.shape.batch),
                                .batch = pass.shape.batch,
                                .alpha = pass.weights.balance_alpha,
                                .dloss = pass.weights.gradient_scale / static_cast<double>(pass.shape.batch),
                                .dscores = ds});
        dscores = ds;
    }
    run(pass.stream, RouterBackward{.scores = pass.at(m_scores, n),
                                    .experts = for_chosen(pass.at(m_chosen, n), m_active),
                                    .dweights = dweights,
                                    .dscores = dscores,
                                    .score_function = m_options.score_function,
                                    .normalize = m_normalize,
                                    .scaling = m_scaling,
                                    .dlogits = dlogits});
}

void TopkRouter::after_step(const ParamStore& params, std::span<const std::int64_t> counts, double speed)
{
    if (!m_options.has_bias || !m_options.updates_bias || speed == 0) return;
    const View<1> bias = params.weight<1>(m_bias);
    const auto experts = static_cast<std::size_t>(m_experts);
    if (bias.dtype() == DType::F64)
        update_bias(std::span(bias.as<double>(), experts), counts, speed, m_off);
    else
        update_bias(std::span(bias.as<float>(), experts), counts, speed, m_off);
}

void TopkRouter::set_control(std::span<const std::int32_t> off, Balancing balancing)
{
    m_off.assign(off.begin(), off.end());
    m_deck.clear();
    if (balancing != Balancing::Forced) return;
    for (std::int32_t e = 0; e < m_experts; ++e)
        if (!std::binary_search(m_off.begin(), m_off.end(), e)) m_deck.push_back(e);
}

void TopkRouter::set_active(std::int64_t experts)
{
    m_active = experts > 0 ? experts : m_top_k;
}

} // namespace triptych
