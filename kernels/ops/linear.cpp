// What the matrix products of the projections accept and what they cost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/linear.h"

namespace triptych {
namespace {

double product_flops(std::int64_t n, std::int64_t i, std::int64_t o)
{
    return 2.0 * static_cast<double>(n) * static_cast<double>(i) * static_cast<double>(o);
}

/// What is added to is also read.
std::size_t written(std::size_t bytes, WriteMode mode)
{
    return mode == WriteMode::Accumulate ? 2 * bytes : bytes;
}

} // namespace

void LinearForward::check() const
{
    const auto [n, i] = x.shape();
    const std::int64_t o = weight.size(0);
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "weight", weight, x.dtype(), {o, i});
    require_shape(name, "y", y, x.dtype(), {n, o});
}
double LinearForward::flops() const
{
    return product_flops(x.size(0), x.size(1), weight.size(0));
}
double LinearForward::bytes() const
{
    return static_cast<double>(x.bytes() + weight.bytes() + written(y.bytes(), mode));
}

void LinearBackwardInput::check() const
{
    const auto [n, o] = dy.shape();
    const std::int64_t i = weight.size(1);
    require_shape(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "weight", weight, dy.dtype(), {o, i});
    require_shape(name, "dx", dx, dy.dtype(), {n, i});
}
double LinearBackwardInput::flops() const
{
    return product_flops(dy.size(0), weight.size(1), weight.size(0));
}
double LinearBackwardInput::bytes() const
{
    return static_cast<double>(dy.bytes() + weight.bytes() + written(dx.bytes(), mode));
}

void LinearBackwardWeight::check() const
{
    const auto [n, i] = x.shape();
    const std::int64_t o = dy.size(1);
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_shape(name, "dy", dy, x.dtype(), {n, o});
    require_dense(name, "dweight", dweight, x.dtype(), {o, i});
}
double LinearBackwardWeight::flops() const
{
    return product_flops(x.size(0), x.size(1), dy.size(1));
}
double LinearBackwardWeight::bytes() const
{
    return static_cast<double>(x.bytes() + dy.bytes() + 2 * dweight.bytes());
}

} // namespace triptych
