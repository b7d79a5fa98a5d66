// What one optimizer step did: the numbers that every metric, table and JSON line is made from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/routing_control.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// Loads of one MoE layer over the whole global batch of a step.
struct LayerLoad {
    std::int64_t layer = 0;           ///< index as in tensor names; MTP blocks count on from num_hidden_layers
    std::vector<std::int64_t> counts; ///< [E] tokens routed to each expert
    std::vector<float> bias;          ///< [E] e_score_correction_bias after the step; empty where the router has none
};

struct StepReport {
    std::int64_t step = 0;           ///< from 1
    std::int64_t tokens = 0;         ///< trained on so far, over all steps
    double loss = 0;                 ///< what is minimised: main + weighted MTP + balance
    double main_loss = 0;            ///< nats per token
    std::vector<double> mtp_losses;  ///< nats per token, one per depth, unweighted
    double mtp_loss = 0;             ///< their mean; 0 without MTP
    double mtp_loss_weight = 0;      ///< lambda, in force in the step; 0 without MTP
    double balance_loss = 0;         ///< sum over MoE layers, alpha included
    double grad_norm = 0;            ///< global L2 norm before clipping
    double learning_rate = 0;
    double bias_update_speed = 0;    ///< gamma; 0 where the router has no bias
    double max_vio = 0;              ///< mean over MoE layers of max load / mean load - 1, of the experts that are on
    double seconds = 0;              ///< wall time of the step
    double tokens_per_second = 0;
    double flops = 0;                ///< of the step, forward and backward, causal attention, MTP included
    std::vector<LayerLoad> loads;
    RoutingControl control; ///< in force in this step
};

} // namespace triptych
