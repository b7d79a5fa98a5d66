// Checks and costs of the AdamW update.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"

#include "kernels/ops/pack_weights.h"

#include <cstdio>

namespace triptych {

namespace {

/// Written so that NaN fails too.
void require_range(bool inside, const char* name, const char* field, double found, const char* expected)
{
    if (inside) return;
    char number[32];
    std::snprintf(number, sizeof number, "%g", found);
    refuse(name, std::string(field) + " is " + number + ", expected " + expected);
}

} // namespace

void AdamWUpdate::check() const
{
    const auto shape = weight.shape();
    require_dense(name, "weight", weight, weight.dtype(), shape);
    require_dense(name, "gradient", gradient, weight.dtype(), shape);
    require_dense(name, "first_moment", first_moment, weight.dtype(), shape);
    require_dense(name, "second_moment", second_moment, weight.dtype(), shape);
    if (packed_forward || packed_backward) {
        const auto [e, o, i] = matrices;
        require(weight.dtype() == DType::F32, name, "packed_forward is given, but weight is not F32");
        require(operands == DType::F32 || operands == DType::BF16, name, "operands are neither F32 nor BF16");
        if (e < 0 || o < 0 || i < 0 || e * o * i != weight.size(0))
            refuse(name, "matrices are [" + std::to_string(e) + ", " + std::to_string(o) + ", " + std::to_string(i) +
                             "], expected " + std::to_string(weight.size(0)) + " values, those of weight");
        require_dense(name, "packed_forward", packed_forward, DType::U8, {e * packed_bytes_forward(o, i, operands)});
        require_dense(name, "packed_backward", packed_backward, DType::U8, {e * packed_bytes_backward(o, i, operands)});
    }
    require_range(beta1 >= 0 && beta1 < 1, name, "beta1", beta1, "0 or more and below 1");
    require_range(beta2 >= 0 && beta2 < 1, name, "beta2", beta2, "0 or more and below 1");
    require_range(eps > 0, name, "eps", eps, "more than 0");
    require_range(learning_rate >= 0, name, "learning_rate", learning_rate, "0 or more");
    require_range(weight_decay >= 0, name, "weight_decay", weight_decay, "0 or more");
    require_range(step >= 1, name, "step", static_cast<double>(step), "1 or more: it counts from 1");
}

/// g 1, m 3, v 4, both corrections 2, sqrt, eps and quotient 3, decay 2, step 2.
double AdamWUpdate::flops() const
{
    return 17.0 * static_cast<double>(weight.count());
}

/// Weight and both moments are read and written, the gradient is read.
double AdamWUpdate::bytes() const
{
    return 7.0 * static_cast<double>(weight.bytes()) +
           static_cast<double>(packed_forward.bytes() + packed_backward.bytes());
}

} // namespace triptych
