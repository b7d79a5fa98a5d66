// What RMSNorm accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"

namespace triptych {

void RmsNormForward::check() const
{
    const auto [n, c] = x.shape();
    require_shape(name, "x", x, x.dtype(), x.shape());
    const DType wide = wide_of(x.dtype());
    require_dense(name, "gain", gain, wide, {c});
    const bool rounds = x.dtype() == DType::F32 && y.dtype() == DType::BF16;
    require_shape(name, "y", y, rounds ? DType::BF16 : x.dtype(), {n, c});
    require_dense(name, "rstd", rstd, wide, {n});
    require(c > 0, name, "x has no columns, so its mean square is undefined");
    require(eps >= 0, name, "eps is negative");
}
double RmsNormForward::flops() const
{
    return 4.0 * static_cast<double>(x.count());
}
double RmsNormForward::bytes() const
{
    return static_cast<double>(x.bytes() + gain.bytes() + y.bytes() + rstd.bytes());
}

void RmsNormBackward::check() const
{
    const auto [n, c] = x.shape();
    require_shape(name, "x", x, x.dtype(), x.shape());
    const DType wide = wide_of(x.dtype());
    require_dense(name, "gain", gain, wide, {c});
    require_dense(name, "rstd", rstd, wide, {n});
    const DType gradient = dy.dtype() == wide ? wide : x.dtype();
    require_shape(name, "dy", dy, gradient, {n, c});
    require_shape(name, "dx", dx, gradient, {n, c});
    require_dense(name, "dgain", dgain, wide, {c});
    require(c > 0, name, "x has no columns, so its mean square is undefined");
    if (addend) require_shape(name, "addend", addend, gradient, {n, c});
    if (!rounded) return;
    require(gradient == DType::F32, name, "rounded is given, but dx is not F32");
    require_dense(name, "rounded", rounded, DType::BF16, {n, c});
}
double RmsNormBackward::flops() const
{
    return (addend ? 12.0 : 11.0) * static_cast<double>(x.count());
}
double RmsNormBackward::bytes() const
{
    return static_cast<double>(x.bytes() + gain.bytes() + rstd.bytes() + dy.bytes() + addend.bytes() + dx.bytes() +
                               rounded.bytes() + 2 * dgain.bytes());
}

} // namespace triptych
