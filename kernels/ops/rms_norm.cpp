// What RMSNorm accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"

namespace triptych {

void RmsNormForward::check() const
{
    const auto [n, c] = x.shape();
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "gain", gain, x.dtype(), {c});
    require_shape(name, "y", y, x.dtype(), {n, c});
    require_dense(name, "rstd", rstd, x.dtype(), {n});
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
    require_dense(name, "gain", gain, x.dtype(), {c});
    require_dense(name, "rstd", rstd, x.dtype(), {n});
    require_shape(name, "dy", dy, x.dtype(), {n, c});
    require_shape(name, "dx", dx, x.dtype(), {n, c});
    require_dense(name, "dgain", dgain, x.dtype(), {c});
    require(c > 0, name, "x has no columns, so its mean square is undefined");
}
double RmsNormBackward::flops() const
{
    return 11.0 * static_cast<double>(x.count());
}
double RmsNormBackward::bytes() const
{
    return static_cast<double>(x.bytes() + gain.bytes() + rstd.bytes() + dy.bytes() + dx.bytes() + 2 * dgain.bytes());
}

} // namespace triptych
