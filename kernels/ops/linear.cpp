// What the matrix products of the projections accept and what they cost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/linear.h"

#include "kernels/ops/product_checks.h"

namespace triptych {
namespace {

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
    require_dense(name, "weight", weight, forward_weight_type(x.dtype(), weight.dtype()), {o, i});
    require_shape(name, "y", y, result_type(x.dtype(), y.dtype()), {n, o});
    require_packed(name, packed, x.dtype(), weight.dtype(), packed_bytes_forward(o, i, x.dtype()));
    require_accumulates(name, "y", y, mode);
    if (!addend) return;
    require_shape(name, "addend", addend, wide_of(x.dtype()), {n, o});
    require(mode == WriteMode::Overwrite, name, "addend is given together with Accumulate");
}
double LinearForward::flops() const
{
    return product_flops(x.size(0), x.size(1), weight.size(0));
}
double LinearForward::bytes() const
{
    return static_cast<double>(x.bytes() + read_bytes(weight, packed) + written(y.bytes(), mode) + addend.bytes());
}

void LinearBackwardInput::check() const
{
    const auto [n, o] = dy.shape();
    const std::int64_t i = weight.size(1);
    require_shape(name, "dy", dy, dy.dtype(), dy.shape());
    require_dense(name, "weight", weight, weight_type(dy.dtype(), weight.dtype()), {o, i});
    require_shape(name, "dx", dx, result_type(dy.dtype(), dx.dtype()), {n, i});
    require_packed(name, packed, dy.dtype(), weight.dtype(), packed_bytes_backward(o, i, dy.dtype()));
    require_accumulates(name, "dx", dx, mode);
}
double LinearBackwardInput::flops() const
{
    return product_flops(dy.size(0), weight.size(1), weight.size(0));
}
double LinearBackwardInput::bytes() const
{
    return static_cast<double>(dy.bytes() + read_bytes(weight, packed) + written(dx.bytes(), mode));
}

void LinearBackwardWeight::check() const
{
    const auto [n, i] = x.shape();
    const std::int64_t o = dy.size(1);
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_shape(name, "dy", dy, result_type(x.dtype(), dy.dtype()), {n, o});
    require_dense(name, "dweight", dweight, wide_of(x.dtype()), {o, i});
}
double LinearBackwardWeight::flops() const
{
    return product_flops(x.size(0), x.size(1), dy.size(1));
}
double LinearBackwardWeight::bytes() const
{
    return static_cast<double>(x.bytes() + dy.bytes() + written(dweight.bytes(), mode));
}

} // namespace triptych
