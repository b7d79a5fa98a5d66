// Shifted views of token sequences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/token_batch.h"

#include <stdexcept>

namespace triptych {

TokenBatch make_batch(const std::vector<std::int32_t>& tokens, std::int64_t batch, std::int64_t length, std::int64_t depth)
{
    const std::int64_t stride = length + 1 + depth;
    if (static_cast<std::int64_t>(tokens.size()) != batch * stride)
        throw std::invalid_argument("make_batch: expected batch * (length + 1 + depth) tokens");
    TokenBatch result{.batch = batch, .length = length, .inputs = {}, .targets = {}, .domains = {}};
    for (std::int64_t k = 0; k <= depth; ++k) {
        std::vector<std::int32_t> inputs;
        std::vector<std::int32_t> targets;
        for (std::int64_t b = 0; b < batch; ++b) {
            const auto row = tokens.begin() + b * stride + k;
            inputs.insert(inputs.end(), row, row + length);
            targets.insert(targets.end(), row + 1, row + 1 + length);
        }
        result.inputs.push_back(std::move(inputs));
        result.targets.push_back(std::move(targets));
    }
    return result;
}

} // namespace triptych
