// One small valid call of every op, at any size: what tests and benchmarks that go over all ops walk through.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"
#include "kernels/base/view.h"

#include <functional>
#include <iosfwd>
#include <memory>
#include <vector>

namespace triptych::test {

/// How the flops of an op follow its size.
enum class FlopsGrowth : std::uint8_t {
    None = 1, ///< it moves data only
    Affine,   ///< a constant part and one that is proportional to the size
    Linear,   ///< proportional to the size
};

struct OpCase {
    const char* name;
    FlopsGrowth growth;
    /// What the op declares for `size` tokens (heads or values where an op has no tokens) of this element type.
    std::function<OpCost(DType, std::int64_t size)> cost;
    /// Runs the op on zeros and valid indices, on the CPU.
    std::function<void(Stream&, DType, std::int64_t size)> run;
};
/// "router_forward": the end of a test's name.
void PrintTo(const OpCase& op_case, std::ostream* out);

const std::vector<OpCase>& op_cases();

} // namespace triptych::test
