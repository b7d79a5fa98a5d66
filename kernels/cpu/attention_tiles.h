// What forward and backward attention share on the CPU: tile sizes, and one head of one sequence as plain rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/ops/attention.h"

#include <algorithm>
#include <cstdint>

namespace triptych::cpu {

/// Queries of a tile. Few, so that little is computed above the diagonal.
inline constexpr std::int64_t kQueryTile = 64;
/// Keys of a tile. Scores of one tile (64 x 256 floats) and its keys stay in the second-level cache.
inline constexpr std::int64_t kKeyTile = 256;

inline std::int64_t tiles(std::int64_t count, std::int64_t tile)
{
    return (count + tile - 1) / tile;
}

/// Elements of one thread's scratch, rounded so that no two threads share a cache line.
inline std::int64_t whole_lines(std::int64_t elements)
{
    return tiles(elements, 16) * 16;
}

/// Rows of head h of sequence b; strides in elements.
template <class T>
struct HeadRows {
    const T* q = nullptr; ///< [queries, nope+rope]
    std::int64_t q_stride = 0;
    const T* k = nullptr; ///< [keys, nope]
    const T* v = nullptr; ///< [keys, value]
    std::int64_t kv_stride = 0;
    const T* k_rope = nullptr; ///< [keys, rope], shared by the heads
    std::int64_t k_rope_stride = 0;
    std::int64_t queries = 0;
    std::int64_t keys = 0;
    std::int64_t nope = 0;
    std::int64_t rope = 0;
    std::int64_t value = 0;

    std::int64_t key_width() const { return nope + rope; }
    /// Keys that query i may see: those up to its own position.
    std::int64_t visible(std::int64_t i) const { return i + 1 + keys - queries; }
};

template <class T, class Op>
HeadRows<T> head_rows(const Op& op, std::int64_t batch, std::int64_t b, std::int64_t h)
{
    HeadRows<T> r;
    r.nope = op.head.nope_dim;
    r.rope = op.head.rope_dim;
    r.value = op.head.value_dim;
    r.queries = op.q.size(0) / batch;
    r.keys = op.kv.size(0) / batch;
    r.q_stride = op.q.size(1);
    r.kv_stride = op.kv.size(1);
    r.k_rope_stride = op.k_rope.row_stride();
    r.q = op.q.template as<T>() + b * r.queries * r.q_stride + h * (r.nope + r.rope);
    r.k = op.kv.template as<T>() + b * r.keys * r.kv_stride + h * (r.nope + r.value);
    r.v = r.k + r.nope;
    r.k_rope = op.k_rope.template as<T>() + b * r.keys * r.k_rope_stride;
    return r;
}

/// out[j] = [k_nope | k_rope] of key first + j: one product then gives whole scores.
template <class T>
void pack_keys(const HeadRows<T>& head, std::int64_t first, std::int64_t count, T* out)
{
    for (std::int64_t j = 0; j < count; ++j, out += head.key_width()) {
        std::copy_n(head.k + (first + j) * head.kv_stride, head.nope, out);
        std::copy_n(head.k_rope + (first + j) * head.k_rope_stride, head.rope, out + head.nope);
    }
}

} // namespace triptych::cpu
