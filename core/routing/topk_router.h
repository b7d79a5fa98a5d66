// Top-k gating by sigmoid or softmax affinities, with or without an expert bias (V3 report 2.1.2; V2 report 2.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/router.h"
#include "kernels/ops/router.h"

#include <span>
#include <vector>

namespace triptych {

/// What tells the top-k strategies apart.
struct TopkRouterOptions {
    ScoreFunction score_function = ScoreFunction::Sigmoid;
    bool has_bias = true;         ///< e_score_correction_bias takes part in the selection and is saved
    bool updates_bias = true;     ///< after_step moves it towards balance
    bool has_balance_loss = true; ///< the complementary sequence-wise loss, weighted by LossWeights::balance_alpha
};

class TopkRouter final : public Router {
public:
    TopkRouter(const ModelConfig& config, std::int64_t layer, TopkRouterOptions options);

    void declare(ParamRows& rows) override;
    void plan(Planner& planner, DType dtype, const TokenShape& shape) override;
    Routing forward(Pass& pass, ConstView<2> logits) override;
    void backward(Pass& pass, ConstView<2> dweights, View<2> dlogits) override;
    void after_step(const ParamStore& params, std::span<const std::int64_t> counts, double speed) override;
    ParamId bias() const override { return m_bias; }
    void set_control(std::span<const std::int32_t> off, Balancing balancing) override;
    void set_active(std::int64_t experts) override;

private:
    bool balances(const Pass& pass) const { return m_options.has_balance_loss && pass.weights.balance_alpha > 0; }
    void add_balance_loss(Pass& pass, ConstView<2> scores);
    /// What is added to scores in the election: the bias of the model, and -inf where hands turned experts off.
    ConstView<1> selection_bias(const Pass& pass) const;
    template <class T>
    void fill_selection(const Pass& pass, View<1> selection) const;

    TopkRouterOptions m_options;
    std::int64_t m_layer;
    std::int64_t m_experts;
    std::int64_t m_top_k;  ///< K, what memory is planned for
    std::int64_t m_active; ///< K', what a token chooses
    std::int64_t m_groups;
    std::int64_t m_topk_group;
    Normalize m_normalize;
    double m_scaling;
    ParamId m_bias;
    Slot<2> m_scores, m_chosen, m_weights, m_load, m_dscores;
    Slot<1> m_loss, m_selection;
    std::vector<std::int32_t> m_off;  ///< rising
    std::vector<std::int32_t> m_deck; ///< the experts that are dealt out in turn; empty while they are elected
};

} // namespace triptych
