// Products with few rows, as decoding has them: reading the weights is all their time. Each weight is read once, from
// where it lies, and nothing is brought into another order first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu/gemm.h"

#include <cstdint>

namespace triptych::cpu {

/// C[i,j] = alpha * sum_l A[i,l] op(B)[l,j] + beta * D[i,j], as in Gemm, A and C of float, B of float or bfloat16. The
/// values of B are widened, those of A not rounded. Any number of rows is right, a few are fast.
template <class Weight>
struct Gemv {
    Transpose transpose_b = Transpose::Yes;
    std::int64_t m = 0;
    std::int64_t n = 0;
    std::int64_t k = 0;
    float alpha = 1;
    const float* a = nullptr; ///< [m, k]
    std::int64_t lda = 0;
    RowMap a_rows = {};
    const Weight* b = nullptr; ///< [k, n], transposed [n, k]
    std::int64_t ldb = 0;
    float beta = 0;
    const float* addend = nullptr; ///< [m, n]; not given: C
    std::int64_t ld_addend = 0;
    float* c = nullptr; ///< [m, n]
    std::int64_t ldc = 0;
};

/// Rows below which products do without the engine, whose panels pay from about there on.
inline constexpr std::int64_t kFewRows = 9;

/// On the threads of the stream, as many as are worth it; not inside parallel_for.
void gemv(const Stream& stream, const Gemv<float>& product);
void gemv(const Stream& stream, const Gemv<bfloat16>& product);
/// Columns [first, end) of C on the calling thread. The cut changes no bit.
void gemv_columns(const Gemv<float>& product, std::int64_t first, std::int64_t end);
void gemv_columns(const Gemv<bfloat16>& product, std::int64_t first, std::int64_t end);

} // namespace triptych::cpu
