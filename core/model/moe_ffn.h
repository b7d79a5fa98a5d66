// DeepSeekMoE: routed fine-grained experts beside shared ones (DeepSeek-V3 report section 2.1.2, eq. 12-16).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/block.h"
#include "core/model/dense_ffn.h"
#include "core/routing/router.h"
#include "kernels/ops/swiglu.h"

#include <memory>
#include <optional>

namespace triptych {

/// y = shared(x) + sum over the chosen experts of weight * expert(x).  x, y: [N, D]. No token is dropped.
/// Memory is planned for K experts a token; where the router chooses K' of them, rows are those of K'.
/// Tokens are sorted by expert once; each expert reads its rows where they lie, as one product.
class MoeFfn final : public Block {
public:
    MoeFfn(const ModelConfig& config, std::int64_t layer, std::unique_ptr<Router> router);

    void declare(ParamRows& rows) override;
    void plan(Planner& planner, Precision precision, const TokenShape& shape) override;
    void forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual = {}) override;
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) override;

    Router& router() const { return *m_router; }

private:
    void dispatch(Pass& pass, const Routing& routing);
    SwiGluForward activation(Pass& pass) const;

    std::int64_t m_layer;
    std::int64_t m_hidden;
    std::int64_t m_width;
    std::int64_t m_experts;
    std::int64_t m_top_k; ///< K, what memory is planned for
    std::string m_prefix;
    Linear m_gate;
    std::unique_ptr<Router> m_router;
    std::optional<DenseFfn> m_shared;
    ParamId m_gate_up; // [E, 2F, D]
    ParamId m_down;    // [E, D, F]

    Slot<2> m_logits, m_gate_up_out, m_activated;
    Slot<2> m_sorted; // outputs of the experts by expert, in backward gradients of their inputs
    Slot<2> m_d_activated, m_d_weights;
    Slot<1> m_counts, m_offsets, m_order, m_position;
    Recompute m_recompute = Recompute::None;
    ConstView<2> m_routing_weights; // [N, K'] of the last forward pass
};

} // namespace triptych
