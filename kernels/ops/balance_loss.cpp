// Checks and costs of the sequence-wise balance loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/balance_loss.h"

#include <cmath>

namespace triptych {

namespace {

void require_sequences(const char* name, std::int64_t rows, std::int64_t batch)
{
    if (batch < 1 || rows % batch != 0)
        refuse(name, "batch is " + std::to_string(batch) + ", expected a divisor of the " + std::to_string(rows) +
                         " rows of scores");
}

} // namespace

void BalanceLossForward::check() const
{
    require_dense(name, "scores", scores, scores.dtype(), scores.shape());
    require_sequences(name, scores.size(0), batch);
    const std::int64_t n_experts = scores.size(1);
    if (top_k < 1 || top_k > n_experts)
        refuse(name, "top_k is " + std::to_string(top_k) + ", expected 1 to " + std::to_string(n_experts));
    require(std::isfinite(alpha), name, "alpha is not finite, expected a number such as 0.0001");
    require_dense(name, "load", load, scores.dtype(), {batch, n_experts});
    require_dense(name, "loss", loss, scores.dtype(), {batch});
}

/// Each score is summed, divided and averaged; comparisons count nothing.
double BalanceLossForward::flops() const
{
    return 3.0 * static_cast<double>(scores.count()) + 3.0 * static_cast<double>(load.count());
}

double BalanceLossForward::bytes() const
{
    return static_cast<double>(scores.bytes() + load.bytes() + loss.bytes());
}

void BalanceLossBackward::check() const
{
    require_dense(name, "scores", scores, scores.dtype(), scores.shape());
    require_sequences(name, scores.size(0), batch);
    require(std::isfinite(alpha), name, "alpha is not finite, expected a number such as 0.0001");
    require_dense(name, "load", load, scores.dtype(), {batch, scores.size(1)});
    require_dense(name, "dscores", dscores, scores.dtype(), scores.shape());
}

/// Two sums over the row (1 and 2), then subtract and scale.
double BalanceLossBackward::flops() const
{
    return 5.0 * static_cast<double>(scores.count());
}

double BalanceLossBackward::bytes() const
{
    return static_cast<double>(scores.bytes() + load.bytes() + dscores.bytes());
}

} // namespace triptych
