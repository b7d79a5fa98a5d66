// What one pass trains or evaluates on: token ids and targets for the main model and each MTP depth.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// B sequences of T positions, rows b * T + t. Index 0 is the main model, k the MTP module of depth k: inputs[k] holds the
/// token k places on, targets[k] the token k + 1 places on, or -1 where there is none (end of data or of the document).
struct TokenBatch {
    std::int64_t batch = 0;
    std::int64_t length = 0;
    std::vector<std::vector<std::int32_t>> inputs;
    std::vector<std::vector<std::int32_t>> targets;
    std::vector<std::int32_t> domains; ///< [B*T] label of each token's document, empty when unlabelled
};

/// A batch that is read again and again, and the tokens it is cut from: filled anew, it keeps the memory it has.
struct BatchBuffer {
    TokenBatch batch;
    std::vector<std::int32_t> tokens;    ///< of a row of T + 1 + D, or of all of them
    std::vector<std::int32_t> documents; ///< of a row: which document each token belongs to
    std::vector<std::int32_t> domains;   ///< of a row: the label of each token
};

/// Gives a batch its shape, without labels; values are left as they are or 0.
void shape_batch(TokenBatch& result, std::int64_t batch, std::int64_t length, std::int64_t depth);

/// Cuts sequences of length + 1 + depth tokens, laid one after another, into inputs and targets without any mask.
/// Throws std::invalid_argument where there are more or fewer tokens than that.
void cut_batch(std::span<const std::int32_t> tokens, std::int64_t batch, std::int64_t length, std::int64_t depth,
               TokenBatch& result);
TokenBatch make_batch(const std::vector<std::int32_t>& tokens, std::int64_t batch, std::int64_t length,
                      std::int64_t depth);

} // namespace triptych
