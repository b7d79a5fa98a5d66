// What the rotation accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rope.h"

#include <string>

namespace triptych {

void RopeRotate::check() const
{
    const auto [n, w] = x.shape();
    const auto [p, pairs, two] = cos_sin.shape();
    require_shape(name, "x", x, x.dtype(), x.shape());
    require_dense(name, "positions", positions, DType::I32, {n});
    require_dense(name, "cos_sin", cos_sin, wide_of(x.dtype()), {p, pairs, 2});
    if (heads < 1) refuse(name, "heads is " + std::to_string(heads) + ", expected at least 1");
    if (heads > 1 && head_stride < 2 * pairs)
        refuse(name, "head_stride is " + std::to_string(head_stride) + ", expected at least " +
                         std::to_string(2 * pairs) + ", so that heads do not overlap");
    const std::int64_t end = first + (heads - 1) * head_stride + 2 * pairs;
    if (first < 0 || end > w)
        refuse(name, "the rotary columns reach from first = " + std::to_string(first) + " to " + std::to_string(end) +
                         ", expected within the " + std::to_string(w) + " columns of x");
}

double RopeRotate::flops() const
{
    return 6.0 * static_cast<double>(x.size(0)) * static_cast<double>(heads) * static_cast<double>(cos_sin.size(1));
}

double RopeRotate::bytes() const
{
    const double rotated = static_cast<double>(x.size(0)) * static_cast<double>(heads) * 2.0 *
                           static_cast<double>(cos_sin.size(1)) * static_cast<double>(size_of(x.dtype()));
    return 2.0 * rotated + static_cast<double>(positions.bytes() + cos_sin.bytes());
}

} // namespace triptych
