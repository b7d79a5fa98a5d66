// Where a trainer's tokens come from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/token_batch.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace triptych {

/// Stateless: a batch depends on its numbers alone, so that a resumed run sees what it would have seen.
class BatchSource {
public:
    virtual ~BatchSource() = default;
    /// step from 1, micro_step from 0. The buffer keeps its memory: one that held such a batch before needs no more.
    virtual void read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const = 0;
    /// The same as a value.
    TokenBatch training_batch(std::int64_t step, std::int64_t micro_step) const
    {
        BatchBuffer buffer;
        read_training_batch(step, micro_step, buffer);
        return std::move(buffer.batch);
    }
    virtual std::int64_t validation_batches() const = 0;
    virtual TokenBatch validation_batch(std::int64_t index) const = 0;
    /// Labels of TokenBatch::domains; empty when the data has none.
    virtual const std::vector<std::string>& domains() const = 0;
    /// Bytes of text per token, for bits per byte.
    virtual double bytes_per_token() const = 0;
};

} // namespace triptych
