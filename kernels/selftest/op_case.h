// One valid call of every op, at any size: what the selftest, tests and benchmarks that go over all ops walk through.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/selftest/arena.h"

#include <functional>
#include <memory>
#include <vector>

namespace triptych::selftest {

/// How large a call is. What an op counts by `tokens` (rows, sequences, heads, values) is said beside its case, and so
/// is what `width` makes wider (columns, experts, lengths of sequences).
struct CaseSize {
    std::int64_t tokens = 6;
    std::int64_t width = 1;
    DType grid = DType::F32; ///< all values are numbers of this type, F32 or BF16
};

/// Whether an op also takes BF16.
enum class Bfloat16 : std::uint8_t { No = 1, Yes };

/// A call that can be made again and again, to be timed. Owns its tensors.
struct RepeatableCall {
    OpCost cost;
    std::function<void()> run; ///< on the stream it was prepared for, which must outlive it
};

struct OpCase {
    const char* name;
    Backends backends;
    Bfloat16 bfloat16;
    /// What the op declares for this size and element type.
    std::function<OpCost(DType, CaseSize)> cost;
    /// Runs the op on the stream's device and returns what it wrote. Throws what ops throw.
    std::function<std::vector<Output>(Stream&, DType, CaseSize)> run;
    /// Makes the tensors, and nothing else until the call is made. What an op adds to or changes in place goes on from
    /// call to call, so only the first call computes what `run` returns.
    std::function<RepeatableCall(Stream&, DType, CaseSize)> prepare;
};

/// A case for each op of kernels/ops, in no order that matters. A new op gets one here.
const std::vector<OpCase>& op_cases();

/// `make` builds the op for a size with tensors of an arena.
template <class Make>
OpCase make_case(Make make, Bfloat16 bfloat16 = Bfloat16::No)
{
    using Op = decltype(make(std::declval<Arena&>(), CaseSize{}));
    return {Op::name,
            Op::backends,
            bfloat16,
            [make](DType dtype, CaseSize size) {
                Arena arena(Device{}, dtype, Op::name, size.grid);
                const Op op = make(arena, size);
                op.check();
                return OpCost{Op::name, op.flops(), op.bytes()};
            },
            [make](Stream& stream, DType dtype, CaseSize size) {
                Arena arena(stream.device(), dtype, Op::name, size.grid);
                const Op op = make(arena, size);
                triptych::run(stream, op);
                return arena.outputs(stream);
            },
            [make](Stream& stream, DType dtype, CaseSize size) {
                const auto arena = std::make_shared<Arena>(stream.device(), dtype, Op::name, size.grid);
                const Op op = make(*arena, size);
                op.check();
                return RepeatableCall{OpCost{Op::name, op.flops(), op.bytes()},
                                      [arena, op, &stream] { triptych::run(stream, op); }};
            }};
}

// The parts of op_cases(), a source each.
void add_product_cases(std::vector<OpCase>& cases);
void add_attention_cases(std::vector<OpCase>& cases);
void add_routing_cases(std::vector<OpCase>& cases);
void add_row_cases(std::vector<OpCase>& cases);

} // namespace triptych::selftest
