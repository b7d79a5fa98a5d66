// Matrix products. float and bfloat16 by the engine of gemm_engine-inl.h on the widest vectors of the CPU, double by
// plain loops that give the same bits on every CPU. No product depends on the number of threads, none allocates once
// its scratch memory is there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"
#include "kernels/base/dtype.h"
#include "kernels/base/stream.h"

#include <array>
#include <cstdint>
#include <type_traits>

namespace triptych::cpu {

enum class Transpose : std::uint8_t { No = 1, Yes };

/// Row r of a matrix lies where row order[r] / per_row of the memory lies: how the rows of an expert are read from the
/// tokens without a copy. Without an order row r is row r.
struct RowMap {
    const std::int32_t* order = nullptr;
    std::int32_t per_row = 1;

    std::int64_t operator()(std::int64_t r) const { return order ? order[r] / per_row : r; }
};

/// The part of a larger packed matrix that an op(B) is: rows [row, row + k) and columns [column, column + n) of
/// [rows, columns]. row is even, column a multiple of 16.
struct PackedWindow {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t row = 0;
    std::int64_t column = 0;
};

/// What sums run in.
template <class T>
using SumOf = std::conditional_t<std::is_same_v<T, double>, double, float>;

/// Rows of memory.
struct Strip {
    const char* base = nullptr;
    std::int64_t stride = 0; ///< bytes from row to row
    std::int64_t bytes = 0;  ///< of a row
    std::int64_t rows = 0;
};

/// Where op(A) is known to hold zeros: sums may pass over them.
enum class Zeros : std::uint8_t {
    Nowhere = 1,
    Before, ///< op(A)[i,l] is 0 for l < i
    After   ///< op(A)[i,l] is 0 for l > i + diagonal
};

/// C[i,j] = alpha * sum_l op(A)[i,l] op(B)[l,j] + beta * D[i,j],  op(X) = X or its transpose; all row-major; D is C
/// where no addend is given. With beta 0 D is not read, so it may be anything. C must not overlap A or B. Sums run in
/// float or double and are rounded once.
template <class In, class Out = In>
struct Gemm {
    using Sum = SumOf<In>;
    Transpose transpose_a = Transpose::No;
    Transpose transpose_b = Transpose::No;
    std::int64_t m = 0; ///< rows of op(A) and C
    std::int64_t n = 0; ///< columns of op(B) and C
    std::int64_t k = 0; ///< columns of op(A), rows of op(B)
    Sum alpha = 1;
    const In* a = nullptr; ///< [m, k], transposed [k, m]
    std::int64_t lda = 0;  ///< elements from one row of A as stored to the next
    Zeros zeros = Zeros::Nowhere;
    std::int64_t diagonal = 0; ///< of Zeros::After
    RowMap a_rows = {};    ///< of A as stored
    const In* b = nullptr; ///< [k, n], transposed [n, k]; beside b_packed only float needs it, for products of few rows
    std::int64_t ldb = 0;
    RowMap b_rows = {};
    const void* b_packed = nullptr; ///< op(B) as pack_rows or pack_words leaves it
    PackedWindow b_window = {};     ///< with rows 0 op(B) is the whole packed matrix
    Sum beta = 0;
    const Sum* addend = nullptr; ///< [m, n]; not given: C, which must then be of type Sum unless beta is 0
    std::int64_t ld_addend = 0;
    Out* c = nullptr; ///< [m, n]
    std::int64_t ldc = 0;
    bool upper_only = false; ///< C[i,j] with j < i may become anything
    /// What comes after this product reads first: it is asked for meanwhile. A hint for gemm_on_this_thread,
    /// which products of few rows pass over.
    std::array<Strip, 2> soon = {};
};

/// Runs on the threads of the stream; not inside parallel_for.
void gemm(const Stream& stream, const Gemm<float>& product);
void gemm(const Stream& stream, const Gemm<bfloat16, float>& product);
void gemm(const Stream& stream, const Gemm<bfloat16, bfloat16>& product);
void gemm(const Stream& stream, const Gemm<double>& product);
/// Runs on the calling thread alone: for products inside parallel_for.
void gemm_on_this_thread(const Gemm<float>& product);
void gemm_on_this_thread(const Gemm<bfloat16, float>& product);
void gemm_on_this_thread(const Gemm<bfloat16, bfloat16>& product);
void gemm_on_this_thread(const Gemm<double>& product);

/// Bytes of a packed op(B) [k, n] of float or bfloat16, the same for every call on one machine.
template <class T>
std::int64_t packed_bytes(std::int64_t n, std::int64_t k);
/// Rows [first, first + count) of W [outputs, inputs] in the orders in which products read them, as F32 or rounded to
/// BF16: forward holds op(B) = W^T [inputs, outputs], backward W itself. Runs on the calling thread; first is a
/// multiple of packed_columns(), and so is count unless the rows are the last ones: so threads can share the work.
void pack_rows(DType type, const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
               std::int64_t count, void* forward, void* backward);
/// op(B) [k, n] as it is, for products of its type: all columns at once.
void pack_words(Transpose transpose, const float* b, std::int64_t ldb, std::int64_t n, std::int64_t k, void* packed);
void pack_words(Transpose transpose, const bfloat16* b, std::int64_t ldb, std::int64_t n, std::int64_t k, void* packed);
/// Columns of one panel of a packed matrix.
std::int64_t packed_columns();

/// Memory of the calling thread, at least this many bytes on a cache line; grows and stays. The next call may move it.
void* thread_scratch(std::size_t bytes);

} // namespace triptych::cpu
