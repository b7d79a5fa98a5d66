// The settings of a training under the paper's names (DeepSeek-V3 report sections 2.1.2, 2.2 and 4.2; MODEL.md 1.5).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/field.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <string>

namespace triptych {

/// Every member is a key of the same name in run.json and in --set key=value.
struct TrainConfig {
    std::int64_t sequence_length = 256;           // T, tokens of one sequence
    std::int64_t batch_size = 8;                  // B, sequences of one pass
    std::int64_t gradient_accumulation_steps = 1; // passes of one optimizer step
    std::int64_t schedule_steps = 0;              // steps the learning rate is planned over; 0: the run's own limit
    double learning_rate = 1e-3;                  // its peak
    double min_learning_rate = 0;                 // where the cosine ends; 0: a tenth of learning_rate
    std::int64_t warmup_steps = 50;               // linear from 0
    double constant_fraction = 0.68;              // share of the schedule before the cosine: 10 of 14.8 trillion tokens
    double decay_fraction = 0.29;                 // share of the cosine: 4.3 of 14.8; what is left stays at the minimum
    double beta1 = 0.9;
    double beta2 = 0.95;
    double adam_eps = 1e-8;
    double weight_decay = 0.1;
    double gradient_clip = 1.0;           // longest gradient norm; 0: no limit
    double bias_update_speed = 1e-3;      // gamma
    double balance_loss_alpha = 1e-4;     // alpha
    double mtp_loss_weight = 0.3;         // lambda
    std::string router = "sigmoid_noaux"; // id in core/routing/router_catalog.h
    std::int64_t seed = 1;
    double validation_fraction = 0.1; // of the data, held out
    std::int64_t eval_every = 100;    // steps; 0: never
    std::int64_t eval_batches = 8;    // passes of one evaluation
    std::int64_t log_every = 1;       // steps between two lines of the log
    std::int64_t probe_every = 0;     // steps between two recorded looks at the probe text; 0: only while it is watched
    std::string precision = "auto";       // bf16 where the CPU multiplies it, else f32
    std::string recompute = "none";       // what backward computes again instead of keeping it
    std::int64_t threads = 0; // 0: one for each core
    bool operator==(const TrainConfig&) const = default;

    std::int64_t tokens_per_step() const { return sequence_length * batch_size * gradient_accumulation_steps; }
    /// Where the cosine ends.
    double final_learning_rate() const { return min_learning_rate > 0 ? min_learning_rate : learning_rate / 10; }
};

/// Every member, in the order above.
const std::vector<Field<TrainConfig>>& train_config_fields();

/// Ranges, and the rules between members.
Status validate(const TrainConfig& config);

/// The rules between a training and the model it trains; both must be valid by themselves.
Status validate(const TrainConfig& config, const ModelConfig& model);

} // namespace triptych
