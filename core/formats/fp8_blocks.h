// Weights in 8 bits with one scale a block, as DeepSeek publishes them (report section 3.3.2; MODEL.md 1.6).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace triptych {

/// Rows and columns of weights that share a scale.
struct BlockSize {
    std::int64_t rows = 128;
    std::int64_t columns = 128;
    bool operator==(const BlockSize&) const = default;
};

/// Number of blocks along a dimension; the last one may be partly filled.
constexpr std::int64_t block_count(std::int64_t size, std::int64_t block)
{
    return (size + block - 1) / block;
}

/// weights[r, c] *= scales[r / block.rows, c / block.columns]; weights [rows, columns], scales [blocks, blocks]
/// row-major. In the files the scales are named weight_scale_inv, though they multiply.
void multiply_block_scales(float* weights, std::int64_t rows, std::int64_t columns, const float* scales,
                           BlockSize block);

} // namespace triptych
