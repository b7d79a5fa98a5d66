// Matrix products: float by oneDNN, double by plain loops that give the same bits on every CPU and for any thread
// count.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"

#include <cstdint>

namespace triptych::cpu {

enum class Transpose : std::uint8_t { No = 1, Yes };

/// C[i,j] = alpha * sum_l op(A)[i,l] op(B)[l,j] + beta * C[i,j],  op(X) = X or its transpose; all row-major.
/// With beta 0 the old C is not read, so it may be anything. C must not overlap A or B.
template <class T>
struct Gemm {
    Transpose transpose_a = Transpose::No;
    Transpose transpose_b = Transpose::No;
    std::int64_t m = 0; ///< rows of op(A) and C
    std::int64_t n = 0; ///< columns of op(B) and C
    std::int64_t k = 0; ///< columns of op(A), rows of op(B)
    T alpha = 1;
    const T* a = nullptr; ///< [m, k], transposed [k, m]
    std::int64_t lda = 0; ///< elements from one row of A as stored to the next
    const T* b = nullptr; ///< [k, n], transposed [n, k]
    std::int64_t ldb = 0;
    T beta = 0;
    T* c = nullptr; ///< [m, n]
    std::int64_t ldc = 0;
};

/// Runs on the threads of the stream; not inside parallel_for.
void gemm(const Stream& stream, const Gemm<float>& product);
void gemm(const Stream& stream, const Gemm<double>& product);
/// Runs on the calling thread alone: for products inside parallel_for.
void gemm_on_this_thread(const Gemm<float>& product);
void gemm_on_this_thread(const Gemm<double>& product);

} // namespace triptych::cpu
