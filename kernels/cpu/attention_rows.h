// What attention does to tiles of scores between its products, for float and bfloat16, on the widest vectors of the
// CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"

#include <cstdint>

namespace triptych::cpu {

// Rows of tiles are read and written in whole vectors: `stride`, and what is left of lse and delta, must allow that.

/// A tile of scores, a query a row, whose softmax goes on from tile to tile (Milakov and Gimelshein 2018).
template <class T>
struct SoftmaxTile {
    float scale = 1;               ///< of the scores
    const float* scores = nullptr; ///< [rows, width], stride apart
    T* weights = nullptr;          ///< [rows, width], stride apart; for float it may be the scores
    std::int64_t stride = 0;
    std::int64_t rows = 0;
    std::int64_t width = 0;   ///< of the weights; where nothing is seen they become 0
    std::int64_t visible = 0; ///< row i sees the first visible + i scores, none below 1
    float* largest = nullptr; ///< [rows] largest score so far, not scaled; -infinity before the first tile
    float* total = nullptr;   ///< [rows] sum of exp(scale * (score - largest)); 0 before the first tile
    float* sums = nullptr;    ///< [rows, value] weighted sums over earlier tiles, which shrink when `largest` grows
    std::int64_t value = 0;   ///< 0 for the first tile
};
void softmax_rows(const SoftmaxTile<float>& tile);
void softmax_rows(const SoftmaxTile<bfloat16>& tile);

/// A tile of scores, a key a row, and the gradients of its weights: p = exp(scale * score - lse), ds = ds_scale *
/// p * (dp - delta).
template <class T>
struct GradientTile {
    float scale = 1; ///< of the scores, times log2(e)
    float ds_scale = 1;
    const float* scores = nullptr; ///< [rows, width], stride apart, as are dp, p and ds
    const float* dp = nullptr;     ///< gradients of the weights
    T* p = nullptr;                ///< for float it may be the scores, and ds be dp
    T* ds = nullptr;
    std::int64_t stride = 0;
    std::int64_t rows = 0;
    std::int64_t queries = 0;
    std::int64_t width = 0;       ///< at least queries; what is beyond becomes 0
    std::int64_t first = 0;       ///< row j is seen by the queries from first + j on; for the others p and ds become 0
    const float* lse = nullptr;   ///< [queries] times log2(e)
    const float* delta = nullptr; ///< [queries]
};
void score_gradients(const GradientTile<float>& tile);
void score_gradients(const GradientTile<bfloat16>& tile);

/// y[i] = factor * x[i] of rows, rounded
template <class T>
struct ScaledRows {
    float factor = 1;
    const float* divisors = nullptr; ///< [rows] what row i is also divided by; not given: 1
    const float* x = nullptr;        ///< [rows, n]
    std::int64_t x_stride = 0;
    T* y = nullptr; ///< [rows, n]
    std::int64_t y_stride = 0;
    std::int64_t rows = 0;
    std::int64_t n = 0;
};
void scale_rows(const ScaledRows<float>& rows);
void scale_rows(const ScaledRows<bfloat16>& rows);
/// delta[i] = sum_c x[i, c] y[i, c] of rows `stride` apart
void dots_of_rows(const float* x, const float* y, std::int64_t stride, std::int64_t rows, std::int64_t n, float* delta);
void dots_of_rows(const bfloat16* x, const bfloat16* y, std::int64_t stride, std::int64_t rows, std::int64_t n,
                  float* delta);

} // namespace triptych::cpu
