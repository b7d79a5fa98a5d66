// Checks and costs of the dispatch plan, the gather and the weighted combine.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/permute.h"

#include <limits>

namespace triptych {

namespace {

/// Rows per token of a sorted batch; refuses a number of rows that is not a multiple of the tokens.
void require_multiple(const char* name, const char* field, std::int64_t rows, std::int64_t tokens)
{
    if (tokens == 0 ? rows == 0 : rows % tokens == 0) return;
    refuse(name, std::string(field) + " has " + std::to_string(rows) + " rows, expected a multiple of the " +
                     std::to_string(tokens) + " tokens");
}

double flops_of_sum(std::int64_t rows, std::int64_t columns, double per_element)
{
    return per_element * static_cast<double>(rows) * static_cast<double>(columns);
}

} // namespace

void PlanDispatch::check() const
{
    require_dense(name, "experts", experts, DType::I32, experts.shape());
    const std::int64_t slots = experts.count();
    require(slots <= std::numeric_limits<std::int32_t>::max(), name,
            "experts holds more choices than an I32 can number, expected N * K below 2^31");
    const std::int64_t n_experts = counts.size(0);
    require_dense(name, "counts", counts, DType::I32, {n_experts});
    require_dense(name, "offsets", offsets, DType::I32, {n_experts + 1});
    require_dense(name, "order", order, DType::I32, {slots});
    require_dense(name, "position", position, DType::I32, {slots});
}

/// One count and one place per choice, one running sum over the experts: integer additions.
double PlanDispatch::flops() const
{
    return 2.0 * static_cast<double>(experts.count()) + static_cast<double>(counts.count());
}

double PlanDispatch::bytes() const
{
    return static_cast<double>(experts.bytes() + counts.bytes() + offsets.bytes() + order.bytes() + position.bytes());
}

void PermuteForward::check() const
{
    require_dense(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "order", order, DType::I32, order.shape());
    require_multiple(name, "order", order.size(0), x.size(0));
    require_dense(name, "y", y, x.dtype(), {order.size(0), x.size(1)});
}

/// Moves rows, computes nothing.
double PermuteForward::flops() const
{
    return 0.0;
}

double PermuteForward::bytes() const
{
    return static_cast<double>(x.bytes() + order.bytes() + y.bytes());
}

void PermuteBackward::check() const
{
    require_dense(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "position", position, DType::I32, {dy.size(0)});
    require_dense(name, "dx", dx, wide_of(dy.dtype()), {dx.size(0), dy.size(1)});
    require_multiple(name, "dy", dy.size(0), dx.size(0));
}

/// The first of K rows is a copy unless dx is added to.
double PermuteBackward::flops() const
{
    const std::int64_t copied = mode == WriteMode::Overwrite ? dx.size(0) : 0;
    return flops_of_sum(dy.size(0) - copied, dy.size(1), 1.0);
}

double PermuteBackward::bytes() const
{
    const double written = static_cast<double>(dx.bytes()) * (mode == WriteMode::Accumulate ? 2.0 : 1.0);
    return static_cast<double>(dy.bytes() + position.bytes()) + written;
}

void CombineForward::check() const
{
    require_dense(name, "weights", weights, x.dtype(), weights.shape());
    const std::int64_t slots = weights.count();
    require_dense(name, "x", x, x.dtype(), {slots, x.size(1)});
    require_dense(name, "position", position, DType::I32, {slots});
    require_dense(name, "y", y, x.dtype(), {weights.size(0), x.size(1)});
}

double CombineForward::flops() const
{
    return flops_of_sum(x.size(0), x.size(1), 2.0);
}

double CombineForward::bytes() const
{
    const double written = static_cast<double>(y.bytes()) * (mode == WriteMode::Accumulate ? 2.0 : 1.0);
    return static_cast<double>(x.bytes() + weights.bytes() + position.bytes()) + written;
}

void CombineBackward::check() const
{
    require_dense(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "weights", weights, dy.dtype(), {dy.size(0), weights.size(1)});
    const std::int64_t slots = weights.count();
    require_dense(name, "x", x, dy.dtype(), {slots, dy.size(1)});
    require_dense(name, "position", position, DType::I32, {slots});
    require_dense(name, "dx", dx, dy.dtype(), {slots, dy.size(1)});
    require_dense(name, "dweights", dweights, dy.dtype(), weights.shape());
}

/// A product and a dot product per element.
double CombineBackward::flops() const
{
    return flops_of_sum(x.size(0), x.size(1), 3.0);
}

double CombineBackward::bytes() const
{
    return static_cast<double>(dy.bytes() + x.bytes() + weights.bytes() + position.bytes() + dx.bytes() +
                               dweights.bytes());
}

} // namespace triptych
