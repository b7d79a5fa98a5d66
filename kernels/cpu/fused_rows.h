// Rows of whole ops: what one op does to one row, in one or two passes over it. float and bfloat16 run on the widest
// vectors of the CPU and sum in float; double is plain scalar code with the same bits on every CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/write_mode.h"
#include "kernels/cpu/gemm.h"

#include <cstdint>
#include <tuple>

namespace triptych::cpu {

// n neighbouring values each. Pointers need no alignment. An output may be the very memory of an input of its type, but
// not overlap it otherwise.

/// y[i] = factor * silu(gate[i]) * up[i]
template <class T>
struct SiluRow {
    SumOf<T> factor;
    const T* gate;
    const T* up;
    T* y;
    std::int64_t n;
};

/// dgate[i] = factor dy up (s + gate s (1 - s)), s = sigmoid(gate);  dup[i] = factor dy silu(gate);
/// dfactor = sum_i dy silu(gate) up
template <class T>
struct SiluGradientRow {
    SumOf<T> factor;
    const T* gate;
    const T* up;
    const T* dy;
    T* dgate;
    T* dup;
    SumOf<T>* dfactor; ///< may be null
    std::int64_t n;
};

/// rstd = 1 / sqrt(mean_i x^2 + eps);  y[i] = rstd x gain
template <class X, class Y = X>
struct RmsNormRow {
    const X* x;
    const SumOf<X>* gain;
    SumOf<X> eps;
    Y* y;
    SumOf<X>* rstd;
    std::int64_t n;
};

/// dx[i] = addend + rstd (dy gain - x rstd^2 mean_i(dy gain x));  dgain[i] += rstd dy x
template <class X, class D = X>
struct RmsNormGradientRow {
    const X* x;
    const SumOf<X>* gain;
    SumOf<X> rstd;
    const D* dy;
    const D* addend; ///< may be null
    D* dx;
    bfloat16* rounded; ///< dx once more; may be null
    SumOf<X>* dgain;
    std::int64_t n;
};

/// y[i] = (y[i] or 0) + sum_k rows[which[k] * n + i], k rising
template <class T>
struct SumOfRows {
    const T* rows;
    const std::int32_t* which;
    std::int64_t count;
    WriteMode mode;
    SumOf<T>* y;
    std::int64_t n;
};

/// Turns the n/2 pairs (x[2k], x[2k+1]) of each head in place, by the angles with cosine cos_sin[2k] and sine direction
/// * cos_sin[2k+1].
template <class T>
struct TurnedHeads {
    SumOf<T> direction; ///< 1 or -1
    const SumOf<T>* cos_sin;
    T* x; ///< of the first head
    std::int64_t heads;
    std::int64_t head_stride;
    std::int64_t n; ///< of one head, even
};

/// The kinds of rows that vectors compute.
template <class... Row>
struct RowKinds {
    using Functions = std::tuple<void (*)(const Row&)...>;
};
using VectorRows =
    RowKinds<SiluRow<float>, SiluRow<bfloat16>, SiluGradientRow<float>, SiluGradientRow<bfloat16>, RmsNormRow<float>,
             RmsNormRow<float, bfloat16>, RmsNormRow<bfloat16>, RmsNormGradientRow<float>, RmsNormGradientRow<bfloat16>,
             RmsNormGradientRow<bfloat16, float>, SumOfRows<float>, SumOfRows<bfloat16>, TurnedHeads<float>,
             TurnedHeads<bfloat16>>;

/// One function for each kind, the best that the CPU has.
VectorRows::Functions vector_row_functions();

void compute_in_double(const SiluRow<double>& row);
void compute_in_double(const SiluGradientRow<double>& row);
void compute_in_double(const RmsNormRow<double>& row);
void compute_in_double(const RmsNormGradientRow<double>& row);
void compute_in_double(const SumOfRows<double>& row);
void compute_in_double(const TurnedHeads<double>& row);

/// The function that computes such rows: to be asked for once for many.
template <class Row>
using RowFunction = void (*)(const Row&);
template <class Row>
RowFunction<Row> row_function()
{
    if constexpr (requires(Row row) { compute_in_double(row); })
        return &compute_in_double;
    else
        return std::get<RowFunction<Row>>(vector_row_functions());
}

} // namespace triptych::cpu
