// Applies block scales row by row.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fp8_blocks.h"

#include <algorithm>

namespace triptych {

void multiply_block_scales(float* weights, std::int64_t rows, std::int64_t columns, const float* scales,
                           BlockSize block)
{
    const std::int64_t blocks_a_row = block_count(columns, block.columns);
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row_scales = scales + r / block.rows * blocks_a_row;
        for (std::int64_t b = 0; b < blocks_a_row; ++b) {
            const std::int64_t end = std::min(columns, (b + 1) * block.columns);
            for (std::int64_t c = b * block.columns; c < end; ++c) weights[r * columns + c] *= row_scales[b];
        }
    }
}

} // namespace triptych
