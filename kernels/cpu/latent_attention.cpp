// The absorbed form of attention on the CPU. All heads share keys and values, so (token, head) pairs are the rows of
// one product. With few rows, as in decoding, the keys are split among the threads and the parts merged in order.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/latent_attention.h"

#include "kernels/cpu/attention_tiles.h"
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/gemv.h"
#include "kernels/cpu/online_softmax.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::kKeyTile;
using cpu::kQueryTile;
using cpu::SoftmaxState;
using cpu::Transpose;

/// Enough parts to keep the threads of a machine busy; with more, merging costs more than it brings.
constexpr std::int64_t kWantedTasks = 16;

/// Multiplies and adds that are worth a thread: those of a few microseconds.
constexpr std::int64_t kGrain = std::int64_t{1} << 16;

/// Items that each thread should get, of so many multiplies and adds each.
std::int64_t grain_of(std::int64_t work)
{
    return cpu::tiles(kGrain, std::max<std::int64_t>(work, 1));
}

/// How rows and keys, at least one each, are cut. It depends on shapes alone, so the bits do not depend on the number
/// of threads.
struct Cut {
    std::int64_t rows = 0;
    std::int64_t row_tiles = 0;
    std::int64_t keys = 0;
    std::int64_t keys_per_part = 0;
    std::int64_t parts = 0;

    Cut(std::int64_t all_rows, std::int64_t all_keys)
        : rows(all_rows), row_tiles(cpu::tiles(all_rows, kQueryTile)), keys(all_keys)
    {
        const std::int64_t key_tiles = cpu::tiles(keys, kKeyTile);
        const std::int64_t wanted = std::clamp<std::int64_t>(cpu::tiles(kWantedTasks, row_tiles), 1, key_tiles);
        keys_per_part = cpu::tiles(key_tiles, wanted) * kKeyTile;
        parts = cpu::tiles(keys, keys_per_part);
    }
};

/// Keys that row (n, h) may see.
std::int64_t visible(const LatentAttention& op, std::int64_t row)
{
    return op.latent.size(0) - op.q_latent.size(0) + row / op.head.heads + 1;
}

/// scores[i, j] of rows first.. and keys key.., not scaled.
template <class T>
void scores_of_tile(const LatentAttention& op, std::int64_t first, std::int64_t rows, std::int64_t key,
                    std::int64_t width, T* scores)
{
    const std::int64_t c = op.latent.size(1);
    const std::int64_t q_width = op.head.nope_dim + op.head.rope_dim;
    Gemm<T> product{.transpose_b = Transpose::Yes,
                    .m = rows,
                    .n = width,
                    .k = c,
                    .a = op.q_latent.as<T>() + first * c,
                    .lda = c,
                    .b = op.latent.as<T>() + key * op.latent.row_stride(),
                    .ldb = op.latent.row_stride(),
                    .c = scores,
                    .ldc = width};
    cpu::gemm_on_this_thread(product);
    product.k = op.head.rope_dim;
    product.a = op.q.as<T>() + first * q_width + op.head.nope_dim;
    product.lda = q_width;
    product.b = op.k_rope.as<T>() + key * op.k_rope.row_stride();
    product.ldb = op.k_rope.row_stride();
    product.beta = 1;
    cpu::gemm_on_this_thread(product);
}

/// Rows [first, first + rows) against keys [begin, end): z [rows, C] is not yet divided by the sums in `states`.
template <class T>
void attend_part(const LatentAttention& op, std::int64_t first, std::int64_t rows, std::int64_t begin, std::int64_t end,
                 T* scores, T* z, SoftmaxState<T>* states)
{
    const std::int64_t c = op.latent.size(1);
    std::fill_n(states, rows, SoftmaxState<T>{});
    end = std::min(end, visible(op, first + rows - 1));
    if (begin >= end) std::fill_n(z, rows * c, T{0});
    for (std::int64_t key = begin; key < end; key += kKeyTile) {
        const std::int64_t width = std::min(kKeyTile, end - key);
        scores_of_tile(op, first, rows, key, width, scores);
        for (std::int64_t i = 0; i < rows; ++i) {
            const std::int64_t valid = std::min(width, visible(op, first + i) - key);
            const T shrink = cpu::softmax_block(static_cast<T>(op.scale), scores + i * width, valid, width, states[i]);
            if (key > begin && shrink != T{1}) cpu::scale(shrink, z + i * c, z + i * c, c);
        }
        cpu::gemm_on_this_thread(Gemm<T>{.m = rows,
                                         .n = c,
                                         .k = width,
                                         .a = scores,
                                         .lda = width,
                                         .b = op.latent.as<T>() + key * op.latent.row_stride(),
                                         .ldb = op.latent.row_stride(),
                                         .beta = key > begin ? T{1} : T{0},
                                         .c = z,
                                         .ldc = c});
    }
}

/// z of one row from its parts, part after part.
template <class T>
void merge_parts(const Cut& cut, std::int64_t row, std::int64_t c, const T* parts, const SoftmaxState<T>* states, T* z)
{
    T largest = states[row].largest;
    for (std::int64_t p = 1; p < cut.parts; ++p) largest = std::max(largest, states[p * cut.rows + row].largest);
    T total = 0;
    for (std::int64_t p = 0; p < cut.parts; ++p) {
        const auto& state = states[p * cut.rows + row];
        total += state.total * cpu::exp_of(state.largest - largest);
    }
    for (std::int64_t p = 0; p < cut.parts; ++p) {
        const T factor = cpu::exp_of(states[p * cut.rows + row].largest - largest) / total;
        const T* part = parts + (p * cut.rows + row) * c;
        if (p == 0)
            cpu::scale(factor, part, z, c);
        else
            cpu::axpy(factor, part, z, c);
    }
}

