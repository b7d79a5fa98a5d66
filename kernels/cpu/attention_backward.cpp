// Causal attention on the CPU in double, the reference, backward: probabilities are computed a second time from the
// saved log-sums. A thread takes a whole head of a sequence, so every gradient but that of the shared rope key has one
// writer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/attention_fused.h"
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/ops/attention.h"

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::HeadRows;
using cpu::kKeyTile;
using cpu::kQueryTile;
using cpu::Transpose;

/// Scratch of one thread.
struct Tile {
    double* keys = nullptr;     // [kKeyTile, nope+rope]
    double* dkeys = nullptr;    // [kKeyTile, nope+rope]
    double* p = nullptr;        // [kQueryTile, kKeyTile], probabilities
    double* ds = nullptr;       // [kQueryTile, kKeyTile], gradients of probabilities, then of scores
    double* dy_dot_y = nullptr; // [queries]

    static std::int64_t elements(std::int64_t key_width, std::int64_t queries)
    {
        return 2 * kKeyTile * (key_width + kQueryTile) + queries;
    }
    Tile(double* memory, std::int64_t key_width)
        : keys(memory), dkeys(keys + kKeyTile * key_width), p(dkeys + kKeyTile * key_width),
          ds(p + kQueryTile * kKeyTile), dy_dot_y(ds + kQueryTile * kKeyTile)
    {}
};

/// What the gradients of one head need beside its rows; strides in elements.
struct HeadGradients {
    const double* lse = nullptr; // [queries], lse_stride apart
    std::int64_t lse_stride = 0;
    const double* y = nullptr; // [queries, value], y_stride apart, as is dy
    const double* dy = nullptr;
    std::int64_t y_stride = 0;
    double* dq = nullptr;      // as q
    double* dk = nullptr;      // as k
    double* dv = nullptr;      // as v
    double* dk_rope = nullptr; // [keys, rope], this head's share
};

HeadGradients head_gradients(const AttentionBackward& op, const HeadRows<double>& head, std::int64_t b, std::int64_t h,
                             double* rope_shares)
{
    HeadGradients g;
    const std::int64_t row = b * head.queries;
    g.lse_stride = op.head.heads;
    g.lse = op.lse.as<double>() + row * g.lse_stride + h;
    g.y_stride = op.y.size(1);
    g.y = op.y.as<double>() + row * g.y_stride + h * head.value;
    g.dy = op.dy.as<double>() + row * g.y_stride + h * head.value;
    g.dq = op.dq.as<double>() + row * head.q_stride + h * head.key_width();
    g.dk = op.dkv.as<double>() + row * head.kv_stride + h * (head.nope + head.value);
    g.dv = g.dk + head.nope;
    g.dk_rope = rope_shares + (h * op.q.size(0) + row) * head.rope;
    return g;
}

/// p and ds of queries [first, first + rows) and keys [key, key + width).
void score_gradients(const HeadRows<double>& head, const HeadGradients& g, double scale, std::int64_t first,
                     std::int64_t rows, std::int64_t key, std::int64_t width, const Tile& tile)
{
    cpu::gemm_on_this_thread(Gemm<double>{.transpose_b = Transpose::Yes,
                                          .m = rows,
                                          .n = width,
                                          .k = head.key_width(),
                                          .a = head.q + first * head.q_stride,
                                          .lda = head.q_stride,
                                          .b = tile.keys,
                                          .ldb = head.key_width(),
                                          .c = tile.p,
                                          .ldc = width});
    cpu::gemm_on_this_thread(Gemm<double>{.transpose_b = Transpose::Yes,
                                          .m = rows,
                                          .n = width,
                                          .k = head.value,
                                          .a = g.dy + first * g.y_stride,
                                          .lda = g.y_stride,
                                          .b = head.v + key * head.kv_stride,
                                          .ldb = head.kv_stride,
                                          .c = tile.ds,
                                          .ldc = width});
    for (std::int64_t i = 0; i < rows; ++i) {
        double* p = tile.p + i * width;
        double* ds = tile.ds + i * width;
        const std::int64_t valid = std::clamp<std::int64_t>(head.visible(first + i) - key, 0, width);
        cpu::exp_shifted_sum(scale, p, g.lse[(first + i) * g.lse_stride], p, valid);
        cpu::multiply_shifted(p, ds, tile.dy_dot_y[first + i], ds, valid);
        std::fill(p + valid, p + width, 0.0);
        std::fill(ds + valid, ds + width, 0.0);
    }
}

