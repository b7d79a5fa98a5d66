// How tokens choose their experts: the interface that every routing strategy implements.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/pass.h"
#include "core/routing/routing_control.h"

#include <memory>
#include <span>

namespace triptych {

/// The choice of one pass, as the MoE block uses it.
struct Routing {
    ConstView<2> experts; ///< [N, K'] I32, different ones in each row; K' = K unless hands chose fewer
    ConstView<2> weights; ///< [N, K']
};

/// The first elements of what is planned for [N, K], as a dense [N, chosen]; of all K it is the same view.
inline View<2> for_chosen(View<2> planned, std::int64_t chosen)
{
    return {planned.raw(), planned.dtype(), {planned.size(0), chosen}};
}

/// One per MoE layer. The contract, which tests hold every catalog entry to: selection may use biased scores, weights
/// use unbiased ones; selection carries no gradient; the lowest index wins a tie; a token's route depends on that token
/// alone.
class Router {
public:
    virtual ~Router() = default;
    /// Adds what it saves with the model beside the gate (an expert bias), if anything.
    virtual void declare(ParamRows& rows) = 0;
    virtual void plan(Planner& planner, DType dtype, const TokenShape& shape) = 0;
    /// logits [N, E] of the gate. Adds its balance loss to the pass's stats.
    virtual Routing forward(Pass& pass, ConstView<2> logits) = 0;
    /// dweights [N, K'] and the balance loss to dlogits [N, E], overwritten.
    virtual void backward(Pass& pass, ConstView<2> dweights, View<2> dlogits) = 0;
    /// Once per optimizer step, with the loads [E] of the whole global batch and the bias update speed (gamma).
    virtual void after_step(const ParamStore& params, std::span<const std::int64_t> counts, double speed) = 0;
    /// The expert bias, or an empty id where the strategy has none.
    virtual ParamId bias() const = 0;
    /// From the next pass on. Experts that are off (rising, as check_control() allows) have the lowest rank and a score
    /// of 0, so no token, no gradient, and no part in the balance loss or in after_step(). Forced balancing deals the
    /// others out in turn, over all passes of a step (Pass::first_token): a route depends on the token's place then.
    virtual void set_control(std::span<const std::int32_t> off, Balancing balancing) = 0;
    /// From the next pass on: K', how many experts a token chooses, 1 to K; 0: K. Memory stays planned for K. Weights,
    /// balance loss and after_step() are those of K' chosen ones.
    virtual void set_active(std::int64_t experts) = 0;
};

} // namespace triptych
