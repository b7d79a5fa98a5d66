// Checks and costs of the AdamW update.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"

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
    return 7.0 * static_cast<double>(weight.bytes());
}

} // namespace triptych
