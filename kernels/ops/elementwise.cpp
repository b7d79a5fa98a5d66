// Checks and costs of sums, copies and scaling.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/elementwise.h"

namespace triptych {

void Add::check() const
{
    require_dense(name, "a", a, a.dtype(), a.shape());
    require_dense(name, "b", b, a.dtype(), a.shape());
    require_dense(name, "y", y, a.dtype(), a.shape());
}

double Add::flops() const
{
    return static_cast<double>(y.count());
}

double Add::bytes() const
{
    return static_cast<double>(a.bytes() + b.bytes() + y.bytes());
}

void Copy::check() const
{
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_shape(name, "y", y, x.dtype(), x.shape());
}

double Copy::flops() const
{
    return mode == WriteMode::Accumulate ? static_cast<double>(y.count()) : 0.0;
}

double Copy::bytes() const
{
    return static_cast<double>(x.bytes() + y.bytes() * (mode == WriteMode::Accumulate ? 2 : 1));
}

void Scale::check() const
{
    require_shape(name, "y", y, y.dtype(), y.shape());
}

double Scale::flops() const
{
    return static_cast<double>(y.count());
}

double Scale::bytes() const
{
    return 2.0 * static_cast<double>(y.bytes());
}

} // namespace triptych
