// Attention in float and bfloat16, forward: tiles of queries meet tiles of keys, softmax goes along (FlashAttention,
// Dao et al. 2022). A task is a block of queries of one head, which brings the keys and values that it sees into the
// order of the products once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/attention_fused.h"

#include "kernels/cpu/attention_rows.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::cpu {
namespace {

/// Queries of a task: few, so that the heads of a few long sequences occupy many threads; enough to be worth the
/// packing.
constexpr std::int64_t kQueryBlock = 1024;

/// A tile: so few queries that its scores stay in the first cache and little is computed above the diagonal.
constexpr std::int64_t kQueries = 24;
constexpr std::int64_t kKeys = 256;

/// Scratch of one thread.
template <class T>
struct Slice {
    T* key_rows;    // [kKeyRows, nope+rope]
    void* keys;     // op(B) [nope+rope, keys]
    void* values;   // op(B) [keys, value]
    float* scores;  // [kQueries, kKeys]
    T* weights;     // [kQueries, kKeys], for float the scores
    float* sums;    // [kQueries, value]
    float* largest; // [kQueries]
    float* total;   // [kQueries]

    Slice(Carver& memory, const HeadShape& head, std::int64_t key_count)
    {
        const std::int64_t key_width = head.nope_dim + head.rope_dim;
        key_rows = memory.take<T>(kKeyRows * key_width);
        keys = memory.take_bytes(packed_bytes<T>(key_count, key_width));
        values = memory.take_bytes(packed_bytes<T>(head.value_dim, key_count));
        scores = memory.take<float>(kQueries * kKeys);
        if constexpr (std::is_same_v<T, float>)
            weights = scores;
        else
            weights = memory.take<T>(kQueries * kKeys);
        sums = memory.take<float>(kQueries * head.value_dim);
        largest = memory.take<float>(kQueries);
        total = memory.take<float>(kQueries);
    }
};

/// What a thread is likely to read next.
template <class T>
struct NextHead {
    RowsSoon<T> q;
    RowsSoon<T> kv;

    explicit NextHead(const HeadRows<T>& head)
        : q(head.q, head.q_stride, head.key_width(), head.queries),
          kv(head.k, head.kv_stride, head.nope + head.value, head.keys)
    {}
};

/// Queries [first, first + rows) of one head against every key they may see. `packed` keys are in the slice.
template <class T>
void forward_tile(const HeadRows<T>& head, const NextHead<T>& next, float scale, std::int64_t first, std::int64_t rows,
                  std::int64_t packed, const Slice<T>& slice)
{
    std::fill_n(slice.largest, rows, -std::numeric_limits<float>::infinity());
    std::fill_n(slice.total, rows, 0.0F);
    const std::int64_t end = head.visible(first + rows - 1);
    for (std::int64_t key = 0; key < end; key += kKeys) {
        const std::int64_t keys = std::min(kKeys, end - key);
        const std::int64_t width = whole_words<T>(keys);
        const bool is_first = key == 0;
        gemm_on_this_thread(Gemm<T, float>{.m = rows,
                                           .n = keys,
                                           .k = head.key_width(),
                                           .a = head.q + first * head.q_stride,
                                           .lda = head.q_stride,
                                           .b_packed = slice.keys,
                                           .b_window = {.rows = head.key_width(), .columns = packed, .column = key},
                                           .c = slice.scores,
                                           .ldc = kKeys,
                                           .soon = {is_first ? next.q.part(first, rows) : Strip{}}});
        softmax_rows(SoftmaxTile<T>{.scale = scale,
                                    .scores = slice.scores,
                                    .weights = slice.weights,
                                    .stride = kKeys,
                                    .rows = rows,
                                    .width = width,
                                    .visible = head.visible(first) - key,
                                    .largest = slice.largest,
                                    .total = slice.total,
                                    .sums = slice.sums,
                                    .value = key > 0 ? head.value : 0});
        gemm_on_this_thread(Gemm<T, float>{.m = rows,
                                           .n = head.value,
                                           .k = width,
                                           .a = slice.weights,
                                           .lda = kKeys,
                                           .zeros = Zeros::After,
                                           .diagonal = head.visible(first) - 1 - key,
                                           .b_packed = slice.values,
                                           .b_window = {.rows = packed, .columns = head.value, .row = key},
                                           .beta = key > 0 ? 1.0F : 0.0F,
                                           .c = slice.sums,
                                           .ldc = head.value,
                                           .soon = {is_first ? next.kv.part(first, rows) : Strip{}}});
    }
}

template <class T>
void forward_block(const AttentionForward& op, std::int64_t b, std::int64_t h, std::int64_t begin, std::int64_t end,
                   const NextHead<T>& next, const Slice<T>& slice)
{
    const auto head = head_rows<T>(op, op.batch, b, h);
    const std::int64_t keys = head.visible(end - 1);
    pack_key_columns(head, keys, slice.key_rows, slice.keys);
    pack_words(Transpose::No, head.v, head.kv_stride, head.value, keys, slice.values);
    const auto scale = static_cast<float>(op.scale);
    const std::int64_t y_stride = op.y.size(1);
    for (std::int64_t first = begin; first < end; first += kQueries) {
        const std::int64_t rows = std::min(kQueries, end - first);
        for (std::int64_t i = first + rows; i < std::min(first + rows + kQueries, end); ++i)
            prefetch_row(head.q + i * head.q_stride, head.key_width());
        forward_tile(head, next, scale, first, rows, keys, slice);
        const std::int64_t row = b * head.queries + first;
        T* y = op.y.as<T>() + row * y_stride + h * head.value;
        float* lse = op.lse.as<float>() + row * op.head.heads + h;
        scale_rows(ScaledRows<T>{.divisors = slice.total,
                                 .x = slice.sums,
                                 .x_stride = head.value,
                                 .y = y,
                                 .y_stride = y_stride,
                                 .rows = rows,
                                 .n = head.value});
        for (std::int64_t i = 0; i < rows; ++i)
            lse[i * op.head.heads] = scale * slice.largest[i] + std::log(slice.total[i]);
    }
}

} // namespace

