// One valid call of every op, at any size: what the selftest, tests and benchmarks that go over all ops walk through.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/selftest/arena.h"

#include <functional>
#include <vector>

namespace triptych::selftest {

/// How large a call is. What an op counts by `tokens` (rows, sequences, heads, values) is said beside its case, and so
/// is what `width` makes wider (columns, experts, lengths of sequences).
struct CaseSize {
    std::int64_t tokens = 6;
    std::int64_t width = 1;
};

struct OpCase {
    const char* name;
    Backends backends;
    /// What the op declares for this size and element type.
    std::function<OpCost(DType, CaseSize)> cost;
    /// Runs the op on the stream's device and returns what it wrote. Throws what ops throw.
    std::function<std::vector<Output>(Stream&, DType, CaseSize)> run;
};

/// A case for each op of kernels/ops, in no order that matters. A new op gets one here.
const std::vector<OpCase>& op_cases();

/// `make` builds the op for a size with tensors of an arena.
template <class Make>
OpCase make_case(Make make)
{
    using Op = decltype(make(std::declval<Arena&>(), CaseSize{}));
    return {Op::name, Op::backends,
            [make](DType dtype, CaseSize size) {
                Arena arena(Device{}, dtype, Op::name);
                const Op op = make(arena, size);
                op.check();
                return OpCost{Op::name, op.flops(), op.bytes()};
            },
            [make](Stream& stream, DType dtype, CaseSize size) {
                Arena arena(stream.device(), dtype, Op::name);
                const Op op = make(arena, size);
                triptych::run(stream, op);
                return arena.outputs(stream);
            }};
}

// The parts of op_cases(), a source each.
void add_product_cases(std::vector<OpCase>& cases);
void add_attention_cases(std::vector<OpCase>& cases);
void add_routing_cases(std::vector<OpCase>& cases);
void add_row_cases(std::vector<OpCase>& cases);

} // namespace triptych::selftest
