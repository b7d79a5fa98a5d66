// AdamW over all trained rows, with the global gradient norm clipped first (DeepSeek-V3 report section 4.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/param_store.h"
#include "kernels/base/stream.h"

#include <cstdint>

namespace triptych {

struct AdamWSettings {
    double learning_rate = 0;
    double beta1 = 0.9;
    double beta2 = 0.95;
    double eps = 1e-8;
    double weight_decay = 0.1;
    double gradient_clip = 1.0; ///< largest global norm; 0: no clipping
};

/// Who knows the squares of experts' gradients: nobody, or the last pass left them in ParamStore::gradient_squares().
enum class ExpertSquares : std::uint8_t { Unknown = 1, LeftByPass };

/// Rows declared Decay::No (norm gains) are not decayed; buffers are not touched. Weights are left as they are when the gradient
/// norm is not finite, so that one bad batch does not destroy a run.
class Optimizer {
public:
    /// step: from 1, for the bias correction. Returns the global norm of the gradients before clipping.
    double update(Stream& stream, const ParamStore& params, const AdamWSettings& settings, std::int64_t step,
                  ExpertSquares squares = ExpertSquares::Unknown);
};

} // namespace triptych
