// Rows of whole ops: what one op does to one row, in one or two passes over it. float and bfloat16 run on the widest
// vectors of the CPU and sum in float; double is plain scalar code with the same bits on every CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// The kinds of rows that vectors compute.
template <class... Row>
struct RowKinds {
    using Functions = std::tuple<void (*)(const Row&)...>;
};
using VectorRows = RowKinds<SiluRow<float>, SiluRow<bfloat16>, SiluGradientRow<float>, SiluGradientRow<bfloat16>>;

/// One function for each kind, the best that the CPU has.
VectorRows::Functions vector_row_functions();

void compute_in_double(const SiluRow<double>& row);
void compute_in_double(const SiluGradientRow<double>& row);

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
