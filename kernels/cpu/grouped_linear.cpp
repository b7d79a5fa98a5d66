// The matrix products of the routed experts on the CPU: many small products, each on one thread, handed out largest
// first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/gemv.h"
#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/swiglu.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <type_traits>

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::Transpose;

/// A large expert is cut into blocks, so that one expert with most of the rows still keeps every thread busy. The cut
/// depends on shapes alone, so the result does not depend on the number of threads.
constexpr std::int64_t kBlock = 252;
/// Outputs of a weight gradient that one task takes.
constexpr std::int64_t kOutputBlock = 256;

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
/// What happens to an expert without rows.
enum class Empty : std::uint8_t { Skip = 1, Visit };

/// Runs product(task, next, memory) for every task, largest first; `next` is likely to be the thread's next one.
/// `memory`, which is returned too, is `bytes` of the stream's scratch for all of them together.
template <class Product>
void* for_each_task(Stream& stream, ConstView<1> offsets, std::int64_t m, std::int64_t outputs, Cut cut, Empty empty,
                    std::size_t bytes, Product&& product)
{
    const auto* o = offsets.as<std::int32_t>();
    const std::int64_t experts = offsets.size(0) - 1;
    const std::int64_t blocks_of_outputs = (outputs + kOutputBlock - 1) / kOutputBlock;
    const std::int64_t most = cut == Cut::Outputs ? experts * blocks_of_outputs : experts + m / kBlock;
    auto* tasks = static_cast<Task*>(stream.scratch(static_cast<std::size_t>(most) * sizeof(Task) + bytes));
    void* memory = tasks + most;
    std::int64_t count = 0;
    for (std::int64_t e = 0; e < experts; ++e) {
        const std::int64_t first = o[e];
        const std::int64_t rows = o[e + 1] - first;
        if (cut == Cut::Outputs) {
            if (rows == 0 && empty == Empty::Skip) continue;
            for (std::int64_t at = 0; at < outputs; at += kOutputBlock)
                tasks[count++] = {e, first, rows, at, std::min(kOutputBlock, outputs - at)};
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
    // What this thread is likely to take next.
    const std::int64_t threads = stream.threads();
    cpu::parallel_for_dynamic(stream, count,
                              [&](std::int64_t i) { product(tasks[i], tasks[std::min(i + threads, count - 1)], memory); });
    return memory;
}

template <class Product>
void for_each_task(Stream& stream, ConstView<1> offsets, std::int64_t m, std::int64_t outputs, Cut cut, Empty empty,
                   Product&& product)
{
    for_each_task(stream, offsets, m, outputs, cut, empty, 0, [&](const Task& task, const Task& next, void*) { product(task, next); });
}

/// How rows [first, ...) of a sorted matrix are found among the tokens.
template <bool Const>
cpu::RowMap rows_of(ConstView<1> order, std::int64_t first, const BasicView<2, Const>& tokens)
{
    if (!order || order.size(0) == 0) return {};
    return {order.as<std::int32_t>() + first, static_cast<std::int32_t>(order.size(0) / tokens.size(0))};
}

/// Where row `first` of the sorted rows lies, unless an order says so.
template <class T, bool Const>
const T* first_row(const BasicView<2, Const>& view, ConstView<1> order, std::int64_t first)
{
    return view.template as<T>() + (order ? 0 : first * view.size(1));
}

void require_order(const char* op, const char* field, ConstView<1> order)
{
    if (order) cpu::require_indices(op, field, order.as<std::int32_t>(), order.size(0), order.size(0));
}

/// More would push out what is being multiplied.
constexpr std::int64_t kMostAhead = 128 << 10;

/// `columns` from `first_column` on of the rows that a task reads, if they lie together.
template <class T, bool Const>
cpu::Strip soon_of(const BasicView<2, Const>& view, ConstView<1> order, const Task& task, std::int64_t first_column,
                   std::int64_t columns)
{
    constexpr auto kBytes = static_cast<std::int64_t>(sizeof(T));
    if (order || task.rows * columns * kBytes > kMostAhead) return {};
    const T* first = view.template as<T>() + task.first * view.size(1) + first_column;
    return {reinterpret_cast<const char*>(first), view.size(1) * kBytes, columns * kBytes, task.rows};
}

/// The matrix of an expert: packed where there is a copy, and as it is for products of its own type, which need it for
/// few rows. What will be read of the next expert is asked for.
template <class T, class Product>
void set_weight(Product& product, const ConstView<3>& weight, const ConstView<1>& packed, const Task& task,
                const Task& next)
{
    const std::int64_t inputs = weight.size(2);
    product.ldb = inputs;
    if (!packed || std::is_same_v<T, float>) product.b = weight.as<T>() + task.expert * weight.size(1) * inputs;
    const auto* matrices = packed ? packed.as<std::uint8_t>() : reinterpret_cast<const std::uint8_t*>(weight.as<T>());
    const std::int64_t bytes =
        packed ? packed.size(0) / weight.size(0) : weight.size(1) * inputs * static_cast<std::int64_t>(sizeof(T));
    if (packed) product.b_packed = matrices + task.expert * bytes;
    if (next.expert != task.expert && bytes <= kMostAhead)
        product.soon[0] = {reinterpret_cast<const char*>(matrices + next.expert * bytes), bytes, bytes, 1};
}

/// What follows on the rows of a task, while they are in the cache.
template <class Then>
void go_on(const Then& then, const ConstView<2>& read, const Task& task)
{
    if (read) cpu::swiglu_rows(then, task.first, task.first + task.rows);
}

template <class T, class Out>
void forward(Stream& stream, const GroupedLinearForward& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    for_each_task(stream, op.offsets, op.y.size(0), outputs, Cut::Rows, Empty::Skip,
                  [&, outputs = outputs, inputs = inputs](const Task& task, const Task& next) {
                      Gemm<T, Out> product{.transpose_b = Transpose::Yes, .m = task.rows, .n = outputs, .k = inputs};
                      product.a = first_row<T>(op.x, op.order, task.first);
                      product.lda = inputs;
                      product.a_rows = rows_of(op.order, task.first, op.x);
                      product.soon[1] = soon_of<T>(op.x, op.order, next, 0, inputs);
                      set_weight<T>(product, op.weight, op.packed, task, next);
                      product.c = op.y.as<Out>() + task.first * outputs;
                      product.ldc = outputs;
                      cpu::gemm_on_this_thread(product);
                      go_on(op.then, op.then.gate_up, task);
                  });
}

/// x of F32 with weights of BF16: an expert's few rows as they are, many rounded for the engine.
void forward_narrow_weights(Stream& stream, const GroupedLinearForward& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    // Each task rounds the rows that it alone reads.
    const std::size_t rounded_bytes = static_cast<std::size_t>(op.y.size(0) * inputs) * sizeof(bfloat16);
    for_each_task(stream, op.offsets, op.y.size(0), outputs, Cut::Rows, Empty::Skip, rounded_bytes,
                  [&, outputs = outputs, inputs = inputs](const Task& task, const Task&, void* memory) {
                      const float* x = first_row<float>(op.x, op.order, task.first);
                      const cpu::RowMap rows = rows_of(op.order, task.first, op.x);
                      const bfloat16* weight = op.weight.as<bfloat16>() + task.expert * outputs * inputs;
                      float* y = op.y.as<float>() + task.first * outputs;
                      if (task.rows < cpu::kFewRows) {
                          cpu::gemv_columns({.m = task.rows,
                                             .n = outputs,
                                             .k = inputs,
                                             .a = x,
                                             .lda = inputs,
                                             .a_rows = rows,
                                             .b = weight,
                                             .ldb = inputs,
                                             .c = y,
                                             .ldc = outputs},
                                            0, outputs);
                          return go_on(op.then, op.then.gate_up, task);
                      }
                      bfloat16* rounded = static_cast<bfloat16*>(memory) + task.first * inputs;
                      for (std::int64_t r = 0; r < task.rows; ++r)
                          cpu::narrow(x + rows(r) * inputs, rounded + r * inputs, inputs);
                      cpu::gemm_on_this_thread(Gemm<bfloat16, float>{.transpose_b = Transpose::Yes,
                                                                     .m = task.rows,
                                                                     .n = outputs,
                                                                     .k = inputs,
                                                                     .a = rounded,
                                                                     .lda = inputs,
                                                                     .b = weight,
                                                                     .ldb = inputs,
                                                                     .c = y,
                                                                     .ldc = outputs});
                      go_on(op.then, op.then.gate_up, task);
                  });
}

template <class T, class Out>
void backward_input(Stream& stream, const GroupedLinearBackwardInput& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    for_each_task(stream, op.offsets, op.dx.size(0), inputs, Cut::Rows, Empty::Skip,
                  [&, outputs = outputs, inputs = inputs](const Task& task, const Task& next) {
                      Gemm<T, Out> product{.m = task.rows, .n = inputs, .k = outputs};
                      product.a = first_row<T>(op.dy, op.order, task.first);
                      product.lda = outputs;
                      product.a_rows = rows_of(op.order, task.first, op.dy);
                      product.soon[1] = soon_of<T>(op.dy, op.order, next, 0, outputs);
                      set_weight<T>(product, op.weight, op.packed, task, next);
                      product.c = op.dx.as<Out>() + task.first * inputs;
                      product.ldc = inputs;
                      cpu::gemm_on_this_thread(product);
                      go_on(op.then, op.then.dy, task);
                  });
}

template <class T>
void backward_weight(Stream& stream, const GroupedLinearBackwardWeight& op)
{
    using Sum = cpu::SumOf<T>;
    const auto [experts, outputs, inputs] = op.dweight.shape();
    const std::int64_t rows = op.x_order ? op.x_order.size(0) : op.x.size(0);
    const bool accumulate = op.mode == WriteMode::Accumulate;
    const std::int64_t blocks = (outputs + kOutputBlock - 1) / kOutputBlock;
    const std::int64_t partial_sums = op.squares ? experts * blocks : 0; // [E, blocks], each of one task
    void* sums = for_each_task(
        stream, op.offsets, rows, outputs, Cut::Outputs, accumulate && !op.squares ? Empty::Skip : Empty::Visit,
        static_cast<std::size_t>(partial_sums) * sizeof(double),
        [&, outputs = outputs, inputs = inputs](const Task& task, const Task& next, void* memory) {
            Gemm<T, Sum> product{.transpose_a = Transpose::Yes, .m = task.outputs, .n = inputs, .k = task.rows};
            product.a = first_row<T>(op.dy, op.dy_order, task.first) + task.first_output;
            product.lda = outputs;
            product.a_rows = rows_of(op.dy_order, task.first, op.dy);
            product.b = first_row<T>(op.x, op.x_order, task.first);
            product.ldb = inputs;
            product.b_rows = rows_of(op.x_order, task.first, op.x);
            if (next.expert != task.expert)
                product.soon = {soon_of<T>(op.dy, op.dy_order, next, next.first_output, next.outputs),
                                soon_of<T>(op.x, op.x_order, next, 0, inputs)};
            product.beta = accumulate ? 1 : 0;
            product.c = op.dweight.as<Sum>() + (task.expert * outputs + task.first_output) * inputs;
            product.ldc = inputs;
            cpu::gemm_on_this_thread(product);
            if (!op.squares) return;
            // While the block is in the cache.
            static_cast<double*>(memory)[task.expert * blocks + task.first_output / kOutputBlock] =
                cpu::sum_of_squares(product.c, task.outputs * inputs);
        });
    for (std::int64_t e = 0; op.squares && e < experts; ++e) {
        const double* first = static_cast<const double*>(sums) + e * blocks;
        op.squares.as<double>()[e] = std::accumulate(first, first + blocks, 0.0);
    }
}

template <class Op>
void require_weight(const Op& op, DType operand)
{
    require(operand == op.weight.dtype() || op.packed, Op::name,
            "weight is F32 beside operands of BF16, expected its packed copy");
}

} // namespace

void launch(Cpu, Stream& stream, const GroupedLinearForward& op)
{
    require_offsets(op.name, op.offsets, op.y.size(0));
    require_order(op.name, "order", op.order);
    cpu::require_swiglu_order(op.then);
    if (op.x.dtype() == DType::F32 && op.weight.dtype() == DType::BF16) return forward_narrow_weights(stream, op);
    require_weight(op, op.x.dtype());
    cpu::visit_product<GroupedLinearForward>(
        op.x.dtype(), op.y.dtype(), [&](auto in, auto out) { forward<decltype(in), decltype(out)>(stream, op); });
}

void launch(Cpu, Stream& stream, const GroupedLinearBackwardInput& op)
{
    require_offsets(op.name, op.offsets, op.dx.size(0));
    require_order(op.name, "order", op.order);
    cpu::require_swiglu_order(op.then);
    require_weight(op, op.dy.dtype());
    cpu::visit_product<GroupedLinearBackwardInput>(op.dy.dtype(), op.dx.dtype(), [&](auto in, auto out) {
        backward_input<decltype(in), decltype(out)>(stream, op);
    });
}

void launch(Cpu, Stream& stream, const GroupedLinearBackwardWeight& op)
{
    require_offsets(op.name, op.offsets, op.x_order ? op.x_order.size(0) : op.x.size(0));
    require_order(op.name, "x_order", op.x_order);
    require_order(op.name, "dy_order", op.dy_order);
    cpu::visit_element<GroupedLinearBackwardWeight>(op.x.dtype(),
                                                    [&](auto zero) { backward_weight<decltype(zero)>(stream, op); });
}

} // namespace triptych