/// Keys [key, key + count) against every query that sees them. The queries go backwards: the last ones see all of these
/// keys, so the first product overwrites what the later ones add to.
void backward_key_tile(const HeadRows<double>& head, const HeadGradients& g, double scale, std::int64_t key,
                       std::int64_t count, const Tile& tile)
{
    cpu::pack_keys(head, key, count, tile.keys);
    for (std::int64_t q = cpu::tiles(head.queries, kQueryTile) - 1; q >= key / kQueryTile; --q) {
        const std::int64_t first = q * kQueryTile;
        const std::int64_t rows = std::min(kQueryTile, head.queries - first);
        const std::int64_t width = std::min(count, head.visible(first + rows - 1) - key);
        const double beta = first + rows == head.queries ? 0.0 : 1.0;
        score_gradients(head, g, scale, first, rows, key, width, tile);
        Gemm<double> dv{.transpose_a = Transpose::Yes, .m = width, .n = head.value, .k = rows, .beta = beta};
        dv.a = tile.p;
        dv.lda = width;
        dv.b = g.dy + first * g.y_stride;
        dv.ldb = g.y_stride;
        dv.c = g.dv + key * head.kv_stride;
        dv.ldc = head.kv_stride;
        cpu::gemm_on_this_thread(dv);
        Gemm<double> dk{
            .transpose_a = Transpose::Yes, .m = width, .n = head.key_width(), .k = rows, .alpha = scale, .beta = beta};
        dk.a = tile.ds;
        dk.lda = width;
        dk.b = head.q + first * head.q_stride;
        dk.ldb = head.q_stride;
        dk.c = tile.dkeys;
        dk.ldc = head.key_width();
        cpu::gemm_on_this_thread(dk);
        Gemm<double> dq{.m = rows, .n = head.key_width(), .k = width, .alpha = scale, .beta = key > 0 ? 1.0 : 0.0};
        dq.a = tile.ds;
        dq.lda = width;
        dq.b = tile.keys;
        dq.ldb = head.key_width();
        dq.c = g.dq + first * head.q_stride;
        dq.ldc = head.q_stride;
        cpu::gemm_on_this_thread(dq);
    }
    for (std::int64_t j = 0; j < count; ++j) {
        const double* dkey = tile.dkeys + j * head.key_width();
        std::copy_n(dkey, head.nope, g.dk + (key + j) * head.kv_stride);
        std::copy_n(dkey + head.nope, head.rope, g.dk_rope + (key + j) * head.rope);
    }
}

void backward(Stream& stream, const AttentionBackward& op)
{
    const std::int64_t queries = op.q.size(0) / op.batch;
    if (queries == 0) return;
    const std::int64_t heads = op.head.heads;
    const std::int64_t rope = op.head.rope_dim;
    const std::int64_t key_width = op.head.nope_dim + rope;
    const std::int64_t rows = op.q.size(0);
    const std::int64_t shares = cpu::whole_lines(heads * rows * rope);
    const std::int64_t own = cpu::whole_lines(Tile::elements(key_width, queries));
    double* rope_shares = static_cast<double*>(
        stream.scratch(static_cast<std::size_t>(shares + stream.threads() * own) * sizeof(double)));
    double* scratch = rope_shares + shares;
    cpu::parallel_for_dynamic(stream, op.batch * heads, [&](std::int64_t task) {
        const std::int64_t b = task / heads;
        const std::int64_t h = task % heads;
        const auto head = cpu::head_rows<double>(op, op.batch, b, h);
        const auto g = head_gradients(op, head, b, h, rope_shares);
        const Tile tile(scratch + cpu::thread_index() * own, key_width);
        for (std::int64_t i = 0; i < queries; ++i)
            tile.dy_dot_y[i] = cpu::dot(g.dy + i * g.y_stride, g.y + i * g.y_stride, head.value);
        for (std::int64_t key = 0; key < head.keys; key += kKeyTile)
            backward_key_tile(head, g, op.scale, key, std::min(kKeyTile, head.keys - key), tile);
    });
    // Heads rising, so that the sum does not depend on the threads.
    cpu::parallel_for(
        stream, rows,
        [&](std::int64_t n) {
            double* out = op.dk_rope.as<double>() + n * op.dk_rope.row_stride();
            std::copy_n(rope_shares + n * rope, rope, out);
            for (std::int64_t h = 1; h < heads; ++h) cpu::axpy(1.0, rope_shares + (h * rows + n) * rope, out, rope);
        },
        kQueryTile);
}

} // namespace

void launch(Cpu, Stream& stream, const AttentionBackward& op)
{
    cpu::launch_attention(stream, op, backward);
}

} // namespace triptych
