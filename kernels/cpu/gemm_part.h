// A part of a product, and who computes it: what the kernels of the engine and its callers share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu/gemm.h"

#include <cstdint>

namespace triptych::cpu {

/// Rows [row, end_row) and columns [column, end_column) of C; the first column is a multiple of packed_columns().
struct Part {
    std::int64_t row = 0;
    std::int64_t end_row = 0;
    std::int64_t column = 0;
    std::int64_t end_column = 0;
};

/// Operands whose rows lie along the sum, so that they are read where they are and no part brings them into order.
struct InPlace {
    bool a = false;
    bool b = false;
};
InPlace read_in_place(const Gemm<float>& product);

/// On the calling thread.
void multiply(const Gemm<float>& product, const Part& part);
void multiply(const Gemm<bfloat16, float>& product, const Part& part);
void multiply(const Gemm<bfloat16, bfloat16>& product, const Part& part);

} // namespace triptych::cpu
