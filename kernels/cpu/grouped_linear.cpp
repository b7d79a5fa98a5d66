// The matrix products of the routed experts on the CPU: many small products, each on one thread, handed out largest
// first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <string>

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::Transpose;

/// A large expert is cut into blocks, so that one expert with most of the rows still keeps every thread busy. The cut
/// depends on shapes alone, so the result does not depend on the number of threads.
constexpr std::int64_t kBlock = 256;

/// One product: rows [first, first + rows) of expert e. A weight gradient takes all rows and a block of outputs
/// instead.
struct Task {
    std::int64_t expert = 0;
    std::int64_t first = 0;
    std::int64_t rows = 0;
    std::int64_t first_output = 0;
    std::int64_t outputs = 0;
};

/// Throws unless offsets rise from 0 to m.
void require_offsets(const char* op, ConstView<1> offsets, std::int64_t m)
{
    const auto* o = offsets.as<std::int32_t>();
    const std::int64_t experts = offsets.size(0) - 1;
    require(o[0] == 0, op, "offsets do not start at 0");
    for (std::int64_t e = 0; e < experts; ++e) {
        if (o[e + 1] < o[e]) refuse(op, "offsets fall at expert " + std::to_string(e));
    }
    if (o[experts] != m)
        refuse(op, "offsets end at " + std::to_string(o[experts]) + ", expected " + std::to_string(m) +
                       ", the number of rows");
}

/// What a large product is cut along.
enum class Cut : std::uint8_t { Rows = 1, Outputs };

/// Runs `product` for every task, largest first.
template <class Product>
void for_each_task(Stream& stream, ConstView<1> offsets, std::int64_t m, std::int64_t outputs, Cut cut,
                   Product&& product)
{
    const auto* o = offsets.as<std::int32_t>();
    const std::int64_t experts = offsets.size(0) - 1;
    const std::int64_t blocks_of_outputs = (outputs + kBlock - 1) / kBlock;
    const std::int64_t most = cut == Cut::Outputs ? experts * blocks_of_outputs : experts + m / kBlock;
    auto* tasks = static_cast<Task*>(stream.scratch(static_cast<std::size_t>(most) * sizeof(Task)));
    std::int64_t count = 0;
    for (std::int64_t e = 0; e < experts; ++e) {
        const std::int64_t first = o[e];
        const std::int64_t rows = o[e + 1] - first;
        if (rows == 0) continue;
        if (cut == Cut::Outputs) {
            for (std::int64_t at = 0; at < outputs; at += kBlock)
                tasks[count++] = {e, first, rows, at, std::min(kBlock, outputs - at)};
        } else {
            for (std::int64_t at = 0; at < rows; at += kBlock)
                tasks[count++] = {e, first + at, std::min(kBlock, rows - at), 0, outputs};
        }
    }
    std::sort(tasks, tasks + count, [](const Task& a, const Task& b) {
        const std::int64_t work_a = a.rows * a.outputs;
        const std::int64_t work_b = b.rows * b.outputs;
        if (work_a != work_b) return work_a > work_b;
        return a.first != b.first ? a.first < b.first : a.first_output < b.first_output;
    });
    cpu::parallel_for_dynamic(stream, count, [&](std::int64_t i) { product(tasks[i]); });
}

template <class T>
void forward(Stream& stream, const GroupedLinearForward& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    for_each_task(stream, op.offsets, op.x.size(0), outputs, Cut::Rows,
                  [&, outputs = outputs, inputs = inputs](const Task& task) {
                      cpu::gemm_on_this_thread(Gemm<T>{.transpose_b = Transpose::Yes,
                                                       .m = task.rows,
                                                       .n = outputs,
                                                       .k = inputs,
                                                       .a = op.x.as<T>() + task.first * inputs,
                                                       .lda = inputs,
                                                       .b = op.weight.as<T>() + task.expert * outputs * inputs,
                                                       .ldb = inputs,
                                                       .c = op.y.as<T>() + task.first * outputs,
                                                       .ldc = outputs});
                  });
}

template <class T>
void backward_input(Stream& stream, const GroupedLinearBackwardInput& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    for_each_task(stream, op.offsets, op.dy.size(0), inputs, Cut::Rows,
                  [&, outputs = outputs, inputs = inputs](const Task& task) {
                      cpu::gemm_on_this_thread(Gemm<T>{.m = task.rows,
                                                       .n = inputs,
                                                       .k = outputs,
                                                       .a = op.dy.as<T>() + task.first * outputs,
                                                       .lda = outputs,
                                                       .b = op.weight.as<T>() + task.expert * outputs * inputs,
                                                       .ldb = inputs,
                                                       .c = op.dx.as<T>() + task.first * inputs,
                                                       .ldc = inputs});
                  });
}

template <class T>
void backward_weight(Stream& stream, const GroupedLinearBackwardWeight& op)
{
    const auto [experts, outputs, inputs] = op.dweight.shape();
    for_each_task(stream, op.offsets, op.x.size(0), outputs, Cut::Outputs,
                  [&, outputs = outputs, inputs = inputs](const Task& task) {
                      T* dweight = op.dweight.as<T>() + (task.expert * outputs + task.first_output) * inputs;
                      cpu::gemm_on_this_thread(Gemm<T>{.transpose_a = Transpose::Yes,
                                                       .m = task.outputs,
                                                       .n = inputs,
                                                       .k = task.rows,
                                                       .a = op.dy.as<T>() + task.first * outputs + task.first_output,
                                                       .lda = outputs,
                                                       .b = op.x.as<T>() + task.first * inputs,
                                                       .ldb = inputs,
                                                       .beta = T{1},
                                                       .c = dweight,
                                                       .ldc = inputs});
                  });
}

} // namespace

void launch(Cpu, Stream& stream, const GroupedLinearForward& op)
{
    require_offsets(op.name, op.offsets, op.x.size(0));
    cpu::visit_float<GroupedLinearForward>(op.x.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const GroupedLinearBackwardInput& op)
{
    require_offsets(op.name, op.offsets, op.dy.size(0));
    cpu::visit_float<GroupedLinearBackwardInput>(op.dy.dtype(),
                                                 [&](auto zero) { backward_input<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const GroupedLinearBackwardWeight& op)
{
    require_offsets(op.name, op.offsets, op.x.size(0));
    cpu::visit_float<GroupedLinearBackwardWeight>(op.x.dtype(),
                                                  [&](auto zero) { backward_weight<decltype(zero)>(stream, op); });
}

} // namespace triptych
