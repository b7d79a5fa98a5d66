// What SwiGLU accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/swiglu.h"

namespace triptych {

namespace {

void check_weights(const char* name, ConstView<1> weights, ConstView<1> order, DType dtype, std::int64_t n)
{
    if (!weights && !order) return;
    require_dense(name, "weights", weights, wide_of(dtype), {n});
    require_dense(name, "order", order, DType::I32, {n});
}

} // namespace

void SwiGluForward::check() const
{
    const auto [n, f] = y.shape();
    require_dense(name, "y", y, y.dtype(), y.shape());
    require_dense(name, "gate_up", gate_up, y.dtype(), {n, 2 * f});
    check_weights(name, weights, order, y.dtype(), n);
}
/// Five for the sigmoid (an exponential counts as two), two for the products.
double SwiGluForward::flops() const
{
    return 7.0 * static_cast<double>(y.count());
}
double SwiGluForward::bytes() const
{
    return static_cast<double>(gate_up.bytes() + y.bytes() + weights.bytes() + order.bytes());
}

void SwiGluBackward::check() const
{
    const auto [n, f] = dy.shape();
    require_dense(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "gate_up", gate_up, dy.dtype(), {n, 2 * f});
    require_dense(name, "dgate_up", dgate_up, dy.dtype(), {n, 2 * f});
    check_weights(name, weights, order, dy.dtype(), n);
    if (weights) require_dense(name, "dweights", dweights, weights.dtype(), {n});
}
double SwiGluBackward::flops() const
{
    return 13.0 * static_cast<double>(dy.count());
}
double SwiGluBackward::bytes() const
{
    return static_cast<double>(gate_up.bytes() + dy.bytes() + dgate_up.bytes() + weights.bytes() + order.bytes() +
                               dweights.bytes());
}

} // namespace triptych
