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
/// A tile: keys against queries that fill long rows. Queries come in multiples of the keys, so that no keys meet the
/// first of their queries within a tile of keys.
constexpr std::int64_t kKeys = 96;
constexpr std::int64_t kQueries = 3 * kKeys;
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
    float* dvalues;      // [positions, value], not for float
    float* dqueries;     // [kQueries, nope+rope], not for float
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
        scores = memory.take<float>(kKeys * kQueries);
        dp = memory.take<float>(kKeys * kQueries);
        if constexpr (std::is_same_v<T, float>) {
            dvalues = dqueries = nullptr;
            p = scores;
            ds = dp;
        } else {
            dvalues = memory.take<float>(positions * value);
            dqueries = memory.take<float>(kQueries * key_width);
            p = memory.take<T>(kKeys * kQueries);
            ds = memory.take<T>(kKeys * kQueries);
        }
    }
};

/// Where sums are kept: those of floats are the gradients themselves.
struct SumRows {
    float* rows;
    std::int64_t stride; // elements
};

/// One head of one sequence.
template <class T>
struct Task {
    HeadRows<T> head;
    std::int64_t row; // of the op: position 0 of the sequence
    std::int64_t h;
    const T* y; // [positions, value]
    const T* dy;
    std::int64_t y_stride;
    T* dq;  // [positions, nope+rope], head.q_stride apart
    T* dkv; // [positions, nope+value], head.kv_stride apart

    Task(const AttentionBackward& op, std::int64_t at)
        : head(head_rows<T>(op, op.batch, at / op.head.heads, at % op.head.heads)),
          row(at / op.head.heads * head.queries), h(at % op.head.heads),
          y(op.y.as<T>() + row * op.y.size(1) + h * head.value),
          dy(op.dy.as<T>() + row * op.y.size(1) + h * head.value), y_stride(op.y.size(1)),
          dq(op.dq.as<T>() + row * head.q_stride + h * head.key_width()),
          dkv(op.dkv.as<T>() + row * head.kv_stride + h * (head.nope + head.value))
    {}
};

/// A task under way.
template <class T>
struct Work {
    const Task<T>& task;
    const Slice<T>& slice;
    float scale;
    RowsSoon<T> next_q = {};
    RowsSoon<T> next_kv = {};
    RowsSoon<T> next_y = {};
    RowsSoon<T> next_dy = {};

    SumRows value_sums() const
    {
        if constexpr (std::is_same_v<T, float>)
            return {task.dkv + task.head.nope, task.head.kv_stride};
        else
            return {slice.dvalues, task.head.value};
    }
    /// From query `begin` on.
    SumRows query_sums(std::int64_t begin) const
    {
        if constexpr (std::is_same_v<T, float>)
            return {task.dq + begin * task.head.q_stride, task.head.q_stride};
        else
            return {slice.dqueries, task.head.key_width()};
    }
    void ask_for(const Task<T>& next)
    {
        const auto& head = next.head;
        next_q = {head.q, head.q_stride, head.key_width(), head.queries};
        next_kv = {head.k, head.kv_stride, head.nope + head.value, head.keys};
        next_y = {next.y, next.y_stride, head.value, head.queries};
        next_dy = {next.dy, next.y_stride, head.value, head.queries};
    }
};

/// Keys [key, key + keys) and the queries [first, first + queries) that see at least one of them.
struct Tile {
    std::int64_t key;
    std::int64_t keys;
    std::int64_t first;
    std::int64_t queries;
    bool is_last; // no later tile has these keys

    bool on_diagonal() const { return key == first; }
    template <class T>
    Strip soon(const RowsSoon<T>& rows) const
    {
        return is_last ? rows.part(key, keys) : Strip{};
    }
};

