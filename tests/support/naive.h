// Matrix products written down plainly, as the tests' formula.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/op_test.h"

namespace triptych::test {

/// y[n,o] = sum_i x[n,i] * weight[o,i]
inline Values times_transposed(const Values& x, const Values& weight, std::int64_t n, std::int64_t i, std::int64_t o)
{
    Values y;
    for (std::int64_t row = 0; row < n; ++row) {
        for (std::int64_t out = 0; out < o; ++out) {
            double sum = 0;
            for (std::int64_t in = 0; in < i; ++in)
                sum += x[static_cast<std::size_t>(row * i + in)] * weight[static_cast<std::size_t>(out * i + in)];
            y.push_back(sum);
        }
    }
    return y;
}

} // namespace triptych::test
