// Attention in float and bfloat16, backward: weights are computed a second time from the saved log-sums, transposed, so
// that keys are the rows of all tiles and the products that sum over queries read them where they lie. A thread takes
// a whole head of a sequence, so every gradient but that of the shared rope key has one writer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/attention_fused.h"
#include "kernels/cpu/attention_rows.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"

#include <algorithm>

namespace triptych::cpu {
namespace {

constexpr float kLog2e = 1.44269504F;
/// A tile: few keys, so that little is computed above the diagonal, against queries that fill long rows. Queries come
/// in multiples of the keys, so that no keys meet the first of their queries within a tile of keys.
constexpr std::int64_t kKeys = 48;
constexpr std::int64_t kQueries = 6 * kKeys;
/// Room behind statistics of queries for reading whole vectors.
constexpr std::int64_t kPadding = 16;

/// Scratch of one thread: the operands of one head in the orders of its products, the sums of its gradients, a tile.
template <class T>
struct Slice {
    T* key_rows;         // [positions, nope+rope]
    void* keys;          // op(B) [positions, nope+rope]
    void* query_columns; // op(B) [nope+rope, positions]
    void* queries;       // op(B) [positions, nope+rope]
    void* dy_columns;    // op(B) [value, positions]
    void* dy;            // op(B) [positions, value]
    float* lse;          // [positions] times log2(e)
    float* delta;        // [positions] dy . y
    float* dkeys;        // [positions, nope+rope]
    float* dvalues;      // [positions, value]
    float* dqueries;     // [kQueries, nope+rope]
    float* scores;       // [kKeys, kQueries]
    float* dp;           // [kKeys, kQueries]
    T* p;                // [kKeys, kQueries], for float the scores
    T* ds;               // [kKeys, kQueries], for float dp