template <class T>
void pack_head(const AttentionBackward& op, const Task<T>& task, const Slice<T>& to)
{
    const auto& head = task.head;
    const std::int64_t n = head.queries, width = head.key_width();
    const std::int64_t y_stride = task.y_stride;
    const T* y = task.y;
    const T* dy = task.dy;
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

/// p and ds of a tile, of which nothing is needed where no query sees the key.
template <class T>
void tile_gradients(const Work<T>& work, const Tile& tile)
{
    const auto& head = work.task.head;
    const auto& slice = work.slice;
    gemm_on_this_thread(
        Gemm<T, float>{.m = tile.keys,
                       .n = tile.queries,
                       .k = head.key_width(),
                       .a = slice.key_rows + tile.key * head.key_width(),
                       .lda = head.key_width(),
                       .b_packed = slice.query_columns,
                       .b_window = {.rows = head.key_width(), .columns = head.queries, .column = tile.first},
                       .c = slice.scores,
                       .ldc = kQueries,
                       .upper_only = tile.on_diagonal(),
                       .soon = {tile.soon(work.next_q)}});
    gemm_on_this_thread(Gemm<T, float>{.m = tile.keys,
                                       .n = tile.queries,
                                       .k = head.value,
                                       .a = head.v + tile.key * head.kv_stride,
                                       .lda = head.kv_stride,
                                       .b_packed = slice.dy_columns,
                                       .b_window = {.rows = head.value, .columns = head.queries, .column = tile.first},
                                       .c = slice.dp,
                                       .ldc = kQueries,
                                       .upper_only = tile.on_diagonal(),
                                       .soon = {tile.soon(work.next_kv)}});
    score_gradients(GradientTile<T>{.scale = work.scale * kLog2e,
                                    .ds_scale = work.scale,
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
void add_tile(const Work<T>& work, const Tile& tile, std::int64_t begin)
{
    const auto& head = work.task.head;
    const auto& slice = work.slice;
    const std::int64_t width = head.key_width();
    const float beta = tile.key >= begin ? 0.0F : 1.0F; // no earlier query saw these keys
    const SumRows dv = work.value_sums();
    const SumRows dq = work.query_sums(begin);
    Gemm<T, float> sum{.m = tile.keys, .k = whole_words<T>(tile.queries), .lda = kQueries};
    if (tile.on_diagonal()) sum.zeros = Zeros::Before;
    sum.beta = beta;
    sum.n = head.value;
    sum.a = slice.p;
    sum.b_packed = slice.dy;
    sum.b_window = {.rows = head.queries, .columns = head.value, .row = tile.first};
    sum.c = dv.rows + tile.key * dv.stride;
    sum.ldc = dv.stride;
    sum.soon = {tile.soon(work.next_y), tile.soon(work.next_dy)};
    gemm_on_this_thread(sum);
    sum.n = sum.ldc = width;
    sum.a = slice.ds;
    sum.b_packed = slice.queries;
    sum.b_window.columns = width;
    sum.c = slice.dkeys + tile.key * width;
    sum.soon = {};
    gemm_on_this_thread(sum);
    gemm_on_this_thread(Gemm<T, float>{.transpose_a = Transpose::Yes,
                                       .m = tile.queries,
                                       .n = width,
                                       .k = tile.keys,
                                       .a = slice.ds,
                                       .lda = kQueries,
                                       .zeros = tile.on_diagonal() ? Zeros::After : Zeros::Nowhere,
                                       .b_packed = slice.keys,
                                       .b_window = {.rows = head.keys, .columns = width, .row = tile.key},
                                       .beta = tile.key > 0 ? 1.0F : 0.0F,
                                       .c = dq.rows + (tile.first - begin) * dq.stride,
                                       .ldc = dq.stride});
}

template <class T>
void backward_head(const AttentionBackward& op, const Work<T>& work, float* dk_rope)
{
    const auto& head = work.task.head;
    const auto& slice = work.slice;
    const std::int64_t n = head.queries, width = head.key_width();
    pack_head(op, work.task, slice);
    for (std::int64_t begin = 0; begin < n; begin += kQueries) {
        const std::int64_t end = std::min(begin + kQueries, n);
        for (std::int64_t key = 0; key < end; key += kKeys) {
            const std::int64_t first = std::max(key, begin);
            const Tile tile{.key = key,
                            .keys = std::min(kKeys, end - key),
                            .first = first,
                            .queries = end - first,
                            .is_last = end == n};
            tile_gradients(work, tile);
            add_tile(work, tile, begin);
        }
        if constexpr (!std::is_same_v<T, float>)
            scale_rows(ScaledRows<T>{.x = slice.dqueries,
                                     .x_stride = width,
                                     .y = work.task.dq + begin * head.q_stride,
                                     .y_stride = head.q_stride,
                                     .rows = end - begin,
                                     .n = width});
    }
    scale_rows(ScaledRows<T>{.x = slice.dkeys,
                             .x_stride = width,
                             .y = work.task.dkv,
                             .y_stride = head.kv_stride,
                             .rows = n,
                             .n = head.nope});
    if constexpr (!std::is_same_v<T, float>)
        scale_rows(ScaledRows<T>{.x = slice.dvalues,
                                 .x_stride = head.value,
                                 .y = work.task.dkv + head.nope,
                                 .y_stride = head.kv_stride,
                                 .rows = n,
                                 .n = head.value});
    scale_rows(ScaledRows<float>{.x = slice.dkeys + head.nope,
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
    const std::int64_t tasks = op.batch * heads;
    parallel_for_dynamic(stream, tasks, [&](std::int64_t at) {
        Carver memory(scratch + share_bytes + thread_index() * plan.bytes());
        const Slice<T> slice(memory, op.head, positions);
        const Task<T> task(op, at);
        Work<T> work{.task = task, .slice = slice, .scale = static_cast<float>(op.scale)};
        if (const std::int64_t next = at + stream.threads(); next < tasks) work.ask_for(Task<T>(op, next));
        backward_head(op, work, shares + (task.h * rows + task.row) * rope);
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