template <class T>
void fused_attention(Stream& stream, const AttentionForward& op)
{
    const std::int64_t queries = op.q.size(0) / op.batch;
    const std::int64_t blocks = tiles(queries, kQueryBlock);
    const std::int64_t pairs = op.batch * op.head.heads;
    const std::int64_t keys = op.kv.size(0) / op.batch;
    Carver plan;
    Slice<T>(plan, op.head, keys);
    auto* scratch = static_cast<std::byte*>(stream.scratch(static_cast<std::size_t>(stream.threads() * plan.bytes())));
    // The last queries see the most keys, so they come first.
    parallel_for_dynamic(stream, blocks * pairs, [&](std::int64_t task) {
        Carver memory(scratch + thread_index() * plan.bytes());
        const std::int64_t begin = (blocks - 1 - task / pairs) * kQueryBlock;
        const std::int64_t pair = task % pairs;
        const std::int64_t next = std::min(pair + stream.threads(), pairs - 1);
        forward_block(op, pair / op.head.heads, pair % op.head.heads, begin, std::min(begin + kQueryBlock, queries),
                      NextHead<T>(head_rows<T>(op, op.batch, next / op.head.heads, next % op.head.heads)),
                      Slice<T>(memory, op.head, keys));
    });
}
template void fused_attention<float>(Stream&, const AttentionForward&);
template void fused_attention<bfloat16>(Stream&, const AttentionForward&);

/// Scores of the whole head, then their exponentials: the map of one head is small.
template <class T>
void fused_attention(Stream& stream, const AttentionWeights& op)
{
    const auto head = head_rows<T>(op, 1, 0, op.head_index);
    auto* out = op.weights.as<float>();
    Gemm<T, float> product{.transpose_b = Transpose::Yes,
                           .m = head.queries,
                           .n = head.keys,
                           .k = head.nope,
                           .a = head.q,
                           .lda = head.q_stride,
                           .b = head.k,
                           .ldb = head.kv_stride,
                           .c = out,
                           .ldc = head.keys};
    gemm(stream, product);
    product.k = head.rope;
    product.a = head.q + head.nope;
    product.b = head.k_rope;
    product.ldb = head.k_rope_stride;
    product.beta = 1;
    gemm(stream, product);
    parallel_for(
        stream, head.queries,
        [&](std::int64_t i) {
            float* row = out + i * head.keys;
            const float lse = op.lse.as<float>()[i * op.head.heads + op.head_index];
            exp_shifted_sum(static_cast<float>(op.scale), row, lse, row, head.visible(i));
            std::fill(row + head.visible(i), row + head.keys, 0.0F);
        },
        kQueryTile);
}
template void fused_attention<float>(Stream&, const AttentionWeights&);
template void fused_attention<bfloat16>(Stream&, const AttentionWeights&);

} // namespace triptych::cpu
