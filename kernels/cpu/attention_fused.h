// Attention in float and bfloat16: what forward and backward share. Each head is brought into the order of the products
// once; scores of one tile are all that exists.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"
#include "kernels/base/stream.h"
#include "kernels/cpu/attention_tiles.h"
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/visit.h"
#include "kernels/ops/attention.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace triptych::cpu {

template <class T>
void fused_attention(Stream& stream, const AttentionForward& op);
template <class T>
void fused_attention(Stream& stream, const AttentionBackward& op);
template <class T>
void fused_attention(Stream& stream, const AttentionWeights& op);

/// float and bfloat16 here, double by `plain`.
template <class Op>
void launch_attention(Stream& stream, const Op& op, void (*plain)(Stream&, const Op&))
{
    if (op.q.dtype() == DType::BF16) return fused_attention<bfloat16>(stream, op);
    visit_float<Op>(op.q.dtype(), [&](auto zero) {
        if constexpr (std::is_same_v<decltype(zero), double>)
            plain(stream, op);
        else
            fused_attention<float>(stream, op);
    });
}

/// Cuts memory into arrays on cache lines. Without memory it tells how much they need.
class Carver {
public:
    explicit Carver(void* memory = nullptr) : m_memory(static_cast<std::byte*>(memory)) {}

    template <class T>
    T* take(std::int64_t elements)
    {
        return static_cast<T*>(take_bytes(elements * static_cast<std::int64_t>(sizeof(T))));
    }
    void* take_bytes(std::int64_t bytes)
    {
        void* taken = m_memory ? m_memory + m_bytes : nullptr;
        m_bytes += (bytes + 63) / 64 * 64;
        return taken;
    }
    std::int64_t bytes() const { return m_bytes; }

private:
    std::byte* m_memory;
    std::int64_t m_bytes = 0;
};

/// The terms of a sum, filled up to whole words: bfloat16 are multiplied in pairs.
template <class T>
std::int64_t whole_words(std::int64_t terms)
{
    constexpr auto kPerWord = static_cast<std::int64_t>(sizeof(float) / sizeof(T));
    return (terms + kPerWord - 1) / kPerWord * kPerWord;
}

/// For the short rows of heads, whose length the compiler does not know.
template <class T>
void copy_row(const T* from, std::int64_t count, T* to)
{
    constexpr auto kStep = static_cast<std::int64_t>(16 / sizeof(T));
    std::int64_t i = 0;
    for (; i + kStep <= count; i += kStep) std::memcpy(to + i, from + i, 16);
    for (; i < count; ++i) to[i] = from[i];
}

/// Asks for a row of a head some rows before it is needed: the rows lie too far apart for the CPU to guess them.
inline constexpr std::int64_t kRowsAhead = 32;
template <class T>
void prefetch_row(const T* row, std::int64_t width)
{
    constexpr auto kLine = static_cast<std::int64_t>(64 / sizeof(T));
    for (std::int64_t c = 0; c < width; c += kLine) __builtin_prefetch(row + c);
}

/// Rows of a head that a thread is likely to take next, to be asked for while it is at another one. Of long sequences
/// nothing: what is multiplied must stay in the second cache.
template <class T>
class RowsSoon {
public:
    RowsSoon() = default;
    /// `rows` rows of `width` elements, `stride` elements apart
    RowsSoon(const T* first, std::int64_t stride, std::int64_t width, std::int64_t rows)
    {
        constexpr std::int64_t kMostRows = 512;
        constexpr auto kBytes = static_cast<std::int64_t>(sizeof(T));
        if (rows <= kMostRows) m_all = {reinterpret_cast<const char*>(first), stride * kBytes, width * kBytes, rows};
    }
    /// Those of [first, first + count) that there are.
    Strip part(std::int64_t first, std::int64_t count) const
    {
        Strip strip = m_all;
        strip.rows = std::clamp<std::int64_t>(m_all.rows - first, 0, count);
        if (strip.rows > 0) strip.base += first * strip.stride;
        return strip;
    }

private:
    Strip m_all;
};

/// rows[j] = [k_nope | k_rope] of key first + j. Values are asked for, too.
template <class T>
void join_keys(const HeadRows<T>& head, std::int64_t first, std::int64_t count, T* rows)
{
    for (std::int64_t j = first; j < first + count; ++j, rows += head.key_width()) {
        if (j + kRowsAhead < head.keys)
            prefetch_row(head.k + (j + kRowsAhead) * head.kv_stride, head.nope + head.value);
        copy_row(head.k + j * head.kv_stride, head.nope, rows);
        copy_row(head.k_rope + j * head.k_rope_stride, head.rope, rows + head.nope);
    }
}

/// Keys [0, count) of a head as op(B) [nope+rope, count] of products; `rows` holds kKeyRows of them.
inline constexpr std::int64_t kKeyRows = 64;
template <class T>
void pack_key_columns(const HeadRows<T>& head, std::int64_t count, T* rows, void* packed)
{
    for (std::int64_t at = 0; at < count; at += kKeyRows) {
        const std::int64_t some = std::min(kKeyRows, count - at);
        join_keys(head, at, some, rows);
        pack_words(Transpose::Yes, rows, head.key_width(), some, head.key_width(),
                   static_cast<T*>(packed) + at * whole_words<T>(head.key_width()));
    }
}

} // namespace triptych::cpu
