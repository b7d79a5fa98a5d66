// The gated feed-forward network: dense layers, shared experts (DeepSeek-V3 report section 2.1.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/block.h"
#include "core/model/linear.h"

#include <string>

namespace triptych {

/// y = (silu(x W_gate) * (x W_up)) W_down.  x, y: [N, D]. Gate and up lie in one matrix [2F, D].
class DenseFfn final : public Block {
public:
    /// prefix: of the tensor names, "model.layers.0.mlp." or "model.layers.3.mlp.shared_experts."
    DenseFfn(std::string prefix, std::int64_t hidden, std::int64_t width);

    void declare(ParamRows& rows) override;
    void plan(Planner& planner, Precision precision, const TokenShape& shape) override;
    void forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual = {}) override;
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) override;

private:
    std::string m_prefix;
    std::int64_t m_hidden;
    std::int64_t m_width;
    ParamId m_gate_up;
    Linear m_down;
    Slot<2> m_gate_up_out, m_activated, m_d_activated;
    Recompute m_recompute = Recompute::None;
};

} // namespace triptych
