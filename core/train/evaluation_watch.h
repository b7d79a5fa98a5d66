// Who looks on while a model is evaluated: what it would say at each token, at no pass more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/token_batch.h"
#include "kernels/base/view.h"

#include <cstdint>

namespace triptych {

/// Told of one batch after another: begin, then depth by depth (0: the main model) tiles of rows in order, first the
/// logits of a tile, then its losses; end. Views are valid during the call.
class EvaluationWatch {
public:
    virtual ~EvaluationWatch() = default;
    virtual void begin(const TokenBatch& batch) = 0;
    /// logits [rows, V] of rows [first, first + rows), row b * T + t.
    virtual void take_logits(std::int64_t depth, std::int64_t first, ConstView<2> logits) = 0;
    /// losses [rows] in nats, 0 where the row has no target.
    virtual void take_losses(std::int64_t depth, std::int64_t first, ConstView<1> losses) = 0;
    virtual void end() = 0;
};

} // namespace triptych
