// Causal attention on the CPU in double, the reference, forward: tiles of queries meet tiles of keys, softmax goes
// along (FlashAttention, Dao et al. 2022). Tiles above the diagonal are never visited.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/attention.h"

#include "kernels/cpu/attention_fused.h"
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/online_softmax.h"
#include "kernels/cpu/parallel.h"

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::HeadRows;
using cpu::kKeyTile;
using cpu::kQueryTile;
using cpu::SoftmaxState;
using cpu::Transpose;

/// Scratch of one thread.
struct Tile {
    double* keys = nullptr;   // [kKeyTile, nope+rope]
    double* scores = nullptr; // [kQueryTile, kKeyTile]

    static std::int64_t elements(std::int64_t key_width) { return kKeyTile * (key_width + kQueryTile); }
    Tile(double* memory, std::int64_t key_width) : keys(memory), scores(memory + kKeyTile * key_width) {}
};

/// Queries [first, first + rows) of one head against every key they may see; y has y_stride.
void forward_tile(const HeadRows<double>& head, double scale, std::int64_t first, std::int64_t rows, const Tile& tile,
                  double* y, std::int64_t y_stride, SoftmaxState<double>* states)
{
    const std::int64_t end = head.visible(first + rows - 1);
    for (std::int64_t key = 0; key < end; key += kKeyTile) {
        const std::int64_t width = std::min(kKeyTile, end - key);
        cpu::pack_keys(head, key, width, tile.keys);
        cpu::gemm_on_this_thread(Gemm<double>{.transpose_b = Transpose::Yes,
                                              .m = rows,
                                              .n = width,
                                              .k = head.key_width(),
                                              .a = head.q + first * head.q_stride,
                                              .lda = head.q_stride,
                                              .b = tile.keys,
                                              .ldb = head.key_width(),
                                              .c = tile.scores,
                                              .ldc = width});
        for (std::int64_t i = 0; i < rows; ++i) {
            const std::int64_t valid = std::min(width, head.visible(first + i) - key);
            const double shrink = cpu::softmax_block(scale, tile.scores + i * width, valid, width, states[i]);
            double* row = y + i * y_stride;
            if (key > 0 && shrink != 1.0) cpu::scale(shrink, row, row, head.value);
        }
        cpu::gemm_on_this_thread(Gemm<double>{.m = rows,
                                              .n = head.value,
                                              .k = width,
                                              .a = tile.scores,
                                              .lda = width,
                                              .b = head.v + key * head.kv_stride,
                                              .ldb = head.kv_stride,
                                              .beta = key > 0 ? 1.0 : 0.0,
                                              .c = y,
                                              .ldc = y_stride});
    }
}

void forward(Stream& stream, const AttentionForward& op)
{
    const std::int64_t queries = op.q.size(0) / op.batch;
    const std::int64_t query_tiles = cpu::tiles(queries, kQueryTile);
    const std::int64_t pairs = op.batch * op.head.heads;
    const std::int64_t key_width = op.head.nope_dim + op.head.rope_dim;
    const std::int64_t own = cpu::whole_lines(Tile::elements(key_width));
    double* scratch =
        static_cast<double*>(stream.scratch(static_cast<std::size_t>(stream.threads() * own) * sizeof(double)));
    // The last queries see the most keys, so they come first.
    cpu::parallel_for_dynamic(stream, query_tiles * pairs, [&](std::int64_t task) {
        const std::int64_t first = (query_tiles - 1 - task / pairs) * kQueryTile;
        const std::int64_t b = task % pairs / op.head.heads;
        const std::int64_t h = task % op.head.heads;
        const auto head = cpu::head_rows<double>(op, op.batch, b, h);
        const std::int64_t rows = std::min(kQueryTile, queries - first);
        const std::int64_t row = b * queries + first;
        const std::int64_t y_stride = op.y.size(1);
        double* y = op.y.as<double>() + row * y_stride + h * head.value;
        SoftmaxState<double> states[kQueryTile];
        forward_tile(head, op.scale, first, rows, Tile(scratch + cpu::thread_index() * own, key_width), y, y_stride,
                     states);
        for (std::int64_t i = 0; i < rows; ++i) {
            cpu::scale(1.0 / states[i].total, y + i * y_stride, y + i * y_stride, head.value);
            op.lse.as<double>()[(row + i) * op.head.heads + h] = states[i].log_sum();
        }
    });
}

void weights(Stream& stream, const AttentionWeights& op)
{
    const auto head = cpu::head_rows<double>(op, 1, 0, op.head_index);
    double* out = op.weights.as<double>();
    Gemm<double> product{.transpose_b = Transpose::Yes,
                         .m = head.queries,
                         .n = head.keys,
                         .k = head.nope,
                         .a = head.q,
                         .lda = head.q_stride,
                         .b = head.k,
                         .ldb = head.kv_stride,
                         .c = out,
                         .ldc = head.keys};
    cpu::gemm(stream, product);
    product.k = head.rope;
    product.a = head.q + head.nope;
    product.b = head.k_rope;
    product.ldb = head.k_rope_stride;
    product.beta = 1;
    cpu::gemm(stream, product);
    cpu::parallel_for(
        stream, head.queries,
        [&](std::int64_t i) {
            double* row = out + i * head.keys;
            const double lse = op.lse.as<double>()[i * op.head.heads + op.head_index];
            cpu::exp_shifted_sum(op.scale, row, lse, row, head.visible(i));
            std::fill(row + head.visible(i), row + head.keys, 0.0);
        },
        kQueryTile);
}

} // namespace

void launch(Cpu, Stream& stream, const AttentionForward& op)
{
    cpu::launch_attention(stream, op, forward);
}

void launch(Cpu, Stream& stream, const AttentionWeights& op)
{
    cpu::launch_attention(stream, op, weights);
}

} // namespace triptych
