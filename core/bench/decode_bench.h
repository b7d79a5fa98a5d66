// How fast text comes: tokens per second of one sequence, against the time it takes to read the weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench_setup.h"
#include "core/train/op_times.h"
#include "core/bench/repetition.h"

namespace triptych {

struct DecodeBench {
    std::string precision;
    std::int64_t threads = 0;
    std::int64_t prompt_tokens = 0;
    std::int64_t new_tokens = 0; ///< of each text
    /// Fresh weights soon write in circles: the fewer tokens differ, the more of the experts stay in the caches.
    std::int64_t different_tokens = 0;
    std::int64_t texts = 0;  ///< timed, without an observer
    Spread token_seconds;    ///< of one new token, the mean of a text
    OpProfile profile;       ///< of one new token, the mean of the observed text that took the median time
    double weight_bytes = 0; ///< that a token reads: those of the active parameters
    Spread read_bandwidth;   ///< bytes per second, measured between these texts

    double tokens_per_second() const { return 1 / token_seconds.median; }
    /// Tokens per second if reading the weights were all there is.
    double limit() const { return read_bandwidth.median / weight_bytes; }
    double share_of_limit() const { return tokens_per_second() / limit(); }
};

/// Fresh weights continue a prompt of 32 tokens greedily by 128, or half of the model's positions by the other half
/// where these are fewer. Texts alone, slices of the bandwidth and texts with an observer take turns. Errors: no such
/// model, not enough memory, a precision that generation does not have.
Result<DecodeBench> bench_decoding(const BenchRequest& request, const BenchProgress& progress = nullptr);

/// Bytes of the weights that one token of the main model goes through. Of the input embedding it reads a single row,
/// which is not counted; a head that shares the table reads all of it.
double active_weight_bytes(const ModelConfig& config, DType dtype);

} // namespace triptych