template <class T>
void attend(Stream& stream, const LatentAttention& op)
{
    const std::int64_t c = op.latent.size(1);
    const std::int64_t rows = op.q_latent.size(0) * op.head.heads;
    if (rows == 0) return;
    const Cut cut(rows, op.latent.size(0));
    const std::int64_t tile = kQueryTile * kKeyTile;
    const std::int64_t part_elements = cut.parts > 1 ? cut.parts * cut.rows * c : 0;
    const std::int64_t own = cpu::whole_lines(tile);
    const auto elements = static_cast<std::size_t>(stream.threads() * own + part_elements);
    const auto state_count = static_cast<std::size_t>(cut.parts * cut.rows);
    T* scratch = static_cast<T*>(stream.scratch(elements * sizeof(T) + state_count * sizeof(SoftmaxState<T>)));
    T* z = op.z.as<T>();
    T* parts = cut.parts > 1 ? scratch + stream.threads() * own : z;
    auto* states = reinterpret_cast<SoftmaxState<T>*>(scratch + elements); // two T, so aligned as T
    const std::int64_t work =
        std::min(cut.rows, kQueryTile) * std::min(cut.keys, cut.keys_per_part) * (2 * c + op.head.rope_dim);
    const auto attend_task = [&](std::int64_t task) {
        const std::int64_t part = task / cut.row_tiles;
        const std::int64_t first = task % cut.row_tiles * kQueryTile;
        const std::int64_t at = part * cut.rows + first;
        const std::int64_t begin = part * cut.keys_per_part;
        attend_part(op, first, std::min(kQueryTile, cut.rows - first), begin,
                    std::min(cut.keys, begin + cut.keys_per_part), scratch + cpu::thread_index() * own, parts + at * c,
                    states + at);
    };
    cpu::parallel_for_dynamic(stream, cut.row_tiles * cut.parts, attend_task, grain_of(work));
    cpu::parallel_for(
        stream, cut.rows, [&](std::int64_t row) { merge_parts(cut, row, c, parts, states, z + row * c); }, kQueryTile);
}

/// Calls fn(T{}, Weight{}) for the values and for kv_b.
template <class Op, class Fn>
void visit_weight(DType values, DType weight, Fn&& fn)
{
    if (values == DType::F32 && weight == DType::BF16) return fn(float{}, bfloat16{});
    cpu::visit_float<Op>(values, [&](auto zero) { fn(zero, zero); });
}

/// Where the weight is of its own type, the product that knows two.
template <class T>
void multiply(const Gemm<T>& product, const T* weight)
{
    Gemm<T> whole = product;
    whole.b = weight;
    cpu::gemm_on_this_thread(whole);
}
void multiply(const Gemm<float>& product, const bfloat16* weight)
{
    cpu::gemv_columns({.transpose_b = product.transpose_b,
                       .m = product.m,
                       .n = product.n,
                       .k = product.k,
                       .a = product.a,
                       .lda = product.lda,
                       .b = weight,
                       .ldb = product.ldb,
                       .c = product.c,
                       .ldc = product.ldc},
                      0, product.n);
}

} // namespace

void launch(Cpu, Stream& stream, const AbsorbQuery& op)
{
    visit_weight<AbsorbQuery>(op.q.dtype(), op.kv_b.dtype(), [&](auto zero, auto weight) {
        using T = decltype(zero);
        const std::int64_t c = op.kv_b.size(1);
        const std::int64_t q_width = op.head.nope_dim + op.head.rope_dim;
        const auto head = [&](std::int64_t h) {
            multiply(Gemm<T>{.m = op.q.size(0),
                             .n = c,
                             .k = op.head.nope_dim,
                             .a = op.q.as<T>() + h * q_width,
                             .lda = op.head.heads * q_width,
                             .ldb = c,
                             .c = op.q_latent.as<T>() + h * c,
                             .ldc = op.head.heads * c},
                     op.kv_b.as<decltype(weight)>() + h * (op.head.nope_dim + op.head.value_dim) * c);
        };
        cpu::parallel_for(stream, op.head.heads, head, grain_of(op.q.size(0) * op.head.nope_dim * c));
    });
}

void launch(Cpu, Stream& stream, const LatentAttention& op)
{
    cpu::visit_float<LatentAttention>(op.q_latent.dtype(), [&](auto zero) { attend<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const ProjectLatentValue& op)
{
    visit_weight<ProjectLatentValue>(op.z.dtype(), op.kv_b.dtype(), [&](auto zero, auto weight) {
        using T = decltype(zero);
        const std::int64_t c = op.kv_b.size(1);
        const std::int64_t head_rows = op.head.nope_dim + op.head.value_dim;
        const auto head = [&](std::int64_t h) {
            multiply(Gemm<T>{.transpose_b = Transpose::Yes,
                             .m = op.z.size(0),
                             .n = op.head.value_dim,
                             .k = c,
                             .a = op.z.as<T>() + h * c,
                             .lda = op.head.heads * c,
                             .ldb = c,
                             .c = op.y.as<T>() + h * op.head.value_dim,
                             .ldc = op.head.heads * op.head.value_dim},
                     op.kv_b.as<decltype(weight)>() + (h * head_rows + op.head.nope_dim) * c);
        };
        cpu::parallel_for(stream, op.head.heads, head, grain_of(op.z.size(0) * op.head.value_dim * c));
    });
}

} // namespace triptych
