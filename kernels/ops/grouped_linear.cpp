// What the matrix products of the routed experts accept and what they cost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"

namespace triptych {
namespace {

double product_flops(std::int64_t m, std::int64_t i, std::int64_t o)
{
    return 2.0 * static_cast<double>(m) * static_cast<double>(i) * static_cast<double>(o);
}

} // namespace

void GroupedLinearForward::check() const
{
    const auto [m, i] = x.shape();
    const auto [e, o, weight_i] = weight.shape();
    require_dense(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "weight", weight, x.dtype(), {e, o, i});
    require_dense(name, "y", y, x.dtype(), {m, o});
}
double GroupedLinearForward::flops() const
{
    return product_flops(x.size(0), x.size(1), weight.size(1));
}
double GroupedLinearForward::bytes() const
{
    return static_cast<double>(x.bytes() + offsets.bytes() + weight.bytes() + y.bytes());
}

void GroupedLinearBackwardInput::check() const
{
    const auto [m, o] = dy.shape();
    const auto [e, weight_o, i] = weight.shape();
    require_dense(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "weight", weight, dy.dtype(), {e, o, i});
    require_dense(name, "dx", dx, dy.dtype(), {m, i});
}
double GroupedLinearBackwardInput::flops() const
{
    return product_flops(dy.size(0), weight.size(2), dy.size(1));
}
double GroupedLinearBackwardInput::bytes() const
{
    return static_cast<double>(dy.bytes() + offsets.bytes() + weight.bytes() + dx.bytes());
}

void GroupedLinearBackwardWeight::check() const
{
    const auto [m, i] = x.shape();
    const std::int64_t e = dweight.size(0);
    const std::int64_t o = dy.size(1);
    require_dense(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "dy", dy, x.dtype(), {m, o});
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "dweight", dweight, x.dtype(), {e, o, i});
}
double GroupedLinearBackwardWeight::flops() const
{
    return product_flops(x.size(0), x.size(1), dy.size(1));
}
double GroupedLinearBackwardWeight::bytes() const
{
    return static_cast<double>(x.bytes() + dy.bytes() + offsets.bytes() + 2 * dweight.bytes());
}

} // namespace triptych