    Slice(Carver& memory, const HeadShape& head, std::int64_t positions)
    {
        const std::int64_t key_width = head.nope_dim + head.rope_dim;
        const std::int64_t value = head.value_dim;
        key_rows = memory.take<T>(positions * key_width);
        keys = memory.take_bytes(packed_bytes<T>(key_width, positions));
        query_columns = memory.take_bytes(packed_bytes<T>(positions, key_width));
        queries = memory.take_bytes(packed_bytes<T>(key_width, positions));
        dy_columns = memory.take_bytes(packed_bytes<T>(positions, value));
        dy = memory.take_bytes(packed_bytes<T>(value, positions));
        lse = memory.take<float>(positions + kPadding);
        delta = memory.take<float>(positions + kPadding);
        dkeys = memory.take<float>(positions * key_width);
        dvalues = memory.take<float>(positions * value);
        dqueries = memory.take<float>(kQueries * key_width);
        scores = memory.take<float>(kKeys * kQueries);
        dp = memory.take<float>(kKeys * kQueries);
        if constexpr (std::is_same_v<T, float>) {
            p = scores;
            ds = dp;
        } else {
            p = memory.take<T>(kKeys * kQueries);
            ds = memory.take<T>(kKeys * kQueries);
        }
    }
};

/// One head of one sequence.
template <class T>
struct Task {
    HeadRows<T> head;
    std::int64_t row; // of the op: position 0 of the sequence
    std::int64_t h;
    float scale;
    Slice<T> slice;
};

/// Keys [key, key + keys) and the queries [first, first + queries) that see at least one of them.
struct Tile {
    std::int64_t key;
    std::int64_t keys;
    std::int64_t first;
    std::int64_t queries;
};

template <class T>
void pack_head(const AttentionBackward& op, const Task<T>& task)
{
    const auto& head = task.head;
    const auto& to = task.slice;
    const std::int64_t n = head.queries, width = head.key_width();
    const std::int64_t y_stride = op.y.size(1);
    const T* y = op.y.as<T>() + task.row * y_stride + task.h * head.value;
    const T* dy = op.dy.as<T>() + task.row * y_stride + task.h * head.value;
    for (std::int64_t i = 0; i < n; ++i) {
        prefetch_row(dy + std::min(i + kRowsAhead, n - 1) * y_stride, head.value);
        prefetch_row(y + std::min(i + kRowsAhead, n - 1) * y_stride, head.value);
        prefetch_row(head.q + i * head.q_stride, width);
        dots_of_rows(dy + i * y_stride, y + i * y_stride, y_stride, 1, head.value, to.delta + i);
    }
    join_keys(head, 0, n, to.key_rows);
    pack_words(Transpose::No, to.key_rows, width, width, n, to.keys);
    pack_words(Transpose::Yes, head.q, head.q_stride, n, width, to.query_columns);
    pack_words(Transpose::No, head.q, head.q_stride, width, n, to.queries);
    pack_words(Transpose::Yes, dy, y_stride, n, head.value, to.dy_columns);
    pack_words(Transpose::No, dy, y_stride, head.value, n, to.dy);
    const float* lse = op.lse.as<float>() + task.row * op.head.heads + task.h;
    for (std::int64_t i = 0; i < n; ++i) to.lse[i] = kLog2e * lse[i * op.head.heads];
}

/// p and ds of a tile.
template <class T>
void tile_gradients(const Task<T>& task, const Tile& tile)
{
    const auto& head = task.head;
    const auto& slice = task.slice;
    gemm_on_this_thread(
        Gemm<T, float>{.m = tile.keys,
                       .n = tile.queries,
                       .k = head.key_width(),
                       .a = slice.key_rows + tile.key * head.key_width(),
                       .lda = head.key_width(),
                       .b_packed = slice.query_columns,
                       .b_window = {.rows = head.key_width(), .columns = head.queries, .column = tile.first},
                       .c = slice.scores,
                       .ldc = kQueries});
    gemm_on_this_thread(Gemm<T, float>{.m = tile.keys,
                                       .n = tile.queries,
                                       .k = head.value,
                                       .a = head.v + tile.key * head.kv_stride,
                                       .lda = head.kv_stride,
                                       .b_packed = slice.dy_columns,
                                       .b_window = {.rows = head.value, .columns = head.queries, .column = tile.first},
                                       .c = slice.dp,
                                       .ldc = kQueries});
    score_gradients(GradientTile<T>{.scale = task.scale * kLog2e,
                                    .scores = slice.scores,
                                    .dp = slice.dp,
                                    .p = slice.p,
                                    .ds = slice.ds,
                                    .stride = kQueries,
                                    .rows = tile.keys,
                                    .queries = tile.queries,
                                    .width = whole_words<T>(tile.queries),
                                    .first = tile.key - tile.first,
                                    .lse = slice.lse + tile.first,
                                    .delta = slice.delta + tile.first});
}

/// What a tile adds to the gradients. `begin` is the first query of dqueries.
template <class T>
void add_tile(const Task<T>& task, const Tile& tile, std::int64_t begin)
{
    const auto& head = task.head;
    const auto& slice = task.slice;
    const std::int64_t width = head.key_width();
    const float beta = tile.key >= begin ? 0.0F : 1.0F; // no earlier query saw these keys
    Gemm<T, float> sum{.m = tile.keys, .k = whole_words<T>(tile.queries), .lda = kQueries, .beta = beta};
    sum.n = sum.ldc = head.value;
    sum.a = slice.p;
    sum.b_packed = slice.dy;
    sum.b_window = {.rows = head.queries, .columns = head.value, .row = tile.first};
    sum.c = slice.dvalues + tile.key * head.value;
    gemm_on_this_thread(sum);
    sum.n = sum.ldc = width;
    sum.a = slice.ds;
    sum.b_packed = slice.queries;
    sum.b_window.columns = width;
    sum.c = slice.dkeys + tile.key * width;
    gemm_on_this_thread(sum);
    gemm_on_this_thread(Gemm<T, float>{.transpose_a = Transpose::Yes,
                                       .m = tile.queries,
                                       .n = width,
                                       .k = tile.keys,
                                       .a = slice.ds,
                                       .lda = kQueries,
                                       .b_packed = slice.keys,
                                       .b_window = {.rows = head.keys, .columns = width, .row = tile.key},
                                       .beta = tile.key > 0 ? 1.0F : 0.0F,
                                       .c = slice.dqueries + (tile.first - begin) * width,
                                       .ldc = width});
}

template <class T>
void backward_head(const AttentionBackward& op, const Task<T>& task, float* dk_rope)
{
    const auto& head = task.head;
    const auto& slice = task.slice;
    const std::int64_t n = head.queries, width = head.key_width();
    pack_head(op, task);
    T* dq = op.dq.as<T>() + task.row * head.q_stride + task.h * width;
    for (std::int64_t begin = 0; begin < n; begin += kQueries) {
        const std::int64_t end = std::min(begin + kQueries, n);
        for (std::int64_t key = 0; key < end; key += kKeys) {
            const std::int64_t first = std::max(key, begin);
            const Tile tile{.key = key, .keys = std::min(kKeys, end - key), .first = first, .queries = end - first};
            tile_gradients(task, tile);
            add_tile(task, tile, begin);
        }
        scale_rows(ScaledRows<T>{.factor = task.scale,
                                 .x = slice.dqueries,
                                 .x_stride = width,
                                 .y = dq + begin * head.q_stride,
                                 .y_stride = head.q_stride,
                                 .rows = end - begin,
                                 .n = width});
    }
    T* dk = op.dkv.as<T>() + task.row * head.kv_stride + task.h * (head.nope + head.value);
    ScaledRows<T> rounded{.x_stride = width, .y_stride = head.kv_stride, .rows = n};
    rounded.factor = task.scale;
    rounded.x = slice.dkeys;
    rounded.y = dk;
    rounded.n = head.nope;
    scale_rows(rounded);
    rounded.factor = 1;
    rounded.x = slice.dvalues;
    rounded.x_stride = rounded.n = head.value;
    rounded.y = dk + head.nope;
    scale_rows(rounded);
    scale_rows(ScaledRows<float>{.factor = task.scale,
                                 .x = slice.dkeys + head.nope,
                                 .x_stride = width,
                                 .y = dk_rope,
                                 .y_stride = head.rope,
                                 .rows = n,
                                 .n = head.rope});
}

} // namespace

template <class T>
void fused_attention(Stream& stream, const AttentionBackward& op)
{
    const std::int64_t rows = op.q.size(0);
    const std::int64_t positions = rows / op.batch;
    if (positions == 0) return;
    const std::int64_t heads = op.head.heads;
    const std::int64_t rope = op.head.rope_dim;
    Carver plan;
    Slice<T>(plan, op.head, positions);
    const std::int64_t share_bytes = whole_lines((heads + 1) * rows * rope) * static_cast<std::int64_t>(sizeof(float));
    auto* scratch = static_cast<std::byte*>(
        stream.scratch(static_cast<std::size_t>(share_bytes + stream.threads() * plan.bytes())));
    auto* shares = reinterpret_cast<float*>(scratch); // of dk_rope, [heads, rows, rope], then their sums
    parallel_for_dynamic(stream, op.batch * heads, [&](std::int64_t at) {
        Carver memory(scratch + share_bytes + thread_index() * plan.bytes());
        const std::int64_t b = at / heads, h = at % heads;
        const Task<T> task{.head = head_rows<T>(op, op.batch, b, h),
                           .row = b * positions,
                           .h = h,
                           .scale = static_cast<float>(op.scale),
                           .slice = Slice<T>(memory, op.head, positions)};
        backward_head(op, task, shares + (h * rows + task.row) * rope);
    });
    // Heads rising, so that the sum does not depend on the threads.
    parallel_for(
        stream, rows,
        [&](std::int64_t n) {
            float* sum = shares + (heads * rows + n) * rope;
            std::copy_n(shares + n * rope, rope, sum);
            for (std::int64_t h = 1; h < heads; ++h) axpy(1.0F, shares + (h * rows + n) * rope, sum, rope);
            scale_rows(
                ScaledRows<T>{.x = sum, .y = op.dk_rope.as<T>() + n * op.dk_rope.row_stride(), .rows = 1, .n = rope});
        },
        kQueryTile);
}
template void fused_attention<float>(Stream&, const AttentionBackward&);
template void fused_attention<bfloat16>(Stream&, const AttentionBackward&);

} // namespace triptych::cpu
