// Shifted views of token sequences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/token_batch.h"

#include <algorithm>
#include <stdexcept>

namespace triptych {

void shape_batch(TokenBatch& result, std::int64_t batch, std::int64_t length, std::int64_t depth)
{
    result.batch = batch;
    result.length = length;
    for (auto* list : {&result.inputs, &result.targets}) {
        list->resize(static_cast<std::size_t>(depth + 1));
        for (auto& tokens : *list) tokens.resize(static_cast<std::size_t>(batch * length));
    }
    result.domains.clear();
}

void cut_batch(std::span<const std::int32_t> tokens, std::int64_t batch, std::int64_t length, std::int64_t depth,
               TokenBatch& result)
{
    const std::int64_t stride = length + 1 + depth;
    if (static_cast<std::int64_t>(tokens.size()) != batch * stride)
        throw std::invalid_argument("cut_batch: expected batch * (length + 1 + depth) tokens");
    shape_batch(result, batch, length, depth);
    for (std::int64_t k = 0; k <= depth; ++k)
        for (std::int64_t b = 0; b < batch; ++b) {
            const auto row = tokens.begin() + b * stride + k;
            std::copy_n(row, length, result.inputs[static_cast<std::size_t>(k)].begin() + b * length);
            std::copy_n(row + 1, length, result.targets[static_cast<std::size_t>(k)].begin() + b * length);
        }
}

TokenBatch make_batch(const std::vector<std::int32_t>& tokens, std::int64_t batch, std::int64_t length,
                      std::int64_t depth)
{
    TokenBatch result;
    cut_batch(tokens, batch, length, depth, result);
    return result;
}

} // namespace triptych
