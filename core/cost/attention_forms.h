// What MLA's two forms of attention cost while text is generated, by the model's shape alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/pass.h"

#include <cstdint>
#include <optional>

namespace triptych {

/// Of one token over all main layers. The projections before and after, which both forms share, are not in it.
struct FormCost {
    double flops = 0; ///< a multiply and an add count as two
    double bytes = 0; ///< weights and cache that are read, and what is written to be read again
};

/// One new token against a cache of `context` positions, itself among them. With heads H, latent c, rope r, key n
/// without it, and value v, a layer takes:
///   absorbed      2 H c (n + v) + 2 H S (2 c + r) FLOPs; reads W_UK and W_UV, H c (n + v) numbers, and S (c + r)
///   materialized  2 H c (n + v) S + 2 H S (n + r + v) FLOPs; the same, and writes and reads S H (n + v) more
FormCost form_cost(const ModelConfig& config, AttentionForm form, std::int64_t context,
                   std::int64_t bytes_per_value = 2);

/// From how many positions on one new token takes fewer FLOPs in the absorbed form; nothing: never.
std::optional<std::int64_t> absorbed_from_context(const ModelConfig& config);

/// From how many new tokens at once, against a long context, expanding it once for all of them takes fewer FLOPs than
/// the absorbed form: c (n + v) / (2 c - n - v), rounded up; nothing: never.
std::optional<std::int64_t> materialized_from_tokens(const ModelConfig& config);

} // namespace triptych
