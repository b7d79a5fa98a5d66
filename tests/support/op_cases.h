// The cases of the selftest with what their tests expect of them: how the flops of each op follow its size.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/selftest/op_case.h"

#include <iosfwd>
#include <vector>

namespace triptych::test {

enum class FlopsGrowth : std::uint8_t {
    None = 1, ///< it moves data only
    Affine,   ///< a constant part and one that is proportional to the size
    Linear,   ///< proportional to the size
};

struct OpCase {
    const char* name;
    FlopsGrowth growth;
    const selftest::OpCase* call;
    /// What the op declares for `size` tokens (heads or values where an op has no tokens) of this element type.
    OpCost cost(DType dtype, std::int64_t size) const { return call->cost(dtype, {.tokens = size}); }
    /// Runs the op once on random values.
    void run(Stream& stream, DType dtype, std::int64_t size) const { call->run(stream, dtype, {.tokens = size}); }
};
/// "router_forward": the end of a test's name.
void PrintTo(const OpCase& op_case, std::ostream* out);

const std::vector<OpCase>& op_cases();

} // namespace triptych::test
